/** What a request that came says is not written again in one of ours that rests on it: of the same form, and only what is not its sender's own. Pure. */
import { type Schema, unwrapped } from './form-value.ts'
import type { Json, Members } from './message-parts.ts'

/** Not what each agency says for itself: who asks, on which order and grounds, with which remedies. */
const SAME = ['offence', 'facts', 'persons', 'assets', 'property', 'maximum', 'identifiers', 'period']

export function takenOver(ours: Schema, theirs: Schema, body: Members): Members {
  const taken = SAME.filter(
    (name) =>
      body[name] !== undefined &&
      formOf(ours, name) !== null &&
      JSON.stringify(formOf(ours, name)) === JSON.stringify(formOf(theirs, name)),
  ).map((name): [string, Json] => [name, body[name] as Json])
  return Object.fromEntries(taken)
}

/** The schema of a member, where its place in the message makes no difference. */
function formOf({ properties }: Schema, name: string): Schema | null {
  const given = properties?.[name]
  if (!given) return null
  const { description: _, ...form } = unwrapped(given).schema
  return form
}
