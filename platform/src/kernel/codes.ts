import type { CodeEntry } from './refusal.ts'

export const kernelCodes: readonly CodeEntry[] = [
  {
    code: 'AMOUNT_NOT_BASE_UNITS',
    meaning: 'An amount is not a whole number of base units.',
    fix: 'Write digits only, in the smallest unit of the asset.',
  },
  {
    code: 'AMOUNT_NOT_DECIMAL',
    meaning: 'A decimal amount cannot be read exactly.',
    fix: 'Write a decimal number with no more decimals than the asset has.',
  },
  {
    code: 'KEY_INVALID',
    meaning: 'A public key is malformed, or one on which verifiers of signatures disagree.',
    fix: 'Make a new key pair and give its public key.',
  },
  {
    code: 'SEAL_BROKEN',
    meaning: 'A sealed value does not open under the key that belongs to it.',
    fix: 'Compare the data with a backup, and find out who changed it.',
  },
]
