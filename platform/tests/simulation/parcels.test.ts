/**
 * Two agencies with no network at all, and files that somebody carries: some are lost, some brought twice, late, in any order, garbled,
 * or to the wrong one. At the end each message is done once, in order, and has its receipt.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  exportParcel,
  importParcel,
  type ParcelPart,
  queueMessage,
  readParcel,
  writeParcel,
} from '../../src/exchange/delivery/index.ts'
import type { InboxPorts, OutboxPorts } from '../../src/exchange/delivery/ports.ts'
import { emptyTables, type MemoryTx, memoryStore } from '../../src/exchange/delivery/testing/memory-store.ts'
import { ok } from '../../src/kernel/index.ts'
import { digestOf, isSkipReceipt, openBytes, readReceipt, sealed } from './exchange-world.ts'

const HOUR = 3_600_000
type Side = ReturnType<typeof openSide>

function openSide(me: string, clock: { now: number }) {
  const tables = emptyTables()
  const done: string[] = []
  const store = memoryStore(tables, async () => {})
  let answers: readonly ParcelPart[] = []
  const inbox: InboxPorts<MemoryTx> = {
    me,
    store,
    now: () => clock.now,
    open: (bytes, peer) => openBytes(bytes, peer, me),
    apply: async (tx, { from, id, exchange, digest, seq }) => {
      const key = `effect ${from} ${id}`
      tx.effect(key, String(Number(tx.effectOf(key) ?? 0) + 1))
      done.push(`${exchange ?? digest} ${seq}`)
      return ok({ caseId: null })
    },
    sealReceipt: (receipt) => sealed({ receipt }),
    sealSkipReceipt: ({ exchange, from, seq, digest }) =>
      sealed({
        receipt: { outcome: 'accepted', code: null, id: `skip ${exchange} ${seq}`, digest, from: me, to: from },
      }),
    conflict: async (_, held, came) => sealed({ conflict: [digestOf(held), digestOf(came)] }),
  }
  const outbox: OutboxPorts<MemoryTx> = {
    me,
    store,
    now: () => clock.now,
    random: () => 0.5,
    post: async () => ({ kind: 'silence' }),
    ask: async () => ({ kind: 'silence' }),
    readReceipt: (bytes, row) => readReceipt(bytes, row, me),
    isConflict: () => true,
    sealSkip: ({ exchange, peer, seq, id, digest }) =>
      sealed({ skip: { exchange, from: me, to: peer, seq, id, digest } }),
    isSkipReceipt,
    mayOpen: () => true,
    settled: async (tx, row, why) => {
      const key = `settled ${row.id} ${why.how}`
      tx.effect(key, String(Number(tx.effectOf(key) ?? 0) + 1))
    },
  }
  const ports = { inbox, outbox }
  return {
    me,
    tables,
    done,
    say: (id: string, peer: string, exchange: string | null, hours: number) =>
      store.transaction(async (tx) =>
        queueMessage(
          tx,
          { me, now: clock.now },
          {
            ...{ peer, exchange, caseId: null, deadline: clock.now + hours * HOUR },
            pack: (place) => {
              const flags = { poison: false, refusing: false, reply: false }
              const envelope = sealed({ said: { id, from: me, to: peer, ...place, created: clock.now, ...flags } })
              return { id, type: 'note', digest: digestOf(envelope), envelope }
            },
          },
        ),
      ),
    pack: (peer: string) => exportParcel(ports, peer, answers),
    take: async (bytes: Uint8Array) => {
      const brought = await importParcel(ports, bytes)
      if (brought.ok) answers = brought.value.answers
      return brought
    },
  }
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      side: fc.nat(1),
      opens: fc.boolean(),
      short: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('pack' as const), side: fc.nat(1) }) },
  // Any parcel that was ever made, again or for the first time; to either of them; whole or not.
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('bring' as const),
      which: fc.nat(),
      to: fc.nat(1),
      cut: fc.option(fc.nat(), { freq: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
)

describe('parcels', () => {
  test('lost, repeated, late and in any order they do no harm; once they arrive, all is done once, in order, and receipted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = { now: 1_000_000 * HOUR }
        const sides = [openSide('aa-prosecutor', clock), openSide('bb-fiu', clock)] as const
        const made: { readonly to: number; readonly bytes: Uint8Array }[] = []
        const other = (side: number) => sides[1 - side] as Side
        let said = 0
        for (const one of steps) {
          const side = 'side' in one ? (sides[one.side] as Side) : sides[0]
          if (one.does === 'say') {
            const open = [...side.tables.exchanges.keys()].at(-1) ?? null
            await side.say(`${side.me}-${said++}`, other(one.side).me, one.opens ? null : open, one.short ? 10 : 1000)
          } else if (one.does === 'pack') made.push({ to: 1 - one.side, bytes: await side.pack(other(one.side).me) })
          else if (one.does === 'wait') clock.now += one.hours * HOUR
          else if (made.length > 0) {
            const { to, bytes } = made[one.which % made.length] as (typeof made)[number]
            const isCut = one.cut !== null && one.cut % bytes.length < bytes.length - 1
            const came = isCut ? bytes.subarray(0, (one.cut as number) % bytes.length) : bytes
            const brought = await (sides[one.to] as Side).take(came)
            expect(brought.ok, JSON.stringify(brought)).toBe(to === one.to && !isCut)
          }
        }
        for (let round = 0; round < 3; round++)
          for (const [at, side] of sides.entries()) await other(at).take(await side.pack(other(at).me))
        for (const [at, { tables, me }] of sides.entries()) {
          const there = other(at)
          for (const row of tables.outgoing.values()) {
            const effect = there.tables.effects.get(`effect ${me} ${row.id}`)
            expect([row.state, effect]).toEqual(row.receipt ? ['accepted', '1'] : ['non-delivered', undefined])
            // Only what had its time while nothing was carried is not delivered, and what stands behind an opening message of which
            // that is true.
            const opener =
              [...tables.outgoing.values()].find((one) => one.exchange === row.exchange && one.opens) ?? row
            if (row.state === 'non-delivered')
              expect(Math.min(row.deadline, opener.deadline)).toBeLessThanOrEqual(clock.now)
          }
          for (const [key, times] of tables.effects)
            if (key.startsWith('settled')) expect([key, times]).toEqual([key, '1'])
          const lastSeq = new Map<string, number>()
          for (const line of there.done) {
            const [exchange = '', seq] = line.split(' ')
            expect(Number(seq)).toBeGreaterThan(lastSeq.get(exchange) ?? 0)
            lastSeq.set(exchange, Number(seq))
          }
        }
      }),
      { numRuns: 300, seed: 20_261_126 },
    )
  })

  test('a file that is not whole, not a parcel or too long is refused with its line, and nothing of it is taken', async () => {
    const clock = { now: 1_000_000 * HOUR }
    const [one, other] = [openSide('aa-prosecutor', clock), openSide('bb-fiu', clock)]
    await one.say('m1', other.me, null, 100)
    const whole = new TextDecoder().decode(await one.pack(other.me))
    const [head = '', part = '', end = ''] = whole.split('\n')
    const twice = part.replace('"kind"', '"kind":"said","kind"')
    const cases: readonly (readonly [string, string])[] = [
      ['', 'line 1'],
      [head, 'line 1'],
      [`${head}\n${part}\n`, 'line 2'],
      [`${head}\n${end}\n`, 'line 2'],
      [`${part}\n${end}\n`, 'line 1'],
      [whole.replace('"v":1', '"v":2'), 'line 1'],
      [`${head}\n${twice}\n${end}\n`, 'line 2'],
      [whole.replace('said', 'sung'), 'line 2'],
      [whole.replace('"bytes":"', '"bytes":"*'), 'line 2'],
      [`${head}\n${`${part}\n`.repeat(10_001)}{"parts":10001}\n`, 'line 1'],
    ]
    for (const [text, place] of cases)
      expect(await other.take(new TextEncoder().encode(text))).toMatchObject({
        refusal: { code: 'EXCHANGE_PARCEL', place },
      })
    expect(other.tables.received.size).toBe(0)
    expect(await one.take(new TextEncoder().encode(whole))).toMatchObject({ refusal: { code: 'EXCHANGE_RECIPIENT' } })
  })

  test('parts that were put under another head or changed are refused one by one', async () => {
    const clock = { now: 1_000_000 * HOUR }
    const [one, other] = [openSide('aa-prosecutor', clock), openSide('bb-fiu', clock)]
    await one.say('m1', other.me, null, 100)
    const read = readParcel(await one.pack(other.me))
    if (!read.ok) throw new Error('unread')
    const posed = writeParcel({ ...read.value, from: 'cc-exchange' })
    expect(await other.take(posed)).toMatchObject({
      value: { taken: 0, refused: [{ part: 1, code: 'MESSAGE_INVALID' }] },
    })
    await other.take(await one.pack(other.me))
    const back = readParcel(await other.pack(one.me))
    if (!back.ok) throw new Error('unread')
    const forged = { kind: 'receipt', id: 'm1', bytes: new TextEncoder().encode('accepted') } as const
    expect(await one.take(writeParcel({ ...back.value, parts: [forged] }))).toMatchObject({ value: { settled: 0 } })
    expect(one.tables.outgoing.get('m1')?.state).toBe('queued')
    expect(await one.take(writeParcel(back.value))).toMatchObject({ value: { settled: 1 } })
    expect(await one.take(writeParcel(back.value))).toMatchObject({ value: { settled: 0 } })
  })
})
