/** A transaction as Esplora servers answer it (`/tx/:txid`, lists of `/block/:hash/txs` and `/address/:a/txs`). */
import { isObject, type JsonObject } from './exact-json.ts'
import {
  amountField,
  asObject,
  flagField,
  hexField,
  listField,
  objectField,
  optionalAmount,
  optionalHex,
  optionalText,
  optionalWhole,
  versionField,
  wholeField,
} from './json-fields.ts'
import type { BlockRef, ScriptType } from './ledger.ts'
import type { StatedInput, StatedOutput, StatedTransaction } from './transaction-statement.ts'

/** A transaction that is in no block yet is named and not read: the ledger holds blocks. */
export function readEsploraTransaction(object: JsonObject): StatedTransaction | { readonly unconfirmed: string } {
  const txid = hexField(object, 'txid', 32)
  const block = readStatus(objectField(object, 'status'))
  return block ? { ...readEsploraContent(object), block } : { unconfirmed: txid }
}

/** What the transaction does, wherever it stands. */
export function readEsploraContent(object: JsonObject): Omit<StatedTransaction, 'block'> {
  const vin = listField(object, 'vin').map((input) => asObject(input, 'vin'))
  return {
    txid: hexField(object, 'txid', 32),
    // Reduced extracts leave these out. Without them the id cannot be recomputed, and the content counts as stated.
    version: object.has('version') ? versionField(object, 'version') : null,
    locktime: optionalWhole(object, 'locktime'),
    inputs: vin.map(readInput),
    outputs: listField(object, 'vout').map((output) => readOutput(asObject(output, 'vout'))),
    index: null,
    sums: { inputs: null, outputs: null, fee: optionalAmount(object, 'fee', 0) },
    doubles: false,
    ...missingOf(object, vin),
  }
}

/** The block that the transaction is said to be in; `null` where it is in none, or the source does not say. */
export function readEsploraBlock(object: JsonObject): BlockRef | null {
  const status = object.get('status')
  return status === undefined || status === null ? null : readStatus(objectField(object, 'status'))
}

/** Of the fields that give the id: which is missing, where others are there. An extract that has none is no flaw. */
function missingOf(object: JsonObject, vin: readonly JsonObject[]): { readonly missing?: string } {
  const fields = [
    ...['version', 'locktime'].map((name) => ({ name, present: object.has(name) })),
    ...['scriptsig', 'sequence'].map((name) => ({ name, present: vin.every((input) => input.has(name)) })),
  ]
  const absent = fields.filter(({ present }) => !present).map(({ name }) => name)
  return absent.length === 0 || absent.length === fields.length ? {} : { missing: absent.join(', ') }
}

function readStatus(status: JsonObject): BlockRef | null {
  if (!flagField(status, 'confirmed')) return null
  return {
    height: wholeField(status, 'block_height'),
    hash: optionalHex(status, 'block_hash', 32),
    time: optionalWhole(status, 'block_time'),
  }
}

function readInput(input: JsonObject): StatedInput {
  const script = optionalHex(input, 'scriptsig')
  const sequence = optionalWhole(input, 'sequence')
  const txid = hexField(input, 'txid', 32)
  const vout = wholeField(input, 'vout')
  if (input.has('is_coinbase') ? flagField(input, 'is_coinbase') : isNullOutpoint(txid))
    return { prev: null, script, sequence, prevout: null }
  const prevout = input.get('prevout')
  return { prev: { txid, vout }, script, sequence, prevout: isObject(prevout) ? readOutput(prevout) : null }
}

/** The input of a coinbase names no output: its txid is all zeros. */
function isNullOutpoint(txid: string): boolean {
  return /^0+$/.test(txid)
}

function readOutput(output: JsonObject): StatedOutput {
  return {
    value: amountField(output, 'value', 0),
    script: optionalHex(output, 'scriptpubkey'),
    address: optionalText(output, 'scriptpubkey_address'),
    type: 'unknown' satisfies ScriptType,
  }
}
