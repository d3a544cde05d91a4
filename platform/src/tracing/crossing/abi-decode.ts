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

/** `place` grows outwards as the refusal leaves the part that it was found in: nothing is written where all is well. */
class Malformed extends Error {
  place: string
  constructor(why: string, place = '') {
    super(why)
    this.place = place
  }
}

type Split = {
  readonly indexed: readonly (AbiParameter & { readonly hashed: boolean })[]
  readonly plain: readonly AbiParameter[]
}

/** Parameters in topics and in data, found once for an event. */
const splits = new WeakMap<AbiEvent, Split>()

function splitOf(event: AbiEvent): Split {
  const known = splits.get(event)
  if (known) return known
  const split = {
    indexed: event.parameters
      .filter((one) => one.indexed)
      .map((one) => ({
        ...one,
        hashed: isDynamic(one.type) || one.type.kind === 'array' || one.type.kind === 'tuple',
      })),
    plain: event.parameters.filter((one) => !one.indexed),
  }
  splits.set(event, split)
  return split
}

const HEXADECIMAL = /^0x[0-9a-f]*$/
/** A word in hexadecimal digits. */
const WORD = 64
const NOUGHTS = '0'.repeat(WORD)

/** Topics as logs have them, the first being that of the event. Values that are hashed in a topic are given as the hash. */
export function decodeEvent(event: AbiEvent, topics: readonly string[], data: string): Result<AbiValues> {
  try {
    const { indexed, plain } = splitOf(event)
    if (topics.length !== indexed.length + 1)
      throw new Malformed(`${topics.length} topics instead of ${indexed.length + 1}`, 'topics')
    if (topics[0] !== event.topic0) throw new Malformed('the first topic is that of another event', 'topic 0')
    const values: Record<string, AbiValue> = {}
    for (let index = 0; index < indexed.length; index++) {
      const one = indexed[index] as Split['indexed'][number]
      const topic = topics[index + 1] as string
      try {
        if (topic.length !== 2 + WORD || !HEXADECIMAL.test(topic))
          throw new Malformed('not 32 bytes in lower-case hexadecimal')
        values[one.name] = one.hashed ? topic : readWord(one.type, topic, 2)
      } catch (thrown) {
        throw within(thrown, `topic ${index + 1} (${one.name})`)
      }
    }
    if (data.length % 2 !== 0 || !HEXADECIMAL.test(data))
      throw new Malformed('not bytes in lower-case hexadecimal', 'data')
    try {
      readParts(plain, data, 2, 0, values)
    } catch (thrown) {
      throw within(thrown, 'data')
    }
    return { ok: true, value: values }
  } catch (thrown) {
    if (!(thrown instanceof Malformed)) throw thrown
    return refuse('LOG_MALFORMED', `A log of ${event.signature} is malformed: ${thrown.message}.`, {
      place: thrown.place,
      fix: 'The contract is not the one that the decoder knows; nothing is read from it.',
    })
  }
}

function within(thrown: unknown, place: string): unknown {
  if (thrown instanceof Malformed) thrown.place = place + thrown.place
  return thrown
}

const DEEPEST = 16

/** Where the part that was read last ends, in hexadecimal digits. */
let end = 0

/** Heads and tails from `base` on, into `values`; offsets count from there. Positions are in hexadecimal digits. */
function readParts(
  parts: readonly AbiParameter[],
  hex: string,
  base: number,
  depth: number,
  values: Record<string, AbiValue>,
): void {
  let at = base
  for (const part of parts) {
    try {
      if (isDynamic(part.type)) {
        values[part.name] = readAt(part.type, hex, base + 2 * readLength(hex, at), depth + 1)
        at += WORD
      } else {
        values[part.name] = readAt(part.type, hex, at, depth + 1)
        at = end
      }
    } catch (thrown) {
      throw within(thrown, ` (${part.name})`)
    }
  }
  end = at
}

/** The value that begins at `at`; `end` is where it ends. */
function readAt(type: AbiType, hex: string, at: number, depth: number): AbiValue {
  if (depth > DEEPEST) throw new Malformed('nested too deeply')
  switch (type.kind) {
    case 'bytes':
    case 'string': {
      const length = readLength(hex, at)
      const from = at + WORD
      const padded = from + Math.ceil(length / 32) * WORD
      const text = hex.slice(from, from + 2 * length)
      if (text.length !== 2 * length) throw new Malformed(`${length} bytes are said, fewer are there`)
      if (!onlyNoughts(hex, from + 2 * length, Math.min(padded, hex.length)))
        throw new Malformed('the padding is not zero')
      end = padded
      return type.kind === 'bytes' ? `0x${text}` : readText(text)
    }
    case 'array': {
      const length = type.length ?? readLength(hex, at)
      const base = type.length === null ? at + WORD : at
      // Each element takes a word at least: a length that the data cannot hold is refused before anything is made.
      if (length * WORD > hex.length - base) throw new Malformed(`${length} elements do not fit the data`)
      const parts = Array.from({ length }, (_, index) => ({ name: `${index}`, type: type.of, indexed: false }))
      const values: Record<string, AbiValue> = {}
      readParts(parts, hex, base, depth, values)
      return parts.map(({ name }) => values[name] as AbiValue)
    }
    case 'tuple': {
      const values: Record<string, AbiValue> = {}
      readParts(type.parts, hex, at, depth, values)
      return values
    }
    default: {
      checkWord(hex, at)
      end = at + WORD
      return readWord(type, hex, at)
    }
  }
}

/** The word at `at`, which is there. */
function readWord(type: AbiType, hex: string, at: number): AbiValue {
  switch (type.kind) {
    case 'address':
      if (!onlyNoughts(hex, at, at + 24)) throw new Malformed('no address: its padding is not zero')
      return `0x${hex.slice(at + 24, at + WORD)}`
    case 'bool': {
      const last = hex.charCodeAt(at + WORD - 1)
      if (!onlyNoughts(hex, at, at + WORD - 1) || (last !== 48 && last !== 49)) throw new Malformed('no boolean')
      return last === 49
    }
    case 'fixed':
      if (!onlyNoughts(hex, at + 2 * type.size, at + WORD)) throw new Malformed('the padding is not zero')
      return `0x${hex.slice(at, at + 2 * type.size)}`
    case 'uint':
      if (!onlyNoughts(hex, at, at + WORD - type.bits / 4)) throw new Malformed(`more than ${type.bits} bits`)
      return readNumber(hex, at)
    case 'int': {
      const value = BigInt.asIntN(256, readNumber(hex, at))
      if (BigInt.asIntN(type.bits, value) !== value) throw new Malformed(`more than ${type.bits} bits`)
      return value
    }
    default:
      throw new Malformed('no value of a single word')
  }
}

/** 52 bits, which a number holds exactly and which are read faster than a bigint. */
const SMALL = 13

function readNumber(hex: string, at: number): bigint {
  const last = at + WORD
  if (onlyNoughts(hex, at, last - SMALL)) return BigInt(Number.parseInt(hex.slice(last - SMALL, last), 16))
  return BigInt(`0x${hex.slice(at, last)}`)
}

/** `from` and `to` may be equal; they are no more than a word apart. */
function onlyNoughts(hex: string, from: number, to: number): boolean {
  return from === to || hex.startsWith(NOUGHTS.slice(0, to - from), from)
}

function checkWord(hex: string, at: number): void {
  if (at + WORD > hex.length) throw new Malformed('the data end too early', `, byte ${(at - 2) / 2}`)
}

/** An offset or a length: no larger than the data, so that arithmetic with it stays exact. */
function readLength(hex: string, at: number): number {
  checkWord(hex, at)
  const last = at + WORD
  const value = onlyNoughts(hex, at, last - SMALL)
    ? Number.parseInt(hex.slice(last - SMALL, last), 16)
    : Number.POSITIVE_INFINITY
  if (value > (hex.length - 2) / 2) throw new Malformed('an offset or a length beyond the data')
  return value
}

function readText(hex: string): string {
  const text = bytesToText(hexToBytes(hex))
  if (!text.ok) throw new Malformed('text that is not UTF-8')
  return text.value
}
