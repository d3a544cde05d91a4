/**
 * What happens to a tag after it was imported. Nothing of a tag is ever edited: an act is appended beside it, with who,
 * when and why, and the state of the tag is what its acts make of it.
 *
 * - *retracted*: the statement was wrong. It counts no longer, at any time of the ledger.
 * - *superseded*: another tag says it better. As retracted, with the id of the other tag.
 * - *ended*: the statement was right and holds no longer from a moment on. Earlier movements keep it.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import type { Tag, TagAct } from './tag.ts'

export type TagEvent =
  | (TagAct & { readonly kind: 'retracted'; readonly tagId: string })
  | (TagAct & { readonly kind: 'superseded'; readonly tagId: string; readonly replacedBy: string })
  | (TagAct & { readonly kind: 'ended'; readonly tagId: string; readonly validTo: number })

export function retractTag(tag: Tag, act: TagAct): Result<TagEvent> {
  return refuseAct(tag, act) ?? ok({ kind: 'retracted', tagId: tag.id, ...act })
}

export function supersedeTag(tag: Tag, replacement: Tag, act: TagAct): Result<TagEvent> {
  const refused = refuseAct(tag, act)
  if (refused) return refused
  if (replacement.id === tag.id || isOutOfForce(replacement)) {
    return refuse(
      'TAG_REPLACEMENT_OUT_OF_FORCE',
      `Tag ${short(replacement)} cannot replace tag ${short(tag)}: it is the same tag, or out of force itself.`,
      {
        fix: 'Name a tag that is in force, or retract the old tag without a replacement.',
      },
    )
  }
  return ok({ kind: 'superseded', tagId: tag.id, replacedBy: replacement.id, ...act })
}

export function endTag(tag: Tag, validTo: number, act: TagAct): Result<TagEvent> {
  const refused = refuseAct(tag, act)
  if (refused) return refused
  if (tag.ended !== null) {
    return refuse('TAG_ENDED_ALREADY', `Tag ${short(tag)} ends at ${iso(tag.ended.validTo)} already.`, {
      fix: 'Retract the tag if that end is wrong, and import a tag with the right validity.',
    })
  }
  if (tag.validFrom !== null && validTo <= tag.validFrom) {
    return refuse(
      'TAG_END_BEFORE_START',
      `Tag ${short(tag)} is valid from ${iso(tag.validFrom)}; it cannot end at ${iso(validTo)}.`,
      {
        fix: 'Give a later end, or retract the tag if it was never right.',
      },
    )
  }
  return ok({ kind: 'ended', tagId: tag.id, validTo, ...act })
}

/**
 * The state of each tag after its events. The order of arrival does not matter: of several acts of one kind on one
 * tag, which can only come from several places, the earliest counts (equal times: by the text of the act).
 */
export function applyTagEvents(tags: readonly Tag[], events: readonly TagEvent[]): readonly Tag[] {
  const eventsByTag = Map.groupBy([...events].sort(byTime), (event) => event.tagId)
  return tags.map((tag) => (eventsByTag.get(tag.id) ?? []).reduce(applyEvent, tag))
}

export function isOutOfForce(tag: Tag): boolean {
  return tag.retracted !== null || tag.superseded !== null
}

function applyEvent(tag: Tag, event: TagEvent): Tag {
  const act: TagAct = { at: event.at, by: event.by, reason: event.reason }
  switch (event.kind) {
    case 'retracted':
      return tag.retracted ? tag : { ...tag, retracted: act }
    case 'superseded':
      return tag.superseded ? tag : { ...tag, superseded: { ...act, replacedBy: event.replacedBy } }
    case 'ended':
      return tag.ended ? tag : { ...tag, ended: { ...act, validTo: event.validTo } }
  }
}

function refuseAct(tag: Tag, act: TagAct): Result<never> | null {
  if (isOutOfForce(tag)) {
    return refuse('TAG_OUT_OF_FORCE', `Tag ${short(tag)} is retracted or superseded already.`, {
      fix: 'Import a new tag if the statement is to be made again.',
    })
  }
  if (act.by.trim() === '' || act.reason.trim() === '') {
    return refuse('TAG_ACT_UNREASONED', `The act on tag ${short(tag)} does not say who acts and why.`, {
      fix: 'Name the person or agency, and give the reason.',
    })
  }
  return null
}

function byTime(left: TagEvent, right: TagEvent): number {
  if (left.at !== right.at) return left.at - right.at
  const [a, b] = [JSON.stringify(left), JSON.stringify(right)]
  return a < b ? -1 : a > b ? 1 : 0
}

function short(tag: Tag): string {
  return `${tag.id.slice(0, 12)} ("${tag.label.slice(0, 60)}" on ${tag.subject.text.slice(0, 80)})`
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
