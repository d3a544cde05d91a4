/** Reading an element whose parts are known: in their order, or by name, with a refusal that says where and what to do. */
import { stop } from '../../../kernel/index.ts'
import type { XmlElement } from './read-xml.ts'

export function placeOf({ line, path }: XmlElement): string {
  return `line ${line}, ${path}`
}

/** Stops with GATEWAY_XML_ELEMENT unless it is that element. */
export function expectElement(element: XmlElement, ns: string, name: string): XmlElement {
  if (element.ns !== ns || element.name !== name)
    stop('GATEWAY_XML_ELEMENT', `Here stands {${element.ns}}${element.name} and not {${ns}}${name}.`, {
      place: placeOf(element),
      fix: `Expected is <${name}> in the namespace ${ns === '' ? '(none)' : ns}.`,
    })
  return element
}

/** The children one after the other, as a schema with a sequence has them. */
export interface Sequence {
  one(name: string, ns?: string): XmlElement
  maybe(name: string, ns?: string): XmlElement | null
  many(name: string, ns?: string): readonly XmlElement[]
  /** Stops at the first child that nothing asked for. */
  end(): void
}

/** `attributes`: names that it may have; others stop it, so that nothing is read past what it says. */
export function sequenceOf(element: XmlElement, attributes: readonly string[] = []): Sequence {
  const strange = element.attributes.find(({ ns, name }) => ns !== '' || !attributes.includes(name))
  if (strange)
    stop('GATEWAY_XML_ELEMENT', `The attribute ${strange.name} is not known here.`, {
      place: placeOf(element),
      fix: 'Leave it out, or ask which profile of the format it belongs to.',
    })
  if (/[^ \t\r\n]/.test(element.text))
    stop('GATEWAY_XML_ELEMENT', `<${element.name}> holds text, where elements are expected.`, {
      place: placeOf(element),
      fix: 'Compare it with the schema of the format.',
    })
  let at = 0
  const next = (name: string, ns: string): XmlElement | null => {
    const child = element.children[at]
    if (child?.name !== name || child.ns !== ns) return null
    at += 1
    return child
  }
  return {
    one: (name, ns = element.ns) => next(name, ns) ?? refuseMissing(element, name, element.children[at]),
    maybe: (name, ns = element.ns) => next(name, ns),
    many: (name, ns = element.ns) => {
      const found: XmlElement[] = []
      for (let child = next(name, ns); child !== null; child = next(name, ns)) found.push(child)
      return found
    },
    end: () => {
      const left = element.children[at]
      if (left)
        stop('GATEWAY_XML_ELEMENT', `<${left.name}> is not known at this place.`, {
          place: placeOf(left),
          fix: 'Compare name, namespace and order with the schema of the format.',
        })
    },
  }
}

export function refuseMissing(element: XmlElement, name: string, instead?: XmlElement): never {
  return stop(
    'GATEWAY_XML_MISSING',
    `<${element.name}> lacks <${name}>${instead ? `; here stands <${instead.name}>` : ''}.`,
    { place: placeOf(instead ?? element), fix: `Add <${name}> at that place.` },
  )
}

/** The text of a leaf without white space around; stops where it holds elements or nothing. */
export function textOf(element: XmlElement): string {
  const text = element.text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
  if (element.children.length > 0 || text === '')
    stop(
      'GATEWAY_XML_VALUE',
      `<${element.name}> ${text === '' ? 'is empty' : 'holds elements'}, where text is expected.`,
      {
        place: placeOf(element),
        fix: 'Say it, or leave the element out where it may be left out.',
      },
    )
  return text
}

/** The text where `pattern` fits it. `what` ends the sentence "… is not". */
export function fittingTextOf(element: XmlElement, pattern: RegExp, what: string): string {
  const text = textOf(element)
  if (!pattern.test(text))
    stop('GATEWAY_XML_VALUE', `The text of <${element.name}> is not ${what}.`, {
      place: placeOf(element),
      fix: `Write ${what}.`,
    })
  return text
}

export function attributeOf(element: XmlElement, name: string): string | null {
  return element.attributes.find((one) => one.ns === '' && one.name === name)?.value ?? null
}
