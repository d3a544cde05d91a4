/** Values of a shape as elements, and back. One walk over the shape serves both, so that neither can know more than the other. */
import { Kind, OptionalKind, type TArray, type TObject, type TSchema } from '@sinclair/typebox'
import { stop } from '../../../kernel/index.ts'
import { misfit } from '../../wire/index.ts'
import type { XmlElement } from '../xml/read-xml.ts'
import { placeOf, refuseMissing } from '../xml/walk-xml.ts'
import { node, type XmlNode } from '../xml/write-xml.ts'

type Value = string | { readonly [name: string]: Value } | readonly Value[]

const isArray = (schema: TSchema): schema is TArray => schema[Kind] === 'Array'
const isObject = (schema: TSchema): schema is TObject => schema[Kind] === 'Object'

/** `left`: is told of every element and attribute that the shape does not know. Order is not looked at. */
export function readShape(element: XmlElement, schema: TSchema, left: (place: string) => void): Value {
  for (const { name } of element.attributes) left(`${placeOf(element)}/@${name}`)
  if (!isObject(schema)) return readLeaf(element, schema)
  if (/[^ \t\r\n]/.test(element.text))
    stop('GATEWAY_XML_VALUE', `<${element.name}> holds text, where elements are expected.`, {
      place: placeOf(element),
      fix: 'Compare it with the schema of the FIU.',
    })
  const found = new Map<string, Value[]>()
  for (const child of element.children) {
    const field = child.ns === element.ns ? schema.properties[child.name] : undefined
    if (!field) {
      left(placeOf(child))
      continue
    }
    // An element that is empty says nothing; systems write them for every field that nobody filled in.
    if (isEmpty(child)) continue
    const values = found.get(child.name) ?? []
    found.set(child.name, values)
    if (values.length > 0 && !isArray(field))
      stop('GATEWAY_XML_ELEMENT', `<${child.name}> stands twice.`, { place: placeOf(child), fix: 'Say it once.' })
    values.push(readShape(child, isArray(field) ? field.items : field, left))
  }
  for (const name of schema.required ?? []) if (!found.has(name)) refuseMissing(element, name)
  checkChoices(schema, (name) => found.has(name), placeOf(element))
  return Object.fromEntries(
    Object.entries(schema.properties).flatMap(([name, field]) => {
      const values = found.get(name)
      return values === undefined ? [] : [[name, isArray(field) ? values : (values[0] as Value)]]
    }),
  )
}

function isEmpty({ children, text, attributes }: XmlElement): boolean {
  return children.length === 0 && attributes.length === 0 && !/[^ \t\r\n]/.test(text)
}

function readLeaf(element: XmlElement, schema: TSchema): string {
  const text = element.text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
  if (element.children.length > 0)
    stop('GATEWAY_XML_VALUE', `<${element.name}> holds elements, where text is expected.`, {
      place: placeOf(element),
      fix: 'Compare it with the schema of the FIU.',
    })
  checkLeaf(text, schema, element.name, placeOf(element))
  return text
}

/** Stops where a value does not fit: nothing is written that would not be read. Fields that are not known are a fault. */
export function writeShape(name: string, value: Value, schema: TSchema, path = `/${name}`): XmlNode {
  if (!isObject(schema)) {
    checkLeaf(value as string, schema, name, path)
    return node(name, value as string)
  }
  const fields = value as { readonly [name: string]: Value }
  const strange = Object.keys(fields).find((key) => !(key in schema.properties))
  if (strange) throw new Error(`${path} has no field ${strange}`)
  for (const [key, field] of Object.entries(schema.properties))
    if (fields[key] === undefined && field[OptionalKind] !== 'Optional')
      stop('GATEWAY_XML_MISSING', `<${name}> lacks <${key}>.`, { place: path, fix: 'Say it.' })
  checkChoices(schema, (key) => fields[key] !== undefined, path)
  return node(
    name,
    Object.entries(schema.properties).flatMap(([key, field]) => {
      const one = fields[key]
      if (one === undefined) return []
      return isArray(field)
        ? (one as readonly Value[]).map((item, at) =>
            writeShape(key, item, field.items, `${path}/${key}${at > 0 ? `[${at + 1}]` : ''}`),
          )
        : [writeShape(key, one, field, `${path}/${key}`)]
    }),
  )
}

function checkChoices(schema: TObject, has: (name: string) => boolean, place: string): void {
  for (const names of (schema.exactlyOne ?? []) as readonly (readonly string[])[]) {
    const there = names.filter(has)
    if (there.length !== 1)
      stop(
        there.length === 0 ? 'GATEWAY_XML_MISSING' : 'GATEWAY_XML_ELEMENT',
        `Of ${names.join(', ')} there must be exactly one; there ${there.length === 0 ? 'is none' : `are ${there.join(', ')}`}.`,
        { place, fix: 'Say one of them.' },
      )
  }
}

function checkLeaf(text: string, schema: TSchema, name: string, place: string): void {
  const wrong = misfit(schema, text)
  if (wrong)
    stop('GATEWAY_XML_VALUE', `The text of <${name}> does not fit: it ${wrong.what}.`, {
      place,
      fix: 'Write it as the schema of the FIU wants it; what is too long goes along as a file, whole.',
    })
}
