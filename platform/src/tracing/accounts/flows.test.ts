/** Two crimes that an analyst followed by hand: which of the published terminals does a trace reach, and what else? */
import { expect, test } from 'vitest'
import { readEnds, readFlowTable } from '../testing/flow-table.ts'
import { tryAccountTrace } from '../testing/try-account-trace.ts'

/** Where the trail ends: traced value came, and none of it went on. */
async function reached(name: string, rule: 'fifo' | 'haircut'): Promise<string[]> {
  const { sources } = readEnds(name)
  const { result, evidence } = await tryAccountTrace(readFlowTable(name), { rule, from: sources, chain: 'eip155:1' })
  expect(evidence.grade).toBe('secondary')
  expect(result.ledgers.map(({ balanced }) => balanced)).toEqual([true])
  return result.positions
    .filter(({ passedOn }) => passedOn === '0')
    .map(({ address }) => address as string)
    .sort()
}

test.each([
  ['54m', 'fifo'],
  ['54m', 'haircut'],
  ['lifi', 'fifo'],
  ['lifi', 'haircut'],
] as const)('%s under %s ends at the published terminals and nowhere else', async (name, rule) => {
  expect(await reached(name, rule)).toEqual(readEnds(name).terminals.sort())
})
