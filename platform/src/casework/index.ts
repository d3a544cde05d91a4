/** The door of the room `casework`: cases and what is in them, requests, approvals, deconfliction, retention. */
import type { Action } from '../kernel/index.ts'
import { approvalActions } from './approval-actions.ts'
import { caseActions } from './case-actions.ts'
import { caseReferralActions } from './case-referral-actions.ts'
import { deconflictionActions } from './deconfliction-actions.ts'
import { erasureActions } from './erasure-actions.ts'
import { erasureEndActions } from './erasure-end.ts'
import { holdActions } from './holds.ts'
import { incomingActions } from './incoming-answers.ts'
import { receiveActions } from './incoming-receive.ts'
import { itemActs } from './item-kinds.ts'
import { memberActions } from './member-actions.ts'
import { reminderActions } from './reminder-actions.ts'
import { requestActions } from './request-actions.ts'
import { requestAnswers } from './request-answers.ts'
import { requestDeadlineActions } from './request-deadlines.ts'
import { requestSteps } from './request-steps.ts'
import { retentionActions } from './retention-actions.ts'
import { watchActions } from './watching.ts'

export { ChallengeView, Credential, challengeNow, newApproval } from './approval-actions.ts'
export {
  type Approval,
  type ApprovalState,
  approvalChallenge,
  approvalDigest,
  approvalState,
  LEAST_APPROVALS,
} from './approvals.ts'
export { type Asset, Assets, assetRef } from './assets.ts'
export { type CaseBody, Title } from './case.ts'
export { caseOf, did } from './case-acts.ts'
export { holdersOf, type ReferralBody } from './case-referral.ts'
export { caseworkCodes } from './codes.ts'
export { type DueKind, dueDatesOf, dueKinds } from './due-dates.ts'
export { rolesNow } from './entitled.ts'
export { type ErasureOrder, type ErasureProof, proofOf } from './erasure.ts'
export { endErasure, orderedErasures } from './erasure-end.ts'
export {
  Address,
  CaseId,
  ChainId,
  Changed,
  Country,
  Cursor,
  closed,
  DEFAULT_LIMIT,
  Digest,
  Id,
  Instant,
  Limit,
  nullable,
  oneOf,
  pageOf,
  Seen,
  text,
  Version,
  Zone,
} from './fields.ts'
export { holdsOf } from './holds.ts'
export { Receipt as IncomingReceipt, Received, receiveRequest } from './incoming-receive.ts'
export {
  type DecisionContent,
  type EventContent,
  itemKindNames,
  kindsToAdd,
  type OrderContent,
  type PersonContent,
  type VictimContent,
  type WalletContent,
} from './item-kinds.ts'
export { addItem, type ItemBody } from './items.ts'
export { everyRecord, passingPage, readablePage, readQuestion } from './listing.ts'
export { checkMarking, loosens } from './marking-rules.ts'
export {
  ConflictOrder,
  type ConflictStep,
  newConflict,
  nextStep,
  ORDER_CONFLICT,
  OrderConflictBody,
} from './order-conflict.ts'
export { orderOf } from './order-conflict-open.ts'
export * from './ports.ts'
export { readThreshold, THRESHOLD, usualThresholds } from './reminder-thresholds.ts'
export { type KnownReminder, planReminders, REMINDER, type ReminderBody, remindOf, toKnown } from './reminders.ts'
export { approvedContent, directionOf, LetterText, type RequestBody, RequestContent, type TraceRef } from './request.ts'
export { draftRequest, FindingView } from './request-actions.ts'
export { type Partners, type RequestWrite, requestOf, type StoredRequest, standingOf } from './request-acts.ts'
export { type Direction, type RequestAct, type RequestState, requestStates, transitions } from './request-states.ts'
export { releaseAs } from './request-steps.ts'
export { ledCategories, type Measure, measures, useConditionCodes } from './vocabulary.ts'

export {
  ALARM,
  type AlarmContent,
  alarmEvents,
  type ChainNotice,
  newsEvents,
  tellAlarms,
  tellNews,
  WATCH,
  type WatchContent,
  type WatchNews,
} from './watching.ts'

/** Every act of this room. */
export const caseworkActions: readonly Action[] = [
  ...caseActions,
  ...memberActions,
  ...caseReferralActions,
  ...itemActs,
  ...requestActions,
  ...requestSteps,
  ...requestAnswers,
  ...receiveActions,
  ...incomingActions,
  ...requestDeadlineActions,
  ...reminderActions,
  ...approvalActions,
  ...deconflictionActions,
  ...retentionActions,
  ...holdActions,
  ...erasureActions,
  ...erasureEndActions,
  ...watchActions,
] as unknown as readonly Action[]
