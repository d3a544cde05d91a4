/**
 * Whether a tag says that a service commingles funds at its subject, so that tracing on over the ledger would follow
 * other people's money. Which categories mean that is data, each with its reason: packs/tags/service-categories.json.
 *
 * Decided by category and concepts only. An actor does not decide: tags on a thief's addresses name the service that
 * was robbed. A tag without a stated confidence, or with an unknown one, meets no threshold above zero.
 */
import servicePack from '../../../../packs/tags/service-categories.json' with { type: 'json' }
import { isOutOfForce } from './life-cycle.ts'
import type { Tag } from './tag.ts'
import { byRank } from './tag-set.ts'

export type ServiceCategory = {
  readonly id: string
  readonly commingles: boolean
  readonly reason: string
  readonly definition: string
}

/** `alsoStopAt`: further categories at which this trace is to stop, as its record says. */
export type ServicePolicy = { readonly minConfidence: number; readonly alsoStopAt?: readonly string[] }

export const serviceCategories: readonly ServiceCategory[] = servicePack.categories

const commingling = new Set(serviceCategories.filter((category) => category.commingles).map((category) => category.id))

export function isService(tag: Tag, policy: ServicePolicy): boolean {
  if (isOutOfForce(tag) || tag.subject.check === 'refused') return false
  if ((tag.confidence?.level ?? 0) < policy.minConfidence) return false
  return categoriesOf(tag).some((id) => commingling.has(id) || (policy.alsoStopAt?.includes(id) ?? false))
}

/** The tags that stop a trace, the most confident first: the first of them is the one to name in the record. */
export function serviceTags(tags: readonly Tag[], policy: ServicePolicy): readonly Tag[] {
  return tags.filter((tag) => isService(tag, policy)).sort(byRank)
}

function categoriesOf(tag: Tag): readonly string[] {
  return tag.category === null ? tag.concepts : [tag.category, ...tag.concepts]
}
