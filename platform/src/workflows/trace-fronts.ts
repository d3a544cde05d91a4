/** The front of a trace that a case keeps, for watches of it: what of it is unspent, or at rest, on a chain. */
import type { WatchFronts } from '../casework/index.ts'
import { findChain, shippedAccountPacks, shippedChainPacks } from '../chains/index.ts'
import { ok, refuse } from '../kernel/index.ts'
import { addressesOfFront, frontOf } from '../tracing/watch/index.ts'
import { TRACE } from './kept-trace.ts'
import { keptTraces, parseKept } from './kept-traces.ts'

/** `ledger`: whether the node has one, by which clusters grow. */
export function watchFronts(ledger: boolean): WatchFronts {
  return {
    ledger,
    frontOf: async (context, caseId, digest, chain) => {
      const found = findChain([...shippedChainPacks, ...shippedAccountPacks], chain)
      if (!found.ok) return { ok: false, refusal: { ...found.refusal, place: '/content/chain' } }
      for (const kept of await keptTraces(context, caseId, digest)) {
        if (!(await context.may({ right: 'readRecord', subject: { type: 'record', kind: TRACE, id: kept.id } })))
          continue
        const record = parseKept(kept.body.text, '/content/trace')
        if (!record.ok) return record
        const { caip2 } = found.value
        const own =
          record.value.format === 'comity-trace/1' && record.value.chain === caip2 ? frontOf(record.value) : []
        const front = {
          addresses: [...addressesOfFront(record.value, caip2)],
          outputs: own.map(({ output }) => output),
        }
        return front.addresses.length + front.outputs.length > 0
          ? ok(front)
          : refuse('WATCH_EMPTY', 'Nothing of the trace rests on this chain.', {
              place: '/content/trace',
              fix: 'Name another chain, or trace on to where value is unspent.',
            })
      }
      return refuse('WATCH_TRACE_UNKNOWN', 'The case keeps no such trace that you may read.', {
        place: '/content/trace',
        fix: 'Keep its record first (trace.keep), or name the addresses and outputs.',
      })
    },
  }
}
