/**
 * Decoding what contracts emit, strictly: a word that is not the value of its type (dirty padding, a number beyond its bits, a
 * boolean that is neither, a length beyond the data) is refused with its place. A lenient reader would show an amount where a
 * contract that only looks like the known one wrote something else.
 */
import { bytesToText, hexToBytes, type Result, refuse } from '../../kernel/index.ts'
import { type AbiEvent, type AbiParameter, type AbiType, isDynamic } from './abi-type.ts'

/** Numbers as bigint; addresses and bytes as hexadecimal with 0x, in lower case. */
export type AbiValue = bigint | boolean | string | readonly AbiValue[] | { readonly [name: string]: AbiValue }

export type AbiValues = Readonly<Record<string, AbiValue>>

class Malformed extends Error {
  readonly place: string
  constructor(why: string, place: string) {
    super(why)
    this.place = place
  }
}

/** Topics as logs have them, the first being that of the event. Values that are hashed in a topic are given as the hash. */
export function decodeEvent(event: AbiEvent, topics: readonly string[], data: string): Result<AbiValues> {
  try {
    const indexed = event.parameters.filter((one) => one.indexed)
    if (topics.length !== indexed.length + 1)
      throw new Malformed(`${topics.length} topics instead of ${indexed.length + 1}`, 'topics')
    if (topics[0] !== event.topic0) throw new Malformed('the first topic is that of another event', 'topic 0')
    const values: Record<string, AbiValue> = {}
    indexed.forEach((one, index) => {
      const place = `topic ${index + 1} (${one.name})`
      const topic = topics[index + 1] ?? ''
      if (!/^0x[0-9a-f]{64}$/.test(topic)) throw new Malformed('not 32 bytes in lower-case hexadecimal', place)
      const hashed = isDynamic(one.type) || one.type.kind === 'array' || one.type.kind === 'tuple'
      values[one.name] = hashed ? topic : readWord(one.type, topic.slice(2), place)
    })
    const plain = event.parameters.filter((one) => !one.indexed)
    if (!/^0x([0-9a-f]{2})*$/.test(data)) throw new Malformed('not bytes in lower-case hexadecimal', 'data')
    Object.assign(values, readParts(plain, data.slice(2), 0, 'data', 0).values)
    return { ok: true, value: values }
  } catch (thrown) {
    if (!(thrown instanceof Malformed)) throw thrown
    return refuse('LOG_MALFORMED', `A log of ${event.signature} is malformed: ${thrown.message}.`, {
      place: thrown.place,
      fix: 'The contract is not the one that the decoder knows; nothing is read from it.',
    })
  }
}

const DEEPEST = 16

/** Heads and tails from `base` on; offsets count from there. Positions are in hexadecimal digits. */
function readParts(
  parts: readonly AbiParameter[],
  hex: string,
  base: number,
  place: string,
  depth: number,
): { readonly values: Record<string, AbiValue>; readonly end: number } {
  const values: Record<string, AbiValue> = {}
  let at = base
  for (const part of parts) {
    const where = `${place} (${part.name})`
    if (isDynamic(part.type)) {
      const offset = base + 2 * readLength(hex, at, where)
      values[part.name] = readAt(part.type, hex, offset, where, depth + 1).value
      at += 64
    } else {
      const read = readAt(part.type, hex, at, where, depth + 1)
      values[part.name] = read.value
      at = read.end
    }
  }
  return { values, end: at }
}

function readAt(
  type: AbiType,
  hex: string,
  at: number,
  place: string,
  depth: number,
): { readonly value: AbiValue; readonly end: number } {
  if (depth > DEEPEST) throw new Malformed('nested too deeply', place)
  switch (type.kind) {
    case 'bytes':
    case 'string': {
      const length = readLength(hex, at, place)
      const padded = Math.ceil(length / 32) * 64
      const text = hex.slice(at + 64, at + 64 + 2 * length)
      if (text.length !== 2 * length) throw new Malformed(`${length} bytes are said, fewer are there`, place)
      if (/[1-9a-f]/.test(hex.slice(at + 64 + 2 * length, at + 64 + padded)))
        throw new Malformed('the padding is not zero', place)
      return { value: type.kind === 'bytes' ? `0x${text}` : readText(text, place), end: at + 64 + padded }
    }
    case 'array': {
      const length = type.length ?? readLength(hex, at, place)
      const base = type.length === null ? at + 64 : at
      // Each element takes a word at least: a length that the data cannot hold is refused before anything is made.
      if (length * 64 > hex.length - base) throw new Malformed(`${length} elements do not fit the data`, place)
      const parts = Array.from({ length }, (_, index) => ({ name: `${index}`, type: type.of, indexed: false }))
      const { values, end } = readParts(parts, hex, base, place, depth)
      return { value: parts.map(({ name }) => values[name] as AbiValue), end }
    }
    case 'tuple': {
      const { values, end } = readParts(type.parts, hex, at, place, depth)
      return { value: values, end }
    }
    default:
      return { value: readWord(type, word(hex, at, place), place), end: at + 64 }
  }
}

function readWord(type: AbiType, hex: string, place: string): AbiValue {
  switch (type.kind) {
    case 'address':
      if (!hex.startsWith('000000000000000000000000')) throw new Malformed('no address: its padding is not zero', place)
      return `0x${hex.slice(24)}`
    case 'bool':
      if (!/^0{63}[01]$/.test(hex)) throw new Malformed('no boolean', place)
      return hex.endsWith('1')
    case 'fixed':
      if (/[1-9a-f]/.test(hex.slice(2 * type.size))) throw new Malformed('the padding is not zero', place)
      return `0x${hex.slice(0, 2 * type.size)}`
    case 'uint': {
      const value = BigInt(`0x${hex}`)
      if (type.bits < 256 && value >> BigInt(type.bits) !== 0n)
        throw new Malformed(`more than ${type.bits} bits`, place)
      return value
    }
    case 'int': {
      const value = BigInt.asIntN(256, BigInt(`0x${hex}`))
      if (BigInt.asIntN(type.bits, value) !== value) throw new Malformed(`more than ${type.bits} bits`, place)
      return value
    }
    default:
      throw new Malformed('no value of a single word', place)
  }
}

function word(hex: string, at: number, place: string): string {
  const found = hex.slice(at, at + 64)
  if (found.length !== 64) throw new Malformed('the data end too early', `${place}, byte ${at / 2}`)
  return found
}

/** An offset or a length: no larger than the data, so that arithmetic with it stays exact. */
function readLength(hex: string, at: number, place: string): number {
  const value = BigInt(`0x${word(hex, at, place)}`)
  if (value > BigInt(hex.length / 2)) throw new Malformed('an offset or a length beyond the data', place)
  return Number(value)
}

function readText(hex: string, place: string): string {
  const text = bytesToText(hexToBytes(hex))
  if (!text.ok) throw new Malformed('text that is not UTF-8', place)
  return text.value
}
