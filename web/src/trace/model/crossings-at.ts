/** The links between chains at a node of the graph: by their ids they are rejected, and let in again. Pure. */
import type { AnyRecord } from './read-record.ts'
import { isOfAccounts } from './read-record.ts'

export type LinkHere = {
  readonly id: string
  readonly bridge: string
  readonly tier: string
  readonly from: string
  readonly to: string
}

/** `node`: by its id in the graph, as read-record.ts gives it; what goes on from an end on another chain is told at that end too. */
export function linksAt(record: AnyRecord, node: string): readonly LinkHere[] {
  if (isOfAccounts(record)) return record.result.crossings.filter(({ id }) => id === node).map(linkOf)
  const { crossings = [], records = [] } = record.continuation ?? {}
  const out = crossings.filter(({ source }) => `end ${source.txid}:${source.place}` === node)
  const further = records.flatMap(({ result }, at) => result.crossings.filter(({ id }) => `${at + 1} ${id}` === node))
  return [...out, ...further].map(linkOf)
}

type Crossing = {
  readonly id: string
  readonly bridge: string
  readonly tier: string
  readonly source: { readonly chain: string }
  readonly destination: { readonly chain: string }
}

function linkOf({ id, bridge, tier, source, destination }: Crossing): LinkHere {
  return { id, bridge, tier, from: source.chain, to: destination.chain }
}
