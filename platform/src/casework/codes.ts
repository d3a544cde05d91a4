import type { CodeEntry } from '../kernel/index.ts'

export const caseworkCodes: readonly CodeEntry[] = [
  {
    code: 'APPROVALS_MISSING',
    meaning: 'Not enough approvals count at this moment.',
    fix: 'Have it approved by as many different people as are asked, none of whom wrote any of it.',
  },
  {
    code: 'APPROVAL_AUTHENTICATOR',
    meaning: 'The authenticator did not verify the person, or its key can leave the device.',
    fix: 'Use a security key or the authenticator of one device, with PIN or biometrics.',
  },
  {
    code: 'APPROVAL_EXPIRED',
    meaning: 'An approval has run out, or would hold longer than a day.',
    fix: 'Ask for a new challenge and approve again.',
  },
  {
    code: 'APPROVAL_NONE',
    meaning: 'The person has given no approval here that could be taken back.',
    fix: 'Nothing needs to be done.',
  },
  {
    code: 'APPROVAL_OTHER_CONTENT',
    meaning: 'What would be approved is not what is there now.',
    fix: 'Read it again and ask for a new challenge.',
  },
  {
    code: 'APPROVAL_OWN_DRAFT',
    meaning: 'Somebody would approve what they have written, even in part.',
    fix: 'Let somebody else approve it.',
  },
  {
    code: 'APPROVAL_REPEATED',
    meaning: 'The person has approved this already, or the signature was used before.',
    fix: 'To approve again after taking it back, ask for a new challenge.',
  },
  {
    code: 'APPROVAL_SAME_AUTHENTICATOR',
    meaning: 'One authenticator would approve for two people.',
    fix: 'Each person approves with an authenticator of their own.',
  },
  {
    code: 'APPROVAL_STATE',
    meaning: 'What is not submitted, or is released already, is not approved.',
    fix: 'Have it submitted first.',
  },
  { code: 'CASE_CLOSED', meaning: 'The case is closed already.', fix: 'Open it again to go on.' },
  {
    code: 'CASE_HELD_ELSEWHERE',
    meaning: 'An authority outside has taken the case over; here it is a closed file.',
    fix: 'Have them refer it back, and open a case for what they send.',
  },
  { code: 'CASE_NOT_SEALED', meaning: 'The case is not sealed.', fix: 'Nothing needs to be done.' },
  { code: 'CASE_OPEN', meaning: 'The case is open.', fix: 'Nothing needs to be done.' },
  {
    code: 'CASE_PARTNERS',
    meaning: 'A joint case names no other country, or a local one names some.',
    fix: 'Name the countries of a joint case, or none where the case is local.',
  },
  {
    code: 'CASE_PURPOSE',
    meaning: 'An exercise serves something else, something real serves as an exercise, or no purpose is stated.',
    fix: 'State what the case serves; an exercise has the one purpose "exercise".',
  },
  {
    code: 'CASE_REFERRED',
    meaning: 'The case is referred to somebody who has not answered yet.',
    fix: 'Wait for the answer, or withdraw the referral.',
  },
  {
    code: 'CASE_REQUESTS_OPEN',
    meaning: 'A case with a request that is up for approval, or open with another authority, would be closed.',
    fix: 'Wait for the answer, withdraw the request, or have the other authority confirm that it took it over.',
  },
  {
    code: 'CASE_TRAINING',
    meaning: 'A trainee would work on something else than an exercise.',
    fix: 'Open the case as an exercise.',
  },
  {
    code: 'DECONFLICT_DUPLICATE',
    meaning: 'A case asks for the same measure on the same asset twice.',
    fix: 'Withdraw one of the two, or say in both why they are needed.',
  },
  {
    code: 'DECONFLICT_INTEREST',
    meaning: 'Another unit of the node, which may not be named, has an interest in the same asset.',
    fix: 'Do the task that your lead has been given: get in touch through the node.',
  },
  {
    code: 'DECONFLICT_OPPOSED',
    meaning: 'One request or order keeps what another one gives away or deletes.',
    fix: 'Agree on the order of the measures; victims first where possible (Reg. 2018/1805 art. 26).',
  },
  {
    code: 'DECONFLICT_OVER_RECOVERY',
    meaning: 'Together more is asked of an asset than it holds.',
    fix: 'Share out the amounts; together they never exceed the whole (Reg. 2018/1805 art. 16(2)).',
  },
  {
    code: 'DECONFLICT_SAME_ASSET',
    meaning: 'Other requests or orders that you may read are about the same asset.',
    fix: 'Read them, and speak with their authors.',
  },
  {
    code: 'DECONFLICT_TWO_FREEZES',
    meaning: 'Two cases freeze or hold the same asset.',
    fix: 'Agree which one leads (Reg. 2018/1805 arts 10(1)(b), 26).',
  },
  {
    code: 'ERASURE_CHANGED',
    meaning: 'What would be erased is not what was approved: the case, its records, its key or the policies changed.',
    fix: 'Withdraw the proposal and make a new one.',
  },
  {
    code: 'ERASURE_EARLY',
    meaning: 'A case would be erased before its periods have ended, or while nothing says when they end.',
    fix: 'See retention.preview for the reasons, or state the order of an authority.',
  },
  {
    code: 'ERASURE_HELD',
    meaning: 'A case under a legal hold would be erased.',
    fix: 'Have the hold lifted first.',
  },
  {
    code: 'ERASURE_NO_PROOF',
    meaning: 'There is no such proof of an erasure, or it is not for the one who asks.',
    fix: 'Ask somebody who took part in the erasure, or an auditor.',
  },
  { code: 'ERASURE_OPEN', meaning: 'A case that is worked on would be erased.', fix: 'Close the case first.' },
  {
    code: 'ERASURE_STATE',
    meaning: 'There is no such proposal or order to erase a case, or it is decided already.',
    fix: 'Make a new proposal where the case still exists.',
  },
  {
    code: 'GROUND_EXCLUDED',
    meaning: 'The instrument excludes the ground on which something would be refused or postponed.',
    fix: 'Choose a ground that the instrument knows.',
  },
  {
    code: 'GROUND_UNKNOWN',
    meaning: 'The packs hold no such ground.',
    fix: 'Use a code of packs/grounds.yaml.',
  },
  {
    code: 'HOLD_UNKNOWN',
    meaning: 'There is no such hold on the case that could be lifted.',
    fix: 'List the holds of the case.',
  },
  {
    code: 'LAST_LEAD',
    meaning: 'A case would be left without a lead who can see it.',
    fix: 'Hand over the lead to another member first.',
  },
  {
    code: 'LEAD_UNKNOWN',
    meaning: 'The person whose lead is handed over is no lead of the case.',
    fix: 'Name a lead of the case.',
  },
  {
    code: 'LETTER_DIGEST',
    meaning:
      'The text of a letter is not the one whose digest was given: it was changed, or belongs to another letter.',
    fix: 'Take the attached file as it is, and compare with the digest that the letter prints.',
  },
  {
    code: 'MARKING_AUDIENCE',
    meaning: 'A red, need-to-know or protected item names nobody who may see it.',
    fix: 'Name everybody who may see it, yourself among them if you must.',
  },
  {
    code: 'MARKING_LOOSENED',
    meaning: 'Somebody else than the author would mark an item for wider use.',
    fix: 'Ask the author of the item.',
  },
  { code: 'MEMBER_ALREADY', meaning: 'The person is a member of the case already.', fix: 'Nothing needs to be done.' },
  {
    code: 'MEMBER_UNKNOWN',
    meaning: 'Somebody named is no member of the case.',
    fix: 'Add the person to the case first.',
  },
  {
    code: 'PERIOD_UNKNOWN',
    meaning: 'No period of the rule runs for the request.',
    fix: 'Name a rule whose period runs; request.read lists them.',
  },
  {
    code: 'PERSON_OUTSIDE',
    meaning: 'Somebody who runs or oversees the node would work on a case.',
    fix: 'Name somebody with another role.',
  },
  {
    code: 'PERSON_UNKNOWN',
    meaning: 'There is no such person at work on this node.',
    fix: 'Name a person of this node who is not suspended.',
  },
  {
    code: 'REFERRAL_COMPETENCE',
    meaning: 'Nothing in the packs shows that the authority is competent.',
    fix: 'Name another role or country, or complete packs/jurisdictions.',
  },
  {
    code: 'REFERRAL_EVIDENCE',
    meaning: 'The answer of an authority outside is recorded without its time or the exhibit that shows it.',
    fix: 'Add the answer as an exhibit, and give its id and its time.',
  },
  {
    code: 'REFERRAL_NONE',
    meaning: 'The case is referred to nobody at this moment.',
    fix: 'See case.referral.history.',
  },
  {
    code: 'REFERRAL_RECEIVER',
    meaning: 'The person leads the case already, or has a role that leads no case.',
    fix: 'Name somebody of the other unit who may lead a case.',
  },
  {
    code: 'REFERRAL_SEALED',
    meaning: 'The case is sealed, and not for the person to whom it would be referred.',
    fix: 'Have the court that sealed it name them, and seal it anew.',
  },
  {
    code: 'REMINDER_STATE',
    meaning: 'The person has taken note of the reminder, or it is due no more.',
    fix: 'Nothing needs to be done.',
  },
  {
    code: 'REMINDER_UNKNOWN',
    meaning: 'There is no such reminder of the item that is named.',
    fix: 'Take its id from reminder.list.',
  },
  {
    code: 'REQUEST_CASE',
    meaning: 'A request of others is put into a case that exists and into a new one, or into neither.',
    fix: 'Give caseId, or newCase.',
  },
  {
    code: 'REQUEST_CONTENT',
    meaning: 'A request of others comes with a letter and with content typed by hand, or with neither.',
    fix: 'Give letter, or content.',
  },
  {
    code: 'REQUEST_DIGEST',
    meaning: 'What would be released is not what was submitted, or the policies changed since.',
    fix: 'Take the request back to a draft and submit it anew.',
  },
  {
    code: 'REQUEST_DIRECTION',
    meaning: 'The step is one of our own requests, or one of requests of others; this request is the other.',
    fix: 'See request.read; the refusal names the steps that are possible.',
  },
  {
    code: 'REQUEST_DUPLICATE',
    meaning: 'A request of the same sender with the same reference is on record already.',
    fix: 'Read the other one; hand back what was sent twice.',
  },
  {
    code: 'REQUEST_EXHIBIT',
    meaning: 'The original is no exhibit of the case of the request, or not for the person.',
    fix: 'Add it to the case with exhibit.add, and name it.',
  },
  {
    code: 'REQUEST_FIELD',
    meaning: 'More is asked for about a field that the form does not have.',
    fix: 'Name fields of the form; see legal.form.',
  },
  {
    code: 'REQUEST_INCOMPLETE',
    meaning: 'A request with missing or wrong fields would be submitted.',
    fix: 'Run request.check, and correct everything that it names.',
  },
  {
    code: 'REQUEST_NOT_YOURS',
    meaning: 'The person may read the request, and may not withdraw it.',
    fix: 'Ask somebody who may change it, or release it where it is out.',
  },
  {
    code: 'REQUEST_RECEIVED',
    meaning: 'The very same letter is on record already.',
    fix: 'Go on with the request that is there.',
  },
  {
    code: 'REQUEST_RECIPIENT',
    meaning: 'A request asks nobody.',
    fix: 'Name the authority that is asked, with the role "to".',
  },
  {
    code: 'REQUEST_STATE',
    meaning: 'The request cannot take this step from where it stands.',
    fix: 'Read where it stands; the refusal names the steps that are possible.',
  },
  {
    code: 'REQUEST_TIME',
    meaning: 'A time of receipt lies before the release of the request, or in the future.',
    fix: 'Give the time that the other authority has stated.',
  },
  {
    code: 'REQUEST_UNTIL',
    meaning: 'An extension would end no later than what it extends.',
    fix: 'Give a later end, or ask that the measure be lifted.',
  },
  {
    code: 'REQUEST_URGENCY',
    meaning: 'The request states an urgency that its instrument does not know.',
    fix: 'State one that the instrument knows, or none.',
  },
  {
    code: 'TASK_ASSIGNEE',
    meaning: 'A task is given to somebody who is no member of the case.',
    fix: 'Give it to a member, or add the person to the case first.',
  },
  {
    code: 'WATCH_CLUSTER_ALONE',
    meaning: 'A watch of a cluster names addresses, outputs or a trace as well.',
    fix: 'Make a watch of its own of the rest.',
  },
  {
    code: 'WATCH_NOTHING',
    meaning: 'A watch names no address and no output.',
    fix: 'Name what is to be watched.',
  },
  {
    code: 'WATCH_NO_LEDGER',
    meaning: 'A cluster is to be watched on a node that has no ledger by which it would grow.',
    fix: 'Name the addresses, or let the configuration of the node name a ledger.',
  },
]
