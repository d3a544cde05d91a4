import type { CodeEntry } from '../kernel/index.ts'

export const evidenceCodes: readonly CodeEntry[] = [
  {
    code: 'ASSERTION_WRONG',
    meaning: 'The signature of an authenticator is not one over this approval, or not of a key that may approve.',
    fix: 'Do not rely on the approval.',
  },
  {
    code: 'BUNDLE_FILE_ABSENT',
    meaning: 'A file that a bundle should hold is missing, or is not the one that was put in.',
    fix: 'Ask for the bundle again.',
  },
  {
    code: 'BUNDLE_FILE_LARGE',
    meaning: 'A file of a bundle is larger than is read at once.',
    fix: 'Have this file examined separately.',
  },
  {
    code: 'BUNDLE_FILE_MALFORMED',
    meaning: 'A file that describes part of a bundle lacks something, or has too much.',
    fix: 'Ask for the bundle again.',
  },
  {
    code: 'CHECKPOINT_MALFORMED',
    meaning: 'A signed note is not the checkpoint of a journal.',
    fix: 'Fetch the checkpoint again.',
  },
  {
    code: 'CHECKPOINT_UNSIGNED',
    meaning: 'A checkpoint carries no signature by the key of its journal.',
    fix: 'Check which journal the key or the policy belongs to, and fetch its checkpoint.',
  },
  {
    code: 'COMMITMENT_WRONG',
    meaning: 'A disclosed entry is not the one that the journal committed to.',
    fix: 'Compare the entry with the one of the agency that disclosed it.',
  },
  {
    code: 'CONSISTENCY_UNPROVEN',
    meaning: 'It is not proven that a later tree of a journal continues an earlier one.',
    fix: 'Ask the keeper of the journal for the proof again; if it cannot be had, the journal was rewritten.',
  },
  {
    code: 'ENTRY_BUNDLE_MALFORMED',
    meaning: 'A bundle of entries of a published journal cannot be read.',
    fix: 'Fetch the bundle again, or take it from a mirror.',
  },
  {
    code: 'ENTRY_MALFORMED',
    meaning: 'A disclosed entry of a journal lacks something or has too much.',
    fix: 'Ask for the entry again.',
  },
  {
    code: 'EQUIVOCATION_NOT_SHOWN',
    meaning: 'Two checkpoints are said to contradict each other, but the proof does not show it.',
    fix: 'Ask for the tiles of the larger tree and make the proof again.',
  },
  {
    code: 'INCLUSION_UNPROVEN',
    meaning: 'It is not proven that an entry is in a journal.',
    fix: 'Ask the keeper of the journal for the proof again.',
  },
  {
    code: 'JOURNAL_DAMAGED',
    meaning: 'A file of a published journal is missing, cut or changed.',
    fix: 'Run the check of the journal and restore the files that it names from a mirror.',
  },
  {
    code: 'JOURNAL_FORK',
    meaning: 'Another tree than the one to be published stands in the place already.',
    fix: 'Stop the sequencer: two writers, or a database from another copy, are at work.',
  },
  {
    code: 'JOURNAL_ROLLBACK',
    meaning: 'The database knows fewer leaves than the journal has published.',
    fix: 'Restore a newer copy of the database, or begin a new journal under a new name.',
  },
  {
    code: 'LEAF_MALFORMED',
    meaning: 'An entry of a published journal is not a leaf of the form that Comity writes.',
    fix: 'Fetch the entry again, or ask what wrote it.',
  },
  {
    code: 'NOTE_MALFORMED',
    meaning: 'A file is not a signed note.',
    fix: 'Fetch the file again; mail programs and editors change such files.',
  },
  {
    code: 'POLICY_MALFORMED',
    meaning: 'A policy of journals and witnesses cannot be read.',
    fix: 'Correct the line that is named.',
  },
  {
    code: 'QUORUM_UNMET',
    meaning: 'Fewer witnesses have cosigned a checkpoint than the policy asks for.',
    fix: 'Wait for the witnesses and fetch the checkpoint again.',
  },
  {
    code: 'ROOTS_MALFORMED',
    meaning: 'A file of trusted certificates cannot be read.',
    fix: 'Give a file of certificates in PEM form.',
  },
  {
    code: 'SEAL_NOTE_MALFORMED',
    meaning: 'The seal of a bundle cannot be read.',
    fix: 'Ask for the bundle again.',
  },
  {
    code: 'SIGNATURE_WRONG',
    meaning: 'A signature that claims to be by a known key is not.',
    fix: 'Do not rely on the document; ask its sender where it comes from.',
  },
  {
    code: 'TIMESTAMP_AUTHORITY_UNTRUSTED',
    meaning: 'No chain of certificates leads from a time-stamping authority to a root that is trusted.',
    fix: 'Check whether the authority is one of yours; if it is, give its root.',
  },
  {
    code: 'TIMESTAMP_HASH_UNKNOWN',
    meaning: 'A time-stamp is on a digest of a kind that is not accepted.',
    fix: 'Ask for a stamp on a SHA-256 or SHA-512 digest.',
  },
  {
    code: 'TIMESTAMP_MALFORMED',
    meaning: 'A file is not a time-stamp.',
    fix: 'Ask the authority for the stamp again.',
  },
  {
    code: 'TIMESTAMP_NONCE_WRONG',
    meaning: 'A time-stamp answers another request than the one that was sent.',
    fix: 'Ask the authority again.',
  },
  {
    code: 'TIMESTAMP_NOT_GRANTED',
    meaning: 'A time-stamping authority refused to give a stamp.',
    fix: 'Ask the authority again, or another one.',
  },
  {
    code: 'TIMESTAMP_OF_OTHER',
    meaning: 'A time-stamp is on other bytes than those beside it.',
    fix: 'Compare the file with the one that was stamped.',
  },
  {
    code: 'TIMESTAMP_SIGNATURE_WRONG',
    meaning: 'The signature of a time-stamp is wrong.',
    fix: 'Do not rely on this stamp.',
  },
  {
    code: 'TIMESTAMP_SIGNER_UNFIT',
    meaning: 'A time-stamp is signed with a certificate that is not for time-stamping only.',
    fix: 'Do not rely on this stamp.',
  },
  {
    code: 'TIMESTAMP_SIGNER_UNKNOWN',
    meaning: 'The certificate that a time-stamp is bound to cannot be had.',
    fix: 'Ask for a stamp that carries its certificate, or give the certificate with the roots.',
  },
  {
    code: 'TLOG_PROOF_MALFORMED',
    meaning: 'A file is not a proof of logging.',
    fix: 'Ask for the proof again.',
  },
  {
    code: 'VKEY_MALFORMED',
    meaning: 'A key of a journal or a witness cannot be read.',
    fix: 'Ask for the key in the form name+id+key.',
  },
  {
    code: 'WITNESS_REQUEST_MALFORMED',
    meaning: 'A request to cosign a checkpoint cannot be read.',
    fix: 'Send the request as C2SP tlog-witness says.',
  },
  {
    code: 'WITNESS_SIZE_OTHER',
    meaning: 'A witness is asked to cosign from another size of a journal than it knows, or a smaller tree.',
    fix: 'Send the proof from the size that the witness knows.',
  },
  {
    code: 'WITNESS_UNKNOWN_LOG',
    meaning:
      'A node is asked to cosign a journal that it does not witness, or of another agency than the one that asks.',
    fix: 'Ask a member that has the role of a witness, for the journal whose key the directory gives.',
  },
]
