/** Signing an envelope and checking who signed it. Cryptography comes in as ports, keys only from the directory. */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { type Envelope, preAuthEncoding, writeEnvelope } from './envelope.ts'
import { keyIdOf } from './key-id.ts'

/** A key of the agency that can sign; the secret stays behind the function. */
export type Signer = { readonly keyId: string; sign(bytes: Uint8Array): Uint8Array }

/** A key as the directory gives it: whose it is, and its 32 bytes (Ed25519). */
export type KnownKey = { readonly agency: string; readonly publicKey: Uint8Array }

export type Keys = {
  /** The key of this id in the directory, or null. Never a key out of a message. */
  keyOf(keyId: string): KnownKey | null
  /** kernel/crypto's `checkEd25519`. */
  check(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
}

export function signEnvelope(payloadType: string, payload: Uint8Array, signers: readonly Signer[]): Uint8Array {
  const signed = preAuthEncoding(payloadType, payload)
  return writeEnvelope({
    payloadType,
    payload,
    signatures: signers.map((signer) => ({ keyId: signer.keyId, signature: signer.sign(signed) })),
  })
}

/**
 * The one agency whose keys signed. A signature under a key that the directory does not know is passed over: a sender that
 * changes its keys signs with both. A signature under a known key that is wrong refuses the whole, so that no two receivers
 * with one directory differ.
 */
export function checkSignatures(
  envelope: Envelope,
  keys: Keys,
): Result<{ readonly agency: string; readonly keyIds: readonly string[] }> {
  const signed = preAuthEncoding(envelope.payloadType, envelope.payload)
  const keyIds: string[] = []
  let agency: string | null = null
  for (const [at, { keyId, signature }] of envelope.signatures.entries()) {
    const place = `/signatures/${at}`
    const known = keys.keyOf(keyId)
    if (known === null) continue
    if (keyIdOf(known.publicKey) !== keyId)
      return refuse('EXCHANGE_KEY_ID', `The key ${keyId} is listed under an id that is not its own.`, {
        place,
        fix: 'Do not use this directory; tell those who sign it.',
      })
    if (!keys.check(known.publicKey, signed, signature))
      return refuse('EXCHANGE_SIGNATURE', `The signature under the key ${keyId} is wrong.`, {
        place,
        fix: 'Ask the sender for the message again; it was changed on the way, or signed as something else.',
      })
    if (agency !== null && agency !== known.agency)
      return refuse('EXCHANGE_SENDER', 'Keys of two agencies have signed one message.', {
        place,
        fix: 'Each agency signs its own messages.',
      })
    agency = known.agency
    keyIds.push(keyId)
  }
  if (agency !== null) return ok({ agency, keyIds })
  return refuse('EXCHANGE_KEY_UNKNOWN', 'No signature is under a key that the directory gives a member.', {
    place: '/signatures',
    fix: 'Bring the directory up to date; else the sender is no member, or its key was taken back.',
  })
}
