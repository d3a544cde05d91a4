/** Objects that many bodies share. Amounts are strings of digits in base units, each with its asset. */
import { type Static, Type } from '@sinclair/typebox'
import {
  AgencyId,
  BaseUnits,
  ChainId,
  Country,
  count,
  day,
  digest,
  instant,
  listOf,
  named,
  nullable,
  oneOf,
  text,
  UnitId,
} from './fields.ts'
import { ledCategories, positions } from './vocabulary.ts'

export const Money = named('Money', { amount: BaseUnits, asset: UnitId }, 'An amount of one asset.')
export type Money = Static<typeof Money>

export const Valuation = named(
  'Valuation',
  {
    value: Money,
    at: instant('As of when.'),
    source: text(500, 'Where the price is from.'),
    rule: text(500, 'How it was computed.'),
  },
  'What an asset was worth, by a stated source and rule.',
)

export const Authority = named(
  'Authority',
  {
    name: text(300, 'The name.'),
    country: Country,
    kind: oneOf(
      [
        'court',
        'judge',
        'investigating-judge',
        'prosecutor',
        'police',
        'fiu',
        'aro',
        'amo',
        'central-authority',
        'contact-24-7',
        'provider',
        'other',
      ] as const,
      'What it is.',
    ),
    agency: nullable(AgencyId),
    address: nullable(text(1000, 'Where it is reached.')),
    reference: nullable(text(200, 'Its file number.')),
  },
  'An authority or a service.',
)

export const Identifier = named(
  'Identifier',
  {
    kind: oneOf(
      [
        'name',
        'date-of-birth',
        'document',
        'account',
        'address',
        'transaction',
        'email',
        'phone',
        'ip',
        'device',
        'user-id',
        'domain',
        'other',
      ] as const,
      'What it is.',
    ),
    value: text(500, 'The value, as it was found.'),
    from: nullable(instant('From when it is meant.')),
    to: nullable(instant('Until when.')),
    zone: nullable(text(60, 'The time zone of the source, as Europe/Vienna.')),
  },
  'By which a person, an account or data is found.',
)

export const Person = named(
  'Person',
  {
    kind: oneOf(['natural', 'legal'] as const, 'A human being, or a body with rights of its own.'),
    name: nullable(text(300, 'The name, as far as it is known.')),
    aliases: listOf(text(300, 'Another name.'), 50, 'Other names.'),
    born: nullable(day('The day of birth, or of registration.')),
    nationalities: listOf(Country, 10, 'Nationalities, or the country of registration.'),
    identifiers: listOf(Identifier, 100, 'By which the person is found.'),
    ledCategory: nullable(oneOf(ledCategories, 'The category of Directive 2016/680 art. 6.')),
    position: nullable(oneOf(positions, 'How the person stands towards the order (Reg. 2018/1805, Annex I C).')),
  },
  'A person. Category and position are two things, and neither says anything about guilt.',
)

export const Victim = named(
  'Victim',
  {
    pseudonym: text(100, 'A token of the sender, in place of the name wherever the name is not needed.'),
    country: nullable(Country),
    loss: listOf(Money, 50, 'What was lost.'),
    claims: nullable(oneOf(['restitution', 'compensation', 'both', 'none'] as const, 'What the victim asks for.')),
    contact: nullable(text(500, 'Through whom the victim is reached.')),
  },
  'Somebody who was harmed.',
)

export const Property = named(
  'Property',
  {
    kind: oneOf(
      ['vasp-account', 'self-hosted-wallet', 'device', 'contract-token', 'bank', 'fiat', 'other'] as const,
      'What holds it.',
    ),
    chain: nullable(ChainId),
    asset: nullable(UnitId),
    address: nullable(Type.String({ minLength: 1, maxLength: 128, pattern: '^\\S+$', description: 'The address.' })),
    account: nullable(text(200, 'The account, as the service names it.')),
    amount: nullable(BaseUnits),
    valuations: listOf(Valuation, 20, 'What it was worth, each with time and source.'),
    holder: nullable(text(300, 'Who holds it: the service, or the person.')),
    jurisdiction: nullable(Country),
    interests: listOf(text(1000, 'An interest of somebody else.'), 50, 'Rights of others that are known.'),
    traceRecord: nullable(digest('The digest of the trace record that leads to it.')),
  },
  'An asset and where it lies.',
)

export const Offence = named(
  'Offence',
  {
    conduct: text(10_000, 'What was done, in words of no penal code: dual criminality is tested by it.'),
    provision: text(1000, 'The provision of the sender’s law.'),
    penaltyMonths: nullable(
      count(12_000, 'The maximum of the custodial sentence in months; null where it is none or for life.'),
    ),
    life: Type.Boolean({ description: 'Whether a sentence for life is possible.' }),
    iccs: nullable(Type.String({ pattern: '^[0-9]{2,7}$', description: 'The class of the ICCS of UNODC.' })),
    euList: nullable(text(100, 'The entry of the list of Reg. 2018/1805 art. 3(1).')),
    budapest: nullable(text(40, 'The article of the Budapest Convention.')),
    dualCriminality: oneOf(['not-asked', 'met', 'to-be-tested'] as const, 'What the sender says of dual criminality.'),
  },
  'What is punished.',
)

export const Facts = named(
  'Facts',
  {
    summary: text(50_000, 'The facts, as far as they are needed.'),
    from: nullable(instant('When it began.')),
    to: nullable(instant('When it ended.')),
    places: listOf(text(200, 'A place.'), 50, 'Where.'),
    transactions: listOf(
      named(
        'Transaction',
        {
          chain: ChainId,
          id: Type.String({
            minLength: 8,
            maxLength: 128,
            pattern: '^[0-9A-Za-z]+$',
            description: 'Its id on the chain.',
          }),
          note: nullable(text(500, 'What it shows.')),
        },
        'A transaction on a chain.',
      ),
      500,
      'Transactions that matter.',
    ),
  },
  'What happened.',
)

export const Deadline = named(
  'Deadline',
  {
    due: nullable(instant('When it ends, as the sender computes it.')),
    rule: nullable(text(80, 'The rule of the packs, as EEV-11-1a.')),
    article: nullable(text(200, 'The provision.')),
    trigger: text(300, 'From what it runs.'),
    reason: nullable(text(2000, 'Why, where the sender merely asks for it.')),
  },
  'A period; which law binds whom the receiver computes for itself.',
)

export const Period = named(
  'Period',
  { from: nullable(instant('From when.')), to: nullable(instant('Until when.')) },
  'A stretch of time.',
)

/** What all shared objects are called in docs/spec/exchange/shared.schema.json. */
export const sharedObjects = {
  Authority,
  Deadline,
  Facts,
  Identifier,
  Money,
  Offence,
  Period,
  Person,
  Property,
  Valuation,
  Victim,
}
