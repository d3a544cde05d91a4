/** How often each CoinJoin rule is right, on transactions of which it is known what they are. */
import { coinJoinStopRules, defaultStopPolicy, isCoinJoin, type RuleId, rules } from '../detectors/index.ts'
import { coinJoinKinds, type EmulatedKind, isCoinJoinKind, type TxTruth } from './emulated/truth.ts'
import type { Judged } from './judged.ts'
import { type Rate, rate } from './rate.ts'

/** A combination of rules is measured like a rule, under a name that is none of a rule. */
export type HeuristicName = RuleId | 'default-stop-policy' | 'any-coinjoin-rule'

export type DetectorFigure = {
  readonly heuristic: HeuristicName
  readonly version: string
  readonly set: string
  /** What the rule says that it finds. */
  readonly finds: readonly string[]
  /** Of what it should find: found. Undecided counts as not found. */
  readonly recall: Rate
  /** Of what it found: rightly. A CoinJoin of another protocol than its own counts as right, and is counted apart. */
  readonly precision: Rate
  /** Of what it should leave alone: taken. */
  readonly falsePositives: Rate
  readonly otherCoinJoins: number
  readonly undecided: number
  /** What was wrongly taken, by what it was, most first. */
  readonly takenFor: readonly { readonly kind: string; readonly count: number }[]
}

/** What each rule says that it finds. Rules of one protocol are asked for that one only. */
const ownKinds: Readonly<Partial<Record<RuleId, readonly EmulatedKind[]>>> = {
  'blocksci-is-coinjoin': coinJoinKinds,
  'gs-wasabi-1.0': ['wasabi-1.0'],
  'gs-wasabi-1.1': ['wasabi-1.0', 'wasabi-1.1'],
  'gs-wasabi-2.0': ['wasabi-2'],
  'dumplings-wasabi-1': ['wasabi-1.0', 'wasabi-1.1'],
  'dumplings-wasabi-2': ['wasabi-2'],
  'gs-whirlpool': ['whirlpool'],
  'gs-whirlpool-tx0': ['whirlpool-tx0'],
  'dumplings-samourai': ['whirlpool'],
  'aie-whirlpool': ['whirlpool'],
  'gs-joinmarket': ['joinmarket'],
  'dumplings-other': ['joinmarket'],
  'gs-stonewall': ['stonewall'],
  'mempool-space-flag': coinJoinKinds,
  'blocksci-peeling-chain': ['peel'],
}

type Verdict = 'match' | 'no-match' | 'unknown'

export function measureDetectors(
  set: string,
  judged: readonly Judged[],
  truthByTxid: ReadonlyMap<string, TxTruth>,
): readonly DetectorFigure[] {
  const kindOf = (each: Judged) => truthByTxid.get(each.tx.txid)?.kind ?? 'payment'
  const ofRules = rules.flatMap(({ id, kind, version }) => {
    const own = ownKinds[id]
    if (!own) return []
    const fits = kind === 'coinjoin' ? isCoinJoinKind : (one: EmulatedKind) => own.includes(one)
    return [figure(set, id, version, own, fits, judged, kindOf, ({ said }) => said.get(id)?.verdict ?? 'unknown')]
  })
  const combined = (heuristic: HeuristicName, says: (each: Judged) => Verdict) =>
    figure(set, heuristic, '1', coinJoinKinds, isCoinJoinKind, judged, kindOf, says)
  return [
    ...ofRules,
    combined('default-stop-policy', ({ stops }) => (stops ? 'match' : 'no-match')),
    combined('any-coinjoin-rule', (each) => (anyCoinJoinRule(each) ? 'match' : 'no-match')),
  ]
}

export function anyCoinJoinRule({ said }: Judged): boolean {
  return rules.some(({ id, kind }) => kind === 'coinjoin' && said.get(id)?.verdict === 'match')
}

export type StopAblation = {
  readonly set: string
  readonly without: RuleId | 'the veto' | 'nothing'
  readonly found: number
  readonly of: number
  readonly wrong: number
}

/** The default stop policy with each of its parts left out: what that part alone brings, and costs. */
export function ablateStopPolicy(
  set: string,
  judged: readonly Judged[],
  truthByTxid: ReadonlyMap<string, TxTruth>,
): readonly StopAblation[] {
  const parts = ['nothing', ...coinJoinStopRules.map(({ rule }) => rule), 'the veto'] as const
  return parts.map((without) => {
    const policy = {
      rules: defaultStopPolicy.rules.filter((rule) => rule !== without),
      vetoes: without === 'the veto' ? [] : defaultStopPolicy.vetoes,
    }
    const stops = judged.filter(({ said }) => isCoinJoin([...said.values()], policy).stop)
    const isOne = ({ tx }: Judged) => isCoinJoinKind(truthByTxid.get(tx.txid)?.kind ?? 'payment')
    const found = stops.filter(isOne).length
    return { set, without, found, of: judged.filter(isOne).length, wrong: stops.length - found }
  })
}

function figure(
  set: string,
  heuristic: HeuristicName,
  version: string,
  finds: readonly EmulatedKind[],
  fits: (kind: EmulatedKind) => boolean,
  judged: readonly Judged[],
  kindOf: (each: Judged) => EmulatedKind,
  says: (each: Judged) => Verdict,
): DetectorFigure {
  let [own, ownFound, matched, right, alone, wrong, other, undecided] = [0, 0, 0, 0, 0, 0, 0, 0]
  const taken = new Map<string, number>()
  for (const each of judged) {
    const kind = kindOf(each)
    const verdict = says(each)
    const match = verdict === 'match'
    if (verdict === 'unknown') undecided++
    if (finds.includes(kind)) {
      own++
      if (match) ownFound++
    }
    if (match) matched++
    if (fits(kind)) {
      if (match) right++
      if (match && !finds.includes(kind)) other++
    } else {
      alone++
      if (match) {
        wrong++
        taken.set(kind, (taken.get(kind) ?? 0) + 1)
      }
    }
  }
  const takenFor = [...taken].map(([kind, count]) => ({ kind, count }))
  takenFor.sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1))
  return {
    heuristic,
    version,
    set,
    finds,
    recall: rate(ownFound, own),
    precision: rate(right, matched),
    falsePositives: rate(wrong, alone),
    otherCoinJoins: other,
    undecided,
    takenFor,
  }
}
