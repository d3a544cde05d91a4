/**
 * BlockSci's change rules. Each gives the outputs that it *cannot rule out* as change, so that a large set means
 * little; BlockSci intersects several, and calls change unique where one output is left. OP_RETURN is never change.
 *
 * Rules that look at spending transactions keep unspent outputs as candidates, as published. Missing from the list:
 * `none`, whose set is always empty.
 */
import type { LedgerTx } from '../../chains/index.ts'
import { judgeBlocksci } from './blocksci-coinjoin.ts'
import { changeRule, judgeEachOutput, noChange } from './change.ts'
import {
  conclude,
  every,
  isOne,
  type Judgement,
  NO_INPUT_VALUE,
  NO_OUTPUT_SCRIPT,
  need,
  not,
  notCoinbase,
  type Rule,
} from './judgement.ts'
import type { NeighbourShape, Neighbours } from './neighbours.ts'
import { peelingChain } from './peeling-chain.ts'
import { atLeast, countWhere, inputOwners, inputType, isAmong, isOpReturn, outputType, smallestInput } from './shape.ts'
import { BLOCKSCI_CHANGE, QUESTIONS } from './sources.ts'

const NO_SPENDER = 'whether and by what it is spent was not given'
const NO_HISTORY = 'the history of its address was not given'

const blocksci = {
  source: BLOCKSCI_CHANGE,
  confidence: null,
  chains: 'any',
  questions: [QUESTIONS.coinJoin, QUESTIONS.custodial, QUESTIONS.payJoin, QUESTIONS.ownPayment],
} as const

/** Outputs to an address that is also spent here. */
export const blocksciAddressReuse: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-address-reuse',
  judge: (tx) =>
    judgeEachOutput(
      tx,
      'pays an address that is spent here',
      (output) => isAmong(output, inputOwners(tx)),
      'the script or address of an input or output is not in the data',
    ),
})

/** Outputs of the one type of all inputs; none where the inputs differ in type. */
export const blocksciAddressType: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-address-type',
  judge: judgeAddressType,
})

/** Outputs below the smallest input: with larger change, that input would not have been needed. */
export const blocksciOptimalChange: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-optimal-change',
  judge: (tx) => {
    const smallest = smallestInput(tx)
    return judgeEachOutput(
      tx,
      'is below the smallest input',
      (output) => (smallest === null ? null : output.value < smallest),
      NO_INPUT_VALUE,
    )
  },
})

/** Outputs that are no multiple of 10^6 base units (0.01 BTC), the default of six digits. */
export const blocksciPowerOfTen6: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-power-of-ten-6',
  judge: (tx) =>
    judgeEachOutput(
      tx,
      'is no multiple of 1000000 base units',
      (output) => output.value % 1_000_000n !== 0n,
      NO_OUTPUT_SCRIPT,
    ),
})

/** Outputs that are unspent, or whose spender has a lock time above zero exactly if this transaction has. */
export const blocksciLocktime: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-locktime',
  judge: (tx, neighbours) =>
    judgeEachSpender(tx, neighbours, 'is unspent or spent with a lock time like this one', (spender) =>
      tx.locktime === null || spender.locktime === null ? null : spender.locktime > 0 === tx.locktime > 0,
    ),
})

/** Outputs whose address is paid here for the first time. */
export const blocksciClientChangeAddressBehavior: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-client-change-address-behavior',
  questions: [...blocksci.questions, QUESTIONS.freshAddress],
  judge: (tx, neighbours) =>
    judgeEachOutput(
      tx,
      'pays an address for the first time',
      (_, vout) => neighbours.histories?.[vout]?.firstSeenHere ?? null,
      NO_HISTORY,
    ),
})

/** Outputs that are unspent, or whose spender pays the same fee per 1,000 virtual bytes, rounded down. */
export const blocksciFixedFee: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-fixed-fee',
  judge: (tx, neighbours) =>
    judgeEachSpender(tx, neighbours, 'is unspent or spent at the fee rate of this transaction', (spender) =>
      neighbours.feePerKvb === undefined || spender.feePerKvb === null
        ? null
        : spender.feePerKvb === neighbours.feePerKvb,
    ),
})

/** No CoinJoin by BlockSci's rule, two spendable outputs, and exactly one of them is new and below the smallest input. */
export const blocksciLegacy: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-legacy',
  questions: [...blocksci.questions, QUESTIONS.freshAddress],
  judge: judgeLegacy,
})

/** In a peeling chain, the outputs that are unspent or spent by a transaction of a peeling chain. */
export const blocksciPeelingChainChange: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-peeling-chain-change',
  judge: (tx, neighbours) => {
    const here = peelingChain.judge(tx, neighbours)
    if (here.verdict === 'no-match') return noChange(`Not in a peeling chain. ${here.reason}`)
    if (here.verdict === 'unknown') return { verdict: 'unknown', facts: {}, reason: here.reason }
    return judgeEachSpender(tx, neighbours, 'is unspent or continues the peeling chain', (spender) =>
      spender.peelingChain === 'match' ? true : spender.peelingChain === 'no-match' ? false : null,
    )
  },
})

/** Outputs that are spent: BlockSci intersects it with rules that keep unspent outputs. */
export const blocksciSpent: Rule = changeRule({
  ...blocksci,
  id: 'blocksci-spent',
  judge: (tx, neighbours) =>
    judgeEachOutput(
      tx,
      'is spent',
      (_, vout) => {
        const spender = neighbours.spenders?.[vout] ?? null
        return spender === null ? null : spender !== 'unspent'
      },
      NO_SPENDER,
    ),
})

function judgeEachSpender(
  tx: LedgerTx,
  neighbours: Neighbours,
  says: string,
  test: (spender: NeighbourShape) => boolean | null,
): Judgement {
  return judgeEachOutput(
    tx,
    says,
    (_, vout) => {
      const spender = neighbours.spenders?.[vout] ?? null
      if (spender === null) return null
      return spender === 'unspent' ? true : test(spender)
    },
    `${NO_SPENDER}, or not the property compared`,
  )
}

function judgeAddressType(tx: LedgerTx): Judgement {
  const types = new Set(tx.inputs.map(inputType))
  const known = [...types].filter((type) => type !== null)
  if (!tx.coinbase && known.length > 1) return noChange('Not met: all inputs are of one script type.')
  const only = types.has(null) ? null : (known[0] ?? null)
  return judgeEachOutput(
    tx,
    'is of the script type of all inputs',
    (output) => {
      const type = outputType(output)
      return only === null || type === null ? null : type === only
    },
    'the script of an input or output is not in the data',
  )
}

function judgeLegacy(tx: LedgerTx, neighbours: Neighbours): Judgement {
  const coinJoin = judgeBlocksci(tx).verdict
  const smallest = smallestInput(tx)
  const spendable = countWhere(tx.outputs, (output) => not(isOpReturn(output)))
  const candidates = tx.outputs.map((output, vout) =>
    every([
      not(isOpReturn(output)),
      smallest === null ? null : output.value < smallest,
      neighbours.histories?.[vout]?.firstSeenHere ?? null,
    ]),
  )
  const places = candidates.flatMap((candidate, vout) => (candidate === true ? [vout] : []))
  const judgement = conclude(
    [
      notCoinbase(tx),
      need(coinJoin === 'unknown' ? null : coinJoin === 'no-match', "it is no CoinJoin by BlockSci's rule"),
      need(atLeast(spendable, 2), 'at least 2 spendable outputs', NO_OUTPUT_SCRIPT),
      need(
        isOne(candidates),
        'exactly one spendable output is new and below the smallest input',
        smallest === null ? NO_INPUT_VALUE : NO_HISTORY,
      ),
    ],
    { outputs: String(tx.outputs.length), candidates: places.map(String) },
    `Output ${places[0] ?? 0} alone is new and below the smallest input.`,
  )
  return { ...judgement, candidates: judgement.verdict === 'match' ? places : [] }
}
