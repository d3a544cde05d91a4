/**
 * Merges what sources state of one transaction of an account chain: a function of the set of statements, so that no order
 * of import shows.
 *
 * Only statements count whose block is active; one that names no block hash stands for the active block of its height,
 * unless the transaction is known there with the hash of a block that is not. Fields fill each other. Moves are compared
 * by their place; what contracts passed on is taken from one source whole, because tracers number calls differently. The
 * better proof wins, then who shows receipts that the block commits to, then who shows the events themselves, then the smaller text; the other becomes a defect.
 */
import { canonicalJson } from '../../kernel/index.ts'
import type { Proof } from '../ledger.ts'
import { type LogRow, type MoveRow, PARTS, type TxRow } from './account-rows.ts'
import { PROOF_ORDER } from './fold-claims.ts'

export type Group = {
  readonly txs: readonly TxRow[]
  readonly moves: readonly MoveRow[]
  readonly logs: readonly LogRow[]
}

export type FoldedGroup = {
  /** -1 where no statement counts. */
  readonly height: number
  /** The statements merged; `null` where none counts. */
  readonly tx: TxRow | null
  readonly liveTxs: ReadonlySet<TxRow>
  readonly moves: ReadonlySet<MoveRow>
  readonly logs: ReadonlySet<LogRow>
  readonly conflicts: readonly { readonly source: number; readonly message: string }[]
}

/** Height of an active block by its hash; `null` where the block is not active. */
export type ActiveHeight = (hash: string) => number | null

export function foldGroup(group: Group, activeHeight: ActiveHeight): FoldedGroup {
  const { height, live } = liveStatements(group.txs, activeHeight)
  if (height < 0) return { height, tx: null, liveTxs: new Set(), moves: new Set(), logs: new Set(), conflicts: [] }
  const conflicts: { source: number; message: string }[] = []
  const tx = foldFields(live, conflicts)
  const ranks = rankOf(live)
  const counted = <Row extends MoveRow | LogRow>(rows: readonly Row[]) => rows.filter((row) => ranks.has(keyOf(row)))
  const moves = new Set<MoveRow>()
  const traced: MoveRow[] = []
  const byPlace = new Map<string, MoveRow[]>()
  for (const row of counted(group.moves)) {
    if (tx.status === 'failed' && !row.place.startsWith('fee') && row.place !== 'burn') continue
    if (row.place.startsWith('trace:')) traced.push(row)
    else push(byPlace, row.place, row)
  }
  if (byPlace.has('fee')) byPlace.delete('fee:whole')
  const all = [...ranks.values()]
  // What explorers list without its place is repeated by whoever shows the places.
  if (all.some(({ showsLogs }) => showsLogs)) dropUnplaced(byPlace, 'log:', conflicts)
  for (const [place, rows] of byPlace) {
    const shown = choose(rows, moveText, ranks, conflicts, `the move at ${place}`, place === 'fee')
    if (shown) moves.add(shown)
  }
  for (const row of chooseTraces(traced, live, ranks, conflicts)) moves.add(row)
  const logs = new Set<LogRow>()
  const byIndex = new Map<number, LogRow[]>()
  for (const row of counted(group.logs)) push(byIndex, row.log_index, row)
  for (const [index, rows] of byIndex) {
    const shown = choose(rows, logText, ranks, conflicts, `log ${index}`, false)
    if (shown) logs.add(shown)
  }
  return { height, tx, liveTxs: new Set(live), moves, logs, conflicts }
}

/** Moves named by their content (`log:~…`) of which others give the place: they go, and what has no counterpart is told. */
function dropUnplaced(
  byPlace: Map<string, MoveRow[]>,
  start: string,
  conflicts: { source: number; message: string }[],
): void {
  const placed = new Set<string>()
  for (const [place, rows] of byPlace)
    if (place.startsWith(start) && !place.startsWith(`${start}~`)) for (const row of rows) placed.add(effectOf(row))
  for (const [place, rows] of [...byPlace]) {
    if (!place.startsWith(`${start}~`)) continue
    byPlace.delete(place)
    for (const row of rows)
      if (!placed.has(effectOf(row)))
        conflicts.push({ source: row.source, message: `${effectOf(row)} is listed here and not in the statement kept` })
  }
}

function effectOf({ asset, sender, recipient, amount }: MoveRow): string {
  return `${sender ?? 'nobody'} to ${recipient ?? 'nobody'}: ${BigInt(`0x${amount}`)} of ${asset}`
}

function liveStatements(txs: readonly TxRow[], activeHeight: ActiveHeight): { height: number; live: TxRow[] } {
  const hashedAt = new Map<number, boolean>()
  const heights = new Map<TxRow, number>()
  for (const row of txs) {
    if (row.hash === null) continue
    const height = activeHeight(row.hash)
    if (height !== null) heights.set(row, height)
    const at = height ?? row.stated
    hashedAt.set(at, (hashedAt.get(at) ?? false) || height !== null)
  }
  for (const row of txs) if (row.hash === null && (hashedAt.get(row.stated) ?? true)) heights.set(row, row.stated)
  const height = Math.max(-1, ...heights.values())
  return { height, live: txs.filter((row) => heights.get(row) === height) }
}

const FIELDS = ['idx', 'sender', 'recipient', 'created', 'nonce', 'status', 'selector'] as const

/** Statements merged into one, in an order of their own. */
export function foldFields(live: readonly TxRow[], conflicts: { source: number; message: string }[] = []): TxRow {
  const ordered = live
    .map((row) => ({ row, text: txText(row) }))
    .sort(
      (a, b) =>
        proofRank(a.row) - proofRank(b.row) ||
        Number(provesReceipt(b.row)) - Number(provesReceipt(a.row)) ||
        order(a.text, b.text) ||
        a.row.source - b.row.source,
    )
  const [base, ...others] = ordered
  if (!base) throw new TypeError('a transaction without any statement cannot be merged')
  const merged = { ...base.row }
  const parts = new Set(base.row.parts.split(' '))
  for (const { row } of others) {
    const wrong = FIELDS.find((field) => merged[field] !== null && row[field] !== null && merged[field] !== row[field])
    if (wrong !== undefined)
      conflicts.push({
        source: row.source,
        message: `${wrong} is ${row[wrong]} here and ${merged[wrong]} in the statement kept`,
      })
    const fill = <Value>(mine: Value | null, theirs: Value | null): Value | null => mine ?? theirs
    Object.assign(merged, {
      hash: fill(merged.hash, row.hash),
      time: merged.time === null || row.time === null ? fill(merged.time, row.time) : Math.min(merged.time, row.time),
      ...Object.fromEntries(FIELDS.map((field) => [field, merged[field] ?? row[field]])),
    })
    for (const part of row.parts.split(' ')) parts.add(part)
  }
  return { ...merged, parts: PARTS.filter((part) => parts.has(part)).join(' ') }
}

type Rank = {
  readonly proof: number
  readonly provesReceipt: boolean
  readonly showsLogs: boolean
  readonly showsTraces: boolean
}
type Ranks = ReadonlyMap<string, Rank>

/** By source and block: what a source says of a transaction in one block is one statement, in however many pieces. */
function rankOf(live: readonly TxRow[]): Ranks {
  const ranks = new Map<string, Rank>()
  for (const row of live) {
    const known = ranks.get(keyOf(row))
    const parts = row.parts.split(' ')
    ranks.set(keyOf(row), {
      proof: Math.min(known?.proof ?? PROOF_ORDER.length, proofRank(row)),
      provesReceipt: (known?.provesReceipt ?? false) || parts.includes('receipt-proven'),
      showsLogs: (known?.showsLogs ?? false) || parts.includes('logs'),
      showsTraces: (known?.showsTraces ?? false) || parts.includes('traces'),
    })
  }
  return ranks
}

function choose<Row extends MoveRow | LogRow>(
  rows: readonly Row[],
  textOf: (row: Row) => string,
  ranks: Ranks,
  conflicts: { source: number; message: string }[],
  what: string,
  fillRecipient: boolean,
): Row | undefined {
  const ordered = rows
    .map((row) => ({ row, text: textOf(row), rank: ranks.get(keyOf(row)) }))
    .sort(
      (a, b) =>
        (a.rank?.proof ?? 0) - (b.rank?.proof ?? 0) ||
        Number(b.rank?.provesReceipt ?? false) - Number(a.rank?.provesReceipt ?? false) ||
        Number(b.rank?.showsLogs ?? false) - Number(a.rank?.showsLogs ?? false) ||
        order(a.text, b.text) ||
        a.row.source - b.row.source,
    )
  let shown = ordered[0]
  // Who got the fee is not said by all sources: saying nothing contradicts nobody.
  if (fillRecipient) shown = ordered.find(({ row }) => 'recipient' in row && row.recipient !== null) ?? shown
  for (const other of ordered) {
    if (other === shown || other.text === shown?.text) continue
    if (fillRecipient && 'recipient' in other.row && other.row.recipient === null) {
      const filled = { ...other.row, recipient: shown && 'recipient' in shown.row ? shown.row.recipient : null }
      if (textOf(filled) === shown?.text) continue
    }
    conflicts.push({
      source: other.row.source,
      message: `${what} is ${other.text} here and ${shown?.text} in the statement kept`,
    })
  }
  return shown?.row
}

function chooseTraces(
  rows: readonly MoveRow[],
  live: readonly TxRow[],
  ranks: Ranks,
  conflicts: { source: number; message: string }[],
): readonly MoveRow[] {
  const byStatement = new Map<string, { source: number; rows: Map<string, MoveRow> }>()
  for (const row of live)
    if (ranks.get(keyOf(row))?.showsTraces) byStatement.set(keyOf(row), { source: row.source, rows: new Map() })
  for (const row of [...rows].sort((a, b) => order(moveText(a), moveText(b)))) {
    const statement = byStatement.get(keyOf(row)) ?? { source: row.source, rows: new Map<string, MoveRow>() }
    if (!statement.rows.has(row.place)) statement.rows.set(row.place, row)
    byStatement.set(keyOf(row), statement)
  }
  const whole = [...byStatement].filter(([key]) => ranks.get(key)?.showsTraces)
  const partial = [...byStatement].filter(([key]) => !ranks.get(key)?.showsTraces)
  if (whole.length === 0) return [...new Map(partial.flatMap(([, { rows: own }]) => [...own])).values()]
  const candidates = whole.map(([key, { source, rows: own }]) => {
    const list = [...own.values()]
    return {
      source,
      list,
      proof: ranks.get(key)?.proof ?? 0,
      text: list.map(moveText).sort().join('\n'),
      effect: list.map(effectOf).sort().join('\n'),
    }
  })
  candidates.sort((a, b) => a.proof - b.proof || order(a.text, b.text) || a.source - b.source)
  const [base, ...others] = candidates
  for (const other of others)
    if (base && other.effect !== base.effect)
      conflicts.push({
        source: other.source,
        message: `contracts pass on value in ${other.list.length} calls here and otherwise, in ${base.list.length}, in the statement kept`,
      })
  // Explorers list what touches one address: each of it must be among the calls.
  const effects = new Set(base?.list.map(effectOf))
  for (const [, { source, rows: own }] of partial)
    for (const row of own.values())
      if (!effects.has(effectOf(row)))
        conflicts.push({ source, message: `${effectOf(row)} is listed here and not in the statement kept` })
  return base?.list ?? []
}

export function moveText({ ord, place, kind, asset, sender, recipient, amount }: MoveRow): string {
  return canonicalJson([ord, place, kind, asset, sender, recipient, BigInt(`0x${amount}`).toString()])
}

function logText({ address, topics, content }: LogRow): string {
  return canonicalJson([address, topics, content])
}

function txText(row: TxRow): string {
  return canonicalJson({
    ...Object.fromEntries(FIELDS.map((field) => [field, row[field]])),
    hash: row.hash,
    parts: row.parts,
  })
}

function keyOf({ source, stated, hash }: TxRow | MoveRow | LogRow): string {
  return `${source} ${stated} ${hash ?? ''}`
}

function provesReceipt({ parts }: TxRow): boolean {
  return parts.includes('receipt-proven')
}

function proofRank({ proof }: TxRow): number {
  return PROOF_ORDER.indexOf(proof as Proof)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
