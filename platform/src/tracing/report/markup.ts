/**
 * Markup that cannot be injected into: every value put into the template is escaped, unless it is markup itself.
 *
 * `markup\`<td>${label}</td>\`` escapes `label`; what another call of `markup` gave goes in as it is.
 */
import { escapeMarkup } from './plain-text.ts'

export type Markup = { readonly source: string }

export type Insertable = string | number | bigint | Markup | readonly Markup[]

export const NOTHING: Markup = { source: '' }

export function markup(strings: TemplateStringsArray, ...values: readonly Insertable[]): Markup {
  return {
    source: strings.map((part, index) => (index === 0 ? part : insert(values[index - 1] ?? '') + part)).join(''),
  }
}

export function joined(parts: readonly Markup[], between = ''): Markup {
  return { source: parts.map(({ source }) => source).join(between) }
}

function insert(value: Insertable): string {
  if (typeof value === 'string') return escapeMarkup(value)
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  return 'source' in value ? value.source : value.map(({ source }) => source).join('')
}

/** A machine value (id, address, digest): complete, left to right, and free to break every sixteen characters. */
export function machine(text: string): Markup {
  const pieces = text.match(/.{1,16}/gsu) ?? []
  return markup`<span class="id" dir="ltr">${joined(
    pieces.map((piece) => markup`${piece}`),
    '<wbr>',
  )}</span>`
}

/** The name of a source: a machine value where it is called by its output, else a label. */
export function sourceName(name: string): Markup {
  return /^[0-9a-f]{64}(?::[0-9]+)?$/.test(name) ? machine(name) : label(name)
}

/** A sentence in which ids stand: these are set as machine values, the words around them as they are. */
export function prose(text: string): Markup {
  const pieces = text.split(/([0-9a-f]{64}(?::[0-9a-z]+)?)/)
  return joined(pieces.map((piece, index) => (index % 2 === 1 ? machine(piece) : markup`${piece}`)))
}

/** A label that somebody wrote: kept apart from the reading direction of the sentence around it. */
export function label(text: string): Markup {
  return markup`<bdi>${text}</bdi>`
}
