/**
 * Which destination belongs to which source. In tiers, each only over what the one before left open:
 *
 * 1. `protocol`: both state the same id of the same bridge, and nothing else speaks against it;
 * 2. `fields`: bridge, recipient, chains and token agree, the amount less a fee, within the window of the bridge;
 * 3. `amount-time`: nothing that is stated contradicts, amount and time fit.
 *
 * One source has one destination. A link is made only where it is better than every other link of both its ends; ends between
 * which the data do not decide stay candidates, all of them. The result does not depend on the order of the events.
 */
import { sha256Text } from '../../kernel/index.ts'
import type { Tier } from '../crossing.ts'
import { type BridgeEvent, compareEvents } from './bridge-event.ts'
import { type Comparison, compareEnds, type End, endOf, evidenceOf, reasonsAgainstId } from './compare-ends.ts'
import { type Edge, findEdges, type Round } from './edges.ts'
import { forcedEdges, type Settled, settle } from './settle-edges.ts'

export type LinkTier = Exclude<Tier, 'balance-change'>

export type BridgeLink = {
  readonly id: string
  readonly tier: LinkTier
  readonly source: BridgeEvent
  readonly destination: BridgeEvent
  /** Field by field what agrees, and by how much the rest differs; `choice` says against what it was chosen. */
  readonly evidence: Readonly<Record<string, string>>
}

export type BridgePair = BridgeLink & { readonly candidates: readonly BridgeEvent[] }
export type BridgeCandidate = BridgeLink & { readonly reason: string }

export type BridgeMatches = {
  readonly pairs: readonly BridgePair[]
  /** Links that could be and are not decided, or that an equal id suggests and the rest contradicts. */
  readonly candidates: readonly BridgeCandidate[]
  readonly unmatched: readonly { readonly event: BridgeEvent; readonly reason: string }[]
  readonly rejected: readonly string[]
}

/** An id that more than this many rows of either side bear says nothing of a single transfer. */
const MOST_ROWS_OF_AN_ID = 64

const SO_MANY = 'so many others fit that they are not all listed'

const fieldsRound = (amount: Round['amount']): Round => ({
  amount,
  timeNeeded: false,
  sourceKeys: ({ event: { bridge, recipient, sender } }) =>
    bridge === null || (recipient ?? sender) === null ? [] : [`${bridge}|${recipient ?? sender}`],
  destinationKeys: ({ event: { bridge, recipient } }) =>
    bridge === null || recipient === null ? [] : [`${bridge}|${recipient}`],
  allows: ({ bridge, recipient, token }) =>
    bridge === 'equal' && (recipient === 'equal' || recipient === 'sender') && token !== 'differs',
})

const amountRound = (amount: Round['amount']): Round => ({
  amount,
  timeNeeded: true,
  sourceKeys: ({ event: { bridge } }) => (bridge === null ? ['*'] : [bridge, '?']),
  destinationKeys: ({ event: { bridge } }) => (bridge === null ? ['?', '*'] : [bridge, '*']),
  allows: ({ bridge, recipient, token }) => bridge !== 'differs' && recipient !== 'differs' && token !== 'differs',
})

const lowerRounds: readonly { readonly tier: LinkTier; readonly round: Round }[] = [
  { tier: 'fields', round: fieldsRound('exact') },
  { tier: 'fields', round: fieldsRound('near') },
  { tier: 'fields', round: fieldsRound('far') },
  { tier: 'amount-time', round: amountRound('exact') },
  { tier: 'amount-time', round: amountRound('near') },
]

/** `rejected`: ids of links that a person has rejected; they are not made again. */
export function matchBridgeEvents(
  events: readonly BridgeEvent[],
  rejected: ReadonlySet<string> = new Set(),
): BridgeMatches {
  const ends = [...events].sort(compareEvents).map(endOf)
  const table = new MatchTable(ends, rejected)
  const idsOfNoUse = matchByIds(table)
  for (const { tier, round } of lowerRounds) {
    const open = table.open()
    if (open.sources.length === 0 || open.destinations.length === 0) break
    const allows = (comparison: Comparison, source: End, destination: End) =>
      round.allows(comparison, source, destination) &&
      idsAllow(source.event, destination.event, idsOfNoUse) &&
      !table.isRejected(source.event, destination.event)
    const edges = findEdges({ ...round, allows }, ends, open.sources, open.destinations)
    const bound = (end: number) =>
      table.held.has(end) || edges.crowdedSources.has(end) || edges.crowdedDestinations.has(end)
    const settled = settle(edges.list, bound, tier === 'fields')
    const forced = tier === 'fields' ? forcedEdges(settled.open, bound) : []
    for (const one of [...settled.made, ...forced]) table.pair(tier, one)
    const chosen = new Set(forced.map(({ edge }) => edge))
    for (const edge of [...settled.open, ...settled.out]) if (!chosen.has(edge)) table.hold(tier, edge)
    for (const end of [...edges.crowdedSources, ...edges.crowdedDestinations]) table.crowd(end)
  }
  return table.result()
}

/** Joins by id, bridge by bridge; gives back the ids that too many rows bear. */
function matchByIds(table: MatchTable): ReadonlySet<string> {
  const rowsById = new Map<string, { sources: number[]; destinations: number[] }>()
  table.ends.forEach(({ event }, index) => {
    if (event.transferId === null) return
    const rows = rowsById.get(event.transferId) ?? { sources: [], destinations: [] }
    rowsById.set(event.transferId, rows)
    ;(event.side === 'source' ? rows.sources : rows.destinations).push(index)
  })
  const ofNoUse = new Set<string>()
  for (const [id, { sources, destinations }] of rowsById) {
    if (sources.length > MOST_ROWS_OF_AN_ID || destinations.length > MOST_ROWS_OF_AN_ID) {
      ofNoUse.add(id)
      continue
    }
    const edges: Edge[] = []
    for (const source of sources)
      for (const destination of destinations) {
        const from = table.ends[source] as End
        const to = table.ends[destination] as End
        if (table.isRejected(from.event, to.event)) continue
        const comparison = compareEnds(from, to)
        const against = reasonsAgainstId(comparison, from, to)
        if (against.length === 0) edges.push({ source, destination, comparison })
        else table.contradict({ source, destination, comparison }, against)
      }
    const settled = settle(edges, () => false, true)
    for (const one of settled.made) table.pair('protocol', one)
    for (const edge of [...settled.open, ...settled.out]) table.hold('protocol', edge)
  }
  return ofNoUse
}

/** Ids that both state and that differ, or that were judged already, rule a link out; one side without an id does not. */
function idsAllow(from: BridgeEvent, to: BridgeEvent, ofNoUse: ReadonlySet<string>): boolean {
  if (from.transferId === null || to.transferId === null) return true
  return from.transferId === to.transferId && ofNoUse.has(from.transferId)
}

/** What is decided and what is open, while tier after tier is gone through. */
class MatchTable {
  readonly ends: readonly End[]
  /** Ends between which a tier could not decide: no lower tier decides about them. */
  readonly held = new Set<number>()
  readonly #rejected: ReadonlySet<string>
  readonly #refused = new Set<string>()
  readonly #made: { readonly tier: LinkTier; readonly settled: Settled }[] = []
  readonly #left: { readonly tier: LinkTier; readonly edge: Edge; readonly reason: string | null }[] = []
  readonly #paired = new Map<number, number>()
  readonly #crowded = new Set<number>()

  constructor(ends: readonly End[], rejected: ReadonlySet<string>) {
    this.ends = ends
    this.#rejected = rejected
  }

  isRejected(from: BridgeEvent, to: BridgeEvent): boolean {
    if (this.#rejected.size === 0) return false
    const id = linkId(from, to)
    if (!this.#rejected.has(id)) return false
    this.#refused.add(id)
    return true
  }

  open(): { readonly sources: readonly number[]; readonly destinations: readonly number[] } {
    const sources: number[] = []
    const destinations: number[] = []
    this.ends.forEach(({ event }, index) => {
      if (!this.#paired.has(index)) (event.side === 'source' ? sources : destinations).push(index)
    })
    return { sources, destinations }
  }

  pair(tier: LinkTier, settled: Settled): void {
    this.#made.push({ tier, settled })
    this.#paired.set(settled.edge.source, settled.edge.destination)
    this.#paired.set(settled.edge.destination, settled.edge.source)
  }

  hold(tier: LinkTier, edge: Edge): void {
    this.#left.push({ tier, edge, reason: null })
    // An end that found its counterpart in the same round is decided; the other stays open for another.
    if (this.#paired.has(edge.source) || this.#paired.has(edge.destination)) return
    this.held.add(edge.source)
    this.held.add(edge.destination)
  }

  crowd(end: number): void {
    if (this.#paired.has(end)) return
    this.#crowded.add(end)
    this.held.add(end)
  }

  contradict(edge: Edge, against: readonly string[]): void {
    this.#left.push({ tier: 'protocol', edge, reason: `the ids are equal, but ${against.join('; ')}` })
  }

  result(): BridgeMatches {
    const others = new Map<number, number[]>()
    for (const { edge } of this.#left) {
      const list = others.get(edge.source)
      if (list === undefined) others.set(edge.source, [edge.destination])
      else list.push(edge.destination)
    }
    const counts = this.#countOpen()
    const pairs = this.#made
      .sort((a, b) => a.settled.edge.source - b.settled.edge.source)
      .map(({ tier, settled }) => ({
        ...this.#link(tier, settled.edge, settled.choice),
        candidates: distinct(others.get(settled.edge.source) ?? [], settled.edge.destination).map((one) =>
          this.#event(one),
        ),
      }))
    const shown = new Set<number>()
    const listed = new Set<string>()
    const candidates: BridgeCandidate[] = []
    for (const { tier, edge, reason } of this.#left) {
      if (this.#paired.has(edge.source) && this.#paired.has(edge.destination)) continue
      // A lower tier meets again what a better one left open; it is said once.
      const name = `${edge.source}|${edge.destination}`
      if (listed.has(name)) continue
      listed.add(name)
      shown.add(edge.source).add(edge.destination)
      const why = reason ?? this.#whyOpen(edge, counts)
      candidates.push({ ...this.#link(tier, edge, 'none: not decided'), reason: why })
    }
    candidates.sort(
      (a, b) =>
        compareEvents(a.source, b.source) || compareEvents(a.destination, b.destination) || (a.tier < b.tier ? -1 : 1),
    )
    const unmatched = this.ends.flatMap(({ event }, index) =>
      this.#paired.has(index) || shown.has(index)
        ? []
        : [{ event, reason: this.#crowded.has(index) ? SO_MANY : 'no event of the other side fits' }],
    )
    return { pairs, candidates, unmatched, rejected: [...this.#refused].sort() }
  }

  #event(index: number): BridgeEvent {
    return (this.ends[index] as End).event
  }

  #link(tier: LinkTier, edge: Edge, choice: string): BridgeLink {
    const source = this.ends[edge.source] as End
    const destination = this.ends[edge.destination] as End
    return {
      id: linkId(source.event, destination.event),
      tier,
      source: source.event,
      destination: destination.event,
      evidence: { ...evidenceOf(edge.comparison, source, destination), choice },
    }
  }

  #countOpen(): ReadonlyMap<number, number> {
    const counts = new Map<number, number>()
    const counted = new Set<string>()
    for (const { edge, reason } of this.#left) {
      const name = `${edge.source}|${edge.destination}`
      if (reason !== null || counted.has(name)) continue
      counted.add(name)
      for (const end of [edge.source, edge.destination]) counts.set(end, (counts.get(end) ?? 0) + 1)
    }
    return counts
  }

  #whyOpen(edge: Edge, counts: ReadonlyMap<number, number>): string {
    if (this.#paired.has(edge.source)) return 'another destination fits this source better'
    if (this.#paired.has(edge.destination)) return 'another source fits this destination better'
    if (this.#crowded.has(edge.source) || this.#crowded.has(edge.destination)) return SO_MANY
    return `not decided: ${counts.get(edge.source) ?? 0} destinations fit the source, ${counts.get(edge.destination) ?? 0} sources the destination, none better than the rest`
  }
}

function distinct(list: readonly number[], but: number): number[] {
  return [...new Set(list)].filter((one) => one !== but).sort((a, b) => a - b)
}

/** The SHA-256 over what the link says, so that a rejection names exactly it and a second reading of the data the same. */
export function linkId(source: BridgeEvent, destination: BridgeEvent): string {
  const end = ({ chain, txid, logIndex, bridge, transferId, amount, recipient }: BridgeEvent) => [
    chain,
    txid,
    logIndex,
    bridge,
    transferId,
    amount.toString(),
    recipient,
  ]
  // A list of texts has one form only; it is quicker than canonical JSON of an object, and links are many.
  return sha256Text(JSON.stringify(['bridge link', end(source), end(destination)]))
}
