/**
 * Words of the law that this room uses as codes. They are no codes of refusals of ours; each list says where it is from.
 */

/** What is done about an asset (codes of the message catalogue). */
export const measures = [
  'PRESERVE',
  'TRACE_INFO',
  'ACCOUNT_INFO',
  'TX_INFO',
  'TX_MONITOR',
  'HOLD_TX',
  'FREEZE_SPECIFIC',
  'FREEZE_VALUE',
  'SEIZE_CUSTODY',
  'CONFISCATE_SPECIFIC',
  'CONFISCATE_VALUE',
  'SALE',
  'RETURN',
  'SHARE',
  'DELETE',
] as const
export type Measure = (typeof measures)[number]

/** Nobody may dispose of the asset. */
export const freezing: readonly Measure[] = ['HOLD_TX', 'FREEZE_SPECIFIC', 'FREEZE_VALUE', 'SEIZE_CUSTODY']
/** The asset, or what is known of it, stays. */
export const keeping: readonly Measure[] = ['PRESERVE', ...freezing]
/** The asset, or what is known of it, goes. */
export const parting: readonly Measure[] = ['RETURN', 'SALE', 'SHARE', 'DELETE']
/** Counts against what there is. */
export const recovering: readonly Measure[] = [
  ...freezing,
  'CONFISCATE_SPECIFIC',
  'CONFISCATE_VALUE',
  'RETURN',
  'SHARE',
]

/** LED (Directive 2016/680) art. 6. */
export const ledCategories = ['SUSPECT', 'CONVICTED', 'VICTIM', 'WITNESS', 'CONTACT', 'ASSOCIATE', 'OTHER'] as const
/** Regulation (EU) 2018/1805, Annex I section C: where a person stands towards the order. */
export const positions = ['ORDER_TARGET', 'OWNER', 'THIRD_PARTY'] as const

/** Grounds of urgency: Reg. 2018/1805 art. 9(2)-(3); CETS 224 arts 9, 10; Budapest Convention art. 31(3). */
export const urgencyCodes = [
  'IMMINENT_DISSIPATION',
  'INVESTIGATIVE_NEED',
  'DATE_OR_COORDINATION',
  'LIFE_SAFETY',
  'DATA_LOSS',
  'CRIMINAL_STOP_PAYMENT',
] as const

/** What a receiver may do with it. EXCULPATORY_EXCEPTION: UNTOC art. 18(19), UNCAC art. 46(19); REPORT_USE: Budapest art. 28(4). */
export const useConditionCodes = [
  'INTEL_ONLY',
  'CONFIDENTIAL',
  'ONLY_STATED_PROCEEDING',
  'NO_THIRD_PARTY',
  'CONSENT_FOR_EVIDENCE',
  'EXCULPATORY_EXCEPTION',
  'REPORT_USE',
  'DELETE_BY',
  'SHOW_SUPPORT_INFO_NOT_TO_PROVIDER',
] as const

/** Budapest arts 27, 29; UNCAC arts 46, 55; CETS 198 art. 28; Reg. 2018/1805 arts 8, 19. */
export const refusalGrounds = [
  'POLITICAL',
  'SOVEREIGNTY',
  'FUNDAMENTAL_PRINCIPLES',
  'FISCAL_ONLY',
  'BANK_SECRECY',
  'NO_DUAL_CRIM',
  'TERRITORIALITY',
  'NE_BIS',
  'NOT_POSSIBLE_DOMESTIC',
  'NOT_AUTHORISED',
  'INCOMPLETE',
  'PRIVILEGE_IMMUNITY_PRESS',
  'FUNDAMENTAL_RIGHTS',
  'THIRD_PARTY_RIGHTS',
  'IN_ABSENTIA',
  'APPEAL_OPEN',
  'CONF_TYPE',
  'TIME_BAR',
  'DE_MINIMIS',
  'EVIDENCE_LATE',
  'THIRD_STATE_CONFLICT',
] as const

/** Reg. 2018/1805 arts 10(1), 21(1); Budapest art. 27(5); UNCAC art. 46(25). */
export const postponementGrounds = [
  'OWN_INVESTIGATION',
  'ALREADY_FROZEN',
  'OTHER_ORDER_PRIORITY',
  'OVER_RECOVERY',
  'OWN_CONFISCATION',
  'REMEDY_PENDING',
] as const

/** Reg. 2018/1805 arts 13(3), 22(3); the last four are ours, for crypto-assets. */
export const impossibilities = [
  'ALREADY_CONFISCATED',
  'DISAPPEARED',
  'DESTROYED',
  'NOT_FOUND',
  'LOCATION_IMPRECISE',
  'NO_CONTROL_OF_KEY',
  'VASP_NOT_IN_JURISDICTION',
  'SWEPT_ON_CHAIN',
  'TOKEN_CONTRACT_BLOCK_ONLY',
] as const
