/**
 * Two agencies exchange thousands of messages while their processes are killed, their databases die, and the network between them
 * fails. Everything that was decided arrives, is done once, and has a receipt that verifies.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { nodeHome } from '../node-config.ts'
import { openWorld } from '../simulation/world.ts'
import { check, countReceipts, untilSettled } from './account.ts'
import type { ChildDefect } from './agency-child.ts'
import type { FaultPlan } from './fault-proxy.ts'
import { type Proxied, type RunningAgency, twoAgencies } from './two-agencies.ts'

let running: readonly (RunningAgency & Proxied)[] = []
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
  /** How long a process lives at least, in milliseconds. */
  readonly life?: number
  /** How long each speaker waits after a message. */
  readonly pause?: number
  /** How long everything is given to settle, in milliseconds. */
  readonly patience?: number
}

test('4,000 messages, 120 processes killed, 6 databases killed, 600 faults of the network: none lost, none done twice', async () => {
  const { faults, wrong, receipts } = await exchange({
    ...{ messages: 4000, kills: 120, databaseKills: 6 },
    ...{ plan: { share: 0.25 }, double: 0.08 },
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
  [
    'a receipt is given before the commit',
    { ...quiet(600), kills: 8, life: 600, pause: 150, defect: 'answers early' },
    /done 0 times/,
  ],
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

async function exchange({
  messages,
  kills,
  databaseKills,
  plan,
  life = 0,
  pause = 0,
  patience = 120_000,
  ...trouble
}: Trouble) {
  const { random } = openWorld(20_261_126)
  // Few messages in one request: the fewer requests, the fewer faults could meet them.
  running = await twoAgencies(nodeHome(), plan, random, { ...trouble, pouch: 2 })
  const [one, other] = running as [RunningAgency & Proxied, RunningAgency & Proxied]
  // Where nothing is recognised again, only a message that opens an exchange finds a place the second time.
  const step = trouble.defect === 'forgets' ? 3 : 1
  const half = messages / 2
  let isOver = false
  const speaking = Promise.all([speak(one, other, half, step, pause), speak(other, one, half, step, pause)]).then(
    () => {
      isOver = true
    },
  )
  const killing = Promise.all(
    [one, other].map(async (each) => {
      for (let done = 1; done <= kills / 2; done++) {
        await each.kill(life + random() * 600)
        const every = Math.ceil(kills / Math.max(1, databaseKills))
        if (databaseKills > 0 && done % every === 0) await each.killDatabase(random() < 0.5 ? 'SIGKILL' : 'SIGQUIT')
      }
    }),
  )
  await Promise.all([speaking, killing])
  expect(isOver).toBe(true)
  for (const each of running) each.proxy.calm()
  await untilSettled(running, patience)
  const wrong = [...(await check(one, other, half)), ...(await check(other, one, half))]
  const receipts = (await countReceipts(one, other)) + (await countReceipts(other, one))
  const faults = new Map<string, number>([['doubled', one.doubled() + other.doubled()]])
  for (const { proxy } of running)
    for (const [kind, count] of proxy.faults()) faults.set(kind, (faults.get(kind) ?? 0) + count)
  return { wrong, receipts, faults }
}

/** So many messages, some at once; three in each exchange, one after the other. */
async function speak(
  from: RunningAgency,
  to: RunningAgency,
  count: number,
  step: number,
  pause: number,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < count * step) {
        const first = next
        next += 3
        for (let n = first; n < Math.min(first + 3, count * step); n += step) {
          await from.say(n, to.id)
          if (pause > 0) await sleep(pause)
        }
      }
    }),
  )
}
