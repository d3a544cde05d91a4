/** Vectors of what must be refused, each with the code that must come. The list is one of claims and is therefore long. */
import {
  bytesToBase64,
  bytesToHex,
  canonicalJson,
  concatBytes,
  hexToBytes,
  type Json,
  textToBytes,
} from '../../../kernel/index.ts'
import { type Header, payloadTypeOf, preAuthEncoding, writeConflict, writeEnvelope } from '../index.ts'
import { service, stranger, type TestKey, tallinn, vienna, viennaNext } from './agencies.ts'
import { freezeBody } from './freeze-example.ts'
import { anExchange, asJson, exampleDraft } from './messages.ts'
import { envelopeJson, payloadOf, signedBytes, toVectorKey, underId, type Vector } from './vector.ts'

const ACK = payloadTypeOf({ type: 'ack', major: 1 })
const digest = 'd1'.repeat(32)
const at = '2026-11-25T09:31:00.000Z'
const between = { from: vienna.agency, to: tallinn.agency }
const message = { id: '01936c3a-5f00-7a10-8b20-0000000000a1', digest }
const ackDraft = () => exampleDraft('ack', 1)
const ackPayload = () => payloadOf(ackDraft())
const good = () => signedBytes(ackPayload())

type Case = readonly [claim: string, code: string, bytes: Uint8Array | string, more?: Partial<Vector>]

function vectors(opens: Vector['opens'], cases: readonly Case[]): readonly Vector[] {
  return cases.map(([claim, refused, given, more = {}]) => ({
    claim,
    opens,
    bytes: bytesToBase64(typeof given === 'string' ? textToBytes(given) : given),
    ...more,
    refused,
  }))
}

/** File name → vectors. */
export function badVectors(): ReadonlyMap<string, readonly Vector[]> {
  return new Map([
    ['envelope.json', vectors('message', envelopeCases())],
    ['base64.json', vectors('message', base64Cases())],
    ['signatures.json', vectors('message', signatureCases())],
    ['payload-type.json', vectors('message', typeCases())],
    ['payload.json', vectors('message', payloadCases())],
    ['header.json', vectors('message', headerCases())],
    ['body.json', vectors('message', bodyCases())],
    ['critical.json', vectors('message', criticalCases())],
    ['statements.json', statementVectors()],
    ['conflicts.json', vectors('conflict', conflictCases())],
    ['follows.json', followVectors()],
  ])
}

function envelopeCases(): readonly Case[] {
  const written = envelopeJson(good())
  const text = JSON.stringify(written)
  const signature = written.signatures[0] as { keyid: string; sig: string }
  const withSignatures = (signatures: unknown) => JSON.stringify({ ...written, signatures })
  const without = (name: string) =>
    JSON.stringify(Object.fromEntries(Object.entries(written).filter(([key]) => key !== name)))
  const nine = Array.from({ length: 9 }, (_, index) => ({ ...signature, keyid: `${index}`.repeat(64) }))
  return [
    ['nothing', 'JSON_MALFORMED', ''],
    ['something that is no JSON', 'JSON_MALFORMED', 'DSSEv1'],
    ['an envelope after a byte order mark', 'JSON_MALFORMED', `\ufeff${text}`],
    [
      'bytes that are no UTF-8',
      'TEXT_NOT_UTF8',
      concatBytes(textToBytes('{"payload":"'), new Uint8Array([0xff]), textToBytes('"}')),
    ],
    ['two envelopes', 'JSON_MALFORMED', text + text],
    ['an envelope with a comma too many', 'JSON_MALFORMED', text.replace(/\}$/, ',}')],
    ['a list', 'EXCHANGE_ENVELOPE', `[${text}]`],
    ['null', 'EXCHANGE_ENVELOPE', 'null'],
    ['an envelope without a payload', 'EXCHANGE_ENVELOPE', without('payload')],
    ['an envelope without a payload type', 'EXCHANGE_ENVELOPE', without('payloadType')],
    ['an envelope without signatures', 'EXCHANGE_ENVELOPE', without('signatures')],
    ['an envelope with one member more', 'EXCHANGE_ENVELOPE', JSON.stringify({ ...written, note: '' })],
    ['a member named by prototype', 'EXCHANGE_ENVELOPE', text.replace('{', '{"__proto__":null,')],
    ['the payload twice', 'JSON_DUPLICATE_KEY', text.replace('{', `{"payload":"${written.payload}",`)],
    ['the payload twice, once in escapes', 'JSON_DUPLICATE_KEY', text.replace('{', '{"p\\u0061yload":"",')],
    ['the signatures twice', 'JSON_DUPLICATE_KEY', text.replace('{', '{"signatures":[],')],
    ['a payload type that is no text', 'EXCHANGE_ENVELOPE', JSON.stringify({ ...written, payloadType: 1 })],
    ['signatures that are no list', 'EXCHANGE_ENVELOPE', withSignatures({ 0: signature })],
    ['a signature that is a text', 'EXCHANGE_ENVELOPE', withSignatures([signature.sig])],
    ['a signature with one member more', 'EXCHANGE_ENVELOPE', withSignatures([{ ...signature, cert: '' }])],
    ['a signature without a key', 'EXCHANGE_ENVELOPE', withSignatures([{ sig: signature.sig }])],
    ['a signature without its bytes', 'EXCHANGE_ENVELOPE', withSignatures([{ keyid: signature.keyid }])],
    ['no signature', 'EXCHANGE_SIGNATURES', withSignatures([])],
    ['nine signatures', 'EXCHANGE_SIGNATURES', withSignatures(nine)],
    ['one key twice', 'EXCHANGE_SIGNATURES', withSignatures([signature, signature])],
    [
      'a key id in capitals',
      'EXCHANGE_KEY_ID',
      withSignatures([{ ...signature, keyid: signature.keyid.toUpperCase() }]),
    ],
    [
      'a key id that is cut',
      'EXCHANGE_KEY_ID',
      withSignatures([{ ...signature, keyid: signature.keyid.slice(0, 32) }]),
    ],
    [
      'a key id with a prefix',
      'EXCHANGE_KEY_ID',
      withSignatures([{ ...signature, keyid: `sha256:${signature.keyid}` }]),
    ],
    ['an empty key id', 'EXCHANGE_KEY_ID', withSignatures([{ ...signature, keyid: '' }])],
    ['a key id that is no text', 'EXCHANGE_KEY_ID', withSignatures([{ ...signature, keyid: null }])],
    ['more than a mebibyte', 'JSON_TOO_LARGE', text, { leadingSpaces: (1 << 20) - text.length + 1 }],
    [
      'an envelope that is nested deeper than 32',
      'JSON_TOO_DEEP',
      text.replace('{', `{"note":${'['.repeat(40)}${']'.repeat(40)},`),
    ],
    ['an envelope with a number that is no integer', 'JSON_NUMBER_UNSAFE', text.replace('{', '{"n":1.5,')],
  ]
}

function base64Cases(): readonly Case[] {
  // A payload of such a length that its base64 has padding and unused bits.
  const padded = (left: number) => {
    for (let more = 0; ; more++) {
      const payload = canonicalJson(payloadOf(exampleDraft('ack', 1, { policyVersion: 'p'.repeat(1 + more) })))
      if (textToBytes(payload).length % 3 === left) return envelopeJson(signedBytes(payload))
    }
  }
  const one = padded(1)
  const two = padded(2)
  const payload = (text: unknown, of = one) => JSON.stringify({ ...of, payload: text })
  const signature = one.signatures[0] as { keyid: string; sig: string }
  const sig = (text: unknown) => JSON.stringify({ ...one, signatures: [{ ...signature, sig: text }] })
  const bump = (text: string, back: number) => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    const index = text.length - back
    return text.slice(0, index) + letters[letters.indexOf(text[index] ?? '') + 1] + text.slice(index + 1)
  }
  return [
    ['a payload without its padding', 'EXCHANGE_BASE64', payload(one.payload.replaceAll('=', ''))],
    ['a payload with half of its padding', 'EXCHANGE_BASE64', payload(one.payload.slice(0, -1))],
    ['a payload with padding too much', 'EXCHANGE_BASE64', payload(`${two.payload}=`, two)],
    ['a payload with four more of padding', 'EXCHANGE_BASE64', payload(`${one.payload}====`)],
    ['a payload with unused bits set, one byte at the end', 'EXCHANGE_BASE64', payload(bump(one.payload, 3))],
    ['a payload with unused bits set, two bytes at the end', 'EXCHANGE_BASE64', payload(bump(two.payload, 2), two)],
    ['a payload in the alphabet for addresses', 'EXCHANGE_BASE64', payload(`-_${one.payload.slice(2)}`)],
    ['a payload with a space in it', 'EXCHANGE_BASE64', payload(`${one.payload.slice(0, 4)} ${one.payload.slice(4)}`)],
    ['a payload with line breaks', 'EXCHANGE_BASE64', payload(one.payload.replaceAll(/(.{76})/g, '$1\n'))],
    ['a payload that ends with a line break', 'EXCHANGE_BASE64', payload(`${one.payload}\n`)],
    ['a payload with padding in the middle', 'EXCHANGE_BASE64', payload(`AA==${one.payload}`)],
    ['a payload that is a number', 'EXCHANGE_BASE64', payload(0)],
    ['a signature without its padding', 'EXCHANGE_BASE64', sig(signature.sig.replaceAll('=', ''))],
    ['a signature with unused bits set', 'EXCHANGE_BASE64', sig(bump(signature.sig, 3))],
    ['a signature in hexadecimal of odd length', 'EXCHANGE_BASE64', sig('abc')],
    ['a signature in the alphabet for addresses', 'EXCHANGE_BASE64', sig(`__${signature.sig.slice(2)}`)],
    ['a signature that is null', 'EXCHANGE_BASE64', sig(null)],
  ]
}

function signatureCases(): readonly Case[] {
  const payload = textToBytes(canonicalJson(ackPayload()))
  const signed = preAuthEncoding(ACK, payload)
  const by = (key: TestKey, message: Uint8Array, keyId = key.keyId) => ({ keyId, signature: key.sign(message) })
  const raw = (...signatures: readonly { keyId: string; signature: Uint8Array }[]) =>
    writeEnvelope({ payloadType: ACK, payload, signatures })
  const right = by(vienna, signed)
  const changed = Uint8Array.from(payload)
  changed[changed.length - 2] = (changed[changed.length - 2] ?? 0) ^ 1
  return [
    ['a message that only a stranger signed', 'EXCHANGE_KEY_UNKNOWN', signedBytes(ackPayload(), ACK, [stranger])],
    [
      'nonsense that only a stranger signed: nothing in it is looked at',
      'EXCHANGE_KEY_UNKNOWN',
      signedBytes('nonsense', ACK, [stranger]),
    ],
    ['a message that another member signed', 'EXCHANGE_SENDER', signedBytes(ackPayload(), ACK, [service])],
    ['a message that its receiver signed', 'EXCHANGE_SENDER', signedBytes(ackPayload(), ACK, [tallinn])],
    [
      'a message that its sender and another member signed',
      'EXCHANGE_SENDER',
      signedBytes(ackPayload(), ACK, [vienna, service]),
    ],
    [
      'a signature over another type',
      'EXCHANGE_SIGNATURE',
      raw(by(vienna, preAuthEncoding(payloadTypeOf({ type: 'withdraw', major: 1 }), payload))),
    ],
    [
      'a signature over another version',
      'EXCHANGE_SIGNATURE',
      raw(by(vienna, preAuthEncoding(payloadTypeOf({ type: 'ack', major: 2 }), payload))),
    ],
    ['a signature over the payload alone', 'EXCHANGE_SIGNATURE', raw(by(vienna, payload))],
    [
      'a signature over the base64 of the payload',
      'EXCHANGE_SIGNATURE',
      raw(by(vienna, preAuthEncoding(ACK, textToBytes(bytesToBase64(payload))))),
    ],
    [
      'a signature over another message',
      'EXCHANGE_SIGNATURE',
      raw(by(vienna, preAuthEncoding(ACK, textToBytes('{}')))),
    ],
    [
      'a payload of which one bit was changed',
      'EXCHANGE_SIGNATURE',
      writeEnvelope({ payloadType: ACK, payload: changed, signatures: [right] }),
    ],
    [
      'a signature that is one byte short',
      'EXCHANGE_SIGNATURE',
      raw({ ...right, signature: right.signature.subarray(0, 63) }),
    ],
    [
      'a signature that is one byte long',
      'EXCHANGE_SIGNATURE',
      raw({ ...right, signature: concatBytes(right.signature, new Uint8Array(1)) }),
    ],
    ['an empty signature', 'EXCHANGE_SIGNATURE', raw({ ...right, signature: new Uint8Array() })],
    ['a signature of zeros', 'EXCHANGE_SIGNATURE', raw({ ...right, signature: new Uint8Array(64) })],
    [
      'a signature whose second half is larger than the order of the group',
      'EXCHANGE_SIGNATURE',
      raw({ ...right, signature: withOrderAdded(right.signature) }),
    ],
    [
      'a signature of another member under the key of the sender',
      'EXCHANGE_SIGNATURE',
      raw(by(service, signed, vienna.keyId)),
    ],
    ['a right signature beside a wrong one', 'EXCHANGE_SIGNATURE', raw(right, by(viennaNext, payload))],
    ['a wrong signature beside a right one', 'EXCHANGE_SIGNATURE', raw(by(vienna, payload), by(viennaNext, signed))],
    [
      'a key that the directory lists under an id that is not its own',
      'EXCHANGE_KEY_ID',
      signedBytes(ackPayload(), ACK, [underId(vienna, 'ab'.repeat(32))]),
      { keys: [toVectorKey(underId(vienna, 'ab'.repeat(32)))] },
    ],
    [
      'a key that was taken out of the directory',
      'EXCHANGE_KEY_UNKNOWN',
      good(),
      { keys: [toVectorKey(tallinn), toVectorKey(service)] },
    ],
  ]
}

/** R and S + L (RFC 8032 section 5.1.7 asks for S below L): a second writing of a right signature. */
function withOrderAdded(signature: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  const s = BigInt(`0x${bytesToHex(Uint8Array.from(signature.subarray(32)).reverse())}`) + order
  return concatBytes(signature.subarray(0, 32), hexToBytes(s.toString(16).padStart(64, '0')).reverse())
}

function typeCases(): readonly Case[] {
  const as = (payloadType: string) => signedBytes(ackPayload(), payloadType)
  return [
    ['a payload of another protocol', 'EXCHANGE_PAYLOAD_TYPE', as('application/vnd.in-toto+json')],
    ['a payload type without a version', 'EXCHANGE_PAYLOAD_TYPE', as('application/vnd.comity.ack+json')],
    ['version 0', 'EXCHANGE_PAYLOAD_TYPE', as('application/vnd.comity.ack.v0+json')],
    ['a version with a zero before it', 'EXCHANGE_PAYLOAD_TYPE', as('application/vnd.comity.ack.v01+json')],
    ['a version with a point', 'EXCHANGE_PAYLOAD_TYPE', as('application/vnd.comity.ack.v1.0+json')],
    ['a type in capitals', 'EXCHANGE_PAYLOAD_TYPE', as('application/vnd.comity.ACK.v1+json')],
    ['a payload type with parameters', 'EXCHANGE_PAYLOAD_TYPE', as(`${ACK}; charset=utf-8`)],
    ['a payload type with a space', 'EXCHANGE_PAYLOAD_TYPE', as(` ${ACK}`)],
    ['an empty payload type', 'EXCHANGE_PAYLOAD_TYPE', as('')],
    ['a type that nobody knows', 'EXCHANGE_TYPE_UNKNOWN', as('application/vnd.comity.no.such.type.v1+json')],
    [
      'a type named like what every object has',
      'EXCHANGE_TYPE_UNKNOWN',
      as('application/vnd.comity.constructor.v1+json'),
    ],
    ['a receipt where a message belongs', 'EXCHANGE_TYPE_UNKNOWN', as('application/vnd.comity.receipt.v1+json')],
    ['a version that nobody knows', 'EXCHANGE_VERSION', as('application/vnd.comity.ack.v9+json')],
    [
      'version 2 of a request, sent to a node that speaks version 1 only',
      'EXCHANGE_VERSION',
      signedBytes(payloadOf(exampleDraft('freeze.request', 2)), { type: 'freeze.request', major: 2 }),
      { speaks: { 'freeze.request': [1] } },
    ],
    [
      'version 1 of a request, sent to a node that has given it up',
      'EXCHANGE_VERSION',
      signedBytes(payloadOf(exampleDraft('freeze.request', 1)), { type: 'freeze.request', major: 1 }),
      { speaks: { 'freeze.request': [2] } },
    ],
  ]
}

function payloadCases(): readonly Case[] {
  const text = canonicalJson(ackPayload())
  const { header, body } = ackPayload()
  return [
    ['a payload that is no JSON', 'JSON_MALFORMED', signedBytes('header: 1')],
    ['an empty payload', 'JSON_MALFORMED', signedBytes('')],
    ['a payload after a byte order mark', 'JSON_MALFORMED', signedBytes(`\ufeff${text}`)],
    [
      'a payload that is no UTF-8',
      'TEXT_NOT_UTF8',
      signedBytes(concatBytes(textToBytes('{"header":"'), new Uint8Array([0xc0, 0xaf]), textToBytes('"}'))),
    ],
    ['the header twice', 'JSON_DUPLICATE_KEY', signedBytes(text.replace('"header":{', '"header":{},"header":{'))],
    ['a member of the header twice', 'JSON_DUPLICATE_KEY', signedBytes(text.replace('"header":{', '"header":{"v":1,'))],
    [
      'a member of the body twice',
      'JSON_DUPLICATE_KEY',
      signedBytes(text.replace('"body":{', '"body":{"authority":null,')),
    ],
    ['a list', 'EXCHANGE_PAYLOAD', signedBytes([])],
    ['no body', 'EXCHANGE_PAYLOAD', signedBytes({ header })],
    ['no header', 'EXCHANGE_PAYLOAD', signedBytes({ body })],
    ['a third member', 'EXCHANGE_PAYLOAD', signedBytes({ header, body, note: '' })],
    [
      'a payload that is nested deeper than 32',
      'JSON_TOO_DEEP',
      signedBytes(text.replace('"body":{', `"body":{"note":${'['.repeat(31)}${']'.repeat(31)},`)),
    ],
    ['a number with a fraction', 'JSON_NUMBER_UNSAFE', signedBytes(text.replace('"seq":1', '"seq":1.0'))],
    ['a number with an exponent', 'JSON_NUMBER_UNSAFE', signedBytes(text.replace('"seq":1', '"seq":1e0'))],
    ['a number beyond 2^53', 'JSON_NUMBER_UNSAFE', signedBytes(text.replace('"seq":1', '"seq":9007199254740993'))],
    ['minus zero', 'JSON_NUMBER_UNSAFE', signedBytes(text.replace('"seq":1', '"seq":-0'))],
    ['half of a surrogate pair', 'JSON_MALFORMED', signedBytes(text.replace('"policies-2026-11"', '"\\ud800"'))],
    ['a control character in a text', 'JSON_MALFORMED', signedBytes(text.replace('"policies-2026-11"', '"a\u0001"'))],
  ]
}

function headerCases(): readonly Case[] {
  const of = (changes: { readonly [name: string]: unknown }, type = 'ack', major = 1): Uint8Array => {
    const { header, body } = payloadOf(exampleDraft(type, major))
    const changed = Object.fromEntries(
      Object.entries({ ...header, ...changes }).filter(([, value]) => value !== undefined),
    )
    return signedBytes(asJson({ header: changed, body }), { type, major })
  }
  const attachment = {
    name: 'order.pdf',
    mime: 'application/pdf',
    size: 1,
    commitment: digest,
    cipherDigest: digest,
    cipherSize: 17,
    chunks: 1,
    encapsulatedKey: `${'A'.repeat(43)}=`,
    recipientKeyId: digest,
    class: 'order',
  }
  const named = (name: string) => of({ attachments: [{ ...attachment, name }] })
  const { marking, languages } = exampleDraft('ack', 1).header
  const malformed: readonly (readonly [string, { readonly [name: string]: unknown }])[] = [
    ['another version of the header', { v: 2 }],
    ['an id that is a UUID of version 4', { id: '2a3c1b7e-9f0d-4c55-8e21-5b6a7d8c9e0f' }],
    ['an id in capitals', { id: '01936C3A-5F00-7A10-8B20-0000000000A1' }],
    ['no id', { id: undefined }],
    ['a sender that is no id of an agency', { from: 'At Prosecutor' }],
    ['a receiver whose id ends with a hyphen', { to: 'ee-fiu-' }],
    ['place 0', { seq: 0 }],
    ['a place that is a text', { seq: '1' }],
    ['no word on the exchange', { exchange: undefined }],
    ['an exchange in capitals', { exchange: anExchange.toUpperCase() }],
    ['an instant without milliseconds', { created: '2026-11-25T09:30:00Z' }],
    ['an instant with an offset', { created: '2026-11-25T10:30:00.000+01:00' }],
    ['a day that no calendar has', { created: '2026-02-30T09:30:00.000Z' }],
    ['hour 24', { created: '2026-11-25T24:00:00.000Z' }],
    ['a message that it is about, twice', { relatesTo: [digest, digest] }],
    ['no word on whether it is an exercise', { training: undefined }],
    ['a marking that nobody knows', { marking: { ...marking, tlp: 'purple' } }],
    ['a ground of urgency that no pack has', { urgency: { code: 'BECAUSE', ground: 'none', text: 'none' } }],
    ['a condition of use that no pack has', { useConditions: [{ code: 'WHATEVER', until: null, text: null }] }],
    ['a text that is empty', { policyVersion: ' ' }],
    ['a text that is too long', { policyVersion: 'p'.repeat(101) }],
  ]
  return [
    ...malformed.map(([claim, changes]): Case => [claim, 'EXCHANGE_HEADER', of(changes)]),
    ['an attachment with a path', 'EXCHANGE_HEADER', named('../order.pdf')],
    ['an attachment that turns the direction of its name', 'EXCHANGE_HEADER', named('order\u202efdp.exe')],
    ['an attachment named ..', 'EXCHANGE_HEADER', named('..')],
    ['an attachment whose name holds a line break', 'EXCHANGE_HEADER', named('a\nb')],
    ['two attachments with one name', 'EXCHANGE_ATTACHMENT', of({ attachments: [attachment, attachment] })],
    [
      'a translation that is not there',
      'EXCHANGE_ATTACHMENT',
      of({ languages: { ...languages, translations: [{ language: 'de', attachment: 'x' }] } }),
    ],
    ['a message for somebody else', 'EXCHANGE_RECIPIENT', of({ to: service.agency })],
    ['a message for its sender', 'EXCHANGE_RECIPIENT', of({ to: vienna.agency })],
    ['a message in the name of another agency', 'EXCHANGE_SENDER', of({ from: service.agency })],
    ['a reply that opens an exchange', 'EXCHANGE_PLACE', of({ exchange: null })],
    ['a request inside an exchange', 'EXCHANGE_PLACE', of({ exchange: anExchange }, 'freeze.request', 2)],
    [
      'a request that opens an exchange at place 2',
      'EXCHANGE_PLACE',
      of({ seq: 2, prev: digest }, 'freeze.request', 2),
    ],
    ['a first message with one before it', 'EXCHANGE_PLACE', of({ prev: digest })],
    ['a second message with none before it', 'EXCHANGE_PLACE', of({ seq: 2 })],
    ['a deadline before its own time', 'EXCHANGE_DEADLINE', of({ deadline: '2026-11-25T09:29:59.999Z' })],
    ['an exercise that serves something real', 'EXCHANGE_TRAINING', of({ training: true })],
    [
      'something real that serves an exercise',
      'EXCHANGE_TRAINING',
      of({ marking: { ...marking, purpose: 'exercise' } }),
    ],
  ]
}

function bodyCases(): readonly Case[] {
  const of = (type: string, body: Json, major = 1, changes: Partial<Header> = {}) =>
    signedBytes(payloadOf({ header: exampleDraft(type, major, changes).header, body }), { type, major })
  const amount = (value: unknown, asset = 'bip122:000000000019d6689c085ae165831e93/slip44:0') =>
    of(
      'freeze.request',
      asJson({ ...freezeBody, assets: [{ ...freezeBody.assets[0], maximum: { amount: value, asset } }] }),
      2,
    )
  const refuse = exampleDraft('decision.refuse', 1).body as { readonly [name: string]: Json }
  const emergency = exampleDraft('data.emergency', 1).body as { readonly [name: string]: Json }
  return [
    ['an empty body', 'EXCHANGE_BODY', of('ack', {})],
    ['a body that is a list', 'EXCHANGE_BODY', of('ack', [])],
    ['the body of another type', 'EXCHANGE_BODY', of('withdraw', ackDraft().body)],
    ['the body of another version', 'EXCHANGE_BODY', of('freeze.request', exampleDraft('freeze.request', 1).body, 2)],
    ['an amount that is a number', 'EXCHANGE_BODY', amount(185_000_000)],
    ['an amount below zero', 'EXCHANGE_BODY', amount('-1')],
    ['an amount with a point', 'EXCHANGE_BODY', amount('1.85')],
    ['an amount with a zero before it', 'EXCHANGE_BODY', amount('0185000000')],
    ['an amount in hexadecimal', 'EXCHANGE_BODY', amount('0x10')],
    ['an amount with more digits than any chain has', 'EXCHANGE_BODY', amount('9'.repeat(79))],
    ['an amount without digits', 'EXCHANGE_BODY', amount('')],
    ['an asset by its ticker', 'EXCHANGE_BODY', amount('1', 'BTC')],
    ['nothing to be frozen', 'EXCHANGE_BODY', of('freeze.request', asJson({ ...freezeBody, assets: [] }), 2)],
    ['a refusal without a ground', 'EXCHANGE_BODY', of('decision.refuse', { ...refuse, grounds: [] })],
    [
      'a ground that no pack has',
      'EXCHANGE_BODY',
      of('decision.refuse', { ...refuse, grounds: [{ code: 'NOT_TODAY', article: 'none', text: 'none' }] }),
    ],
    [
      'an emergency without whom it threatens',
      'EXCHANGE_BODY',
      of('data.emergency', asJson(Object.fromEntries(Object.entries(emergency).filter(([name]) => name !== 'riskTo')))),
    ],
  ]
}

function criticalCases(): readonly Case[] {
  const { header, body } = ackPayload()
  const of = (critical: readonly string[], more: object = {}, moreBody: object = {}) =>
    signedBytes(asJson({ header: { ...header, ...more, critical }, body: { ...(body as object), ...moreBody } }))
  const marking = { ...(header.marking as object), embargo: '2027-01-01' }
  const proto = canonicalJson({ header: { ...header, critical: ['/body/constructor'] }, body }).replace(
    '"body":{',
    '"body":{"constructor":1,',
  )
  return [
    [
      'a member of the header that is not known, and critical',
      'EXCHANGE_UNSUPPORTED',
      of(['/header/colour'], { colour: 'red' }),
    ],
    [
      'a member of the body that is not known, and critical',
      'EXCHANGE_UNSUPPORTED',
      of(['/body/note'], {}, { note: 1 }),
    ],
    [
      'a member inside a known one that is not known, and critical',
      'EXCHANGE_UNSUPPORTED',
      of(['/header/marking/embargo'], { marking }),
    ],
    [
      'a member inside one that is not known, and critical',
      'EXCHANGE_UNSUPPORTED',
      of(['/body/note/deep/0'], {}, { note: { deep: [1] } }),
    ],
    [
      'one known and one unknown member, both critical',
      'EXCHANGE_UNSUPPORTED',
      of(['/header/seq', '/header/colour'], { colour: 'red' }),
    ],
    ['a critical member named like what every object has', 'EXCHANGE_UNSUPPORTED', signedBytes(proto)],
    ['a critical member whose name holds a slash', 'EXCHANGE_UNSUPPORTED', of(['/body/a~1b'], {}, { 'a/b': 1 })],
    ['a critical member that is not there', 'EXCHANGE_CRITICAL', of(['/body/nothing'])],
    ['a critical item beyond the end of a list', 'EXCHANGE_CRITICAL', of(['/header/relatesTo/0'])],
    ['a critical item with a zero before its number', 'EXCHANGE_CRITICAL', of(['/body/next/00'])],
    ['a pointer out of the message', 'EXCHANGE_CRITICAL', of(['/signatures/0'])],
    ['a pointer with an escape that is none', 'EXCHANGE_CRITICAL', of(['/body/~2x'])],
    ['a pointer that is a path of another kind', 'EXCHANGE_CRITICAL', of(['$.body.note'], {}, { note: 1 })],
    ['one critical member twice', 'EXCHANGE_HEADER', of(['/header/seq', '/header/seq'])],
  ]
}

function statementVectors(): readonly Vector[] {
  const receipt = { v: 1, kind: 'ACCEPTED', message, ...between, at }
  const skip = { v: 1, ...between, exchange: anExchange, seq: 3, message, code: 'EXCHANGE_BODY', attempts: 5, at }
  const hint = { v: 1, ...between, role: 'timestamp', version: 7, digest, at }
  const signed = (type: string, value: object, by: TestKey) => signedBytes(asJson(value), { type, major: 1 }, [by])
  return [
    ...vectors('receipt', [
      ['an acceptance that the sender gives itself', 'EXCHANGE_SENDER', signed('receipt', receipt, vienna)],
      ['an acceptance of somebody else', 'EXCHANGE_SENDER', signed('receipt', receipt, service)],
      ['an acceptance of a stranger', 'EXCHANGE_KEY_UNKNOWN', signed('receipt', receipt, stranger)],
      [
        'a non-delivery that the addressee states',
        'EXCHANGE_SENDER',
        signed('receipt', { ...receipt, kind: 'NON_DELIVERED', code: 'EXCHANGE_VERSION' }, tallinn),
      ],
      [
        'a refusal without a reason',
        'EXCHANGE_STATEMENT',
        signed('receipt', { ...receipt, kind: 'REJECTED' }, tallinn),
      ],
      [
        'an acceptance with a reason',
        'EXCHANGE_STATEMENT',
        signed('receipt', { ...receipt, code: 'EXCHANGE_BODY' }, tallinn),
      ],
      [
        'a receipt that says something else',
        'EXCHANGE_STATEMENT',
        signed('receipt', { ...receipt, kind: 'SEEN' }, tallinn),
      ],
      ['a receipt with one member more', 'EXCHANGE_STATEMENT', signed('receipt', { ...receipt, note: '' }, tallinn)],
      [
        'a receipt without a digest',
        'EXCHANGE_STATEMENT',
        signed('receipt', { ...receipt, message: { id: message.id } }, tallinn),
      ],
      [
        'a checkpoint without a leaf',
        'EXCHANGE_STATEMENT',
        signed('receipt', { ...receipt, checkpoint: 'log\n1\nroot\n' }, tallinn),
      ],
      [
        'a receipt between an agency and itself',
        'EXCHANGE_STATEMENT',
        signed('receipt', { ...receipt, from: tallinn.agency }, tallinn),
      ],
      ['a receipt as another type', 'EXCHANGE_PAYLOAD_TYPE', signed('skip', receipt, tallinn)],
      ['a message where a receipt belongs', 'EXCHANGE_PAYLOAD_TYPE', good()],
    ]),
    ...vectors('skip', [
      ['a gap that the addressee states', 'EXCHANGE_SENDER', signed('skip', skip, tallinn)],
      ['a gap at place 0', 'EXCHANGE_STATEMENT', signed('skip', { ...skip, seq: 0 }, vienna)],
      ['a gap after no attempt', 'EXCHANGE_STATEMENT', signed('skip', { ...skip, attempts: 0 }, vienna)],
    ]),
    ...vectors('list.changed', [
      ['a hint of somebody else', 'EXCHANGE_SENDER', signed('list.changed', hint, service)],
      ['a hint that brings a key', 'EXCHANGE_STATEMENT', signed('list.changed', { ...hint, key: 'AAAA' }, vienna)],
    ]),
  ]
}

function conflictCases(): readonly Case[] {
  const ack = (changes: Partial<Header> = {}, by: readonly TestKey[] = [vienna]) =>
    signedBytes(payloadOf(exampleDraft('ack', 1, changes)), ACK, by)
  const other = '01936c3a-5f00-7a10-8b20-0000000000a2'
  const opening = (changes: Partial<Header>) =>
    signedBytes(payloadOf(exampleDraft('freeze.request', 2, changes)), { type: 'freeze.request', major: 2 })
  const text = new TextDecoder().decode(writeConflict(ack(), ack({ policyVersion: 'another' })))
  return [
    ['one message twice', 'EXCHANGE_CONFLICT_NOT_SHOWN', writeConflict(ack(), ack())],
    [
      'one message in two envelopes',
      'EXCHANGE_CONFLICT_NOT_SHOWN',
      writeConflict(ack(), ack({}, [vienna, viennaNext])),
    ],
    [
      'two messages with two ids and two places',
      'EXCHANGE_CONFLICT_NOT_SHOWN',
      writeConflict(ack(), ack({ id: other, seq: 2, prev: digest })),
    ],
    [
      'two messages at one place of two exchanges',
      'EXCHANGE_CONFLICT_NOT_SHOWN',
      writeConflict(ack(), ack({ id: other, exchange: digest })),
    ],
    [
      'two openings, each of its own exchange',
      'EXCHANGE_CONFLICT_NOT_SHOWN',
      writeConflict(opening({}), opening({ id: other })),
    ],
    [
      'messages of two senders',
      'EXCHANGE_CONFLICT_NOT_SHOWN',
      writeConflict(ack(), ack({ from: tallinn.agency, to: vienna.agency }, [tallinn])),
    ],
    [
      'a message that a stranger made',
      'EXCHANGE_KEY_UNKNOWN',
      writeConflict(ack(), ack({ policyVersion: 'x' }, [stranger])),
    ],
    [
      'a message that another member made',
      'EXCHANGE_SENDER',
      writeConflict(ack(), ack({ policyVersion: 'x' }, [service])),
    ],
    ['a proof with one member more', 'EXCHANGE_STATEMENT', text.replace('{', '{"note":"",')],
    ['a proof with one message', 'EXCHANGE_STATEMENT', canonicalJson({ v: 1, first: bytesToBase64(ack()) })],
    ['a proof whose message is no base64', 'EXCHANGE_STATEMENT', canonicalJson({ v: 1, first: '?', second: '?' })],
  ]
}

function followVectors(): readonly Vector[] {
  const exchange = { type: 'freeze.request', from: vienna.agency, to: tallinn.agency }
  const cases: readonly (readonly [string, string, string, string, string])[] = [
    ['a reply to another request', 'EXCHANGE_FOLLOWS', 'trace.result', tallinn.agency, vienna.agency],
    ['a request inside an exchange', 'EXCHANGE_FOLLOWS', 'freeze.request', tallinn.agency, vienna.agency],
    ['a type that nobody knows', 'EXCHANGE_FOLLOWS', 'no.such.type', tallinn.agency, vienna.agency],
    [
      'an execution that the one who asked states',
      'EXCHANGE_FOLLOWS',
      'freeze.executed',
      vienna.agency,
      tallinn.agency,
    ],
    ['a withdrawal by the one who was asked', 'EXCHANGE_FOLLOWS', 'withdraw', tallinn.agency, vienna.agency],
    ['a reply of somebody else', 'EXCHANGE_SENDER', 'decision.accept', service.agency, vienna.agency],
    ['a reply to somebody else', 'EXCHANGE_SENDER', 'decision.accept', tallinn.agency, service.agency],
  ]
  return cases.map(([claim, refused, type, from, to]) => ({
    claim,
    opens: 'follows',
    exchange,
    follows: { type, from, to },
    refused,
  }))
}
