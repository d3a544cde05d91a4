/**
 * GraphSense's change rules. Its consensus keeps the rule with the highest confidence and drops all of them on a
 * CoinJoin; that is left to the reader, who has both findings side by side.
 */
import type { LedgerTx } from '../../chains/index.ts'
import { changeRule, judgeEachOutput, noChange } from './change.ts'
import {
  type Condition,
  conclude,
  every,
  isOne,
  type Judgement,
  NO_INPUT_VALUE,
  need,
  not,
  notCoinbase,
  type Rule,
  some,
} from './judgement.ts'
import type { AddressHistory, Neighbours } from './neighbours.ts'
import { inputOwners, inputType, isAmong, isOpReturn, outputType, sameOwner, smallestInput } from './shape.ts'
import { BITCOIN_LIKE, GRAPHSENSE, QUESTIONS } from './sources.ts'

const gs = { source: GRAPHSENSE, chains: BITCOIN_LIKE }

/** An output pays back to an address that is also spent here. */
export const gsDirectChange: Rule = changeRule({
  ...gs,
  id: 'gs-direct-change',
  confidence: 100,
  questions: [QUESTIONS.coinJoin, QUESTIONS.custodial, QUESTIONS.forced],
  judge: (tx) =>
    judgeEachOutput(
      tx,
      'pays an address that is spent here',
      (output) => isAmong(output, inputOwners(tx)),
      'the script or address of an input or output is not in the data',
    ),
})

/**
 * Exactly one output that is of the one script type of all inputs, not a multiple of 1,000, below the smallest input,
 * paid once in this transaction, and whose address was not used before or again: paid by at most one transaction,
 * spent by at most one, and first seen no earlier than in this block.
 *
 * GraphSense takes an address of which it knows nothing for one not reused. Here such an address leaves the verdict
 * `unknown`.
 */
export const gsOneTimeChange: Rule = changeRule({
  ...gs,
  id: 'gs-one-time-change',
  confidence: 50,
  questions: [QUESTIONS.coinJoin, QUESTIONS.custodial, QUESTIONS.payJoin, QUESTIONS.freshAddress],
  judge: judgeOneTimeChange,
})

/** An output pays an address that multi-input clustering already joined with an address spent here. */
export const gsMultiInputChange: Rule = changeRule({
  ...gs,
  id: 'gs-multi-input-change',
  confidence: 50,
  questions: [QUESTIONS.coinJoin, QUESTIONS.custodial, QUESTIONS.payJoin],
  judge: judgeMultiInputChange,
})

function judgeOneTimeChange(tx: LedgerTx, neighbours: Neighbours): Judgement {
  const outs = tx.outputs.length
  const smallest = smallestInput(tx)
  const types = new Set(tx.inputs.map(inputType))
  const only = types.size === 1 ? [...types][0] : undefined
  const candidates = tx.outputs.map((output, vout) => {
    const type = outputType(output)
    const sameType =
      types.size > 1 && !types.has(null)
        ? false
        : only === undefined || only === null || type === null
          ? null
          : type === only
    const paidOnce = not(some(tx.outputs.map((other, place) => (place === vout ? false : sameOwner(output, other)))))
    const below = smallest === null ? null : output.value < smallest
    return every([
      not(isOpReturn(output)),
      sameType,
      output.value % 1_000n !== 0n,
      below,
      paidOnce,
      notReused(neighbours.histories?.[vout] ?? null, tx.block.height),
    ])
  })
  const places = candidates.flatMap((candidate, vout) => (candidate === true ? [vout] : []))
  const conditions: readonly Condition[] = [
    notCoinbase(tx),
    need(outs >= 2 && outs <= 10, `2 to 10 outputs (${outs} here)`),
    need(
      isOne(candidates),
      'exactly one output meets every condition',
      smallest === null ? NO_INPUT_VALUE : 'a script, or the history of an address, is not in the data',
    ),
  ]
  const judgement = conclude(
    conditions,
    {
      outputs: String(outs),
      smallestInput: smallest === null ? 'not known' : String(smallest),
      candidates: places.map(String),
    },
    `Output ${places[0] ?? 0} alone looks like one-time change.`,
  )
  return { ...judgement, candidates: judgement.verdict === 'match' ? places : [] }
}

function judgeMultiInputChange(tx: LedgerTx, { inputClusters, outputClusters }: Neighbours): Judgement {
  if (tx.coinbase) return noChange('Not met: the transaction is not a coinbase.')
  const spent = tx.inputs.map((_, vin) => inputClusters?.[vin] ?? null)
  return judgeEachOutput(
    tx,
    'belongs to the cluster of an input',
    (output, vout) => {
      if (isOpReturn(output) === true) return false
      const cluster = outputClusters?.[vout] ?? null
      return cluster === null ? null : some(spent.map((other) => (other === null ? null : other === cluster)))
    },
    inputClusters === undefined || outputClusters === undefined
      ? 'no clusters were given'
      : 'the cluster of an address was not given',
  )
}

function notReused(history: AddressHistory | null, height: number): boolean | null {
  if (history === null) return null
  return history.incoming <= 1 && history.outgoing <= 1 && history.firstHeight >= height
}
