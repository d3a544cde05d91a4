import type { CodeEntry } from '../kernel/index.ts'

export const workflowsCodes: readonly CodeEntry[] = [
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
    code: 'HAND_OUT_TOO_LARGE',
    meaning: 'The case holds more items or acts of custody than are handed out at once.',
    fix: 'Hand the case out as its bundle, which has no such limit.',
  },
  {
    code: 'INTAKE_TOO_LARGE',
    meaning: 'A file of others has more bytes or items than are taken into a case at once.',
    fix: 'Split the file at its source, and take in each part.',
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
]
