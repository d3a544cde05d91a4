/**
 * A joint case as one agency holds it: the terms, the list of who takes part, and how it came to this case. The list is written
 * by the leader alone, whole each time and counted; whoever has gone stays in it, so that the newest says everything that an
 * older one said, and the order in which lists arrive does not matter.
 */
import { type Static, Type } from '@sinclair/typebox'
import { type Approval, approvalDigest, closed, Id, Instant, nullable, oneOf, text } from '../../casework/index.ts'
import { type Header, JointParty, jointKinds, sharedKinds } from '../../exchange/index.ts'
import {
  type Json,
  type Marking,
  Marking as MarkingSchema,
  ok,
  type Result,
  refuse,
  sha256Text,
} from '../../kernel/index.ts'

export const JOINT = 'joint'
export const INVITATION = 'joint-invitation'
export const jointStates = ['proposed', 'active', 'declined', 'left', 'ended', 'withdrawn'] as const

export const AgencyId = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$',
  description: 'An agency by its id in the directory.',
})
export const Day = Type.String({ format: 'date', description: 'A day, as 2026-11-25.' })
export const Party = closed({
  agency: AgencyId,
  role: text(200, 'What it does in the joint case.'),
  purpose: text(1000, 'For what it takes part.'),
})

/** What was proposed, and does not change. */
export const Terms = closed({
  kind: oneOf(jointKinds, 'A task force, or a joint investigation team.'),
  title: text(300, 'What it is called.'),
  purpose: text(10_000, 'For what.'),
  shares: Type.Array(oneOf(sharedKinds, 'A kind of object.'), {
    minItems: 1,
    maxItems: sharedKinds.length,
    uniqueItems: true,
    description: 'What is to be shared.',
  }),
  from: Day,
  until: Day,
  agreement: nullable(
    Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The agreement of the team, by its SHA-256.' }),
  ),
  dataRules: text(10_000, 'How data is handled.'),
  evidenceUse: text(4000, 'How evidence may be used.'),
  legalBasis: text(2000, 'The provision of the own law on which it stands.'),
})
export type Terms = Static<typeof Terms>

export const PartyList = closed({
  version: Type.Integer({ minimum: 1 }),
  parties: Type.Array(closed({ ...Party.properties, state: JointParty.properties.state })),
  endedAt: nullable(Instant),
  reason: nullable(Type.String()),
})
export type PartyList = Static<typeof PartyList>
export type PartyState = PartyList['parties'][number]['state']

export type JointBody = {
  readonly joint: string
  readonly leader: string
  readonly terms: Terms
  readonly state: (typeof jointStates)[number]
  readonly list: PartyList
  /** Agencies that stand in the list and have not been asked yet: their invitation needs its approvals. */
  readonly drafted: readonly string[]
  /** Agency → the exchange in which it was invited, or has invited us. */
  readonly exchanges: Readonly<Record<string, string>>
  /** Why an agency has declined or left, as it told us, who lead; the list that all are sent does not say it. */
  readonly reasons?: Readonly<Record<string, string>>
  readonly approvals: readonly Approval[]
  readonly drafters: readonly string[]
  readonly marking: Marking
  readonly author: string
  readonly by: string
}

/** Of the node, since no case is known yet. */
export type InvitationBody = {
  readonly joint: string
  readonly leader: string
  readonly exchange: string
  readonly terms: Terms
  readonly list: PartyList
  readonly purpose: Header['marking']['purpose']
  readonly tlp: Header['marking']['tlp']
  readonly state: 'open' | 'accepted' | 'declined'
  /** The local case, once it was accepted. */
  readonly caseId: string | null
}

export const JointView = closed({
  id: Id,
  caseId: Id,
  version: Type.Integer(),
  joint: Id,
  leader: AgencyId,
  terms: Terms,
  state: oneOf(jointStates, 'Where it stands here.'),
  list: PartyList,
  drafted: Type.Array(AgencyId),
  /** Agency → the exchange of its invitation. */
  exchanges: Type.Record(Type.String(), Type.String()),
  /** Agency → why it has declined or left, as it told the one that leads. */
  reasons: Type.Record(Type.String(), Type.String()),
  digest: Type.String({ description: 'What is approved.' }),
  /** Everybody who has written any of it; none of them approves it. */
  drafters: Type.Array(Type.String()),
  approvals: Type.Array(
    closed({
      approverId: Id,
      role: Type.String(),
      givenAt: Instant,
      expiresAt: Instant,
      counts: Type.Boolean({ description: 'Of exactly this content, by somebody who may, and not lapsed.' }),
    }),
  ),
  approval: closed({
    needed: Type.Integer(),
    counted: Type.Integer(),
    enough: Type.Boolean(),
    policies: Type.String({ description: 'The policies under which it is approved; part of the digest.' }),
  }),
  marking: MarkingSchema,
})

/** An identifier that each node computes alike, and nobody can claim for somebody else: version 8 of RFC 9562 (5.8). */
export function idOf(...parts: readonly string[]): string {
  const hex = sha256Text(JSON.stringify(parts))
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/** The newer list. Two that differ under one number are a contradiction of the leader: the one with the greater digest holds everywhere. */
export function mergeLists(held: PartyList, came: PartyList): PartyList {
  if (held.version !== came.version) return held.version > came.version ? held : came
  return digestOf(held) >= digestOf(came) ? held : came
}

/** The next list, in which an agency stands otherwise. */
export function withState(list: PartyList, agency: string, state: PartyState): PartyList {
  const parties = list.parties.map((party) => (party.agency === agency ? { ...party, state } : party))
  return { ...list, version: list.version + 1, parties }
}

export function stateOf({ parties }: PartyList, agency: string): PartyState | null {
  return parties.find((party) => party.agency === agency)?.state ?? null
}

/** Who is told and takes part now. */
export function accepted({ parties }: PartyList): readonly string[] {
  return parties.filter(({ state }) => state === 'accepted').map(({ agency }) => agency)
}

/** Whether what this agency has said of its objects is kept: it takes part, or has. */
export function wasIn({ parties }: PartyList, agency: string): boolean {
  return parties.some((party) => party.agency === agency && ['accepted', 'left', 'removed'].includes(party.state))
}

/** Where the joint case stands here after a list has come. */
export function stateHere(before: JointBody['state'], list: PartyList, me: string): JointBody['state'] {
  if (before === 'left' || before === 'withdrawn' || before === 'declined') return before
  if (list.endedAt !== null) return 'ended'
  return stateOf(list, me) === 'removed' ? 'left' : before
}

export function checkTerms(
  { from, until }: Terms,
  parties: readonly { readonly agency: string }[],
  me: string,
): Result<null> {
  if (until < from)
    return refuse('JOINT_DATES', 'The joint case would end before it begins.', {
      place: '/terms/until',
      fix: 'State a later day.',
    })
  const agencies = parties.map(({ agency }) => agency)
  const twice = agencies.findIndex((one, at) => one === me || agencies.indexOf(one) !== at)
  if (twice !== -1)
    return refuse('JOINT_PARTY', 'An agency stands twice among those invited, or is your own.', {
      place: `/parties/${twice}/agency`,
      fix: 'Name each other agency once; your own leads.',
    })
  return ok(null)
}

/** All that an approval covers: what is said, and to whom it has not been said yet. */
export function approvedProposal(id: string, body: JointBody, more: { policies: string; needed: number }): string {
  const { joint, leader, terms, list, drafted, marking } = body
  const parties = list.parties.map(({ agency, role, purpose }) => ({ agency, role, purpose }))
  const facts = { id, joint, leader, terms, parties, drafted, marking, ...more }
  return approvalDigest({ format: 'comity-joint-proposal/1', ...facts } as unknown as Json)
}

function digestOf(list: PartyList): string {
  return approvalDigest(list as unknown as Json)
}
