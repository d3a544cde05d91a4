/** Two agencies in processes of their own, each on a PostgreSQL of its own: signed, durable, receipted messages of about 1 KiB. */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningAgency, runAgencies } from '../../platform/tests/exchange/two-agencies.ts'
import { floors } from '../floors.ts'
import type { Finding, Measure } from '../measure.ts'
import { percentiles } from '../node-stand.ts'

const SPEAKERS = 32
const PACED = 100

export const exchange: Measure = {
  name: 'exchange',
  title:
    'Messages between two nodes on this machine: decided, queued, signed, delivered, carried out, receipted, all of it durable',
  run: async ({ folder, seconds, say }) => {
    say('two nodes')
    // Nothing stands between them: what a proxy does would be measured with it.
    const agencies = await runAgencies(mkdtempSync(join(folder, 'exchange-')), ['at-prosecutor-vienna', 'ee-fiu'], {})
    const [one, other] = agencies as [RunningAgency, RunningAgency]
    try {
      // Code is compiled and connections are made before anything counts.
      await speakFor(one, other, 3)
      await untilReceipted(one)
      say('as many as go')
      return [await most(one, other, seconds), await paced(one, other, seconds)]
    } finally {
      await Promise.all([one.stop(), other.stop()])
    }
  },
}

/** A multiple of three. */
let next = 0

async function speakFor(one: RunningAgency, other: RunningAgency, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1000
  const first = next
  await Promise.all(
    Array.from({ length: SPEAKERS }, async () => {
      // Three in each exchange, one after the other.
      while (performance.now() < end) {
        const opener = next
        next += 3
        for (let n = opener; n < opener + 3; n++) await one.say(n, other.id)
      }
    }),
  )
  return next - first
}

async function most(one: RunningAgency, other: RunningAgency, seconds: number): Promise<Finding> {
  const begun = performance.now()
  const count = await speakFor(one, other, seconds)
  await untilReceipted(one)
  const perSecond = count / ((performance.now() - begun) / 1000)
  return {
    task: 'messages, one way',
    contender: 'the exchange',
    perSecond,
    unit: 'messages',
    ratio: perSecond / floors.exchange.perSecond,
    floor: 1,
    note: `${count.toLocaleString('en')} messages until the last receipt was stored; floor: ${floors.exchange.perSecond}/s`,
  }
}

/** A message every so often, and how long each takes from the decision to the stored receipt. */
async function paced(one: RunningAgency, other: RunningAgency, seconds: number): Promise<Finding> {
  const first = next
  const saying: Promise<void>[] = []
  for (let at = 0; at < PACED * seconds; at++) {
    saying.push(one.say(next++, other.id))
    await sleep(1000 / PACED)
  }
  await Promise.all(saying)
  await untilReceipted(one)
  const rows = await one
    .database()
    .query<{ ms: number }>(
      `SELECT extract(epoch FROM m.at - s.at)::float8 * 1000 AS ms FROM test_said s JOIN message_out m ON m.id = s.id WHERE s.n >= $1`,
      [first],
    )
  const { p50, p99 } = percentiles(rows.map(({ ms }) => ms))
  return {
    task: `from decision to receipt, ${PACED} a second`,
    contender: 'the exchange',
    ms: p50,
    p99,
    ratio: floors.exchange.p99Ms / p99,
    floor: 1,
    note: `floor: p99 within ${floors.exchange.p99Ms} ms`,
  }
}

async function untilReceipted(one: RunningAgency): Promise<void> {
  for (;;) {
    const [row] = await one
      .database()
      .query<{ n: string }>(`SELECT count(*) AS n FROM message_out WHERE state = 'queued'`)
    if (row?.n === '0') return
    await sleep(20)
  }
}
