/** Persons and identifiers of messages as persons, entities and accounts of goAML, and back. */
import { ledCategories, positions } from '../../wire/vocabulary.ts'
import type { Identifier, Person } from '../people.ts'
import type { Taken } from '../taken.ts'
import type { GoamlProfile } from './profile.ts'
import type { GoamlAccount, GoamlParty } from './report.ts'

const KINDS = [
  'name', 'date-of-birth', 'document', 'account', 'address', 'transaction', 'email', 'phone', 'ip', 'device', 'user-id',
  'domain', 'other',
] as const // biome-ignore format: a list
type Kind = (typeof KINDS)[number]
const isKind = (word: string): word is Kind => (KINDS as readonly string[]).includes(word)

/** Lines `kind: value` for what goAML has no field for; a value of several lines is written as a JSON string. */
const line = (kind: string, value: string) => `${kind}: ${/[\n\r]|^"/.test(value) ? JSON.stringify(value) : value}`

function readLine(text: string): readonly [kind: string, value: string] | null {
  const [, kind, value] = /^([a-z-]+): (.+)$/.exec(text) ?? []
  if (kind === undefined || value === undefined) return null
  if (!value.startsWith('"')) return [kind, value]
  try {
    const read: unknown = JSON.parse(value)
    return typeof read === 'string' ? [kind, read] : null
  } catch {
    return null
  }
}

/** One person of a message, taken from `path`. A name is one text there: it is never split by guess. */
export function personToParty(taken: Taken, path: string, profile: GoamlProfile): GoamlParty {
  const list = (name: string) =>
    [...Array(taken.count(`${path}/${name}`)).keys()].map((at) => taken.text(`${path}/${name}/${at}`) ?? '')
  const isNatural = taken.text(`${path}/kind`) === 'natural'
  const name = taken.text(`${path}/name`)
  const born = taken.text(`${path}/born`)
  const [alias, ...aliases] = list('aliases')
  const nationalities = list('nationalities')
  const identifiers = [...Array(taken.count(`${path}/identifiers`)).keys()].map((at) =>
    takeIdentifier(taken, `${path}/identifiers/${at}`),
  )
  const rest: string[] = []
  const of = (kind: Kind) => identifiers.filter((one) => one.kind === kind)
  const phones = of('phone').map(({ value }) => ({
    tph_contact_type: profile.phone.contact,
    tph_communication_type: profile.phone.communication,
    tph_number: value,
  }))
  const [email, ...emails] = of('email')
  const documents = isNatural ? of('document') : []
  for (const one of isNatural ? aliases : [alias, ...aliases]) if (one !== undefined) rest.push(line('alias', one))
  for (const one of nationalities.slice(isNatural ? 3 : 1)) rest.push(line('nationality', one))
  for (const one of [...emails, ...identifiers.filter(({ kind }) => !['phone', 'email'].includes(kind))])
    if (!documents.includes(one)) rest.push(line(one.kind, one.value))
  for (const word of ['ledCategory', 'position'] as const) {
    const value = taken.text(`${path}/${word}`)
    if (value !== null) rest.push(line(word === 'ledCategory' ? 'led-category' : word, value))
  }
  const common = {
    ...(phones.length > 0 ? { phones: { phone: phones } } : {}),
    ...(email ? { email: email.value } : {}),
    ...(rest.length > 0 ? { comments: rest.join('\n') } : {}),
  }
  if (!isNatural)
    return {
      entity: {
        name: name ?? profile.unknown,
        ...(nationalities[0] ? { incorporation_country_code: nationalities[0] } : {}),
        ...(born ? { incorporation_date: `${born}T00:00:00` } : {}),
        ...common,
      },
    }
  const [nationality1, nationality2, nationality3] = nationalities
  return {
    person: {
      first_name: profile.unknown,
      last_name: name ?? profile.unknown,
      ...(born ? { birthdate: `${born}T00:00:00` } : {}),
      ...(alias ? { alias } : {}),
      ...(nationality1 ? { nationality1 } : {}),
      ...(nationality2 ? { nationality2 } : {}),
      ...(nationality3 ? { nationality3 } : {}),
      ...(documents.length > 0
        ? { identification: documents.map(({ value }) => ({ type: profile.documentType, number: value })) }
        : {}),
      ...common,
    },
  }
}

/** From, until and zone of an identifier have no place in goAML: they stay untaken, and are told as left. */
export function takeIdentifier(taken: Taken, path: string): { readonly kind: Kind; readonly value: string } {
  const kind = taken.text(`${path}/kind`) ?? 'other'
  return { kind: isKind(kind) ? kind : 'other', value: taken.text(`${path}/value`) ?? '' }
}

export function identifierToAccount(value: string, kind: 'account' | 'address', profile: GoamlProfile): GoamlAccount {
  if (kind === 'account') return { account: value }
  const { institutionName, accountType } = profile.wallet
  return {
    institution_name: institutionName,
    account: value,
    ...(accountType === null ? {} : { personal_account_type: accountType }),
  }
}

export const identifierLine = line

export const identifier = (kind: Kind, value: string): Identifier => ({ kind, value, from: null, to: null, zone: null })

/** The lines of a section of identifiers; a line that is none is kept as what it says. */
export function readIdentifierLines(text: string | undefined): Identifier[] {
  if (text === undefined) return []
  return text.split('\n').map((one) => {
    const [kind, value] = readLine(one) ?? ['other', one]
    return isKind(kind) ? identifier(kind, value) : identifier('other', one)
  })
}

/** What a line of ours may say; anything else makes the whole a text of somebody else. */
const isOurs = ([word, value]: readonly [string, string]): boolean =>
  isKind(word) ||
  word === 'alias' ||
  (word === 'nationality' && /^[A-Z]{2}$/.test(value)) ||
  (word === 'led-category' && ledCategories.some((one) => one === value)) ||
  (word === 'position' && positions.some((one) => one === value))

/** Lines that are ours come back as what they were; a text of somebody else stays one, where an identifier has room for it. */
function commentsOf(taken: Taken, path: string): readonly (readonly [string, string])[] {
  const text = taken.peek(path)
  if (text === null) return []
  const read = text.split('\n').map(readLine)
  const ours = read.every((one) => one !== null && isOurs(one))
  if (!ours && text.length > 500) return []
  taken.text(path)
  return ours ? (read as readonly (readonly [string, string])[]) : [['other', text]]
}

/** A t_person or t_entity at `path`. What a message has no field for stays untaken. */
export function partyToPerson(taken: Taken, path: string, kind: Person['kind'], profile: GoamlProfile): Person {
  const text = (name: string) => taken.text(`${path}/${name}`)
  const known = (value: string | null) => (value === null || value === profile.unknown ? [] : [value])
  const names =
    kind === 'natural'
      ? ['first_name', 'middle_name', 'prefix', 'last_name'].flatMap((one) => known(text(one)))
      : known(text('name'))
  const dated = kind === 'natural' ? 'birthdate' : 'incorporation_date'
  const lines = commentsOf(taken, `${path}/comments`)
  const said = (word: string) => lines.filter(([one]) => one === word).map(([, value]) => value)
  const counted = (list: string, field: string) =>
    [...Array(taken.count(`${path}/${list}`)).keys()].flatMap((at) =>
      known(taken.text(`${path}/${list}/${at}/${field}`)),
    )
  const documents =
    kind === 'natural'
      ? [
          ...counted('identification', 'number'),
          ...known(text('passport_number')),
          ...known(text('id_number')),
          ...known(text('ssn')),
        ]
      : known(text('incorporation_number'))
  // Codes of the FIU's own that say what is usual there; where they say something else they stay untaken.
  const usual = (place: string, code: string) => {
    if (taken.peek(place) === code) taken.text(place)
  }
  for (let at = 0; at < taken.count(`${path}/identification`); at++)
    usual(`${path}/identification/${at}/type`, profile.documentType)
  for (let at = 0; at < taken.count(`${path}/phones/phone`); at++) {
    usual(`${path}/phones/phone/${at}/tph_contact_type`, profile.phone.contact)
    usual(`${path}/phones/phone/${at}/tph_communication_type`, profile.phone.communication)
  }
  const position = positions.find((one) => one === said('position')[0]) ?? null
  const nationalities =
    kind === 'natural' ? ['nationality1', 'nationality2', 'nationality3'] : ['incorporation_country_code']
  return {
    kind,
    name: names.length > 0 ? names.join(' ') : null,
    aliases: [...(kind === 'natural' ? known(text('alias')) : known(text('commercial_name'))), ...said('alias')],
    born: dayOf(taken, `${path}/${dated}`),
    nationalities: [...nationalities.flatMap((one) => known(text(one))), ...said('nationality')],
    identifiers: [
      ...documents.map((value) => identifier('document', value)),
      ...counted('phones/phone', 'tph_number').map((value) => identifier('phone', value)),
      ...known(text('email')).map((value) => identifier('email', value)),
      ...lines.flatMap(([word, value]) => (isKind(word) ? [identifier(word, value)] : [])),
    ],
    ledCategory: ledCategories.find((one) => one === said('led-category')[0]) ?? null,
    position,
  }
}

/** A time of day that says more than midnight is not lost: the whole text then stays untaken. */
function dayOf(taken: Taken, path: string): string | null {
  const day = /^(\d{4}-\d{2}-\d{2})T00:00:00(\.0+)?(Z|[+-]00:00)?$/.exec(taken.peek(path) ?? '')?.[1]
  if (day === undefined || !Number.isFinite(Date.parse(day))) return null
  taken.text(path)
  return day
}
