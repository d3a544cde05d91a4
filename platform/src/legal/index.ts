/** The law as packs: instruments, deadlines, forms, routes, admissibility. Files and calendars come by legal/sources. */
export { legalActions, legalPorts } from './actions/index.ts'
export { type Admissibility, admissibility, type CriterionAnswer, type ExhibitFacts } from './admissibility.ts'
export { checkAdmissible, type DraftRequest, type RequestFlaw } from './admissible-request.ts'
export type { Calendar, Calendars } from './calendar.ts'
export { checkPacks } from './check-packs.ts'
export { checkRequest, type RequestFinding } from './check-request.ts'
export { legalCodes } from './codes.ts'
export type { Step } from './counting.ts'
export { computeDeadline, type Deadline, type DeadlineFacts, type Reminder } from './deadline.ts'
export { type DualCriminality, dualCriminality, type Reason } from './dual-criminality.ts'
export { type DeadlineInquiry, type ExplainedDeadline, explainDeadline } from './explain-deadline.ts'
export { type FormField, type FormSection, type RequestForm, requestForm } from './form.ts'
export { FormData, formToData } from './form-data.ts'
export { type Labels, label, labelsOf } from './labels.ts'
export { dayBegins } from './moment.ts'
export * from './pack.ts'
export {
  type FoundDeadline,
  findDeadline,
  findInstrument,
  findJurisdiction,
  findOffence,
  findRequestType,
  gatherPacks,
  isEffective,
  type LegalPacks,
} from './packs.ts'
export { type PackFile, pathText, type ReadPack, readPack } from './read-pack.ts'
export {
  acknowledgeReferral,
  declineReferral,
  holderOf,
  openReferral,
  type Referral,
  referralTimes,
  withdrawReferral,
} from './referral.ts'
export type { Obstacle } from './route-checks.ts'
export { type Route, type RouteQuestion, type Routes, readNeed, routes } from './routes.ts'
