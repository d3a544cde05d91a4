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

/** `null` where the transaction is not in a block yet. */
export function readEsploraTransaction(object: JsonObject): StatedTransaction | { readonly unconfirmed: string } {
  const txid = hexField(object, 'txid', 32)
  const block = readStatus(objectField(object, 'status'))
  if (!block) return { unconfirmed: txid }
  return {
    txid,
    version: versionField(object, 'version'),
    locktime: wholeField(object, 'locktime'),
    inputs: listField(object, 'vin').map((input) => readInput(asObject(input, 'vin'))),
    outputs: listField(object, 'vout').map((output) => readOutput(asObject(output, 'vout'))),
    block,
    index: null,
    sums: { inputs: null, outputs: null, fee: optionalAmount(object, 'fee', 0) },
    doubles: false,
  }
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
  const script = hexField(input, 'scriptsig')
  const sequence = wholeField(input, 'sequence')
  const txid = hexField(input, 'txid', 32)
  const vout = wholeField(input, 'vout')
  if (flagField(input, 'is_coinbase')) return { prev: null, script, sequence, prevout: null }
  const prevout = input.get('prevout')
  return { prev: { txid, vout }, script, sequence, prevout: isObject(prevout) ? readOutput(prevout) : null }
}

function readOutput(output: JsonObject): StatedOutput {
  return {
    value: amountField(output, 'value', 0),
    script: hexField(output, 'scriptpubkey'),
    address: optionalText(output, 'scriptpubkey_address'),
    type: 'unknown' satisfies ScriptType,
  }
}
