/**
 * Reads the card and the file of a member, and checks what a schema cannot say: that each key that can sign has signed the card
 * (proof of possession), that no key stands twice, and that those who are no authority are not let into everything.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { parseVkey } from '../../../evidence/index.ts'
import {
  bytesToHex,
  canonicalJson,
  catchRefusal,
  concatBytes,
  hexToBytes,
  type Json,
  type Result,
  reversed,
  stop,
  textToBytes,
} from '../../../kernel/index.ts'
import { keyIdOf, twice } from '../format/keys.ts'
import { readCanonical } from '../format/parse-metadata.ts'
import type { SignatureCheck } from '../format/signatures.ts'
import { type Card, type Grant, type MemberFile, MemberFile as MemberSchema, SignedCard } from './schema.ts'

/** A member, as the other rooms see it. */
export type Member = Omit<Card, '_type' | 'v'> & Grant

export const MAX_MEMBER_BYTES = 64 * 1024

/** No card can be taken for a file of another kind that the same key signs. */
const CARD_CONTEXT = textToBytes('comity-member-card-v1\n')

export function cardMessage(card: Card): Uint8Array {
  return concatBytes(CARD_CONTEXT, textToBytes(canonicalJson(card as Json)))
}

/** A card that came from the agency itself, before there is a grant. */
export function parseCard(bytes: Uint8Array, check: SignatureCheck): Result<SignedCard> {
  return catchRefusal(() => {
    const card = fitting<SignedCard>(SignedCard, readCanonical(bytes, MAX_MEMBER_BYTES))
    checkCard(card, check)
    return card
  })
}

export function parseMember(bytes: Uint8Array, check: SignatureCheck): Result<Member> {
  return catchRefusal(() => {
    const { card, grant } = fitting<MemberFile>(MemberSchema, readCanonical(bytes, MAX_MEMBER_BYTES))
    checkCard(card, check)
    checkGrant(card.signed, grant)
    const { _type, v, ...said } = card.signed
    return { ...said, ...grant }
  })
}

export function formatMember(card: SignedCard, grant: Grant): Uint8Array {
  return textToBytes(canonicalJson({ v: 1, card, grant } as Json))
}

/** Ids of the keys that have signed the card: these are the member's beyond doubt. */
export function provenKeyIdsOf(member: Pick<Card, 'signingKeys' | 'journalKey' | 'witnessKey'>): readonly string[] {
  return [...member.signingKeys.map(({ keyid }) => keyid), ...vkeysOf(member).map(({ keyid }) => keyid)]
}

/** Throws a `Stop`. Keys that agree on keys (X25519) and OPRF keys cannot sign; the signing keys answer for them. */
function checkCard({ signed: card, signatures }: SignedCard, check: SignatureCheck): void {
  const ids = [
    ...provenKeyIdsOf(card),
    ...card.hpkeKeys.map(({ keyid }) => keyid),
    ...card.oprfKeys.map(({ publicKey }) => publicKey),
  ]
  if (new Set(ids).size !== ids.length) twice('$.card.signed')
  for (const { publicKey, keyid } of card.signingKeys) named(publicKey, keyid, 'ed25519')
  for (const { publicKey, keyid } of card.hpkeKeys) {
    named(publicKey, keyid, 'x25519')
    if (isWeakX25519(publicKey))
      stop('MEMBER_KEY_WEAK', 'An X25519 key of the card is one with which every secret is known.', {
        place: keyid,
        fix: 'Ask the agency for a new card.',
      })
  }
  const epochs = card.oprfKeys.map(({ epoch }) => epoch)
  if (new Set(epochs).size !== epochs.length) twice('$.card.signed.oprfKeys')
  for (const { from, until } of [...card.signingKeys, ...card.hpkeKeys, ...card.oprfKeys]) inOrder(from, until)
  const proving = new Map([
    ...card.signingKeys.map(({ keyid, publicKey }) => [keyid, hexToBytes(publicKey)] as const),
    ...vkeysOf(card).map(({ keyid, publicKey }) => [keyid, publicKey] as const),
  ])
  const message = cardMessage(card)
  const seen = new Set<string>()
  for (const { keyid, sig } of signatures) {
    const key = proving.get(keyid)
    if (key === undefined || seen.has(keyid) || !check(key, message, hexToBytes(sig)))
      stop('MEMBER_UNPROVEN', 'A signature on the card of a member is not by one of its keys.', {
        place: keyid,
        fix: 'Ask the agency for a new card, made with the keys that it has.',
      })
    seen.add(keyid)
  }
  for (const keyid of proving.keys())
    if (!seen.has(keyid))
      stop('MEMBER_UNPROVEN', 'A key of the card has not signed it, so that nothing shows that the agency has it.', {
        place: keyid,
        fix: 'Ask the agency for a new card, signed by each of its keys.',
      })
}

/** Firms and auditors exchange what a case needs of them; none is let into everything. */
function checkGrant({ kind }: Card, { scopes, notBefore, notAfter }: Grant): void {
  inOrder(notBefore, notAfter)
  const narrow = kind === 'vasp' || kind === 'analytics' || kind === 'auditor'
  if (narrow && scopes.some(({ messages }) => messages === '*'))
    stop('MEMBER_SCOPE_WIDE', `A member of the kind ${kind} may not have the scope of all messages.`, {
      place: '$.grant.scopes',
      fix: 'Name the families that it needs, as production.*.',
    })
}

function inOrder(from: string, until: string | null): void {
  // In this form instants sort as text.
  if (until !== null && from >= until)
    stop('MEMBER_MALFORMED', 'A period of a member ends before it begins.', { place: from, fix: 'Correct the dates.' })
}

function named(publicKey: string, keyid: string, kind: 'ed25519' | 'x25519'): void {
  if (keyIdOf(hexToBytes(publicKey), kind) !== keyid)
    stop('DIRECTORY_KEY_MISNAMED', 'A key of a member stands under an id that is not its own.', {
      place: keyid,
      fix: 'Ask the agency for a new card.',
    })
}

function vkeysOf({ journalKey, witnessKey }: Pick<Card, 'journalKey' | 'witnessKey'>) {
  return (
    [
      [journalKey, 1],
      [witnessKey, 4],
    ] as const
  ).flatMap(([text, type]) => {
    if (text === null) return []
    const key = parseVkey(text)
    if (!key.ok || key.value.type !== type)
      return stop('MEMBER_MALFORMED', 'The key of a journal or of a witness cannot be read.', {
        place: text.slice(0, 80),
        fix: 'Give it as name+id+key, of type 1 (journal) or 4 (witness).',
      })
    return [{ keyid: keyIdOf(key.value.publicKey), publicKey: key.value.publicKey }]
  })
}

const P = 2n ** 255n - 19n
/** The u coordinates of the points of small order of Curve25519 (RFC 7748 section 6.1 warns of them), below 2^255. */
const WEAK_U: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  P - 1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
])

function isWeakX25519(publicKey: string): boolean {
  const u = BigInt(`0x${bytesToHex(reversed(hexToBytes(publicKey)))}`) & (2n ** 255n - 1n)
  // The second way to write a coordinate is refused as well: two texts for one key would be two ids.
  return u >= P || WEAK_U.has(u)
}

const ajv = new Ajv2020({ strict: true, allErrors: false, ownProperties: true })
const compiled = new Map<object, ValidateFunction>()

function fitting<T>(schema: object, value: Json): T {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  if (validate(value)) return value as T
  const [error] = validate.errors ?? []
  return stop('MEMBER_MALFORMED', `The file of a member does not fit its schema: ${error?.message ?? 'unknown'}.`, {
    place: error?.instancePath || '$',
    fix: 'See docs/spec/directory.md, The file of a member.',
  })
}
