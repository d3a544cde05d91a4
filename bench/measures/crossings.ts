/** Logs of contracts decoded, strictly, and ends of bridge transfers joined. No peer stands beside these: they are absolute. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LogEntry } from '../../platform/src/chains/index.ts'
import {
  makeBridgeWorld,
  matchBridgeEvents,
  shippedDecoders,
  usualWorld,
} from '../../platform/src/tracing/crossing/index.ts'
import { type Measure, median, rate, timeRuns } from '../measure.ts'

const LOGS = 200_000
const TRANSFERS = 20_000
const vectors = fileURLToPath(new URL('../../vectors/decoders/logs.json', import.meta.url))

export const crossings: Measure = {
  name: 'crossings',
  title: 'Logs decoded, and bridge transfers joined',
  run: async (context) => {
    const real = (JSON.parse(readFileSync(vectors, 'utf8')) as { readonly log: LogEntry }[]).map(({ log }) => log)
    const decodeAll = () => {
      let read = 0
      for (let index = 0; index < LOGS; index += 1) {
        if (shippedDecoders.decode('eip155:1', real[index % real.length] as LogEntry)?.ok) read += 1
      }
      return read
    }
    const decodeMs = median(timeRuns(context.runs, decodeAll))
    const { events } = makeBridgeWorld(1, { ...usualWorld, transfers: TRANSFERS })
    const matchMs = median(timeRuns(context.runs, () => matchBridgeEvents(events)))
    return [
      {
        task: 'decode logs',
        contender: 'decoder packs',
        ms: decodeMs,
        millionPerSecond: rate(LOGS, decodeMs),
        answer: String(decodeAll()),
      },
      {
        task: 'match ends of bridges',
        contender: 'tiers',
        ms: matchMs,
        millionPerSecond: rate(events.length, matchMs),
        answer: String(matchBridgeEvents(events).pairs.length),
      },
    ]
  },
}
