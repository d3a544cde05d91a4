/**
 * Transactions of the Bitcoin family, from and to bytes.
 *
 * The txid is the double SHA-256 of the serialisation without witness (BIP-141); it is what binds inputs, outputs and
 * amounts to the id. Litecoin marks the transaction that integrates its extension block with flag 0x08 (LIP-0003); the
 * flag and what follows from it are not part of the txid either.
 */
import { bytesToHex, concatBytes, doubleSha256, hexToBytes, reversed } from '../kernel/index.ts'
import {
  type ByteReader,
  malformed,
  readCount,
  readU8,
  readU32,
  readU64,
  readVarBytes,
  remaining,
  take,
} from './byte-reader.ts'
import type { OutPoint } from './ledger.ts'

export type RawInput = {
  /** `null` for the input of a coinbase. */
  readonly prev: OutPoint | null
  readonly script: Uint8Array
  readonly sequence: number
  readonly witness: readonly Uint8Array[]
}

export type RawOutput = { readonly value: bigint; readonly script: Uint8Array }

export type RawTransaction = {
  readonly txid: string
  /** The double SHA-256 in the order in which it is hashed on, for the Merkle tree. */
  readonly hash: Uint8Array
  /** The same over the bytes with the witness (BIP-141); equal to `hash` where there is no witness. */
  readonly witnessHash: Uint8Array
  /** nVersion read as an unsigned number, as Bitcoin Core has shown it since version 28. */
  readonly version: number
  readonly inputs: readonly RawInput[]
  readonly outputs: readonly RawOutput[]
  readonly locktime: number
  readonly hasWitness: boolean
  /** Litecoin's integrating transaction (HogEx). */
  readonly integrating: boolean
}

/** What the id of a transaction is computed from; scripts in hex. */
export type IdContent = {
  readonly version: number
  readonly inputs: readonly { readonly prev: OutPoint | null; readonly script: string; readonly sequence: number }[]
  readonly outputs: readonly { readonly value: bigint; readonly script: string }[]
  readonly locktime: number
}

export type TransactionRules = { readonly segwit: boolean; readonly mweb: boolean }

const SMALLEST_INPUT = 41
const SMALLEST_OUTPUT = 9
const NO_OUTPUT = 0xffff_ffff

export function decodeTransaction(reader: ByteReader, rules: TransactionRules): RawTransaction {
  const start = reader.at
  const version = readU32(reader)
  const afterVersion = reader.at
  let flags = 0
  if (rules.segwit && remaining(reader) >= 2 && reader.bytes[reader.at] === 0 && reader.bytes[reader.at + 1] !== 0) {
    flags = reader.bytes[reader.at + 1] ?? 0
    reader.at += 2
    if ((flags & ~(rules.mweb ? 0x09 : 0x01)) !== 0)
      malformed(reader, afterVersion, `transaction flags that are known (found ${flags})`)
  }
  const bodyStart = reader.at
  const bare = readInputs(reader)
  const outputs = readOutputs(reader)
  const bodyEnd = reader.at
  const witnesses = (flags & 0x01) !== 0 ? readWitnesses(reader, bare.length) : null
  const integrating = (flags & 0x08) !== 0
  if (integrating && readU8(reader) !== 0)
    malformed(reader, reader.at - 1, 'no extension data inside a transaction of a block')
  const witnessEnd = reader.at
  const locktime = readU32(reader)
  const bytes = reader.bytes
  const stripped =
    flags === 0
      ? bytes.subarray(start, reader.at)
      : concatBytes(
          bytes.subarray(start, afterVersion),
          bytes.subarray(bodyStart, bodyEnd),
          bytes.subarray(witnessEnd, reader.at),
        )
  const hash = doubleSha256(stripped)
  const inputs = witnesses ? bare.map((input, n) => ({ ...input, witness: witnesses[n] ?? [] })) : bare
  const hasWitness = witnesses !== null
  const witnessHash = hasWitness && !integrating ? doubleSha256(bytes.subarray(start, reader.at)) : hash
  return {
    txid: bytesToHex(reversed(hash)),
    hash,
    witnessHash,
    version,
    inputs,
    outputs,
    locktime,
    hasWitness,
    integrating,
  }
}

/** The serialisation that is hashed to the txid. */
export function encodeForId(content: IdContent): Uint8Array {
  const parts: Uint8Array[] = [u32(content.version), compactSize(content.inputs.length)]
  for (const input of content.inputs) {
    const script = hexToBytes(input.script)
    parts.push(input.prev ? reversed(hexToBytes(input.prev.txid)) : new Uint8Array(32))
    parts.push(u32(input.prev ? input.prev.vout : NO_OUTPUT), compactSize(script.length), script, u32(input.sequence))
  }
  parts.push(compactSize(content.outputs.length))
  for (const output of content.outputs) {
    const script = hexToBytes(output.script)
    parts.push(u64(output.value), compactSize(script.length), script)
  }
  parts.push(u32(content.locktime))
  return concatBytes(...parts)
}

export function txidOf(content: IdContent): string {
  return bytesToHex(reversed(doubleSha256(encodeForId(content))))
}

export function isCoinbase(inputs: readonly { readonly prev: OutPoint | null }[]): boolean {
  return inputs.length === 1 && inputs[0]?.prev === null
}

export function compactSize(value: number): Uint8Array {
  if (value < 0xfd) return Uint8Array.of(value)
  if (value < 0x10000) return Uint8Array.of(0xfd, value & 0xff, value >>> 8)
  return concatBytes(Uint8Array.of(0xfe), u32(value))
}

export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}

export function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, true)
  return bytes
}

function readInputs(reader: ByteReader): RawInput[] {
  const place = reader.at
  const count = readCount(reader, SMALLEST_INPUT)
  if (count === 0) malformed(reader, place, 'at least one input')
  const inputs: RawInput[] = []
  for (let n = 0; n < count; n++) {
    const txid = take(reader, 32)
    const vout = readU32(reader)
    const script = readVarBytes(reader)
    const prev = vout === NO_OUTPUT && isZero(txid) ? null : { txid: bytesToHex(reversed(txid)), vout }
    inputs.push({ prev, script, sequence: readU32(reader), witness: [] })
  }
  if (count > 1 && inputs.some((input) => input.prev === null))
    malformed(reader, place, 'an outpoint in every input of a transaction with several inputs')
  return inputs
}

function readOutputs(reader: ByteReader): RawOutput[] {
  const place = reader.at
  const count = readCount(reader, SMALLEST_OUTPUT)
  if (count === 0) malformed(reader, place, 'at least one output')
  const outputs: RawOutput[] = []
  for (let n = 0; n < count; n++) outputs.push({ value: readU64(reader), script: readVarBytes(reader) })
  return outputs
}

function readWitnesses(reader: ByteReader, inputs: number): Uint8Array[][] {
  const place = reader.at
  const witnesses: Uint8Array[][] = []
  for (let n = 0; n < inputs; n++) {
    const items: Uint8Array[] = []
    for (let left = readCount(reader, 1); left > 0; left--) items.push(readVarBytes(reader))
    witnesses.push(items)
  }
  if (witnesses.every((items) => items.length === 0)) malformed(reader, place, 'a witness where the flag announces one')
  return witnesses
}

function isZero(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false
  return true
}
