/** How the directory calls an agency, and how messages and packs do. */
import type { MemberKind } from '../directory/index.ts'

/** The kind of an authority in a message. */
export function authorityKind(kind: MemberKind): string {
  if (kind === 'vasp' || kind === 'analytics') return 'provider'
  return kind === 'auditor' ? 'other' : kind
}

/** The role of an authority as the packs call it; null where a member of this kind is none that they know. */
export const packRole = {
  prosecutor: 'prosecutor',
  fiu: 'fiu',
  police: 'police',
  court: 'court',
  aro: 'asset-recovery-office',
  'central-authority': 'central-authority',
} as const
