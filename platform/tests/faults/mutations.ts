/** Deterministic damage to bytes and to text: what disks, networks, careless programs and forgers do to files. */

export type Random = () => number

/** xorshift32: the same numbers for the same seed, everywhere. */
export function randomFrom(seed: number): Random {
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x2545f491) >>> 0 || 1
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 0x1_0000_0000
  }
}

export type Mutation = { readonly name: string; readonly apply: (bytes: Buffer, random: Random) => Buffer }

const below = (random: Random, limit: number) => Math.floor(random() * Math.max(1, limit))

export const byteMutations: readonly Mutation[] = [
  {
    name: 'bit flips',
    apply: (bytes, random) => {
      const result = Buffer.from(bytes)
      for (let left = 1 + below(random, 3); left > 0; left--) {
        const at = below(random, result.length)
        result[at] = (result[at] ?? 0) ^ (1 << below(random, 8))
      }
      return result
    },
  },
  { name: 'truncation', apply: (bytes, random) => bytes.subarray(0, below(random, bytes.length)) },
  {
    name: 'insertion',
    apply: (bytes, random) => {
      const at = below(random, bytes.length)
      const extra = Buffer.from(Array.from({ length: 1 + below(random, 12) }, () => below(random, 256)))
      return Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)])
    },
  },
  {
    name: 'deletion',
    apply: (bytes, random) => {
      const at = below(random, bytes.length)
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(random, 20))])
    },
  },
  {
    name: 'repetition',
    apply: (bytes, random) => {
      const at = below(random, bytes.length)
      const end = Math.min(bytes.length, at + 1 + below(random, 400))
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)])
    },
  },
  {
    name: 'exchange',
    apply: (bytes, random) => {
      const size = 1 + below(random, 40)
      const result = Buffer.from(bytes)
      const [one, other] = [below(random, bytes.length - size), below(random, bytes.length - size)]
      bytes.copy(result, one, other, other + size)
      bytes.copy(result, other, one, one + size)
      return result
    },
  },
  {
    name: 'extreme bytes',
    apply: (bytes, random) => {
      const result = Buffer.from(bytes)
      const at = below(random, bytes.length)
      result.fill(random() < 0.5 ? 0xff : 0x00, at, Math.min(bytes.length, at + 1 + below(random, 9)))
      return result
    },
  },
]

const NUMBERS = [
  '-1', '0.5', '1e400', '1e-400', '99999999999999999999999999', '9007199254740993', '2100000000000001', '18446744073709551616',
  '5000000000.000000001', '-0', '00', '1e3', 'NaN', 'null', '"1"', '[]', '4294967296',
] // biome-ignore format: a list

export const textMutations: readonly Mutation[] = [
  {
    name: 'another number',
    apply: (bytes, random) =>
      atMatch(bytes, random, /-?\d+(?:\.\d+)?/g, () => NUMBERS[below(random, NUMBERS.length)] ?? '0'),
  },
  {
    name: 'a number off by a little',
    apply: (bytes, random) =>
      atMatch(
        bytes,
        random,
        /\d+(?:\.\d+)?/g,
        (text) => text.slice(0, -1) + String((Number(text.slice(-1)) + 1 + below(random, 8)) % 10),
      ),
  },
  {
    name: 'another hexadecimal digit',
    apply: (bytes, random) =>
      atMatch(bytes, random, /[0-9a-f]{16,}/g, (text) => {
        const at = below(random, text.length)
        return text.slice(0, at) + '0123456789abcdef'.charAt(below(random, 16)) + text.slice(at + 1)
      }),
  },
  {
    name: 'a repeated key',
    apply: (bytes, random) =>
      atMatch(bytes, random, /"[a-z_]+": ?[^,{}[\]]+,/g, (text) => text + text.replace(/\d/, '7')),
  },
  { name: 'a lost key', apply: (bytes, random) => atMatch(bytes, random, /"[a-z_]+": ?[^,{}[\]]+,/g, () => '') },
  {
    name: 'deep nesting',
    apply: (bytes, random) => atMatch(bytes, random, /[[{]/g, (text) => '['.repeat(1 + below(random, 20_000)) + text),
  },
  {
    name: 'two values exchanged',
    apply: (bytes, random) => {
      const text = bytes.toString('latin1')
      const values = [...text.matchAll(/(?<=[:,]\s?)\d+(?:\.\d+)?(?=[,}\s])/g)]
      const [one, other] = [values[below(random, values.length)], values[below(random, values.length)]].sort(
        (a, b) => (a?.index ?? 0) - (b?.index ?? 0),
      )
      if (!one || !other || one.index === other.index) return bytes
      return Buffer.from(
        text.slice(0, one.index) +
          other[0] +
          text.slice(one.index + one[0].length, other.index) +
          one[0] +
          text.slice(other.index + other[0].length),
        'latin1',
      )
    },
  },
]

function atMatch(bytes: Buffer, random: Random, pattern: RegExp, change: (text: string) => string): Buffer {
  const text = bytes.toString('latin1')
  const matches = [...text.matchAll(pattern)]
  const match = matches[below(random, matches.length)]
  if (!match) return bytes
  return Buffer.from(
    text.slice(0, match.index) + change(match[0]) + text.slice(match.index + match[0].length),
    'latin1',
  )
}
