import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as casework from '../../casework/vocabulary.ts'
import { messageOfRequestType } from './catalogue-names.ts'
import {
  checkFollows,
  checkScope,
  commonReplies,
  deliveryLimit,
  families,
  followsOn,
  formsOf,
  messageTypes,
  parsePayloadType,
  payloadTypeOf,
  repliesTo,
  scopes,
  scopeToSend,
  usualDeadline,
} from './index.ts'
import { markOfInstrument } from './types/citation.ts'
import * as wire from './vocabulary.ts'

type Code = { readonly code: string }
type Pack = {
  readonly id: string
  readonly verified: string
  readonly requestTypes?: readonly { readonly id: string }[]
  readonly groups?: readonly { readonly id: string; readonly codes: readonly Code[] }[]
}
const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url))
const packOf = (path: string) => parse(readFileSync(`${packs}${path}`, 'utf8')) as Pack
const instruments = globSync('instruments/*.yaml', { cwd: packs }).map(packOf)

const all = [...messageTypes]
const opening = all.filter(([, { place }]) => place !== 'follows').map(([type]) => type)
const following = all.filter(([, { place }]) => place !== 'opens').map(([type]) => type)

describe('the catalogue', () => {
  test('has each type once, under a name that its payload type can carry', () => {
    const names = Object.values(families).flatMap((family) => Object.keys(family))
    expect(new Set(names).size).toBe(names.length)
    for (const type of names) expect(parsePayloadType(payloadTypeOf({ type, major: 1 }))).toEqual({ type, major: 1 })
  })

  test('gives each type a sentence, a version, a limit with its reason, and an article', () => {
    for (const [type, { what, majors, deliver, articles }] of all) {
      expect(what, type).toMatch(/^\S.*[.?]$/)
      expect(Object.keys(majors).length, type).toBeGreaterThan(0)
      expect(deliver.hours, type).toBeGreaterThan(0)
      expect(deliver.reason, type).toMatch(/\.$/)
      expect(articles.length, type).toBeGreaterThan(0)
      expect(deliveryLimit(type)).toBe(deliver)
    }
    expect(deliveryLimit('no.such.type')).toBeNull()
  })

  test('claims to have read nothing better than the packs do', () => {
    const rank = { unverified: 0, secondary: 1, verified: 2 }
    const markById = new Map(instruments.map(({ id, verified }) => [id, verified]))
    for (const [id, mark] of Object.entries(markOfInstrument)) expect(markById.get(id), id).toBe(mark)
    for (const [type, { articles }] of all)
      for (const { instrument, verified } of articles) {
        const mark = instrument === null ? 'unverified' : (markById.get(instrument) as keyof typeof rank)
        expect(rank[verified], `${type} ${instrument}`).toBeLessThanOrEqual(rank[mark])
      }
  })

  test('carries every type of request that a pack knows', () => {
    const wanted = new Set(instruments.flatMap(({ requestTypes = [] }) => requestTypes.map(({ id }) => id)))
    expect(wanted.size).toBeGreaterThan(15)
    for (const id of wanted) expect(messageTypes.has(messageOfRequestType[id] ?? ''), id).toBe(true)
    for (const [id, type] of Object.entries(messageOfRequestType)) expect(messageTypes.has(type), id).toBe(true)
  })

  test('uses the words of the law of casework and of the packs', () => {
    const [ours, theirs]: readonly Record<string, unknown>[] = [{ ...wire }, { ...casework }]
    for (const name of [
      'urgencyCodes',
      'useConditionCodes',
      'refusalGrounds',
      'postponementGrounds',
      'impossibilities',
      'ledCategories',
      'positions',
    ] as const)
      expect(ours?.[name], name).toEqual(theirs?.[name])
    const groups = new Map(packOf('grounds.yaml').groups?.map(({ id, codes }) => [id, codes.map(({ code }) => code)]))
    expect(groups.get('refusal')).toEqual([...wire.refusalGrounds])
    expect(groups.get('postponement')).toEqual([...wire.postponementGrounds])
    expect(groups.get('impossibility')).toEqual([...wire.impossibilities])
    expect(groups.get('urgency')).toEqual([...wire.urgencyCodes])
    expect(groups.get('use-condition')).toEqual([...wire.useConditionCodes])
  })
})

describe('the table of replies', () => {
  test('names under each opening message what follows, and nothing that opens only', () => {
    expect([...repliesTo.keys()]).toEqual(opening)
    for (const [type, replies] of repliesTo) {
      expect(new Set(replies).size).toBe(replies.length)
      for (const reply of replies) expect(following, `${type} → ${reply}`).toContain(reply)
      for (const reply of commonReplies) expect(replies, type).toContain(reply)
    }
  })

  test('has a place for everything that follows', () => {
    for (const type of following) expect(followsOn(type), type).not.toEqual([])
    for (const type of opening.filter((one) => !following.includes(one))) expect(followsOn(type), type).toEqual([])
  })

  test('answers a request of law with yes, in part, no, later, a question, an execution and an extension', () => {
    for (const type of ['freeze.request', 'seize.request', 'confiscate.request', 'mla.request', 'trace.request'])
      for (const reply of [
        'decision.accept',
        'decision.partly',
        'decision.refuse',
        'postpone',
        'clarify',
        'result',
        'extend',
      ])
        expect(repliesTo.get(type), type).toContain(reply)
  })

  test('is kept: each reply is for one side, in one exchange', () => {
    const [a, b, c] = ['agency-a', 'agency-b', 'agency-c']
    const sent = (type: string, from: string, to: string) => ({ type, header: { from, to } })
    for (const [type, replies] of repliesTo) {
      const exchange = { type, from: a, to: b }
      for (const reply of following) {
        const by = messageTypes.get(reply)?.by
        const listed = replies.includes(reply)
        expect(checkFollows(exchange, sent(reply, a, b)).ok, `${type} ${reply}`).toBe(listed && by !== 'addressee')
        expect(checkFollows(exchange, sent(reply, b, a)).ok, `${type} ${reply}`).toBe(listed && by !== 'opener')
        for (const [from, to] of [
          [c, a],
          [a, c],
          [c, b],
          [b, c],
        ] as const)
          expect(checkFollows(exchange, sent(reply, from, to))).toMatchObject({ refusal: { code: 'EXCHANGE_SENDER' } })
      }
      expect(checkFollows(exchange, sent('freeze.request', b, a))).toMatchObject({
        refusal: { code: 'EXCHANGE_FOLLOWS' },
      })
    }
  })
})

describe('the scope to send a message', () => {
  test('is its own, or that of what opened the exchange', () => {
    for (const type of opening) expect(scopes, type).toContain(scopeToSend(type, null))
    expect(scopeToSend('ack', 'freeze.request')).toBe('freezing')
    expect(scopeToSend('data.result', 'data.produce')).toBe('data')
  })

  test('is no scope at all where there is no such message or exchange', () => {
    expect(scopeToSend('ack', null)).toBeNull()
    expect(scopeToSend('no.such.type', 'freeze.request')).toBeNull()
    expect(scopeToSend('ack', 'no.such.type')).toBeNull()
    expect(scopeToSend('ack', 'ack')).toBeNull()
  })

  test('must be held: no other scope, and no word, stands for it', () => {
    for (const type of opening) {
      const needed = scopeToSend(type, null)
      expect(checkScope([String(needed)], { type, openingType: null })).toEqual({ ok: true, value: needed })
      for (const held of [[], scopes.filter((scope) => scope !== needed), ['*', 'all', '', 'of-the-opening', 'null']])
        expect(checkScope(held, { type, openingType: null }), type).toMatchObject({
          refusal: { code: 'EXCHANGE_SCOPE' },
        })
    }
    expect(checkScope([...scopes], { type: 'no.such.type', openingType: null })).toMatchObject({
      refusal: { code: 'EXCHANGE_SCOPE' },
    })
    expect(checkScope(['data'], { type: 'decision.refuse', openingType: 'data.produce' })).toMatchObject({ ok: true })
    expect(checkScope(['data'], { type: 'decision.refuse', openingType: 'freeze.request' })).toMatchObject({
      ok: false,
    })
  })

  test('names no scope that no message needs', () => {
    expect(new Set(opening.map((type) => scopeToSend(type, null)))).toEqual(new Set(scopes))
  })
})

test('an older software is what it was: a table without the newer type or version', () => {
  const older = formsOf(new Map(all.filter(([type]) => type !== 'seize.request')))
  expect(older.majorsOf('seize.request')).toEqual([])
  expect(older.formOf('seize.request', 1)).toBeNull()
  expect(older.majorsOf('freeze.request')).toEqual([1, 2])
})

test('a message of which its sender says nothing is tried as long as its type says', () => {
  expect(usualDeadline('fiu.suspend', '2026-12-31T12:00:00.000Z')).toBe('2027-01-01T12:00:00.000Z')
  expect(usualDeadline('freeze.request', '2026-11-25T09:30:00.000Z')).toBe('2026-11-29T09:30:00.000Z')
  expect(usualDeadline('no.such.type', '2026-11-25T09:30:00.000Z')).toBeNull()
})

test('the wire stands on the kernel alone', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const files = globSync('**/*.ts', { cwd: folder }).filter((path) => !/\.test\.ts$|^testing\//.test(path))
  expect(files.length).toBeGreaterThan(30)
  for (const path of files) {
    const up = '../'.repeat(path.split('/').length + 1)
    const imported = [...readFileSync(`${folder}${path}`, 'utf8').matchAll(/from '([^']+)'/g)].map(
      ([, from = '']) => from,
    )
    const outside = imported.filter((from) => from.startsWith(up) || !from.startsWith('.'))
    for (const from of outside)
      expect([`${up}kernel/index.ts`, '@sinclair/typebox', 'ajv/dist/2020.js'], `${path}: ${from}`).toContain(from)
  }
})
