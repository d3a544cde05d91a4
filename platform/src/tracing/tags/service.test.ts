import { describe, expect, test } from 'vitest'
import servicePack from '../../../../packs/tags/service-categories.json' with { type: 'json' }
import { confidenceLevels, confidenceOf } from './confidence.ts'
import { isService, type ServicePolicy, serviceTags } from './service.ts'
import type { Tag } from './tag.ts'
import { tagOf } from './test-tags.ts'

describe('whether a tag marks a service that commingles', () => {
  const act = { at: 1, by: 'a', reason: 'b' }
  const exchange = tagOf({ category: 'exchange' })
  const cases: readonly [string, Tag, ServicePolicy, boolean][] = [
    ['an exchange does', exchange, { minConfidence: 50 }, true],
    [
      'a concept counts as a category does',
      tagOf({ concepts: ['hot_wallet', 'gambling'] }),
      { minConfidence: 0 },
      true,
    ],
    ['a CoinJoin does not: the ledger shows it', tagOf({ category: 'coinjoin' }), { minConfidence: 0 }, false],
    ['a user does not', tagOf({ category: 'user' }), { minConfidence: 0 }, false],
    [
      'the actor does not decide: a thief is not the exchange he robbed',
      tagOf({ actor: 'bitfinex', abuse: 'service_hack' }),
      { minConfidence: 0 },
      false,
    ],
    ['a tag below the threshold does not', exchange, { minConfidence: 51 }, false],
    [
      'a tag without confidence meets no threshold',
      tagOf({ category: 'exchange', confidence: null }),
      { minConfidence: 1 },
      false,
    ],
    [
      'an unknown confidence meets no threshold',
      tagOf({ category: 'exchange', confidence: confidenceOf('certain') }),
      { minConfidence: 1 },
      false,
    ],
    ['a retracted tag does not', { ...exchange, retracted: act }, { minConfidence: 0 }, false],
    [
      'a superseded tag does not',
      { ...exchange, superseded: { ...act, replacedBy: 'x' } },
      { minConfidence: 0 },
      false,
    ],
    [
      'a tag on a refused address does not',
      tagOf({ category: 'exchange', address: 'nonsense' }),
      { minConfidence: 0 },
      false,
    ],
    [
      'the policy of a trace may name a further category',
      tagOf({ category: 'service' }),
      { minConfidence: 0, alsoStopAt: ['service'] },
      true,
    ],
    ['a category that the pack does not know does not', tagOf({ category: 'zoo' }), { minConfidence: 0 }, false],
  ]
  test.each(cases)('%s', (_, tag, policy, expected) => {
    expect(isService(tag, policy)).toBe(expected)
  })

  test('the most confident of several is named first', () => {
    const tags = [
      tagOf({ category: 'exchange', confidence: confidenceOf('web_crawl') }),
      tagOf({ category: 'user', confidence: confidenceOf('ownership') }),
      exchange,
    ]
    expect(serviceTags(tags, { minConfidence: 0 }).map(({ confidence }) => confidence?.id)).toEqual([
      'forensic',
      'web_crawl',
    ])
  })

  test('each category of the pack stands there once, with its reason and definition', () => {
    const { categories } = servicePack
    expect(new Set(categories.map(({ id }) => id)).size).toBe(categories.length)
    expect(categories.filter(({ reason, definition }) => reason.length < 8 || definition.length < 8)).toEqual([])
  })
})

test('the fourteen confidence ids and levels are those of the format', () => {
  expect(confidenceLevels.map(({ id, level }) => [id, level])).toEqual([
    ['override', 100],
    ['ownership', 100],
    ['ledger_immanent', 100],
    ['manual_transaction', 90],
    ['service_api', 70],
    ['forensic_investigation', 70],
    ['authority_data', 60],
    ['trusted_provider', 50],
    ['service_data', 50],
    ['forensic', 50],
    ['untrusted_transaction', 40],
    ['web_crawl', 20],
    ['heuristic', 10],
    ['unknown', 5],
  ])
})
