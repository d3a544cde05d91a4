import { stop } from '../../kernel/index.ts'
import type { SlotGraph } from '../slot-graph.ts'
import type { FlawKind, GraphFlaw } from './results.ts'

const told: Readonly<Record<FlawKind, string>> = {
  order: 'outStart or inStart does not ascend from 0 to the end of its column',
  'unknown-slot': 'an in-slot does not exist, or is created here or later',
  'spent-twice': 'an in-slot is consumed a second time',
  'not-balanced': 'the values of in-slots and out-slots have different sums',
  'too-large': 'its values sum to 2^64 base units or more',
}

export function stopAtFlaw(flaw: GraphFlaw): never {
  return stop('KERNEL_GRAPH_MALFORMED', `Transaction ${flaw.tx} of the slot graph: ${told[flaw.kind]}.`, {
    place: `transaction ${flaw.tx}`,
    fix: 'This graph was not built from a checked ledger; import the data again and report the fault.',
  })
}

/** Columns whose lengths do not fit their counts cannot be read at all. */
export function checkLengths(graph: SlotGraph): void {
  const { txCount, slotCount } = graph
  const fits =
    graph.value.length === slotCount && graph.outStart.length === txCount + 1 && graph.inStart.length === txCount + 1
  if (!fits) {
    stop(
      'KERNEL_GRAPH_MALFORMED',
      `The columns of the slot graph do not fit ${txCount} transactions and ${slotCount} slots.`,
      {
        fix: 'This graph was not built from a checked ledger; import the data again and report the fault.',
      },
    )
  }
}
