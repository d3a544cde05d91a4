/**
 * The ledger of a trace on accounts, one for each asset: what went in is what is accounted for, to the unit.
 * `root + drawnIn + convertedIn + crossedIn = unspent + dataEnds + service + fee + burnt + convertedOut + crossedOut +
 * mixer + writtenOff + notFollowed`.
 */
import type { AssetId } from '../../chains/index.ts'

export type AccountStatusWord =
  | 'unspent'
  | 'data-ends'
  | 'service'
  | 'fee'
  | 'burnt'
  | 'converted'
  | 'crossed'
  | 'mixer'
  | 'written-off'
  | 'not-followed'

/** What came in by asset, in base units. */
export type CameIn = {
  /** Where seeds start. */
  readonly root: bigint
  /** Clean value that poison counts as traced; nought under every other rule. */
  readonly drawnIn: bigint
  readonly convertedIn: bigint
  readonly crossedIn: bigint
}

export type AssetLedger = CameIn & {
  readonly asset: AssetId
  readonly unspent: bigint
  readonly dataEnds: bigint
  readonly service: bigint
  readonly fee: bigint
  readonly burnt: bigint
  readonly convertedOut: bigint
  readonly crossedOut: bigint
  readonly mixer: bigint
  readonly writtenOff: bigint
  readonly notFollowed: bigint
  readonly sum: bigint
  readonly balanced: boolean
  readonly lines: readonly {
    readonly status: AccountStatusWord
    readonly code: string
    readonly amount: bigint
    readonly positions: number
  }[]
}

type Counted = { readonly status: AccountStatusWord; readonly code: string; readonly traced: bigint }

export function addUpAsset(asset: AssetId, cameIn: CameIn, positions: readonly Counted[]): AssetLedger {
  const sums = new Map<AccountStatusWord, bigint>()
  const lines = new Map<string, AssetLedger['lines'][number]>()
  let sum = 0n
  for (const { status, code, traced } of positions) {
    sum += traced
    sums.set(status, (sums.get(status) ?? 0n) + traced)
    const key = `${status} ${code}`
    const line = lines.get(key) ?? { status, code, amount: 0n, positions: 0 }
    lines.set(key, { ...line, amount: line.amount + traced, positions: line.positions + 1 })
  }
  const of = (status: AccountStatusWord) => sums.get(status) ?? 0n
  return {
    asset,
    ...cameIn,
    unspent: of('unspent'),
    dataEnds: of('data-ends'),
    service: of('service'),
    fee: of('fee'),
    burnt: of('burnt'),
    convertedOut: of('converted'),
    crossedOut: of('crossed'),
    mixer: of('mixer'),
    writtenOff: of('written-off'),
    notFollowed: of('not-followed'),
    sum,
    balanced: cameIn.root + cameIn.drawnIn + cameIn.convertedIn + cameIn.crossedIn === sum,
    lines: [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line),
  }
}
