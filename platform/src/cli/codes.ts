import type { CodeEntry } from '../kernel/index.ts'

/** Codes of the command line. Retired codes are never reused. */
export const cliCodes: readonly CodeEntry[] = [
  {
    code: 'CHAIN_FAMILY',
    meaning: 'A command for chains of outputs was asked about a chain of accounts.',
    fix: 'Name a chain of outputs such as bitcoin.',
  },
  {
    code: 'CHAIN_STORE_CHOICE',
    meaning: 'The file chain-store.json in the data folder cannot be read.',
    fix: 'Choose the store again with `comity chain store --url`, or --embedded.',
  },
  {
    code: 'CHAIN_STORE_URL',
    meaning: 'The address of a ClickHouse server cannot be used.',
    fix: 'Write clickhouse://HOST:8123/DATABASE, or clickhouses:// for HTTPS; ?cluster=NAME for a cluster.',
  },
  {
    code: 'CLUSTER_LINK_NONE',
    meaning: 'A transaction that was to be rejected joins no addresses.',
    fix: 'Name one that `comity cluster why` shows.',
  },
  {
    code: 'CLUSTER_LINK_NOT_REJECTED',
    meaning: 'A rejection was to be taken back that nobody made.',
    fix: 'Leave --withdraw out.',
  },
  {
    code: 'CLUSTER_LINK_REJECTED',
    meaning: 'A transaction is rejected as evidence for clusters already.',
    fix: 'Leave it, or take the rejection back with --withdraw.',
  },
  {
    code: 'EVIDENCE_REFUSED',
    meaning: 'A record would rest on amounts that passed through floating point.',
    fix: 'Import the same transactions from a source with exact amounts.',
  },
  {
    code: 'FAULT',
    meaning: 'Comity itself failed; the message is what the machine said.',
    fix: 'Report it with the command and the data that caused it.',
  },
  {
    code: 'FILE_NOT_WRITTEN',
    meaning: 'A file or folder cannot be written.',
    fix: 'Check the path and its permissions.',
  },
  { code: 'FLAG_VALUE', meaning: 'The value of a flag cannot be used.', fix: 'See the help of the command.' },
  {
    code: 'INDICATORS_MISSING',
    meaning: 'The packs hold no red flag indicators.',
    fix: 'Name a folder that holds indicators/fatf-2020.yaml.',
  },
  {
    code: 'RECORD_FALSE',
    meaning: 'A trace record contradicts itself.',
    fix: 'Run the trace again; `comity trace verify` says what is wrong.',
  },
  {
    code: 'RULE_UNKNOWN',
    meaning: 'There is no rule of this name.',
    fix: 'Use a rule id from `comity trace run --help`.',
  },
  {
    code: 'SAMPLES_MISSING',
    meaning: 'The samples of the repository are not beside the program.',
    fix: 'Clone the repository and run `npm start` there.',
  },
  { code: 'SEEDS_MISSING', meaning: 'A trace was asked for without a seed.', fix: 'Give --from or --from-file.' },
  { code: 'TXID_MALFORMED', meaning: 'A text is not a transaction id.', fix: 'Give 64 hexadecimal digits.' },
  { code: 'TX_UNKNOWN', meaning: 'No imported data holds the transaction.', fix: 'Import it first.' },
  { code: 'USAGE', meaning: 'The command line cannot be understood.', fix: 'See `comity --help`.' },
  {
    code: 'BACKUP_EXISTS',
    meaning: 'The folder that a backup should be written to is there already.',
    fix: 'Name a new folder.',
  },
  {
    code: 'ENTRY_UNKNOWN',
    meaning: 'The journal has no such entry, or it waits for its place.',
    fix: 'Give an index or an id that journal.read shows.',
  },
  {
    code: 'JOURNAL_EMPTY',
    meaning: 'The journal has no checkpoint yet.',
    fix: 'Start the node once.',
  },
  {
    code: 'KEY_MISSING',
    meaning: 'A call to a node was made without an API key.',
    fix: 'Give --key-file, or set COMITY_KEY.',
  },
  {
    code: 'NODE_EXISTS',
    meaning: 'There is a node in the data folder already.',
    fix: 'Start it, or choose another --home.',
  },
  {
    code: 'NODE_UNREACHABLE',
    meaning: 'A node does not answer.',
    fix: 'Check the URL and that the node runs.',
  },
  {
    code: 'PASSPHRASE_MISSING',
    meaning: 'A passphrase is needed and nobody can be asked for it.',
    fix: 'Give --passphrase-file, or set COMITY_PASSPHRASE.',
  },
  {
    code: 'PASSPHRASE_SHORT',
    meaning: 'A passphrase for a key is shorter than twelve characters, or was typed differently the second time.',
    fix: 'Choose a longer one, as five words.',
  },
  {
    code: 'STORY_FAILED',
    meaning: 'A step of the demonstration did not succeed.',
    fix: 'See the log of the node that is named, and run it again.',
  },
]
