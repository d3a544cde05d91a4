/**
 * Answers of a node of the EVM from files. Each line that we keep of a server holds all of one block: `block` (with
 * transactions), `receipts`, `traces` (of `callTracer` or `trace_block`, or null), `uncles`, and `genesis`, what addresses
 * held before the first block where the node could be asked. Files of others may hold the answers one by one
 * (`eth_getBlockByNumber`, receipts, traces): they are brought together by hash, in memory.
 */
import { loadEvmCrypto } from '../../kernel/crypto/index.ts'
import { Stop } from '../../kernel/index.ts'
import type { AccountPart } from '../account-ledger.ts'
import type { AccountPack } from '../account-pack.ts'
import { blockMove, type EvmCall, evmTransaction, rewardMoves } from '../evm-moves.ts'
import { type EvmCheckers, type EvmFlaw, type EvmProof, proveBlock } from '../evm-proof.ts'
import { isArray, isObject, type JsonObject, type JsonValue } from '../exact-json.ts'
import { asObject, listField } from '../json-fields.ts'
import type { Defect } from '../ledger.ts'
import { type AccountImporter, type AccountPiece, accountSteps, EMPTY_ACCOUNT_PIECE } from './account-importer.ts'
import { headerFields, statedReceipt, statedTx, withdrawalContents } from './evm-facts.ts'
import {
  addressField,
  bytesField,
  hashField,
  optionalHash,
  optionalQuantity,
  quantity,
  readCallFrames,
  readNodeBlock,
  readNodeLog,
  readNodeReceipt,
  readNodeTransaction,
  readParityTrace,
  smallQuantity,
} from './evm-json.ts'
import { defectOf, type ImportOptions } from './importer.ts'
import { jsonEntries, objectsIn } from './json-items.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

/** Calls nest up to 1,024 deep, two levels of JSON each. */
export const RPC_DEPTH = 2_100

export function evmRpcImporter(
  name: string,
  files: readonly SourceFile[],
  pack: AccountPack,
  options: ImportOptions,
): AccountImporter {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    format: 'evm-rpc',
    describe: () => describeFiles(pack.caip2, 'evm-rpc', name, files),
    read: ({ cursor }) => accountSteps(pieces(files, pack), { name, total }, cursor, options),
  }
}

/** What the answers say of one block. */
type Bundle = {
  readonly block: JsonObject
  readonly receipts: readonly JsonValue[] | null
  readonly traces: readonly JsonValue[] | null
  readonly uncles: readonly JsonValue[] | null
  readonly genesis: JsonObject | null
}

async function* pieces(files: readonly SourceFile[], pack: AccountPack): AsyncGenerator<AccountPiece> {
  const checkers = await loadEvmCrypto()
  const loose = looseAnswers()
  let before = 0
  for (const file of files) {
    for await (const entry of jsonEntries(file, before, RPC_DEPTH)) {
      if (entry.kind === 'defect') {
        yield { ...EMPTY_ACCOUNT_PIECE, defects: [entry.defect], done: entry.done }
        continue
      }
      const bundle = bundleOf(entry.value)
      if (bundle) yield { ...bundlePiece(bundle, entry.place, pack, checkers), done: entry.done }
      else {
        const unused = loose.take(entry.value, entry.place)
        if (unused) yield { ...EMPTY_ACCOUNT_PIECE, defects: [unused], done: entry.done }
      }
    }
    before += file.bytes
  }
  for (const { bundle, place } of loose.bundles()) yield { ...bundlePiece(bundle, place, pack, checkers), done: before }
}

function bundleOf(value: JsonValue): Bundle | null {
  if (!isObject(value) || !isObject(value.get('block'))) return null
  const list = (key: string) => {
    const one = value.get(key)
    return isArray(one) ? one : null
  }
  const genesis = value.get('genesis')
  return {
    block: asObject(value.get('block'), 'block'),
    receipts: list('receipts'),
    traces: list('traces'),
    uncles: list('uncles'),
    genesis: isObject(genesis) ? genesis : null,
  }
}

/** Answers that came one by one, until all files are read. */
function looseAnswers() {
  const blocks = new Map<string, { block: JsonObject; place: string }>()
  const receipts = new Map<string, JsonValue[]>()
  const traces = new Map<string, JsonValue[]>()
  const put = (map: Map<string, JsonValue[]>, key: string, value: JsonValue) => {
    const list = map.get(key)
    if (list) list.push(value)
    else map.set(key, [value])
  }
  return {
    take(value: JsonValue, place: string): Defect | null {
      let used = false
      for (const object of objectsIn(value)) {
        const blockHash = object.get('blockHash')
        if (object.has('parentHash') && object.has('transactions') && typeof object.get('hash') === 'string') {
          blocks.set(String(object.get('hash')), { block: object, place })
          used = true
        } else if (typeof blockHash === 'string' && object.has('cumulativeGasUsed')) {
          put(receipts, blockHash, object)
          used = true
        } else if (typeof blockHash === 'string' && object.has('action')) {
          put(traces, blockHash, object)
          used = true
        }
      }
      if (used) return null
      return {
        code: 'ITEM_NOT_USED',
        message: 'This value is no block, no receipt and no trace of a node; it was not used.',
        place,
        count: 1,
      }
    },
    *bundles(): Generator<{ bundle: Bundle; place: string }> {
      for (const [hash, { block, place }] of blocks) {
        yield {
          bundle: {
            block,
            receipts: receipts.get(hash) ?? null,
            traces: traces.get(hash) ?? null,
            uncles: null,
            genesis: null,
          },
          place,
        }
      }
    },
  }
}

/** `checkers`: what the hashes of the block are recomputed with; `null` where only its moves are looked at. */
export function bundlePiece(
  bundle: Bundle,
  place: string,
  pack: AccountPack,
  checkers: EvmCheckers | null,
): AccountPiece {
  try {
    return readBundle(bundle, place, pack, checkers)
  } catch (thrown) {
    if (thrown instanceof Stop) return { ...EMPTY_ACCOUNT_PIECE, defects: [defectOf(thrown.refusal, place)] }
    throw thrown
  }
}

function readBundle(bundle: Bundle, place: string, pack: AccountPack, checkers: EvmCheckers | null): AccountPiece {
  const defects: Defect[] = []
  const flaw = (code: string, message: string, txid?: string) =>
    defects.push({ code, message, place, count: 1, ...(txid === undefined ? {} : { txid }) })
  const read = readNodeBlock(bundle.block, pack)
  const { header } = read
  const listed = read.transactions.every(isObject)
  if (!listed) flaw('TX_MISSING', `Block ${header.height} lists its transactions by id only; they were not read.`)
  const receipts = new Map<string, JsonObject>()
  for (const value of bundle.receipts ?? []) {
    const receipt = asObject(value, 'receipts')
    const of = optionalHash(receipt, 'blockHash')
    if (of !== null && of !== header.hash)
      flaw('TX_NOT_IN_BLOCK', `A receipt is of block ${of}, not of ${header.hash}; it was left out.`)
    else receipts.set(hashField(receipt, 'transactionHash'), receipt)
  }
  const proof = checkers && pack.hashes && proveBlock(statedBlock(bundle, read, receipts), checkers)
  // On chains with things of their own, what does not agree is not known to be wrong.
  if (proof && pack.hashes === 'ethereum' && proof.flaws.length > 0)
    return {
      ...EMPTY_ACCOUNT_PIECE,
      defects: proof.flaws.slice(0, 10).map((one) => defectOfFlaw(one, header.height, place)),
    }
  const { calls, blockTraces } = readTraces(bundle.traces, read.transactions, header.height, flaw, pack)
  const transactions: AccountPiece['transactions'][number][] = []
  const moves: AccountPiece['moves'][number][] = []
  const logs: AccountPiece['logs'][number][] = []
  for (const [n, value] of (listed ? read.transactions : []).entries()) {
    const transaction = readNodeTransaction(asObject(value, 'transactions'), pack)
    const { txid } = transaction
    const receipt = receipts.get(txid)
    if (bundle.receipts && !receipt)
      flaw('RECEIPT_MISSING', 'There is no receipt: neither the fee nor the outcome is known.', txid)
    const events = receipt
      ? listField(receipt, 'logs').map((log) => readNodeLog(asObject(log, 'logs'), txid, header.height, pack))
      : null
    const made = evmTransaction(
      {
        block: header,
        transaction,
        txid,
        index: transaction.index,
        receipt: receipt ? readNodeReceipt(receipt, pack) : null,
        logs: events,
        calls: calls?.get(txid) ?? null,
        proof: proof?.proofs[n] === 'txid' ? 'txid' : 'stated',
      },
      pack,
    )
    transactions.push({ ...made.tx, parts: [...made.tx.parts, ...provenParts(proof)] })
    moves.push(...made.moves)
    logs.push(...(events ?? []))
  }
  if (proof?.header && !proof.withdrawals && read.withdrawals.length > 0)
    flaw(
      'BLOCK_MERKLE_MISMATCH',
      `The withdrawals of block ${header.height} do not give the root in its header; they were left out.`,
    )
  else moves.push(...withdrawals(read, pack))
  moves.push(...genesis(bundle, pack))
  if (blockTraces.length > 0) moves.push(...blockTraces)
  else if (bundle.uncles !== null || read.uncles === 0) {
    const uncles = (bundle.uncles ?? []).map((value) => {
      const uncle = asObject(value, 'uncles')
      return { height: smallQuantity(uncle, 'number'), miner: addressField(uncle, 'miner', pack) }
    })
    moves.push(...rewardMoves(header, uncles, pack))
  } else
    flaw('REWARD_UNKNOWN', `Block ${header.height} has uncles that are not here; no reward of the block was entered.`)
  const complete = listed && (read.transactions.length === 0 || bundle.receipts !== null)
  return {
    blocks: [
      {
        ...read.block,
        headerVerified: proof?.header ?? false,
        completeness: !complete ? 'partial' : proof?.transactions ? 'merkle' : 'declared',
      },
    ],
    transactions,
    moves,
    logs,
    defects,
    done: 0,
  }
}

/** What of the block is here and stated in full, with its receipts in the order of its transactions. */
function statedBlock(
  bundle: Bundle,
  { header, transactions }: ReturnType<typeof readNodeBlock>,
  receipts: ReadonlyMap<string, JsonObject>,
): Parameters<typeof proveBlock>[0] {
  const { block, uncles } = bundle
  const stated = transactions.every(isObject) ? transactions.map(statedTx) : null
  const found = stated?.flatMap(({ txid }) => receipts.get(txid) ?? [])
  const uncleFields = uncles?.map((uncle) => (isObject(uncle) ? headerFields(uncle) : null))
  return {
    hash: header.hash ?? '',
    header: headerFields(block),
    baseFee: header.baseFee,
    gasUsed: optionalQuantity(block, 'gasUsed'),
    roots: {
      transactions: optionalHash(block, 'transactionsRoot'),
      receipts: optionalHash(block, 'receiptsRoot'),
      withdrawals: optionalHash(block, 'withdrawalsRoot'),
      uncles: optionalHash(block, 'sha3Uncles'),
      bloom: block.has('logsBloom') ? bytesField(block, 'logsBloom').slice(2) : null,
    },
    transactions: stated,
    receipts: stated && found && found.length === stated.length ? found.map(statedReceipt) : null,
    withdrawals: withdrawalContents(block),
    uncles: uncleFields?.every((fields) => fields !== null) ? uncleFields : null,
  }
}

function provenParts(proof: EvmProof | null): readonly AccountPart[] {
  return [
    ...(proof?.transactions ? (['place-proven'] as const) : []),
    ...(proof?.receipts ? (['receipt-proven'] as const) : []),
  ]
}

function defectOfFlaw({ code, field, stated, computed, txid }: EvmFlaw, height: number, place: string): Defect {
  return {
    code,
    message: `In block ${height}${txid === undefined ? '' : `, transaction ${txid},`} ${field} is stated as ${shortened(stated)}, but what the source holds gives ${shortened(computed)}. The block was left out.`,
    place,
    count: 1,
    ...(txid === undefined ? {} : { txid }),
  }
}

/** Filters of events have 512 digits; their beginning tells enough. */
function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 64)}…` : text
}

type Flaw = (code: string, message: string, txid?: string) => void

/** Calls by transaction; `null` where the node gave none for the block. */
function readTraces(
  traces: readonly JsonValue[] | null,
  transactions: readonly JsonValue[],
  height: number,
  flaw: Flaw,
  pack: AccountPack,
): { calls: ReadonlyMap<string, readonly EvmCall[]> | null; blockTraces: AccountPiece['moves'] } {
  if (traces === null) {
    if (transactions.length > 0)
      flaw('TRACES_MISSING', `What contracts passed on in block ${height} is not here: balances cannot be relied on.`)
    return { calls: null, blockTraces: [] }
  }
  const calls = new Map<string, EvmCall[]>()
  const blockTraces: AccountPiece['moves'][number][] = []
  let uncles = 0
  for (const [n, value] of traces.entries()) {
    const object = asObject(value, 'traces')
    if (!object.has('action')) {
      // geth names the transaction since version 1.12; before, the order is that of the block.
      const listed = transactions[n]
      const txid =
        optionalHash(object, 'txHash') ?? (isObject(listed) ? hashField(listed, 'hash') : hashField(object, 'txHash'))
      if (!isObject(object.get('result')))
        flaw('TRACES_MISSING', 'The node could not trace this transaction: what contracts passed on is not here.', txid)
      else calls.set(txid, [...readCallFrames(asObject(object.get('result'), 'result'), pack)])
      continue
    }
    const trace = readParityTrace(object, pack)
    if (trace.of === 'block')
      blockTraces.push(
        blockMove({ height, hash: null, time: null }, pack, {
          place: trace.kind === 'reward' ? 'reward' : `uncle:${uncles}`,
          kind: trace.kind,
          order: trace.kind === 'reward' ? 0 : 1 + uncles++,
          to: trace.to,
          amount: trace.amount,
        }),
      )
    else {
      const list = calls.get(trace.txid)
      if (list) list.push(trace.call)
      else calls.set(trace.txid, [trace.call])
    }
  }
  return { calls, blockTraces }
}

function withdrawals({ withdrawals: list, header }: ReturnType<typeof readNodeBlock>, pack: AccountPack) {
  return list.flatMap(({ index, address, amount }, n) =>
    amount === 0n
      ? []
      : [
          blockMove(header, pack, {
            place: `withdrawal:${index}`,
            kind: 'withdrawal',
            order: 100 + n,
            to: address,
            amount,
          }),
        ],
  )
}

function genesis({ genesis: balances }: Bundle, pack: AccountPack) {
  if (balances === null) return []
  return [...balances.keys()].flatMap((key) => {
    const amount = quantity(balances, key)
    const to = addressField(new Map([[key, key]]), key, pack)
    if (amount === 0n) return []
    return [
      blockMove({ height: 0, hash: null, time: null }, pack, {
        place: `genesis:${to}`,
        kind: 'genesis',
        order: 0,
        to,
        amount,
      }),
    ]
  })
}
