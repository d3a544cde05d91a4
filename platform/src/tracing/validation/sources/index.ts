/** Reads what the audit measures beside the worlds that it makes. */

export { readPoolEvents } from './read-pool-events.ts'
export { readPairs, readPublishedSets } from './read-published.ts'
