/** The kinds of items of a case, and what each says. */
import { type Static, Type } from '@sinclair/typebox'
import type { ActionContext } from '../kernel/index.ts'
import { ok, PersonId, type Result, refuse } from '../kernel/index.ts'
import { assetRef } from './assets.ts'
import { caseOf } from './case-acts.ts'
import {
  Address,
  AssetId,
  BaseUnits,
  ChainId,
  Country,
  closed,
  Day,
  Instant,
  Language,
  nullable,
  oneOf,
  text,
} from './fields.ts'
import { type ItemKind, itemActions } from './items.ts'
import { orderKind } from './order.ts'
import { type AddressGate, ports } from './ports.ts'
import { ledCategories, positions } from './vocabulary.ts'

const person = {
  kind: 'person-of-interest',
  noun: 'a person of interest',
  plural: 'persons of interest',
  content: closed({
    kind: oneOf(['natural', 'legal'], 'A human being, or a body with rights of its own.'),
    name: text(300, 'Surname, or the name of the body.'),
    firstNames: Type.Optional(text(300, 'First names.')),
    otherNames: Type.Optional(Type.Array(text(300, 'Another name or alias.'), { maxItems: 50 })),
    born: Type.Optional(Day),
    nationalities: Type.Optional(Type.Array(Country, { maxItems: 10, uniqueItems: true })),
    identifiers: Type.Optional(
      Type.Array(closed({ kind: text(60, 'As passport, register number.'), value: text(100, 'The number.') }), {
        maxItems: 30,
      }),
    ),
    address: Type.Optional(text(1000, 'Where the person lives or the body has its seat.')),
    languages: Type.Optional(Type.Array(Language, { maxItems: 10, uniqueItems: true })),
    ledCategory: oneOf(ledCategories, 'Category of data subject (LED art. 6). Not the position.'),
    position: nullable(oneOf(positions, 'Position towards an order (Reg. 2018/1805, Annex I C). Not the category.')),
    note: Type.Optional(text(10_000, 'What else is to be known.')),
  }),
} satisfies ItemKind

const wallet = {
  kind: 'wallet',
  noun: 'a wallet of interest',
  plural: 'wallets of interest',
  content: closed({
    chain: ChainId,
    address: Address,
    custody: oneOf(['self-hosted', 'service', 'unknown'], 'Who holds the keys.'),
    holder: Type.Optional(text(300, 'Who is said to control it.')),
    note: Type.Optional(text(10_000, 'How it came to be of interest.')),
  }),
  settle: async <C extends { chain: string; address: string }>(
    context: ActionContext,
    content: C,
  ): Promise<Result<C>> => {
    const read = context.port<AddressGate>(ports.addresses).parse(content.chain, content.address)
    return read.ok ? ok({ ...content, ...read.value }) : read
  },
  refs: ({ chain, address }: { chain: string; address: string }) => ({ asset: assetRef({ chain, address }) }),
}

const victim = {
  kind: 'victim',
  noun: 'a victim',
  plural: 'victims',
  content: closed({
    token: Type.String({
      maxLength: 64,
      pattern: '^[A-Za-z0-9_-]{4,64}$',
      description: 'The pseudonym of the victim. Who that is stands elsewhere.',
    }),
    loss: BaseUnits,
    asset: AssetId,
    lostAt: Type.Optional(Instant),
    country: Type.Optional(Country),
    wishesReturn: Type.Optional(Type.Boolean({ description: 'The victim has asked for the return of what was lost.' })),
    note: Type.Optional(text(10_000, 'Without anything that names the victim.')),
  }),
  refs: ({ token }: { token: string }) => ({ token }),
}

const event = {
  kind: 'event',
  noun: 'an event',
  plural: 'events',
  content: closed({
    at: Instant,
    what: text(500, 'What happened.'),
    place: Type.Optional(text(300, 'Where.')),
    note: Type.Optional(text(10_000, 'More of it.')),
  }),
} satisfies ItemKind

const task = {
  kind: 'task',
  noun: 'a task',
  plural: 'tasks',
  content: closed({
    what: text(500, 'What is to be done.'),
    assignee: nullable(PersonId),
    due: nullable(Instant),
    done: nullable(Instant),
    about: Type.Optional(text(2000, 'Why, and with what.')),
  }),
  settle: async <C extends { assignee: string | null }>(
    context: ActionContext,
    content: C,
    caseId: string,
  ): Promise<Result<C>> => {
    const { body } = await caseOf(context, caseId)
    if (content.assignee === null || body.access.members.includes(content.assignee)) return ok(content)
    return refuse('TASK_ASSIGNEE', 'The task is given to somebody who is no member of the case.', {
      place: '/content/assignee',
      fix: 'Give it to a member, or add the person to the case first.',
    })
  },
  refs: ({ assignee }: { assignee: string | null }): Readonly<Record<string, readonly string[]>> => ({
    assignee: assignee === null ? [] : [assignee],
  }),
}

const decision = {
  kind: 'decision',
  noun: 'a decision',
  plural: 'decisions',
  content: closed({
    what: text(1000, 'What was decided.'),
    authority: text(300, 'Who decided.'),
    on: Day,
    reference: Type.Optional(text(120, 'File number of the decision.')),
    final: nullable(Day),
    grounds: Type.Optional(text(20_000, 'On which grounds.')),
  }),
} satisfies ItemKind

const note = {
  kind: 'note',
  noun: 'a note',
  plural: 'notes',
  content: closed({ text: text(50_000, 'The note.') }),
} satisfies ItemKind

export type PersonContent = Static<typeof person.content>
export type WalletContent = Static<typeof wallet.content>
export type VictimContent = Static<typeof victim.content>
export type EventContent = Static<typeof event.content>
export type DecisionContent = Static<typeof decision.content>
export type OrderContent = Static<typeof orderKind.content>

/** Kinds of items that other rooms add, with `addItem`. */
export const kindsToAdd = { person, wallet, event } as const

const acts = [
  itemActions(person),
  itemActions(wallet),
  itemActions(victim),
  itemActions(event),
  itemActions(task),
  itemActions(decision),
  itemActions(note),
  itemActions(orderKind),
]

export const itemKindNames = [
  'person-of-interest',
  'wallet',
  'victim',
  'event',
  'task',
  'decision',
  'note',
  'order',
] as const
export const itemActs = acts.flatMap((each) => Object.values(each))
