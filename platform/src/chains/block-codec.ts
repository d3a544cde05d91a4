/**
 * Blocks of the Bitcoin family from bytes: the header of 80 bytes, the proof of merged mining where the version announces
 * one, the transactions, and Litecoin's extension block.
 */
import { bytesToHex, concatBytes, doubleSha256, hexToBytes, reversed } from '../kernel/index.ts'
import { type ByteReader, malformed, readCount, readerOf, readU8, readU32, remaining, take } from './byte-reader.ts'
import type { ChainPack } from './chain-pack.ts'
import { merkleRoot, sameBytes } from './merkle.ts'
import { compactSize, decodeTransaction, type RawTransaction, u32 } from './transaction-codec.ts'

export type BlockHeader = {
  readonly hash: string
  readonly version: number
  readonly prevHash: string
  readonly merkleRoot: string
  readonly time: number
  readonly bits: number
  readonly nonce: number
}

export type RawBlock = { readonly header: BlockHeader; readonly transactions: readonly RawTransaction[] }

export const HEADER_BYTES = 80
const SMALLEST_TRANSACTION = 60
/** Bit of the version that announces a proof of merged mining (Namecoin, Dogecoin: `VERSION_AUXPOW`). */
const MERGED_MINING = 0x100

export function decodeHeader(bytes: Uint8Array): BlockHeader {
  const reader = readerOf(bytes.subarray(0, HEADER_BYTES))
  const version = readU32(reader)
  const prevHash = bytesToHex(reversed(take(reader, 32)))
  const root = bytesToHex(reversed(take(reader, 32)))
  const [time, bits, nonce] = [readU32(reader), readU32(reader), readU32(reader)]
  const hash = bytesToHex(reversed(doubleSha256(reader.bytes)))
  return { hash, version, prevHash, merkleRoot: root, time, bits, nonce }
}

export type HeaderFields = Omit<BlockHeader, 'hash'>

/** The hash that a header with these fields has. */
export function headerHash(fields: HeaderFields): string {
  return bytesToHex(reversed(doubleSha256(encodeHeader(fields))))
}

/** A block from its header and its transactions, each in its bytes. */
export function encodeBlock(header: HeaderFields, transactions: readonly Uint8Array[]): Uint8Array {
  return concatBytes(encodeHeader(header), compactSize(transactions.length), ...transactions)
}

function encodeHeader(fields: HeaderFields): Uint8Array {
  const hash = (hex: string) => reversed(hexToBytes(hex))
  return concatBytes(
    u32(fields.version),
    hash(fields.prevHash),
    hash(fields.merkleRoot),
    u32(fields.time),
    u32(fields.bits),
    u32(fields.nonce),
  )
}

/** One block; the reader then stands behind it. An extension block is taken to fill the rest of the buffer. */
export function decodeBlock(reader: ByteReader, pack: ChainPack): RawBlock {
  const { header, count } = decodeStart(reader, pack)
  const transactions: RawTransaction[] = []
  for (let n = 0; n < count; n++) {
    const place = reader.at
    const transaction = decodeTransaction(reader, pack)
    if ((transaction.inputs[0]?.prev === null) !== (n === 0))
      malformed(reader, place, 'a coinbase as the first transaction, and only there')
    if (transaction.integrating && (n === 0 || n !== count - 1))
      malformed(reader, place, 'an integrating transaction in the last place only')
    transactions.push(transaction)
  }
  if (transactions.at(-1)?.integrating && readU8(reader) === 1) take(reader, remaining(reader))
  return { header, transactions }
}

/** Header and coinbase of a block, without reading the rest. */
export function decodeBlockStart(
  reader: ByteReader,
  pack: ChainPack,
): { readonly header: BlockHeader; readonly coinbase: RawTransaction } {
  const { header } = decodeStart(reader, pack)
  return { header, coinbase: decodeTransaction(reader, pack) }
}

/**
 * The height that a coinbase begins with (BIP-34), or `null`. Whether it is true is another question: only blocks of
 * version 2 and above, from a height on that the chain pack names, had to tell the truth.
 */
export function coinbaseHeight(script: Uint8Array): number | null {
  const [size = 0] = script
  if (size >= 0x51 && size <= 0x60) return size - 0x50
  if (size === 0 || size > 4 || script.length < size + 1) return null
  let height = 0
  for (let n = size; n >= 1; n--) height = height * 256 + (script[n] ?? 0)
  const [last = 0, beforeLast = 0] = [script[size], script[size - 1]]
  const negative = (last & 0x80) !== 0
  const padded = last === 0 && (size === 1 || (beforeLast & 0x80) === 0)
  return negative || padded ? null : height
}

export type RootCheck = 'right' | 'wrong' | 'ambiguous'

export function checkMerkleRoot(block: RawBlock): RootCheck {
  const tree = merkleRoot(block.transactions.map(({ hash }) => hash))
  if (!tree || bytesToHex(reversed(tree.root)) !== block.header.merkleRoot) return 'wrong'
  return tree.ambiguous ? 'ambiguous' : 'right'
}

/** The commitment to the witnesses in the coinbase (BIP-141): `absent` where there is none and no witness either. */
export function checkWitnessCommitment(block: RawBlock): RootCheck | 'absent' {
  const [coinbase, ...others] = block.transactions
  const committed = coinbase?.outputs.findLast(
    ({ script }) => script.length >= 38 && bytesToHex(script.subarray(0, 6)) === '6a24aa21a9ed',
  )
  if (!coinbase || !committed) return others.some(({ hasWitness }) => hasWitness) ? 'wrong' : 'absent'
  const reserved = coinbase.inputs[0]?.witness[0]
  // A block without witnesses may carry the commitment and yet no reserved value.
  if (!reserved) return block.transactions.some(({ hasWitness }) => hasWitness) ? 'wrong' : 'absent'
  const tree = merkleRoot([new Uint8Array(32), ...others.map(({ witnessHash }) => witnessHash)])
  if (!tree) return 'wrong'
  return sameBytes(doubleSha256(concatBytes(tree.root, reserved)), committed.script.subarray(6, 38)) ? 'right' : 'wrong'
}

function decodeStart(reader: ByteReader, pack: ChainPack): { header: BlockHeader; count: number } {
  const header = decodeHeader(take(reader, HEADER_BYTES))
  if (pack.auxpow && (header.version & MERGED_MINING) !== 0) skipMergedMining(reader)
  const place = reader.at
  const count = readCount(reader, SMALLEST_TRANSACTION)
  if (count === 0) malformed(reader, place, 'at least one transaction')
  return { header, count }
}

/** The coinbase of the parent block, its branch, the branch of the chains mined together, and the parent header. */
function skipMergedMining(reader: ByteReader): void {
  decodeTransaction(reader, { segwit: true, mweb: false })
  take(reader, 32)
  for (let branch = 0; branch < 2; branch++) {
    take(reader, readCount(reader, 32) * 32)
    take(reader, 4)
  }
  take(reader, HEADER_BYTES)
}
