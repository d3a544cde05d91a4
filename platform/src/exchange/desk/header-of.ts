/** The header of a message, with what is not said filled in as strictly as it can be meant. */
import type { Purpose } from '../../kernel/index.ts'
import type { Header } from '../wire/index.ts'
import type { Said } from './ports.ts'

type Needed = {
  readonly purpose: Purpose
  readonly tlp: Header['marking']['tlp']
  /** The sender's file number, and those of the receiver that are known. */
  readonly mine: string
  readonly theirs?: readonly string[]
  /** SHA-256 of the policies under which it leaves the house. */
  readonly policyVersion: string
  readonly language: string
}

export function headerOf(
  { purpose, tlp, mine, theirs = [], policyVersion, language }: Needed,
  more: Partial<Said> = {},
): Said {
  return {
    relatesTo: [],
    critical: [],
    training: purpose === 'exercise',
    marking: { tlp, handling: null, onwardUse: false, purpose, needToKnow: false },
    caseRef: { mine, theirs: [...theirs] },
    instrument: null,
    legalBasis: null,
    urgency: null,
    confidentiality: { secret: true, providerNotice: 'forbidden', until: null },
    useConditions: [],
    languages: { original: language, translations: [] },
    dataProtection: { categories: [], factOrAssessment: 'facts', retentionUntil: null, onwardTransfer: 'forbidden' },
    unit: null,
    officer: null,
    via: [],
    approvals: [],
    policyVersion,
    attachments: [],
    ...more,
  }
}
