/** Persons, victims, wallets, decisions and orders of a case as rows of a package. */
import type {
  DecisionContent,
  ItemBody,
  OrderContent,
  PersonContent,
  VictimContent,
  WalletContent,
} from '../../casework/index.ts'
import { changed, dropped, type Fate, mapped } from '../../evidence/formats/index.ts'
import type { Kept } from './case-contents.ts'
import { type Draft, toSecond } from './draft.ts'
import type { FieldNote, PackageList } from './notes.ts'

const noPlace = dropped('the package has no place for it')

/** Notes on the fields of a content that hold something, each by its fate. */
function fieldNotes<C extends object>(
  content: C,
  row: { readonly list: PackageList; readonly id: string },
  fates: { readonly [K in keyof Required<C>]: Fate | readonly [fate: Fate, at: string] },
): FieldNote[] {
  return Object.entries(content).flatMap(([field, value]): FieldNote[] => {
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return []
    const fate = fates[field as keyof C] as Fate | readonly [Fate, string]
    return Array.isArray(fate)
      ? [{ field, fate: fate[0] as Fate, at: { ...row, field: fate[1] as string } }]
      : [{ field, fate: fate as Fate }]
  })
}

export function addPerson(draft: Draft, { id, body, ...item }: Kept<ItemBody<PersonContent>>): void {
  const { content } = body
  const marking = draft.marked({ ...item, marking: body.marking })
  // First names alone are of too many people to be looked for.
  draft.words(marking, content.name, content.address, content.note, ...(content.otherNames ?? []))
  draft.words(marking, ...(content.identifiers ?? []).map(({ value }) => value))
  const row = { list: 'parties', id } as const
  draft.pack.parties.push({
    id,
    marking: marking.id,
    kind: content.kind === 'natural' ? 'person' : 'company',
    name: [content.firstNames, content.name].filter((one) => one !== undefined).join(' '),
    role: content.ledCategory,
    country: null,
  })
  draft.notes.push({
    kind: 'person-of-interest',
    id,
    marking,
    row,
    fields: fieldNotes(content, row, {
      kind: mapped('parties[].kind'),
      name: [mapped('parties[].name'), 'name'],
      firstNames: [changed('parties[].name', 'in front of the surname'), 'name'],
      ledCategory: [mapped('parties[].role'), 'role'],
      otherNames: noPlace,
      born: noPlace,
      nationalities: noPlace,
      identifiers: noPlace,
      address: noPlace,
      languages: noPlace,
      position: noPlace,
      note: noPlace,
    }),
  })
}

/** Only where the item itself is marked for use beyond the case; and only the pseudonym, never who it is. */
export function addVictim(draft: Draft, { id, body, ...item }: Kept<ItemBody<VictimContent>>): void {
  const { content } = body
  const marking = draft.marked({ ...item, leaves: item.leaves && body.marking.onwardUse, marking: body.marking })
  draft.words(marking, content.note)
  const row = { list: 'parties', id } as const
  draft.pack.parties.push({
    id,
    marking: marking.id,
    kind: 'person',
    name: content.token,
    role: 'VICTIM',
    country: content.country ?? null,
  })
  draft.notes.push({
    kind: 'victim',
    id,
    marking,
    row,
    fields: fieldNotes(content, row, {
      token: [changed('parties[].name', 'the pseudonym stands for the name'), 'name'],
      country: [mapped('parties[].country'), 'country'],
      loss: noPlace,
      asset: noPlace,
      lostAt: noPlace,
      wishesReturn: noPlace,
      note: noPlace,
    }),
  })
}

export function addWallet(draft: Draft, { id, body, ...item }: Kept<ItemBody<WalletContent>>): void {
  const { content } = body
  const marking = draft.marked({ ...item, marking: body.marking })
  draft.words(marking, content.note)
  const row = { list: 'wallets', id } as const
  draft.pack.wallets.push({
    id,
    marking: marking.id,
    chain: content.chain,
    address: content.address,
    holder: null,
    labels: content.holder === undefined ? [] : [content.holder],
  })
  draft.notes.push({
    kind: 'wallet',
    id,
    marking,
    row,
    fields: fieldNotes(content, row, {
      chain: mapped('wallets[].chain'),
      address: mapped('wallets[].address'),
      holder: [changed('wallets[].labels', 'words about the holder, which name no party'), 'labels'],
      custody: noPlace,
      note: noPlace,
    }),
  })
}

/** A decision is what an authority permitted or ordered: an authorisation. */
export function addDecision(draft: Draft, { id, body, ...item }: Kept<ItemBody<DecisionContent>>): void {
  const { content } = body
  const marking = draft.marked({ ...item, marking: body.marking })
  const row = { list: 'authorisations', id } as const
  draft.pack.authorisations.push({
    id,
    marking: marking.id,
    type: content.what,
    identifier: content.reference ?? null,
    legalBasis: content.grounds ?? null,
    issuer: draft.agency(content.authority, marking, 'agency'),
    start: `${content.on}T00:00:00Z`,
    end: null,
  })
  draft.notes.push({
    kind: 'decision',
    id,
    marking,
    row,
    fields: fieldNotes(content, row, {
      what: [mapped('authorisations[].type'), 'type'],
      authority: [changed('authorisations[].issuer', 'as a party of its own'), 'issuer'],
      on: changed('authorisations[].start', 'the first second of the day, in UTC'),
      reference: [mapped('authorisations[].identifier'), 'identifier'],
      grounds: [mapped('authorisations[].legalBasis'), 'legalBasis'],
      final: noPlace,
    }),
  })
}

export function addOrder(draft: Draft, { id, body, ...item }: Kept<ItemBody<OrderContent>>): void {
  const { content } = body
  const marking = draft.marked({ ...item, marking: body.marking })
  const row = { list: 'authorisations', id } as const
  draft.words(marking, content.addressee, ...content.assets.map(({ address }) => address))
  const ends = [content.until, content.liftedAt].filter((one) => one !== null).sort()
  draft.pack.authorisations.push({
    id,
    marking: marking.id,
    type: content.measure,
    identifier: content.reference ?? null,
    legalBasis: null,
    issuer: draft.agency(content.authority, marking, 'agency'),
    start: `${content.on}T00:00:00Z`,
    end: ends[0] === undefined ? null : toSecond(ends[0]),
  })
  const end = changed('authorisations[].end', 'the earlier of the end and the lifting, to the second')
  draft.notes.push({
    kind: 'order',
    id,
    marking,
    row,
    fields: fieldNotes(content, row, {
      measure: [mapped('authorisations[].type'), 'type'],
      authority: [changed('authorisations[].issuer', 'as a party of its own'), 'issuer'],
      reference: [mapped('authorisations[].identifier'), 'identifier'],
      on: changed('authorisations[].start', 'the first second of the day, in UTC'),
      until: end,
      liftedAt: end,
      addressee: noPlace,
      assets: dropped('the package ties no asset to an authorisation'),
    }),
  })
}
