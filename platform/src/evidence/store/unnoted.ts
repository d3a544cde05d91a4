import type { RowNotes } from '../journal/entry.ts'

/** Where no journal is at hand, these tables are read and not written. */
export const unnoted: RowNotes = {
  note: ({ kind, id }) => {
    throw new Error(`${kind} ${id} would be written without the journal`)
  },
}
