/** Reading a graph and remembering what was read, so that the manifest can say what was not. */
import type { LossBook } from '../manifest.ts'
import { dropped, mapped } from '../manifest.ts'
import { wholeNumber } from '../marking-line.ts'
import type { Graph, GraphNode, GraphValue } from './expand-jsonld.ts'
import { iri, shortName } from './vocabulary.ts'

export type GraphReader = {
  nodesOf(...types: readonly string[]): readonly GraphNode[]
  node(id: string): GraphNode | undefined
  /** The values of a property, marked as read into `to`. */
  values(node: GraphNode | undefined, property: string, to: string): readonly GraphValue[]
  text(node: GraphNode | undefined, property: string, to: string): string | null
  number(node: GraphNode | undefined, property: string, to: string): unknown
  id(node: GraphNode | undefined, property: string, to: string): string | null
  /** The facet of a node that has the type. */
  facet(node: GraphNode | undefined, type: string): GraphNode | undefined
  noteRest(book: LossBook): void
}

export function graphReader(graph: Graph): GraphReader {
  const readByNode = new Map<string, Map<string, string>>()
  const values = (node: GraphNode | undefined, property: string, to: string) => {
    const found = node?.properties.get(iri(property)) ?? []
    if (node && found.length > 0) {
      const read = readByNode.get(node.id) ?? new Map<string, string>()
      read.set(iri(property), to)
      readByNode.set(node.id, read)
    }
    return found
  }
  const facets = (node: GraphNode | undefined) =>
    values(node, 'uco-core:hasFacet', '(facets)').flatMap((one) => {
      const facet = one.kind === 'id' ? graph.nodes.get(one.id) : undefined
      return facet ? [facet] : []
    })
  return {
    nodesOf: (...types) => [...graph.nodes.values()].filter((node) => types.some((type) => node.types.has(iri(type)))),
    node: (id) => graph.nodes.get(id),
    values,
    text: (node, property, to) => values(node, property, to).find((one) => one.kind === 'literal')?.text ?? null,
    number: (node, property, to) => {
      const text = values(node, property, to).find((one) => one.kind === 'literal')?.text
      return text === undefined ? null : (wholeNumber(text) ?? text)
    },
    id: (node, property, to) => {
      const found = values(node, property, to).find((one) => one.kind === 'id')
      return found?.kind === 'id' ? found.id : null
    },
    facet: (node, type) => facets(node).find((one) => one.types.has(iri(type))),
    noteRest: (book) => {
      for (const node of graph.nodes.values()) {
        const type = [...node.types].sort().map(shortName).join('+') || '(no type)'
        for (const property of node.properties.keys()) {
          const to = readByNode.get(node.id)?.get(property)
          const path = `${type}/${shortName(property)}`
          book.note(path, to === undefined ? dropped('the package has no field for it') : mapped(to))
        }
      }
      for (const key of graph.unknownKeys) book.note(key, dropped('no context gives this key a meaning'))
    },
  }
}
