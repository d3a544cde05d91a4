import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BATCH,
  batchesOf,
  checkEpochs,
  checkSample,
  checkTagSet,
  commitWatchSet,
  ELEMENTS_A_DAY,
  type Epoch,
  epochAt,
  handleOf,
  type Item,
  inputOf,
  isOver,
  itemOf,
  MOST_NEW_TAGS_A_DAY,
  MOST_TAGS,
  matchesOf,
  nextEpoch,
  openSample,
  spend,
  TAG_STEP,
  type TagSet,
  tagOf,
  tagsToPublish,
  yearsToTry,
} from './index.ts'

const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
const itemsOf = (count: number, name = 'item') =>
  Array.from({ length: count }, (_, at) => `bip122:0|${name}${at}` as Item)
const code = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal?.code)
const tagsOf = (count: number, name = 't') =>
  Array.from({ length: count }, (_, at) => createHash('md5').update(`${name}${at}`).digest('hex'))

describe('an item', () => {
  const gate = (chain: string, text: string) => ({ read: () => ({ ok: true as const, value: { chain, text } }) })

  test('is the chain and the address as the gate gives them, whatever was typed', () => {
    const item = itemOf('Bitcoin', 'BC1QXYZ', gate('bip122:000000000019d6689c085ae165831e93', 'bc1qxyz'))
    expect(item).toEqual({ ok: true, value: 'bip122:000000000019d6689c085ae165831e93|bc1qxyz' })
  })

  test('keeps the refusal of the gate', () => {
    const refusal = { code: 'ADDRESS_CHECKSUM', message: 'no' }
    expect(itemOf('x', 'y', { read: () => ({ ok: false, refusal }) })).toEqual({ ok: false, refusal })
  })

  test.each([
    ['dummy', 'a'],
    ['bip122:0', 'a|b'],
    ['bip122:0', 'a b'],
    ['bip122:0', ''],
    ['bip122:0', 'а'],
    ['bip122|0', 'a'],
  ])('is none of %j and %j', (chain, text) => {
    expect(code(itemOf(chain, text, gate(chain, text)))).toBe('EXCHANGE_DECONFLICTION_ITEM')
  })
})

describe('batches', () => {
  test.each([
    [0, 1],
    [1, 1],
    [127, 1],
    [128, 1],
    [129, 2],
    [300, 3],
  ])('of %d items are %d of exactly 128, with each item once', (count, batches) => {
    const items = itemsOf(count)
    const made = batchesOf([...items, ...items], random)
    expect(made.map((batch) => batch.length)).toEqual(new Array(batches).fill(BATCH))
    const asked = made.flat()
    expect(asked.flatMap(({ item }) => (item === null ? [] : [item])).sort()).toEqual([...items].sort())
    expect(new Set(asked.map(({ input }) => Buffer.from(input).toString('hex'))).size).toBe(asked.length)
    for (const { item, input } of asked) if (item !== null) expect(input).toEqual(inputOf(item))
  })

  test('have their items anywhere: each place is taken about as often', () => {
    const places = new Array(BATCH).fill(0)
    for (let run = 0; run < 2560; run++) {
      const [batch] = batchesOf(itemsOf(1), random)
      places[batch?.findIndex(({ item }) => item !== null) ?? -1]++
    }
    // 20 each on average; chi-squared with 127 degrees of freedom is above 220 once in a million runs.
    const chi = places.reduce((sum, seen) => sum + (seen - 20) ** 2 / 20, 0)
    expect(chi).toBeLessThan(220)
  })
})

describe('the budget', () => {
  test('is 2,000 elements a day and refuses what goes above it, without taking from it', () => {
    let spent = null as ReturnType<typeof value> | null
    const value = (result: ReturnType<typeof spend>) => {
      if (!result.ok) throw new Error(result.refusal.message)
      return result.value
    }
    for (let at = 0; at < 15; at++) spent = value(spend(spent, 100, BATCH))
    expect(spent).toEqual({ day: 100, elements: 1920 })
    expect(code(spend(spent, 100, BATCH))).toBe('EXCHANGE_DECONFLICTION_BUDGET')
    expect(value(spend(spent, 100, 80)).elements).toBe(ELEMENTS_A_DAY)
    expect(value(spend(spent, 101, BATCH))).toEqual({ day: 101, elements: BATCH })
    // A clock that went back.
    expect(value(spend(spent, 99, 80))).toEqual({ day: 100, elements: 2000 })
    expect(() => spend(spent, 100, 0)).toThrow(RangeError)
    expect(() => spend(spent, 100, 0.5)).toThrow(RangeError)
  })

  test('never lets more than the limit through in a day, whatever is asked', () => {
    const asked = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 900 })), { maxLength: 60 })
    fc.assert(
      fc.property(asked, (questions) => {
        const answered = new Map<number, number>()
        let spent = null as { day: number; elements: number } | null
        for (const [day, elements] of questions) {
          const result = spend(spent, day, elements)
          if (!result.ok) continue
          spent = result.value
          answered.set(spent.day, (answered.get(spent.day) ?? 0) + elements)
        }
        for (const total of answered.values()) expect(total).toBeLessThanOrEqual(ELEMENTS_A_DAY)
      }),
    )
  })

  test('makes trying a thousand million addresses take more than a thousand years', () => {
    expect(yearsToTry(1e9)).toBeGreaterThan(1000)
    expect(yearsToTry(1e9)).toBe(Math.floor(1e9 / 2000 / 365.25))
  })
})

describe('epochs', () => {
  const day = 86_400_000
  const first: Epoch = { number: 1, from: 0, until: 30 * day }

  test('follow one another without a gap, 30 days at most', () => {
    const second = nextEpoch(first)
    expect(checkEpochs([first, second, nextEpoch(second, 7)]).ok).toBe(true)
    expect(epochAt([first, second], 30 * day - 1)).toBe(first)
    expect(epochAt([first, second], 30 * day)).toBe(second)
    expect(epochAt([first, second], 60 * day)).toBe(null)
    expect([isOver(first, 30 * day - 1), isOver(first, 30 * day)]).toEqual([false, true])
    expect(() => nextEpoch(first, 31)).toThrow(RangeError)
  })

  test.each([
    ['too long', [{ ...first, until: 30 * day + 1 }]],
    ['ending before it begins', [{ ...first, until: 0 }]],
    ['overlapping', [first, { number: 2, from: 30 * day - 1, until: 40 * day }]],
    ['with a number that does not grow', [first, { ...nextEpoch(first), number: 1 }]],
    ['with number zero', [{ ...first, number: 0 }]],
    ['without an end', [{ ...first, until: Number.NaN }]],
  ])('are refused %s', (_, epochs) => {
    expect(code(checkEpochs(epochs))).toBe('EXCHANGE_DECONFLICTION_EPOCH')
  })
})

describe('a set of tags', () => {
  const at = { epoch: 3, day: 10 }
  const set = (tags: readonly string[], more = at): TagSet => ({ ...more, tags: [...tags].sort() })

  test('grows by whole steps, also on a day on which nothing is new, and keeps what it had', () => {
    const own = tagsOf(5)
    const first = tagsToPublish(null, own, at, random)
    expect(first.tags).toHaveLength(TAG_STEP)
    expect(own.every((tag) => first.tags.includes(tag))).toBe(true)
    const idle = tagsToPublish(first, own, { epoch: 3, day: 11 }, random)
    expect(idle.tags).toHaveLength(2 * TAG_STEP)
    const more = tagsToPublish(idle, tagsOf(128 + 5), { epoch: 3, day: 12 }, random)
    expect(more.tags).toHaveLength(3 * TAG_STEP)
    for (const [next, before] of [
      [first, null],
      [idle, first],
      [more, idle],
    ] as const)
      expect(checkTagSet(next, before)).toEqual({ ok: true, value: next })
    // A new epoch begins with nothing of the old one.
    expect(tagsToPublish(more, own, { epoch: 4, day: 12 }, random).tags).toHaveLength(TAG_STEP)
  })

  test.each([
    ['empty', set([]), null],
    ['not padded', set(tagsOf(100)), null],
    ['too large', set(tagsOf(MOST_TAGS + TAG_STEP)), null],
    ['not in order', { ...at, tags: set(tagsOf(TAG_STEP)).tags.toReversed() }, null],
    [
      'with a tag twice',
      { ...at, tags: [...set(tagsOf(TAG_STEP - 1)).tags, set(tagsOf(TAG_STEP - 1)).tags.at(-1) ?? ''] },
      null,
    ],
    ['with a long tag', set([...tagsOf(TAG_STEP - 1), 'ab'.repeat(17)]), null],
    ['growing too fast', set(tagsOf(TAG_STEP + MOST_NEW_TAGS_A_DAY + TAG_STEP)), set(tagsOf(TAG_STEP))],
    ['growing too fast with its epoch', set(tagsOf(MOST_TAGS), { epoch: 4, day: 11 }), set(tagsOf(TAG_STEP))],
    ['without a tag that it had', set(tagsOf(2 * TAG_STEP, 'u')), set(tagsOf(TAG_STEP))],
    ['of an older day', set(tagsOf(TAG_STEP)), set(tagsOf(TAG_STEP), { epoch: 3, day: 11 })],
    ['of an older epoch', set(tagsOf(TAG_STEP)), set(tagsOf(TAG_STEP), { epoch: 4, day: 9 })],
  ])('is refused %s', (_, next, before) => {
    expect(code(checkTagSet(next, before))).toBe('EXCHANGE_DECONFLICTION_TAGS')
  })

  test('may grow by as much for each day that went by', () => {
    const before = set(tagsOf(TAG_STEP))
    const next = tagsOf(TAG_STEP + 3 * MOST_NEW_TAGS_A_DAY)
    expect(checkTagSet(set(next, { epoch: 3, day: 13 }), before).ok).toBe(true)
    expect(checkTagSet(set(next, { epoch: 3, day: 12 }), before).ok).toBe(false)
  })

  test('matches items, never dummies, and a handle is of one run', () => {
    const outputs = Array.from({ length: 2 }, (_, n) => new Uint8Array(64).fill(n + 1))
    const [one, two] = outputs.map(tagOf) as [string, string]
    const [item] = itemsOf(1)
    const batch = [
      { item: null, input: random(32) },
      { item: item as Item, input: inputOf(item as Item) },
    ]
    expect(matchesOf(batch, outputs, { ...at, tags: [one, two] })).toEqual([{ item, tag: two }])
    expect(matchesOf(batch, outputs, { ...at, tags: [one] })).toEqual([])
    expect(() => matchesOf(batch, [], { ...at, tags: [] })).toThrow(RangeError)
    expect(() => tagOf(new Uint8Array(32))).toThrow(RangeError)
    expect(handleOf(two, 'aa'.repeat(32))).toMatch(/^[0-9a-f]{64}$/)
    expect(handleOf(two, 'aa'.repeat(32))).not.toBe(handleOf(two, 'bb'.repeat(32)))
  })
})

describe('the commitment to a watch set', () => {
  const watched = (count: number) =>
    itemsOf(count).map((item, at) => ({ input: inputOf(item), caseRef: at % 3 === 0 ? null : `case-${at}` }))

  test.each([1, 2, 3, 7, 127, 128, 129])('of %d opens at every place', async (count) => {
    const set = watched(count)
    const commitment = await commitWatchSet(set, random)
    for (const [at, one] of set.entries())
      expect(checkSample(commitment.root, count, await openSample(commitment, at))).toEqual({ ok: true, value: one })
    await expect(openSample(commitment, count)).rejects.toThrow(RangeError)
  })

  test('hides what is in it: the same set has another root', async () => {
    const [one, other] = [await commitWatchSet(watched(4), random), await commitWatchSet(watched(4), random)]
    expect(one.root).not.toEqual(other.root)
    await expect(commitWatchSet([], random)).rejects.toThrow(RangeError)
  })

  test('does not open as anything else', async () => {
    const commitment = await commitWatchSet(watched(128), random)
    const sample = await openSample(commitment, 5)
    const other = await openSample(commitment, 6)
    const changed = [
      { ...sample, caseRef: 'case-4' },
      { ...sample, caseRef: null },
      { ...sample, input: other.input },
      { ...sample, salt: other.salt },
      { ...sample, salt: new Uint8Array(31) },
      { ...sample, index: 6 },
      { ...sample, index: 0.5 },
      { ...sample, proof: other.proof },
      { ...sample, proof: sample.proof.slice(1) },
      { ...sample, size: 129 },
    ]
    for (const wrong of changed)
      expect(code(checkSample(commitment.root, 128, wrong))).toBe('EXCHANGE_DECONFLICTION_SAMPLE')
    expect(checkSample(commitment.root, 129, { ...sample, size: 129 }).ok).toBe(false)
    expect(checkSample(commitment.root, 128, sample).ok).toBe(true)
    // Bytes moved between input and case: the lengths before them hold them apart.
    const [a, b] = [sample.input.slice(0, -1), new TextDecoder().decode(sample.input.slice(-1))]
    expect(checkSample(commitment.root, 128, { ...sample, input: a, caseRef: `${b}${sample.caseRef}` }).ok).toBe(false)
  })
})
