/** Choosing among links that compete for the same ends. Only what is strictly better wins; equals are left, all of them. */
import type { Comparison } from './compare-ends.ts'
import type { Edge } from './edges.ts'

export type Settled = { readonly edge: Edge; readonly choice: string }

/** Ends with more links than this are not looked at one by one: nothing stands out among so many. */
const MOST_LINKS_OF_AN_END = 4096
/** A larger puzzle may have one solution, but nobody could check it by hand. */
const MOST_LINKS_OF_A_PUZZLE = 400

/**
 * Links that are better than every other link of both their ends. With `again`, what is made frees the rest to be looked at once
 * more, until nothing changes. `bound`: ends about which nothing may be decided; their links still count as competitors.
 * `open`: links between ends of which neither is decided. `out`: links to an end that found its counterpart elsewhere.
 */
export function settle(
  edges: readonly Edge[],
  bound: (end: number) => boolean,
  again: boolean,
): { readonly made: readonly Settled[]; readonly open: readonly Edge[]; readonly out: readonly Edge[] } {
  const made: Settled[] = []
  const out: Edge[] = []
  const counted = countByEnd(edges)
  const choice = ({ source, destination }: Edge) => {
    const rivals = (counted.get(source) ?? 1) + (counted.get(destination) ?? 1) - 2
    return rivals === 0 ? 'the only one that fits' : `better than ${rivals} other${rivals === 1 ? '' : 's'} that fit`
  }
  let open = edges
  for (;;) {
    const best = bestByEnd(open)
    const round = new Set(
      open.filter(
        (edge) =>
          best.get(edge.source) === edge &&
          best.get(edge.destination) === edge &&
          !bound(edge.source) &&
          !bound(edge.destination),
      ),
    )
    if (round.size === 0) return { made, open, out }
    const taken = new Set<number>()
    for (const edge of round) {
      taken.add(edge.source).add(edge.destination)
      made.push({ edge, choice: choice(edge) })
    }
    const running: Edge[] = []
    for (const edge of open) {
      if (round.has(edge)) continue
      ;(taken.has(edge.source) || taken.has(edge.destination) ? out : running).push(edge)
    }
    open = running
    if (!again) return { made, open, out }
  }
}

/**
 * Where ends stand against each other in equal number and there is one way only in which each finds its counterpart, that way.
 * Such a graph always has an end with a single link; taking those away one by one must use up everything.
 */
export function forcedEdges(edges: readonly Edge[], bound: (end: number) => boolean): readonly Settled[] {
  const made: Settled[] = []
  for (const component of components(edges)) {
    const ends = new Set(component.flatMap(({ source, destination }) => [source, destination]))
    const sources = new Set(component.map(({ source }) => source))
    if (component.length > MOST_LINKS_OF_A_PUZZLE || ends.size !== 2 * sources.size || [...ends].some(bound)) continue
    const peeled = peel(component)
    if (peeled.length !== sources.size) continue
    for (const edge of peeled)
      made.push({ edge, choice: `the only way in which all ${sources.size} sources find a destination` })
  }
  return made
}

function peel(component: readonly Edge[]): readonly Edge[] {
  const chosen: Edge[] = []
  let left = component
  while (left.length > 0) {
    const counts = countByEnd(left)
    const edge = left.find(({ source, destination }) => counts.get(source) === 1 || counts.get(destination) === 1)
    if (edge === undefined) return chosen
    chosen.push(edge)
    left = left.filter(({ source, destination }) => source !== edge.source && destination !== edge.destination)
  }
  return chosen
}

function components(edges: readonly Edge[]): readonly (readonly Edge[])[] {
  const parent = new Map<number, number>()
  const root = (end: number): number => {
    let at = end
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up
    for (let one = end; one !== at; ) {
      const up = parent.get(one) ?? at
      parent.set(one, at)
      one = up
    }
    return at
  }
  for (const { source, destination } of edges) {
    const a = root(source)
    const b = root(destination)
    if (a !== b) parent.set(Math.max(a, b), Math.min(a, b))
  }
  const byRoot = new Map<number, Edge[]>()
  for (const edge of edges) {
    const at = root(edge.source)
    const list = byRoot.get(at)
    if (list === undefined) byRoot.set(at, [edge])
    else list.push(edge)
  }
  return [...byRoot.values()]
}

function countByEnd(edges: readonly Edge[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { source, destination } of edges) {
    counts.set(source, (counts.get(source) ?? 0) + 1)
    counts.set(destination, (counts.get(destination) ?? 0) + 1)
  }
  return counts
}

/** For each end the link that is better than all its others, where there is one. */
function bestByEnd(edges: readonly Edge[]): ReadonlyMap<number, Edge> {
  const linksByEnd = new Map<number, Edge[]>()
  for (const edge of edges)
    for (const end of [edge.source, edge.destination]) {
      const links = linksByEnd.get(end)
      if (links === undefined) linksByEnd.set(end, [edge])
      else links.push(edge)
    }
  const best = new Map<number, Edge>()
  for (const [end, links] of linksByEnd) {
    if (links.length > MOST_LINKS_OF_AN_END) continue
    let first = links[0] as Edge
    for (const edge of links) if (isBetter(edge.comparison, first.comparison)) first = edge
    if (links.every((edge) => edge === first || isBetter(first.comparison, edge.comparison))) best.set(end, first)
  }
  return best
}

/** At least as good in everything, and better in something. How near the amounts or the times are is not merit. */
function isBetter(a: Comparison, b: Comparison): boolean {
  const ofA = merits(a)
  const ofB = merits(b)
  return (
    ofA.every((merit, index) => merit >= (ofB[index] ?? 0)) && ofA.some((merit, index) => merit > (ofB[index] ?? 0))
  )
}

function merits({ bridge, chains, recipient, token, amount, delay }: Comparison): readonly number[] {
  return [
    bridge === 'equal' ? 1 : 0,
    { both: 2, one: 1, none: 0, differs: -1 }[chains],
    { equal: 2, sender: 1, unknown: 0, differs: -1 }[recipient],
    token === 'equal' ? 1 : 0,
    amount.class === 'apart' ? 0 : 1,
    delay === null ? 0 : 1,
  ]
}
