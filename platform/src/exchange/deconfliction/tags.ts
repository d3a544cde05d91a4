/**
 * The tags of what an agency watches, under the key of an epoch: it publishes them, padded, and others compare theirs.
 *
 * A set that may be of any size would let a member list every address there is and see from the questions that follow what
 * others are after; so that its size and its growth have limits, which every receiver checks.
 */
import { bytesToHex, hexToBytes, hmacSha256, isHex, ok, type Result, refuse } from '../../kernel/index.ts'
import type { Question, Random } from './batches.ts'
import type { Item } from './item.ts'

/** The first 16 bytes of an output of the oblivious function, in hexadecimal. */
export type Tag = string

export const TAG_BYTES = 16
/** A publication adds a multiple of so many, and at least as many: what is new does not show in the number. */
export const TAG_STEP = 128
/** 1,024 steps: 2 MiB for each partner and epoch. */
export const MOST_TAGS = 131_072
/** 32 steps. */
export const MOST_NEW_TAGS_A_DAY = 4096

/** `day`: days since 1970, UTC, on which it was published. */
export type TagSet = { readonly epoch: number; readonly day: number; readonly tags: readonly Tag[] }

export function tagOf(output: Uint8Array): Tag {
  if (output.length !== 64) throw new RangeError(`an output has 64 bytes, not ${output.length}`)
  return bytesToHex(output.subarray(0, TAG_BYTES))
}

/** What goes out next: everything published in this epoch before, what is new, and random tags up to a whole step; sorted. */
export function tagsToPublish(
  before: TagSet | null,
  own: readonly Tag[],
  at: Omit<TagSet, 'tags'>,
  random: Random,
): TagSet {
  const kept = before !== null && before.epoch === at.epoch ? before.tags : []
  const tags = new Set([...kept, ...own])
  while (tags.size === kept.length || tags.size % TAG_STEP !== 0) tags.add(bytesToHex(random(TAG_BYTES)))
  return { ...at, tags: [...tags].sort() }
}

/** `before` is what the same member published last, in this epoch or the one before; null for a member that is new here. */
export function checkTagSet(next: TagSet, before: TagSet | null): Result<TagSet> {
  const wrong = (message: string) =>
    refuse('EXCHANGE_DECONFLICTION_TAGS', message, {
      place: `epoch ${next.epoch}`,
      fix: 'Keep the set that was taken before, and ask the member and the oversight why.',
    })
  const { tags } = next
  if (tags.length === 0 || tags.length % TAG_STEP !== 0) return wrong(`A set of ${tags.length} tags is not padded.`)
  if (tags.length > MOST_TAGS) return wrong(`${tags.length} tags are more than ${MOST_TAGS}.`)
  for (const [at, tag] of tags.entries())
    if (!isHex(tag, TAG_BYTES) || (at > 0 && tag <= (tags[at - 1] as Tag)))
      return wrong(`Tag ${at} is not 16 bytes in hexadecimal, or not in order.`)
  if (before === null) return ok(next)
  if (next.epoch < before.epoch || next.day < before.day) return wrong('The set is older than the one before it.')
  // The first day counts as one, so that a set can grow on the day on which it was published.
  const room = before.tags.length + MOST_NEW_TAGS_A_DAY * Math.max(1, next.day - before.day)
  if (tags.length > room) return wrong(`The set grows to ${tags.length} tags; by now it may have ${room}.`)
  if (next.epoch === before.epoch) {
    const held = new Set(tags)
    if (!before.tags.every((tag) => held.has(tag)))
      return wrong('A tag of this epoch is gone; they go with their epoch only.')
  }
  return ok(next)
}

/** The items of a batch whose tags the other agency has published. `outputs` are those of the batch, in its order. */
export function matchesOf(
  batch: readonly Question[],
  outputs: readonly Uint8Array[],
  { tags }: TagSet,
): readonly { readonly item: Item; readonly tag: Tag }[] {
  if (outputs.length !== batch.length) throw new RangeError(`${outputs.length} outputs for ${batch.length} questions`)
  const published = new Set(tags)
  return batch.flatMap(({ item }, at) => {
    const tag = tagOf(outputs[at] as Uint8Array)
    return item !== null && published.has(tag) ? [{ item, tag }] : []
  })
}

/** A name for a match that means nothing outside this run: the other agency knows it by its own tags. */
export function handleOf(tag: Tag, run: string): string {
  return bytesToHex(hmacSha256(hexToBytes(tag), hexToBytes(run)))
}
