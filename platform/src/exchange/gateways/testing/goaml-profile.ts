/** A profile for tests and vectors. Its codes are invented and are those of no FIU. */

import type { ReportHead } from '../goaml/from-message.ts'
import type { GoamlProfile } from '../goaml/profile.ts'

export const inventedProfile: GoamlProfile = {
  source: 'invented for tests',
  currency: { code: 'EUR', decimals: 2 },
  reportCodes: { requests: ['IRI', 'ORI'], suspicions: ['STR', 'SAR'] },
  indicators: ['VA1', 'VA2'],
  transmodes: ['VA'],
  fundsCodes: ['K'],
  unknown: 'UNKNOWN',
  documentType: 'ID',
  phone: { contact: 'P', communication: 'M' },
  wallet: { institutionName: 'Self-hosted wallet', accountType: 'W' },
  virtualAssetItem: 'VASSET',
  maxText: 8000,
}

export const inventedHead: ReportHead = {
  reportCode: 'ORI',
  reportingEntity: '17',
  reference: '01936c3a-5f00-7a10-8b20-0000000000a1',
  fiuReference: 'FIU-2026-9',
  submittedAt: '2026-11-25T09:30:00.000Z',
  indicators: ['VA1'],
}
