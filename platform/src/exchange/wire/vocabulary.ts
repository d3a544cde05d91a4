/**
 * Words of the law and of the delivery services that messages use as codes. They are no codes of refusals of ours. The lists
 * of the law are those of packs/grounds.yaml and of the room `casework`; a test holds the three to each other.
 */

/** Grounds of urgency: Reg. 2018/1805 art. 9(2)-(3); CETS 224 arts 9, 10; Budapest Convention art. 31(3); I-GRIP. */
export const urgencyCodes = [
  'IMMINENT_DISSIPATION',
  'INVESTIGATIVE_NEED',
  'DATE_OR_COORDINATION',
  'LIFE_SAFETY',
  'DATA_LOSS',
  'CRIMINAL_STOP_PAYMENT',
] as const

/** What a receiver may do with it. */
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

/** Grounds of refusal: Budapest arts 27, 29; UNCAC arts 46, 55; CETS 198 art. 28; Reg. 2018/1805 arts 8, 19. */
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

/** Why a service or an authority does not hold something: the impossibilities, and that it is not for it to do. */
export const holdRefusals = [...impossibilities, 'NOT_COMPETENT', 'NO_POWER', 'NO_LEGAL_BASIS'] as const

/** Reg. 2023/1543 Annex III section D: why a certificate is not executed. */
export const nonExecutionReasons = [
  'INCOMPLETE',
  'MANIFEST_ERRORS',
  'INSUFFICIENT_INFORMATION',
  'NOT_STORED',
  'IMPOSSIBLE',
  'NOT_AUTHORISED',
  'OFFENCE_NOT_COVERED',
  'SERVICE_NOT_COVERED',
  'PRIVILEGE_IMMUNITY_PRESS',
  'THIRD_STATE_CONFLICT',
] as const

/** Why a message is to be taken back. */
export const recallReasons = [
  'WRONG_RECIPIENT',
  'WRONG_CONTENT',
  'WITHDRAWN_ORDER',
  'WRONG_MARKING',
  'SECURITY',
] as const

/** Why data is to be erased: LED (Directive 2016/680) art. 5 (periods); a condition of the sender; an order. */
export const erasureBases = [
  'RETENTION_ENDED',
  'UNLAWFUL',
  'CONDITION_OF_USE',
  'COURT_ORDER',
  'WRONG_RECIPIENT',
] as const

/** LED (Directive 2016/680) art. 6. */
export const ledCategories = ['SUSPECT', 'CONVICTED', 'VICTIM', 'WITNESS', 'CONTACT', 'ASSOCIATE', 'OTHER'] as const

/** Regulation (EU) 2018/1805, Annex I section C: where a person stands towards the order. */
export const positions = ['ORDER_TARGET', 'OWNER', 'THIRD_PARTY'] as const

/**
 * What may be confirmed of a message, by which side, and the evidence of ETSI EN 319 522 (REM) to which a gateway maps it one
 * to one, under the names that e-CODEX connectors use. Whether the mapping satisfies the standard nobody has certified.
 */
export const receiptKinds = {
  /** The node of the addressee has it: checked, durable, in its journal. */
  ACCEPTED: { by: 'to', evidence: 'RELAY_REMMD_ACCEPTANCE', hasCode: false },
  /** The node of the addressee has refused it; the code says why. */
  REJECTED: { by: 'to', evidence: 'RELAY_REMMD_REJECTION', hasCode: true },
  /** It lies with the unit that is competent. */
  DELIVERED: { by: 'to', evidence: 'DELIVERY', hasCode: false },
  /** Said by the sender's own node: nobody confirmed it before its deadline. */
  NON_DELIVERED: { by: 'from', evidence: 'NON_DELIVERY', hasCode: true },
  /** A person of the addressee has opened it. */
  RETRIEVED: { by: 'to', evidence: 'RETRIEVAL', hasCode: false },
} as const
export type ReceiptKind = keyof typeof receiptKinds
