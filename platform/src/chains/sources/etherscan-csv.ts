/**
 * Tables that people export from Etherscan and its sisters for one address: transactions, internal transactions, ERC-20
 * transfers, told apart by their columns. They give neither the place of a call nor the index of an event, so that their
 * moves are named by what they say (`trace:~…`, `log:~…`) and give way to a source that shows places.
 */
import { Stop, sha256Text } from '../../kernel/index.ts'
import type { AccountTx, Move } from '../account-ledger.ts'
import type { AccountPack } from '../account-pack.ts'
import type { JsonObject } from '../exact-json.ts'
import { textField, wrongField } from '../json-fields.ts'
import type { Defect } from '../ledger.ts'
import { type AccountImporter, type AccountPiece, accountSteps, EMPTY_ACCOUNT_PIECE } from './account-importer.ts'
import { csvRows } from './csv-rows.ts'
import { addressField, hashField, optionalAddress, smallQuantity } from './evm-json.ts'
import { defectOf, type ImportOptions } from './importer.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

export function etherscanImporter(
  name: string,
  files: readonly SourceFile[],
  pack: AccountPack,
  options: ImportOptions,
): AccountImporter {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    format: 'etherscan-csv',
    describe: () => describeFiles(pack.caip2, 'etherscan-csv', name, files),
    read: ({ cursor }) => accountSteps(pieces(files, pack), { name, total }, cursor, options),
  }
}

type Gathered = { readonly txs: AccountTx[]; readonly moves: Omit<Move, 'place'>[]; readonly placed: Move[] }

async function* pieces(files: readonly SourceFile[], pack: AccountPack): AsyncGenerator<AccountPiece> {
  const gathered = new Map<string, Gathered>()
  let before = 0
  for (const file of files) {
    const own = new Map<string, Gathered>()
    for await (const entry of csvRows(file, before, (_, text) => text)) {
      const defect = entry.kind === 'defect' ? entry.defect : takeRow(entry.row, entry.place, own, pack)
      if (defect) yield { ...EMPTY_ACCOUNT_PIECE, defects: [defect], done: before }
    }
    before += file.bytes
    // Exports of two addresses list what passes between them both: equal rows of two files are one.
    for (const [txid, { txs, moves, placed }] of own) {
      const all = gathered.get(txid) ?? { txs: [], moves: [], placed: [] }
      all.txs.push(...txs)
      all.placed.push(...placed, ...byContent(moves))
      gathered.set(txid, all)
    }
  }
  for (const [, { txs, placed }] of [...gathered].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const unique = new Map(placed.map((move) => [move.place, move]))
    yield { ...EMPTY_ACCOUNT_PIECE, transactions: txs, moves: [...unique.values()], done: before }
  }
}

function takeRow(row: JsonObject, place: string, all: Map<string, Gathered>, pack: AccountPack): Defect | null {
  try {
    return readRow(row, place, all, pack)
  } catch (thrown) {
    if (thrown instanceof Stop) return defectOf(thrown.refusal, place)
    throw thrown
  }
}

function readRow(row: JsonObject, place: string, all: Map<string, Gathered>, pack: AccountPack): Defect | null {
  const column = (start: string) => [...row.keys()].find((name) => name.toLowerCase().startsWith(start.toLowerCase()))
  const txid = hashField(row, column('Txhash') ?? column('Transaction Hash') ?? 'Transaction Hash')
  const height = smallQuantity(row, 'Blockno')
  const time = smallQuantity(row, 'UnixTimestamp')
  const known = all.get(txid) ?? { txs: [], moves: [], placed: [] }
  all.set(txid, known)
  const from = addressField(row, 'From', pack)
  const base = { txid, height, time, txIndex: null }
  const tx: AccountTx = {
    txid,
    block: { height, hash: null, time },
    index: null,
    from: null,
    to: null,
    created: null,
    nonce: null,
    status: null,
    selector: null,
    parts: ['token-transfers'],
    proof: 'stated',
  }
  if (row.has('TokenValue')) {
    const token = addressField(row, 'ContractAddress', pack)
    const facts = pack.tokens.find(({ address }) => address === token)
    known.txs.push(tx)
    if (!facts)
      return {
        code: 'TOKEN_DECIMALS_UNKNOWN',
        message: `How many decimals the token ${token} has is not known here; its transfer was left out.`,
        place,
        txid,
        count: 1,
      }
    const amount = unitsOf(row, 'TokenValue', facts.decimals)
    const to = addressField(row, 'To', pack)
    const zero = (address: string) => (/^0x0{40}$/.test(address) ? null : address)
    known.moves.push({
      ...base,
      order: 1_000_000,
      kind: 'token',
      asset: `${pack.caip2}/erc20:${token}`,
      from: zero(from),
      to: zero(to),
      amount,
    })
    return null
  }
  const failed = textField(row, 'Status').trim() !== '' && /err|fail/i.test(textField(row, 'Status'))
  const [into, out] = [column('Value_IN('), column('Value_OUT(')]
  if (into === undefined || out === undefined) return unusedRow(place)
  const decimals = pack.asset.decimals
  // The same amount stands in one of two columns, by the side of the address that was exported.
  const amounts = [unitsOf(row, into, decimals), unitsOf(row, out, decimals)] as const
  const amount = amounts[0] > amounts[1] ? amounts[0] : amounts[1]
  const native = { ...base, asset: pack.asset.caip19, from }
  if (row.has('TxTo')) {
    known.txs.push({ ...tx, parts: ['transaction'] })
    const created = optionalAddress(row, 'ContractAddress', pack)
    const to = optionalAddress(row, 'TxTo', pack) ?? created
    if (!failed && amount > 0n)
      known.moves.push({ ...native, order: 10, kind: kindOf(textField(row, 'Type')), to, amount })
    return null
  }
  const fee = column('TxnFee(')
  if (fee === undefined) return unusedRow(place)
  const created = optionalAddress(row, 'ContractAddress', pack)
  const to = optionalAddress(row, 'To', pack)
  known.txs.push({
    ...tx,
    from,
    to,
    created: failed ? null : created,
    status: failed ? 'failed' : 'ok',
    parts: ['transaction', 'receipt'],
  })
  const paid = unitsOf(row, fee, decimals)
  if (paid > 0n) known.placed.push({ ...native, order: 0, place: 'fee:whole', kind: 'fee', to: null, amount: paid })
  if (!failed && amount > 0n)
    known.placed.push({
      ...native,
      order: 4,
      place: 'value',
      kind: to === null ? 'create' : 'value',
      to: to ?? created,
      amount,
    })
  return null
}

function unusedRow(place: string): Defect {
  return {
    code: 'ITEM_NOT_USED',
    message: 'The columns are those of no export that is read here; the row was not used.',
    place,
    count: 1,
  }
}

function kindOf(type: string): Move['kind'] {
  if (/^create/i.test(type)) return 'create'
  return /^(suicide|selfdestruct)/i.test(type) ? 'selfdestruct' : 'call'
}

/** Moves without a place, named by what they say; equal ones are numbered. */
function byContent(moves: readonly Omit<Move, 'place'>[]): readonly Move[] {
  const times = new Map<string, number>()
  return moves.map((move) => {
    const text = [move.kind, move.asset, move.from, move.to, move.amount].join(' ')
    const n = times.get(text) ?? 0
    times.set(text, n + 1)
    const start = move.kind === 'token' ? 'log' : 'trace'
    return { ...move, place: `${start}:~${sha256Text(text).slice(0, 16)}${n === 0 ? '' : `.${n}`}` }
  })
}

/** Decimals by their digits, also with commas between thousands or with an exponent; too many decimals are refused. */
function unitsOf(row: JsonObject, column: string, decimals: number): bigint {
  const written = textField(row, column).trim()
  const text = /^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$/.test(written) ? written.replaceAll(',', '') : written
  const match = /^([0-9]{1,40})(?:\.([0-9]{1,80}))?(?:[eE]([+-]?[0-9]{1,2}))?$/.exec(text)
  if (!match) return wrongField(column, 'a positive decimal number', written)
  const fraction = match[2] ?? ''
  const digits = BigInt(`${match[1]}${fraction}`)
  const shift = decimals + Number(match[3] ?? '0') - fraction.length
  if (shift >= 0) return digits * 10n ** BigInt(shift)
  const unit = 10n ** BigInt(-shift)
  if (digits % unit !== 0n) return wrongField(column, `a number with at most ${decimals} decimals`, written)
  return digits / unit
}
