/**
 * Statements: what a node says of a message rather than in one. They travel in envelopes as messages do, under payload types
 * of their own, and have no header: they belong to no exchange and are never answered.
 */
import type { Static, TSchema } from '@sinclair/typebox'
import { canonicalJson, type Json, ok, type Result, refuse, strictJson, textToBytes } from '../../kernel/index.ts'
import { MAX_DEPTH, MAX_ENVELOPE_BYTES, MAX_SIGNATURES, messageDigest, readEnvelope } from './envelope.ts'
import { payloadTypeOf } from './payload-type.ts'
import { misfit } from './schema-check.ts'
import { checkSignatures, type Keys, type Signer, signEnvelope } from './signing.ts'

/** `signedBy`: the agency that must have signed it, by what it says itself. `check`: what its schema cannot say. */
export type StatementForm<S extends TSchema> = {
  readonly type: string
  readonly major: number
  readonly schema: S
  readonly signedBy: (value: Static<S>) => string
  readonly check: (value: Static<S>) => Result<null>
}

export type Statement<T> = { readonly value: T; readonly digest: string; readonly keyIds: readonly string[] }

export function packStatement<S extends TSchema>(
  form: StatementForm<S>,
  value: Static<S>,
  signers: readonly Signer[],
): Result<Uint8Array> {
  const payload = textToBytes(canonicalJson(value as Json))
  const read = readStatement(form, payload)
  if (!read.ok) return read
  const envelope = signEnvelope(payloadTypeOf(form), payload, signers)
  // As for a message: nothing else of an envelope made here could keep it from being read at the other end.
  if (envelope.length > MAX_ENVELOPE_BYTES || signers.length < 1 || signers.length > MAX_SIGNATURES) {
    const readable = readEnvelope(envelope)
    if (!readable.ok) return readable
  }
  return ok(envelope)
}

export function openStatement<S extends TSchema>(
  form: StatementForm<S>,
  bytes: Uint8Array,
  keys: Keys,
): Result<Statement<Static<S>>> {
  const envelope = readEnvelope(bytes)
  if (!envelope.ok) return envelope
  const signed = checkSignatures(envelope.value, keys)
  if (!signed.ok) return signed
  if (envelope.value.payloadType !== payloadTypeOf(form))
    return refuse('EXCHANGE_PAYLOAD_TYPE', `The envelope carries no ${form.type}.`, {
      place: '/payloadType',
      fix: `Expected is ${payloadTypeOf(form)}.`,
    })
  const value = readStatement(form, envelope.value.payload)
  if (!value.ok) return value
  if (form.signedBy(value.value) !== signed.value.agency)
    return refuse('EXCHANGE_SENDER', `The ${form.type} was signed with a key of another agency than it says.`, {
      place: '/signatures',
      fix: 'Do not rely on it; tell both agencies.',
    })
  return ok({ value: value.value, digest: messageDigest(envelope.value), keyIds: signed.value.keyIds })
}

function readStatement<S extends TSchema>(form: StatementForm<S>, payload: Uint8Array): Result<Static<S>> {
  const read = strictJson(payload, { maxBytes: MAX_ENVELOPE_BYTES, maxDepth: MAX_DEPTH })
  if (!read.ok) return read
  const wrong = misfit(form.schema, read.value)
  if (wrong)
    return refuse('EXCHANGE_STATEMENT', `The ${form.type} is malformed: it ${wrong.what}.`, {
      place: wrong.place,
      fix: 'Correct the member at that place; see docs/spec/exchange.md.',
    })
  const value = read.value as Static<S>
  const checked = form.check(value)
  return checked.ok ? ok(value) : checked
}
