import type { CodeEntry } from '../../kernel/index.ts'

/** Codes of the directory of members. Retired codes are never reused. */
export const directoryCodes: readonly CodeEntry[] = [
  {
    code: 'DIRECTORY_MALFORMED',
    meaning: 'A file of the directory does not have the form that the specification gives it.',
    fix: 'Fetch it again; if it stays so, tell the keepers of the directory.',
  },
  {
    code: 'DIRECTORY_NOT_CANONICAL',
    meaning:
      'A file of the directory is not written as canonical JSON, which is the only form that is signed and hashed.',
    fix: 'Fetch it again from a place that does not rewrite files.',
  },
  {
    code: 'DIRECTORY_TOO_LARGE',
    meaning: 'A file of the directory is larger than a file of its kind may be, or than was announced.',
    fix: 'Fetch it from another place.',
  },
  {
    code: 'DIRECTORY_TYPE',
    meaning: 'A file of the directory is of another role than the one that was asked for.',
    fix: 'Fetch it from another place.',
  },
  {
    code: 'DIRECTORY_KEY_MISNAMED',
    meaning: 'A key stands under an id that is not the SHA-256 of its SubjectPublicKeyInfo.',
    fix: 'Do not sign or use this file; ask who drafted it.',
  },
  {
    code: 'DIRECTORY_KEY_TWICE',
    meaning: 'The same key stands twice where each key counts once.',
    fix: 'Do not sign or use this file; ask who drafted it.',
  },
  {
    code: 'DIRECTORY_SIGNED_TWICE',
    meaning: 'A file carries two signatures under one key id.',
    fix: 'Fetch it again; put a draft together from one signature of each key.',
  },
  {
    code: 'DIRECTORY_UNSIGNED',
    meaning: 'A file of the directory is not signed by as many of the keys of its role as are needed.',
    fix: 'Do not use it; a draft needs more signatures.',
  },
  {
    code: 'DIRECTORY_VERSION',
    meaning: 'A file of the directory has another version than the one that was asked for.',
    fix: 'Fetch it from another place.',
  },
  {
    code: 'DIRECTORY_ROLLBACK',
    meaning: 'The directory offers something older than what this node has seen already.',
    fix: 'Fetch from another place, and tell the keepers of the directory.',
  },
  {
    code: 'DIRECTORY_HASH',
    meaning: 'A file of the directory does not have the length or the SHA-256 that was announced for it.',
    fix: 'Fetch it from another place.',
  },
  {
    code: 'DIRECTORY_EXPIRED',
    meaning: 'A file of the directory has expired.',
    fix: 'Fetch a newer one; if there is none, tell the keepers of the directory.',
  },
  {
    code: 'DIRECTORY_LASTS_LONG',
    meaning: 'A timestamp of the directory would last longer than a week.',
    fix: 'Tell the keepers of the directory; sign one that lasts an hour or so.',
  },
  {
    code: 'DIRECTORY_ABSENT',
    meaning: 'A file of the directory that must be there is not.',
    fix: 'Fetch from another place.',
  },
  {
    code: 'DIRECTORY_DELEGATION',
    meaning: 'A delegation goes too deep, to too many, or to another country than its own.',
    fix: 'Tell the keepers of the role that is named.',
  },
  {
    code: 'DIRECTORY_UNREACHABLE',
    meaning: 'The place that publishes the directory does not answer, or not with a file.',
    fix: 'Check the address and the network, or fetch from another place.',
  },
  {
    code: 'DIRECTORY_ROOT_UNKNOWN',
    meaning: 'This node has no root of the directory that it could start from.',
    fix: 'Bring the founding root to the node, compared by its SHA-256 with somebody who was there.',
  },
  {
    code: 'DIRECTORY_ROOT_OTHER',
    meaning: 'This node follows another directory already.',
    fix: 'Use a store of its own for each directory.',
  },
  {
    code: 'MEMBER_MALFORMED',
    meaning: 'The card or the file of a member does not have the form that the specification gives it.',
    fix: 'Ask the agency for a new card.',
  },
  {
    code: 'MEMBER_MISNAMED',
    meaning: 'The file of a member names another agency, or another country, than the place where it stands may.',
    fix: 'Tell the keepers of the role that lists it.',
  },
  {
    code: 'MEMBER_UNPROVEN',
    meaning: 'A key of a member has not signed its card, or something else has.',
    fix: 'Ask the agency for a new card, signed by each of its keys.',
  },
  {
    code: 'MEMBER_KEY_WEAK',
    meaning: 'A key of a member gives no secrecy.',
    fix: 'Ask the agency for a new card.',
  },
  {
    code: 'MEMBER_SCOPE_WIDE',
    meaning: 'A firm or an auditor would be let into all messages.',
    fix: 'Name the families of messages that it needs.',
  },
  {
    code: 'DIRECTORY_KEY_FILE',
    meaning: 'A file is no public key file of the directory, or not signed by its own key.',
    fix: 'Give the .pub file that `comity directory key new` wrote.',
  },
  {
    code: 'DIRECTORY_KEY_UNKNOWN',
    meaning: 'A role has no key, or more than one, whose id begins as was given.',
    fix: 'Give at least eight digits of the id, as `comity directory show` prints it.',
  },
  {
    code: 'DIRECTORY_KEY_MISSING',
    meaning: 'A snapshot or timestamp is needed, and too few of its keys are at hand.',
    fix: 'Give the secret keys with --key.',
  },
  {
    code: 'DIRECTORY_EXISTS',
    meaning: 'A directory, or a role of it, is there already.',
    fix: 'Name an empty folder, or another role.',
  },
  {
    code: 'DIRECTORY_ROLE_NAME',
    meaning: 'A text is no name of a delegated role, or no pattern of paths.',
    fix: 'Write countries/nl, and members/nl-*.json.',
  },
  {
    code: 'DIRECTORY_ROLE_UNKNOWN',
    meaning: 'The directory has no such role.',
    fix: 'See `comity directory show`.',
  },
  {
    code: 'DIRECTORY_THRESHOLD',
    meaning: 'A threshold would be none, or more than there are keys.',
    fix: 'Name at least as many keys as the threshold.',
  },
  {
    code: 'DIRECTORY_DRAFT_SIGNED',
    meaning: 'A draft has signatures already and is not changed any more.',
    fix: 'Publish it first, or move it and its signatures away.',
  },
  {
    code: 'DIRECTORY_DRAFT_UNKNOWN',
    meaning: 'A signature belongs to no draft of the folder.',
    fix: 'Bring the draft that was signed, or sign the one that waits.',
  },
  {
    code: 'DIRECTORY_SIGNATURE_WRONG',
    meaning: 'A signature on a draft is wrong, or by nobody whom the draft waits for.',
    fix: 'Have a keeper of the role sign the draft that waits.',
  },
  {
    code: 'DIRECTORY_NOT_CONFIRMED',
    meaning: 'Nobody said yes to what would be signed.',
    fix: 'Look at the changes and answer yes, or give --yes.',
  },
  {
    code: 'DIRECTORY_NOT_PUBLISHED',
    meaning: 'The folder holds no published directory yet.',
    fix: 'Publish first: `comity directory publish`.',
  },
  {
    code: 'DIRECTORY_MEMBER_KNOWN',
    meaning: 'An agency is listed already.',
    fix: 'Use `comity directory member change`.',
  },
  {
    code: 'DIRECTORY_MEMBER_UNKNOWN',
    meaning: 'No role lists the agency.',
    fix: 'See `comity directory show`.',
  },
  {
    code: 'MEMBER_CARD_OLD',
    meaning: 'A card is not newer than the one that is listed.',
    fix: 'Ask the agency for its newest card.',
  },
]
