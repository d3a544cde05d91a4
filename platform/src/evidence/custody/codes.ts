import type { CodeEntry } from '../../kernel/index.ts'

/** Codes of exhibits, custody, key control and statements. */
export const custodyCodes: readonly CodeEntry[] = [
  {
    code: 'CRITERIA_UNKNOWN',
    meaning: 'No criteria of admissibility are known for the forum that was named.',
    fix: 'Name a forum of the legal packs.',
  },
  {
    code: 'CUSTODY_ACT',
    meaning: 'An exhibit of this kind and state does not know this act.',
    fix: 'Do one of the acts that the sentence names.',
  },
  {
    code: 'CUSTODY_ENDED',
    meaning: 'The exhibit was returned or disposed of.',
    fix: 'Record an exhibit that came back as a new one.',
  },
  {
    code: 'CUSTODY_NOT_YOURS',
    meaning: 'Somebody else holds the exhibit, or it was released to somebody else.',
    fix: 'Have it handed over, or name the signed form as proof.',
  },
  {
    code: 'CUSTODY_PROOF',
    meaning: 'What was named as proof is no document among the exhibits of the case.',
    fix: 'Add the signed form as an exhibit of kind document and name it.',
  },
  {
    code: 'CUSTODY_RECIPIENT',
    meaning: 'The exhibit cannot be released to this recipient.',
    fix: 'Name a member of the case, or somebody outside with name and agency.',
  },
  {
    code: 'CUSTODY_RELEASED',
    meaning: 'The exhibit is released and not yet received.',
    fix: 'Have the recipient receive it, or withdraw the release.',
  },
  { code: 'CUSTODY_SEAL', meaning: 'The number of a seal is missing.', fix: 'Give the number on the seal.' },
  {
    code: 'CUSTODY_TIME',
    meaning: 'An act lies before the one that it follows, ends before it begins, or lies in the future.',
    fix: 'Correct the times.',
  },
  {
    code: 'CUSTODY_WITNESS',
    meaning: 'A second person is missing, is the actor, or does not work on the case.',
    fix: 'Name another member of the case who was present.',
  },
  {
    code: 'EXHIBIT_CONTENT',
    meaning: 'What an exhibit of this kind needs was not given, or does not belong to it.',
    fix: 'Give what the sentence names.',
  },
  {
    code: 'EXHIBIT_UNKNOWN',
    meaning: 'There is no such exhibit in this case, or it is not for the one who asks.',
    fix: 'Check the id; ask a lead of the case for the right.',
  },
  {
    code: 'EXHIBIT_NOT_IN_VAULT',
    meaning: 'The exhibit has no bytes in the vault.',
    fix: 'Look among its copies for the image.',
  },
  {
    code: 'KEY_ACT_UNKNOWN',
    meaning: 'There is no such proposed act on keys, it is done, or it is too old.',
    fix: 'Propose the act again.',
  },
  {
    code: 'KEY_NOT_CONTROLLED',
    meaning: 'Coins cannot move before control over the keys was shown.',
    fix: 'Record control-key first.',
  },
  {
    code: 'KEY_POLICY',
    meaning: 'The threshold of a key policy is larger than the number of its keys or shares.',
    fix: 'Correct the numbers.',
  },
  {
    code: 'STATEMENT_RETRACTED',
    meaning: 'The statement was retracted before.',
    fix: 'Make a new statement.',
  },
  {
    code: 'STATEMENT_VALIDITY',
    meaning: 'A statement ends before it begins.',
    fix: 'Correct the dates.',
  },
]
