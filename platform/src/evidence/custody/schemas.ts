/** The shapes in which acts of custody come in. */
import { type Static, Type } from '@sinclair/typebox'
import { PersonId } from '../../kernel/index.ts'

export const Uuid = (description: string) => Type.String({ format: 'uuid', description })
export const CaseId = Uuid('The case.')
export const ExhibitId = Uuid('The exhibit.')
export const Instant = (description: string) =>
  Type.String({ format: 'date-time', pattern: '\\.\\d{3}Z$', description: `${description} UTC, with milliseconds.` })
/** Text that says something: at least one character that is not a blank. */
export const Words = (description: string, maxLength = 500) =>
  Type.String({ minLength: 1, maxLength, pattern: '\\S', description })
export const Digits = (description: string) => Type.String({ pattern: '^(0|[1-9]\\d{0,77})$', description })

export const ToolShape = Type.Object(
  {
    name: Words('The name of the tool.', 120),
    version: Words('Its version, as it shows itself.', 60),
    settings: Type.Optional(Words('How it was set.', 2000)),
  },
  { additionalProperties: false },
)

export const Outside = Type.Object(
  {
    name: Words('The person.', 200),
    agency: Words('For whom this person acts.', 200),
    office: Type.Optional(Words('In which office or rank.', 200)),
  },
  { additionalProperties: false, description: 'Somebody outside this node.' },
)
export type Outside = Static<typeof Outside>

export const PersonOrOutside = Type.Union([
  Type.Object({ personId: PersonId }, { additionalProperties: false }),
  Type.Object({ outside: Outside }, { additionalProperties: false }),
])
export type PersonOrOutside = Static<typeof PersonOrOutside>

/** What every act says: by what right, where, when, how (ISO/IEC 27037, 6.1: who, when, where, why). */
export const actFields = {
  caseId: CaseId,
  exhibitId: ExhibitId,
  authority: Words('By what right: the order, warrant or provision.'),
  place: Words('Where.'),
  began: Type.Optional(Instant('When it began; now where it is left out.')),
  ended: Type.Optional(Instant('When it ended; when it began where it is left out.')),
  remarks: Type.Optional(Words('What else matters.', 4000)),
  condition: Type.Optional(Words('In what condition the exhibit is.', 1000)),
  witness: Type.Optional(PersonId),
  proof: Type.Optional(Uuid('A signed form, as an exhibit of kind document, for an act on behalf of somebody else.')),
}
export const ActFields = Type.Object(actFields, { additionalProperties: false })
export type ActFields = Static<typeof ActFields>

export const SealNumber = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9./ -]{0,63}$',
  description: 'The number on the seal.',
})

export const KeyControl = Type.Union([
  Type.Object(
    {
      form: Type.Literal('shares'),
      threshold: Type.Integer({ minimum: 1, maximum: 255 }),
      shares: Type.Integer({ minimum: 1, maximum: 255 }),
      scheme: Words('As SLIP-39, or Shamir over GF(256).', 120),
      held: Words('Which shares the agency holds, and where each lies.', 2000),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      form: Type.Literal('multisig'),
      threshold: Type.Integer({ minimum: 1, maximum: 255 }),
      keys: Type.Integer({ minimum: 1, maximum: 255 }),
      network: Words('The network.', 40),
      policy: Words('The script, descriptor or contract.', 4000),
      held: Words('Which keys the agency holds.', 2000),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      form: Type.Literal('exchange-account'),
      provider: Words('The provider.', 200),
      account: Words('The account, as the provider names it.', 200),
      measure: Words('What the provider has done on whose order: frozen, credentials handed over.', 1000),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      form: Type.Literal('hardware-wallet'),
      make: Words('Make and model.', 120),
      serial: Type.Optional(Words('Serial number.', 120)),
      device: Type.Optional(Uuid('The exhibit of kind device.')),
      secrets: Words('Which secrets are known, as PIN and seed; never the secrets themselves.', 1000),
    },
    { additionalProperties: false },
  ),
])
export type KeyControl = Static<typeof KeyControl>

export const ChainTxShape = Type.Object(
  {
    network: Words('The network.', 40),
    txid: Words('The transaction.', 128),
    from: Type.Array(Words('Address.', 200), { minItems: 1, maxItems: 500 }),
    to: Type.Array(Words('Address.', 200), { minItems: 1, maxItems: 500 }),
    amountBaseUnits: Digits('In the smallest unit of the asset; never a fiat value.'),
    blockHeight: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { description: 'Null while unconfirmed.' }),
    confirmations: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false, description: 'The transaction that moved the coins.' },
)

export const EventShape = Type.Object(
  { exhibitId: Type.String(), seq: Type.Integer(), act: Type.String(), state: Type.String(), digest: Type.String() },
  { additionalProperties: false },
)
