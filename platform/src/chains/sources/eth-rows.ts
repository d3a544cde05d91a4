/**
 * Rows of ethereum-etl (and of the AWS public data set, which is made with it) brought together: blocks, transactions,
 * receipts, logs, token transfers and traces of one source, in any order, joined by hash in memory.
 *
 * Past four hundred lines on purpose: each kind of row is read beside the others that it is joined with.
 */

import { loadEvmCrypto } from '../../kernel/crypto/index.ts'
import { Stop, stop } from '../../kernel/index.ts'
import type { AccountTx, LogEntry, Move } from '../account-ledger.ts'
import type { AccountPack } from '../account-pack.ts'
import {
  blockMove,
  type EvmBlock,
  type EvmCall,
  type EvmReceipt,
  type EvmTransaction,
  evmTransaction,
  rewardMoves,
} from '../evm-moves.ts'
import { type EvmCheckers, proveTransaction } from '../evm-proof.ts'
import { isArray, isNumber, isObject, type JsonObject, type JsonValue } from '../exact-json.ts'
import { wrongField } from '../json-fields.ts'
import type { Defect, LedgerBlock, Proof } from '../ledger.ts'
import { logOrder } from '../token-events.ts'
import { type AccountPiece, EMPTY_ACCOUNT_PIECE } from './account-importer.ts'
import { provenWithdrawals, signedRow } from './eth-proof.ts'
import type { EtlEntry } from './etl-ledger.ts'
import {
  addressField,
  bytesField,
  hashField,
  nonceOf,
  optionalAddress,
  optionalHash,
  optionalQuantity,
  optionalSmall,
  quantity,
  selectorOf,
  smallQuantity,
} from './evm-json.ts'
import { defectOf } from './importer.ts'

/** How many rows are held at once: an export of a whole day of Ethereum has about three million. */
const MAX_ROWS = 8_000_000

/** The SHA-3 of an empty list of uncles. */
const NO_UNCLES = '1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'

type Where = {
  readonly height: number
  readonly hash: string | null
  readonly time: number | null
  readonly index: number | null
}

type BlockRow = {
  readonly block: LedgerBlock
  readonly header: EvmBlock
  readonly count: number | null
  readonly uncles: boolean
  readonly withdrawals: readonly Move[]
}

type Transfer = {
  readonly token: string
  readonly from: string
  readonly to: string
  readonly value: bigint
  readonly logIndex: number
}

type TraceRow = {
  readonly path: readonly number[] | null
  readonly children: number | null
  readonly call: Omit<EvmCall, 'path'>
}

type Gathered = {
  where: Where | null
  transaction: EvmTransaction | null
  receipt: EvmReceipt | null
  readonly logs: Map<number, LogEntry>
  readonly transfers: Map<number, Transfer>
  readonly traces: TraceRow[]
  /** What its fields and signature prove; `null` where the source gives no signature. */
  proof: Proof | null
  place: string
}

export type EthSource = {
  readonly rows: () => AsyncIterable<EtlEntry>
  /** Whether a missing trace address stands for the empty one: in CSV both are an empty cell. */
  readonly emptyIsRoot: boolean
  readonly proof: Proof
}

export async function* ethPieces(source: EthSource, pack: AccountPack): AsyncGenerator<AccountPiece> {
  const state = gathering(source, pack, await loadEvmCrypto())
  let done = 0
  for await (const entry of source.rows()) {
    done = entry.done
    if (entry.kind === 'defect') {
      yield { ...EMPTY_ACCOUNT_PIECE, defects: [entry.defect], done: 0 }
      continue
    }
    const defect = state.take(entry.row, entry.place)
    if (defect) yield { ...EMPTY_ACCOUNT_PIECE, defects: [defect], done: 0 }
  }
  for (const piece of state.pieces()) yield { ...piece, done }
}

function gathering(source: EthSource, pack: AccountPack, checkers: EvmCheckers) {
  const blocks = new Map<string, BlockRow>()
  const atHeight = new Map<number, string[]>()
  const txs = new Map<string, Gathered>()
  const blockMoves: Move[] = []
  const rewarded = new Set<number>()
  const seen = { rows: 0, logs: false }

  const of = (txid: string, where: Where, place: string): Gathered => {
    let known = txs.get(txid)
    if (!known) {
      known = {
        ...{ where, transaction: null, receipt: null, proof: null, place },
        ...{ logs: new Map(), transfers: new Map(), traces: [] },
      }
      txs.set(txid, known)
    }
    const old = known.where
    known.where = old
      ? {
          height: old.height,
          hash: old.hash ?? where.hash,
          time: old.time ?? where.time,
          index: old.index ?? where.index,
        }
      : where
    return known
  }

  function takeRow(row: JsonObject, place: string): Defect | null {
    if (++seen.rows > MAX_ROWS)
      stop('SOURCE_ITEM_TOO_LARGE', `The source has more than ${MAX_ROWS} rows, which must be held at once.`, {
        fix: 'Export and import fewer blocks at a time.',
      })
    if (row.has('parent_hash')) {
      const read = readBlockRow(row, pack)
      const unproven = provenWithdrawals(row, checkers) === false
      const key = read.block.hash ?? String(read.block.height)
      blocks.set(key, unproven ? { ...read, withdrawals: [] } : read)
      atHeight.set(read.block.height, [...new Set([...(atHeight.get(read.block.height) ?? []), key])])
      if (unproven)
        return {
          code: 'BLOCK_MERKLE_MISMATCH',
          message: `The withdrawals of block ${read.block.height} do not give the root that is stated beside them; they were left out.`,
          place,
          count: 1,
        }
    } else if (row.has('trace_type')) return takeTrace(row, place)
    else if (row.has('token_address') && row.has('log_index')) {
      const txid = hashField(row, 'transaction_hash')
      const transfer = {
        token: addressField(row, 'token_address', pack),
        from: addressField(row, 'from_address', pack),
        to: addressField(row, 'to_address', pack),
        value: quantity(row, 'value'),
        logIndex: smallQuantity(row, 'log_index'),
      }
      of(txid, whereOf(row), place).transfers.set(transfer.logIndex, transfer)
    } else if (row.has('log_index')) {
      seen.logs = true
      const txid = hashField(row, 'transaction_hash')
      const where = whereOf(row)
      const log: LogEntry = {
        txid,
        height: where.height,
        logIndex: smallQuantity(row, 'log_index'),
        address: addressField(row, 'address', pack),
        topics: topicsOf(row),
        data: row.get('data') === null ? '0x' : bytesField(row, 'data'),
      }
      of(txid, where, place).logs.set(log.logIndex, log)
    } else if (row.has('cumulative_gas_used') && row.has('transaction_hash')) {
      const receipt = readReceipt(row, '', pack)
      of(hashField(row, 'transaction_hash'), whereOf(row), place).receipt = receipt
    } else if (row.has('from_address') && row.has('gas') && row.has('hash')) {
      const txid = hashField(row, 'hash')
      const transaction = {
        txid,
        index: optionalSmall(row, 'transaction_index'),
        from: addressField(row, 'from_address', pack),
        to: optionalAddress(row, 'to_address', pack),
        value: quantity(row, 'value'),
        nonce: nonceOf(optionalQuantity(row, 'nonce')),
        gasPrice: optionalQuantity(row, 'gas_price'),
        selector: selectorOf(row, 'input'),
      }
      const receipt = optionalQuantity(row, 'receipt_gas_used') === null ? null : readReceipt(row, 'receipt_', pack)
      const gathered = of(txid, whereOf(row), place)
      gathered.transaction = transaction
      gathered.receipt ??= receipt
      const stated = pack.hashes === null ? null : signedRow(row)
      if (stated !== null) {
        const { proof, flaw } = proveTransaction(stated, checkers)
        gathered.proof = proof === 'mismatch' && pack.hashes !== 'ethereum' ? 'stated' : proof
        if (flaw !== null && pack.hashes === 'ethereum')
          return {
            code: flaw.code,
            message: `${flaw.field} is stated as ${flaw.stated}, but the fields and the signature give ${flaw.computed}. The transaction is kept and marked.`,
            place,
            txid,
            count: 1,
          }
      }
    } else
      return {
        code: 'ITEM_NOT_USED',
        message: 'Rows of this kind (such as contracts and tokens) are not part of the ledger; they were not used.',
        place,
        count: 1,
      }
    return null
  }

  function takeTrace(row: JsonObject, place: string): Defect | null {
    const type = String(row.get('trace_type'))
    const height = smallQuantity(row, 'block_number')
    const txid = optionalHash(row, 'transaction_hash')
    const ref = { height, hash: optionalHash(row, 'block_hash'), time: timeOf(row, 'block_timestamp') }
    const to = optionalAddress(row, 'to_address', pack)
    const value = optionalQuantity(row, 'value') ?? 0n
    if (txid === null) {
      if (value === 0n) return null
      if (type === 'reward') {
        const uncle = row.get('reward_type') === 'uncle'
        const n = blockMoves.filter((move) => move.height === height && move.kind === 'uncle').length
        rewarded.add(height)
        blockMoves.push(
          blockMove(ref, pack, {
            place: uncle ? `uncle:${n}` : 'reward',
            kind: uncle ? 'uncle' : 'reward',
            order: uncle ? 1 + n : 0,
            to,
            amount: value,
          }),
        )
      } else if (type === 'genesis')
        blockMoves.push(blockMove(ref, pack, { place: `genesis:${to}`, kind: 'genesis', order: 0, to, amount: value }))
      else
        blockMoves.push({
          ...blockMove(ref, pack, {
            place: `${type}:${row.get('from_address')}`,
            kind: 'value',
            order: 200,
            to,
            amount: value,
          }),
          from: optionalAddress(row, 'from_address', pack),
        })
      return null
    }
    const callType = row.get('call_type')
    const kind: EvmCall['kind'] =
      type === 'create' || type === 'create2'
        ? 'create'
        : type === 'suicide' || type === 'selfdestruct'
          ? 'selfdestruct'
          : type === 'call' && (callType === null || callType === undefined || callType === 'call')
            ? 'call'
            : 'other'
    const trace: TraceRow = {
      path: pathOf(row.get('trace_address'), source.emptyIsRoot),
      children: optionalSmall(row, 'subtraces'),
      call: {
        kind,
        from: addressField(row, 'from_address', pack),
        to,
        value,
        failed: isSaid(row.get('error')) || optionalQuantity(row, 'status') === 0n,
      },
    }
    of(txid, { ...ref, index: optionalSmall(row, 'transaction_index') }, place).traces.push(trace)
    return null
  }

  function* pieces(): Generator<AccountPiece> {
    const fungible = knownFungible(txs.values(), pack)
    const order = [...txs].sort(
      ([a, x], [b, y]) =>
        (x.where?.height ?? 0) - (y.where?.height ?? 0) ||
        (x.where?.index ?? -1) - (y.where?.index ?? -1) ||
        (a < b ? -1 : 1),
    )
    const counted = new Map<string, number>()
    for (const [txid, gathered] of order) {
      const key = blockKeyOf(gathered, atHeight)
      const block = key === null ? undefined : blocks.get(key)
      if (gathered.transaction && key !== null) counted.set(key, (counted.get(key) ?? 0) + 1)
      yield transactionPiece(txid, gathered, block?.header ?? null, source.proof, seen.logs, fungible, pack)
    }
    for (const move of blockMoves) yield { ...EMPTY_ACCOUNT_PIECE, moves: [named(move, atHeight, blocks)] }
    for (const [key, { block, header, count, uncles, withdrawals }] of blocks) {
      const complete = count !== null && (counted.get(key) ?? 0) === count
      const defects: Defect[] = []
      const moves = [...withdrawals]
      if (!rewarded.has(block.height)) {
        const rewards = rewardMoves(header, [], pack)
        if (!uncles) moves.push(...rewards)
        else if (rewards.length > 0)
          defects.push({
            code: 'REWARD_UNKNOWN',
            message: `Block ${block.height} has uncles that are not here; no reward of the block was entered.`,
            place: `block ${block.height}`,
            count: 1,
          })
      }
      yield {
        ...EMPTY_ACCOUNT_PIECE,
        blocks: [{ ...block, completeness: complete ? 'declared' : 'partial' }],
        moves,
        defects,
      }
    }
  }

  return {
    take(row: JsonObject, place: string): Defect | null {
      try {
        return takeRow(row, place)
      } catch (thrown) {
        if (thrown instanceof Stop && thrown.refusal.code !== 'SOURCE_ITEM_TOO_LARGE')
          return defectOf(thrown.refusal, place)
        throw thrown
      }
    },
    pieces,
  }
}

function transactionPiece(
  txid: string,
  gathered: Gathered,
  header: EvmBlock | null,
  proof: Proof,
  logsAreHere: boolean,
  fungible: ReadonlySet<string>,
  pack: AccountPack,
): AccountPiece {
  const { where, transaction, receipt, place } = gathered
  const defects: Defect[] = []
  const flaw = (code: string, message: string) => defects.push({ code, message, place, txid, count: 1 })
  const block: EvmBlock = {
    height: where?.height ?? 0,
    hash: where?.hash ?? header?.hash ?? null,
    time: where?.time ?? header?.time ?? null,
    miner: header?.miner ?? null,
    baseFee: header?.baseFee ?? null,
  }
  const logs =
    gathered.logs.size > 0 || (logsAreHere && (transaction !== null || receipt !== null))
      ? [...gathered.logs.values()].sort((a, b) => a.logIndex - b.logIndex)
      : null
  const index = where?.index ?? transaction?.index ?? null
  const { tx, moves } = evmTransaction(
    {
      block,
      transaction,
      txid,
      index,
      receipt,
      logs,
      calls: callsOf(gathered.traces, flaw),
      proof: gathered.proof ?? proof,
    },
    pack,
  )
  const fromTransfers: Move[] = []
  for (const transfer of gathered.transfers.values()) {
    if (logs !== null && gathered.logs.has(transfer.logIndex)) continue
    if (tx.status === 'failed') continue
    if (!fungible.has(transfer.token)) {
      flaw(
        'TOKEN_STANDARD_UNKNOWN',
        `The transfer of ${transfer.token} stands without its event: whether ${transfer.value} is an amount or the number of a token cannot be told; it was left out.`,
      )
      continue
    }
    fromTransfers.push({
      txid,
      height: block.height,
      time: block.time,
      txIndex: index,
      order: logOrder(transfer.logIndex),
      place: `log:${transfer.logIndex}`,
      kind: 'token',
      asset: `${pack.caip2}/erc20:${transfer.token}`,
      from: nobody(transfer.from),
      to: nobody(transfer.to),
      amount: transfer.value,
    })
  }
  const parts: AccountTx['parts'] = gathered.transfers.size > 0 ? [...tx.parts, 'token-transfers'] : tx.parts
  return {
    ...EMPTY_ACCOUNT_PIECE,
    transactions: [{ ...tx, parts }],
    moves: [...moves, ...fromTransfers],
    logs: logs ?? [],
    defects,
  }
}

/** The calls of a transaction, or `null` where they are not all here, each at its place. */
function callsOf(
  traces: readonly TraceRow[],
  flaw: (code: string, message: string) => void,
): readonly EvmCall[] | null {
  if (traces.length === 0) return null
  const byPath = new Map<string, EvmCall>()
  const children = new Map<string, number>()
  for (const { path, call } of traces) {
    const key = path?.join('.')
    if (path === null || key === undefined || byPath.has(key)) {
      flaw(
        'TRACE_ADDRESS_UNKNOWN',
        'A call does not say where it stands, or two stand at one place; the calls were left out.',
      )
      return null
    }
    byPath.set(key, { ...call, path })
    if (path.length > 0) {
      const parent = path.slice(0, -1).join('.')
      children.set(parent, (children.get(parent) ?? 0) + 1)
    }
  }
  const whole =
    byPath.has('') &&
    traces.every(
      ({ path, children: stated }) => stated === null || stated === (children.get(path?.join('.') ?? '') ?? 0),
    )
  if (whole) return [...byPath.values()]
  flaw('TRACES_MISSING', 'Some calls of the transaction are not in the source; the others were left out.')
  return null
}

/** `null`: nobody says. An empty list is the call of the transaction itself. */
function pathOf(value: JsonValue | undefined, emptyIsRoot: boolean): readonly number[] | null {
  if (value === null || value === undefined) return emptyIsRoot ? [] : null
  const steps = isArray(value)
    ? value.map((step) => (isNumber(step) ? step.number : '?'))
    : typeof value === 'string'
      ? value === ''
        ? []
        : value.split(',')
      : isNumber(value)
        ? [value.number]
        : ['?']
  return steps.every((step) => /^[0-9]{1,6}$/.test(step))
    ? steps.map(Number)
    : wrongField('trace_address', 'numbers', value)
}

/** Tokens that an event of this source, or the pack, shows to be ERC-20. */
function knownFungible(gathered: Iterable<Gathered>, pack: AccountPack): ReadonlySet<string> {
  const known = new Set([...pack.tokens, ...pack.wrapped, ...pack.rebasing].map(({ address }) => address))
  for (const { logs, transfers } of gathered)
    for (const { logIndex, token } of transfers.values())
      if (logs.get(logIndex)?.address === token && logs.get(logIndex)?.topics.length === 3) known.add(token)
  return known
}

function blockKeyOf({ where }: Gathered, atHeight: ReadonlyMap<number, readonly string[]>): string | null {
  if (where === null) return null
  if (where.hash !== null) return where.hash
  const keys = atHeight.get(where.height) ?? []
  return keys.length === 1 ? (keys[0] ?? null) : null
}

/** A move of a block by the hash of the block, where the source has exactly one block of the height. */
function named(
  move: Move,
  atHeight: ReadonlyMap<number, readonly string[]>,
  blocks: ReadonlyMap<string, BlockRow>,
): Move {
  const keys = atHeight.get(move.height) ?? []
  const block = keys.length === 1 ? blocks.get(keys[0] ?? '')?.block : undefined
  return move.txid.startsWith('block:') && block?.hash ? { ...move, txid: block.hash, time: block.time } : move
}

function readBlockRow(row: JsonObject, pack: AccountPack): BlockRow {
  const height = smallQuantity(row, 'number')
  const hash = hashField(row, 'hash')
  const time = timeOf(row, 'timestamp')
  const ref = { height, hash, time }
  const uncles = optionalHash(row, 'sha3_uncles')
  const list = row.get('withdrawals')
  return {
    block: {
      ...ref,
      prevHash: hashField(row, 'parent_hash'),
      merkleRoot: optionalHash(row, 'transactions_root'),
      bits: null,
      headerVerified: false,
      completeness: 'partial',
    },
    header: { ...ref, miner: optionalAddress(row, 'miner', pack), baseFee: optionalQuantity(row, 'base_fee_per_gas') },
    count: optionalSmall(row, 'transaction_count'),
    uncles: uncles !== null && uncles !== NO_UNCLES,
    withdrawals: (isArray(list) ? list : []).flatMap((value, n) => {
      if (!isObject(value)) return wrongField('withdrawals', 'objects', value)
      const amount = quantity(value, 'amount')
      if (amount === 0n) return []
      return [
        blockMove(ref, pack, {
          place: `withdrawal:${quantity(value, 'index')}`,
          kind: 'withdrawal',
          order: 100 + n,
          to: addressField(value, 'address', pack),
          // EIP-4895: the amount is in Gwei.
          amount: amount * 1_000_000_000n,
        }),
      ]
    }),
  }
}

function readReceipt(row: JsonObject, prefix: '' | 'receipt_', pack: AccountPack): EvmReceipt {
  const status = optionalQuantity(row, `${prefix}status`)
  return {
    status: status === null ? null : status === 1n ? 'ok' : 'failed',
    gasUsed: optionalQuantity(row, `${prefix}gas_used`),
    effectiveGasPrice: optionalQuantity(row, `${prefix}effective_gas_price`),
    created: optionalAddress(row, `${prefix}contract_address`, pack),
    l1Fee: optionalQuantity(row, `${prefix}l1_fee`),
    blobFee: null,
  }
}

function whereOf(row: JsonObject): Where {
  return {
    height: smallQuantity(row, 'block_number'),
    hash: optionalHash(row, 'block_hash'),
    time: timeOf(row, 'block_timestamp'),
    index: optionalSmall(row, 'transaction_index'),
  }
}

/** Seconds, or a time in text as the public data sets write it. */
function timeOf(row: JsonObject, key: string): number | null {
  const value = row.get(key)
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}[ T]/.test(value)) {
    const time = Date.parse(value.replace(' UTC', 'Z').replace(' ', 'T'))
    return Number.isFinite(time) ? Math.floor(time / 1000) : wrongField(key, 'a time', value)
  }
  return optionalSmall(row, key)
}

function topicsOf(row: JsonObject): readonly string[] {
  const value = row.get('topics')
  const list = isArray(value) ? value : typeof value === 'string' && value !== '' ? value.split(',') : []
  return list.map((topic) =>
    typeof topic === 'string' && /^0x[0-9a-f]{64}$/i.test(topic)
      ? topic.toLowerCase()
      : wrongField('topics', 'hashes of 32 bytes', topic),
  )
}

function isSaid(value: JsonValue | undefined): boolean {
  return value !== null && value !== undefined && value !== ''
}

function nobody(address: string): string | null {
  return /^0x0{40}$/.test(address) ? null : address
}
