/**
 * The portable proof that a sender contradicted itself: two messages, both signed with its keys, that differ and have one id, or
 * one place in one exchange. Anybody who has the keys can check it; nobody needs to believe who found it.
 *
 * Only what the proof needs is read of the two: a sender does not get away by sending something that is otherwise malformed.
 */
import { type Static, Type } from '@sinclair/typebox'
import {
  base64ToBytes,
  bytesToBase64,
  canonicalJson,
  type Json,
  ok,
  type Result,
  refuse,
  strictJson,
  textToBytes,
} from '../../kernel/index.ts'
import { type Envelope, MAX_DEPTH, MAX_ENVELOPE_BYTES, messageDigest, readEnvelope } from './envelope.ts'
import { AgencyId, closed, count, MessageId, nullable, open } from './fields.ts'
import { parsePayloadType } from './payload-type.ts'
import { misfit } from './schema-check.ts'
import { checkSignatures, type Keys } from './signing.ts'

export const Conflict = closed(
  {
    v: Type.Literal(1),
    first: Type.String({ maxLength: 1_400_000, description: 'An envelope, byte for byte, in base64.' }),
    second: Type.String({ maxLength: 1_400_000, description: 'The other one.' }),
  },
  'Two messages with which a sender contradicted itself.',
)
export type Conflict = Static<typeof Conflict>

export type ShownConflict = {
  readonly agency: string
  /** `id`: two messages with one id. `place`: two at one place of one exchange. */
  readonly same: 'id' | 'place'
  readonly id: string
  readonly exchange: string | null
  readonly seq: number
  /** Of the two messages, the smaller one first: the same proof whoever found it. */
  readonly digests: readonly [string, string]
}

/** The file of the proof; the same bytes in whichever order the two were found. */
export function writeConflict(one: Uint8Array, other: Uint8Array): Uint8Array {
  const [first, second] = [bytesToBase64(one), bytesToBase64(other)].sort()
  return textToBytes(canonicalJson({ v: 1, first, second } as Json))
}

export function checkConflict(bytes: Uint8Array, keys: Keys): Result<ShownConflict> {
  const read = strictJson(bytes, { maxBytes: 3 * MAX_ENVELOPE_BYTES, maxDepth: MAX_DEPTH })
  if (!read.ok) return read
  const wrong = misfit(Conflict, read.value)
  if (wrong) return malformed(wrong.place, wrong.what)
  const { first, second } = read.value as unknown as Conflict
  const one = readClaim(first, '/first', keys)
  if (!one.ok) return one
  const other = readClaim(second, '/second', keys)
  if (!other.ok) return other
  return compare(one.value, other.value)
}

const Claim = open({
  header: open({
    id: MessageId,
    exchange: nullable(Type.String({ pattern: '^[0-9a-f]{64}$' })),
    from: AgencyId,
    seq: count(2_147_483_647, 'The place.', 1),
  }),
})
type Claim = Static<typeof Claim>['header'] & { readonly digest: string }

function compare(one: Claim, other: Claim): Result<ShownConflict> {
  const no = (why: string) =>
    refuse('EXCHANGE_CONFLICT_NOT_SHOWN', `The two messages are no contradiction: ${why}.`, {
      place: '/second',
      fix: 'Show two messages that differ and have one id, or one place in one exchange.',
    })
  if (one.from !== other.from) return no('they are of two senders')
  if (one.digest === other.digest) return no('they are the same message')
  const sameId = one.id === other.id
  // Two opening messages have no exchange in common: each opens its own.
  const samePlace = one.exchange !== null && one.exchange === other.exchange && one.seq === other.seq
  if (!sameId && !samePlace) return no('they have two ids and two places')
  const digests = [one.digest, other.digest].sort() as [string, string]
  const { from: agency, id, exchange, seq } = one.digest === digests[0] ? one : other
  return ok({ agency, same: sameId ? 'id' : 'place', id, exchange, seq, digests })
}

function readClaim(base64: string, place: string, keys: Keys): Result<Claim> {
  const bytes = base64ToBytes(base64)
  if (bytes === null) return malformed(place, 'is not base64')
  const envelope = readEnvelope(bytes)
  if (!envelope.ok) return envelope
  const signed = checkSignatures(envelope.value, keys)
  if (!signed.ok) return signed
  const claim = claimOf(envelope.value)
  if (!claim.ok) return claim
  if (claim.value.from !== signed.value.agency)
    return refuse('EXCHANGE_SENDER', 'The message was signed with a key of another agency than its sender.', {
      place,
      fix: 'It shows nothing of the agency that it names.',
    })
  return claim
}

function claimOf(envelope: Envelope): Result<Claim> {
  if (parsePayloadType(envelope.payloadType) === null)
    return refuse('EXCHANGE_PAYLOAD_TYPE', 'The envelope does not carry a message of this protocol.', {
      place: '/payloadType',
      fix: 'Show two messages of this protocol.',
    })
  const read = strictJson(envelope.payload, { maxBytes: MAX_ENVELOPE_BYTES, maxDepth: MAX_DEPTH })
  if (!read.ok) return read
  const wrong = misfit(Claim, read.value)
  if (wrong) return malformed(wrong.place, wrong.what)
  const { id, exchange, from, seq } = (read.value as unknown as Static<typeof Claim>).header
  return ok({ id, exchange, from, seq, digest: messageDigest(envelope) })
}

function malformed(place: string, what: string) {
  return refuse('EXCHANGE_STATEMENT', `The proof of a contradiction is malformed: it ${what}.`, {
    place,
    fix: 'Correct the member at that place; see docs/spec/exchange.md.',
  })
}
