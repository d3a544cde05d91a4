import type { CodeEntry } from '../kernel/index.ts'

export const workflowsCodes: readonly CodeEntry[] = [
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
