import type { CodeEntry } from '../../kernel/index.ts'

/** Codes of uploads and of the vault. */
export const vaultCodes: readonly CodeEntry[] = [
  {
    code: 'UPLOAD_FINISHED',
    meaning: 'The upload is finished; its bytes do not change any more.',
    fix: 'Begin another upload.',
  },
  {
    code: 'UPLOAD_HASH',
    meaning: 'What arrived has another SHA-256, or another size, than was said.',
    fix: 'Compare the file with its source and upload it again.',
  },
  {
    code: 'UPLOAD_NOT_READY',
    meaning: 'Bytes of the upload are missing, or are still being sealed.',
    fix: 'Send the rest, or ask again in a moment.',
  },
  {
    code: 'UPLOAD_UNKNOWN',
    meaning: 'There is no such upload of yours in this case.',
    fix: 'Begin an upload first.',
  },
  {
    code: 'VAULT_CASE_FULL',
    meaning: 'The case would hold more bytes than the node allows for a case.',
    fix: 'Ask the administrator of the node to allow more.',
  },
  {
    code: 'VAULT_FILE_TOO_LARGE',
    meaning: 'The file is larger than the node allows.',
    fix: 'Ask the administrator of the node to allow more, or split the image.',
  },
]
