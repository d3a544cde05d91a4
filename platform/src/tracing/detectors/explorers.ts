/** Two rules of public explorers that people see next to a transaction. Both are coarse, and say so of themselves. */
import type { LedgerTx } from '../../chains/index.ts'
import {
  type Condition,
  conclude,
  every,
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
  inputOwners,
  inputType,
  inputValues,
  isAmong,
  isOpReturn,
  type Owner,
  sameOwner,
  spendableOutputs,
  tally,
} from './shape.ts'
import { AM_I_EXPOSED, BITCOIN, MEMPOOL_SPACE, QUESTIONS, WHIRLPOOL_POOLS } from './sources.ts'

/** Samourai's pools, and those of Ashigaru, which has run Whirlpool since June 2025. */
const POOLS_OF_BOTH_ERAS = [...WHIRLPOOL_POOLS.map(({ size }) => size), 2_500_000n, 25_000_000n]

/** Looks at output values only; at most one spendable output may be of another value. */
export const aieWhirlpool: Rule = {
  id: 'aie-whirlpool',
  kind: 'coinjoin',
  version: '1',
  source: AM_I_EXPOSED,
  confidence: null,
  chains: BITCOIN,
  questions: [QUESTIONS.sameWallet, QUESTIONS.batch, QUESTIONS.coordinator],
  judge: judgeAieWhirlpool,
}

/**
 * The rule asks that there be no inscription. Inscriptions stand in witnesses of Taproot script spends, and the
 * ledger keeps no witnesses: with a Taproot input the answer stays `unknown` unless another condition fails.
 *
 * Address reuse means: the address of an output occurs again, in another output or in an input. Reuse among inputs
 * alone is allowed (pull request 4647). An output of value 0 counts as a value of its own, as it does there.
 */
export const mempoolSpaceFlag: Rule = {
  id: 'mempool-space-flag',
  kind: 'coinjoin',
  version: '1',
  source: MEMPOOL_SPACE,
  confidence: null,
  chains: BITCOIN,
  questions: [QUESTIONS.stonewall, QUESTIONS.batch, QUESTIONS.consolidation],
  judge: judgeMempoolSpace,
}

function judgeAieWhirlpool(tx: LedgerTx): Judgement {
  const outputs = spendableOutputs(tx)
  const values = outputs?.map((output) => output.value) ?? []
  const inPool = POOLS_OF_BOTH_ERAS.map((pool) => ({ pool, count: values.filter((value) => value === pool).length }))
  const best = inPool.reduce((a, b) => (b.count > a.count ? b : a), { pool: 0n, count: 0 })
  const conditions: Condition[] = [
    notCoinbase(tx),
    need(tx.inputs.length >= 2, `at least 2 inputs (${tx.inputs.length} here)`),
  ]
  if (outputs === null) conditions.push(need(null, 'every output is or is not OP_RETURN', NO_OUTPUT_SCRIPT))
  else {
    conditions.push(
      need([5, 8, 9].includes(best.count), `5, 8 or 9 outputs of the size of one pool (${best.count} here)`),
      need(values.length - best.count <= 1, `at most 1 other output (${values.length - best.count} here)`),
    )
  }
  return conclude(
    conditions,
    {
      inputs: String(tx.inputs.length),
      outputs: outputs === null ? 'not known' : String(values.length),
      pool: String(best.pool),
      poolOutputs: String(best.count),
    },
    `${best.count} outputs of the pool of ${best.pool} satoshi.`,
  )
}

function judgeMempoolSpace(tx: LedgerTx): Judgement {
  const ins = tx.inputs.length
  const outs = tx.outputs.length
  const outputValues = tx.outputs.map((output) => output.value)
  const zeros = outputValues.filter((value) => value === 0n).length
  const distinctOut = tally(outputValues.filter((value) => value !== 0n)).size + zeros
  const known = inputValues(tx).filter((value) => value !== null)
  const missing = ins - known.length
  const distinctIn = tally(known).size
  // Inputs whose value is not known have at least one value between them, and at most one each.
  const least = Math.max(distinctIn, missing > 0 ? 1 : 0) + distinctOut
  const few = 2 * (distinctIn + missing + distinctOut) <= ins + outs ? true : 2 * least > ins + outs ? false : null
  const inputs = inputOwners(tx)
  const reuse = some(
    tx.outputs.map((output, vout) =>
      occursAgain(
        output,
        tx.outputs.filter((_, other) => other > vout),
        inputs,
      ),
    ),
  )
  return conclude(
    [
      notCoinbase(tx),
      need(ins >= 5, `at least 5 inputs (${ins} here)`),
      need(outs >= 5, `at least 5 outputs (${outs} here)`),
      need(
        5 * ins > outs && ins < 5 * outs,
        `more than 1 input for 5 outputs and fewer than 5 for 1 (${ins} and ${outs} here)`,
      ),
      need(
        few,
        `no more different values than half of all inputs and outputs (${distinctIn + distinctOut} of ${ins + outs} here)`,
        NO_INPUT_VALUE,
      ),
      need(not(some(tx.outputs.map(isOpReturn))), 'no output is OP_RETURN', NO_OUTPUT_SCRIPT),
      need(
        not(reuse),
        'no address of an output occurs again',
        'the script or address of an input or output is not in the data',
      ),
      need(
        every(tx.inputs.map(inputType).map((type) => (type === 'v1_p2tr' || type === null ? null : true))),
        'no input carries an inscription',
        'witnesses are not in the ledger, and an input may be a Taproot spend',
      ),
    ],
    {
      inputs: String(ins),
      outputs: String(outs),
      differentInputValues: missing === 0 ? String(distinctIn) : 'not known',
      differentOutputValues: String(distinctOut),
    },
    'Few different values among many inputs and outputs.',
  )
}

/** Outputs without an address (bare multisig, data) are no reuse; they have none to use again. */
function occursAgain(output: Owner, later: readonly Owner[], inputs: readonly Owner[]): boolean | null {
  return some([some(later.map((other) => sameOwner(output, other))), isAmong(output, inputs)])
}
