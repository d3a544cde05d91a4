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
    code: 'JSON_DUPLICATE_KEY',
    meaning: 'A key stands twice in one JSON object.',
    fix: 'Keep one of the two, and ask the sender which one was meant.',
  },
  {
    code: 'JSON_MALFORMED',
    meaning: 'A document is not JSON.',
    fix: 'Look at the byte that is named, or ask for the file again.',
  },
  {
    code: 'JSON_NUMBER_UNSAFE',
    meaning: 'A JSON number is not a plainly written integer within ±(2^53 − 1).',
    fix: 'Write amounts and large numbers as strings of digits.',
  },
  {
    code: 'JSON_TOO_DEEP',
    meaning: 'A JSON document is nested deeper than is read.',
    fix: 'Flatten the document.',
  },
  {
    code: 'JSON_TOO_LARGE',
    meaning: 'A JSON document is larger than is read at this place.',
    fix: 'Send less at once.',
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
  {
    code: 'TEXT_NOT_UTF8',
    meaning: 'Bytes that should be text are not valid UTF-8.',
    fix: 'Save the file as UTF-8.',
  },
  {
    code: 'PASSPHRASE_SEAL',
    meaning: 'What is sealed under a passphrase is malformed.',
    fix: 'Take the file from a backup.',
  },
  {
    code: 'PASSPHRASE_WRONG',
    meaning: 'A passphrase does not open what is sealed under it.',
    fix: 'Try again; without the passphrase nothing opens it.',
  },
  {
    code: 'VOPRF_BATCH',
    meaning: 'A batch of blinded elements is empty, too large, or not answered element by element.',
    fix: 'Ask for the whole batch again.',
  },
  {
    code: 'VOPRF_ELEMENT',
    meaning: 'Bytes are no element of ristretto255, or not in the one form in which an element is written.',
    fix: 'Ask for the batch again, and tell its sender.',
  },
  {
    code: 'VOPRF_PROOF',
    meaning: 'A blinded answer was not computed with the key that was published.',
    fix: 'Use none of it, and tell the directory: another key for you than for others would mark you.',
  },
]
