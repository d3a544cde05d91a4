/**
 * Two agencies exchange thousands of messages while their processes are killed, their databases die, and the network between them
 * fails. Everything that was decided arrives, is done once, and has a receipt that verifies.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { keyIdOf, openStatement, receiptForm } from '../../src/exchange/wire/index.ts'
import { checkEd25519, signingKeyFromSeed } from '../../src/kernel/crypto/index.ts'
import { hexToBytes } from '../../src/kernel/index.ts'
import { nodeHome } from '../node-config.ts'
import { openWorld } from '../simulation/world.ts'
import type { AgencyFacts, ChildDefect } from './agency-child.ts'
import type { FaultPlan } from './fault-proxy.ts'
import { type RunningAgency, twoAgencies } from './two-agencies.ts'

let running: readonly RunningAgency[] = []
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()))
  running = []
})

type Trouble = {
  readonly messages: number
  readonly kills: number
  readonly databaseKills: number
  readonly plan: FaultPlan
  readonly double?: number
  readonly defect?: ChildDefect
  /** How long everything is given to settle, in milliseconds. */
  readonly patience?: number
}

test('4,000 messages, 120 processes killed, 6 databases killed, 600 faults of the network: none lost, none done twice', async () => {
  const { faults, wrong, receipts } = await exchange({
    ...{ messages: 4000, kills: 120, databaseKills: 6 },
    ...{ plan: { share: 0.08 }, double: 0.04 },
  })
  console.log([...faults].map(([kind, count]) => `${kind}: ${count}`).join(', '))
  expect(wrong).toEqual([])
  expect(receipts).toBe(4000)
  expect([...faults.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(600)
  for (const [kind, count] of faults) expect(count, kind).toBeGreaterThanOrEqual(5)
}, 900_000)

const defects: readonly (readonly [string, Trouble, RegExp])[] = [
  [
    'a message that comes again is carried out again',
    { ...quiet(300), plan: { share: 0, everyAnswer: 10 }, defect: 'forgets' },
    /done [2-9] times/,
  ],
  ['a receipt is given before the commit', { ...quiet(300), kills: 12, defect: 'answers early' }, /done 0 times/],
]

test.each(defects)(
  'the same checks find it: %s',
  async (_, trouble, finding) => {
    const { wrong } = await exchange(trouble)
    expect(wrong.filter((one) => finding.test(one))).not.toEqual([])
  },
  300_000,
)

function quiet(messages: number): Trouble {
  return { messages, kills: 0, databaseKills: 0, plan: { share: 0 }, patience: 15_000 }
}

async function exchange({ messages, kills, databaseKills, plan, patience = 120_000, ...trouble }: Trouble) {
  const { random } = openWorld(20_261_126)
  running = await twoAgencies(nodeHome(), plan, random, trouble)
  const [one, other] = running as [RunningAgency, RunningAgency]
  // Where nothing is recognised again, only a message that opens an exchange finds a place the second time.
  const step = trouble.defect === 'forgets' ? 3 : 1
  const half = messages / 2
  let isOver = false
  const speaking = Promise.all([speak(one, other, half, step), speak(other, one, half, step)]).then(() => {
    isOver = true
  })
  const killing = Promise.all(
    [one, other].map(async (each) => {
      for (let done = 1; done <= kills / 2; done++) {
        await each.kill(random() * 600)
        const every = Math.ceil(kills / Math.max(1, databaseKills))
        if (databaseKills > 0 && done % every === 0) await each.killDatabase(random() < 0.5 ? 'SIGKILL' : 'SIGQUIT')
      }
    }),
  )
  await Promise.all([speaking, killing])
  expect(isOver).toBe(true)
  for (const each of running) each.proxy.calm()
  await untilSettled(patience)
  const wrong = [...(await check(one, other, half)), ...(await check(other, one, half))]
  const receipts = (await countReceipts(one, other)) + (await countReceipts(other, one))
  const faults = new Map<string, number>([['doubled', one.doubled() + other.doubled()]])
  for (const { proxy } of running)
    for (const [kind, count] of proxy.faults()) faults.set(kind, (faults.get(kind) ?? 0) + count)
  return { wrong, receipts, faults }
}

/** So many messages, some at once; three in each exchange, one after the other. */
async function speak(from: RunningAgency, to: RunningAgency, count: number, step: number): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < count * step) {
        const first = next
        next += 3
        for (let n = first; n < Math.min(first + 3, count * step); n += step) await from.say(n, to.id)
      }
    }),
  )
}

async function untilSettled(patience: number): Promise<void> {
  const end = Date.now() + patience
  while (Date.now() < end) {
    const queued = await Promise.all(
      running.map(async (each) => {
        const [row] = await each
          .database()
          .query<{ n: string }>(`SELECT count(*) AS n FROM message_out WHERE state = 'queued'`)
        return Number(row?.n)
      }),
    )
    if (queued.every((n) => n === 0)) return
    await sleep(200)
  }
}

async function check(from: RunningAgency, to: RunningAgency, count: number): Promise<string[]> {
  const wrong: string[] = []
  const said = await from.database().query<{ n: number; id: string | null }>('SELECT n, id FROM test_said')
  const sent = new Map(
    (await from.database().query<{ id: string; state: string }>('SELECT id, state FROM message_out')).map(
      ({ id, state }) => [id, state],
    ),
  )
  const effects = await to
    .database()
    .query<{ id: string; n: string }>('SELECT id, count(*) AS n FROM test_effect WHERE sender = $1 GROUP BY id', [
      from.id,
    ])
  const done = new Map(effects.map(({ id, n }) => [id, Number(n)]))
  for (const { n, id } of said) {
    const state = sent.get(id ?? '')
    if (state !== 'accepted') wrong.push(`${from.id} ${n}: ${state ?? 'not queued'}`)
    if (done.get(id ?? '') !== 1) wrong.push(`${from.id} ${n}: done ${done.get(id ?? '') ?? 0} times`)
  }
  if (said.length !== count) wrong.push(`${from.id}: ${count} said, ${said.length} decided`)
  if (said.length !== sent.size) wrong.push(`${from.id}: ${said.length} decided, ${sent.size} queued`)
  for (const id of done.keys()) if (!sent.has(id)) wrong.push(`${to.id}: did ${id}, which nobody sent`)
  return wrong
}

/** Receipts that verify under the key of who gave them, for exactly these messages. */
async function countReceipts(from: RunningAgency, to: RunningAgency): Promise<number> {
  const keys = { keyOf: (keyId: string) => keyFrom(to.facts, keyId), check: checkEd25519 }
  const rows = await from
    .database()
    .query<{ id: string; digest: string; receipt: Uint8Array | null }>('SELECT id, digest, receipt FROM message_out')
  return rows.filter(({ id, digest, receipt }) => {
    const opened = receipt && openStatement(receiptForm, receipt, keys)
    if (!opened?.ok) return false
    const { kind, message } = opened.value.value
    return kind === 'ACCEPTED' && message.id === id && message.digest === digest
  }).length
}

function keyFrom({ id, seed }: AgencyFacts, keyId: string) {
  const { bytes } = signingKeyFromSeed(hexToBytes(seed)).publicKey
  return keyIdOf(bytes) === keyId ? { agency: id, publicKey: bytes } : null
}
