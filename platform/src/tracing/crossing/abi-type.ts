/**
 * Types and signatures of the contract ABI (docs.soliditylang.org, "Contract ABI Specification"), as text: reading an event as
 * Solidity writes it, and the canonical signature whose Keccak-256 is its first topic.
 */
import { bytesToHex, keccak256, stop, utf8 } from '../../kernel/index.ts'

export type AbiType =
  | { readonly kind: 'uint' | 'int'; readonly bits: number }
  | { readonly kind: 'address' | 'bool' | 'bytes' | 'string' }
  | { readonly kind: 'fixed'; readonly size: number }
  /** `length` null: as many as the data say. */
  | { readonly kind: 'array'; readonly of: AbiType; readonly length: number | null }
  | { readonly kind: 'tuple'; readonly parts: readonly AbiParameter[] }

export type AbiParameter = { readonly name: string; readonly type: AbiType; readonly indexed: boolean }

export type AbiEvent = {
  readonly name: string
  readonly parameters: readonly AbiParameter[]
  /** As `Transfer(address,address,uint256)`. */
  readonly signature: string
  readonly topic0: string
}

/** Reads `Transfer(address indexed from, address indexed to, uint256 value)`; tuples are written `(type name, …) name`. */
export function parseEvent(text: string, place: string): AbiEvent {
  const reader = new SignatureReader(text, place)
  const name = reader.word()
  const parameters = reader.parameters()
  reader.end()
  const signature = `${name}(${parameters.map(({ type }) => typeText(type)).join(',')})`
  return { name, parameters, signature, topic0: `0x${bytesToHex(keccak256(utf8(signature)))}` }
}

export function typeText(type: AbiType): string {
  switch (type.kind) {
    case 'uint':
    case 'int':
      return `${type.kind}${type.bits}`
    case 'fixed':
      return `bytes${type.size}`
    case 'array':
      return `${typeText(type.of)}[${type.length ?? ''}]`
    case 'tuple':
      return `(${type.parts.map((part) => typeText(part.type)).join(',')})`
    default:
      return type.kind
  }
}

export function isDynamic(type: AbiType): boolean {
  if (type.kind === 'bytes' || type.kind === 'string') return true
  if (type.kind === 'array') return type.length === null || isDynamic(type.of)
  return type.kind === 'tuple' && type.parts.some((part) => isDynamic(part.type))
}

class SignatureReader {
  readonly #text: string
  readonly #place: string
  #at = 0

  constructor(text: string, place: string) {
    this.#text = text
    this.#place = place
  }

  word(): string {
    const word = this.#take(/^[A-Za-z_$][A-Za-z0-9_$]*/)
    return word ?? this.#wrong('a name is missing')
  }

  parameters(): readonly AbiParameter[] {
    this.#expect('(')
    const parameters: AbiParameter[] = []
    if (this.#take(/^\)/) !== null) return parameters
    for (;;) {
      const type = this.#type()
      const indexed = this.#take(/^indexed(?![A-Za-z0-9_$])/) !== null
      const name = this.#take(/^[A-Za-z_$][A-Za-z0-9_$]*/) ?? `${parameters.length}`
      parameters.push({ name, type, indexed })
      if (this.#take(/^\)/) !== null) return parameters
      this.#expect(',')
    }
  }

  end(): void {
    if (this.#at !== this.#text.length) this.#wrong('there is more after the closing bracket')
  }

  #type(): AbiType {
    const tuple = this.#text[this.#at] === '('
    let type: AbiType = tuple
      ? { kind: 'tuple', parts: this.parameters() }
      : this.#simple(this.#take(/^[a-z]+[0-9]*(?![A-Za-z0-9_$])/) ?? this.#wrong('a type is missing'))
    for (let size = this.#take(/^\[[0-9]*\]/); size !== null; size = this.#take(/^\[[0-9]*\]/)) {
      type = { kind: 'array', of: type, length: size === '[]' ? null : Number(size.slice(1, -1)) }
    }
    return type
  }

  #simple(text: string): AbiType {
    if (text === 'address' || text === 'bool' || text === 'bytes' || text === 'string') return { kind: text }
    const [, word, digits = ''] = /^([a-z]+)([0-9]*)$/.exec(text) ?? []
    const number = digits === '' ? 256 : Number(digits)
    if ((word === 'uint' || word === 'int') && number >= 8 && number <= 256 && number % 8 === 0)
      return { kind: word, bits: number }
    if (word === 'bytes' && number >= 1 && number <= 32) return { kind: 'fixed', size: number }
    return this.#wrong(`${text} is no type of the ABI`)
  }

  #take(form: RegExp): string | null {
    const found = form.exec(this.#text.slice(this.#at))?.[0]
    if (found === undefined) return null
    this.#at += found.length
    while (this.#text[this.#at] === ' ') this.#at += 1
    return found
  }

  #expect(mark: string): void {
    if (this.#text[this.#at] !== mark) this.#wrong(`"${mark}" is missing`)
    this.#at += 1
    while (this.#text[this.#at] === ' ') this.#at += 1
  }

  #wrong(why: string): never {
    return stop('DECODER_PACK_FIELD', `The signature "${this.#text.slice(0, 200)}" cannot be read: ${why}.`, {
      place: `${this.#place}, character ${this.#at + 1}`,
      fix: 'Write the event as Solidity does, without the word event.',
    })
  }
}
