/**
 * What can be recomputed of rows of ethereum-etl. They lack some fields of the header (mixHash, and the newer ones), so that no
 * hash of a block can; the id and the sender of a transaction can where the export has the signature (r, s, v), which plain
 * ethereum-etl leaves out and some data sets keep; withdrawals are held against the root that is stated beside them.
 */
import { bytesToHex } from '../../kernel/index.ts'
import { withdrawalBytes } from '../evm-envelope.ts'
import type { EvmCheckers, StatedTx } from '../evm-proof.ts'
import type { JsonObject, JsonValue } from '../exact-json.ts'
import { orderedTrieRoot } from '../ordered-trie.ts'
import { statedTx, withdrawalContents } from './evm-facts.ts'
import { optionalHash } from './evm-json.ts'

/** The names of the columns, and what nodes call the same. */
const FIELDS = [
  ['hash', 'hash'],
  ['transaction_index', 'transactionIndex'],
  ['from_address', 'from'],
  ['to_address', 'to'],
  ['nonce', 'nonce'],
  ['gas', 'gas'],
  ['gas_price', 'gasPrice'],
  ['value', 'value'],
  ['input', 'input'],
  ['transaction_type', 'type'],
  ['chain_id', 'chainId'],
  ['max_fee_per_gas', 'maxFeePerGas'],
  ['max_priority_fee_per_gas', 'maxPriorityFeePerGas'],
  ['max_fee_per_blob_gas', 'maxFeePerBlobGas'],
  ['blob_versioned_hashes', 'blobVersionedHashes'],
  ['access_list', 'accessList'],
  ['authorization_list', 'authorizationList'],
  ['y_parity', 'yParity'],
  ['r', 'r'],
  ['s', 's'],
  ['v', 'v'],
] as const

/** `null` where there is no signature in the row. */
export function signedRow(row: JsonObject): StatedTx | null {
  if (!isSaid(row.get('r')) || !isSaid(row.get('s'))) return null
  const fields = new Map<string, JsonValue>()
  for (const [column, name] of FIELDS) {
    const value = row.get(column)
    if (isSaid(value)) fields.set(name, value as JsonValue)
  }
  return statedTx(fields)
}

function isSaid(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** Whether the withdrawals give the root of the row; `null` where one of them is not here. */
export function provenWithdrawals(row: JsonObject, { keccak256 }: EvmCheckers): boolean | null {
  const [root, list] = [optionalHash(row, 'withdrawals_root'), withdrawalContents(row)]
  if (root === null || list === null) return null
  return bytesToHex(orderedTrieRoot(list.map(withdrawalBytes), keccak256)) === root
}
