/** Whose value there is in the parts of a move or of a holding. */
import { bySource, type Part, type Parts } from '../rules/parts.ts'

/** Clean value that has no place in a line, since nobody knows when it came; beside `CLEAN`, which has one. */
export const UNPLACED = -2

/** Traced value by source, ascending. */
export function sourcesIn(parts: Parts): Part[] {
  return bySource(
    parts.every(({ source }) => source !== UNPLACED) ? parts : parts.filter(({ source }) => source !== UNPLACED),
  )
}

export function isClean({ source }: Part): boolean {
  return source < 0
}
