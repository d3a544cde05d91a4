/**
 * JSON-LD 1.1 as far as CASE needs it: prefixes, terms, type coercion, `@graph`, nested and referenced nodes.
 *
 * A context is read where it stands in the document or is bundled by name; a URL is never fetched, since whoever controls
 * it could change what the file says (JSON-LD 1.1 section 10 "Security considerations"). A keyword that would change the
 * meaning and is not read here refuses the file.
 */
import { stop } from '../../../kernel/index.ts'
import { isList, isNumber, isObject, type JsonObject, type JsonValue } from '../read-json.ts'
import { bundledContexts } from './vocabulary.ts'

export type Literal = { readonly kind: 'literal'; readonly text: string; readonly type: string | null }
export type Reference = { readonly kind: 'id'; readonly id: string }
export type GraphValue = Literal | Reference
export type GraphNode = {
  readonly id: string
  readonly types: Set<string>
  /** Values by property IRI, in the order of the document. */
  readonly properties: Map<string, GraphValue[]>
}
export type Graph = {
  readonly nodes: ReadonlyMap<string, GraphNode>
  /** Keys that no context gives a meaning, as JSON-LD ignores them. */
  readonly unknownKeys: readonly string[]
}

type Term = { readonly iri: string | null; readonly type: string | null }
type Context = { readonly terms: ReadonlyMap<string, Term>; readonly vocab: string | null }
type Reading = { readonly nodes: Map<string, GraphNode>; readonly unknownKeys: Set<string>; blank: number }

const NOTHING: Context = { terms: new Map(), vocab: null }

export function expandJsonLd(document: JsonValue): Graph {
  const reading: Reading = { nodes: new Map(), unknownKeys: new Set(), blank: 0 }
  for (const top of isList(document) ? document : [document]) {
    if (!isObject(top)) unsupported('something that is not an object at its top')
    readNode(top, NOTHING, reading)
  }
  return { nodes: reading.nodes, unknownKeys: [...reading.unknownKeys].sort() }
}

function readNode(object: JsonObject, outer: Context, reading: Reading): string {
  const context = object.has('@context') ? extend(outer, object.get('@context')) : outer
  const stated = object.get('@id')
  if (stated !== undefined && typeof stated !== 'string') unsupported('an @id that is not a text')
  const id = stated === undefined ? `_:b${reading.blank++}` : expandIri(stated, context)
  const known = reading.nodes.get(id)
  const node = known ?? { id, types: new Set(), properties: new Map() }
  const graph = object.get('@graph')
  if (graph !== undefined) {
    for (const one of isList(graph) ? graph : [graph]) if (isObject(one)) readNode(one, context, reading)
  }
  for (const [key, value] of object) {
    if (key === '@context' || key === '@id' || key === '@graph') continue
    if (key === '@type') {
      for (const type of isList(value) ? value : [value])
        if (typeof type === 'string') node.types.add(expandName(type, context) ?? type)
      continue
    }
    if (key.startsWith('@')) unsupported(`the keyword ${key.slice(0, 20)}`)
    const property = expandName(key, context)
    if (property === null) {
      reading.unknownKeys.add(key.slice(0, 80))
      continue
    }
    const values = node.properties.get(property) ?? []
    readValues(value, context, context.terms.get(key)?.type ?? null, reading, values)
    if (values.length > 0) node.properties.set(property, values)
  }
  // An object that only names a node, or only wraps a graph, adds no node of its own.
  if (!known && (node.types.size > 0 || node.properties.size > 0)) reading.nodes.set(id, node)
  return id
}

function readValues(
  value: JsonValue,
  context: Context,
  type: string | null,
  reading: Reading,
  into: GraphValue[],
): void {
  if (value === null) return
  if (isList(value)) {
    for (const one of value) readValues(one, context, type, reading, into)
  } else if (isObject(value)) {
    if (value.has('@value')) into.push(readLiteral(value, context))
    else if (value.has('@list') || value.has('@set'))
      readValues(value.get('@list') ?? value.get('@set') ?? null, context, type, reading, into)
    else into.push({ kind: 'id', id: readNode(value, context, reading) })
  } else if (typeof value === 'string' && (type === '@id' || type === '@vocab'))
    into.push({ kind: 'id', id: expandIri(value, context) })
  else into.push({ kind: 'literal', text: isNumber(value) ? value.number : String(value), type })
}

function readLiteral(value: JsonObject, context: Context): Literal {
  const inner = value.get('@value') ?? ''
  const type = value.get('@type')
  if (isList(inner) || isObject(inner)) unsupported('a JSON literal')
  return {
    kind: 'literal',
    text: isNumber(inner) ? inner.number : String(inner),
    type: typeof type === 'string' ? expandName(type, context) : null,
  }
}

function extend(outer: Context, stated: JsonValue | undefined): Context {
  if (stated === undefined || stated === null) return NOTHING
  if (isList(stated)) return stated.reduce<Context>((context, one) => extend(context, one), outer)
  if (typeof stated === 'string') {
    const bundled = Object.hasOwn(bundledContexts, stated) ? bundledContexts[stated] : undefined
    if (!bundled) {
      stop('FORMATS_CONTEXT_UNKNOWN', `The context ${JSON.stringify(stated.slice(0, 120))} is not bundled.`, {
        fix: 'Ask for the document in expanded form, or with its context inline.',
      })
    }
    return extend(outer, new Map(Object.entries(bundled)))
  }
  if (!isObject(stated)) unsupported('a context that is not an object')
  const terms = new Map(outer.terms)
  let { vocab } = outer
  for (const [name, definition] of stated) {
    if (name === '@vocab') vocab = typeof definition === 'string' ? definition : null
    else if (name === '@version' || name === '@language') continue
    else if (name.startsWith('@')) unsupported(`the keyword ${name.slice(0, 20)} in a context`)
    else terms.set(name, readTerm(definition))
  }
  // Terms may be written with prefixes of the same context; they are expanded when all are known.
  const raw: Context = { terms, vocab }
  const resolved = new Map(
    [...terms].map(([name, { iri, type }]) => [
      name,
      {
        iri: iri === null ? null : expandIri(iri, raw),
        type: type?.startsWith('@') ? type : type && expandIri(type, raw),
      },
    ]),
  )
  return { terms: resolved, vocab }
}

function readTerm(definition: JsonValue): Term {
  if (definition === null) return { iri: null, type: null }
  if (typeof definition === 'string') return { iri: definition, type: null }
  if (!isObject(definition)) return unsupported('a term that is neither a text nor an object')
  for (const key of definition.keys())
    if (key !== '@id' && key !== '@type' && key !== '@prefix') unsupported(`${key.slice(0, 20)} in a term`)
  const [iri, type] = [definition.get('@id'), definition.get('@type')]
  return { iri: typeof iri === 'string' ? iri : null, type: typeof type === 'string' ? type : null }
}

/** A key or a type: a term, a prefixed name or an IRI; `null` where it has no meaning. */
function expandName(name: string, context: Context): string | null {
  const term = context.terms.get(name)
  if (term) return term.iri
  if (name.includes(':')) return expandIri(name, context)
  return context.vocab === null ? null : context.vocab + name
}

/** A prefixed name to an IRI (JSON-LD 1.1 API section 5.2); anything else as it stands. */
function expandIri(text: string, context: Context): string {
  const colon = text.indexOf(':')
  if (colon <= 0 || text.startsWith('//', colon + 1)) return text
  const prefix = context.terms.get(text.slice(0, colon))
  return prefix?.iri ? prefix.iri + text.slice(colon + 1) : text
}

function unsupported(what: string): never {
  return stop('FORMATS_CONTEXT_UNSUPPORTED', `The JSON-LD document uses ${what}.`, {
    fix: 'Ask for the document in expanded form.',
  })
}
