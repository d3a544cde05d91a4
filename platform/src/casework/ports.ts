/** What this room is wired with. Each port is asked for by its name: `context.port<AddressGate>(ports.addresses)`. */
import type { AssertionProof } from '../evidence/index.ts'
import type { ActionContext, Result } from '../kernel/index.ts'

export const ports = {
  addresses: 'addresses',
  approvals: 'approvals',
  fronts: 'fronts',
  law: 'legal',
  partners: 'partners',
  policies: 'policies',
  reminders: 'reminders',
  retention: 'retention',
  shredder: 'shredder',
} as const

/** The gate for addresses: the one canonical form of an address, or why it is none. */
export interface AddressGate {
  parse(chain: string, address: string): Result<{ readonly chain: string; readonly address: string }>
}

/** What a watch asks of the traces that a case keeps, and whether there is a ledger by which it can grow. */
export interface WatchFronts {
  readonly ledger: boolean
  /** The front of a kept trace on a chain, if whoever asks may read the trace. */
  frontOf(
    context: ActionContext,
    caseId: string,
    digest: string,
    chain: string,
  ): Promise<Result<{ addresses: string[]; outputs: string[] }>>
}

export type FormProblem = {
  readonly code: string
  /** The place in the data, as `persons[0].natural.surname`. */
  readonly path: string
  readonly message: string
  readonly fix: string
  readonly article: string
}

export type DeadlineQuestion = {
  readonly instrument: string
  readonly requestType: string
  /** Instants by what happened then. Kinds of receipt are kept apart: they set off different clocks. */
  readonly times: Readonly<Record<string, string>>
  readonly zone: string
  readonly jurisdiction: string
  readonly urgency: string | null
  /** Whose duty it is: theirs for what we ask, ours for what we are asked. */
  readonly side: 'ours' | 'theirs'
  /** Periods that were extended, or stood still. */
  readonly changes: readonly PeriodChange[]
}

export type PeriodChange = {
  readonly ruleId: string
  readonly extendedAt: string | null
  readonly suspended: readonly { readonly from: string; readonly to: string }[]
}

/** What the law provides for a period beside its length; `moves`: whether its date moves by it, and it does not only remind. */
export type PeriodProvision = {
  readonly text: string
  readonly article: string
  readonly verified: string
  readonly moves: boolean
}

export type RuleDeadline = {
  readonly ruleId: string
  readonly article: string
  /** The first instant after the period, in UTC; `null` where the law gives no date. */
  readonly due: string | null
  readonly zone: string
  readonly binding: boolean
  readonly steps: readonly string[]
  /** When the period began. */
  readonly from: string
  /** Moments at which a rule that gives no date still reminds, each with the reason. */
  readonly reminders: readonly { readonly at: string; readonly why: string }[]
  /** By which provision it may be extended, and may stand still; `null` where there is none, so that it is refused. */
  readonly extension: PeriodProvision | null
  readonly suspension: PeriodProvision | null
}

/** The room `legal`, as casework needs it. */
/** A conflict between orders, and what is done about it, as packs/conflicts.yaml says it. */
export type ConflictKind = {
  readonly id: string
  readonly pairs: readonly { readonly one: readonly string[]; readonly other: readonly string[] }[]
  readonly withinCase: boolean
  readonly criteria: readonly string[]
  readonly article: string
  readonly verified: string
  readonly steps: readonly {
    readonly step: 'consult' | 'decide' | 'tell'
    readonly duty: string
    readonly amount: number
    readonly unit: 'h' | 'cd'
    readonly article: string
    readonly verified: string
  }[]
}

export interface LegalPort {
  /** In the order in which they are tried. */
  conflicts(): readonly ConflictKind[]
  form(
    instrument: string,
    requestType: string,
  ): Result<{
    readonly id: string
    /** Version of the pack of the instrument. */
    readonly version: string
    readonly sections: readonly {
      readonly id: string
      readonly fields: readonly { readonly path: string; readonly kind: string; readonly required: boolean }[]
    }[]
  }>
  check(instrument: string, requestType: string, data: unknown): readonly FormProblem[]
  /** Whether the packs hold the instrument and know such a request of it, with or without a form. */
  knows(instrument: string, requestType: string): Result<null>
  /** Why an authority outside is competent: by the pack of its country, and by the routes to it where a question is put. */
  competence(about: {
    readonly country: string
    readonly role: string
    readonly authority: string
    readonly question: { readonly need: string; readonly offence: string } | null
  }): Result<{
    readonly names: readonly string[]
    readonly reasons: readonly { readonly text: string; readonly article: string; readonly verified: string }[]
  }>
  /** The provision on which a ground stands under the instrument; refused where the instrument excludes the ground. */
  ground(
    about: { readonly instrument: string; readonly requestType: string },
    kind: 'refusal' | 'postponement' | 'impossibility',
    code: string,
  ): Result<{ readonly article: string; readonly verified: string }>
  /** Urgency codes that the instrument knows for this request; empty: it knows no urgency. */
  urgencies(instrument: string, requestType: string): readonly string[]
  /** All that run. A change that cannot be, as the times of receipt now stand, is not counted, and the steps say so. */
  deadlines(question: DeadlineQuestion): readonly RuleDeadline[]
  /** One of them; or why the facts that are stated cannot be, as an extension that the rule does not know. */
  deadline(question: DeadlineQuestion, ruleId: string): Result<RuleDeadline>
}

/** When people are reminded, and in which place a day begins. */
export interface ReminderSetting {
  readonly ordinary: readonly Threshold[]
  /** For requests that state a ground of urgency. */
  readonly urgent: readonly Threshold[]
  /** The first instant of a day (`2026-11-25`) where the agency is, in UTC. */
  dayBegins(day: string): string
}

/** A part of the period that has passed, in percent; or what is left of it, in minutes. */
export type Threshold = { readonly name: string } & (
  | { readonly passed: number; readonly left?: undefined }
  | { readonly left: number; readonly passed?: undefined }
)

export type ApprovalCheck = {
  readonly personId: string
  /** The assertion, as the browser gave it. */
  readonly credential: unknown
  /** The challenge that it must answer, base64url. */
  readonly challenge: string
}

/** What an approval needs of the node: how many, and whether an assertion is one. */
export interface ApprovalDesk {
  /** How many people must approve, by the pack of the instrument or the setting of the node. Fewer than two counts as two. */
  needed(about: { readonly instrument: string | null; readonly requestType: string }): number
  verify(check: ApprovalCheck): Promise<
    Result<{
      readonly credentialId: string
      readonly deviceBound: boolean
      readonly userVerified: boolean
      /** What others can check again without this node. */
      readonly proof: AssertionProof
    }>
  >
}

/** The law of the house under which a decision is taken: SHA-256 of schema and policies. */
export interface PolicyVersion {
  readonly version: string
}

export type RetentionRule = {
  readonly ruleId: string
  readonly purpose: string
  /** The provision from which the period comes. */
  readonly basis: string
  readonly clockStart: 'opened' | 'closed' | 'last-change'
  /** ISO 8601, of years, months and days: `P5Y`. */
  readonly period: string
}

export interface RetentionRules {
  rulesFor(purposes: readonly string[]): readonly RetentionRule[]
}

export type CaseInventory = {
  /** Records of the case by kind, every version counted. */
  readonly countByKind: Readonly<Record<string, number>>
  /** When anything of the case was last written; holds and proposals to erase it do not count. */
  readonly lastChangeAt: string | null
  /** Names the key without giving it away; `null` where the key is gone. */
  readonly keyIdDigest: string | null
}

/** Destroys the key under which everything of a case is sealed. */
export interface Shredder {
  inventory(caseId: string): Promise<CaseInventory>
  /** Doing it again changes nothing. `gone`: looked for again, and not there. */
  destroy(caseId: string): Promise<{ readonly gone: boolean }>
}
