import type { InputOf } from '../shared/node/node.tsx'

export type RoleId = InputOf<'personInvite'>['role']

/** In the order in which people choose: who works on cases first, who runs the node last. */
export const roles: readonly RoleId[] = [
  'investigator',
  'analyst',
  'prosecutor',
  'judge',
  'senior-official',
  'liaison-officer',
  'evidence-custodian',
  'asset-manager',
  'compliance-officer',
  'auditor',
  'administrator',
  'training',
]
