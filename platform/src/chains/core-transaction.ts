/**
 * Blocks and transactions as nodes answer them (`getblock`, `getrawtransaction`), from Bitcoin Core 0.8 to today and its
 * descendants: `addresses` became `address`, `type` and `prevout` came later, amounts are decimal numbers of coins.
 */
import { type HeaderFields, headerHash } from './block-codec.ts'
import { isArray, isObject, type JsonObject, type JsonValue } from './exact-json.ts'
import {
  amountField,
  asObject,
  hexField,
  listField,
  objectField,
  optionalAmount,
  optionalHex,
  optionalWhole,
  textField,
  versionField,
  wholeField,
  wrongField,
} from './json-fields.ts'
import type { BlockRef } from './ledger.ts'
import type { StatedInput, StatedOutput, StatedTransaction } from './transaction-statement.ts'

export type CoreBlock = {
  readonly hash: string
  readonly height: number
  readonly prevHash: string | null
  readonly merkleRoot: string
  readonly time: number
  readonly bits: number
  /** Whether the header fields give the hash. */
  readonly headerVerified: boolean
  /** Ids (verbosity 1) or transactions (verbosity 2 and 3), in block order. */
  readonly transactions: readonly (string | JsonObject)[]
}

const NO_HASH = '0'.repeat(64)

export function isCoreBlock(object: JsonObject): boolean {
  return object.has('merkleroot') && object.has('tx')
}

export function isCoreTransaction(object: JsonObject): boolean {
  return object.has('vin') && object.has('vout')
}

export function readCoreBlock(object: JsonObject): CoreBlock {
  const hash = hexField(object, 'hash', 32)
  const prevHash = optionalHex(object, 'previousblockhash', 32)
  const bits = Number.parseInt(hexField(object, 'bits', 4), 16)
  const header: HeaderFields = {
    version: versionField(object, 'version'),
    prevHash: prevHash ?? NO_HASH,
    merkleRoot: hexField(object, 'merkleroot', 32),
    time: wholeField(object, 'time'),
    bits,
    nonce: wholeField(object, 'nonce'),
  }
  const transactions = listField(object, 'tx').map(readListed)
  const count = optionalWhole(object, 'nTx')
  if (count !== null && count !== transactions.length)
    wrongField('nTx', `the number of transactions, ${transactions.length},`, object.get('nTx'))
  const { merkleRoot, time } = header
  return {
    hash,
    height: wholeField(object, 'height'),
    prevHash,
    merkleRoot,
    time,
    bits,
    headerVerified: headerHash(header) === hash,
    transactions,
  }
}

/** `decimals` of the chain's asset. The block is the caller's to say: transactions do not carry their height. */
export function readCoreTransaction(
  object: JsonObject,
  block: BlockRef,
  index: number | null,
  decimals: number,
): StatedTransaction {
  const outputs = listField(object, 'vout').map((output, n) => readOutput(asObject(output, 'vout'), n, decimals))
  return {
    txid: hexField(object, 'txid', 32),
    version: versionField(object, 'version'),
    locktime: wholeField(object, 'locktime'),
    inputs: listField(object, 'vin').map((input) => readInput(asObject(input, 'vin'), decimals)),
    outputs,
    block,
    index,
    sums: { inputs: null, outputs: null, fee: optionalAmount(object, 'fee', decimals) },
    doubles: false,
  }
}

function readListed(item: JsonValue): string | JsonObject {
  if (isObject(item)) return item
  return hexField(new Map([['tx', item]]), 'tx', 32)
}

function readInput(input: JsonObject, decimals: number): StatedInput {
  const sequence = wholeField(input, 'sequence')
  if (input.has('coinbase')) return { prev: null, script: hexField(input, 'coinbase'), sequence, prevout: null }
  const prev = { txid: hexField(input, 'txid', 32), vout: wholeField(input, 'vout') }
  const prevout = input.get('prevout')
  return {
    prev,
    script: hexField(objectField(input, 'scriptSig'), 'hex'),
    sequence,
    prevout: isObject(prevout) ? readPaid(prevout, decimals) : null,
  }
}

function readOutput(output: JsonObject, n: number, decimals: number): StatedOutput {
  if (wholeField(output, 'n') !== n) wrongField('n', `${n}, because outputs stand in their order,`, output.get('n'))
  return readPaid(output, decimals)
}

function readPaid(output: JsonObject, decimals: number): StatedOutput {
  const script = objectField(output, 'scriptPubKey')
  return {
    value: amountField(output, 'value', decimals),
    script: hexField(script, 'hex'),
    address: statedAddress(script),
    type: 'unknown',
  }
}

/** One address, in the new or the old field; several (bare multisig) are none. */
export function statedAddress(object: JsonObject): string | null {
  const one = object.get('address')
  if (one !== undefined && one !== null) return textField(object, 'address')
  const several = object.get('addresses')
  if (several === undefined || several === null) return null
  if (!isArray(several)) return wrongField('addresses', 'a list', several)
  const [first, ...others] = several
  if (others.length > 0 || first === undefined) return null
  return typeof first === 'string' ? first : wrongField('addresses', 'texts', first)
}
