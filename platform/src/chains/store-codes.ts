import type { CodeEntry } from '../kernel/index.ts'

/** Refusals and defects of the chain stores; part of the codes of the room `chains`. */
export const storeCodes: readonly CodeEntry[] = [
  {
    code: 'BLOCK_CONFLICT',
    meaning: 'Sources state different headers for one block hash.',
    fix: 'Compare the sources; the statement with a verified header is shown, then the more complete one.',
  },
  {
    code: 'CHAIN_STORE_AMOUNT_RANGE',
    meaning: 'An amount in a batch is not an unsigned 64-bit number of base units.',
    fix: 'Check the source: no output of a supported chain can be worth that much.',
  },
  {
    code: 'CHAIN_STORE_ARRIVING',
    meaning: 'A store is being moved into a database and has not arrived yet.',
    fix: 'Run the same move again: it goes on where it stopped.',
  },
  {
    code: 'CHAIN_STORE_CLUSTER',
    meaning: 'A ClickHouse server knows no cluster of the name that was given.',
    fix: 'Name its hosts under remote_servers in the configuration of every host.',
  },
  {
    code: 'CHAIN_STORE_DATABASE',
    meaning: 'A ClickHouse client is connected to another database than the one named for the chain store.',
    fix: 'Create the database and name it when creating the client.',
  },
  {
    code: 'CHAIN_STORE_HASH_FORM',
    meaning: 'A hash or script in a batch is not lower-case hexadecimal of the right length.',
    fix: 'Check the source; write hashes as explorers show them.',
  },
  {
    code: 'CHAIN_STORE_LAYOUT',
    meaning: 'A database holds a chain store for one server where a cluster was named, or the other way round.',
    fix: 'Name the cluster as the store was made; to distribute a store, move it into an empty database on the cluster.',
  },
  {
    code: 'CHAIN_STORE_MOVE_DIFFERS',
    meaning: 'A store that was moved does not hold, where it arrived, what was written out.',
    fix: 'Nothing was made visible. Remove what has arrived and move again; if it differs again, keep both and report it.',
  },
  {
    code: 'CHAIN_STORE_NAME',
    meaning: 'A name of a database or a cluster has characters that cannot be used here.',
    fix: 'Use letters, digits and underscores, not beginning with a digit.',
  },
  {
    code: 'CHAIN_STORE_NOT_EMPTY',
    meaning: 'A store was to be moved to a place that holds one already.',
    fix: 'Name an empty database, or a file that is not there yet.',
  },
  {
    code: 'CHAIN_STORE_NOT_PUBLISHED',
    meaning: 'The report of a source was asked for before the source was published.',
    fix: 'Import the source again; a staged import continues where it ended.',
  },
  {
    code: 'CHAIN_STORE_NO_SOURCE',
    meaning: 'A source number is not known to the chain store.',
    fix: 'Begin the source first, or list the sources.',
  },
  {
    code: 'CHAIN_STORE_OTHER_TABLES',
    meaning: 'A folder with a store that was written out has other tables than this release keeps.',
    fix: 'Write it out again with this release.',
  },
  {
    code: 'CHAIN_STORE_PIECE_DAMAGED',
    meaning: 'A file of a store that was written out is missing or was changed.',
    fix: 'Remove the folder and write the store out again.',
  },
  {
    code: 'CHAIN_STORE_PUBLISHED',
    meaning: 'A published source was to be changed or forgotten.',
    fix: 'A published source stays as it is; import the corrected data as a new source.',
  },
  {
    code: 'CHAIN_STORE_UNREACHABLE',
    meaning: 'The ClickHouse server that keeps the chain store does not answer, or does not let in.',
    fix: 'Check the URL, that the server runs, and COMITY_CLICKHOUSE_USER and COMITY_CLICKHOUSE_PASSWORD.',
  },
  {
    code: 'OUTPUT_SPENT_TWICE',
    meaning: 'Two transactions of the active chain spend the same output.',
    fix: 'One of them is not what the chain holds: compare both with a full node before relying on either.',
  },
  {
    code: 'PREVOUT_DISAGREES',
    meaning: 'A source states a value, script or address of a spent output that another source contradicts.',
    fix: 'The output in the ledger is used where it is there; check the source that is named.',
  },
  {
    code: 'PREVOUT_UNKNOWN',
    meaning: 'Inputs spend outputs of transactions that no source describes.',
    fix: 'Import the blocks that hold those transactions; the defect then disappears.',
  },
  {
    code: 'TX_CONFLICT',
    meaning: 'Sources state different content for one transaction id.',
    fix: 'The statement with the better proof is used; check the source that is named.',
  },
  {
    code: 'TX_DUPLICATE_TXID',
    meaning: 'Two active blocks include a transaction with the same id (BIP 30).',
    fix: 'Its outputs count once, from the later block. Nothing to do where it is one of the two known cases of Bitcoin.',
  },
  {
    code: 'TX_VALUES_DO_NOT_ADD_UP',
    meaning: 'The outputs of a transaction are worth more than its inputs.',
    fix: 'A value in a source is wrong: compare the transaction with a full node.',
  },
]
