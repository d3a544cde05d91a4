/**
 * For tests: who may do what, written a second time in plain TypeScript, from the description of the roles and not from the
 * text of the policies. Where it and Cedar answer differently, one of the two is wrong.
 */
import type { Access, Marking } from '../../kernel/index.ts'

export type ModelQuestion = {
  readonly me: { readonly id: string; readonly role: string; readonly suspended: boolean }
  readonly right: string
  /** Absent: the question is about the node. */
  readonly case?: Access
  /** Absent: the question is about the case, or the node. */
  readonly record?: { readonly marking: Marking; readonly author: string }
  readonly signedInBy: string
  readonly provenAgo: number
  readonly purpose: string
}

/** Each column of the table of roles: which rights on cases and their records a member has. */
const rightsByRole: Readonly<Record<string, readonly string[]>> = {
  investigator: ['edit', 'evidence', 'custody', 'draft', 'change', 'read', 'write', 'share'],
  analyst: ['edit', 'evidence', 'draft', 'change', 'read'],
  prosecutor: [
    ...['edit', 'evidence', 'draft', 'change', 'read', 'export', 'approve', 'release', 'decide'],
    ...['join', 'write', 'share'],
  ],
  judge: ['read', 'approve', 'decide'],
  'senior-official': ['read', 'export', 'erase', 'approve', 'release', 'decide', 'join', 'write', 'share'],
  'asset-manager': ['read', 'edit', 'custody', 'change'],
  'liaison-officer': ['read', 'edit', 'draft', 'change', 'export', 'release', 'decide', 'join', 'write', 'share'],
  'evidence-custodian': ['read', 'evidence', 'custody', 'change', 'export'],
  'compliance-officer': ['read', 'edit', 'evidence', 'draft', 'change', 'decide'],
  auditor: [],
  administrator: [],
  training: ['read', 'edit', 'evidence', 'custody', 'draft', 'change', 'export', 'decide'],
}

/** What each right on a case or record takes: the word of the table above, and whether a closed case still allows it. */
const wordByRight: Readonly<Record<string, readonly [word: string, whenClosed: boolean]>> = {
  readCase: ['read', true],
  seeInLists: ['read', true],
  editCase: ['edit', false],
  recordTrace: ['edit', false],
  addEvidence: ['evidence', false],
  moveEvidence: ['custody', true],
  draftRequest: ['draft', false],
  exportCase: ['export', true],
  eraseCase: ['erase', true],
  readRecord: ['read', true],
  exportRecord: ['read', true],
  editRecord: ['change', false],
  approveRequest: ['approve', true],
  releaseRequest: ['release', true],
  decideRequest: ['decide', false],
  joinCase: ['join', false],
  correspond: ['write', true],
  shareJointly: ['share', false],
}

const openers = ['investigator', 'analyst', 'prosecutor', 'liaison-officer', 'compliance-officer', 'training']
const grave = [
  ...['releaseRequest', 'decideRequest', 'exportCase', 'eraseCase', 'managePeople', 'approveRequest'],
  ...['joinCase', 'liftSuspension'],
]
/** What speaks for the agency towards others: a matter of people. */
const forPeople = ['shareJointly', 'correspond', 'liaise', 'keepRoster']
const levels = ['clear', 'green', 'amber', 'amber+strict', 'red']

export function modelAllows(question: ModelQuestion): boolean {
  const { me, right, signedInBy, provenAgo } = question
  if (me.suspended || !(me.role in rightsByRole)) return false
  if (grave.includes(right) && (provenAgo > 300 || signedInBy === 'api-key')) return false
  if (forPeople.includes(right) && signedInBy === 'api-key') return false
  const access = question.case
  if (!access) return mayAtNode(me.role, right)
  if (access.sealed && !access.sealedFor.includes(me.id)) return false
  if (me.role === 'training' && !access.training) return false
  const fitsPurpose = access.purposes.some((purpose) => purpose === question.purpose)
  const { record } = question
  if (!record) return fitsPurpose && mayInCase(question, access)
  if (!fitsPurpose && !record.marking.onwardUse) return false
  return mayWithRecord(question, access, record)
}

function mayAtNode(role: string, right: string): boolean {
  switch (right) {
    case 'useNode':
    case 'work':
      return true
    case 'manageNode':
    case 'managePeople':
      return role === 'administrator'
    case 'readJournal':
    case 'readOversight':
      return role === 'auditor'
    case 'liaise':
      return ['liaison-officer', 'prosecutor', 'senior-official'].includes(role)
    case 'keepRoster':
      return ['liaison-officer', 'senior-official'].includes(role)
    case 'liftSuspension':
      return role === 'senior-official'
    case 'readInbox':
      return ['prosecutor', 'liaison-officer', 'compliance-officer'].includes(role)
    case 'openCase':
      return openers.includes(role)
    default:
      return false
  }
}

function mayInCase({ me, right }: ModelQuestion, access: Access): boolean {
  // Leads are those who opened the case or were named after; they need not be members to name members.
  if (right === 'manageMembers') return access.leads.includes(me.id) && openers.includes(me.role)
  if (right === 'answerReferral')
    return (
      !access.closed &&
      openers.includes(me.role) &&
      (access.leads.includes(me.id) || (access.referredTo ?? []).includes(me.id))
    )
  if (right === 'exportCase' && access.training && me.role !== 'training') return false
  if (right === 'joinCase' && access.training) return false
  return hasWord(me, right, access)
}

function mayWithRecord(
  { me, right, signedInBy }: ModelQuestion,
  access: Access,
  { marking, author }: { marking: Marking; author: string },
): boolean {
  const forNamedOnly = marking.tlp === 'red' || marking.needToKnow || marking.protectedPerson
  if (forNamedOnly && !marking.audience.includes(me.id)) return false
  if (right === 'exportRecord' && levels.indexOf(marking.tlp) >= levels.indexOf('amber+strict')) return false
  if (right === 'approveRequest' && (author === me.id || signedInBy !== 'device-bound')) return false
  if (right === 'releaseRequest' && access.training) return false
  if (right === 'shareJointly') {
    if (access.training || marking.needToKnow || marking.protectedPerson) return false
    if (levels.indexOf(marking.tlp) >= levels.indexOf('amber+strict')) return false
  }
  return hasWord(me, right, access)
}

function hasWord(me: ModelQuestion['me'], right: string, access: Access): boolean {
  const [word, whenClosed] = wordByRight[right] ?? ['', false]
  return (
    access.members.includes(me.id) && (whenClosed || !access.closed) && (rightsByRole[me.role]?.includes(word) ?? false)
  )
}
