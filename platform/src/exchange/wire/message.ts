/**
 * Packing and opening messages.
 *
 * Opening goes in one order: envelope, signatures, then (over the very bytes that were signed) strict JSON, type and
 * version, header, body, critical members. A refusal tells which of them failed; nothing of a message is given out before
 * its signature was right.
 */
import type { TSchema } from '@sinclair/typebox'
import { canonicalJson, type Json, ok, type Result, refuse, strictJson, textToBytes } from '../../kernel/index.ts'
import { checkCritical } from './critical.ts'
import {
  type Envelope,
  MAX_DEPTH,
  MAX_ENVELOPE_BYTES,
  MAX_SIGNATURES,
  messageDigest,
  readEnvelope,
} from './envelope.ts'
import { open } from './fields.ts'
import { checkHeader, Header } from './header.ts'
import { parsePayloadType, payloadTypeOf } from './payload-type.ts'
import { misfit } from './schema-check.ts'
import { checkSignatures, type Keys, type Signer, signEnvelope } from './signing.ts'

/** Whether a message opens an exchange, follows in one, or may do either. */
export type Place = 'opens' | 'follows' | 'either'

/** What is known of one type in one major. */
export type MessageForm = { readonly place: Place; readonly body: TSchema }

/** The forms that this side speaks. `majorsOf` is empty for a type that it does not know. */
export interface Forms {
  majorsOf(type: string): readonly number[]
  formOf(type: string, major: number): MessageForm | null
}

export type Message = {
  readonly type: string
  readonly major: number
  /** By this it is known: never by the text of its envelope. */
  readonly digest: string
  readonly header: Header
  /** As it was sent, with members that are not known here. */
  readonly body: Json
  /** The bytes that were signed, as the payload of the envelope. */
  readonly payload: Uint8Array
  readonly keyIds: readonly string[]
}

export type Draft = {
  readonly type: string
  readonly major: number
  readonly header: Header
  readonly body: Json
}

/** The envelope of a message. Refused where its receiver would have to refuse it. */
export function packMessage(
  draft: Draft,
  signers: readonly Signer[],
  forms: Forms,
): Result<{ readonly envelope: Uint8Array; readonly digest: string }> {
  const { header, body } = draft
  const payload = textToBytes(canonicalJson({ header, body } as unknown as Json))
  const checked = readPayload(payload, draft, forms)
  if (!checked.ok) return checked
  const payloadType = payloadTypeOf(draft)
  const envelope = signEnvelope(payloadType, payload, signers)
  // What is too large, or signed by nobody or too many, would not be read at the other end; all else of an envelope made here is right.
  if (envelope.length > MAX_ENVELOPE_BYTES || signers.length < 1 || signers.length > MAX_SIGNATURES) {
    const read = readEnvelope(envelope)
    if (!read.ok) return read
  }
  return ok({ envelope, digest: messageDigest({ payloadType, payload }) })
}

/** Whether it could be sent as it is: for whoever writes it, long before it is signed. */
export function checkDraft({ type, major, header, body }: Draft, forms: Forms): Result<null> {
  const payload = textToBytes(canonicalJson({ header, body } as unknown as Json))
  const read = readPayload(payload, { type, major }, forms)
  return read.ok ? ok(null) : read
}

/** What a kept envelope says, whose signatures were checked when it came. */
export function readKept(bytes: Uint8Array): Result<Message> {
  const read = readEnvelope(bytes)
  if (!read.ok) return read
  const { payload, payloadType, signatures } = read.value
  const kind = parsePayloadType(payloadType)
  const json = strictJson(payload, { maxBytes: MAX_ENVELOPE_BYTES, maxDepth: MAX_DEPTH })
  if (!json.ok) return json
  if (kind === null || !isPayload(json.value)) throw new Error('what was accepted as a message is none')
  const { header, body } = json.value
  const keyIds = signatures.map(({ keyId }) => keyId)
  return ok({ ...kind, digest: messageDigest(read.value), header: header as unknown as Header, body, payload, keyIds })
}

/** `me`: the agency that received it. A message for somebody else is refused, whoever brought it. */
export function openMessage(bytes: Uint8Array, keys: Keys, me: string, forms: Forms): Result<Message> {
  const read = readEnvelope(bytes)
  return read.ok ? openReceived(read.value, keys, me, forms) : read
}

/** As `openMessage`, where the envelope was read already. */
export function openReceived(envelope: Envelope, keys: Keys, me: string, forms: Forms): Result<Message> {
  const opened = openSigned(envelope, keys, forms)
  if (!opened.ok) return opened
  if (opened.value.header.to !== me)
    return refuse('EXCHANGE_RECIPIENT', 'The message is for another agency.', {
      place: '/header/to',
      fix: 'Send it to the agency that it names.',
    })
  return opened
}

/** As `openMessage`, for whoever looks at a message without being its receiver: a court, an auditor, the sender. */
export function openSigned(envelope: Envelope, keys: Keys, forms: Forms): Result<Message> {
  const signed = checkSignatures(envelope, keys)
  if (!signed.ok) return signed
  const kind = parsePayloadType(envelope.payloadType)
  if (kind === null)
    return refuse('EXCHANGE_PAYLOAD_TYPE', 'The envelope does not carry a message of this protocol.', {
      place: '/payloadType',
      fix: 'Write application/vnd.comity.TYPE.vMAJOR+json.',
    })
  const payload = readPayload(envelope.payload, kind, forms)
  if (!payload.ok) return payload
  const { header, body } = payload.value
  if (header.from !== signed.value.agency)
    return refuse('EXCHANGE_SENDER', 'The message was signed with a key of another agency than its sender.', {
      place: '/header/from',
      fix: 'Do not act on it; tell both agencies.',
    })
  const { keyIds } = signed.value
  return ok({ ...kind, digest: messageDigest(envelope), header, body, payload: envelope.payload, keyIds })
}

function readPayload(
  payload: Uint8Array,
  { type, major }: { readonly type: string; readonly major: number },
  forms: Forms,
): Result<{ readonly header: Header; readonly body: Json }> {
  const majors = forms.majorsOf(type)
  if (majors.length === 0)
    return refuse('EXCHANGE_TYPE_UNKNOWN', `There is no message of the type ${type} here.`, {
      place: '/payloadType',
      fix: 'Use a type of docs/spec/exchange.md.',
    })
  const form = forms.formOf(type, major)
  if (form === null)
    return refuse('EXCHANGE_VERSION', `Version ${major} of ${type} is not spoken here; spoken: ${majors.join(', ')}.`, {
      place: '/payloadType',
      fix: 'Send it in a version that both sides speak.',
    })
  const read = strictJson(payload, { maxBytes: MAX_ENVELOPE_BYTES, maxDepth: MAX_DEPTH })
  if (!read.ok) return read
  const json = read.value
  if (!isPayload(json))
    return refuse('EXCHANGE_PAYLOAD', 'The payload has not exactly the members header and body.', {
      place: '/',
      fix: 'Put everything that the message says into one of the two.',
    })
  const wrongHeader = misfit(Header, json.header, '/header')
  if (wrongHeader)
    return refuse('EXCHANGE_HEADER', `The header of the message is malformed: it ${wrongHeader.what}.`, {
      place: wrongHeader.place,
      fix: 'Correct the member at that place; see docs/spec/exchange/header.schema.json.',
    })
  const header = json.header as unknown as Header
  const agrees = checkHeader(header)
  if (!agrees.ok) return agrees
  const opens = header.exchange === null
  if (form.place !== 'either' && opens !== (form.place === 'opens'))
    return refuse(
      'EXCHANGE_PLACE',
      `${type} ${opens ? 'follows in an exchange, and opens none' : 'opens an exchange, and follows in none'}.`,
      {
        place: '/header/exchange',
        fix: opens ? 'Write the digest of the message that opened the exchange.' : 'Write null.',
      },
    )
  // Before the body: what only a newer version would understand is better told than what does not fit.
  const critical = checkCritical(header.critical, json, open({ header: Header, body: form.body }))
  if (!critical.ok) return critical
  const wrongBody = misfit(form.body, json.body, '/body')
  if (wrongBody)
    return refuse('EXCHANGE_BODY', `The body of the message is malformed: it ${wrongBody.what}.`, {
      place: wrongBody.place,
      fix: `Correct the member at that place; see docs/spec/exchange/${type}.v${major}.schema.json.`,
    })
  return ok({ header, body: json.body })
}

function isPayload(json: Json): json is { readonly header: Json; readonly body: Json } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false
  return Object.keys(json).length === 2 && Object.hasOwn(json, 'header') && Object.hasOwn(json, 'body')
}
