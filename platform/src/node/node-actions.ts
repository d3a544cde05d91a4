/** What may be asked of the node itself. */
import { Type } from '@sinclair/typebox'
import { action, ok } from '../kernel/index.ts'

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

const Entry = Type.Object(
  {
    index: Type.Union([Type.Integer(), Type.Null()], { description: 'Its place in the log; null for some moments.' }),
    id: Type.String(),
    at: Type.String(),
    event: Type.String(),
    of: Type.String(),
  },
  closed,
)

/** What an auditor sees of the journal: when, what kind of act, about what kind of thing. Never what an entry says. */
export type JournalReader = {
  entries(
    after: number,
    limit: number,
  ): Promise<readonly { index: number; id: string; at: string; event: string; of: string }[]>
}

export const journalRead = action({
  name: 'journal.read',
  summary: 'Read the journal as an auditor: every act, without its contents',
  kind: 'read',
  input: Type.Object(
    {
      after: Type.Optional(Type.Integer({ minimum: -1, description: 'The last index that was read.' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    },
    closed,
  ),
  output: Type.Object({ items: Type.Array(Entry), next: Type.Union([Type.Integer(), Type.Null()]) }, closed),
  asks: () => ({ right: 'readJournal', subject: { type: 'node' } }),
  run: async ({ port }, { after, limit }) => {
    const size = limit ?? 200
    const items = [...(await port<JournalReader>('journal').entries(after ?? -1, size))]
    return ok({ result: { items, next: items.length === size ? (items.at(-1)?.index ?? null) : null }, events: [] })
  },
})

export const nodeActions = [nodeRead, journalRead]
