/**
 * Referring a whole case: to other people of this node, or to an authority outside. The rules of handing over are those of
 * legal/referral.ts: the case stays with those who refer it until the others have acknowledged, so that no moment is without a
 * holder and none has two. Pure; the acts stand in case-referral-actions.ts.
 */
import { type Static, Type } from '@sinclair/typebox'
import { type Access, Marking, PersonId } from '../kernel/index.ts'
import { authorityRoles } from '../legal/index.ts'
import type { CaseBody } from './case.ts'
import { Country, closed, Id, Instant, nullable, oneOf, text } from './fields.ts'

export const Inside = closed({
  kind: Type.Literal('inside'),
  personId: PersonId,
  /** Who comes with them. */
  members: Type.Array(PersonId, { maxItems: 200, uniqueItems: true, description: 'Who else will work on the case.' }),
})
export const Outside = closed({
  kind: Type.Literal('outside'),
  authority: text(300, 'The authority to which the case is referred.'),
  country: Country,
  role: oneOf(authorityRoles, 'What it is, as the packs call it.'),
})
export const ReferredTo = Type.Union([Inside, Outside], {
  description: 'inside: people of this node. outside: another authority.',
})
export type ReferredTo = Static<typeof ReferredTo>

const Reasons = Type.Array(closed({ text: Type.String(), article: Type.String(), verified: Type.String() }))

export const ReferralBody = closed({
  to: ReferredTo,
  /** Of those who refer: who goes on working on the case afterwards, as its custodian. */
  staying: Type.Array(PersonId),
  /** Why they are competent, by the packs; null among people of one node. */
  competence: nullable(closed({ names: Type.Array(Type.String()), reasons: Reasons })),
  referral: closed({
    request: Id,
    from: Type.String(),
    to: Type.String(),
    reason: Type.String(),
    forwardedAt: Instant,
    state: oneOf(['open', 'acknowledged', 'declined', 'withdrawn'], 'Where it stands.'),
    answeredAt: nullable(Instant),
    answer: nullable(Type.String()),
  }),
  /** The exhibit that shows the answer of an authority outside. */
  evidence: nullable(Id),
  marking: Marking,
  author: PersonId,
})
export type ReferralBody = Static<typeof ReferralBody>

/** Their name in a referral: a person of this node, or an authority. */
export function referralName(to: ReferredTo): string {
  return to.kind === 'inside' ? to.personId : `${to.authority} (${to.country})`
}

/** The case after people of this node took it over: they and who stays are its members, and it has one lead. */
export function takenOverAccess(
  access: Access,
  lead: string,
  members: readonly string[],
  staying: readonly string[],
): Access {
  const stay = staying.filter((person) => access.members.includes(person))
  const inside = [...new Set([lead, ...members, ...stay])]
  return {
    ...access,
    members: inside,
    leads: [lead],
    sealedFor: access.sealedFor.filter((person) => inside.includes(person)),
    referredTo: [],
  }
}

/** Who holds a case now: its leads, or an authority outside that has acknowledged it. Never nobody, and never both. */
export function holdersOf({ access, heldBy = null }: Pick<CaseBody, 'access' | 'heldBy'>): readonly string[] {
  return heldBy === null ? access.leads : [`${heldBy.authority} (${heldBy.country})`]
}
