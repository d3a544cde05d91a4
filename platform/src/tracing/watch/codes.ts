import type { CodeEntry } from '../../kernel/index.ts'

/** Codes of watching and of following a chain. */
export const watchCodes: readonly CodeEntry[] = [
  {
    code: 'FOLLOW_BLOCK_UNREAD',
    meaning: 'A block that the server gave could not be read, or does not prove itself; nothing of it was kept.',
    fix: 'Look at what is said of it, and ask a server that you trust.',
  },
  {
    code: 'FOLLOW_CURSOR_MOVED',
    meaning: 'Another process has followed this chain meanwhile.',
    fix: 'Let one process follow a chain, and stop the other.',
  },
  {
    code: 'FOLLOW_FORK_DEEP',
    meaning: 'The chain of the server parts from what was followed before the blocks that are remembered.',
    fix: 'Check that the server is of the right chain; then begin anew with --from-height.',
  },
  {
    code: 'WATCH_EMPTY',
    meaning: 'Nothing that could move is named for a watch.',
    fix: 'Name an address, or a trace record with unspent outputs.',
  },
  {
    code: 'WATCH_FORMAT',
    meaning: 'The file of watches was written by another version of Comity.',
    fix: 'Use the version that wrote it, or a newer one.',
  },
  {
    code: 'WATCH_UNKNOWN',
    meaning: 'There is no such watch.',
    fix: 'Take its id from `comity watch list`.',
  },
]
