import type { CodeEntry } from '../kernel/index.ts'

/** Codes of the plumbing. */
export const ioCodes: readonly CodeEntry[] = [
  {
    code: 'DOCUMENT_CHARACTER_WITHOUT_FONT',
    meaning: 'A document holds a character that none of the fonts of Comity shows.',
    fix: 'Write the word that is named in another script; the original stays in the data attached to the document.',
  },
  {
    code: 'HOME_LOCKED',
    meaning: 'Another process is using the data folder.',
    fix: 'Wait until the process that is named has finished, or stop it, and try again.',
  },
]
