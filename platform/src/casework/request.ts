/** A request to another authority: what it says, and what has become of it. */
import { type Static, Type } from '@sinclair/typebox'
import { type Json, Marking, Tlp } from '../kernel/index.ts'
import { authorityRoles, FormData } from '../legal/index.ts'
import type { Approval } from './approvals.ts'
import { Assets } from './assets.ts'
import {
  BaseUnits,
  Country,
  closed,
  Day,
  Digest,
  Id,
  Instant,
  Language,
  nullable,
  oneOf,
  text,
  Version,
  Zone,
} from './fields.ts'
import { type Direction, type RequestState, requestStates } from './request-states.ts'
import { measures, urgencyCodes, useConditionCodes } from './vocabulary.ts'

/** The trace on which the request stands: enough for the other side to find the same record and to check it. */
export const TraceRef = closed({
  recordDigest: Digest,
  resultDigest: Digest,
  rule: closed({
    id: text(60, 'The rule of tracing.'),
    version: Type.Integer({ minimum: 1 }),
    legalName: text(300, 'The rule as the law calls it.'),
  }),
  asOf: closed({ height: Type.Integer({ minimum: 0 }), hash: nullable(Digest) }),
  /** At which ends of the trace the assets of the request lie. */
  endpoint: oneOf(['service', 'unspent'], 'service: held by a service. unspent: not moved on.'),
  root: BaseUnits,
  /** Of the root, what the request reaches, and what the trace did not follow: both are part of what it says. */
  reached: BaseUnits,
  notFollowed: BaseUnits,
  shares: Type.Array(closed({ source: text(200, 'The seeds of one label: whose money it is.'), amount: BaseUnits }), {
    maxItems: 10_000,
  }),
})
export type TraceRef = Static<typeof TraceRef>

export const Recipient = closed({
  authority: text(300, 'The authority or service that is asked.'),
  country: Country,
  role: oneOf(['to', 'via', 'copy'], 'to: asked; via: passes it on, as a central authority; copy: is informed.'),
  address: Type.Optional(text(500, 'Where it is reached.')),
})

export const RequestContent = closed({
  instrument: text(80, 'The instrument, by its id in the packs.'),
  requestType: text(80, 'The type of request, by its id in the pack.'),
  measure: oneOf(measures, 'What is asked for.'),
  data: FormData,
  languages: closed({ original: Language, theirs: Type.Array(Language, { maxItems: 10, uniqueItems: true }) }),
  recipients: Type.Array(Recipient, { minItems: 1, maxItems: 30 }),
  /** Country and zone of the authority that must act: its days count. */
  clock: closed({ country: Country, zone: Zone }),
  urgency: nullable(
    closed({ code: oneOf(urgencyCodes, 'Why it cannot wait.'), ground: text(4000, 'The facts of the urgency.') }),
  ),
  facts: text(100_000, 'The facts of the case, as far as they are needed.'),
  assets: Assets,
  trace: nullable(TraceRef),
  useConditions: Type.Array(
    closed({
      code: oneOf(useConditionCodes, 'What the receiver may do with it.'),
      until: Type.Optional(Day),
      text: Type.Optional(text(2000, 'In words.')),
    }),
    { maxItems: 20 },
  ),
})
export type RequestContent = Static<typeof RequestContent>

export const ReceivedTimes = closed({
  /** Three clocks that laws keep apart: forwarding alone starts none (Reg. 2018/1805 arts 4(9), 9(3)). */
  receivedByNodeAt: nullable(Instant),
  receivedByCompetentAt: nullable(Instant),
  forwardedAt: nullable(Instant),
})
export type ReceivedTimes = Static<typeof ReceivedTimes>

export const DeadlineView = closed({
  ruleId: Type.String(),
  article: Type.String(),
  due: nullable(Instant),
  zone: Type.String(),
  binding: Type.Boolean(),
  steps: Type.Array(Type.String()),
  from: Type.Optional(Instant),
  reminders: Type.Optional(Type.Array(closed({ at: Instant, why: Type.String() }))),
})

/** A period of one rule that was extended, or stood still, as the law of the rule allows. */
export const PeriodChange = closed({
  ruleId: text(80, 'The rule of the packs, as EEV-11-1a.'),
  extendedAt: nullable(Instant),
  suspended: Type.Array(closed({ from: Instant, to: Instant }), {
    maxItems: 50,
    description: 'Stretches during which it stood still.',
  }),
})
export type PeriodChange = Static<typeof PeriodChange>

const ApprovalView = closed({
  approverId: Id,
  role: Type.String(),
  credentialId: Type.String(),
  digest: Digest,
  challenge: Type.String(),
  givenAt: Instant,
  expiresAt: Instant,
  withdrawnAt: nullable(Instant),
})

export const arrivals = [
  'post',
  'courier',
  'by-hand',
  'e-mail',
  'secure-channel',
  'network',
  'diplomatic',
  'exchange',
] as const

/** Who asks us, and what we keep of how they did. */
export const Incoming = closed({
  sender: closed({
    authority: text(300, 'The authority that asks.'),
    country: Country,
    role: oneOf(authorityRoles, 'What it is, as the packs call it.'),
    address: nullable(text(500, 'Where it is reached.')),
  }),
  reference: text(200, 'Their file number.'),
  arrival: oneOf(
    arrivals,
    'How it arrived. network: of contact points or liaison offices. exchange: as a signed message.',
  ),
  /** The original, among the exhibits of the case. */
  exhibit: nullable(Id),
  /** Where it came as the machine-readable text of a letter: which request it is with them, and the digest of that text. */
  letter: nullable(closed({ requestId: Id, digest: Digest, tlp: Tlp, handling: nullable(Type.String()) })),
  decidedAt: nullable(Instant),
  executedAt: nullable(Instant),
  /** What we have asked for and where it belongs in their form. */
  asked: nullable(closed({ fields: Type.Array(Type.String()), text: Type.String(), at: Instant })),
})
export type Incoming = Static<typeof Incoming>

export const RequestBody = closed({
  content: RequestContent,
  /** Absent: the request is our own. */
  incoming: Type.Optional(Incoming),
  /** Where it went out or came in as a message: with whom, and in which exchange. Absent: on paper, or not yet. */
  exchange: Type.Optional(
    closed({
      peer: text(63, 'The member of the directory.'),
      id: Digest,
      opening: text(60, 'The type of the message that opened it.'),
    }),
  ),
  marking: Marking,
  /** Who drafted it first. */
  author: Id,
  /** Everybody who has written any of its content; none of them approves it. */
  drafters: Type.Array(Id),
  state: oneOf(requestStates, 'Where it stands.'),
  submitted: nullable(closed({ digest: Digest, policies: Type.String(), needed: Type.Integer(), at: Instant, by: Id })),
  approvals: Type.Array(ApprovalView),
  releasedAt: nullable(Instant),
  received: ReceivedTimes,
  deadlines: Type.Array(DeadlineView),
  periods: Type.Optional(Type.Array(PeriodChange)),
  /** To whom it was passed on; open until they say that they have it. */
  referral: nullable(closed({ to: Recipient, at: Instant, takenOverAt: nullable(Instant) })),
  /** Of the last act: its code where it has one, and its words. */
  reason: nullable(
    closed({
      code: nullable(Type.String()),
      text: Type.String(),
      /** Of the ground: the provision on which it stands, and how well that was read. */
      article: Type.Optional(Type.String()),
      verified: Type.Optional(Type.String()),
    }),
  ),
  /** What was secured so far, in base units by asset, where the other side has said so. */
  secured: Type.Array(closed({ chain: Type.String(), address: Type.String(), amount: BaseUnits })),
  /** Until when a measure lasts after it was extended. */
  until: nullable(Instant),
  /** A person, or the node itself where a message has moved it. */
  by: Type.Union([Id, Type.Literal('node')]),
})
export type RequestBody = Omit<Static<typeof RequestBody>, 'state' | 'approvals'> & {
  readonly state: RequestState
  readonly approvals: readonly Approval[]
}

export function directionOf({ incoming }: Pick<RequestBody, 'incoming'>): Direction {
  return incoming === undefined ? 'out' : 'in'
}

export const RequestView = closed({ id: Id, caseId: Id, version: Version, at: Instant, request: RequestBody })

/** All that an approval covers: what will be sent, for which case, under which law of the house, and how many approve. */
export function approvedContent(facts: {
  readonly requestId: string
  readonly caseId: string
  readonly content: RequestContent
  readonly marking: Marking
  readonly policies: string
  readonly needed: number
}): Json {
  return { format: 'comity-request/1', ...facts } as unknown as Json
}

/** The machine-readable text of a letter, as it is attached to the PDF and read back from it. */
export const LetterText = closed(
  {
    format: Type.Literal('comity-request/1'),
    requestId: Id,
    caseId: Id,
    content: RequestContent,
    marking: Marking,
    policies: Type.String({ maxLength: 200, description: 'The law of the house of the sender.' }),
    needed: Type.Integer({ minimum: 1, maximum: 100, description: 'How many people had to approve.' }),
  },
  'The file request.json of the letter.',
)
export type LetterText = Static<typeof LetterText>
