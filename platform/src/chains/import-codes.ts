/** Refusals and defects of reading sources of chain data. */
import type { CodeEntry } from '../kernel/index.ts'

export const importCodes: readonly CodeEntry[] = [
  {
    code: 'FORMAT_UNKNOWN',
    meaning: 'There is no importer of that name.',
    fix: 'Use one of the formats that the message lists.',
  },
  { code: 'SOURCE_NOT_FOUND', meaning: 'The file or folder to import does not exist.', fix: 'Check the path.' },
  {
    code: 'SOURCE_EMPTY',
    meaning: 'A folder holds no file that fits the format.',
    fix: 'Name the folder that holds the files themselves, or one file.',
  },
  {
    code: 'SOURCE_TRUNCATED',
    meaning: 'A file ends in the middle of something; what was complete before was read.',
    fix: 'Fetch the file again and compare its checksum.',
  },
  {
    code: 'SOURCE_MALFORMED',
    meaning: 'Something in a file is not as its format requires; it was left out.',
    fix: 'Check that the format and the chain are the right ones, or export the file again.',
  },
  {
    code: 'SOURCE_ITEM_TOO_LARGE',
    meaning: 'One value or block in a file is larger than any real one can be; it was left out.',
    fix: 'Split the file, or check that it is what it claims to be.',
  },
  {
    code: 'ITEM_NOT_USED',
    meaning: 'A value in a file is well formed, but is nothing that this format imports.',
    fix: 'No action is needed if the file holds other answers too.',
  },
  {
    code: 'CURSOR_UNKNOWN',
    meaning: 'The place at which an import was interrupted cannot be read.',
    fix: 'Abandon the source and import it again.',
  },
  {
    code: 'WRONG_CHAIN',
    meaning: 'The source is of another chain than the one named.',
    fix: 'Import it as the chain that the message names.',
  },
  {
    code: 'AMOUNT_OUT_OF_RANGE',
    meaning: 'An amount is negative, fractional or more than the chain can hold; the transaction was left out.',
    fix: 'Obtain the transaction from another source.',
  },
  {
    code: 'AMOUNTS_DISAGREE',
    meaning:
      'The sums that a source states and the sums of its parts differ; what it says of spent outputs was left out.',
    fix: 'Import the spent transactions, or obtain the transaction from another source.',
  },
  {
    code: 'ADDRESS_MISMATCH',
    meaning: 'A source states an address that the script does not pay; the address of the script was kept.',
    fix: 'Do not rely on the addresses in this source.',
  },
  {
    code: 'INPUT_LISTED_TWICE',
    meaning: 'A transaction spends the same output twice, which no valid transaction does; it was left out.',
    fix: 'Obtain the transaction from another source.',
  },
  {
    code: 'TXID_MISMATCH',
    meaning: 'The content of a transaction does not give its id; it was kept and marked.',
    fix: 'Obtain the transaction from another source before relying on it.',
  },
  {
    code: 'TXID_NOT_CHECKED',
    meaning: 'A transaction lacks some of the fields that give its id; its content counts as stated.',
    fix: 'Obtain the transaction in full if it is to be evidence.',
  },
  {
    code: 'TX_UNCONFIRMED',
    meaning: 'A transaction is in no block yet; it was not imported.',
    fix: 'Fetch it again once it is confirmed.',
  },
  {
    code: 'TX_LISTED_TWICE',
    meaning: 'A transaction stands in a source more than once with the same content; it was kept once.',
    fix: 'No action is needed.',
  },
  {
    code: 'TX_LISTED_DIFFERENTLY',
    meaning: 'A transaction stands in a source more than once with different content.',
    fix: 'Obtain the transaction from another source; the one proved by its id is right.',
  },
  {
    code: 'BLOCK_MERKLE_MISMATCH',
    meaning: 'The transactions or withdrawals of a block do not give the Merkle root of its header.',
    fix: 'Fetch the block again from another node.',
  },
  {
    code: 'BLOCK_HASH_MISMATCH',
    meaning: 'The header fields that a source states for a block do not give its hash; the block was left out.',
    fix: 'Fetch the block again from another node.',
  },
  {
    code: 'RECEIPTS_MISMATCH',
    meaning:
      'What a source states of the receipts of a block (outcome, gas, events) is not what the block commits to, or contradicts itself; the block was left out.',
    fix: 'Fetch the block and its receipts again from another node.',
  },
  {
    code: 'SENDER_MISMATCH',
    meaning: 'A source states another sender of a transaction than the one whose key signed it.',
    fix: 'Obtain the transaction from another source; the signature is right.',
  },
  {
    code: 'BLOCK_WITNESS_MISMATCH',
    meaning:
      'The witnesses of a block are not those that its coinbase commits to. Nothing is imported of witnesses, so the block was kept.',
    fix: 'Fetch the block again if the witnesses themselves are evidence.',
  },
  {
    code: 'BLOCK_WORK_MISSING',
    meaning: 'The hash of a block does not meet the target in its own header: it was never mined; it was left out.',
    fix: 'Fetch the block again from another node.',
  },
  {
    code: 'BLOCK_HEIGHT_UNKNOWN',
    meaning:
      'A block neither states its height under BIP-34 nor hangs on a block of known height. Raw blocks are kept aside and join the ledger once the blocks before them are imported.',
    fix: 'Import the blocks before it.',
  },
  {
    code: 'TX_BLOCK_UNKNOWN',
    meaning:
      'A transaction names its block by a hash of which neither the source nor the ledger knows the height. Nothing of the source was imported.',
    fix: 'Import the block first, add its header (getblockheader) to the source, or take the transaction out.',
  },
  {
    code: 'BLOCK_HEIGHT_MISMATCH',
    meaning: 'A block states another height than the chain gives it; it was left out.',
    fix: 'Fetch the block again from another node.',
  },
  {
    code: 'BLOCK_LISTED_TWICE',
    meaning: 'A block stands in a source more than once; it was kept once.',
    fix: 'No action is needed.',
  },
  {
    code: 'UNDO_MISMATCH',
    meaning: 'A file of spent outputs does not fit the block beside it; it was not used.',
    fix: 'Export the file again, or remove it.',
  },
  {
    code: 'ADDRESS_NOT_READ',
    meaning: 'What a source states as an address is none of this chain; it was left out.',
    fix: 'Look at the transaction in another source.',
  },
  {
    code: 'TXID_REPAIRED',
    meaning: 'Transaction ids had lost a trailing "b", the documented flaw of an export, and got it back.',
    fix: 'No action is needed.',
  },
  {
    code: 'OUTPUT_LISTED_TWICE',
    meaning: 'An output is listed more than once; the first was kept.',
    fix: 'No action is needed if the content is the same.',
  },
  {
    code: 'OUTPUT_MISSING',
    meaning: 'The outputs of a transaction are not numbered without a gap; the transaction was left out.',
    fix: 'Obtain the transaction from another source.',
  },
  {
    code: 'INPUT_UNRESOLVED',
    meaning: 'A transaction spends an output that an export refers to but does not hold; the transaction was left out.',
    fix: 'Export the earlier blocks too, or obtain the transaction from another source.',
  },
  {
    code: 'SPEND_DISAGREES',
    meaning: 'The two sides of an export disagree on who spends an output.',
    fix: 'Obtain the transactions named from another source.',
  },
  {
    code: 'TX_MISSING',
    meaning: 'Transactions that should be in a source are not; their blocks count as partial.',
    fix: 'Obtain the blocks from another source.',
  },
  {
    code: 'TX_NOT_IN_BLOCK',
    meaning: 'A transaction names a block of which all transactions came before it; it was left out.',
    fix: 'Obtain the transaction from another source.',
  },
  {
    code: 'RECEIPT_MISSING',
    meaning: 'A transaction of an account chain has no receipt in its source: its fee and its outcome are not known.',
    fix: 'Import the receipts too.',
  },
  {
    code: 'TRACES_MISSING',
    meaning: 'What contracts passed on is not in the source, so that balances cannot be relied on.',
    fix: 'Import traces too, from a node that offers debug_traceBlockByNumber or trace_block.',
  },
  {
    code: 'REWARD_UNKNOWN',
    meaning: 'A block has uncles that are not in the source; no reward of the block was entered.',
    fix: 'Import traces of the block, or its uncles.',
  },
  {
    code: 'TRACE_ADDRESS_UNKNOWN',
    meaning:
      'Where a call stands among the calls of its transaction is not said; the calls of the transaction were left out.',
    fix: 'Export the traces again as JSON, in which an empty address and a missing one differ.',
  },
  {
    code: 'TOKEN_STANDARD_UNKNOWN',
    meaning:
      'A token transfer stands without its event, so that an amount cannot be told from the number of a token; it was left out.',
    fix: 'Import the logs too.',
  },
  {
    code: 'TOKEN_DECIMALS_UNKNOWN',
    meaning: 'An explorer states the amount of a token whose decimals are not known here; the move was left out.',
    fix: 'Import the logs of the transaction.',
  },
  {
    code: 'AMOUNT_DOUBLE',
    meaning: 'Amounts passed through floating point on their way and are no evidence.',
    fix: 'Import the same transactions from a node.',
  },
  {
    code: 'MOVE_LISTED_TWICE',
    meaning: 'Two moves of value claim one place in a transaction or block; the first was kept.',
    fix: 'Obtain the block from another source.',
  },
  {
    code: 'FLOW_ROUNDED',
    meaning: 'Amounts in the table of an analyst have more than two decimals; they were rounded to cents.',
    fix: 'No action is needed: such tables are no evidence.',
  },
  {
    code: 'FLOW_ROWS_DISAGREE',
    meaning: 'Rows of an analyst put one transaction into different blocks; the lowest was used.',
    fix: 'Look the transaction up and correct the table.',
  },
  {
    code: 'SOURCE_URL',
    meaning: 'A URL names nothing that can be imported, or lacks what is needed with it.',
    fix: 'Follow the message.',
  },
  {
    code: 'SERVER_UNREACHABLE',
    meaning: 'A server did not answer, however often it was asked.',
    fix: 'Try again later; what was fetched so far is kept.',
  },
  {
    code: 'SERVER_ANSWER',
    meaning: 'A server answered something that cannot be used.',
    fix: 'Check the address, and that the server is of the right chain.',
  },
  {
    code: 'SERVER_CREDENTIALS',
    meaning: 'A node refuses the user name and password, or they cannot be read.',
    fix: 'Name the cookie file of the node, or its rpcuser and rpcpassword.',
  },
]
