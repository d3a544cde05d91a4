/**
 * Links between addresses as the spending of inputs together makes them: each names two addresses presumed to be of one
 * holder, in the order of the chain, addresses numbered by first appearance.
 *
 * Most links bring an address that was not seen before; some repeat what is known; few join two clusters that both have
 * grown. Old addresses are drawn from recent links by preference: holders spend in bouts, and large ones more often.
 */
import type { Transfers } from '../../platform/src/tracing/kernels/index.ts'
import { sfc32 } from './random.ts'

/** As many links as it takes until `merges` of them have brought a new address to a cluster or made a new one. */
export function makeClusterLinks(merges: number): Transfers {
  const random = sfc32(20_260_707)
  const most = Math.ceil(merges * 1.4) + 64
  const source = new Uint32Array(most)
  const destination = new Uint32Array(most)
  let nodeCount = 0
  let at = 0
  for (let fresh = 0; fresh < merges; at++) {
    const kind = random.unit()
    if (at === 0 || kind < 0.12) {
      source[at] = nodeCount++
      destination[at] = nodeCount++
      fresh++
      continue
    }
    // An address that spends again: late links by preference, either end of them.
    const earlier = at - 1 - Math.floor(at * random.unit() ** 3)
    source[at] = (random.unit() < 0.5 ? source[earlier] : destination[earlier]) ?? 0
    if (kind < 0.8) {
      destination[at] = nodeCount++
      fresh++
    } else if (kind < 0.997) destination[at] = source[earlier] ?? 0
    else destination[at] = random.below(nodeCount)
  }
  return { nodeCount, source: source.slice(0, at), destination: destination.slice(0, at) }
}
