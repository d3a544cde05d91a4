import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyTagEvents, type TagEvent } from './life-cycle.ts'
import { conflictsOf, indexTags, type TagMoment, tagSetDigest, tagsOf } from './tag-set.ts'
import { binanceAddress, bitcoinMainnet, tagOf } from './test-tags.ts'

const other = '3CTPRyUbCKkByGmAVvDV6ReZXT1WfV3UPd'

describe('lookup as of a moment', () => {
  const bounded = tagOf({ validFrom: 100, validTo: 200 })
  const retracted = { ...tagOf({}), retracted: { at: 150, by: 'a', reason: 'b' } }
  const superseded = { ...tagOf({}), superseded: { at: 150, by: 'a', reason: 'b', replacedBy: 'c' } }
  const ended = { ...tagOf({}), ended: { at: 150, by: 'a', reason: 'b', validTo: 120 } }
  const dated = tagOf({ date: '1970-01-02' })
  const cases: readonly [string, Parameters<typeof indexTags>[0], TagMoment, boolean][] = [
    ['a tag without validity holds at any time', [tagOf({})], { asOf: 0 }, true],
    ['a tag does not hold before its beginning', [bounded], { asOf: 99 }, false],
    ['a tag holds from its beginning on', [bounded], { asOf: 100 }, true],
    ['a tag holds until just before its end', [bounded], { asOf: 199 }, true],
    ['a tag does not hold at its end', [bounded], { asOf: 200 }, false],
    ['a retracted tag does not hold, even before its retraction: it was wrong', [retracted], { asOf: 10 }, false],
    ['what was known before a retraction can be asked', [retracted], { asOf: 10, knownAt: 149 }, true],
    ['a retraction is known from its moment on', [retracted], { asOf: 10, knownAt: 150 }, false],
    ['a superseded tag does not hold', [superseded], { asOf: 10 }, false],
    ['what was known before a supersession can be asked', [superseded], { asOf: 10, knownAt: 149 }, true],
    ['an ended tag holds before its end: it was right', [ended], { asOf: 119 }, true],
    ['an ended tag does not hold from its end on', [ended], { asOf: 120 }, false],
    ['an end is unknown before it was declared', [ended], { asOf: 120, knownAt: 149 }, true],
    ['a tag dated later was not known', [dated], { asOf: 0, knownAt: 86_399 }, false],
    ['a tag is known from its date on', [dated], { asOf: 0, knownAt: 86_400 }, true],
  ]
  test.each(cases)('%s', (_, tags, moment, holds) => {
    const found = tagsOf(indexTags(tags), { chain: bitcoinMainnet, text: binanceAddress }, moment)
    expect(found.length === 1).toBe(holds)
  })

  test('another chain, another address and an open chain do not match', () => {
    const index = indexTags([tagOf({})])
    for (const [chain, text] of [
      ['eip155:1', binanceAddress],
      [bitcoinMainnet, other],
      [null, binanceAddress],
    ] as const) {
      expect(tagsOf(index, { chain, text }, { asOf: 0 })).toEqual([])
    }
  })

  test('the most confident tag stands first, tags without a level last', () => {
    const tags = [
      tagOf({ label: 'none', confidence: null }),
      tagOf({ label: 'crawl', confidence: { id: 'web_crawl', level: 20 } }),
      tagOf({ label: 'own', confidence: { id: 'ownership', level: 100 } }),
    ]
    const found = tagsOf(indexTags(tags), { chain: bitcoinMainnet, text: binanceAddress }, { asOf: 0 })
    expect(found.map(({ label }) => label)).toEqual(['own', 'crawl', 'none'])
  })
})

describe('the digest of a set', () => {
  const tags = Array.from({ length: 12 }, (_, index) => tagOf({ index }))

  test('does not depend on order or repetition', () => {
    const digest = tagSetDigest(tags)
    fc.assert(
      fc.property(fc.shuffledSubarray(tags, { minLength: tags.length }), fc.subarray(tags), (all, again) => {
        expect(tagSetDigest([...all, ...again])).toBe(digest)
      }),
    )
  })

  test('differs for different sets', () => {
    fc.assert(
      fc.property(fc.subarray(tags), fc.subarray(tags), (left, right) => {
        const same = left.length === right.length && left.every((tag, at) => tag === right[at])
        expect(tagSetDigest(left) === tagSetDigest(right)).toBe(same)
      }),
    )
  })

  test('does not depend on the order in which acts arrive', () => {
    const act = { by: 'a', reason: 'b' }
    const events: readonly TagEvent[] = tags.flatMap(({ id: tagId }, at): readonly TagEvent[] => [
      { kind: 'retracted', tagId, at: 5 + (at % 3), ...act },
      { kind: 'retracted', tagId, at: 5, by: 'c', reason: 'd' },
      { kind: 'ended', tagId, at: 4, validTo: 3, ...act },
      { kind: 'ended', tagId, at: 4, validTo: 2, ...act },
    ])
    const digest = tagSetDigest(applyTagEvents(tags, events))
    expect(digest).not.toBe(tagSetDigest(tags))
    fc.assert(
      fc.property(fc.shuffledSubarray([...events], { minLength: events.length }), (shuffled) => {
        expect(tagSetDigest(applyTagEvents(tags, shuffled))).toBe(digest)
      }),
    )
  })

  test('covers every field of a tag but the name of its file and the line', () => {
    const digest = tagSetDigest([tagOf({})])
    const { provenance, subject } = tagOf({})
    const changes = [
      { label: 'x' },
      { source: 'x' },
      { date: '2020-01-01' },
      { confidence: null },
      { confidence: { id: 'forensic', level: 51 } },
      { category: 'x' },
      { concepts: ['x'] },
      { abuse: 'x' },
      { actor: 'x' },
      { tagType: 'event' },
      { isClusterDefiner: false },
      { context: 'x' },
      { creator: null },
      { validFrom: 1 },
      { validTo: 1 },
      { index: 1 },
      { address: other },
      { provenance: { ...provenance, sha256: 'cd'.repeat(32) } },
      { subject: { ...subject, chain: 'eip155:1' } },
      { subject: { ...subject, stated: 'x' } },
      { subject: { ...subject, currency: 'XBT' } },
      { subject: { ...subject, network: 'BTC' } },
    ]
    const digests = changes.map((change) => tagSetDigest([tagOf(change)]))
    expect(new Set([digest, ...digests]).size).toBe(changes.length + 1)
    expect(tagSetDigest([tagOf({ provenance: { ...provenance, file: 'b.yaml', line: 9 } })])).toBe(digest)
  })
})

describe('conflicts', () => {
  test('different actors and different categories are reported side by side, in order', () => {
    const tags = [
      tagOf({ actor: 'kraken', category: 'exchange', index: 1 }),
      tagOf({ actor: 'binance', category: 'exchange', index: 2 }),
      tagOf({ actor: null, category: 'mixing_service', index: 3 }),
      tagOf({ actor: 'kraken', category: null, address: other, index: 4 }),
    ]
    const [first, second, third] = tags.map(({ id }) => id)
    expect(conflictsOf(tags)).toEqual([
      {
        subject: { chain: bitcoinMainnet, text: binanceAddress },
        about: 'actor',
        sides: [
          { value: 'binance', tagIds: [second] },
          { value: 'kraken', tagIds: [first] },
        ],
      },
      {
        subject: { chain: bitcoinMainnet, text: binanceAddress },
        about: 'category',
        sides: [
          { value: 'exchange', tagIds: [first, second].sort() },
          { value: 'mixing_service', tagIds: [third] },
        ],
      },
    ])
  })

  test('different labels do not conflict, and a tag that was taken back does not either', () => {
    const wrong = { ...tagOf({ actor: 'kraken', index: 2 }), retracted: { at: 1, by: 'a', reason: 'b' } }
    expect(conflictsOf([tagOf({ label: 'A', actor: 'binance' }), tagOf({ label: 'B', index: 1 }), wrong])).toEqual([])
  })
})
