/**
 * GraphSense's rules for Samourai Whirlpool: the mix, and the Tx0 that prepares it.
 *
 * Outputs of the mix are all but OP_RETURN. The premix value of a Tx0 is the commonest value in the window of the
 * pool; of several equally common, the highest, as published.
 */
import type { LedgerTx } from '../../chains/index.ts'
import {
  conclude,
  every,
  type Judgement,
  NO_INPUT_VALUE,
  NO_OUTPUT_SCRIPT,
  need,
  notCoinbase,
  type Rule,
  some,
} from './judgement.ts'
import type { Neighbours } from './neighbours.ts'
import {
  allOwnersDistinct,
  atLeast,
  atMost,
  countWhere,
  inputOwners,
  inputValues,
  isOpReturn,
  showSpan,
  spendableOutputs,
  tally,
} from './shape.ts'
import { BITCOIN, GRAPHSENSE, QUESTIONS, WHIRLPOOL_POOLS } from './sources.ts'

const MIN_EXCESS = 100n
const MAX_EXCESS = 110_000n
const MAX_PREMIX = 70

export const gsWhirlpool: Rule = {
  id: 'gs-whirlpool',
  kind: 'coinjoin',
  version: '1',
  source: GRAPHSENSE,
  confidence: 60,
  chains: BITCOIN,
  questions: [QUESTIONS.sameWallet, QUESTIONS.coordinator],
  judge: judgeWhirlpool,
}

export const gsWhirlpoolTx0: Rule = {
  id: 'gs-whirlpool-tx0',
  kind: 'premix',
  version: '1',
  source: GRAPHSENSE,
  confidence: 60,
  chains: BITCOIN,
  questions: [QUESTIONS.premixSpent, QUESTIONS.coordinator],
  judge: judgeTx0,
}

export function judgeWhirlpool(tx: LedgerTx): Judgement {
  const n = tx.inputs.length
  const outputs = spendableOutputs(tx)
  const first = outputs?.[0]?.value ?? 0n
  const pool = WHIRLPOOL_POOLS.find((each) => each.size === first)
  const size = pool?.size ?? 0n
  // The pool is told by the outputs: while they are open, so is every excess over it.
  const excess = inputValues(tx).map((value) => (value === null || outputs === null ? null : value - size))
  const entrants = countWhere(excess, (each) => (each === null ? null : each > 0n))
  const admissible = every(
    excess.map((each) => (each === null ? null : each === 0n || (each >= MIN_EXCESS && each <= MAX_EXCESS))),
  )
  return conclude(
    [
      notCoinbase(tx),
      need(n >= 5 && n <= 8, `5 to 8 inputs (${n} here)`),
      need(
        outputs === null ? null : outputs.length === n,
        `as many outputs as inputs (${outputs?.length ?? 'unknown'} and ${n} here)`,
        NO_OUTPUT_SCRIPT,
      ),
      need(
        outputs === null ? null : pool !== undefined && outputs.every((output) => output.value === size),
        'every output is of the size of one pool',
        NO_OUTPUT_SCRIPT,
      ),
      need(allOwnersDistinct(inputOwners(tx)), 'all input scripts differ'),
      need(outputs === null ? null : allOwnersDistinct(outputs), 'all output scripts differ', NO_OUTPUT_SCRIPT),
      need(
        admissible,
        'every input is of the size of the pool, or exceeds it by 100 to 110000 satoshi',
        NO_INPUT_VALUE,
      ),
      need(
        atLeast(entrants, 1),
        `at least 1 new entrant, who pays the fee (${showSpan(entrants)} here)`,
        NO_INPUT_VALUE,
      ),
      need(atMost(entrants, 4), `at most 4 new entrants (${showSpan(entrants)} here)`, NO_INPUT_VALUE),
    ],
    {
      inputs: String(n),
      outputs: outputs === null ? 'not known' : String(outputs.length),
      pool: String(size),
      newEntrants: showSpan(entrants),
      remixers: showSpan({ min: n - entrants.max, max: n - entrants.min }),
    },
    `${n} inputs and ${n} outputs of the pool of ${size} satoshi.`,
  )
}

/** Confidence 90 instead of 60 where a premix output is known to be spent in a Whirlpool mix ("verified forward"). */
function judgeTx0(tx: LedgerTx, neighbours: Neighbours): Judgement {
  const outputs = spendableOutputs(tx)
  const opReturns = countWhere(tx.outputs, isOpReturn)
  const values = outputs?.map((output) => output.value) ?? []
  const fits = WHIRLPOOL_POOLS.map((pool) => fitPool(values, pool))
  const fit = fits.find((each) => each.fits)
  const near = fit ?? fits.find((each) => each.premixOutputs > 0)
  const premix = near !== undefined && near.premixOutputs > 0 ? near.premix : null
  const spends = (neighbours.spenders ?? []).filter((_, vout) => tx.outputs[vout]?.value === premix)
  const forward = some(
    spends.map((spend) => (spend === null ? null : spend === 'unspent' ? false : whirlpoolSeen(spend.whirlpool))),
  )
  const judgement = conclude(
    [
      notCoinbase(tx),
      need(atLeast(opReturns, 1), `an OP_RETURN output (${showSpan(opReturns)} here)`, NO_OUTPUT_SCRIPT),
      need(atMost(opReturns, 1), `only one OP_RETURN output (${showSpan(opReturns)} here)`, NO_OUTPUT_SCRIPT),
      need(
        outputs === null ? null : values.length >= 2,
        `at least 2 spendable outputs (${values.length} here)`,
        NO_OUTPUT_SCRIPT,
      ),
      need(
        outputs === null ? null : fit !== undefined,
        'for one pool: 1 to 70 equal premix outputs 100 to 110000 satoshi above its size, at most 2 other spendable outputs, and exactly one output within 0.5 to 3 times its fee',
        NO_OUTPUT_SCRIPT,
      ),
    ],
    {
      opReturns: showSpan(opReturns),
      spendableOutputs: outputs === null ? 'not known' : String(values.length),
      pool: String(near?.pool ?? 0n),
      premixValue: String(near?.premix ?? 0n),
      premixOutputs: String(near?.premixOutputs ?? 0),
      feeOutputs: String(near?.feeOutputs ?? 0),
      verifiedForward: forward === true ? 'yes' : spends.length > 0 && forward === false ? 'no' : 'not checked',
    },
    `${near?.premixOutputs ?? 0} premix outputs for the pool of ${near?.pool ?? 0n} satoshi.`,
  )
  return judgement.verdict === 'match' && forward === true ? { ...judgement, confidence: 90 } : judgement
}

type PoolFit = {
  readonly pool: bigint
  readonly premix: bigint
  readonly premixOutputs: number
  readonly feeOutputs: number
  readonly fits: boolean
}

function fitPool(values: readonly bigint[], { size, fee }: { readonly size: bigint; readonly fee: bigint }): PoolFit {
  let premix = 0n
  let premixOutputs = 0
  for (const [value, count] of tally(values.filter((each) => each >= size + MIN_EXCESS && each <= size + MAX_EXCESS))) {
    if (count > premixOutputs || (count === premixOutputs && value > premix)) [premix, premixOutputs] = [value, count]
  }
  const feeOutputs = values.filter((value) => 2n * value >= fee && value <= 3n * fee).length
  const fits =
    premixOutputs >= 1 && premixOutputs <= MAX_PREMIX && premixOutputs >= values.length - 2 && feeOutputs === 1
  return { pool: size, premix, premixOutputs, feeOutputs, fits }
}

function whirlpoolSeen(verdict: 'match' | 'no-match' | 'unknown' | null): boolean | null {
  return verdict === 'match' ? true : verdict === 'no-match' ? false : null
}
