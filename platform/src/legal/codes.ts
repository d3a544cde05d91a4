import type { CodeEntry } from '../kernel/index.ts'

/** Codes of the room of law. Retired codes are never reused. */
export const legalCodes: readonly CodeEntry[] = [
  {
    code: 'DEADLINE_CALENDAR_MISSING',
    meaning: 'No calendar of working days is known for the country of the authority that must act.',
    fix: 'Name the country, and add its pack to packs/jurisdictions.',
  },
  {
    code: 'DEADLINE_EXTENSION',
    meaning: 'A period cannot be extended, or was extended when it had already run out.',
    fix: 'See the article of the extension in the pack.',
  },
  {
    code: 'DEADLINE_RULE_UNKNOWN',
    meaning: 'No pack holds a deadline of this id.',
    fix: 'Use an id of packs/instruments, as R1805-9-3a.',
  },
  {
    code: 'DEADLINE_SUSPENSION',
    meaning: 'A period cannot stand still, or is said to have stood still outside itself.',
    fix: 'See the article of the suspension in the pack.',
  },
  {
    code: 'DEADLINE_TIME',
    meaning: 'A moment or a time zone cannot be read.',
    fix: 'Write moments with their offset (2026-11-25T10:00:00Z) and zones by their IANA name.',
  },
  {
    code: 'DEADLINE_TRIGGER_MISSING',
    meaning: 'The moment from which a period runs is not stated; another kind of receipt does not set it off.',
    fix: 'State the moment that the rule names.',
  },
  {
    code: 'DEADLINE_URGENCY',
    meaning: 'A limit runs only for requests that state certain grounds of urgency.',
    fix: 'State the ground of urgency, or use the rule for ordinary requests.',
  },
  {
    code: 'FIELD_MALFORMED',
    meaning: 'A field of a request has a value that cannot be used.',
    fix: 'Correct the field at the path that is named.',
  },
  {
    code: 'FIELD_MISSING',
    meaning: 'A field that the form of the instrument requires is empty.',
    fix: 'Fill in the field at the path that is named.',
  },
  {
    code: 'FIELD_UNKNOWN',
    meaning: 'A request has a field that its form does not know.',
    fix: 'Take the field out, or correct its name.',
  },
  {
    code: 'FORM_PATH_CLASH',
    meaning: 'Two fields of a form contradict each other: one place would be a value and an object at once.',
    fix: 'A path is a value, a list or an object; let it be one of them.',
  },
  {
    code: 'FORM_UNKNOWN',
    meaning: 'The instrument prescribes no form for the request.',
    fix: 'Write a letter with what the article asks for.',
  },
  {
    code: 'INSTRUMENT_UNKNOWN',
    meaning: 'No pack holds the instrument, or none says how it read on the day.',
    fix: 'Use an id of packs/instruments.',
  },
  {
    code: 'JURISDICTION_UNKNOWN',
    meaning: 'No pack describes the country.',
    fix: 'Use a code of packs/jurisdictions, or add a pack.',
  },
  {
    code: 'LABEL_UNKNOWN',
    meaning: 'A code or field has no name in all languages of the forms.',
    fix: 'Add it to packs/labels in every language.',
  },
  {
    code: 'NEED_UNKNOWN',
    meaning: 'Nobody knows what is needed under this word.',
    fix: 'Use a need or a measure code of packs/grounds.yaml.',
  },
  {
    code: 'OFFENCE_UNKNOWN',
    meaning: 'No pack describes the offence.',
    fix: 'Use a code of packs/offences.',
  },
  {
    code: 'PACKS_MISSING',
    meaning: 'The packs of law are not where they were looked for.',
    fix: 'Name the folder, or clone the repository.',
  },
  {
    code: 'PACK_BOMB',
    meaning: 'A pack is too long, nested too deeply, or uses aliases; it is not opened.',
    fix: 'Write it out flat, or split it.',
  },
  {
    code: 'PACK_CALENDAR',
    meaning: 'A pack names a time zone or a table of holidays that does not exist.',
    fix: 'Use IANA names of zones and keys of date-holidays.',
  },
  {
    code: 'PACK_CITATION_MISSING',
    meaning: 'A rule does not say on which article it stands, or how well that was read.',
    fix: 'Add the article, and mark the rule verified, secondary or unverified.',
  },
  {
    code: 'PACK_CODE_UNKNOWN',
    meaning: 'A pack uses a code that no list holds.',
    fix: 'Correct the code, or add it to its list with its source.',
  },
  {
    code: 'PACK_MALFORMED',
    meaning: 'A pack does not have the form of its kind.',
    fix: 'See docs/spec/packs.',
  },
  {
    code: 'PACK_MARK_TOO_STRONG',
    meaning: 'A rule that nobody read in the text claims to be enforceable.',
    fix: 'Let it remind only, or read the text.',
  },
  {
    code: 'PACK_PERIOD',
    meaning: 'Two packs of the same thing are in force at once, or a pack ends before it begins.',
    fix: 'Correct the dates of effective.',
  },
  {
    code: 'PACK_REFERENCE',
    meaning: 'A pack refers to something that no pack holds.',
    fix: 'Correct the reference, or add what it refers to.',
  },
  {
    code: 'PACK_RULE_INCOMPLETE',
    meaning: 'A rule of a pack lacks a part without which it says nothing.',
    fix: 'Add the part that is named.',
  },
  {
    code: 'PACK_RULE_TWICE',
    meaning: 'Two rules, fields or entries have the same name.',
    fix: 'Keep one, or rename one.',
  },
  {
    code: 'PACK_TRANSLATION_MISSING',
    meaning: 'A name that forms show is not there in every language.',
    fix: 'Add it to packs/labels.',
  },
  {
    code: 'PACK_UNREADABLE',
    meaning: 'A pack is no YAML, or says something twice.',
    fix: 'Correct the YAML at the line that is named.',
  },
  {
    code: 'REFERRAL_STATE',
    meaning: 'A referral is answered that is not open, or by somebody it was not sent to.',
    fix: 'Let the authority that received it answer, once.',
  },
  {
    code: 'REQUEST_DUAL_CRIMINALITY',
    meaning: 'The conduct must be an offence in both countries and nothing shows that it is.',
    fix: 'Describe the conduct and have it tested against the law of the country that is asked.',
  },
  {
    code: 'REQUEST_ISSUER',
    meaning: 'The authority may not issue this request, or not without validation.',
    fix: 'Let a competent authority issue or validate it.',
  },
  {
    code: 'REQUEST_NOT_IN_FORCE',
    meaning: 'The instrument is not in force, or not for one of the two countries.',
    fix: 'Choose another route; see comity legal routes.',
  },
  {
    code: 'REQUEST_OVER_TOTAL',
    meaning: 'What is asked of one country exceeds the total of the order.',
    fix: 'Lower the amount; together the countries never recover more than the total.',
  },
  {
    code: 'REQUEST_SPECIALITY',
    meaning: 'The use that is intended goes beyond what the instrument allows without consent.',
    fix: 'Ask for consent to the further use, or narrow the purpose.',
  },
  {
    code: 'REQUEST_THRESHOLD',
    meaning: 'The offence does not reach the penalty that the instrument asks for, or the penalty is not stated.',
    fix: 'State the maximum penalty, or choose another route.',
  },
  {
    code: 'REQUEST_TYPE_UNKNOWN',
    meaning: 'The instrument has no such request.',
    fix: 'Use a request of its pack.',
  },
  {
    code: 'REQUEST_URGENCY_FORBIDDEN',
    meaning: 'The instrument does not know this ground of urgency for the request.',
    fix: 'Choose a ground that it knows, or another instrument.',
  },
]
