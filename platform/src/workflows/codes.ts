import type { CodeEntry } from '../kernel/index.ts'

export const workflowsCodes: readonly CodeEntry[] = [
  {
    code: 'CALENDAR_INVALID',
    meaning: 'A file is no invitation of iCalendar that can be read.',
    fix: 'Export the invitation again, as one event (RFC 5545).',
  },
  {
    code: 'HAND_OUT_AUDIENCE',
    meaning: 'A case would be handed out to an empty audience, which is nobody.',
    fix: 'Name everybody for whom it is.',
  },
  {
    code: 'HAND_OUT_EMPTY',
    meaning: 'Nothing of the case may go to the audience that was named.',
    fix: 'Look at the markings of the items, the purposes of the case and the reach of the audience.',
  },
  {
    code: 'HAND_OUT_SEALED',
    meaning: 'A sealed case would be handed out without an order that opens it to the audience.',
    fix: 'Name the order of the court that allows it.',
  },
  {
    code: 'HAND_OUT_STAYS',
    meaning: 'A hand-out would be fetched once more of which something may not go to its audience any more.',
    fix: 'Hand the case out anew: what may still go is shown first.',
  },
  {
    code: 'HAND_OUT_TOO_LARGE',
    meaning: 'The case holds more items or acts of custody than are handed out at once.',
    fix: 'Hand the case out as its bundle, which has no such limit.',
  },
  {
    code: 'HAND_OUT_UNKNOWN',
    meaning: 'A hand-out would be fetched that the case does not have, or that is not for whoever asks.',
    fix: 'See hand-out.list.',
  },
  {
    code: 'INTAKE_TOO_LARGE',
    meaning: 'A file of others has more bytes or items than are taken into a case at once.',
    fix: 'Split the file at its source, and take in each part.',
  },
  {
    code: 'JOINT_CHANGE',
    meaning: 'A proposed change is answered that does not exist, or was answered before.',
    fix: 'See joint.objects.',
  },
  {
    code: 'JOINT_DATES',
    meaning: 'A joint case or a meeting would end before it begins.',
    fix: 'State a later moment.',
  },
  {
    code: 'JOINT_INVITATION',
    meaning: 'An invitation is not known, was answered before, or its joint case has ended.',
    fix: 'See joint.invitations.',
  },
  {
    code: 'JOINT_KIND',
    meaning: 'An object is of a kind that is not shared in the joint case.',
    fix: 'See the terms of the joint case.',
  },
  {
    code: 'JOINT_KNOWN',
    meaning: 'An agency is invited twice to one joint case.',
    fix: 'Give a new joint case a new id.',
  },
  {
    code: 'JOINT_LEADER',
    meaning: 'Only the agency that leads a joint case keeps the list of who takes part, and it does not leave.',
    fix: 'Ask the agency that leads; it ends the joint case instead of leaving.',
  },
  {
    code: 'JOINT_NOT_SHARED',
    meaning: 'A record is not in the case, or its marking or the policies keep it from being shared.',
    fix: 'Look at its marking.',
  },
  {
    code: 'JOINT_OBJECT',
    meaning: 'A shared object is not known here, or is not of the kind that was said.',
    fix: 'See joint.objects.',
  },
  {
    code: 'JOINT_ONWARD',
    meaning: 'Something would be passed on whose sender does not allow it.',
    fix: 'Ask the sender for consent.',
  },
  {
    code: 'JOINT_OWNER',
    meaning: 'A shared object would be changed by another agency than its owner, or a change proposed to oneself.',
    fix: 'Propose a change to the owner.',
  },
  {
    code: 'JOINT_PARTY',
    meaning: 'An agency stands twice, not at all, or not so in the list of a joint case.',
    fix: 'Look at the list of who takes part.',
  },
  {
    code: 'JOINT_PURPOSE',
    meaning: 'A case serves another purpose than the joint case.',
    fix: 'Take a case of that purpose.',
  },
  {
    code: 'JOINT_STATE',
    meaning: 'A joint case is not active here, or nothing of it waits to be approved and sent.',
    fix: 'Read the joint case.',
  },
  {
    code: 'JOINT_TASK',
    meaning: 'A task is given to an agency that does not take part, or answered by one to which it is not given.',
    fix: 'See joint.objects.',
  },
  {
    code: 'JOINT_UNKNOWN',
    meaning: 'A message belongs to no joint case of its sender that is known here.',
    fix: 'Answer in the exchange of the invitation.',
  },
  {
    code: 'JOINT_WAITING',
    meaning: 'Too much of one sender waits for a joint case that nobody here has joined.',
    fix: 'Wait until the invitation was answered.',
  },
  { code: 'JOINT_ZONE', meaning: 'A time zone is not known.', fix: 'Write an IANA name, as Europe/Vienna.' },
  {
    code: 'LEDGER_ABSENT',
    meaning: 'A node would be asked about its ledger, and none is beside it.',
    fix: 'Name its folder as `ledger` in node.yaml, or keep traces by their files.',
  },
  {
    code: 'LEDGER_TRACE_TOO_LARGE',
    meaning: 'A trace in the ledger beside the node gives a larger record than a case keeps.',
    fix: 'Follow fewer hops or transactions, or stop at tags.',
  },
  {
    code: 'LINK_NOT_REJECTED',
    meaning: 'A link between chains is to be let in again that nobody rejected.',
    fix: 'Leave it as it is.',
  },
  {
    code: 'TRACE_ADDRESS',
    meaning: 'An address that a request should reach holds no traced value of that kind.',
    fix: 'Name addresses as the record writes them, or none for all.',
  },
  {
    code: 'TRACE_ENDPOINT',
    meaning: 'No traced value lies where a request should reach for it.',
    fix: 'Choose another end of the trace, or trace further.',
  },
  {
    code: 'TRACE_FALSE',
    meaning: 'A trace record contradicts itself: it was changed after it was made.',
    fix: 'Use the file as the trace wrote it, and verify it.',
  },
  {
    code: 'TRACE_NOT_FIT',
    meaning: 'A request would stand on a trace that runs backwards, does not add up, or is no evidence.',
    fix: 'Trace forwards, in data that were verified.',
  },
  {
    code: 'TRACE_TOO_MANY',
    meaning: 'Traced value lies at more addresses than one request may name.',
    fix: 'Name the addresses of one request, and make several.',
  },
  {
    code: 'WATCH_TRACE_UNKNOWN',
    meaning: 'A trace is to be watched whose record the case does not keep, or not for whoever asks.',
    fix: 'Keep its record first, or name the addresses and outputs.',
  },
]
