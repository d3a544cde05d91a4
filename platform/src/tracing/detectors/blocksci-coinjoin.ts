/**
 * BlockSci's equal-output rule, which GraphSense also uses as its ingest flag.
 *
 * Of several values that are equally common, BlockSci takes whichever its hash table yields first, so that its answer
 * can change between runs. GraphSense takes the lowest, and so does this rule. It matters only at the dust check.
 * All outputs count, OP_RETURN among them. "Address" is read as the output script, or the address where a source has
 * no scripts.
 */
import type { LedgerTx } from '../../chains/index.ts'
import { conclude, type Judgement, need, notCoinbase, type Rule } from './judgement.ts'
import { atLeast, commonestValue, distinctOwners, inputOwners, showSpan } from './shape.ts'
import { BLOCKSCI_TX, QUESTIONS } from './sources.ts'

/** 546 is the dust limit of pay-to-pubkey-hash; 2,730 that of Bitcoin Core before 0.12. */
const DUST_PAYMENTS = [546n, 2730n]

export const blocksciIsCoinJoin: Rule = {
  id: 'blocksci-is-coinjoin',
  kind: 'coinjoin',
  version: '1',
  source: `${BLOCKSCI_TX}; tie-break of GraphSense`,
  confidence: null,
  chains: 'any',
  questions: [QUESTIONS.stonewall, QUESTIONS.sameWallet, QUESTIONS.batch],
  judge: judgeBlocksci,
}

export function judgeBlocksci(tx: LedgerTx): Judgement {
  const inputs = tx.inputs.length
  const outputs = tx.outputs.length
  const participants = Math.floor((outputs + 1) / 2)
  const owners = distinctOwners(inputOwners(tx))
  const common = commonestValue(tx.outputs.map((output) => output.value))
  const count = common?.count ?? 0
  return conclude(
    [
      notCoinbase(tx),
      need(inputs >= 2, `at least 2 inputs (${inputs} here)`),
      need(outputs >= 3, `at least 3 outputs (${outputs} here)`),
      need(
        participants <= inputs,
        `at least ${participants} inputs, one for each assumed participant (${inputs} here)`,
      ),
      need(
        atLeast(owners, participants),
        `at least ${participants} different input addresses (${showSpan(owners)} here)`,
      ),
      need(count === participants, `the most common output value occurs exactly ${participants} times (${count} here)`),
      need(
        common !== null && !DUST_PAYMENTS.includes(common.value),
        `the most common output value is not 546 or 2730 satoshi`,
      ),
    ],
    {
      inputs: String(inputs),
      outputs: String(outputs),
      participants: String(participants),
      inputAddresses: showSpan(owners),
      denomination: common === null ? '0' : String(common.value),
      equalOutputs: String(count),
    },
    `${count} equal outputs of ${common?.value ?? 0n} base units for ${participants} assumed participants.`,
  )
}
