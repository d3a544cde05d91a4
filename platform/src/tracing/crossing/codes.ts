/** The codes of refusals about decoders, bridges and crossings. */
import type { CodeEntry } from '../../kernel/index.ts'

export const crossingCodes: readonly CodeEntry[] = [
  {
    code: 'BRIDGE_EVENTS_UNREADABLE',
    meaning: 'A table of bridge events is not readable as such.',
    fix: 'Give a CSV file with the columns that `comity bridge match --help` names.',
  },
  {
    code: 'BRIDGE_EVENT_MALFORMED',
    meaning: 'A cell of a table of bridge events is not what its column holds.',
    fix: 'Correct the row at the place named.',
  },
  {
    code: 'BRIDGE_LINK_ID_MALFORMED',
    meaning: 'What is given as the id of a bridge link is none.',
    fix: 'Copy the id from `comity bridge match`.',
  },
  {
    code: 'BRIDGE_LINK_NOT_REJECTED',
    meaning: 'A rejection of a link between chains is to be taken back, and there is none.',
    fix: 'Leave --withdraw out.',
  },
  {
    code: 'DECODER_PACK_FIELD',
    meaning:
      'A decoder pack says something that cannot be: a signature, a field, or a first topic that is not its hash.',
    fix: 'Correct the pack at the place named.',
  },
  {
    code: 'LOG_MALFORMED',
    meaning: 'A log bears the first topic of a known event and is not one.',
    fix: 'The contract is another one; nothing is read from the log.',
  },
  {
    code: 'LINK_BOOK_BROKEN',
    meaning: 'The book of bridge links in the data folder was changed by something else.',
    fix: 'Put the file back from a backup.',
  },
]
