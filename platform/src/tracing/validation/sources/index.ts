/** Reads what the audit measures beside the worlds that it makes. */
export { readPairs, readPublishedSets } from './read-published.ts'
