/** A case: what it is called, whom it is for, and the rules about its people. Pure; the acts stand in case-actions.ts. */
import { type Static, Type } from '@sinclair/typebox'
import { Access, ok, PersonId, type Purpose, purposes, type Result, type Role, refuse } from '../kernel/index.ts'
import { Country, closed, Id, Instant, nullable, oneOf, text, Version } from './fields.ts'

export const Title = text(200, 'What the case is called; for people.')
export const Reference = Type.String({ maxLength: 80, pattern: '\\S', description: 'The file number of the agency.' })
export const CaseKind = oneOf(
  ['local', 'joint'],
  'local: of this agency alone. joint: conducted with agencies of other countries.',
)
export const Partners = Type.Array(Country, {
  maxItems: 60,
  uniqueItems: true,
  description: 'The other countries of a joint case.',
})

export const CaseBody = closed({
  title: Title,
  reference: nullable(Reference),
  summary: nullable(text(20_000, 'What it is about.')),
  kind: CaseKind,
  partners: Partners,
  access: Access,
  openedBy: PersonId,
  openedAt: Instant,
  closedAt: nullable(Instant),
  /** The referral that waits for its answer. */
  referral: Type.Optional(nullable(Id)),
  /** The authority outside that has taken the case over; while there is one, the case here is a closed file. */
  heldBy: Type.Optional(
    nullable(closed({ authority: Type.String(), country: Country, role: Type.String(), since: Instant })),
  ),
  /** Why it was closed, opened again, sealed, or serves another purpose: the reason of the last such act. */
  reason: nullable(text(2000, 'The reason of the last act on the case itself.')),
})
export type CaseBody = Static<typeof CaseBody>

export const CaseView = closed({ id: Id, version: Version, at: Instant, case: CaseBody })
export type CaseView = Static<typeof CaseView>

export type Opening = {
  readonly title: string
  readonly reference?: string | undefined
  readonly summary?: string | undefined
  readonly kind: 'local' | 'joint'
  readonly partners: readonly string[]
  readonly purposes: readonly Purpose[]
  readonly training: boolean
}

/** The body of a new case, whose only member and lead is who opens it. */
export function openCaseBody(opening: Opening, by: { id: string; role: Role }, now: string): Result<CaseBody> {
  const partners = checkPartners(opening.kind, opening.partners)
  if (!partners.ok) return partners
  const serves = checkPurposes(opening.purposes, opening.training)
  if (!serves.ok) return serves
  if (by.role === 'training' && !opening.training)
    return refuse('CASE_TRAINING', 'A trainee opens exercises only.', {
      place: '/training',
      fix: 'Open the case as an exercise.',
    })
  return ok({
    title: opening.title,
    reference: opening.reference ?? null,
    summary: opening.summary ?? null,
    kind: opening.kind,
    partners: [...opening.partners],
    access: {
      members: [by.id],
      leads: [by.id],
      sealed: false,
      sealedFor: [],
      training: opening.training,
      closed: false,
      purposes: purposes.filter((purpose) => opening.purposes.includes(purpose)),
    },
    openedBy: by.id,
    openedAt: now,
    closedAt: null,
    reason: null,
  })
}

export function checkPartners(kind: 'local' | 'joint', partners: readonly string[]): Result<null> {
  if ((kind === 'joint') === partners.length > 0) return ok(null)
  return refuse(
    'CASE_PARTNERS',
    kind === 'joint' ? 'A joint case names no other country.' : 'A local case names other countries.',
    { place: '/partners', fix: 'Name the countries of a joint case, or none where the case is local.' },
  )
}

/** An exercise serves nothing else, and nothing real serves as an exercise: the two never mix. */
export function checkPurposes(serves: readonly Purpose[], training: boolean): Result<null> {
  const exercise = serves.includes('exercise')
  if (training ? exercise && serves.length === 1 : !exercise && serves.length > 0) return ok(null)
  return refuse('CASE_PURPOSE', 'An exercise has the one purpose "exercise", and no other case has it.', {
    place: '/purposes',
    fix: 'State what the case serves.',
  })
}

export function addMember(access: Access, personId: string): Result<Access> {
  if (access.members.includes(personId))
    return refuse('MEMBER_ALREADY', 'This person is a member of the case already.', { place: '/personId' })
  return ok({ ...access, members: [...access.members, personId] })
}

/** Who goes is no lead and is not among those of the seal any more. The last lead cannot go. */
export function removeMember(access: Access, personId: string): Result<Access> {
  if (!access.members.includes(personId)) return notMember()
  const without = (people: readonly string[]) => people.filter((one) => one !== personId)
  return keepsLead({
    ...access,
    members: without(access.members),
    leads: without(access.leads),
    sealedFor: without(access.sealedFor),
  })
}

/** Makes a member a lead; where it is a hand-over, the one who hands over is a lead no more. */
export function makeLead(access: Access, personId: string, insteadOf: string | null): Result<Access> {
  if (!access.members.includes(personId)) return notMember()
  if (insteadOf !== null && !access.leads.includes(insteadOf))
    return refuse('LEAD_UNKNOWN', 'The person whose lead is handed over is no lead of the case.', {
      place: '/insteadOf',
    })
  const leads = access.leads.filter((one) => one !== insteadOf && one !== personId)
  return keepsLead({ ...access, leads: [...leads, personId] })
}

/** A seal without a lead inside could never be lifted again, so that it needs one. */
export function sealAccess(access: Access, sealedFor: readonly string[]): Result<Access> {
  if (!sealedFor.every((person) => access.members.includes(person))) return notMember()
  return keepsLead({ ...access, sealed: true, sealedFor: [...sealedFor] })
}

function keepsLead(access: Access): Result<Access> {
  const able = access.sealed ? access.leads.filter((lead) => access.sealedFor.includes(lead)) : access.leads
  if (able.length > 0) return ok(access)
  return refuse('LAST_LEAD', 'The case would be left without a lead who can see it.', {
    fix: 'Hand over the lead to another member first.',
  })
}

function notMember(): { ok: false; refusal: { code: string; message: string; fix: string } } {
  return {
    ok: false,
    refusal: {
      code: 'MEMBER_UNKNOWN',
      message: 'Somebody named here is no member of the case.',
      fix: 'Add the person to the case first.',
    },
  }
}
