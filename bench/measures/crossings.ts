/** Logs of contracts decoded, and ends of bridge transfers joined: no peer stands beside the latter. */
import { makeBridgeWorld, matchBridgeEvents, usualWorld } from '../../platform/src/tracing/crossing/index.ts'
import { type Measure, median, rate, timeRuns } from '../measure.ts'
import { decodeLogs } from './decode-logs.ts'

const TRANSFERS = 20_000

export const crossings: Measure = {
  name: 'crossings',
  title: 'Logs decoded (an edge is a log), and bridge transfers joined (an end)',
  run: async (context) => {
    const { events } = makeBridgeWorld(1, { ...usualWorld, transfers: TRANSFERS })
    const matchMs = median(timeRuns(context.runs, () => matchBridgeEvents(events)))
    return [
      ...decodeLogs(context),
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
