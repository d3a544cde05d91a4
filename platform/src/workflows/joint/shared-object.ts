/**
 * What is shared in a joint case, as one agency holds it. Each object has one owner, who alone says its next version, whole. What is
 * held is the greatest that was said: a join, so that whatever the order in which versions arrive, and however often, every
 * side holds the same.
 */
import { approvalDigest } from '../../casework/index.ts'
import type { Header, SharedContent } from '../../exchange/index.ts'
import type { Json, Marking } from '../../kernel/index.ts'

export const OBJECT = 'joint-object'
export const CHANGE = 'joint-change'

export type Said = {
  readonly version: number
  readonly digest: string
  readonly content: SharedContent | null
  readonly withdrawn: string | null
  readonly at: string
  /** Two different contents were said under this version: the owner contradicts itself. */
  readonly contradicted: boolean
}

export type Proposal = {
  readonly change: string
  readonly from: string
  /** Where it was proposed: there it is answered. */
  readonly exchange: string
  readonly seen: number
  readonly content: SharedContent
  readonly reason: string
  readonly at: string
  readonly state: 'open' | 'accepted' | 'refused'
  readonly answer: string | null
}

/** Where something came from, and what binds whoever has it. */
export type Origin = {
  readonly message: string
  readonly exchange: string
  readonly from: string
  readonly conditions: Header['useConditions']
  readonly onwardTransfer: 'forbidden' | 'with-consent' | 'allowed'
}

export type ObjectBody = {
  readonly joint: string
  readonly jointRecord: string
  readonly owner: string
  readonly object: string
  readonly said: Said
  /** What the agency to which a task is given says of it. */
  readonly answered: string | null
  readonly proposals: readonly Proposal[]
  /** Agency → the version that was sent to it; only of an object of ours. */
  readonly sentTo: Readonly<Record<string, number>>
  /** Only of an object of ours: the record of the case from which it was released. */
  readonly source: { readonly kind: string; readonly id: string } | null
  readonly origin: Origin | null
  /** Under which conditions whoever has it may use it; in each of its versions. */
  readonly use: { readonly conditions: Origin['conditions']; readonly onward: Origin['onwardTransfer'] }
  readonly marking: Marking
  readonly author: string
  readonly by: string
}

export function newSaid(version: number, content: SharedContent | null, withdrawn: string | null, at: string): Said {
  const digest = approvalDigest({ content, withdrawn } as unknown as Json)
  return { version, digest, content, withdrawn, at, contradicted: false }
}

/** The greater of the two: associative, commutative, and the same when something comes again. */
export function mergeSaid(held: Said | null, came: Said): Said {
  if (held === null) return came
  if (held.version !== came.version) return held.version > came.version ? held : came
  const winner = held.digest >= came.digest ? held : came
  // The time is no part of the digest; the earlier one holds on every side.
  const at =
    held.digest === came.digest && came.at < held.at ? came.at : held.digest === came.digest ? held.at : winner.at
  return { ...winner, at, contradicted: held.contradicted || came.contradicted || held.digest !== came.digest }
}

/** What of a set of objects is shown: not what was withdrawn. */
export function shown(
  objects: readonly ObjectBody[],
): readonly (ObjectBody & { readonly said: Said & { content: SharedContent } })[] {
  return objects.flatMap((one) =>
    one.said.content === null ? [] : [{ ...one, said: { ...one.said, content: one.said.content } }],
  )
}

/** The newest answer of the agency to which the task is given; nobody else can answer it. */
export function answerOf(task: ObjectBody, objects: readonly ObjectBody[]): string | null {
  const { content } = task.said
  if (content?.kind !== 'task') return null
  const answers = shown(objects).flatMap(({ owner, said, object }) =>
    said.content.kind === 'task-answer' &&
    said.content.task === task.object &&
    said.content.taskOwner === task.owner &&
    owner === content.assignee
      ? [{ object, version: said.version, of: said.content.taskVersion, answer: said.content.answer }]
      : [],
  )
  // An agency keeps one answer to each task; where it has made several, the one to the newest task counts on every side.
  const [last] = answers.toSorted((a, b) => b.of - a.of || b.version - a.version || (a.object < b.object ? 1 : -1))
  return last?.answer ?? null
}
