/** Where traced value is, when a trace has gone as far as it may. */

export type PositionStatus = 'unspent' | 'data-ends' | 'service' | 'fee' | 'written-off' | 'not-followed'

export type Position = {
  readonly txid: string
  /** null for a fee and for what a coinbase did not claim */
  readonly vout: number | null
  readonly address: string | null
  /** What the output (or fee) is worth. */
  readonly amount: bigint
  readonly traced: bigint
  readonly bySeed: ReadonlyMap<string, bigint>
  readonly status: PositionStatus
  /** Stable, for programs: see docs/guides/tracing-rules.md. */
  readonly code: string
  /** A plain sentence, for people. */
  readonly reason: string
  readonly hops: number
  readonly block: { readonly height: number; readonly hash: string | null; readonly time: number | null } | null
}

/**
 * The ledger of a trace: what went in is what is accounted for.
 * `root + drawnIn = unspent + dataEnds + service + fee + writtenOff + notFollowed + overlap`.
 */
export type TraceLedger = {
  readonly root: bigint
  /** Clean value that poison counts as traced; nought under every other rule. */
  readonly drawnIn: bigint
  readonly unspent: bigint
  readonly dataEnds: bigint
  readonly service: bigint
  readonly fee: bigint
  readonly writtenOff: bigint
  readonly notFollowed: bigint
  /** Seeds whose value other seeds had brought there already: counted once. */
  readonly overlap: bigint
  readonly sum: bigint
  readonly balanced: boolean
  /** The same lines, one for each status and reason. */
  readonly lines: readonly {
    readonly status: PositionStatus | 'overlap'
    readonly code: string
    readonly amount: bigint
    readonly positions: number
  }[]
}

export function addUp(root: bigint, drawnIn: bigint, overlap: bigint, positions: readonly Position[]): TraceLedger {
  const amountByStatus = new Map<PositionStatus, bigint>()
  const lineByKey = new Map<
    string,
    { status: PositionStatus | 'overlap'; code: string; amount: bigint; positions: number }
  >()
  for (const { status, code, traced } of positions) {
    amountByStatus.set(status, (amountByStatus.get(status) ?? 0n) + traced)
    const key = `${status} ${code}`
    const line = lineByKey.get(key) ?? { status, code, amount: 0n, positions: 0 }
    lineByKey.set(key, { ...line, amount: line.amount + traced, positions: line.positions + 1 })
  }
  if (overlap > 0n)
    lineByKey.set('overlap', { status: 'overlap', code: 'seeds-overlap', amount: overlap, positions: 0 })
  const of = (status: PositionStatus) => amountByStatus.get(status) ?? 0n
  let sum = overlap
  for (const amount of amountByStatus.values()) sum += amount
  return {
    root,
    drawnIn,
    unspent: of('unspent'),
    dataEnds: of('data-ends'),
    service: of('service'),
    fee: of('fee'),
    writtenOff: of('written-off'),
    notFollowed: of('not-followed'),
    overlap,
    sum,
    balanced: root + drawnIn === sum,
    lines: [...lineByKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line),
  }
}
