/**
 * The subset of a goAML report that is written and read, under goAML's own names; the order of the fields is the order of the
 * elements.
 *
 * How well it was read: the envelope, transactions and party nodes in headings of published manuals and in one example
 * ('verified' for the names there); the order within persons, accounts and entities, and what belongs to version 5, in code of
 * others. The schema (XSD) itself was not read, and each FIU changes it: what this writes goes into no goAML system before it was
 * checked against the schema and the code lists of that FIU. How version 5 models wallets is not known here: an address is an
 * account and an asset an item of goods and services, as countries without such a model want it.
 */
import { type Static, type TProperties, Type } from '@sinclair/typebox'

/** `exactlyOne`: lists of fields of which one must be there, and no second. */
export function shape<P extends TProperties>(
  properties: P,
  exactlyOne: readonly (readonly (keyof P & string)[])[] = [],
) {
  return Type.Object(properties, { additionalProperties: false, exactlyOne })
}

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const Code = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,40}$' })
const Time = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})?$',
})
/** Decimal text: amounts go through no floating point. */
const Amount = Type.String({ pattern: '^(0|[1-9]\\d{0,24})(\\.\\d{1,18})?$' })
const Flag = Type.String({ pattern: '^(true|false|0|1)$' })
const Country = Type.String({ pattern: '^[A-Z]{2}$' })
const Currency = Type.String({ pattern: '^[A-Z]{3}$' })
const maybe = Type.Optional

const Phone = shape({
  tph_contact_type: Code,
  tph_communication_type: Code,
  tph_country_prefix: maybe(text(10)),
  tph_number: text(50),
  tph_extension: maybe(text(10)),
  comments: maybe(text(4000)),
})
const Address = shape({
  address_type: Code,
  address: text(255),
  town: maybe(text(255)),
  city: text(255),
  zip: maybe(text(20)),
  country_code: Country,
  state: maybe(text(255)),
  comments: maybe(text(4000)),
})
const Identification = shape({
  type: Code,
  number: text(255),
  issue_date: maybe(Time),
  expiry_date: maybe(Time),
  issued_by: maybe(text(255)),
  issue_country: maybe(Country),
  comments: maybe(text(4000)),
})

export const GoamlPerson = shape({
  gender: maybe(Code),
  title: maybe(text(30)),
  first_name: text(100),
  middle_name: maybe(text(100)),
  prefix: maybe(text(100)),
  last_name: text(100),
  birthdate: maybe(Time),
  birth_place: maybe(text(255)),
  mothers_name: maybe(text(100)),
  alias: maybe(text(100)),
  ssn: maybe(text(25)),
  passport_number: maybe(text(25)),
  passport_country: maybe(Country),
  id_number: maybe(text(25)),
  phones: maybe(shape({ phone: Type.Array(Phone) })),
  addresses: maybe(shape({ address: Type.Array(Address) })),
  nationality1: maybe(Country),
  nationality2: maybe(Country),
  nationality3: maybe(Country),
  residence: maybe(Country),
  email: maybe(text(255)),
  occupation: maybe(text(255)),
  employer_name: maybe(text(255)),
  identification: maybe(Type.Array(Identification)),
  comments: maybe(text(4000)),
})
export type GoamlPerson = Static<typeof GoamlPerson>

export const GoamlEntity = shape({
  name: text(255),
  commercial_name: maybe(text(255)),
  incorporation_legal_form: maybe(Code),
  incorporation_number: maybe(text(50)),
  business: maybe(text(255)),
  phones: maybe(shape({ phone: Type.Array(Phone) })),
  addresses: maybe(shape({ address: Type.Array(Address) })),
  email: maybe(text(255)),
  incorporation_country_code: maybe(Country),
  director_id: maybe(Type.Array(GoamlPerson)),
  incorporation_date: maybe(Time),
  comments: maybe(text(4000)),
})
export type GoamlEntity = Static<typeof GoamlEntity>

export const GoamlAccount = shape({
  institution_name: maybe(text(255)),
  institution_code: maybe(text(50)),
  swift: maybe(text(11)),
  branch: maybe(text(255)),
  account: text(255),
  currency_code: maybe(Currency),
  account_name: maybe(text(255)),
  iban: maybe(text(34)),
  client_number: maybe(text(30)),
  personal_account_type: maybe(Code),
  t_entity: maybe(GoamlEntity),
  signatory: maybe(Type.Array(shape({ is_primary: maybe(Flag), t_person: GoamlPerson, role: maybe(Code) }))),
  opened: maybe(Time),
  closed: maybe(Time),
  balance: maybe(Amount),
  date_balance: maybe(Time),
  status_code: maybe(Code),
  beneficiary: maybe(text(255)),
  comments: maybe(text(4000)),
})
export type GoamlAccount = Static<typeof GoamlAccount>

const ForeignCurrency = shape({
  foreign_currency_code: Currency,
  foreign_amount: Amount,
  foreign_exchange_rate: Amount,
})
const From = shape(
  {
    from_funds_code: Code,
    from_funds_comment: maybe(text(255)),
    from_foreign_currency: maybe(ForeignCurrency),
    from_account: maybe(GoamlAccount),
    from_person: maybe(GoamlPerson),
    from_entity: maybe(GoamlEntity),
    from_country: Country,
  },
  [['from_account', 'from_person', 'from_entity']],
)
const To = shape(
  {
    to_funds_code: Code,
    to_funds_comment: maybe(text(255)),
    to_foreign_currency: maybe(ForeignCurrency),
    to_account: maybe(GoamlAccount),
    to_person: maybe(GoamlPerson),
    to_entity: maybe(GoamlEntity),
    to_country: Country,
  },
  [['to_account', 'to_person', 'to_entity']],
)
const Item = shape({
  item_type: Code,
  item_make: maybe(text(255)),
  description: maybe(text(4000)),
  presently_registered_to: maybe(text(255)),
  estimated_value: maybe(Amount),
  status_code: maybe(Code),
  identification_number: maybe(text(255)),
  comments: maybe(text(4000)),
})
export type GoamlItem = Static<typeof Item>
const Goods = shape({ item: Type.Array(Item) })

export const GoamlTransaction = shape(
  {
    transactionnumber: text(50),
    internal_ref_number: maybe(text(50)),
    transaction_location: maybe(text(255)),
    transaction_description: maybe(text(4000)),
    date_transaction: Time,
    transmode_code: Code,
    transmode_comment: maybe(text(50)),
    amount_local: Amount,
    t_from_my_client: maybe(From),
    t_from: maybe(From),
    t_to_my_client: maybe(To),
    t_to: maybe(To),
    goods_services: maybe(Goods),
    comments: maybe(text(4000)),
  },
  [
    ['t_from_my_client', 't_from'],
    ['t_to_my_client', 't_to'],
  ],
)
export type GoamlTransaction = Static<typeof GoamlTransaction>

const ReportParty = shape(
  {
    person: maybe(GoamlPerson),
    account: maybe(GoamlAccount),
    entity: maybe(GoamlEntity),
    significance: maybe(text(10)),
    reason: maybe(text(4000)),
    comments: maybe(text(4000)),
  },
  [['person', 'account', 'entity']],
)
export type GoamlParty = Static<typeof ReportParty>

export const GoamlReport = shape(
  {
    rentity_id: Type.String({ pattern: '^[0-9]{1,18}$' }),
    rentity_branch: maybe(text(255)),
    submission_code: Type.String({ pattern: '^[EM]$' }),
    report_code: Code,
    entity_reference: maybe(text(255)),
    fiu_ref_number: maybe(text(255)),
    submission_date: Time,
    currency_code_local: Currency,
    reporting_person: maybe(GoamlPerson),
    location: maybe(Address),
    reason: maybe(text(100_000)),
    action: maybe(text(100_000)),
    transaction: maybe(Type.Array(GoamlTransaction)),
    activity: maybe(
      shape({ report_parties: shape({ report_party: Type.Array(ReportParty) }), goods_services: maybe(Goods) }),
    ),
    report_indicators: maybe(shape({ indicator: Type.Array(Code) })),
  },
  [['transaction', 'activity']],
)
export type GoamlReport = Static<typeof GoamlReport>
