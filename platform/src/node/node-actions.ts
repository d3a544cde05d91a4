/** What may be asked of the node itself. */
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { action, ok, type Page, PersonId, type Records, type Stored } from '../kernel/index.ts'
import type { ApiKey, Credential, Person } from './auth/records.ts'

const closed = { additionalProperties: false } as const

/** What the node says of itself to those who use it. */
export type NodeFacts = {
  readonly name: string
  readonly agency: { readonly name: string; readonly country: string; readonly kind: string; readonly timeZone: string }
  readonly journalKey: string
  readonly policies: string
  readonly approvalsRequired: number
}

export const nodeRead = action({
  name: 'node.read',
  summary: 'Read what this node is, who runs it, and the key of its journal',
  kind: 'read',
  input: Type.Object({}, closed),
  output: Type.Object(
    {
      name: Type.String(),
      agency: Type.Object(
        { name: Type.String(), country: Type.String(), kind: Type.String(), timeZone: Type.String() },
        closed,
      ),
      journalKey: Type.String(),
      policies: Type.String(),
      approvalsRequired: Type.Integer(),
    },
    closed,
  ),
  asks: () => ({ right: 'useNode', subject: { type: 'node' } }),
  run: async ({ port }) => ok({ result: port<NodeFacts>('node'), events: [] }),
})

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.String({ pattern: '^[0-9a-f-]{36}$' })
const Instant = Type.String({
  maxLength: 30,
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z$',
  description: 'UTC, as 2026-11-25T10:00:00Z.',
})

const Entry = Type.Object(
  {
    index: orNull(Type.Integer({ description: 'Its place in the log; null for some moments.' })),
    id: Type.String(),
    at: Type.String(),
    event: Type.String(),
    of: Type.String(),
    by: orNull(
      Type.String({ description: 'Who acted; null where the case was erased, and nobody can tell any more.' }),
    ),
    role: orNull(Type.String({ description: 'In which role.' })),
    caseId: orNull(Type.String({ description: 'The case that it belongs to.' })),
    about: orNull(Type.String({ description: 'The identifier of what it is about.' })),
  },
  closed,
)
export type JournalItem = Static<typeof Entry>

export type JournalQuestion = {
  /** Entries after this place, oldest first; or before it, newest first. */
  readonly after?: number
  readonly before?: number
  readonly limit: number
  readonly from?: string
  readonly to?: string
  /** An event by its name, or all of a family: `case` is `case.open`, `case.read` and so on. */
  readonly event?: string
  readonly caseId?: string
  readonly by?: string
}

/** What an auditor sees of the journal: when, what kind of act, by whom, about which case. Never what an entry says. */
export type JournalReader = {
  /** `next`: the place to ask from for more; null at the end. */
  entries(question: JournalQuestion): Promise<{ readonly items: readonly JournalItem[]; readonly next: number | null }>
  /** When each person last signed in, as far back as is looked. */
  lastSignIns(): Promise<ReadonlyMap<string, string>>
}

export const journalRead = action({
  name: 'journal.read',
  summary: 'Read the journal as an auditor: every act, who did it and in which case, without its contents',
  kind: 'read',
  input: Type.Object(
    {
      after: Type.Optional(Type.Integer({ minimum: -1, description: 'The last index that was read.' })),
      before: Type.Optional(Type.Integer({ minimum: 0, description: 'Newest first, from before this index.' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      from: Type.Optional(Instant),
      to: Type.Optional(Instant),
      event: Type.Optional(
        Type.String({ maxLength: 64, pattern: '^[a-z][a-z0-9.-]*$', description: 'An event, or a family of them.' }),
      ),
      caseId: Type.Optional(Id),
      by: Type.Optional(Type.String({ maxLength: 60, description: 'The person or machine who acted.' })),
    },
    closed,
  ),
  output: Type.Object({ items: Type.Array(Entry), next: orNull(Type.Integer()) }, closed),
  asks: () => ({ right: 'readJournal', subject: { type: 'node' } }),
  run: async ({ port }, { limit, ...asked }) => {
    const { items, next } = await port<JournalReader>('journal').entries({ ...asked, limit: limit ?? 200 })
    return ok({ result: { items: [...items], next }, events: [] })
  },
})

const Reviewed = Type.Object(
  {
    personId: PersonId,
    name: Type.String(),
    role: Type.String(),
    suspended: Type.Boolean(),
    kind: Type.Union([Type.Literal('person'), Type.Literal('machine')]),
    keys: Type.Integer({ description: 'Security keys that are not revoked; of a machine its API keys.' }),
    deviceBound: Type.Integer({ description: 'Of these, keys that stay on their device, with which one approves.' }),
    cases: Type.Array(Type.String(), { description: 'The cases of which the person is a member, by their ids.' }),
    lastSignIn: orNull(Type.String({ description: 'As far as the newest sign-ins tell.' })),
  },
  closed,
)

type Credentials = Pick<Credential, 'personId' | 'deviceBound' | 'revoked'>

export const accessReview = action({
  name: 'access.review',
  summary: 'Review who may what at this node: people and machines, their roles, keys, cases and last sign-in',
  kind: 'read',
  input: Type.Object(
    {
      after: Type.Optional(Type.String({ maxLength: 60 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    },
    closed,
  ),
  output: Type.Object({ items: Type.Array(Reviewed), next: orNull(Type.String()) }, closed),
  asks: () => ({ right: 'readOversight', subject: { type: 'node' } }),
  run: async ({ records, port }, { after, limit }) => {
    const page = await records.list<Person>('person', { after: after ?? null, limit: limit ?? 50 })
    const signIns = await port<JournalReader>('journal').lastSignIns()
    const machines = new Map((await everything<ApiKey>(records, 'api-key')).map((key) => [key.personId, key]))
    const items: Static<typeof Reviewed>[] = []
    for (const { id, body } of page.items) {
      const machine = machines.get(id)
      const keys = (await records.find<Credentials>('credential', 'person', id)).filter((one) => !one.body.revoked)
      const cases = await records.find('case', 'member', id)
      items.push({
        personId: id,
        ...{ name: body.name, role: body.role, suspended: body.suspended },
        kind: machine ? 'machine' : 'person',
        keys: machine ? Number(!machine.revoked) : keys.length,
        deviceBound: keys.filter((one) => one.body.deviceBound).length,
        cases: cases.map((one) => one.id),
        lastSignIn: signIns.get(id) ?? null,
      })
    }
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

async function everything<T>(records: Records, kind: string): Promise<readonly T[]> {
  const all: T[] = []
  let after: string | null = null
  do {
    const page: Page<Stored<T>> = await records.list<T>(kind, { after, limit: 200 })
    all.push(...page.items.map(({ body }) => body))
    after = page.next
  } while (after !== null)
  return all
}

/** The audit vocabulary, as the port gives it: it is made of all actions, and so of those in this file too. */
export type Vocabulary = readonly { readonly name: string; readonly meaning: string }[]

export const journalEvents = action({
  name: 'journal.events',
  summary: 'List the events of the audit vocabulary, each with what it says',
  kind: 'read',
  input: Type.Object({}, closed),
  output: Type.Object(
    { items: Type.Array(Type.Object({ name: Type.String(), meaning: Type.String() }, closed)) },
    closed,
  ),
  asks: () => ({ right: 'readJournal', subject: { type: 'node' } }),
  run: async ({ port }) => {
    const items = port<Vocabulary>('audit-vocabulary').map(({ name, meaning }) => ({ name, meaning }))
    return ok({ result: { items }, events: [] })
  },
})

export const nodeActions = [nodeRead, journalRead, journalEvents, accessReview]
