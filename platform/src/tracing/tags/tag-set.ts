/** Tags together: the digest that names a set, lookup as of a moment, conflicts side by side. */
import { canonicalJson, sha256Text } from '../../kernel/index.ts'
import { parseStatedInstant } from './instant.ts'
import { subjectKey, type Tag } from './tag.ts'

/**
 * Two times, because two questions are asked of every attribution:
 * - `asOf`: did the statement hold at this moment of the ledger (a block time)?
 * - `knownAt`: had it been made, and not yet been taken back, at this moment of our knowledge? Left out: all we know now.
 * A tag without a date cannot be shown to be later than `knownAt`, and counts.
 */
export type TagMoment = { readonly asOf: number; readonly knownAt?: number }

/** Tags by subject. Subjects that were refused match nothing and are not in it. */
export type TagIndex = ReadonlyMap<string, readonly Tag[]>

/** `chain` is a CAIP-2 id, or `null` for tags whose file leaves the chain open. */
export type SubjectRef = { readonly chain: string | null; readonly text: string }

/** Names a set of tags in their present state: independent of order, of repetition and of file names. */
export function tagSetDigest(tags: Iterable<Tag>): string {
  const lines = new Set<string>()
  for (const tag of tags) lines.add(tagLine(tag))
  return digestOfLines(lines)
}

/** One tag's line in the digest: its id, which covers all it says, and its acts. */
export function tagLine(tag: Tag): string {
  const { retracted, superseded, ended } = tag
  return canonicalJson([
    tag.id,
    retracted && [retracted.at, retracted.by, retracted.reason],
    superseded && [superseded.at, superseded.by, superseded.reason, superseded.replacedBy],
    ended && [ended.at, ended.by, ended.reason, ended.validTo],
  ])
}

function digestOfLines(lines: ReadonlySet<string>): string {
  return sha256Text(['comity tag set v1', ...[...lines].sort()].join('\n'))
}

export function indexTags(tags: Iterable<Tag>): TagIndex {
  const usable = [...tags].filter((tag) => tag.subject.check !== 'refused')
  const index = Map.groupBy(usable, (tag) => subjectKey(tag.subject))
  for (const [key, group] of index) index.set(key, group.sort(byRank))
  return index
}

/** The tags of a subject that are in force at the moment, the most confident first. */
export function tagsOf(index: TagIndex, subject: SubjectRef, moment: TagMoment): readonly Tag[] {
  return (index.get(subjectKey(subject)) ?? []).filter((tag) => isInForce(tag, moment))
}

export function isInForce(tag: Tag, { asOf, knownAt }: TagMoment): boolean {
  const known = (act: { readonly at: number } | null): boolean =>
    act !== null && (knownAt === undefined || act.at <= knownAt)
  if (known(tag.retracted) || known(tag.superseded)) return false
  if (knownAt !== undefined && isDatedAfter(tag, knownAt)) return false
  if (tag.validFrom !== null && asOf < tag.validFrom) return false
  if (tag.validTo !== null && asOf >= tag.validTo) return false
  return !(tag.ended && known(tag.ended) && asOf >= tag.ended.validTo)
}

export type TagConflict = {
  readonly subject: SubjectRef
  /** What the tags disagree about. Labels are free text and do not conflict. */
  readonly about: 'actor' | 'category'
  /** Each value with the ids of the tags that state it, both in order. */
  readonly sides: readonly { readonly value: string; readonly tagIds: readonly string[] }[]
}

/**
 * Where tags that were not taken back name different actors, or different categories, for one subject. None is
 * preferred: which to believe is a decision of the investigator, and belongs in the record.
 */
export function conflictsOf(tags: Iterable<Tag>): readonly TagConflict[] {
  const conflicts: TagConflict[] = []
  const standing = [...tags].filter((tag) => tag.retracted === null && tag.superseded === null)
  const groups = [...indexTags(standing)].sort(([left], [right]) => compareText(left, right))
  for (const [, group] of groups) {
    const subject = group[0]?.subject
    if (subject === undefined) continue
    for (const about of ['actor', 'category'] as const) {
      const sides = sidesOf(group, (tag) => tag[about])
      if (sides.length > 1) conflicts.push({ subject: { chain: subject.chain, text: subject.text }, about, sides })
    }
  }
  return conflicts
}

function sidesOf(tags: readonly Tag[], stated: (tag: Tag) => string | null): TagConflict['sides'] {
  const idsByValue = new Map<string, string[]>()
  for (const tag of tags) {
    const value = stated(tag)
    if (value !== null) idsByValue.set(value, [...(idsByValue.get(value) ?? []), tag.id])
  }
  return [...idsByValue]
    .map(([value, tagIds]) => ({ value, tagIds: [...new Set(tagIds)].sort() }))
    .sort((left, right) => compareText(left.value, right.value))
}

/** Highest level first; no level last; then by id, so that the order never depends on arrival. */
export function byRank(left: Tag, right: Tag): number {
  const [a, b] = [left.confidence?.level ?? -1, right.confidence?.level ?? -1]
  return a === b ? compareText(left.id, right.id) : b - a
}

function isDatedAfter(tag: Tag, knownAt: number): boolean {
  if (tag.date === null) return false
  const date = parseStatedInstant(tag.date)
  return date.ok && date.value.seconds > knownAt
}

/** By code unit: the same order on every machine, which `localeCompare` is not. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
