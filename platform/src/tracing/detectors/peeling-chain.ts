/**
 * BlockSci's peeling chain: one input, two outputs, and the transaction before it or one after it has that shape too.
 *
 * It needs the shapes of the neighbours. Where none is known the answer is `unknown`; one neighbour of the shape is
 * enough for `match`, and only all of them, or unspent outputs, for `no-match`.
 */
import type { LedgerTx } from '../../chains/index.ts'
import { conclude, type Judgement, need, notCoinbase, type Rule, some } from './judgement.ts'
import type { NeighbourShape, Neighbours } from './neighbours.ts'
import { BLOCKSCI_TX, QUESTIONS } from './sources.ts'

export const peelingChain: Rule = {
  id: 'blocksci-peeling-chain',
  kind: 'chain',
  version: '1',
  source: BLOCKSCI_TX,
  confidence: null,
  chains: 'any',
  questions: [QUESTIONS.coinJoin, QUESTIONS.custodial, QUESTIONS.ownPayment],
  judge: judgePeelingChain,
}

function judgePeelingChain(tx: LedgerTx, neighbours: Neighbours): Judgement {
  const before = looksPeeled(neighbours.predecessors?.[0] ?? null)
  const after = tx.outputs.map((_, vout) => {
    const spender = neighbours.spenders?.[vout] ?? null
    return spender === 'unspent' ? false : looksPeeled(spender)
  })
  return conclude(
    [
      notCoinbase(tx),
      need(tx.inputs.length === 1, `exactly 1 input (${tx.inputs.length} here)`),
      need(tx.outputs.length === 2, `exactly 2 outputs (${tx.outputs.length} here)`),
      need(
        some([before, ...after]),
        'the transaction before it or one after it has one input and two outputs',
        'the neighbouring transactions are not all known',
      ),
    ],
    {
      inputs: String(tx.inputs.length),
      outputs: String(tx.outputs.length),
      before: say(before),
      after: after.map(say),
    },
    'One input, two outputs, and a neighbour of the same shape.',
  )
}

function looksPeeled(shape: NeighbourShape | null): boolean | null {
  return shape === null ? null : shape.inputs === 1 && shape.outputs === 2
}

function say(holds: boolean | null): string {
  return holds === null ? 'not known' : holds ? '1 in, 2 out' : 'other or unspent'
}
