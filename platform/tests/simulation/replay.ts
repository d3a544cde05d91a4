/** `node platform/tests/simulation/replay.ts SEED`: the world of this number again, event by event the same, and what is wrong in it. */
import { runExchangeWorld } from './exchange-world.ts'

const seed = Number(process.argv[2])
if (!Number.isSafeInteger(seed)) throw new Error('Say which seed: node platform/tests/simulation/replay.ts SEED')
const { wrong, ...counts } = await runExchangeWorld(seed)
console.log(counts)
for (const one of wrong) console.log(one)
if (wrong.length > 0) process.exitCode = 1
