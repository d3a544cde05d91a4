/**
 * The tags of an epoch as they are published, piece by piece, and the commitment to them: who compares keeps the size and the
 * root, and sees from the next ones whether anything that was published is gone, or more has come than may come.
 */
import { bytesToHex, hexToBytes, ok, type Result, refuse, sha256 } from '../../kernel/index.ts'
import type { Random } from './batches.ts'
import { checkTagSet, MOST_NEW_TAGS_A_DAY, MOST_TAGS, TAG_BYTES, TAG_STEP, type Tag, tagsToPublish } from './tags.ts'

/** What one day added: its tags in order, and which of them are ours and of what. The rest is padding. */
export type Publication = {
  readonly epoch: number
  readonly day: number
  readonly tags: readonly Tag[]
  readonly own: { readonly [tag: Tag]: string }
}

/** What is kept of a set of tags that was seen. */
export type TagCommitment = {
  readonly epoch: number
  readonly day: number
  readonly size: number
  readonly root: string
}

export function wholeOf(publications: readonly Publication[]): readonly Tag[] {
  return publications.flatMap(({ tags }) => tags)
}

export function rootOfTags(tags: readonly Tag[]): string {
  const bytes = new Uint8Array(tags.length * TAG_BYTES)
  for (const [at, tag] of tags.entries()) bytes.set(hexToBytes(tag), at * TAG_BYTES)
  return bytesToHex(sha256(bytes))
}

/**
 * What is added today. `own`: what is not published yet in this epoch, the longest waiting first; what does not fit into the
 * limit of a day waits. `sizeBefore`: of the last set of any epoch, from which receivers count growth; null for the first.
 */
export function nextPublication(
  before: readonly Publication[],
  own: readonly (readonly [tag: Tag, of: string])[],
  at: { readonly epoch: number; readonly day: number },
  sizeBefore: number | null,
  random: Random,
): Publication {
  const known = wholeOf(before)
  const mostNow = Math.min(MOST_TAGS, (sizeBefore ?? 0) + MOST_NEW_TAGS_A_DAY)
  const fitting = own.slice(0, Math.max(0, mostNow - known.length))
  const kept = known.length === 0 ? null : { ...at, tags: [...known] }
  const next = tagsToPublish(
    kept,
    fitting.map(([tag]) => tag),
    at,
    random,
  )
  const held = new Set(known)
  return { ...at, tags: next.tags.filter((tag) => !held.has(tag)), own: Object.fromEntries(fitting) }
}

/** Whether anything could be added today without going over what receivers allow. */
export function hasRoom(size: number, sizeBefore: number | null): boolean {
  return size + TAG_STEP <= Math.min(MOST_TAGS, (sizeBefore ?? 0) + MOST_NEW_TAGS_A_DAY)
}

/** A set of another agency, in the order of its publication, against what was kept of the one that was seen before. */
export function checkGrowth(
  next: { readonly epoch: number; readonly day: number; readonly tags: readonly Tag[] },
  before: TagCommitment | null,
): Result<TagCommitment> {
  const { epoch, day, tags } = next
  const formed = checkTagSet({ epoch, day, tags: [...tags].sort() }, null)
  if (!formed.ok) return formed
  const kept: TagCommitment = { epoch, day, size: tags.length, root: rootOfTags(tags) }
  if (before === null) return ok(kept)
  const wrong = (message: string) =>
    refuse('EXCHANGE_DECONFLICTION_TAGS', message, {
      place: `epoch ${epoch}`,
      fix: 'Keep what was taken before, and ask the member and the oversight why.',
    })
  if (epoch < before.epoch || day < before.day) return wrong('The set is older than the one before it.')
  const room = before.size + MOST_NEW_TAGS_A_DAY * Math.max(1, day - before.day)
  if (tags.length > room) return wrong(`The set grows to ${tags.length} tags; by now it may have ${room}.`)
  if (epoch === before.epoch && rootOfTags(tags.slice(0, before.size)) !== before.root)
    return wrong('What was published in this epoch before is not there any more.')
  return ok(kept)
}
