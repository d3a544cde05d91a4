/**
 * What the directory says of a member, as TypeBox schemas: the card, which the member writes and signs, and the grant, which the
 * keepers of the directory add.
 */
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { AGENCY_ID } from '../format/names.ts'

const closed = { additionalProperties: false } as const
const Hex32 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Instant = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$',
  description: 'Seconds, UTC, as 2027-01-31T12:00:00Z.',
})
const words = (most: number, what: string) =>
  // No control character and no line break: what stands here is shown to people.
  Type.String({
    minLength: 1,
    maxLength: most,
    pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]+$',
    description: what,
  })
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const period = { from: Instant, until: orNull(Instant) }

export const memberKinds = [
  'prosecutor',
  'fiu',
  'police',
  'court',
  'aro',
  'central-authority',
  'vasp',
  'analytics',
  'auditor',
  'other',
] as const
export type MemberKind = (typeof memberKinds)[number]

export const memberRoles = ['witness', 'keeper', 'gateway', 'observer'] as const

const choice = <T extends string>(names: readonly T[], description: string) =>
  Type.Union(
    names.map((name) => Type.Literal(name)),
    { description },
  )

const PublishedKey = Type.Object(
  { keyid: Hex32, publicKey: Hex32, ...period },
  {
    ...closed,
    description: 'A key, its id (SHA-256 of its SubjectPublicKeyInfo) and when it is used; until null is open.',
  },
)

export const Card = Type.Object(
  {
    _type: Type.Literal('member-card'),
    v: Type.Literal(1),
    revision: Type.Integer({ minimum: 1, description: 'Goes up with every new card of the agency.' }),
    id: Type.String({ pattern: AGENCY_ID }),
    name: words(200, 'The name of the agency in its own language.'),
    country: Type.String({
      pattern: '^[A-Z]{2}$',
      description: 'ISO 3166-1 alpha-2; EU and UN, which ISO reserves, for bodies of those.',
    }),
    kind: choice(memberKinds, 'What the agency is.'),
    endpoint: Type.String({
      maxLength: 300,
      pattern: '^https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9][0-9]{0,4})?(?:/[A-Za-z0-9._~-]+)*$',
      description: 'Where its node takes messages: https, no query, no slash at the end.',
    }),
    tlsPins: Type.Array(Hex32, {
      minItems: 1,
      maxItems: 8,
      uniqueItems: true,
      description: 'SHA-256 of the SubjectPublicKeyInfo of each TLS key that the node may show.',
    }),
    signingKeys: Type.Array(PublishedKey, { minItems: 1, maxItems: 8, description: 'Ed25519: sign its messages.' }),
    hpkeKeys: Type.Array(PublishedKey, {
      minItems: 1,
      maxItems: 8,
      description: 'X25519: files are encrypted to them.',
    }),
    oprfKeys: Type.Array(
      Type.Object({ epoch: Type.Integer({ minimum: 1 }), publicKey: Hex32, from: Instant, until: Instant }, closed),
      { maxItems: 8, description: 'ristretto255, by epoch: deconfliction between nodes.' },
    ),
    journalKey: orNull(words(300, 'The key of its journal (C2SP vkey, type 1).')),
    witnessKey: orNull(words(300, 'The key with which it cosigns journals of others (C2SP vkey, type 4).')),
    contact: Type.Object(
      {
        hours: words(100, 'When somebody answers, with the time zone.'),
        languages: Type.Array(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }), {
          minItems: 1,
          maxItems: 16,
        }),
        dutyLine: words(100, 'Telephone or address of the desk on duty.'),
      },
      closed,
    ),
  },
  {
    ...closed,
    $id: 'urn:comity:directory:card',
    description: 'What an agency says of itself, signed by each of its keys.',
  },
)
export type Card = Static<typeof Card>

export const Scope = Type.Object(
  {
    messages: Type.String({
      maxLength: 100,
      pattern: '^(\\*|[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)*(\\.\\*)?)$',
      description: 'One message type (freeze.request), a family (freeze.*), or * for all.',
    }),
    send: Type.Boolean(),
    receive: Type.Boolean(),
  },
  closed,
)

const Amount = Type.Integer({ minimum: 0 })
export const Limits = Type.Object(
  {
    messagesPerMinute: Amount,
    bytesPerDay: Amount,
    oprfElementsPerDay: Amount,
    openConnections: Amount,
    attachmentBytes: Amount,
  },
  closed,
)

export const Grant = Type.Object(
  {
    status: choice(['active', 'suspended'], 'A suspended member opens nothing new; what is under way goes on.'),
    scopes: Type.Array(Scope, { minItems: 1, maxItems: 64, description: 'What it may send and receive.' }),
    roles: Type.Array(choice(memberRoles, 'What it does for the others.'), { maxItems: 8, uniqueItems: true }),
    limits: Limits,
    notBefore: Instant,
    notAfter: Instant,
  },
  { ...closed, $id: 'urn:comity:directory:grant', description: 'What the keepers of the directory let a member do.' },
)
export type Grant = Static<typeof Grant>

const Signatures = Type.Array(Type.Object({ keyid: Hex32, sig: Type.String({ pattern: '^[0-9a-f]{128}$' }) }, closed), {
  minItems: 1,
  maxItems: 18,
})
export const SignedCard = Type.Object({ signatures: Signatures, signed: Card }, closed)
export type SignedCard = Static<typeof SignedCard>

export const MemberFile = Type.Object(
  { v: Type.Literal(1), card: SignedCard, grant: Grant },
  { ...closed, $id: 'urn:comity:directory:member', description: 'The file of a member: members/<agency>.json.' },
)
export type MemberFile = Static<typeof MemberFile>
