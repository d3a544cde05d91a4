/**
 * GraphSense's three rules for Wasabi.
 *
 * Read as follows where the publication leaves it open. "Inputs" are all inputs. Outputs are all but OP_RETURN.
 * Of several equally common values the lowest is taken (GraphSense: the first in the transaction, so that its answer
 * depends on the order of outputs; ours does not). The test for an exact split is computed in integers.
 */
import type { LedgerTx } from '../../chains/index.ts'
import {
  type Condition,
  conclude,
  type Judgement,
  NO_OUTPUT_SCRIPT,
  need,
  not,
  notCoinbase,
  type Rule,
  some,
} from './judgement.ts'
import {
  allOwnersDistinct,
  atLeast,
  atMost,
  commonestValue,
  distinctOwners,
  inputOwners,
  largestOf,
  mostFrequentOwner,
  type Span,
  showSpan,
  spendableOutputs,
  sumOf,
  tally,
} from './shape.ts'
import { BITCOIN, GRAPHSENSE, QUESTIONS } from './sources.ts'

const BASE = 10_000_000n
const TOLERANCE = 500_000n
const INPUTS_PER_PARTICIPANT = 7
const MIN_INPUTS = 10
const SMALL_ROUND = 20
const MIN_PARTICIPANTS = 3

export const gsWasabi10: Rule = {
  id: 'gs-wasabi-1.0',
  kind: 'coinjoin',
  version: '1',
  source: GRAPHSENSE,
  confidence: 70,
  chains: BITCOIN,
  questions: [QUESTIONS.stonewall, QUESTIONS.batch, QUESTIONS.coordinator],
  judge: judgeWasabi10,
}

export const gsWasabi11: Rule = { ...gsWasabi10, id: 'gs-wasabi-1.1', confidence: 50, judge: judgeWasabi11 }

export const gsWasabi20: Rule = { ...gsWasabi10, id: 'gs-wasabi-2.0', confidence: 60, judge: judgeWasabi20 }

function judgeWasabi10(tx: LedgerTx): Judgement {
  const outputs = spendableOutputs(tx)
  const values = outputs?.map((output) => output.value) ?? []
  const near = commonestValue(values.filter((value) => distance(value, BASE) <= TOLERANCE))
  const n = near?.count ?? 0
  const owners = distinctOwners(inputOwners(tx))
  const conditions: Condition[] = [notCoinbase(tx), ...manySmallInputs(tx)]
  if (outputs === null) conditions.push(outputsUndecided)
  else {
    conditions.push(
      need(n >= MIN_PARTICIPANTS, `at least 3 equal outputs between 9500000 and 10500000 satoshi (${n} here)`),
      need(
        2 * n >= outputs.length - 1,
        `at least half of the outputs, one left aside for the coordinator, are of that value (${n} of ${outputs.length} here)`,
      ),
      ...inputBounds(owners, n),
      need(allOwnersDistinct(outputs), 'all output scripts differ', NO_OUTPUT_SCRIPT),
      notAnExactSplit(tx, values),
    )
  }
  return conclude(
    conditions,
    {
      ...counts(tx, outputs?.length ?? null, owners),
      denomination: String(near?.value ?? 0n),
      participants: String(n),
    },
    `${n} equal outputs of ${near?.value ?? 0n} satoshi, near 0.1 BTC.`,
  )
}

/**
 * Mixing levels 2^i × 0.1 BTC, each within 2^i × 0.005 BTC and counted from two outputs on. A round with level 0 only
 * cannot be told from Wasabi 1.0; GraphSense then calls it 1.0, and so does the fact `label`.
 *
 * Confidence = ⌊50 + 50 × (n ÷ scripts − 1/7) ÷ (1 − 1/7)⌋, halved if only one of the two size conditions holds.
 */
function judgeWasabi11(tx: LedgerTx): Judgement {
  const outputs = spendableOutputs(tx)
  const values = outputs?.map((output) => output.value) ?? []
  const levels = activeLevels(values)
  const n = Math.max(0, ...levels.map((level) => level.count))
  const postmix = levels.reduce((sum, level) => sum + level.count, 0)
  const owners = distinctOwners(inputOwners(tx))
  const size = values.length
  const majority = 2 * postmix >= size - 1
  const allButChange = atLeast(owners, size - postmix - 1)
  const conditions: Condition[] = [notCoinbase(tx), ...manySmallInputs(tx)]
  if (outputs === null) conditions.push(outputsUndecided)
  else {
    conditions.push(
      need(n >= MIN_PARTICIPANTS, `at least 3 outputs on one mixing level (${n} here)`),
      ...inputBounds(owners, n),
      need(
        some([majority, allButChange]),
        `level outputs are half of all outputs, or all but one for each input script (${postmix} of ${size} here)`,
      ),
      need(
        owners.min === owners.max ? true : null,
        'the number of input scripts is known, from which the confidence follows',
      ),
      need(allOwnersDistinct(outputs), 'all output scripts differ', NO_OUTPUT_SCRIPT),
      notAnExactSplit(tx, values),
    )
  }
  const judgement = conclude(
    conditions,
    {
      ...counts(tx, outputs?.length ?? null, owners),
      participants: String(n),
      denominations: levels.map((level) => String(level.value)),
      levelOutputs: String(postmix),
      label: levels.length === 1 && levels[0]?.value === BASE ? '1.0' : '1.1',
    },
    `${postmix} outputs on ${levels.length} mixing levels.`,
  )
  if (judgement.verdict !== 'match') return judgement
  const scripts = owners.max
  const tight = Math.floor((250 * scripts + 350 * n) / (6 * scripts))
  return { ...judgement, confidence: majority && allButChange ? tight : Math.floor(tight / 2) }
}

/** Wasabi 2.0: a denomination is any output value that occurs at least twice. */
function judgeWasabi20(tx: LedgerTx): Judgement {
  const outputs = spendableOutputs(tx)
  const values = outputs?.map((output) => output.value) ?? []
  const owners = distinctOwners(inputOwners(tx))
  const repeated = [...tally(values)].filter(([, count]) => count >= 2)
  const inDenominations = repeated.reduce((sum, [, count]) => sum + count, 0)
  const small = values.filter((value) => value < 5_000n).length
  const conditions: Condition[] = [
    notCoinbase(tx),
    need(tx.inputs.length >= 20, `at least 20 inputs (${tx.inputs.length} here)`),
    topInputShare(tx),
  ]
  if (outputs === null) conditions.push(outputsUndecided)
  else {
    conditions.push(
      need(small === 0, `every output is at least 5000 satoshi (${small} are less)`),
      need(allOwnersDistinct(outputs), 'all output scripts differ', NO_OUTPUT_SCRIPT),
      need(
        2 * inDenominations >= values.length - 1,
        `at least half of the outputs, one left aside for the coordinator, repeat a value (${inDenominations} of ${values.length} here)`,
      ),
      need(inDenominations < values.length, 'at least one output repeats no value'),
      need(repeated.length >= 3, `at least 3 values are repeated (${repeated.length} here)`),
    )
  }
  const denominations = repeated.map(([value]) => value).sort((a, b) => (a < b ? -1 : 1))
  return conclude(
    conditions,
    {
      ...counts(tx, outputs?.length ?? null, owners),
      denominations: denominations.map(String),
      denominationOutputs: String(inDenominations),
    },
    `${inDenominations} of ${values.length} outputs repeat ${repeated.length} values.`,
  )
}

const outputsUndecided = need(null, 'every output is or is not OP_RETURN', NO_OUTPUT_SCRIPT)

function manySmallInputs(tx: LedgerTx): readonly Condition[] {
  return [need(tx.inputs.length >= MIN_INPUTS, `at least 10 inputs (${tx.inputs.length} here)`), topInputShare(tx)]
}

function topInputShare(tx: LedgerTx): Condition {
  const top = mostFrequentOwner(inputOwners(tx))
  return need(
    atMost(top, Math.floor(tx.inputs.length / 10)),
    `no input script has more than a tenth of the inputs (${showSpan(top)} of ${tx.inputs.length} here)`,
  )
}

function inputBounds(owners: Span, n: number): readonly Condition[] {
  return [
    need(atLeast(owners, n), `at least ${n} input scripts, one for each participant (${showSpan(owners)} here)`),
    need(
      atMost(owners, INPUTS_PER_PARTICIPANT * n),
      `at most ${INPUTS_PER_PARTICIPANT * n} input scripts, seven for each participant (${showSpan(owners)} here)`,
    ),
  ]
}

/** Below 20 inputs a transaction whose whole output is N times its commonest value, to 1 in 10,000, is a plain split. */
function notAnExactSplit(tx: LedgerTx, values: readonly bigint[]): Condition {
  const says = 'the outputs are not an exact N-way split'
  const common = commonestValue(values)
  if (tx.inputs.length >= SMALL_ROUND || common === null || common.value === 0n) return need(true, says)
  const total = sumOf(values)
  const nearest = (2n * total + common.value) / (2n * common.value)
  return need(not(distance(total, nearest * common.value) * 10_000n <= total), says)
}

function activeLevels(values: readonly bigint[]): readonly { readonly value: bigint; readonly count: number }[] {
  const levels: { value: bigint; count: number }[] = []
  const largest = largestOf(values)
  for (let factor = 1n; factor * BASE <= largest; factor *= 2n) {
    const count = values.filter((value) => distance(value, factor * BASE) <= factor * TOLERANCE).length
    if (count >= 2) levels.push({ value: factor * BASE, count })
  }
  return levels
}

function counts(tx: LedgerTx, outputs: number | null, owners: Span) {
  return {
    inputs: String(tx.inputs.length),
    outputs: outputs === null ? 'not known' : String(outputs),
    inputScripts: showSpan(owners),
  }
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a
}
