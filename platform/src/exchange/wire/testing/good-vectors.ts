/** Vectors of what must be understood, and what comes out. */
import { bytesToBase64, canonicalJson, type Json, textToBytes } from '../../../kernel/index.ts'
import {
  type Draft,
  listChangedForm,
  messageDigest,
  packStatement,
  payloadTypeOf,
  type Receipt,
  type ReceiptKind,
  readEnvelope,
  receiptForm,
  receiptKinds,
  type StatementForm,
  skipForm,
  writeConflict,
} from '../index.ts'
import { stranger, type TestKey, tallinn, vienna, viennaNext } from './agencies.ts'
import { freezeBody, freezeHeader } from './freeze-example.ts'
import { anExchange, asJson, everyForm, exampleDraft } from './messages.ts'
import { envelopeJson, payloadOf, runVector, signedBytes, type Vector } from './vector.ts'

const digest = 'd1'.repeat(32)
const at = '2026-11-25T09:31:00.000Z'
const between = { from: vienna.agency, to: tallinn.agency }

/** File name → vectors. */
export function goodVectors(): ReadonlyMap<string, readonly Vector[]> {
  return new Map([
    ['types.json', everyForm.map(([type, major]) => ofMessage(`${type}, version ${major}`, exampleDraft(type, major)))],
    ['envelopes.json', envelopes()],
    ['statements.json', statements()],
    ['conflicts.json', conflicts()],
    ['follows.json', follows()],
  ])
}

/** What was put in is what must come out; only the digest is computed. */
function ofMessage(claim: string, draft: Draft, bytes = signedBytes(payloadOf(draft), draft)): Vector {
  const envelope = readEnvelope(bytes)
  if (!envelope.ok) throw new Error(`${claim}: ${envelope.refusal.message}`)
  const { type, major, header, body } = draft
  return {
    claim,
    opens: 'message',
    bytes: bytesToBase64(bytes),
    payload: new TextDecoder().decode(envelope.value.payload),
    gives: asJson({ type, major, digest: messageDigest(envelope.value), header, body }),
  }
}

function envelopes(): readonly Vector[] {
  const ack = exampleDraft('ack', 1)
  const signed = signedBytes(payloadOf(ack))
  const written = envelopeJson(signed)
  const as = (claim: string, text: string) => ofMessage(claim, ack, textToBytes(text))
  const { header, body } = payloadOf(ack)
  const later = { header: { ...header, colour: 'red' }, body: { ...(body as object), note: { deep: [1] } } as Json }
  const withLater = { type: 'ack', major: 1, ...later } as unknown as Draft
  const spaced = JSON.stringify(payloadOf(ack), null, 2)
  const escaped = canonicalJson(payloadOf(ack)).replace('"policies-2026-11"', '"\\u0070olicies-2026-11"')
  return [
    ofMessage('the worked example of docs/spec/exchange.md', {
      type: 'freeze.request',
      major: 2,
      header: freezeHeader,
      body: freezeBody,
    }),
    as('an envelope with spaces and line breaks', JSON.stringify(written, null, 3)),
    as(
      'an envelope with its members in another order',
      JSON.stringify({ signatures: written.signatures, payloadType: written.payloadType, payload: written.payload }),
    ),
    as(
      'an envelope with escapes in its texts',
      JSON.stringify(written).replace('"payloadType":"application', '"payloadType":"\\u0061pplication'),
    ),
    ofMessage('two signatures of the sender', ack, signedBytes(payloadOf(ack), ack, [vienna, viennaNext])),
    ofMessage(
      'a signature beside, under a key that nobody knows',
      ack,
      signedBytes(payloadOf(ack), ack, [stranger, vienna]),
    ),
    ofMessage('a payload with spaces: its bytes are what was signed', ack, signedBytes(spaced)),
    ofMessage('a payload with an escape: its bytes are what was signed', ack, signedBytes(escaped)),
    ofMessage('members that are not known are kept', withLater),
    ofMessage(
      'known members may be critical',
      exampleDraft('ack', 1, { critical: ['/header/marking/tlp', '/body/next/0/due'] }),
    ),
    ofMessage('no deadline of delivery', exampleDraft('ack', 1, { deadline: null })),
    ofMessage('a later message of its sender', exampleDraft('ack', 1, { seq: 2, prev: digest })),
    ofMessage(
      'a message of long ago: nothing in it says when it may arrive',
      exampleDraft('ack', 1, { created: '2001-01-01T00:00:00.000Z', deadline: null }),
    ),
    ofMessage('text in any script', exampleDraft('ack', 1, { unit: '検察庁 – Прокуратура – נציבות 🏛️' })),
    ofMessage(
      'an exercise',
      exampleDraft('ack', 1, {
        training: true,
        marking: { ...exampleDraft('ack', 1).header.marking, purpose: 'exercise' },
      }),
    ),
  ]
}

function statements(): readonly Vector[] {
  const of = (claim: string, form: StatementForm<never>, value: Json, by: TestKey): Vector => {
    const packed = packStatement(form, value as never, [by])
    if (!packed.ok) throw new Error(`${claim}: ${packed.refusal.message}`)
    const envelope = readEnvelope(packed.value)
    if (!envelope.ok) throw new Error(claim)
    return {
      claim,
      opens: form.type as Vector['opens'],
      bytes: bytesToBase64(packed.value),
      payload: new TextDecoder().decode(envelope.value.payload),
      gives: asJson({ value, digest: messageDigest(envelope.value), keyIds: [by.keyId] }),
    }
  }
  const message = { id: '01936c3a-5f00-7a10-8b20-0000000000a1', digest }
  const receipt = (kind: ReceiptKind, more: Partial<Receipt> = {}) =>
    of(
      `a receipt that says ${kind}`,
      receiptForm as never,
      asJson({
        v: 1,
        kind,
        ...(receiptKinds[kind].hasCode ? { code: 'EXCHANGE_BODY' } : {}),
        message,
        ...between,
        at,
        ...more,
      }),
      receiptKinds[kind].by === 'to' ? tallinn : vienna,
    )
  return [
    ...(Object.keys(receiptKinds) as ReceiptKind[]).map((kind) => receipt(kind)),
    { ...receipt('ACCEPTED', { logIndex: 17 }), claim: 'a receipt that names its place in the journal' },
    of(
      'the record of a gap',
      skipForm as never,
      asJson({ v: 1, ...between, exchange: anExchange, seq: 3, message, code: 'EXCHANGE_BODY', attempts: 5, at }),
      vienna,
    ),
    of(
      'the hint that there is a newer directory',
      listChangedForm as never,
      asJson({ v: 1, ...between, role: 'timestamp', version: 7, digest, at }),
      vienna,
    ),
  ]
}

function conflicts(): readonly Vector[] {
  const ack = (changes: Parameters<typeof exampleDraft>[2]) => signedBytes(payloadOf(exampleDraft('ack', 1, changes)))
  const of = (claim: string, other: Uint8Array, same: 'id' | 'place'): Vector => {
    const vector: Vector = { claim, opens: 'conflict', bytes: bytesToBase64(writeConflict(ack({}), other)) }
    const { gives } = runVector(vector)
    if ((gives as { same?: string } | undefined)?.same !== same) throw new Error(`${claim} does not show it`)
    return { ...vector, gives: gives as Json }
  }
  return [
    of('two messages with one id', ack({ policyVersion: 'another' }), 'id'),
    of('two messages at one place of one exchange', ack({ id: '01936c3a-5f00-7a10-8b20-0000000000a2' }), 'place'),
    of('one payload as two types', signedBytes(payloadOf(exampleDraft('ack', 1)), { type: 'forward', major: 1 }), 'id'),
    of(
      'a second message that nobody would take in',
      signedBytes(
        { header: { id: exampleDraft('ack', 1).header.id, exchange: null, from: vienna.agency, seq: 9 }, body: 1 },
        payloadTypeOf({ type: 'no.such.type', major: 1 }),
      ),
      'id',
    ),
  ]
}

function follows(): readonly Vector[] {
  const exchange = { type: 'freeze.request', from: vienna.agency, to: tallinn.agency }
  const [opener, addressee] = [vienna.agency, tallinn.agency]
  return [
    ['decision.accept', addressee],
    ['freeze.executed', addressee],
    ['clarify', addressee],
    ['supplement', opener],
    ['withdraw', opener],
    ['recall', opener],
  ].map(([type = '', from = '']) => ({
    claim: `${type} follows on freeze.request, sent by ${from}`,
    opens: 'follows' as const,
    exchange,
    follows: { type, from, to: from === opener ? addressee : opener },
    gives: null,
  }))
}
