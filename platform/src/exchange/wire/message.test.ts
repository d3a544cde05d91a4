import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToHex, canonicalJson, type Json, textToBytes } from '../../kernel/index.ts'
import {
  type Draft,
  Header,
  keyIdOf,
  messageDigest,
  openMessage,
  ownForms,
  packMessage,
  parsePayloadType,
  payloadTypeOf,
  preAuthEncoding,
  readEnvelope,
  signEnvelope,
} from './index.ts'
import { directory, keysOf, service, stranger, type TestKey, tallinn, vienna, viennaNext } from './testing/agencies.ts'
import { arbitraryOf } from './testing/arbitrary-of.ts'
import { exampleOf } from './testing/example-of.ts'
import { anExchange, asJson, everyForm, exampleDraft, plainHeader } from './testing/messages.ts'

const me = tallinn.agency
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const open = (bytes: Uint8Array, keys = directory) => openMessage(bytes, keys, me, ownForms)

function packed(draft: Draft, signers: readonly TestKey[] = [vienna]): { envelope: Uint8Array; digest: string } {
  const result = packMessage(draft, signers, ownForms)
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

/** Signed as it is, right or wrong: what a sender with software of its own could send. */
function signedAnyhow(payload: Json | string, { type = 'ack', major = 1, by = [vienna] } = {}): Uint8Array {
  const bytes = textToBytes(typeof payload === 'string' ? payload : canonicalJson(payload))
  return signEnvelope(payloadTypeOf({ type, major }), bytes, by)
}
const ack = () => exampleDraft('ack', 1)
const payloadOf = ({ header, body }: Draft) => asJson({ header, body }) as { header: Record<string, Json>; body: Json }

function refusal(bytes: Uint8Array, keys = directory) {
  const result = open(bytes, keys)
  return result.ok ? null : result.refusal
}

describe('the encoding that is signed', () => {
  test('is the one of the specification of DSSE', () => {
    // secure-systems-lab/dsse, protocol.md: the example of PAE.
    expect(text(preAuthEncoding('http://example.com/HelloWorld', textToBytes('hello world')))).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    )
  })

  test('counts bytes and not characters', () => {
    expect(text(preAuthEncoding('é', textToBytes('€')))).toBe('DSSEv1 2 é 3 €')
  })

  test('differs wherever type or payload differ', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array(), fc.string(), fc.uint8Array(), (type, payload, otherType, other) => {
        const same = type === otherType && bytesToHex(payload) === bytesToHex(other)
        fc.pre(type.isWellFormed() && otherType.isWellFormed())
        const encodings = [preAuthEncoding(type, payload), preAuthEncoding(otherType, other)].map(bytesToHex)
        expect(encodings[0] === encodings[1]).toBe(same)
      }),
    )
  })
})

describe('the id of a key', () => {
  test('is the SHA-256 of its SubjectPublicKeyInfo', () => {
    // RFC 8410 section 10.1: a public key as SubjectPublicKeyInfo.
    const spki = Buffer.from('MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=', 'base64')
    expect(keyIdOf(Uint8Array.from(spki.subarray(-32)))).toBe(createHash('sha256').update(spki).digest('hex'))
    expect(keyIdOf(vienna.publicKey)).not.toBe(keyIdOf(viennaNext.publicKey))
  })
})

describe('the payload type', () => {
  test('of every message reads back as its type and version', () => {
    for (const [type, major] of everyForm)
      expect(parsePayloadType(payloadTypeOf({ type, major }))).toEqual({ type, major })
  })

  test.each([
    'application/vnd.comity.ack.v0+json',
    'application/vnd.comity.ack.v01+json',
    'application/vnd.comity.ack+json',
    'application/vnd.comity.Ack.v1+json',
    'application/vnd.comity.ack.v1+json ',
    'application/vnd.comity..v1+json',
    'application/vnd.comity.ack.v1.v1+json',
    'application/vnd.comity.ack.v1+JSON',
    'application/vnd.in-toto+json',
  ])('%j is none', (payloadType) => expect(parsePayloadType(payloadType)).toBeNull())
})

describe('a message', () => {
  test.each(everyForm)('%s of version %d comes out as it went in', (type, major) => {
    const draft = exampleDraft(type, major)
    const { envelope, digest } = packed(draft)
    const opened = open(envelope)
    expect(opened).toMatchObject({ ok: true, value: { type, major, digest, header: draft.header, body: draft.body } })
  })

  test.each(everyForm)('%s of version %d comes out whatever it holds', (type, major) => {
    const form = ownForms.formOf(type, major)
    if (form === null) throw new Error('no such form')
    fc.assert(
      fc.property(arbitraryOf(form.body), (body) => {
        const draft = { ...exampleDraft(type, major), body }
        const opened = open(packed(draft).envelope)
        expect(opened).toMatchObject({ ok: true })
        if (opened.ok) expect(canonicalJson(opened.value.body)).toBe(canonicalJson(body))
      }),
      { numRuns: 5 },
    )
  })

  test('keeps every header that fits', () => {
    fc.assert(
      fc.property(arbitraryOf(Header), (any) => {
        const header = { ...(any as unknown as Header), ...placed(any as unknown as Header) }
        const opened = open(packed({ ...ack(), header }).envelope)
        expect(opened).toMatchObject({ ok: true })
        if (opened.ok) expect(canonicalJson(opened.value.header as unknown as Json)).toBe(canonicalJson(asJson(header)))
      }),
      { numRuns: 60 },
    )
  })

  test('is the same message in however its envelope is written, and with whatever signatures beside', () => {
    const { envelope, digest } = packed(ack())
    const spaced = textToBytes(JSON.stringify(JSON.parse(text(envelope)), null, 3))
    const both = packed(ack(), [vienna, viennaNext])
    const withStranger = packed(ack(), [stranger, vienna])
    for (const bytes of [spaced, both.envelope, withStranger.envelope])
      expect(open(bytes)).toMatchObject({ ok: true, value: { digest } })
  })

  test('with a byte of its envelope flipped is refused, or is the same message', () => {
    const { envelope, digest } = packed(ack(), [vienna, viennaNext])
    let same = 0
    for (let at = 0; at < envelope.length; at++)
      for (const bit of [1, 0x20, 0x80]) {
        const changed = Uint8Array.from(envelope)
        changed[at] = (changed[at] ?? 0) ^ bit
        const result = open(changed)
        if (result.ok) {
          same += 1
          expect(result.value.digest, `byte ${at}`).toBe(digest)
        }
      }
    // A key id that no member has is passed over, as the other signature stands: nothing else may survive.
    expect(same).toBeLessThanOrEqual(2 * 64 * 3)
    expect(messageDigest(expectOk(readEnvelope(envelope)))).toBe(digest)
  }, 120_000)

  test('is never taken for another type, nor for another version', () => {
    const { envelope } = packed(exampleDraft('freeze.request', 2))
    const written = JSON.parse(text(envelope)) as Record<string, Json>
    for (const [type, major] of everyForm) {
      if (type === 'freeze.request' && major === 2) continue
      const renamed = textToBytes(JSON.stringify({ ...written, payloadType: payloadTypeOf({ type, major }) }))
      expect(refusal(renamed)?.code, type).toBe('EXCHANGE_SIGNATURE')
    }
  })
})

describe('a message is refused', () => {
  test('that nobody known signed, whatever stands in it', () => {
    expect(refusal(signedAnyhow(payloadOf(ack()), { by: [stranger] }))?.code).toBe('EXCHANGE_KEY_UNKNOWN')
    expect(refusal(signedAnyhow('no JSON at all', { by: [stranger] }))?.code).toBe('EXCHANGE_KEY_UNKNOWN')
  })

  test('that another member signed in the name of its sender, or beside it', () => {
    expect(refusal(signedAnyhow(payloadOf(ack()), { by: [service] }))?.code).toBe('EXCHANGE_SENDER')
    expect(refusal(signedAnyhow(payloadOf(ack()), { by: [vienna, service] }))?.code).toBe('EXCHANGE_SENDER')
  })

  test('whose key is listed under an id that is not its own', () => {
    const lying = { ...vienna, keyId: 'ab'.repeat(32) }
    expect(refusal(signedAnyhow(payloadOf(ack()), { by: [lying] }), keysOf(lying))?.code).toBe('EXCHANGE_KEY_ID')
  })

  test('that is for somebody else, or for its sender', () => {
    expect(refusal(packed(exampleDraft('ack', 1, { to: service.agency })).envelope)?.code).toBe('EXCHANGE_RECIPIENT')
    expect(packMessage(exampleDraft('ack', 1, { to: vienna.agency }), [vienna], ownForms)).toMatchObject({
      refusal: { code: 'EXCHANGE_RECIPIENT' },
    })
  })

  test.each([
    ['opens an exchange and is a reply', { exchange: null }, 'ack', 'EXCHANGE_PLACE'],
    ['opens one at place 2', { seq: 2, prev: anExchange }, 'freeze.request', 'EXCHANGE_PLACE'],
    ['has nobody before it at place 2', { seq: 2 }, 'ack', 'EXCHANGE_PLACE'],
    ['has somebody before it at place 1', { prev: anExchange }, 'ack', 'EXCHANGE_PLACE'],
    ['is in an exchange and opens one', { exchange: anExchange }, 'freeze.request', 'EXCHANGE_PLACE'],
    ['was made after its deadline', { deadline: '2026-11-25T09:30:00.000Z' }, 'ack', 'EXCHANGE_DEADLINE'],
    ['is an exercise and serves something real', { training: true }, 'ack', 'EXCHANGE_TRAINING'],
    ['has a day that no calendar has', { created: '2026-02-30T00:00:00.000Z' }, 'ack', 'EXCHANGE_HEADER'],
    ['calls something critical that is not there', { critical: ['/body/nothing'] }, 'ack', 'EXCHANGE_CRITICAL'],
    ['calls the whole body critical', { critical: ['/body/~2'] }, 'ack', 'EXCHANGE_CRITICAL'],
  ])('that %s', (_, changes, type, code) => {
    const draft = exampleDraft(type, type === 'freeze.request' ? 2 : 1, changes)
    expect(packMessage(draft, [vienna], ownForms)).toMatchObject({ refusal: { code } })
    const { major } = draft
    expect(refusal(signedAnyhow(payloadOf(draft), { type, major }))?.code).toBe(code)
  })

  test('whose payload has a third member, or is none', () => {
    expect(refusal(signedAnyhow({ ...payloadOf(ack()), more: 1 }))?.code).toBe('EXCHANGE_PAYLOAD')
    expect(refusal(signedAnyhow([]))?.code).toBe('EXCHANGE_PAYLOAD')
    expect(refusal(signedAnyhow('{"header":{},"header":{}}'))?.code).toBe('JSON_DUPLICATE_KEY')
  })

  test('that is deeper or larger than is read', () => {
    expect(refusal(signedAnyhow(`${'['.repeat(33)}${']'.repeat(33)}`))?.code).toBe('JSON_TOO_DEEP')
    const large = signedAnyhow({ ...payloadOf(ack()), body: 'a'.repeat(1_000_000) })
    expect(refusal(large)?.code).toBe('JSON_TOO_LARGE')
  })

  test('whose body is of another type', () => {
    const { header } = payloadOf(ack())
    expect(refusal(signedAnyhow({ header, body: {} }))).toMatchObject({ code: 'EXCHANGE_BODY', place: '/body' })
  })
})

describe('a member that is not known', () => {
  const later = () => {
    const { header, body } = payloadOf(ack())
    return { header: { ...header, colour: 'red' }, body: { ...(body as object), note: { deep: [1] } } as Json }
  }

  test('is kept and ignored', () => {
    const opened = open(signedAnyhow(later()))
    expect(opened).toMatchObject({ ok: true, value: { header: { colour: 'red' }, body: { note: { deep: [1] } } } })
  })

  test.each(['/header/colour', '/body/note', '/body/note/deep/0'])(
    'refuses the message where %s is critical',
    (pointer) => {
      const { header, body } = later()
      const critical = signedAnyhow({ header: { ...header, critical: [pointer] }, body })
      expect(refusal(critical)).toMatchObject({ code: 'EXCHANGE_UNSUPPORTED', place: pointer })
    },
  )

  test('may be called critical where it is known', () => {
    const critical = ['/header/marking/tlp', '/body/receivedByNodeAt', '/body/next/0/due']
    expect(open(packed(exampleDraft('ack', 1, { critical })).envelope)).toMatchObject({ ok: true })
  })

  test('named like something that every object has is no known one', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      const { header, body } = payloadOf(ack())
      const payload = canonicalJson({ header: { ...header, critical: [`/body/${name}`] }, body }).replace(
        '"body":{',
        `"body":{${JSON.stringify(name)}:1,`,
      )
      expect(refusal(signedAnyhow(payload))?.code, name).toBe('EXCHANGE_UNSUPPORTED')
    }
  })
})

test('every type has an example, and every header as well', () => {
  expect(plainHeader()).toBeTruthy()
  for (const [type, major] of everyForm)
    expect(exampleOf(ownForms.formOf(type, major)?.body as never), type).toBeTruthy()
})

/** The members that must agree with each other, made to. */
function placed(header: Header): Partial<Header> {
  const training = header.marking.purpose === 'exercise'
  const attachments = header.attachments.map((one, at) => ({ ...one, name: `${at}-${one.name}` }))
  return {
    from: vienna.agency,
    to: me,
    exchange: anExchange,
    prev: header.seq === 1 ? null : anExchange,
    deadline: null,
    critical: [],
    training,
    attachments,
    languages: { ...header.languages, translations: [] },
  }
}

function expectOk<T>(result: { ok: true; value: T } | { ok: false }): T {
  if (!result.ok) throw new Error('refused')
  return result.value
}
