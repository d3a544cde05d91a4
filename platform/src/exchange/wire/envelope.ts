/**
 * The envelope: DSSE (Dead Simple Signing Envelope, version 1), narrower.
 *
 * What is signed are bytes (`preAuthEncoding`), and the very bytes whose signature was checked are the ones that are parsed:
 * nothing is made canonical on the way. A JSON envelope can be written in many ways, so that nothing is ever found again by
 * its text: a message is known by `messageDigest`, which is over type and payload only.
 */
import { Type } from '@sinclair/typebox'
import {
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  concatBytes,
  type Json,
  ok,
  type Result,
  refuse,
  sha256,
  strictJson,
  textToBytes,
} from '../../kernel/index.ts'
import { closed, KeyId } from './fields.ts'

export const MAX_ENVELOPE_BYTES = 1 << 20
export const MAX_DEPTH = 32
export const MAX_SIGNATURES = 8
const BASE64 = '^[A-Za-z0-9+/]*={0,2}$'

/** The form as a schema, for the published files; `readEnvelope` asks more, as that base64 is written in its one way. */
export const EnvelopeForm = closed(
  {
    payload: Type.String({ pattern: BASE64, description: 'The payload, in base64 with padding.' }),
    payloadType: Type.String({ maxLength: 120, description: 'application/vnd.comity.TYPE.vMAJOR+json' }),
    signatures: Type.Array(
      closed(
        { keyid: KeyId, sig: Type.String({ pattern: BASE64, description: 'The signature, in base64.' }) },
        'A signature.',
      ),
      { minItems: 1, maxItems: MAX_SIGNATURES, description: 'One for each key.' },
    ),
  },
  'A DSSE envelope.',
)

export type EnvelopeSignature = { readonly keyId: string; readonly signature: Uint8Array }

export type Envelope = {
  readonly payloadType: string
  readonly payload: Uint8Array
  readonly signatures: readonly EnvelopeSignature[]
}

/** DSSE v1: `DSSEv1 LEN(type) type LEN(payload) payload`, lengths in bytes, so that type and payload cannot run into each other. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = textToBytes(payloadType)
  return concatBytes(textToBytes(`DSSEv1 ${type.length} `), type, textToBytes(` ${payload.length} `), payload)
}

/** By what a message is known everywhere: 64 hexadecimal digits. */
export function messageDigest({ payloadType, payload }: Pick<Envelope, 'payloadType' | 'payload'>): string {
  return bytesToHex(sha256(preAuthEncoding(payloadType, payload)))
}

export function writeEnvelope({ payloadType, payload, signatures }: Envelope): Uint8Array {
  return textToBytes(
    JSON.stringify({
      payload: bytesToBase64(payload),
      payloadType,
      signatures: signatures.map(({ keyId, signature }) => ({ keyid: keyId, sig: bytesToBase64(signature) })),
    }),
  )
}

/** The form only; no signature is checked here. Places are JSON pointers. */
export function readEnvelope(bytes: Uint8Array): Result<Envelope> {
  const read = strictJson(bytes, { maxBytes: MAX_ENVELOPE_BYTES, maxDepth: MAX_DEPTH })
  if (!read.ok) return read
  const members = membersOf(read.value, ['payload', 'payloadType', 'signatures'])
  if (members === null) return noEnvelope('', 'it has not exactly the members payload, payloadType and signatures')
  const { payload, payloadType, signatures } = members
  if (typeof payloadType !== 'string') return noEnvelope('/payloadType', 'its payload type is no text')
  const bytesOfPayload = typeof payload === 'string' ? base64ToBytes(payload) : null
  if (bytesOfPayload === null) return noBase64('/payload')
  if (!Array.isArray(signatures)) return noEnvelope('/signatures', 'its signatures are no list')
  if (signatures.length < 1 || signatures.length > MAX_SIGNATURES)
    return refuse(
      'EXCHANGE_SIGNATURES',
      `The envelope has ${signatures.length} signatures, not 1 to ${MAX_SIGNATURES}.`,
      {
        place: '/signatures',
        fix: 'Sign it with a key of the sender, and leave out signatures that nobody needs.',
      },
    )
  const readSignatures: EnvelopeSignature[] = []
  for (const [at, one] of signatures.entries()) {
    const signature = readSignature(one as Json, `/signatures/${at}`)
    if (!signature.ok) return signature
    const { keyId } = signature.value
    if (readSignatures.some((other) => other.keyId === keyId))
      return refuse('EXCHANGE_SIGNATURES', `The envelope has two signatures under the key ${keyId}.`, {
        place: `/signatures/${at}`,
        fix: 'Keep one of them.',
      })
    readSignatures.push(signature.value)
  }
  return ok({ payloadType, payload: bytesOfPayload, signatures: readSignatures })
}

function readSignature(json: Json, place: string): Result<EnvelopeSignature> {
  const members = membersOf(json, ['keyid', 'sig'])
  if (members === null) return noEnvelope(place, 'a signature has not exactly the members keyid and sig')
  const { keyid, sig } = members
  if (typeof keyid !== 'string' || !/^[0-9a-f]{64}$/.test(keyid))
    return refuse('EXCHANGE_KEY_ID', 'The key of a signature is not named by 64 lower-case hexadecimal digits.', {
      place: `${place}/keyid`,
      fix: 'Name the key by the SHA-256 of its SubjectPublicKeyInfo.',
    })
  const signature = typeof sig === 'string' ? base64ToBytes(sig) : null
  return signature === null ? noBase64(`${place}/sig`) : ok({ keyId: keyid, signature })
}

/** The members where these are all, else null. */
function membersOf(json: Json, names: readonly string[]): { readonly [name: string]: Json } | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
  const found = Object.keys(json)
  return found.length === names.length && names.every((name) => Object.hasOwn(json, name))
    ? (json as { readonly [name: string]: Json })
    : null
}

function noEnvelope(place: string, why: string) {
  return refuse('EXCHANGE_ENVELOPE', `This is no envelope of a message: ${why}.`, {
    place: place || '/',
    fix: 'Send a DSSE envelope as docs/spec/exchange.md describes it.',
  })
}

function noBase64(place: string) {
  return refuse('EXCHANGE_BASE64', 'Bytes are not written in base64, or not in its one way.', {
    place,
    fix: 'Use the alphabet with + and /, with padding, without spaces, and with zeros in the unused bits.',
  })
}
