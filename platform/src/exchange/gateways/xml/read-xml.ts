/**
 * XML as the gateways read it, narrower than XML is: UTF-8, no document type, no entities of its own, no processing
 * instructions, and an element holds either elements or text. What a parser could be made to fetch or to expand (XXE, the
 * "billion laughs") needs a document type: that is refused as such, and the parser under it has no code that expands or
 * fetches. Size, depth and number of elements are limited while reading, not afterwards.
 */
import { SaxesParser } from 'saxes'
import { bytesToText, catchRefusal, type Result, stop } from '../../../kernel/index.ts'

export type XmlAttribute = { readonly ns: string; readonly name: string; readonly value: string }

export type XmlElement = {
  readonly ns: string
  readonly name: string
  /** Without those that declare namespaces. */
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** As it stands, white space included; empty where there are elements. */
  readonly text: string
  readonly line: number
  /** `/report/transaction[2]/t_from`: the second of that name has [2], the first none. */
  readonly path: string
}

export type XmlLimits = { readonly maxBytes?: number; readonly maxDepth?: number; readonly maxElements?: number }

const MAX_NAME = 128
const MAX_ATTRIBUTES = 64
const XMLNS = 'http://www.w3.org/2000/xmlns/'

type Open = {
  readonly ns: string
  readonly name: string
  readonly line: number
  readonly path: string
  readonly counts: Map<string, number>
  readonly attributes: XmlAttribute[]
  readonly children: XmlElement[]
  /** Text that was seen, and whether any of it was more than white space. */
  readonly text: string[]
  says: boolean
}

/** The root of the document. The place of a refusal is `line 3, /report/transaction[2]`. */
export function readXml(bytes: Uint8Array, limits: XmlLimits = {}): Result<XmlElement> {
  const { maxBytes = 8 << 20, maxDepth = 32, maxElements = 200_000 } = limits
  return catchRefusal(() => {
    if (bytes.length > maxBytes)
      stop('GATEWAY_XML_TOO_LARGE', `The document has ${bytes.length} bytes; at most ${maxBytes} are read.`, {
        place: `byte ${maxBytes}`,
        fix: 'Send less at once; large files go beside it, by reference and hash.',
      })
    const text = bytesToText(bytes)
    if (!text.ok)
      return stop('GATEWAY_XML_ENCODING', 'The document is not UTF-8.', {
        ...(text.refusal.place ? { place: text.refusal.place } : {}),
        fix: 'Save it as UTF-8.',
      })
    return parse(text.value, maxDepth, maxElements)
  })
}

function parse(text: string, maxDepth: number, maxElements: number): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const open: Open[] = []
  let root: XmlElement | null = null
  let elements = 0
  const here = () => `line ${parser.line}${open.length > 0 ? `, ${open.at(-1)?.path}` : ''}`
  const no = (code: string, message: string, fix: string): never => stop(code, message, { place: here(), fix })

  parser.on('error', (error) =>
    no(
      'GATEWAY_XML_MALFORMED',
      `The document is not well-formed XML: ${error.message.replace(/^[0-9]+:[0-9]+: /, '')}`,
      'Correct it at that place, or ask for the document again.',
    ),
  )
  parser.on('xmldecl', ({ version, encoding }) => {
    if ((version ?? '1.0') !== '1.0' || !/^utf-?8$/i.test(encoding ?? 'utf-8'))
      no('GATEWAY_XML_ENCODING', 'The document does not declare itself as XML 1.0 in UTF-8.', 'Save it as such.')
  })
  parser.on('doctype', () => refuseDoctype(no))
  parser.on('processinginstruction', () =>
    no('GATEWAY_XML_PART', 'The document holds a processing instruction; none is followed here.', 'Leave it out.'),
  )
  parser.on('opentagstart', ({ name }) => {
    elements += 1
    if (elements > maxElements)
      no('GATEWAY_XML_TOO_LARGE', `The document has more than ${maxElements} elements.`, 'Send less at once.')
    if (open.length >= maxDepth)
      no('GATEWAY_XML_TOO_DEEP', `The document is nested more than ${maxDepth} deep.`, 'Check who made it, and how.')
    if (name.length > MAX_NAME)
      no('GATEWAY_XML_MALFORMED', `A name has more than ${MAX_NAME} characters.`, 'Check who made it, and how.')
  })
  parser.on('opentag', (tag) => {
    const parent = open.at(-1)
    if (parent?.says) refuseMixed(no)
    const attributes = Object.values(tag.attributes)
    if (attributes.length > MAX_ATTRIBUTES)
      no(
        'GATEWAY_XML_TOO_LARGE',
        `An element has more than ${MAX_ATTRIBUTES} attributes.`,
        'Check who made it, and how.',
      )
    const count = (parent?.counts.get(tag.local) ?? 0) + 1
    parent?.counts.set(tag.local, count)
    open.push({
      ns: tag.uri,
      name: tag.local,
      line: parser.line,
      path: `${parent?.path ?? ''}/${tag.local}${count > 1 ? `[${count}]` : ''}`,
      counts: new Map(),
      attributes: attributes
        .filter(({ uri }) => uri !== XMLNS)
        .map(({ uri, local, value }) => ({ ns: uri, name: local, value })),
      children: [],
      text: [],
      says: false,
    })
  })
  const addText = (more: string) => {
    const parent = open.at(-1)
    if (!parent) return
    if (/[^ \t\r\n]/.test(more)) parent.says = true
    if (parent.children.length === 0) parent.text.push(more)
    else if (parent.says) refuseMixed(no)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    const { ns, name, line, path, attributes, children, text: parts } = open.pop() as Open
    const element = { ns, name, line, path, attributes, children, text: children.length > 0 ? '' : parts.join('') }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else root = element
  })
  parser.write(text)
  parser.close()
  return root ?? no('GATEWAY_XML_MALFORMED', 'The document is empty.', 'Ask for it again.')
}

type No = (code: string, message: string, fix: string) => never

function refuseDoctype(no: No): never {
  return no(
    'GATEWAY_XML_DTD',
    'The document has a document type (DOCTYPE); none is read here, and no entity is expanded.',
    'Send it without.',
  )
}

function refuseMixed(no: No): never {
  return no(
    'GATEWAY_XML_MIXED',
    'An element holds text and elements beside each other; no format here has that.',
    'Put the text into an element of its own.',
  )
}
