/** Which roles can have a right at all. Written by scripts/write-permissions.ts from the policies. Do not edit. */
export type OfferedRight =
  | 'correspond'
  | 'decideRequest'
  | 'editRecord'
  | 'eraseCase'
  | 'exportCase'
  | 'liaise'
  | 'liftSuspension'
  | 'readCase'

const rolesByRight: Readonly<Record<OfferedRight, readonly string[]>> = {
  correspond: ['investigator', 'prosecutor', 'senior-official', 'liaison-officer'],
  decideRequest: ['prosecutor', 'judge', 'senior-official', 'liaison-officer', 'compliance-officer', 'training'],
  editRecord: [
    'investigator',
    'analyst',
    'prosecutor',
    'asset-manager',
    'liaison-officer',
    'evidence-custodian',
    'compliance-officer',
    'training',
  ],
  eraseCase: ['senior-official'],
  exportCase: ['prosecutor', 'senior-official', 'liaison-officer', 'evidence-custodian', 'training'],
  liaise: ['prosecutor', 'senior-official', 'liaison-officer'],
  liftSuspension: ['senior-official'],
  readCase: [
    'investigator',
    'analyst',
    'prosecutor',
    'judge',
    'senior-official',
    'asset-manager',
    'liaison-officer',
    'evidence-custodian',
    'compliance-officer',
    'training',
  ],
}

/** Whether it makes sense to offer somebody of this role what needs the right. The node decides each time anew. */
export const mayEver = (right: OfferedRight, role: string): boolean => rolesByRight[right].includes(role)
