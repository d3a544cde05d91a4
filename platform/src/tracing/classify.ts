/**
 * A transaction before all detectors: which fired, which did not, and which could not be decided for want of data.
 * Every answer names the rule, its version and its source. Nothing is summed up: two detectors that fire are two findings.
 */
import type { LedgerTx } from '../chains/index.ts'
import { detect, type Finding, type Neighbours } from './detectors/index.ts'

export type Fired = {
  readonly id: string
  readonly version: string
  readonly kind: Finding['kind']
  /** One sentence: what the rule claims. */
  readonly says: string
  readonly facts: Finding['facts']
  /** 0 to 100 as published, not calibrated here; `null` where the authors give none. */
  readonly confidence: number | null
  /** For change rules: places of the outputs that may be change. */
  readonly candidates: readonly number[] | null
  readonly questions: Finding['questions']
  readonly source: string
}

export type Classification = {
  readonly txid: string
  readonly coinbase: boolean
  readonly fired: readonly Fired[]
  readonly notFired: readonly { readonly id: string; readonly version: string; readonly why: string }[]
  readonly notChecked: readonly { readonly id: string; readonly version: string; readonly why: string }[]
}

/** `placed` is false where nobody says in which block the transaction is: rules that ask for its height are then open. */
export function classify(tx: LedgerTx, neighbours: Neighbours, placed = true): Classification {
  const findings = placed ? detect(tx, neighbours) : detectAtAnyHeight(tx, neighbours)
  const prevouts = prevoutsUnknown(tx)
  return {
    txid: tx.txid,
    coinbase: tx.coinbase,
    fired: findings.filter(({ verdict }) => verdict === 'match').map(toFired),
    notFired: findings.filter(({ verdict }) => verdict === 'no-match').map(toWhy),
    notChecked: findings
      .filter(({ verdict }) => verdict === 'unknown')
      .map((finding) => {
        const open = toWhy(finding)
        return prevouts !== null && / of an input\b/.test(finding.reason)
          ? { ...open, why: `${prevouts} ${open.why}` }
          : open
      }),
  }
}

function toFired(finding: Finding): Fired {
  const { rule, version, kind, reason, facts, confidence, candidates, questions, source } = finding
  return { id: rule, version, kind, says: reason, facts, confidence, candidates, questions, source }
}

function toWhy({ rule, version, reason }: Finding) {
  return { id: rule, version, why: reason }
}

function prevoutsUnknown(tx: LedgerTx): string | null {
  const unknown = tx.inputs.filter(
    ({ prev, prevout }) => prev !== null && (prevout === null || prevout.script === null),
  )
  return unknown.length === 0 ? null : `prevouts unknown (${unknown.length} of ${tx.inputs.length}).`
}

/** Heights that lie in each of the eras that rules tell apart (Dumplings: coordinator scripts until block 609,999). */
const ERAS = [0, 609_999, 10_000_000] as const

/** A verdict stands if it is the same in every era. */
function detectAtAnyHeight(tx: LedgerTx, neighbours: Neighbours): readonly Finding[] {
  const eras = ERAS.map((height) => detect({ ...tx, block: { ...tx.block, height } }, neighbours))
  const [first = [], ...others] = eras
  return first.map((finding, at) => {
    const same = others.every((findings) => findings[at]?.verdict === finding.verdict)
    if (same) return finding
    return {
      ...finding,
      verdict: 'unknown',
      confidence: null,
      confidenceNote: null,
      candidates: null,
      reason: 'The rule asks for the height of the block, and nobody says in which block the transaction is.',
    }
  })
}
