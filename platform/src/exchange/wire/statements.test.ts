import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkConflict,
  checkReceiptFor,
  type Draft,
  ListChanged,
  listChangedForm,
  messageDigest,
  openMessage,
  openStatement,
  ownForms,
  packMessage,
  packStatement,
  payloadTypeOf,
  Receipt,
  type ReceiptKind,
  receiptForm,
  receiptKinds,
  remEvidenceOf,
  Skip,
  type StatementForm,
  signEnvelope,
  skipForm,
  turnOf,
  writeConflict,
} from './index.ts'
import { directory, service, stranger, type TestKey, tallinn, vienna } from './testing/agencies.ts'
import { arbitraryOf } from './testing/arbitrary-of.ts'
import { anExchange, exampleDraft } from './testing/messages.ts'

const digest = 'd1'.repeat(32)
const receipt = (kind: ReceiptKind): Receipt => ({
  v: 1,
  kind,
  ...(receiptKinds[kind].hasCode ? { code: 'EXCHANGE_BODY' } : {}),
  message: { id: '01936c3a-5f00-7a10-8b20-0000000000a1', digest },
  from: vienna.agency,
  to: tallinn.agency,
  at: '2026-11-25T09:31:00.000Z',
})
const skip: Skip = {
  v: 1,
  from: vienna.agency,
  to: tallinn.agency,
  exchange: anExchange,
  seq: 3,
  message: { id: '01936c3a-5f00-7a10-8b20-0000000000a3', digest },
  code: 'EXCHANGE_BODY',
  attempts: 5,
  at: '2026-11-25T12:00:00.000Z',
}
const hint: ListChanged = {
  v: 1,
  from: vienna.agency,
  to: tallinn.agency,
  role: 'timestamp',
  version: 7,
  digest,
  at: '2026-11-25T12:00:00.000Z',
}
const forms = [receiptForm, skipForm, listChangedForm] as unknown as readonly StatementForm<typeof Receipt>[]
const examples = [receipt('ACCEPTED'), skip, hint] as readonly Receipt[]

function envelopeOf(draft: Draft, by: readonly TestKey[] = [vienna]): Uint8Array {
  const packed = packMessage(draft, by, ownForms)
  if (!packed.ok) throw new Error(JSON.stringify(packed.refusal))
  return packed.value.envelope
}

describe('a receipt', () => {
  test.each(Object.keys(receiptKinds) as ReceiptKind[])(
    '%s is signed by the side that knows, and by no other',
    (kind) => {
      const value = receipt(kind)
      const [knows, other] = receiptKinds[kind].by === 'to' ? [tallinn, vienna] : [vienna, tallinn]
      const right = packStatement(receiptForm, value, [knows])
      expect(right.ok && openStatement(receiptForm, right.value, directory)).toMatchObject({
        ok: true,
        value: { value },
      })
      for (const by of [other, service, stranger]) {
        const wrong = packStatement(receiptForm, value, [by])
        expect(wrong.ok && openStatement(receiptForm, wrong.value, directory)).toMatchObject({ ok: false })
      }
    },
  )

  test('says why exactly where something went wrong', () => {
    for (const kind of Object.keys(receiptKinds) as ReceiptKind[]) {
      const { code, ...without } = receipt(kind)
      const turned = code === undefined ? { ...without, code: 'EXCHANGE_BODY' } : without
      expect(packStatement(receiptForm, turned, [tallinn])).toMatchObject({ refusal: { code: 'EXCHANGE_STATEMENT' } })
    }
  })

  test('maps one to one to the evidence of a registered delivery', () => {
    const names = (Object.keys(receiptKinds) as ReceiptKind[]).map((kind) => remEvidenceOf(receipt(kind)))
    expect(new Set(names).size).toBe(Object.keys(receiptKinds).length)
  })

  test('counts for one message only', () => {
    const { header } = exampleDraft('freeze.request', 2)
    const value = { ...receipt('ACCEPTED'), message: { id: header.id, digest } }
    expect(checkReceiptFor(value, { header, digest })).toMatchObject({ ok: true })
    for (const other of [
      { header, digest: 'd2'.repeat(32) },
      { header: { ...header, id: '01936c3a-5f00-7a10-8b20-0000000000a2' }, digest },
      { header: { ...header, to: service.agency }, digest },
      { header: { ...header, from: service.agency }, digest },
    ])
      expect(checkReceiptFor(value, other)).toMatchObject({ refusal: { code: 'EXCHANGE_RECEIPT' } })
  })

  test('with a checkpoint names the leaf', () => {
    const checkpoint = 'log.example\n1\nroot\n'
    expect(packStatement(receiptForm, { ...receipt('ACCEPTED'), checkpoint }, [tallinn]).ok).toBe(false)
    expect(packStatement(receiptForm, { ...receipt('ACCEPTED'), checkpoint, logIndex: 0 }, [tallinn]).ok).toBe(true)
  })
})

describe('a statement', () => {
  test('is never taken for another one, nor for a message, nor a message for it', () => {
    for (const [at, form] of forms.entries()) {
      const packed = packStatement(form, examples[at] as Receipt, [at === 0 ? tallinn : vienna])
      if (!packed.ok) throw new Error(JSON.stringify(packed.refusal))
      for (const [other, otherForm] of forms.entries())
        expect(openStatement(otherForm, packed.value, directory).ok).toBe(at === other)
      expect(openMessage(packed.value, directory, tallinn.agency, ownForms)).toMatchObject({
        refusal: { code: 'EXCHANGE_TYPE_UNKNOWN' },
      })
      expect(openStatement(form, envelopeOf(exampleDraft('ack', 1)), directory)).toMatchObject({
        refusal: { code: 'EXCHANGE_PAYLOAD_TYPE' },
      })
    }
  })

  test('holds nothing but what it may, and every value that fits comes out as it went in', () => {
    for (const schema of [Receipt, Skip, ListChanged]) {
      const form = forms[[Receipt, Skip, ListChanged].indexOf(schema as never)] as StatementForm<typeof Receipt>
      fc.assert(
        fc.property(arbitraryOf(schema), (any) => {
          const value = { ...(any as object), from: vienna.agency, to: tallinn.agency } as Receipt
          const by = form.signedBy(value) === vienna.agency ? vienna : tallinn
          const packed = packStatement(form, value, [by])
          if (packed.ok)
            expect(openStatement(form, packed.value, directory)).toMatchObject({ ok: true, value: { value } })
          else expect(packed.refusal.code).toBe('EXCHANGE_STATEMENT')
          expect(packStatement(form, { ...value, more: 1 } as never, [by])).toMatchObject({
            refusal: { code: 'EXCHANGE_STATEMENT' },
          })
        }),
        { numRuns: 60 },
      )
    }
  })

  test('between an agency and itself is none', () => {
    for (const [at, form] of forms.entries()) {
      const value = { ...(examples[at] as Receipt), to: vienna.agency }
      expect(packStatement(form, value, [vienna])).toMatchObject({ refusal: { code: 'EXCHANGE_STATEMENT' } })
    }
  })
})

describe('the proof of a contradiction', () => {
  const ack = (changes: Parameters<typeof exampleDraft>[2]) => envelopeOf(exampleDraft('ack', 1, changes))
  const one = ack({})
  const sameId = ack({ policyVersion: 'another' })
  const samePlace = ack({ id: '01936c3a-5f00-7a10-8b20-0000000000a2' })
  const check = (first: Uint8Array, second: Uint8Array) => checkConflict(writeConflict(first, second), directory)

  test('is two messages with one id', () => {
    expect(check(one, sameId)).toMatchObject({ ok: true, value: { agency: vienna.agency, same: 'id' } })
  })

  test('or two at one place of one exchange', () => {
    expect(check(one, samePlace)).toMatchObject({ ok: true, value: { same: 'place', exchange: anExchange, seq: 1 } })
  })

  test('is the same file whoever found it', () => {
    expect(writeConflict(one, sameId)).toEqual(writeConflict(sameId, one))
    expect(check(one, sameId)).toEqual(check(sameId, one))
  })

  test('needs no message that would be taken in', () => {
    const { header } = exampleDraft('ack', 1)
    const nonsense = new TextEncoder().encode(JSON.stringify({ header: { ...header, v: 9 }, body: 7 }))
    const signed = signEnvelope(payloadTypeOf({ type: 'no.such.type', major: 3 }), nonsense, [vienna])
    expect(check(one, signed)).toMatchObject({ ok: true, value: { same: 'id' } })
  })

  test.each<[string, () => [Uint8Array, Uint8Array], string]>([
    ['one message twice', () => [one, one], 'EXCHANGE_CONFLICT_NOT_SHOWN'],
    [
      'one message in two envelopes',
      () => [one, envelopeOf(exampleDraft('ack', 1), [vienna, stranger])],
      'EXCHANGE_CONFLICT_NOT_SHOWN',
    ],
    [
      'two messages that have nothing in common',
      () => [one, ack({ id: '01936c3a-5f00-7a10-8b20-0000000000a2', seq: 2, prev: digest })],
      'EXCHANGE_CONFLICT_NOT_SHOWN',
    ],
    [
      'two openings, each of its own exchange',
      () => [
        envelopeOf(exampleDraft('freeze.request', 2)),
        envelopeOf(exampleDraft('freeze.request', 2, { id: '01936c3a-5f00-7a10-8b20-0000000000a2' })),
      ],
      'EXCHANGE_CONFLICT_NOT_SHOWN',
    ],
    [
      'messages of two senders with one id',
      () => [one, envelopeOf(exampleDraft('ack', 1, { from: tallinn.agency, to: vienna.agency }), [tallinn])],
      'EXCHANGE_CONFLICT_NOT_SHOWN',
    ],
    ['a forgery of a stranger', () => [one, envelopeOf(exampleDraft('ack', 1), [stranger])], 'EXCHANGE_KEY_UNKNOWN'],
    ['a forgery of a member', () => [one, envelopeOf(exampleDraft('ack', 1), [service])], 'EXCHANGE_SENDER'],
    ['something that is no envelope', () => [one, new Uint8Array([1, 2])], 'JSON_MALFORMED'],
  ])('is not %s', (_, pair, code) => {
    const [first, second] = pair()
    expect(check(first, second)).toMatchObject({ refusal: { code } })
  })

  test('names the two by their digests, the smaller one first', () => {
    const result = check(one, sameId)
    expect(result.ok && [...result.value.digests].sort()).toEqual(result.ok && result.value.digests)
    expect(messageDigest({ payloadType: 'a', payload: new Uint8Array() })).not.toBe(digest)
  })
})

describe('the turn of a message', () => {
  const last = { seq: 2, digest }
  test.each([
    ['the first', null, { seq: 1, prev: null }, 'next'],
    ['one that continues', last, { seq: 3, prev: digest }, 'next'],
    ['one after a gap', last, { seq: 5, prev: anExchange }, 'early'],
    ['the second, before the first', null, { seq: 2, prev: digest }, 'early'],
  ])('%s is %j', (_, before, place, turn) => expect(turnOf(before, place)).toEqual({ ok: true, value: turn }))

  test.each([
    ['at a place that is taken', last, { seq: 2, prev: anExchange }],
    ['that continues something else', last, { seq: 3, prev: anExchange }],
    ['that has nobody before it', last, { seq: 3, prev: null }],
  ])('one %s is refused', (_, before, place) =>
    expect(turnOf(before, place)).toMatchObject({ refusal: { code: 'EXCHANGE_SEQUENCE' } }),
  )
})
