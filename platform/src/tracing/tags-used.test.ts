import { expect, test } from 'vitest'
import { isReasonOf, tagsUsedBy } from './tags-used.ts'
import { tryTrace } from './testing/try-trace.ts'
import { serviceHold } from './trace-work.ts'

const tag = {
  label: 'An (odd) exchange; really',
  category: 'exchange',
  confidence: 'forensic',
  source: 'https://example.org/a;b',
}

test('the tag that stopped a position is known by its reason, and no other is taken for it', () => {
  const { reason } = serviceHold(tag)
  expect(isReasonOf(reason, tag)).toBe(true)
  expect(isReasonOf(reason, { ...tag, label: 'An' })).toBe(false)
  expect(isReasonOf(reason, { ...tag, source: 'https://example.org' })).toBe(false)
})

test('a record names the addresses at which tags stopped it', async () => {
  const plain = [
    { id: 'v', height: 1, ins: [['outside:0', 1000] as const], outs: [1000] },
    { id: 'pay', height: 2, ins: ['v:0'], outs: [[700, 'addrvasp'] as const, [300, 'addrkept'] as const] },
  ]
  const record = await tryTrace(plain, { rule: 'haircut', from: ['v:0=1000@ann'], services: { addrvasp: 'Exchange' } })
  expect(tagsUsedBy(record)).toMatchObject([{ chain: record.chain, address: 'addrvasp' }])
  expect(tagsUsedBy(await tryTrace(plain, { rule: 'haircut', from: ['v:0=1000@ann'] }))).toEqual([])
})
