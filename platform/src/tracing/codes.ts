import type { CodeEntry } from '../kernel/index.ts'

/** Codes of the room `tracing`. Retired codes are never reused. */
export const tracingCodes: readonly CodeEntry[] = [
  { code: 'BLOCK_STALE', meaning: 'A block named for a trace was replaced by a reorganisation.', fix: 'Name a block of the active chain.' },
  { code: 'BLOCK_UNKNOWN', meaning: 'A block named for a trace is not in the ledger.', fix: 'Import it, or name one that `comity chain status` shows.' },
  { code: 'LEDGER_CIRCULAR', meaning: 'Imported transactions spend, through others, what they create themselves.', fix: 'The data is wrong; see the defects in `comity chain status`.' },
  { code: 'LEDGER_EMPTY', meaning: 'Nothing was imported for this chain.', fix: 'Import data with `comity chain import`.' },
  { code: 'RECORD_MALFORMED', meaning: 'A file is not a trace record.', fix: 'Give the file that `comity trace run --out` wrote.' },
  { code: 'SEED_AMBIGUOUS', meaning: 'A seed could be any of several outputs.', fix: 'Name the output number.' },
  { code: 'SEED_EXCEEDS_OUTPUT', meaning: 'Seeds claim more than an output is worth.', fix: 'Lower the amounts, or leave them out.' },
  { code: 'SEED_MALFORMED', meaning: 'A seed cannot be read.', fix: 'Write TXID:VOUT[=AMOUNT][@LABEL], or a table with a header line.' },
  { code: 'SEED_UNKNOWN', meaning: 'No imported data shows the output of a seed.', fix: 'Import its transaction, or check the id.' },
  { code: 'TRACE_DOES_NOT_ADD_UP', meaning: 'A trace lost or made money: a fault of the engine.', fix: 'Do not use the result; keep the data and report it.' },
  { code: 'TRACE_TOO_LARGE', meaning: 'A trace reaches more outputs than one graph holds.', fix: 'Narrow it with a budget.' },
]
