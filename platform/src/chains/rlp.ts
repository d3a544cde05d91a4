/** Recursive Length Prefix, the encoding in which Ethereum hashes what it hashes (Yellow Paper, appendix B). Pure. */

export type Rlp = Uint8Array | readonly Rlp[]

export function encodeRlp(item: Rlp): Uint8Array {
  const bytes = new Uint8Array(sizeOf(item))
  write(item, bytes, 0)
  return bytes
}

/** A whole number as RLP writes it: big-endian, without leading zeros; zero is the empty text. */
export function rlpNumber(number: bigint | number): Uint8Array {
  if (BigInt(number) === 0n) return EMPTY
  const hex = number.toString(16)
  const digits = hex.length % 2 === 0 ? hex : `0${hex}`
  return Uint8Array.from({ length: digits.length / 2 }, (_, n) => Number.parseInt(digits.slice(2 * n, 2 * n + 2), 16))
}

const EMPTY = new Uint8Array()

function isBytes(item: Rlp): item is Uint8Array {
  return item instanceof Uint8Array
}

function sizeOf(item: Rlp): number {
  if (isBytes(item) && item.length === 1 && (item[0] ?? 0) < 0x80) return 1
  const content = contentOf(item)
  return content + headOf(content)
}

function contentOf(item: Rlp): number {
  if (isBytes(item)) return item.length
  let size = 0
  for (const one of item) size += sizeOf(one)
  return size
}

function headOf(content: number): number {
  return content < 56 ? 1 : 1 + lengthBytes(content)
}

function lengthBytes(length: number): number {
  return length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4
}

/** Gives the place after the item. */
function write(item: Rlp, into: Uint8Array, start: number): number {
  let at = start
  if (isBytes(item) && item.length === 1 && (item[0] ?? 0) < 0x80) {
    into[at] = item[0] ?? 0
    return at + 1
  }
  const content = contentOf(item)
  const short = isBytes(item) ? 0x80 : 0xc0
  if (content < 56) into[at++] = short + content
  else {
    const size = lengthBytes(content)
    into[at++] = short + 55 + size
    for (let n = size - 1; n >= 0; n--) into[at++] = (content >>> (8 * n)) & 0xff
  }
  if (isBytes(item)) {
    into.set(item, at)
    return at + item.length
  }
  for (const one of item) at = write(one, into, at)
  return at
}
