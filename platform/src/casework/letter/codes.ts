import type { CodeEntry } from '../../kernel/index.ts'

/** Codes of letters and indexes of exhibits. */
export const letterCodes: readonly CodeEntry[] = [
  {
    code: 'LETTER_AMOUNT_UNREADABLE',
    meaning: 'An amount of a letter is not a whole number of base units, or its decimals are not 0 to 78.',
    fix: 'Give the amount in base units as digits, and the decimals of the asset as a number.',
  },
  {
    code: 'LETTER_APPROVED_BY_NOBODY',
    meaning: 'A request is called approved, and no approval stands in it.',
    fix: 'Record the approvals with the request, or print it as a draft.',
  },
  {
    code: 'LETTER_LANGUAGE_TWICE',
    meaning: 'An edition in two languages was asked for with the same language twice.',
    fix: 'Name two different languages, or print an edition in one.',
  },
  {
    code: 'LETTER_LANGUAGE_UNREADABLE',
    meaning: 'A text of a letter names its language by something that is no BCP 47 tag.',
    fix: 'Name the language by its tag, as nl or zh-Hans; und where it is not known.',
  },
  {
    code: 'LETTER_MACHINE_VALUE_UNPRINTABLE',
    meaning: 'An address, hash, identifier or reference is empty or holds something other than printable ASCII.',
    fix: 'Correct the value; a letter never prints a machine value that cannot be typed again exactly.',
  },
  {
    code: 'LETTER_RECORD_UNHASHABLE',
    meaning:
      'The machine-readable request is not canonical JSON: a fraction, a lone surrogate or a missing value stands in it.',
    fix: 'Write amounts as strings of digits and text as well-formed Unicode.',
  },
  {
    code: 'LETTER_SECTION_UNKNOWN',
    meaning: 'A section of a letter has no place in the order of its form, or stands twice.',
    fix: 'Use each section of the form, or of the UNODC order where there is no form, at most once.',
  },
  {
    code: 'LETTER_TEXT_CONTROL',
    meaning: 'Text of a letter holds a control character, a lone surrogate or a control of writing direction.',
    fix: 'Remove the character; it could make a reader see another order or another text than the one that is hashed.',
  },
  {
    code: 'LETTER_TIME_UNREADABLE',
    meaning: 'A time of a letter is not an instant in UTC to the second, or its time zone is unknown.',
    fix: 'Write the instant as 2026-11-24T09:00:00Z and the zone by its IANA name, as Europe/Amsterdam.',
  },
  {
    code: 'LETTER_TRANSLATION_DIFFERS',
    meaning:
      'An address, hash or other long identifier stands in a text and not in its translation, or the other way round.',
    fix: 'Correct the translation; identifiers are copied, never translated.',
  },
  {
    code: 'LETTER_VALUE_NOT_IN_RECORD',
    meaning: 'A letter would print an address, hash, identifier or amount that the attached request does not hold.',
    fix: 'Correct whichever of the two is wrong: the letter and the machine-readable request must say the same.',
  },
]
