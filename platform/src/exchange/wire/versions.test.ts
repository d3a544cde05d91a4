import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../kernel/index.ts'
import {
  type BodyOf,
  formsOf,
  majorsOf,
  majorToSend,
  messageTypes,
  negotiate,
  newestBody,
  openMessage,
  ownForms,
  ownMajors,
  packMessage,
} from './index.ts'
import { misfit } from './schema-check.ts'
import { directory, tallinn, vienna } from './testing/agencies.ts'
import { arbitraryOf } from './testing/arbitrary-of.ts'
import { exampleDraft } from './testing/messages.ts'
import type { TypeDefinition } from './types/definition.ts'

/** A software of before version 2 of `freeze.request`, or one that has given up version 1. */
function speaking(...majors: readonly number[]) {
  const definition = messageTypes.get('freeze.request') as TypeDefinition
  const kept = Object.fromEntries(Object.entries(definition.majors).filter(([major]) => majors.includes(Number(major))))
  return formsOf(new Map([...messageTypes, ['freeze.request', { ...definition, majors: kept }]]))
}
const older = speaking(1)
const newer = speaking(2)
const type = 'freeze.request'

describe('the version of a message', () => {
  test('is the highest that both speak', () => {
    expect(majorToSend(type, ownMajors, ownMajors)).toEqual({ ok: true, value: 2 })
    expect(majorToSend(type, ownMajors, majorsOf(older))).toEqual({ ok: true, value: 1 })
    expect(negotiate(ownMajors, majorsOf(older))).toMatchObject({ [type]: 1, ack: 1 })
    expect(negotiate(majorsOf(older), ownMajors)).toEqual(negotiate(ownMajors, majorsOf(older)))
  })

  test('that is not spoken in common is refused, with what each side speaks', () => {
    const refused = majorToSend(type, majorsOf(newer), majorsOf(older))
    expect(refused).toMatchObject({ refusal: { code: 'EXCHANGE_VERSION' } })
    expect(!refused.ok && refused.refusal.message).toContain('here 2, there 1')
    expect(negotiate(majorsOf(newer), majorsOf(older))).not.toHaveProperty([type])
    for (const name of ['no.such.type', 'constructor', '__proto__'])
      expect(majorToSend(name, ownMajors, ownMajors)).toMatchObject({ refusal: { code: 'EXCHANGE_VERSION' } })
  })

  test('that was sent all the same is refused by who does not speak it', () => {
    const sent = packMessage(exampleDraft(type, 2), [vienna], newer)
    expect(sent.ok && openMessage(sent.value.envelope, directory, tallinn.agency, older)).toMatchObject({
      refusal: { code: 'EXCHANGE_VERSION', place: '/payloadType' },
    })
    expect(packMessage(exampleDraft(type, 2), [vienna], older)).toMatchObject({ refusal: { code: 'EXCHANGE_VERSION' } })
  })
})

describe('a message of an older version', () => {
  test('is understood in the newest form, and stays what was signed', () => {
    const draft = exampleDraft(type, 1)
    const sent = packMessage(draft, [vienna], older)
    const opened = sent.ok ? openMessage(sent.value.envelope, directory, tallinn.agency, ownForms) : sent
    if (!opened.ok) throw new Error(JSON.stringify(opened))
    expect(opened.value).toMatchObject({ major: 1, body: draft.body })
    const { property, maximum } = draft.body as { readonly [name: string]: Json }
    expect(newestBody(opened.value)).toMatchObject({
      major: 2,
      body: { assets: [{ property, maximum, extent: 'specific' }], total: [], otherStates: [], earlierOrders: [] },
    })
  })

  test('fits the newest form whatever it holds, with what is not known in it', () => {
    for (const [name, { majors }] of messageTypes) {
      const known = Object.keys(majors).map(Number)
      const newest = Math.max(...known)
      for (const major of known.filter((one) => one !== newest))
        fc.assert(
          fc.property(arbitraryOf(majors[major] as never), (body) => {
            const turned = newestBody({ type: name, major, body: { ...(body as object), 'x-later': 1 } as Json })
            expect(turned.major).toBe(newest)
            expect(misfit(majors[newest] as never, turned.body)).toBeNull()
            expect(turned.body).toHaveProperty('x-later')
          }),
          { numRuns: 40 },
        )
    }
  })

  test('of the newest one is left as it is', () => {
    const { body } = exampleDraft(type, 2)
    expect(newestBody({ type, major: 2, body })).toEqual({ major: 2, body })
  })
})

test('the compiler knows the body of each type and version', () => {
  const reason: BodyOf<'jit.decline', 1> = { reason: 'none', otherwise: 'parallel' }
  // @ts-expect-error -- there is no such word for it
  const wrong: BodyOf<'jit.decline', 1> = { reason: 'none', otherwise: 'later' }
  // @ts-expect-error -- version 1 knew no list of assets
  const older = (body: BodyOf<'freeze.request', 1>) => body.assets
  const newer = (body: BodyOf<'freeze.request', 2>) => body.assets[0]?.maximum.amount
  expect([reason.otherwise, wrong.reason, typeof older, typeof newer]).toEqual([
    'parallel',
    'none',
    'function',
    'function',
  ])
})
