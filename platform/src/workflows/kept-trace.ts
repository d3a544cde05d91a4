/** The record of a trace that a case keeps. */
import type { Marking } from '../kernel/index.ts'
import type { UsedTag } from '../tracing/index.ts'

export const TRACE = 'trace'

export type KeptTrace = {
  /** The record, as its file. */
  readonly text: string
  /** The digest that the record states of itself, and the rule. */
  readonly digest: string
  readonly rule: string
  readonly marking: Marking
  readonly author: string
  /** The tags at which the trace stopped: whom a retraction concerns. */
  readonly tagged: readonly UsedTag[]
  /** The links between chains that it goes over: whom a rejection concerns. Absent in what was kept before they were. */
  readonly links?: readonly string[]
}
