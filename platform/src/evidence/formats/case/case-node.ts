/** Nodes, facets and references of an export. */
import { fieldsByList, isEmpty, type Row } from '../fields.ts'
import { COMITY_NAMESPACE, uuidV5 } from '../uuid.ts'
import { facetFields, nodeWord } from './vocabulary.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type Node = { readonly [key: string]: Json }
export type Out = { readonly nodes: Node[]; readonly add: (node: Node) => Node }

export const reference = (id: string): Node => ({ '@id': id })
export const to = (list: keyof typeof nodeWord, id: string): Node => reference(`kb:${nodeWord[list]}-${id}`)
export const time = (instant: string | null): Json =>
  instant === null ? null : { '@type': 'xsd:dateTime', '@value': instant }
export const markingOf = (id: string | null): Node =>
  id === null ? {} : { 'uco-core:objectMarking': [to('markings', id)] }

export function node(
  list: keyof typeof nodeWord,
  item: { readonly id: string; readonly marking: string | null },
  type: string,
  properties: Readonly<Record<string, Json>>,
  facets: readonly (Node | null)[] = [],
): Node {
  const own = Object.hasOwn(facetFields, list) ? [ownFacet(list as keyof typeof facetFields, item as Row, item.id)] : []
  return {
    '@id': `kb:${nodeWord[list]}-${item.id}`,
    '@type': type,
    ...present({ ...properties, 'uco-core:hasFacet': [...own, ...facets.filter((one) => one !== null)] }),
    ...markingOf(item.marking),
  }
}

/** Our facet with the fields that CASE has no property for. */
export function ownFacet(list: keyof typeof facetFields, row: Row, id: string): Node {
  const [name, fields] = facetFields[list]
  const values = (fields as readonly string[]).map((field) => {
    const form = (fieldsByList[list] as Record<string, { form: string; list?: string }>)[field]
    const value = row[field] as Json
    if (value === null) return [`comity:${field}`, null]
    if (form?.form === 'ref') return [`comity:${field}`, to(form.list as keyof typeof nodeWord, String(value))]
    if (form?.form === 'instant') return [`comity:${field}`, time(String(value))]
    return [`comity:${field}`, value]
  })
  return facet(`comity:${name}`, id, Object.fromEntries(values) as Record<string, Json>)
}

export function facet(type: string, id: string, properties: Readonly<Record<string, Json>>): Node {
  return {
    '@id': `kb:facet-${uuidV5(COMITY_NAMESPACE, `${type} ${id}`)}`,
    '@type': type,
    ...present(properties),
  }
}

export function present(properties: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isEmpty(value)))
}
