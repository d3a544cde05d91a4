/** A thread that runs a range of seeds and tells of each one. */
import { parentPort, workerData } from 'node:worker_threads'
import { runExchangeWorld } from './exchange-world.ts'

const { first, count, step } = workerData as { readonly first: number; readonly count: number; readonly step: number }
for (let seed = first; seed < first + count; seed += step) {
  parentPort?.postMessage({ seed, ...(await runExchangeWorld(seed)) })
}
