import type { CodeEntry } from '../kernel/index.ts'
import { crossingCodes } from './crossing/codes.ts'
import { tagCodes } from './tags/codes.ts'
import { watchCodes } from './watch/codes.ts'

/** Codes of the room `tracing`. Retired codes are never reused. */
export const tracingCodes: readonly CodeEntry[] = [
  {
    code: 'BLOCK_STALE',
    meaning: 'A block named for a trace was replaced by a reorganisation.',
    fix: 'Name a block of the active chain.',
  },
  {
    code: 'BLOCK_UNKNOWN',
    meaning: 'A block named for a trace is not in the ledger.',
    fix: 'Import it, or name one that `comity chain status` shows.',
  },
  {
    code: 'CLUSTER_REJECTIONS_MALFORMED',
    meaning: 'The file of rejected links of clusters cannot be read.',
    fix: 'Put it back from a backup, or take out the line that is named.',
  },
  {
    code: 'DATA_UNREADABLE',
    meaning: 'A file of a set for measuring the engine cannot be read.',
    fix: 'Take the set again from where it was published.',
  },
  {
    code: 'KERNEL_GRAPH_MALFORMED',
    meaning: 'A slot graph breaks a promise of its type: order, single consumption or balance.',
    fix: 'Import the data again and report the fault.',
  },
  {
    code: 'KERNEL_MEMORY_REFUSED',
    meaning: 'The system did not give the memory that a pass needs.',
    fix: 'Close other programs, or trace a smaller part.',
  },
  {
    code: 'KERNEL_NODE_UNKNOWN',
    meaning: 'A transfer or a start names a node beyond the count of nodes.',
    fix: 'Number the nodes from 0, and give their count.',
  },
  {
    code: 'KERNEL_SEED_AMOUNT',
    meaning: 'Seeds of a slot are worth more than the slot, or less than nothing.',
    fix: 'Seed at most the value of the slot.',
  },
  {
    code: 'KERNEL_SEED_SOURCE',
    meaning: 'A seed names a source below 0 or from 2^31 on.',
    fix: 'Number the sources from 0.',
  },
  {
    code: 'KERNEL_SEED_UNKNOWN_SLOT',
    meaning: 'A seed names a slot beyond the graph.',
    fix: 'Seed a slot of the graph.',
  },
  { code: 'KERNEL_TOO_LARGE', meaning: 'A pass needs 4 GiB of memory or more.', fix: 'Trace a smaller part.' },
  {
    code: 'KERNEL_TRANSFERS_MALFORMED',
    meaning: 'Columns of transfers or of an adjacency do not fit each other.',
    fix: 'Give whole columns; use the outcome of buildCsr as it is.',
  },
  {
    code: 'LEDGER_CIRCULAR',
    meaning: 'Imported transactions spend, through others, what they create themselves.',
    fix: 'The data is wrong; see the defects in `comity chain status`.',
  },
  {
    code: 'LEDGER_EMPTY',
    meaning: 'Nothing was imported for this chain.',
    fix: 'Import data with `comity chain import`.',
  },
  {
    code: 'PUBLIC_KEY_MALFORMED',
    meaning: 'A text is no public key of secp256k1.',
    fix: 'Give 33 or 65 bytes in hexadecimal, as a transaction shows them.',
  },
  {
    code: 'RECORD_MALFORMED',
    meaning: 'A file is not a trace record.',
    fix: 'Give the file that `comity trace run --out` wrote.',
  },
  {
    code: 'REPORT_RECORDS_DIFFER',
    meaning: 'Records given for one report answer different questions.',
    fix: 'Make one report for each question; only the rule may differ.',
  },
  {
    code: 'REPORT_WITHOUT_RECORD',
    meaning: 'No trace record was given for a report.',
    fix: 'Run a trace first: comity trace run.',
  },
  { code: 'SEED_AMBIGUOUS', meaning: 'A seed could be any of several outputs.', fix: 'Name the output number.' },
  {
    code: 'SEED_EXCEEDS_OUTPUT',
    meaning: 'Seeds claim more than an output is worth.',
    fix: 'Lower the amounts, or leave them out.',
  },
  {
    code: 'SEED_MALFORMED',
    meaning: 'A seed cannot be read.',
    fix: 'Write TXID:VOUT[=AMOUNT][@LABEL], or a table with a header line.',
  },
  {
    code: 'SEED_UNKNOWN',
    meaning: 'No imported data shows the output of a seed.',
    fix: 'Import its transaction, or check the id.',
  },
  {
    code: 'TRACE_DATA_MISSING',
    meaning: 'A trace cannot be run again, because sources that it read are not imported.',
    fix: 'Import them again, then give the same command again.',
  },
  {
    code: 'TRACE_DOES_NOT_ADD_UP',
    meaning: 'A trace lost or made money: a fault of the engine.',
    fix: 'Do not use the result; keep the data and report it.',
  },
  {
    code: 'TRACE_TOO_LARGE',
    meaning: 'A trace reaches more outputs than one graph holds.',
    fix: 'Narrow it with a budget.',
  },
  ...crossingCodes,
  ...tagCodes,
  ...watchCodes,
]
