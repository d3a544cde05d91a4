/** The closed lists of words that packs use; codes of grounds, urgency and measures stand in packs/grounds.yaml instead. */

/** How well a statement was read: in the operative text, in a secondary source, or from memory only. */
export const marks = ['verified', 'secondary', 'unverified'] as const
export type Mark = (typeof marks)[number]

export const languages = ['en', 'fr', 'es', 'de', 'ar', 'zh'] as const
export type Language = (typeof languages)[number]

/** What an agency needs done. Measures of packs/grounds.yaml say which need they serve. */
export const needs = [
  'contact',
  'preserve',
  'trace',
  'account',
  'monitor',
  'data',
  'hold',
  'freeze',
  'seize',
  'confiscate',
  'sell',
  'return',
  'share',
] as const
export type Need = (typeof needs)[number]

/**
 * Moments from which a period may run. Receipt by the node, receipt by the competent authority and forwarding are three
 * different moments: under Reg. 2018/1805 art. 9(3) only the second starts the clock (art. 4(9) forwards without it).
 */
export const triggers = [
  'receivedByNodeAt',
  'receivedByCompetentAt',
  'forwardedAt',
  'orderedAt',
  'decidedAt',
  'executedAt',
  'preservedAt',
  'servedAt',
  'notifiedAt',
  'reportedAt',
  'suspendedAt',
  'seizedAt',
  'awareAt',
  'appliedAt',
  'adoptedAt',
  'depositedAt',
  'eventAt',
] as const
export type Trigger = (typeof triggers)[number]

export const units = ['h', 'cd', 'wd', 'wk', 'mo', 'y'] as const
export type Unit = (typeof units)[number]

/** max: act by; floor: keep at least; cap: may last no longer; lapse: a right or protection ends; target: open words. */
export const deadlineKinds = ['max', 'floor', 'cap', 'lapse', 'target', 'start'] as const

/** What follows when the period has run out. It differs from act to act and decides what an officer may do next. */
export const expiryEffects = [
  'dutyContinues',
  'dutyEnds',
  'rightLapses',
  'measureLapses',
  'proceedAllowed',
  'produceNow',
  'none',
] as const

export const countRules = ['EU-1182-71', 'DOM', 'US', 'UK'] as const
export type CountRule = (typeof countRules)[number]

export const authorityRoles = [
  'central-authority',
  'issuing-authority',
  'executing-authority',
  'judge',
  'court',
  'investigating-judge',
  'prosecutor',
  'police',
  'contact-24-7',
  'fiu',
  'asset-recovery-office',
  'asset-management-office',
  'interpol-ncb',
  'network-contact',
  'attorney-general',
  'service-provider',
  'obliged-entity',
  'state',
] as const
export type AuthorityRole = (typeof authorityRoles)[number]

export const groundKinds = ['refusal', 'postponement', 'impossibility'] as const
export const topics = [
  'competence',
  'transmission',
  'urgency',
  'use',
  'confidentiality',
  'costs',
  'remedies',
  'notice',
  'third-parties',
  'return',
  'sharing',
  'management',
  'data-protection',
  'retention',
  'information',
  'several-states',
  'statistics',
  'content',
] as const

export const fieldKinds = [
  'text',
  'long-text',
  'date',
  'time',
  'country',
  'language',
  'amount',
  'money',
  'code',
  'flag',
  'email',
  'phone',
  'reference',
] as const
export type FieldKind = (typeof fieldKinds)[number]

/** How an instrument binds; the order in which routes prefer them. */
export const forces = ['mutual-recognition', 'convention', 'union-law', 'domestic-law', 'network', 'standard'] as const
