import type { CodeEntry } from '../kernel/index.ts'

/** Codes of the plumbing. */
export const ioCodes: readonly CodeEntry[] = [
  {
    code: 'HOME_LOCKED',
    meaning: 'Another process is using the data folder.',
    fix: 'Wait until the process that is named has finished, or stop it, and try again.',
  },
]
