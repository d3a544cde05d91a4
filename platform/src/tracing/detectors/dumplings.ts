/**
 * The rules of Dumplings, the scanner with which CoinJoin statistics are published.
 *
 * Dumplings tries its rules in order and stops at the first that fits: Wasabi 2, Wasabi 1, Samourai, other. The later
 * rules therefore carry the condition that no earlier one fits. All its rules ask for a repeated output value, and
 * count all outputs, OP_RETURN among them. Heights are those of Bitcoin's main chain.
 */
import type { LedgerTx } from '../../chains/index.ts'
import {
  type Condition,
  conclude,
  every,
  fromBlock,
  type Judgement,
  NO_INPUT_VALUE,
  NO_OUTPUT_SCRIPT,
  need,
  not,
  notCoinbase,
  type Rule,
  some,
} from './judgement.ts'
import {
  atLeast,
  commonestValue,
  countWhere,
  distinctOwners,
  inputOwners,
  inputType,
  inputValues,
  largestInput,
  largestOf,
  outputType,
  showSpan,
  tally,
} from './shape.ts'
import { BITCOIN, DUMPLINGS, QUESTIONS, WHIRLPOOL_POOLS } from './sources.ts'

const FIRST_WASABI_BLOCK = 530_500
/** Until here rounds paid one of two known coordinator scripts, and denominations varied. */
const FIRST_BLOCK_WITHOUT_COORDINATOR = 610_000
const FIRST_SAMOURAI_BLOCK = 570_000
const FIRST_WASABI_2_BLOCK = 741_213
const WASABI_BASE = 10_000_000n
const WASABI_PRECISION = 2_000_000n
const SAMOURAI_MAX_FEE = 110_000n

/** bc1qs604c7jv6amk4cxqlnvuxv26hv3e48cds4m0ew and bc1qa24tsgchvuxsaccp8vrnkfd85hrcpafg20kmjw. */
const COORDINATORS = [
  { script: '0014869f5c7a4cd7776ae0c0fcd9c3315abb239a9f0d', address: 'bc1qs604c7jv6amk4cxqlnvuxv26hv3e48cds4m0ew' },
  { script: '0014eaaab82317670d0ee3013b073b25a7a5c780f528', address: 'bc1qa24tsgchvuxsaccp8vrnkfd85hrcpafg20kmjw' },
]

const base: Omit<Rule, 'id' | 'judge'> = {
  kind: 'coinjoin',
  version: '1',
  source: DUMPLINGS,
  confidence: null,
  chains: BITCOIN,
  questions: [QUESTIONS.stonewall, QUESTIONS.batch, QUESTIONS.coordinator],
}

export const dumplingsWasabi1: Rule = { ...base, id: 'dumplings-wasabi-1', judge: judgeWasabi1 }
export const dumplingsWasabi2: Rule = { ...base, id: 'dumplings-wasabi-2', judge: judgeWasabi2 }
export const dumplingsSamourai: Rule = { ...base, id: 'dumplings-samourai', judge: judgeSamourai }
export const dumplingsOther: Rule = { ...base, id: 'dumplings-other', judge: judgeOther }

/** Order matters here: a coordinator of Wasabi 2 sorts inputs and outputs by falling value. */
function judgeWasabi2(tx: LedgerTx): Judgement {
  const values = tx.outputs.map((output) => output.value)
  const standard = values.filter((value) => STANDARD_DENOMINATIONS.has(value)).length
  return conclude(
    [...wasabi2Conditions(tx), fromBlock(tx, FIRST_WASABI_2_BLOCK)],
    { ...facts(tx), standardOutputs: String(standard) },
    `${standard} of ${values.length} outputs are standard denominations of Wasabi 2.`,
  )
}

function wasabi2Conditions(tx: LedgerTx): readonly Condition[] {
  const values = tx.outputs.map((output) => output.value)
  const standard = values.filter((value) => STANDARD_DENOMINATIONS.has(value)).length
  const types = tx.inputs.map(inputType)
  return [
    notCoinbase(tx),
    repeatsAValue(tx),
    need(tx.inputs.length >= 50, `at least 50 inputs (${tx.inputs.length} here)`),
    need(
      every(types.map((type) => (type === null ? null : type === 'v0_p2wpkh' || type === 'v1_p2tr'))),
      'every input spends P2WPKH or Taproot',
    ),
    need(falls(inputValues(tx)), 'input values never rise', NO_INPUT_VALUE),
    need(falls(values), 'output values never rise'),
    need(
      5 * standard > 4 * values.length,
      `more than four fifths of the outputs are standard denominations (${standard} of ${values.length} here)`,
    ),
  ]
}

/**
 * Before block 610,000: an output to one of the coordinator scripts, and one value at least three times. Since then:
 * P2WPKH only, at least ten equal outputs of 0.1 ± 0.02 BTC, as many inputs, two outputs of values of their own.
 */
function judgeWasabi1(tx: LedgerTx): Judgement {
  const notWasabi2 = need(
    not(recognised(tx, FIRST_WASABI_2_BLOCK, wasabi2Conditions)),
    'the transaction is not recognised as Wasabi 2',
  )
  return conclude(
    [...wasabi1Conditions(tx), notWasabi2, fromBlock(tx, FIRST_WASABI_BLOCK)],
    { ...facts(tx), era: tx.block.height < FIRST_BLOCK_WITHOUT_COORDINATOR ? 'coordinator script' : 'shape' },
    tx.block.height < FIRST_BLOCK_WITHOUT_COORDINATOR
      ? 'An output pays a known coordinator of Wasabi 1.'
      : 'Equal outputs near 0.1 BTC.',
  )
}

function wasabi1Conditions(tx: LedgerTx): readonly Condition[] {
  const values = tx.outputs.map((output) => output.value)
  const common = commonestValue(values)
  const count = common?.count ?? 0
  const denomination = common?.value ?? 0n
  const single = [...tally(values).values()].filter((each) => each === 1).length
  if (tx.block.height < FIRST_BLOCK_WITHOUT_COORDINATOR) {
    return [
      notCoinbase(tx),
      need(count > 2, `one output value occurs at least 3 times (${count} times here)`),
      need(paysCoordinator(tx), 'an output pays one of the two known coordinator scripts', NO_OUTPUT_SCRIPT),
    ]
  }
  return [
    notCoinbase(tx),
    need(count >= 10, `at least 10 equal outputs (${count} here)`),
    need(tx.inputs.length >= count, `at least as many inputs as equal outputs (${tx.inputs.length} and ${count} here)`),
    need(
      denomination >= WASABI_BASE - WASABI_PRECISION && denomination <= WASABI_BASE + WASABI_PRECISION,
      `the denomination is 0.1 ± 0.02 BTC (${denomination} satoshi here)`,
    ),
    need(single >= 2, `at least 2 outputs of values of their own (${single} here)`),
    need(nativeSegwit(tx), 'every input and output is P2WPKH', 'the script of an input or output is not in the data'),
  ]
}

/**
 * The published text says "between p and p + 0.0011 BTC" of the inputs that are not of the size of the pool; the
 * program also lets them be as much below. The text is stricter and is followed.
 */
function judgeSamourai(tx: LedgerTx): Judgement {
  return conclude(
    [...samouraiConditions(tx), fromBlock(tx, FIRST_SAMOURAI_BLOCK)],
    facts(tx),
    `${tx.outputs.length} outputs of one pool size.`,
  )
}

function samouraiConditions(tx: LedgerTx): readonly Condition[] {
  const n = tx.inputs.length
  const pool = tx.outputs[0]?.value ?? 0n
  const values = inputValues(tx)
  const atPool = countWhere(values, (value) => (value === null ? null : value === pool))
  const inRange = values.map((value) => (value === null ? null : value >= pool && value <= pool + SAMOURAI_MAX_FEE))
  return [
    notCoinbase(tx),
    need(n >= 5 && n <= 10, `5 to 10 inputs (${n} here)`),
    need(tx.outputs.length === n, `as many outputs as inputs (${tx.outputs.length} and ${n} here)`),
    need(
      tx.outputs.every((output) => output.value === pool) && WHIRLPOOL_POOLS.some(({ size }) => size === pool),
      'every output is of the size of one pool',
    ),
    need(atLeast(atPool, 1), `at least 1 input is of the size of the pool (${showSpan(atPool)} here)`, NO_INPUT_VALUE),
    need(every(inRange), 'every other input exceeds it by at most 110000 satoshi', NO_INPUT_VALUE),
    need(nativeSegwit(tx), 'every input and output is P2WPKH', 'the script of an input or output is not in the data'),
  ]
}

/**
 * "Distinct scripts" is read as the program has it: at least as many different scripts on either side as equal
 * outputs. A group of exactly half of the outputs is asked for; later versions of Dumplings let it be one more.
 */
function judgeOther(tx: LedgerTx): Judgement {
  const values = tx.outputs.map((output) => output.value)
  const groups = [...tally(values).values()].filter((count) => count > 1).length
  const common = commonestValue(values)
  const count = common?.count ?? 0
  const denomination = common?.value ?? 0n
  const change = largestOf(values.filter((value) => value !== denomination))
  const bound = denomination + change - 10_000n
  const largest = largestInput(tx)
  const tooLarge = some(inputValues(tx).map((value) => (value === null ? null : value > bound)))
  const outputScripts = distinctOwners(tx.outputs)
  const inputScripts = distinctOwners(inputOwners(tx))
  const earlier = some([
    recognised(tx, FIRST_WASABI_2_BLOCK, wasabi2Conditions),
    recognised(tx, FIRST_WASABI_BLOCK, wasabi1Conditions),
    recognised(tx, FIRST_SAMOURAI_BLOCK, samouraiConditions),
  ])
  return conclude(
    [
      notCoinbase(tx),
      need(groups === 1, `exactly one output value is repeated (${groups} are)`),
      need(2 * count === values.length, `it makes up exactly half of the outputs (${count} of ${values.length} here)`),
      need(
        atLeast(outputScripts, count),
        `at least ${count} different output scripts (${showSpan(outputScripts)} here)`,
        NO_OUTPUT_SCRIPT,
      ),
      need(atLeast(inputScripts, count), `at least ${count} different input scripts (${showSpan(inputScripts)} here)`),
      need(
        not(tooLarge),
        `no input is larger than the denomination and the largest other output together, less 10000 satoshi (${bound})`,
        NO_INPUT_VALUE,
      ),
      need(not(earlier), 'the transaction is not recognised as Wasabi or Samourai'),
    ],
    { ...facts(tx), largestChange: String(change), largestInput: largest === null ? 'not known' : String(largest) },
    `${count} equal outputs of ${denomination} satoshi and as many others.`,
  )
}

/** Powers of 2, powers of 3 and their doubles, and the series 1-2-5, from 5,000 to 134,375,000,000 satoshi. */
const STANDARD_DENOMINATIONS: ReadonlySet<bigint> = standardDenominations()

function standardDenominations(): ReadonlySet<bigint> {
  const found = new Set<bigint>()
  const series: readonly (readonly [bigint, readonly bigint[]])[] = [
    [2n, [1n]],
    [3n, [1n, 2n]],
    [10n, [1n, 2n, 5n]],
  ]
  for (const [radix, factors] of series) {
    for (let power = 1n; power <= 134_375_000_000n; power *= radix) {
      for (const factor of factors) {
        const value = power * factor
        if (value >= 5_000n && value <= 134_375_000_000n) found.add(value)
      }
    }
  }
  return found
}

/** Whether an earlier rule fits; before its first block it does not, because the program does not try it there. */
function recognised(tx: LedgerTx, first: number, conditions: (tx: LedgerTx) => readonly Condition[]): boolean | null {
  return tx.block.height < first ? false : every(conditions(tx).map((condition) => condition.holds))
}

function repeatsAValue(tx: LedgerTx): Condition {
  const count = commonestValue(tx.outputs.map((output) => output.value))?.count ?? 0
  return need(count > 1, `an output value is repeated (${count} at most here)`)
}

function paysCoordinator(tx: LedgerTx): boolean | null {
  return some(
    tx.outputs.map(({ script, address }) => {
      if (script !== null) return COORDINATORS.some((each) => each.script === script)
      return address !== null ? COORDINATORS.some((each) => each.address === address) : null
    }),
  )
}

function nativeSegwit(tx: LedgerTx): boolean | null {
  const types = [...tx.inputs.map(inputType), ...tx.outputs.map(outputType)]
  return every(types.map((type) => (type === null ? null : type === 'v0_p2wpkh')))
}

function falls(values: readonly (bigint | null)[]): boolean | null {
  return every(
    values.slice(1).map((value, place) => {
      const before = values[place] ?? null
      return value === null || before === null ? null : value <= before
    }),
  )
}

function facts(tx: LedgerTx) {
  const common = commonestValue(tx.outputs.map((output) => output.value))
  return {
    height: String(tx.block.height),
    inputs: String(tx.inputs.length),
    outputs: String(tx.outputs.length),
    denomination: String(common?.value ?? 0n),
    equalOutputs: String(common?.count ?? 0),
  }
}
