/** Reads what the audit measures beside the worlds that it makes. */
export { readPublishedSets } from './read-published.ts'
