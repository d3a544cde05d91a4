/** GraphSense's rule for JoinMarket, and the Stonewall shape with which it vetoes its CoinJoin rules. */
import type { LedgerTx } from '../../chains/index.ts'
import {
  type Condition,
  conclude,
  type Judgement,
  NO_OUTPUT_SCRIPT,
  need,
  notCoinbase,
  type Rule,
} from './judgement.ts'
import {
  allOwnersDistinct,
  atLeast,
  commonestValue,
  distinctOwners,
  inputOwners,
  showSpan,
  spendableOutputs,
  tally,
} from './shape.ts'
import { BITCOIN, BITCOIN_LIKE, GRAPHSENSE, QUESTIONS } from './sources.ts'

/** Outputs of at most this value are no denomination. */
const DUST = 2_730n
const LARGE_ROUND = 50
const STONEWALL_MIN = 5_000n

/**
 * The denomination is the commonest output value above dust (of several the lowest). From 50 inputs on, at most 20
 * inputs and at least 1.7 outputs for each participant. GraphSense drops its finding where an input carries an
 * exchange's tag; no tags are known here, so that this stands among the questions.
 */
export const gsJoinMarket: Rule = {
  id: 'gs-joinmarket',
  kind: 'coinjoin',
  version: '1',
  source: GRAPHSENSE,
  confidence: 49,
  chains: BITCOIN_LIKE,
  questions: [QUESTIONS.stonewall, QUESTIONS.batch, QUESTIONS.sameWallet],
  judge: judgeJoinMarket,
}

/**
 * The shape that Samourai's wallet makes for one owner alone: two equal outputs among three or four. It says nothing
 * of what the transaction is; it says that rules of equal outputs cannot tell it from a CoinJoin.
 */
export const gsStonewall: Rule = {
  id: 'gs-stonewall',
  kind: 'veto',
  version: '1',
  source: GRAPHSENSE,
  confidence: null,
  chains: BITCOIN,
  questions: [QUESTIONS.sameWallet],
  judge: judgeStonewall,
}

function judgeJoinMarket(tx: LedgerTx): Judgement {
  const outputs = spendableOutputs(tx)
  const values = outputs?.map((output) => output.value) ?? []
  const common = commonestValue(values.filter((value) => value > DUST))
  const n = common?.count ?? 0
  const inputs = tx.inputs.length
  const owners = distinctOwners(inputOwners(tx))
  const conditions: Condition[] = [notCoinbase(tx)]
  if (outputs === null) conditions.push(need(null, 'every output is or is not OP_RETURN', NO_OUTPUT_SCRIPT))
  else {
    conditions.push(
      need(n >= 3, `at least 3 equal outputs above 2730 satoshi (${n} here)`),
      need(2 * n >= values.length, `at least half of the outputs are equal (${n} of ${values.length} here)`),
      need(atLeast(owners, n), `at least ${n} input scripts, one for each participant (${showSpan(owners)} here)`),
      need(allOwnersDistinct(outputs), 'all output scripts differ', NO_OUTPUT_SCRIPT),
      need(n < values.length, 'at least one output is of another value'),
    )
    if (inputs >= LARGE_ROUND) {
      conditions.push(
        need(inputs <= 20 * n, `at most 20 inputs for each participant (${inputs} for ${n} here)`),
        need(
          10 * values.length >= 17 * n,
          `at least 1.7 outputs for each participant (${values.length} for ${n} here)`,
        ),
      )
    }
  }
  return conclude(
    conditions,
    {
      inputs: String(inputs),
      inputScripts: showSpan(owners),
      outputs: outputs === null ? 'not known' : String(values.length),
      denomination: String(common?.value ?? 0n),
      participants: String(n),
    },
    `${n} of ${values.length} outputs are equal, ${common?.value ?? 0n} base units each.`,
  )
}

function judgeStonewall(tx: LedgerTx): Judgement {
  const outputs = spendableOutputs(tx)
  const values = outputs?.map((output) => output.value) ?? []
  const pairs = [...tally(values)].filter(([, count]) => count === 2).map(([value]) => value)
  const pair = pairs[0] ?? 0n
  const conditions: Condition[] = [
    notCoinbase(tx),
    need(tx.inputs.length >= 2, `at least 2 inputs (${tx.inputs.length} here)`),
  ]
  if (outputs === null) conditions.push(need(null, 'every output is or is not OP_RETURN', NO_OUTPUT_SCRIPT))
  else {
    conditions.push(
      need(values.length === 3 || values.length === 4, `3 or 4 outputs (${values.length} here)`),
      need(pairs.length === 1, `exactly one value occurs exactly twice (${pairs.length} do)`),
      need(pair >= STONEWALL_MIN, `that value is at least 5000 satoshi (${pair} here)`),
      need(allOwnersDistinct(outputs), 'all output scripts differ', NO_OUTPUT_SCRIPT),
    )
  }
  return conclude(
    conditions,
    {
      inputs: String(tx.inputs.length),
      outputs: outputs === null ? 'not known' : String(values.length),
      pair: String(pair),
    },
    `Two equal outputs of ${pair} satoshi among ${values.length}.`,
  )
}
