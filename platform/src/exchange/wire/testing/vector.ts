/** Vectors of the exchange: what they look like, how one is run, and what they are made with. */
import {
  base64ToBytes,
  bytesToBase64,
  canonicalJson,
  concatBytes,
  type Json,
  textToBytes,
} from '../../../kernel/index.ts'
import {
  checkConflict,
  checkFollows,
  type Draft,
  formsOf,
  keyIdOf,
  listChangedForm,
  messageTypes,
  openMessage,
  openStatement,
  type PayloadType,
  payloadTypeOf,
  receiptForm,
  signEnvelope,
  skipForm,
} from '../index.ts'
import { keysOf, members, type TestKey, tallinn, vienna } from './agencies.ts'
import { asJson } from './messages.ts'

export type VectorKey = { readonly agency: string; readonly keyId: string; readonly publicKey: string }

/** `docs/spec/exchange.md`, section "Vectors", says what each member means. */
export type Vector = {
  readonly claim: string
  readonly opens: 'message' | 'receipt' | 'skip' | 'list.changed' | 'conflict' | 'follows'
  /** The bytes that arrive, in base64, after so many spaces. */
  readonly bytes?: string
  readonly leadingSpaces?: number
  /** Majors that the receiver speaks, where it does not speak all. */
  readonly speaks?: Readonly<Record<string, readonly number[]>>
  /** Keys of the directory, where they are not those of directory.json. */
  readonly keys?: readonly VectorKey[]
  readonly exchange?: { readonly type: string; readonly from: string; readonly to: string }
  readonly follows?: { readonly type: string; readonly from: string; readonly to: string }
  readonly refused?: string
  /** What comes out. `payload` is the text of the payload, for people to read. */
  readonly gives?: Json
  readonly payload?: string
}

export const vectorKeys: readonly VectorKey[] = members.map(toVectorKey)

export function toVectorKey({ agency, keyId, publicKey }: TestKey): VectorKey {
  return { agency, keyId, publicKey: bytesToBase64(publicKey) }
}

/** The agency that receives in every vector. */
export const receiver = tallinn.agency

/** What comes of a vector: `{gives}` or `{refused}`. */
export function runVector(vector: Vector): { readonly gives?: Json; readonly refused?: string } {
  const result = opened(vector)
  return result.ok ? { gives: asJson(result.value) } : { refused: result.refusal.code }
}

function opened(vector: Vector) {
  const listed = (vector.keys ?? vectorKeys).map(
    ({ agency, keyId, publicKey }) => ({ agency, keyId, publicKey: base64ToBytes(publicKey) }) as TestKey,
  )
  const keys = keysOf(...listed)
  const bytes = concatBytes(
    new Uint8Array(vector.leadingSpaces ?? 0).fill(0x20),
    base64ToBytes(vector.bytes ?? '') ?? new Uint8Array(),
  )
  switch (vector.opens) {
    case 'message': {
      const result = openMessage(bytes, keys, receiver, formsSpeaking(vector.speaks ?? {}))
      if (!result.ok) return result
      const { type, major, digest, header, body } = result.value
      return { ok: true as const, value: { type, major, digest, header, body } }
    }
    case 'receipt':
      return openStatement(receiptForm, bytes, keys)
    case 'skip':
      return openStatement(skipForm, bytes, keys)
    case 'list.changed':
      return openStatement(listChangedForm, bytes, keys)
    case 'conflict':
      return checkConflict(bytes, keys)
    case 'follows': {
      const { type, from, to } = vector.follows ?? { type: '', from: '', to: '' }
      return checkFollows(vector.exchange ?? { type: '', from: '', to: '' }, { type, header: { from, to } })
    }
  }
}

function formsSpeaking(speaks: Readonly<Record<string, readonly number[]>>) {
  return formsOf(
    new Map(
      [...messageTypes].map(([type, definition]) => {
        const only = speaks[type]
        const majors = Object.fromEntries(
          Object.entries(definition.majors).filter(([major]) => only === undefined || only.includes(Number(major))),
        )
        return [type, { ...definition, majors }]
      }),
    ),
  )
}

/** Signed as it is, right or wrong. */
export function signedBytes(
  payload: Json | string | Uint8Array,
  kind: PayloadType | string = { type: 'ack', major: 1 },
  by: readonly TestKey[] = [vienna],
): Uint8Array {
  const bytes =
    payload instanceof Uint8Array
      ? payload
      : textToBytes(typeof payload === 'string' ? payload : canonicalJson(payload))
  return signEnvelope(typeof kind === 'string' ? kind : payloadTypeOf(kind), bytes, by)
}

export function payloadOf({ header, body }: Pick<Draft, 'header' | 'body'>): {
  header: Record<string, Json>
  body: Json
} {
  return asJson({ header, body }) as never
}

/** The envelope as JSON, to be written some other way. */
export function envelopeJson(bytes: Uint8Array): {
  payload: string
  payloadType: string
  signatures: { keyid: string; sig: string }[]
} {
  return JSON.parse(new TextDecoder().decode(bytes))
}

/** A key that claims another id. */
export function underId(key: TestKey, keyId: string): TestKey {
  return { ...key, keyId }
}
export { keyIdOf }
