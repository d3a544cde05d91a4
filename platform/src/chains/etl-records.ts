/**
 * Blocks and transactions in the columns of bitcoin-etl, which the public data sets (BigQuery, AWS) share.
 *
 * The columns hold everything that the txid is computed from, but for the input of a coinbase: its script is a column of
 * the block, and its sequence number is nowhere. Few are in use (mining pools write 0xffffffff, 0 or 0xfffffffe); where
 * one of them gives the id, that is its own proof.
 */

import { statedAddress } from './core-transaction.ts'
import { isArray, type JsonObject, type JsonValue } from './exact-json.ts'
import {
  amountField,
  asObject,
  flagField,
  hexField,
  listField,
  optionalAmount,
  optionalHex,
  optionalText,
  optionalWhole,
  textField,
  versionField,
  wholeField,
  wrongField,
} from './json-fields.ts'
import type { ScriptType } from './ledger.ts'
import { txidOf } from './transaction-codec.ts'
import type { StatedInput, StatedOutput, StatedTransaction } from './transaction-statement.ts'

export type EtlBlock = {
  readonly hash: string
  readonly height: number
  readonly prevHash: string | null
  readonly merkleRoot: string
  readonly time: number
  readonly version: number
  readonly bits: number | null
  readonly nonce: number | null
  readonly transactionCount: number | null
  readonly coinbaseScript: string | null
}

export function isEtlBlock(object: JsonObject): boolean {
  return object.has('merkle_root') && object.has('number')
}

export function isEtlTransaction(object: JsonObject): boolean {
  return object.has('outputs') && object.has('is_coinbase')
}

export function readEtlBlock(object: JsonObject): EtlBlock {
  return {
    hash: hexField(object, 'hash', 32),
    height: wholeField(object, 'number'),
    prevHash: optionalHex(object, 'previousblockhash', 32),
    merkleRoot: hexField(object, 'merkle_root', 32),
    time: wholeField(object, 'timestamp'),
    version: versionField(object, 'version'),
    bits: optionalHexNumber(object, 'bits'),
    nonce: optionalHexNumber(object, 'nonce'),
    transactionCount: optionalWhole(object, 'transaction_count'),
    coinbaseScript: optionalHex(object, 'coinbase_param'),
  }
}

/** `decimals`: 0 where amounts are base units. `doubles`: whether they passed through floating point. */
export function readEtlTransaction(object: JsonObject, doubles: boolean): StatedTransaction {
  const coinbase = flagField(object, 'is_coinbase')
  const listed = inOrder(optionalList(object, 'inputs'), 'inputs').map(readInput)
  if (coinbase && listed.some(({ prev }) => prev !== null))
    wrongField('inputs', 'no spent output in a coinbase', object.get('inputs'))
  const inputs = coinbase ? [COINBASE_INPUT] : listed
  const outputs = inOrder(listField(object, 'outputs'), 'outputs').map(readPaid)
  checkCount(object, 'output_count', outputs.length)
  // Without the outputs that are spent, exports print an input value of 0 and a negative fee.
  const enriched = !coinbase && inputs.every(({ prevout }) => prevout !== null)
  if (!coinbase) checkCount(object, 'input_count', inputs.length)
  return {
    txid: hexField(object, 'hash', 32),
    version: (object.get('version') ?? null) === null ? null : versionField(object, 'version'),
    locktime: optionalWhole(object, 'lock_time'),
    inputs,
    outputs,
    block: {
      height: wholeField(object, 'block_number'),
      hash: optionalHex(object, 'block_hash', 32),
      time: optionalWhole(object, 'block_timestamp'),
    },
    index: optionalWhole(object, 'index'),
    sums: {
      inputs: enriched ? optionalAmount(object, 'input_value', 0) : null,
      outputs: optionalAmount(object, 'output_value', 0),
      fee: enriched ? optionalAmount(object, 'fee', 0) : null,
    },
    doubles,
  }
}

/** The coinbase with the script that its block states, if the two give its id; else as it was. */
export function withCoinbaseScript(stated: StatedTransaction, block: EtlBlock): StatedTransaction {
  const script = block.coinbaseScript
  const outputs = stated.outputs.flatMap(({ value, script: pays }) => (pays === null ? [] : [{ value, script: pays }]))
  if (
    script === null ||
    stated.version === null ||
    stated.locktime === null ||
    outputs.length !== stated.outputs.length
  )
    return stated
  if (outputs.some(({ value }) => value < 0n || value >= 1n << 64n)) return stated
  for (const sequence of COINBASE_SEQUENCES) {
    const input = { prev: null, script, sequence }
    const id = txidOf({ version: stated.version, inputs: [input], outputs, locktime: stated.locktime })
    if (id === stated.txid) return { ...stated, inputs: [{ ...input, prevout: null }] }
  }
  return stated
}

const COINBASE_SEQUENCES = [0xffff_ffff, 0, 0xffff_fffe]

const COINBASE_INPUT: StatedInput = { prev: null, script: null, sequence: null, prevout: null }

function readInput(input: JsonObject): StatedInput {
  const script = optionalHex(input, 'script_hex')
  const sequence = optionalWhole(input, 'sequence')
  const txid = optionalHex(input, 'spent_transaction_hash', 32)
  if (txid === null || txid === NO_HASH) return { prev: null, script, sequence, prevout: null }
  const value = optionalAmount(input, 'value', 0)
  const prevout: StatedOutput | null =
    value === null ? null : { value, script: null, address: paidAddress(input), type: typeOf(input) }
  return { prev: { txid, vout: wholeField(input, 'spent_output_index') }, script, sequence, prevout }
}

function readPaid(output: JsonObject): StatedOutput {
  return {
    value: amountField(output, 'value', 0),
    script: optionalHex(output, 'script_hex'),
    address: paidAddress(output),
    type: typeOf(output),
  }
}

/** bitcoin-etl makes up an address for scripts that have none (`nonstandard…`). */
function paidAddress(object: JsonObject): string | null {
  const address = statedAddress(object)
  return address === null || address === '' || address.startsWith('nonstandard') ? null : address
}

const NO_HASH = '0'.repeat(64)

const TYPES: Readonly<Record<string, ScriptType>> = {
  pubkey: 'p2pk',
  pubkeyhash: 'p2pkh',
  scripthash: 'p2sh',
  multisig: 'multisig',
  nulldata: 'op_return',
  nonstandard: 'nonstandard',
  witness_v0_keyhash: 'v0_p2wpkh',
  witness_v0_scripthash: 'v0_p2wsh',
  witness_v1_taproot: 'v1_p2tr',
  witness_unknown: 'witness_unknown',
}

function typeOf(object: JsonObject): ScriptType {
  return TYPES[optionalText(object, 'type') ?? ''] ?? 'unknown'
}

/** Inputs and outputs by their `index`, which must run from 0 without a gap. */
function inOrder(items: readonly JsonValue[], what: string): readonly JsonObject[] {
  const places: (JsonObject | undefined)[] = items.map(() => undefined)
  for (const item of items) {
    const object = asObject(item, what)
    const index = wholeField(object, 'index')
    if (index >= items.length || places[index] !== undefined)
      wrongField('index', `every number from 0 to ${items.length - 1} once`, object.get('index'))
    places[index] = object
  }
  return places.flatMap((object) => object ?? [])
}

function optionalList(object: JsonObject, key: string): readonly JsonValue[] {
  const value = object.get(key)
  return value === undefined || value === null ? [] : isArray(value) ? value : wrongField(key, 'an array', value)
}

function checkCount(object: JsonObject, key: string, count: number): void {
  const stated = optionalWhole(object, key)
  if (stated !== null && stated !== count) wrongField(key, `${count}, the number of those listed,`, object.get(key))
}

/** bits and nonce: hexadecimal text without leading zeros. */
function optionalHexNumber(object: JsonObject, key: string): number | null {
  const value = object.get(key)
  if (value === undefined || value === null) return null
  const text = textField(object, key)
  return /^[0-9a-f]{1,8}$/i.test(text)
    ? Number.parseInt(text, 16)
    : wrongField(key, 'at most 8 hexadecimal digits', value)
}
