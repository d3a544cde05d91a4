/**
 * The strict reader of JSON (RFC 8259, and narrower): what two readers could understand differently is refused.
 *
 * `JSON.parse` keeps the last of two equal keys, rounds numbers beyond 2^53 and follows any depth, so that a document can
 * show one thing to the signer and another to the reader. Here: valid UTF-8 without a byte order mark, depth ≤ 32, no key
 * twice in an object, no half of a surrogate pair, and numbers only as canonical JSON writes them: integers within
 * ±(2^53 − 1), without fraction, exponent or −0.
 */
import type { Json } from './canonical.ts'
import { catchRefusal, type Result, stop } from './refusal.ts'
import { bytesToText } from './utf8.ts'

export type StrictJsonLimits = { readonly maxBytes?: number; readonly maxDepth?: number }

/** Reads the one value in `bytes`; a refusal's place is the byte offset and the path of the value, as `byte 12, $.a[0]`. */
export function strictJson(bytes: Uint8Array, limits: StrictJsonLimits = {}): Result<Json> {
  const { maxBytes = 1 << 20, maxDepth = 32 } = limits
  return catchRefusal(() => {
    if (bytes.length > maxBytes)
      stop('JSON_TOO_LARGE', `A JSON document has ${bytes.length} bytes; at most ${maxBytes} are read.`, {
        place: `byte ${maxBytes}`,
        fix: 'Send less at once.',
      })
    const reader = new Reader(bytes, maxDepth)
    const value = reader.value('$', 0)
    reader.end()
    return value
  })
}

const SPACE = new Set([0x20, 0x09, 0x0a, 0x0d])
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Holds the place in the bytes while one document is read. */
class Reader {
  private at = 0
  private readonly bytes: Uint8Array
  private readonly maxDepth: number
  constructor(bytes: Uint8Array, maxDepth: number) {
    this.bytes = bytes
    this.maxDepth = maxDepth
  }

  value(path: string, depth: number): Json {
    this.space()
    const byte = this.bytes[this.at]
    if (byte === 0x7b || byte === 0x5b) {
      if (depth >= this.maxDepth)
        this.refuse('JSON_TOO_DEEP', path, `JSON is nested deeper than ${this.maxDepth}`, 'Flatten the document.')
      this.at += 1
      return byte === 0x7b ? this.object(path, depth + 1) : this.array(path, depth + 1)
    }
    if (byte === 0x22) return this.string(path)
    if (byte === 0x2d || isDigit(byte)) return this.number(path)
    for (const [word, value] of WORDS) if (this.word(word)) return value
    return this.malformed(path, 'a value is missing or not JSON')
  }

  end(): void {
    this.space()
    if (this.at < this.bytes.length) this.malformed('$', 'something follows the value')
  }

  private object(path: string, depth: number): Json {
    const members = new Map<string, Json>()
    this.space()
    if (this.take(0x7d)) return {}
    for (;;) {
      this.space()
      const place = this.at
      if (this.bytes[this.at] !== 0x22) this.malformed(path, 'a key is missing')
      const key = this.string(path)
      if (members.has(key)) {
        this.at = place
        this.refuse(
          'JSON_DUPLICATE_KEY',
          path,
          `The key ${JSON.stringify(key)} stands twice in one object`,
          'Keep one of them.',
        )
      }
      this.space()
      if (!this.take(0x3a)) this.malformed(path, 'a colon is missing')
      members.set(key, this.value(`${path}.${key}`, depth))
      this.space()
      if (this.take(0x2c)) continue
      if (this.take(0x7d)) break
      this.malformed(path, 'an object does not end')
    }
    // fromEntries defines own properties, so that a key such as __proto__ is a key and nothing else.
    return Object.fromEntries(members)
  }

  private array(path: string, depth: number): Json {
    const items: Json[] = []
    this.space()
    if (this.take(0x5d)) return items
    for (;;) {
      items.push(this.value(`${path}[${items.length}]`, depth))
      this.space()
      if (this.take(0x2c)) continue
      if (this.take(0x5d)) return items
      this.malformed(path, 'an array does not end')
    }
  }

  private string(path: string): string {
    this.at += 1
    let text = ''
    let from = this.at
    for (;;) {
      const byte = this.bytes[this.at]
      if (byte === undefined) return this.malformed(path, 'a string does not end')
      if (byte < 0x20) this.malformed(path, 'a control character stands in a string')
      if (byte !== 0x22 && byte !== 0x5c) {
        this.at += 1
        continue
      }
      text += this.slice(from, path)
      if (byte === 0x22) break
      text += this.escape(path)
      from = this.at
    }
    this.at += 1
    if (!text.isWellFormed()) this.malformed(path, 'a string holds half of a surrogate pair')
    return text
  }

  private escape(path: string): string {
    const letter = String.fromCharCode(this.bytes[this.at + 1] ?? 0)
    if (letter === 'u') {
      const digits = String.fromCharCode(...this.bytes.subarray(this.at + 2, this.at + 6))
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.malformed(path, 'a \\u escape is not four hexadecimal digits')
      this.at += 6
      return String.fromCharCode(Number.parseInt(digits, 16))
    }
    const plain = ESCAPES[letter]
    if (plain === undefined) return this.malformed(path, 'an escape in a string is not JSON')
    this.at += 2
    return plain
  }

  private slice(from: number, path: string): string {
    const text = bytesToText(this.bytes.subarray(from, this.at))
    if (text.ok) return text.value
    this.at = from + Number(text.refusal.place?.replace('byte ', ''))
    return this.refuse('TEXT_NOT_UTF8', path, 'A string is not valid UTF-8', 'Save the file as UTF-8.')
  }

  private number(path: string): number {
    const from = this.at
    while (isDigit(this.bytes[this.at]) || NUMBER_MARKS.has(this.bytes[this.at] ?? 0)) this.at += 1
    const text = String.fromCharCode(...this.bytes.subarray(from, Math.min(this.at, from + 64)))
    const value = Number(text)
    if (/^(0|-?[1-9][0-9]*)$/.test(text) && Number.isSafeInteger(value)) return value
    this.at = from
    if (/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text))
      this.refuse(
        'JSON_NUMBER_UNSAFE',
        path,
        `The number ${text} is not an integer within ±(2^53 − 1), plainly written`,
        'Write amounts and large numbers as strings of digits.',
      )
    return this.malformed(path, 'a number is malformed')
  }

  private word(word: string): boolean {
    for (let letter = 0; letter < word.length; letter++)
      if (this.bytes[this.at + letter] !== word.charCodeAt(letter)) return false
    this.at += word.length
    return true
  }

  private take(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false
    this.at += 1
    return true
  }

  private space(): void {
    while (SPACE.has(this.bytes[this.at] ?? 0)) this.at += 1
  }

  private malformed(path: string, what: string): never {
    return this.refuse('JSON_MALFORMED', path, `This is not JSON: ${what}`, 'Ask its sender for the file again.')
  }

  private refuse(code: string, path: string, what: string, fix: string): never {
    const place = path.length > 200 ? `${path.slice(0, 200)}…` : path
    return stop(code, `${what} (byte ${this.at}).`, { place: `byte ${this.at}, ${place}`, fix })
  }
}

const WORDS: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]
/** Plus, minus, point, e and E: what a number may hold beside digits. */
const NUMBER_MARKS = new Set([0x2b, 0x2d, 0x2e, 0x45, 0x65])

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}
