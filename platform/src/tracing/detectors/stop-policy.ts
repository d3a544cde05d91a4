/**
 * When a trace may stop at a CoinJoin.
 *
 * A stop is a choice of whoever traces, made by naming rules; it is written into the trace and can be taken back. It
 * never changes an amount.
 */
import type { Finding, RuleId } from './finding.ts'

export type StopRule = { readonly rule: RuleId; readonly reason: string }

export type StopPolicy = {
  /** A match of one of these stops the trace. */
  readonly rules: readonly RuleId[]
  /** A match of one of these takes the stop away, whichever rule asked for it. */
  readonly vetoes: readonly RuleId[]
}

export type StopDecision = {
  readonly stop: boolean
  /** Rules of the policy that match, in the order of the findings. */
  readonly matched: readonly RuleId[]
  /** Vetoes that match. With one of them there is no stop, whatever matched. */
  readonly vetoedBy: readonly RuleId[]
  /** Rules and vetoes of the policy whose verdict is `unknown`, or of which there is no finding. */
  readonly undecided: readonly RuleId[]
  readonly reason: string
}

/** The rules that stop a trace unless its policy says otherwise: those that describe one protocol closely. */
export const coinJoinStopRules: readonly StopRule[] = [
  {
    rule: 'gs-whirlpool',
    reason:
      'Pool sizes, entrants and remixers of Whirlpool; human-filtered lists of its mixes hold no false positive (crocs-muni/coinjoin-analysis).',
  },
  { rule: 'dumplings-samourai', reason: 'The same protocol, measured over the chain by Stütz et al. 2022.' },
  { rule: 'gs-wasabi-1.0', reason: 'At least ten inputs around one denomination near 0.1 BTC, exact splits excluded.' },
  { rule: 'gs-wasabi-1.1', reason: 'The same with mixing levels.' },
  {
    rule: 'dumplings-wasabi-1',
    reason: 'A known coordinator is paid, or ten equal outputs near 0.1 BTC in P2WPKH only.',
  },
  {
    rule: 'gs-wasabi-2.0',
    reason: 'At least twenty inputs and three repeated values, no owner with more than a tenth of the inputs.',
  },
  {
    rule: 'dumplings-wasabi-2',
    reason: 'Sorted inputs and outputs with more than four fifths standard denominations.',
  },
]

/** Rules that do not stop a trace by default, and why. */
export const coinJoinRulesLeftOut: readonly StopRule[] = [
  {
    rule: 'blocksci-is-coinjoin',
    reason: 'Equal outputs alone: a Stonewall and a batch payout of equal amounts fit as well.',
  },
  {
    rule: 'gs-joinmarket',
    reason: 'Its authors give it 49 of 100 and drop it where an exchange is among the inputs, which is not known here.',
  },
  { rule: 'dumplings-other', reason: 'A statistic of look-alikes: its authors name it after what it is not.' },
  { rule: 'aie-whirlpool', reason: 'Looks at output values only; gs-whirlpool asks more of the same transactions.' },
  { rule: 'mempool-space-flag', reason: 'Its authors call it fast but bad.' },
  { rule: 'gs-whirlpool-tx0', reason: "A Tx0 is no CoinJoin: its inputs and premix outputs are one owner's." },
]

export const defaultStopPolicy: StopPolicy = {
  rules: coinJoinStopRules.map(({ rule }) => rule),
  vetoes: ['gs-stonewall'],
}

/** Whether, under `policy`, a trace stops at the transaction of these findings, and what was said for and against. */
export function isCoinJoin(
  findings: readonly Pick<Finding, 'rule' | 'verdict'>[],
  policy: StopPolicy = defaultStopPolicy,
): StopDecision {
  const ofVerdict = (ids: readonly RuleId[], verdict: Finding['verdict']) =>
    findings
      .filter((finding) => ids.includes(finding.rule) && finding.verdict === verdict)
      .map((finding) => finding.rule)
  const asked = [...new Set([...policy.rules, ...policy.vetoes])]
  const absent = asked.filter((rule) => !findings.some((finding) => finding.rule === rule))
  const matched = ofVerdict(policy.rules, 'match')
  const vetoedBy = ofVerdict(policy.vetoes, 'match')
  const undecided = [...ofVerdict(asked, 'unknown'), ...absent]
  const stop = matched.length > 0 && vetoedBy.length === 0
  return { stop, matched, vetoedBy, undecided, reason: sayWhy(matched, vetoedBy, undecided) }
}

function sayWhy(matched: readonly RuleId[], vetoedBy: readonly RuleId[], undecided: readonly RuleId[]): string {
  const open = undecided.length === 0 ? '' : ` Not decided: ${undecided.join(', ')}.`
  if (matched.length === 0) return `No rule of the policy matches.${open}`
  if (vetoedBy.length > 0)
    return `Matched by ${matched.join(', ')}, but vetoed by ${vetoedBy.join(', ')}: not taken for a CoinJoin.${open}`
  return `Taken for a CoinJoin by ${matched.join(', ')}.${open}`
}
