/**
 * How often a change rule names the right output. Right means: the output that it alone names belongs to whoever pays.
 * Rules that leave several candidates name none; how often the true change is still among them is counted apart.
 */
import { type RuleId, rules } from '../detectors/index.ts'
import { isCoinJoinKind, type OwnerKind, type TxTruth } from './emulated/truth.ts'
import type { Judged } from './judged.ts'
import { type Rate, rate } from './rate.ts'

export type ChangeFigure = {
  readonly heuristic: RuleId
  readonly version: string
  readonly set: string
  /** Of transactions in which it names one output: rightly. CoinJoins that stop a trace are left out, as a guard. */
  readonly right: Rate
  /** The same with no guard: CoinJoins in which it names an output are all counted as wrong. */
  readonly rightWithoutGuard: Rate
  /** Of transactions with one output back to the payer and one to somebody else: names that one. */
  readonly recall: Rate
  /** Of those in which it leaves candidates: the true one is among them. */
  readonly kept: Rate
  readonly undecided: number
  /** By who pays: a rule that is right for users may be wrong for exchanges. */
  readonly byPayer: readonly { readonly payer: OwnerKind; readonly right: Rate }[]
}

export type AgreementFigure = {
  readonly set: string
  /** So many rules name this output alone, and none names another. `disputed`: they name different ones. */
  readonly rules: number | 'disputed'
  readonly right: Rate
}

type Case = { readonly each: Judged; readonly truth: TxTruth }

export function measureChange(
  set: string,
  judged: readonly Judged[],
  truthByTxid: ReadonlyMap<string, TxTruth>,
  kindByOwner: ReadonlyMap<string, OwnerKind>,
): readonly ChangeFigure[] {
  const cases = casesOf(judged, truthByTxid)
  return changeRules.map(({ id, version }) => {
    const named = cases.filter(({ each }) => namedBy(each, id) !== null)
    const guarded = named.filter(({ each }) => !each.stops)
    const isRight = ({ each, truth }: Case) => isPayers(truth, namedBy(each, id))
    const clear = cases.filter(({ truth }) => ownChange(truth) !== null)
    const leaves = clear.filter(({ each }) => (each.said.get(id)?.candidates?.length ?? 0) > 0)
    const payers = [...new Set(guarded.map(({ truth }) => kindByOwner.get(truth.payer ?? '') ?? null))]
    return {
      heuristic: id,
      version,
      set,
      right: rate(guarded.filter(isRight).length, guarded.length),
      rightWithoutGuard: rate(named.filter(isRight).length, named.length),
      recall: rate(clear.filter(({ each, truth }) => namedBy(each, id) === ownChange(truth)).length, clear.length),
      kept: rate(
        leaves.filter(({ each, truth }) => each.said.get(id)?.candidates?.includes(ownChange(truth) ?? -1)).length,
        leaves.length,
      ),
      undecided: cases.filter(({ each }) => each.said.get(id)?.verdict === 'unknown').length,
      byPayer: payers
        .filter((payer) => payer !== null)
        .sort()
        .map((payer) => {
          const his = guarded.filter(({ truth }) => kindByOwner.get(truth.payer ?? '') === payer)
          return { payer, right: rate(his.filter(isRight).length, his.length) }
        }),
    }
  })
}

/** Rules of which one says the same as another count once. */
const TWINS: readonly RuleId[] = ['gs-direct-change']
const AT_MOST = 6

/** What it is worth that several rules name the same output. */
export function measureAgreement(
  set: string,
  judged: readonly Judged[],
  truthByTxid: ReadonlyMap<string, TxTruth>,
): readonly AgreementFigure[] {
  const found = new Map<number | 'disputed', { right: number; of: number }>()
  for (const { each, truth } of casesOf(judged, truthByTxid)) {
    if (each.stops) continue
    const votes = new Map<number, number>()
    for (const { id } of changeRules) {
      const vout = TWINS.includes(id) ? null : namedBy(each, id)
      if (vout !== null) votes.set(vout, (votes.get(vout) ?? 0) + 1)
    }
    if (votes.size === 0) continue
    // Where rules dispute, the output that most of them name is the answer that is judged.
    const [[vout, count]] = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]) as [[number, number]]
    const key = votes.size > 1 ? 'disputed' : Math.min(count, AT_MOST)
    const entry = found.get(key) ?? { right: 0, of: 0 }
    found.set(key, { right: entry.right + (isPayers(truth, vout) ? 1 : 0), of: entry.of + 1 })
  }
  const keys: readonly (number | 'disputed')[] = [1, 2, 3, 4, 5, AT_MOST, 'disputed']
  return keys.map((key) => ({ set, rules: key, right: rate(found.get(key)?.right ?? 0, found.get(key)?.of ?? 0) }))
}

const changeRules = rules.filter(({ kind }) => kind === 'change')

function casesOf(judged: readonly Judged[], truthByTxid: ReadonlyMap<string, TxTruth>): readonly Case[] {
  return judged.flatMap((each) => {
    const truth = truthByTxid.get(each.tx.txid)
    return truth && truth.kind !== 'coinbase' ? [{ each, truth }] : []
  })
}

function namedBy({ said }: Judged, rule: RuleId): number | null {
  const candidates = said.get(rule)?.candidates ?? []
  return candidates.length === 1 ? (candidates[0] ?? null) : null
}

function isPayers({ kind, payer, outputOwners }: TxTruth, vout: number | null): boolean {
  return !isCoinJoinKind(kind) && payer !== null && vout !== null && outputOwners[vout] === payer
}

/** The one output that goes back to the payer, where there is one and somebody else is paid; else `null`. */
function ownChange({ kind, payer, outputOwners }: TxTruth): number | null {
  if (payer === null || isCoinJoinKind(kind)) return null
  const back = outputOwners.flatMap((owner, vout) => (owner === payer ? [vout] : []))
  const paid = outputOwners.some((owner) => owner !== null && owner !== payer)
  return back.length === 1 && paid ? (back[0] ?? null) : null
}
