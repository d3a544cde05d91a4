/**
 * Three agencies, each on a host of its own (a network namespace) and on a PostgreSQL of its own. One is cut off for a week of their
 * clocks, and comes back.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { openStatement, skipForm } from '../../src/exchange/wire/index.ts'
import { checkEd25519 } from '../../src/kernel/crypto/index.ts'
import { nodeHome } from '../node-config.ts'
import { countReceipts, keyFrom, untilSettled } from './account.ts'
import { layNetwork } from './namespaces.ts'
import { type RunningAgency, runAgencies } from './two-agencies.ts'

const DAY = 86_400_000
const network = await layNetwork(3)
if (typeof network === 'string') {
  const reason = `no network namespaces here: ${network}`
  if (process.env.CI === 'true') throw new Error(reason)
  console.log(`Tests are skipped: ${reason}`)
}
let running: RunningAgency[] = []
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()))
  if (typeof network !== 'string') network.close()
})

type Row = {
  readonly n: number
  readonly id: string
  readonly peer: string
  readonly exchange: string
  readonly seq: number
  readonly state: string
  readonly opens: boolean
  readonly skip: Uint8Array | null
  readonly receipt: Uint8Array | null
}

test.skipIf(typeof network === 'string')(
  'a host that was cut off for a week: what had its time in it is non-delivered with proof, all else is delivered once and in order',
  async () => {
    if (typeof network === 'string') return
    const ids = ['at-prosecutor-vienna', 'ee-fiu', 'nl-police']
    running = await runAgencies(nodeHome(), ids, { hosts: network.hosts })
    const [vienna, tallinn, hague] = running as [RunningAgency, RunningAgency, RunningAgency]
    const pairs = [
      [vienna, tallinn],
      [tallinn, vienna],
      [hague, tallinn],
      [tallinn, hague],
      [vienna, hague],
      [hague, vienna],
    ] as const
    /** Each sender has numbers of its own for each receiver; three in a row are one exchange. */
    const numberFrom = (to: RunningAgency, n: number) => 300 * running.indexOf(to) + n
    const say = (from: RunningAgency, to: RunningAgency, n: number, within: number) =>
      from.say(numberFrom(to, n), to.id, { within })
    const LONG = 20 * DAY
    const SHORT = 2 * DAY

    // Exchanges that are open before: everything arrives.
    await Promise.all(pairs.map(([from, to]) => Promise.all([0, 3, 6].map((n) => say(from, to, n, LONG)))))
    await untilSettled(running, 30_000)

    network.cut(1)
    // In exchange 0 a message with little time and one behind it with much; in 3 two with much; 9 opens with little time, 12 with much.
    await Promise.all(
      pairs.map(async ([from, to]) => {
        for (const [n, within] of [
          [1, SHORT],
          [2, LONG],
          [4, LONG],
          [5, LONG],
          [9, SHORT],
          [12, LONG],
          [13, LONG],
        ] as const)
          await say(from, to, n, within)
      }),
    )
    for (let step = 1; step <= 14; step++) {
      for (const one of running) one.ahead((step * DAY) / 2)
      await sleep(700)
    }
    network.mend(1)
    await untilSettled(running, 60_000)

    let delivered = 0
    for (const [from, to] of pairs) {
      const isCut = from === tallinn || to === tallinn
      const rows = await from
        .database()
        .query<Row>('SELECT s.n, m.* FROM test_said s JOIN message_out m USING (id) WHERE m.peer = $1 ORDER BY s.n', [
          to.id,
        ])
      const stateOf = new Map(rows.map(({ n, state }) => [n - numberFrom(to, 0), state]))
      const lost = isCut ? 'non-delivered' : 'accepted'
      expect([...stateOf], `${from.id} to ${to.id}`).toEqual([
        [0, 'accepted'],
        [1, lost],
        [2, 'accepted'],
        [3, 'accepted'],
        [4, 'accepted'],
        [5, 'accepted'],
        [6, 'accepted'],
        [9, lost],
        [12, 'accepted'],
        [13, 'accepted'],
      ])
      const effects = await to
        .database()
        .query<{ id: string; exchange: string; seq: number }>(
          'SELECT id, exchange, seq FROM test_effect WHERE sender = $1 ORDER BY place',
          [from.id],
        )
      // Done once each, and nothing besides; and in each exchange in the order in which it was said.
      const accepted = rows.filter(({ state }) => state === 'accepted')
      expect(effects.map(({ id }) => id).sort()).toEqual(accepted.map(({ id }) => id).sort())
      for (const { exchange } of rows) {
        const places = effects.filter((one) => one.exchange === exchange).map(({ seq }) => seq)
        expect(places).toEqual([...places].sort((a, b) => a - b))
      }
      delivered += accepted.length
      // The proof: a signed note for each place that stays empty, which the receiver has confirmed; and an entry of the journal.
      const keys = { keyOf: (keyId: string) => keyFrom(from.facts, keyId), check: checkEd25519 }
      for (const { id, opens, skip, exchange, seq } of rows.filter(({ state }) => state === 'non-delivered')) {
        const [entry] = await from
          .database()
          .query(`SELECT 1 FROM journal_entry WHERE event = 'message.settled' AND subject = 'message'`)
        expect(entry).toBeDefined()
        if (opens) continue
        const note = openStatement(skipForm, skip ?? new Uint8Array(), keys)
        expect(note.ok && note.value.value).toMatchObject({
          ...{ from: from.id, to: to.id, exchange, seq, code: 'EXCHANGE_NON_DELIVERED' },
          message: { id },
        })
        const [place] = await to
          .database()
          .query('SELECT state FROM message_in WHERE exchange = $1 AND sender = $2 AND seq = $3', [
            exchange,
            from.id,
            seq,
          ])
        expect(place).toEqual({ state: 'skipped' })
      }
    }
    expect(delivered).toBe(2 * 10 + 4 * 8)
    const receipts = await Promise.all(pairs.map(([from, to]) => countReceipts(from, to)))
    expect(receipts.reduce((sum, count) => sum + count, 0)).toBe(delivered)
  },
  180_000,
)
