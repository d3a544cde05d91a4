/**
 * XML as the gateways write it: elements in the order given, one namespace prefix each, two spaces a level. What XML cannot
 * hold (control characters, halves of surrogate pairs) is refused, never replaced.
 */
import { stop } from '../../../kernel/index.ts'

/** An element to be written. `name` carries its prefix; text goes in as it is and is escaped here. */
export type XmlNode = {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly content: string | readonly XmlNode[]
}

export function node(
  name: string,
  content: string | readonly (XmlNode | null)[],
  attributes: Readonly<Record<string, string>> = {},
): XmlNode {
  return { name, attributes, content: typeof content === 'string' ? content : content.filter((one) => one !== null) }
}

/** Null for what is not there, so that no empty element says something that nobody said. */
export function maybeNode(name: string, content: string | null): XmlNode | null {
  return content === null ? null : node(name, content)
}

/** Stops with GATEWAY_TEXT where a text cannot stand in XML. The same node gives the same text. */
export function writeXml(root: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '', `/${root.name}`)}\n`
}

function write({ name, attributes = {}, content }: XmlNode, indent: string, path: string): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value, `${path}/@${key}`).replaceAll('"', '&quot;')}"`)
    .join('')
  if (typeof content === 'string') {
    return content === ''
      ? `${indent}<${name}${written}/>`
      : `${indent}<${name}${written}>${escaped(content, path)}</${name}>`
  }
  if (content.length === 0) return `${indent}<${name}${written}/>`
  const inner = content.map((one) => write(one, `${indent}  `, `${path}/${one.name}`)).join('\n')
  return `${indent}<${name}${written}>\n${inner}\n${indent}</${name}>`
}

/** XML 1.0 production [2] Char; a carriage return would come back as a line feed unless it is written as a reference. */
const IMPOSSIBLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u

function escaped(text: string, path: string): string {
  if (IMPOSSIBLE.test(text))
    stop('GATEWAY_TEXT', 'A text holds a character that XML cannot carry.', {
      place: path,
      fix: 'Remove the control character; if the text itself is evidence, attach it as a file.',
    })
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;')
}
