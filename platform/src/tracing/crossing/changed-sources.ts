/**
 * Which ends that set out are judged otherwise, between two ways of matching the same events: what stood on them has to be computed
 * again, and nothing else. A link that is rejected frees its destination, so that other sources may change as well.
 */
import type { BridgeEvent } from './bridge-event.ts'
import { type BridgeMatches, linkId } from './match-bridges.ts'

/** As `CHAIN TXID`. */
export function changedSources(before: BridgeMatches, after: BridgeMatches): ReadonlySet<string> {
  const [then, now] = [judgements(before), judgements(after)]
  const changed = new Set<string>()
  for (const [source, said] of then) if (now.get(source) !== said) changed.add(source)
  for (const source of now.keys()) if (!then.has(source)) changed.add(source)
  return changed
}

export function sourceKey({ chain, txid }: Pick<BridgeEvent, 'chain' | 'txid'>): string {
  return `${chain} ${txid}`
}

function judgements({ pairs, candidates, unmatched }: BridgeMatches): ReadonlyMap<string, string> {
  const said = new Map<string, string[]>()
  const say = (source: BridgeEvent, words: string) => {
    const key = sourceKey(source)
    const list = said.get(key)
    if (list === undefined) said.set(key, [words])
    else list.push(words)
  }
  for (const pair of pairs)
    say(pair.source, `pair ${pair.id} ${pair.tier} ${pair.candidates.map((one) => linkId(pair.source, one)).join(' ')}`)
  for (const { id, source, tier, reason } of candidates) say(source, `candidate ${id} ${tier} ${reason}`)
  for (const { event, reason } of unmatched) if (event.side === 'source') say(event, `unmatched ${reason}`)
  return new Map([...said].map(([key, list]) => [key, list.sort().join('\n')]))
}
