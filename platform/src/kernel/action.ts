/**
 * The form of an action: the one way in which a node's state is changed and its protected data read.
 *
 * A room lists its actions as plain values. The node runs them: it checks the input against the schema, puts the question
 * to the policies, runs the effect and appends the events to the journal, all in one database transaction. The OpenAPI
 * document, the permission matrix, the audit vocabulary and the remote commands are derived from the list.
 */
import type { Static, TSchema } from '@sinclair/typebox'
import type { Json } from './canonical.ts'
import type { Result } from './refusal.ts'

/** What a person or machine may be; each session acts in one role. */
export const roles = [
  'investigator',
  'analyst',
  'prosecutor',
  'judge',
  'senior-official',
  'asset-manager',
  'liaison-officer',
  'evidence-custodian',
  'compliance-officer',
  'auditor',
  'administrator',
  'training',
] as const
export type Role = (typeof roles)[number]

/** Who acts. `caseIds` are looked up by the policies, not here. */
export type Actor = {
  readonly kind: 'person' | 'machine'
  readonly id: string
  readonly name: string
  readonly role: Role
}

/** What a question is about. `node` is the node itself: its people, keys, policies. */
export type Subject =
  | { readonly type: 'node' }
  | { readonly type: 'case'; readonly id: string }
  | { readonly type: 'record'; readonly kind: string; readonly id: string }

/** A question to the policies: may the actor do `right` to `subject`? Rights are listed in policies/rights. */
export type Question = { readonly right: string; readonly subject: Subject }

/** A fact for the journal. `of` and its `id` name what it is about; `body` is committed to with a salt, never published. */
export type Event = {
  readonly name: string
  readonly of: string
  readonly id: string
  readonly caseId: string | null
  readonly body: Json
  /** The id of its entry, where a row names the entry that is shown to others: such an entry names no rows itself. */
  readonly entryId?: string
}

/** A stored record: a body with its version; every version stays. */
export type Stored<B> = {
  readonly kind: string
  readonly id: string
  /** 1 for the first; the ETag of the record. */
  readonly version: number
  readonly caseId: string | null
  readonly body: B
  /** ISO 8601, UTC, milliseconds: when this version was written. */
  readonly at: string
}

export type Page<T> = { readonly items: readonly T[]; readonly next: string | null }

export type PutOptions = {
  readonly caseId: string | null
  /** The version that the caller saw; 0 for a record that must be new. Another one is refused as VERSION_CONFLICT. */
  readonly seen: number
  /** Values under which the record is found again by equality; kept as keyed hashes only. */
  readonly refs?: Readonly<Record<string, string | readonly string[]>>
}

/** The records of the node, inside the transaction of the action. Bodies are sealed under the key of their case. */
export interface Records {
  get<B>(kind: string, id: string): Promise<Stored<B> | null>
  /** Every version, oldest first. */
  history<B>(kind: string, id: string): Promise<readonly Stored<B>[]>
  list<B>(
    kind: string,
    filter: { caseId?: string | null; after?: string | null; limit: number },
  ): Promise<Page<Stored<B>>>
  /** Records of a kind whose ref equals the value, in all cases. */
  find<B>(kind: string, ref: string, value: string): Promise<readonly Stored<B>[]>
  put<B>(kind: string, id: string, body: B, options: PutOptions): Promise<Stored<B>>
  /** Makes the sealing key of a new case. */
  openCase(caseId: string): Promise<void>
}

export type ActionContext = {
  readonly actor: Actor
  /** ISO 8601, UTC, milliseconds; the same during the whole action. */
  readonly now: string
  readonly records: Records
  /** A new identifier (UUID version 7 by the clock of the action). */
  newId(): string
  /** Random bytes from the node's source. */
  random(bytes: number): Uint8Array
  /** Puts a further question to the policies: for lists, whether an item may be seen. */
  may(question: Question): Promise<boolean>
  /** What a room has been wired with: stores and documents, by name. See the ports of the rooms. */
  port<T>(name: string): T
}

export type Outcome<R> = { readonly result: R; readonly events: readonly Event[] }

export type Action<I extends TSchema = TSchema, O extends TSchema = TSchema> = {
  /** `case.open`: the noun, then the verb. Also the name in the audit vocabulary. */
  readonly name: string
  readonly summary: string
  /** `change` must return an event; `read` is journalled by the door itself. */
  readonly kind: 'change' | 'read'
  /** A read whose input may be too long for an address: over HTTP it travels in a body. */
  readonly large?: true
  /** Names of the events that a change may write, where it is not just its own; another one is a fault. A read writes its own. */
  readonly events?: readonly string[]
  readonly input: I
  readonly output: O
  readonly asks: (input: Static<I>) => Question
  readonly run: (context: ActionContext, input: Static<I>) => Promise<Result<Outcome<Static<O>>>>
}

/** The names under which an act stands in the journal. */
export function eventsOf({ name, events = [name] }: Pick<Action, 'name' | 'events'>): readonly string[] {
  return events
}

/** Fixes the types of an action; the identity function. */
export function action<I extends TSchema, O extends TSchema>(definition: Action<I, O>): Action<I, O> {
  return definition
}
