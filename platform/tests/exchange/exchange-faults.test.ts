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
  /** At least so many; whole exchanges of three are said. */
  readonly messages: number
  /** The speakers go on until so many were killed, and the network has failed so often, and in each way so often; but not for ever. */
  readonly until?: { readonly kills?: number; readonly faults?: number; readonly ofEachKind?: number }
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
  const { messages, kills, databaseKills, faults, wrong, receipts } = await exchange({
    ...{ messages: 4000, kills: 120, databaseKills: 6 },
    ...{ plan: { share: 0.25 }, double: 0.15, until: { faults: 640, ofEachKind: 5 } },
  })
  console.log([['messages', messages], ...faults].map(([kind, count]) => `${kind}: ${count}`).join(', '))
  expect(wrong).toEqual([])
  expect(receipts).toBe(messages)
  expect(messages).toBeGreaterThanOrEqual(4000)
  expect(kills).toBeGreaterThanOrEqual(120)
  expect(databaseKills).toBeGreaterThanOrEqual(6)
  expect(sumOf(faults)).toBeGreaterThanOrEqual(600)
  for (const [kind, count] of faults) expect(count, kind).toBeGreaterThanOrEqual(5)
}, 1_800_000)

const defects: readonly (readonly [string, Trouble, RegExp])[] = [
  [
    'a message that comes again is carried out again',
    { ...quiet(300), plan: { share: 0, everyAnswer: 10 }, defect: 'forgets' },
    /done [2-9] times/,
  ],
  [
    'a receipt is given before the commit',
    { ...quiet(600), kills: 12, life: 1200, pause: 250, until: { kills: 12 }, defect: 'answers early' },
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
  until = {},
  life = 0,
  pause = 0,
  patience = 240_000,
  ...trouble
}: Trouble) {
  const { random } = openWorld(20_261_126)
  // Few messages in one request: the fewer requests, the fewer faults could meet them.
  running = await twoAgencies(nodeHome(), plan, random, { ...trouble, pouch: 2 })
  const [one, other] = running as [RunningAgency & Proxied, RunningAgency & Proxied]
  const done = { kills: 0, databaseKills: 0 }
  const isEnough = () => {
    const faults = faultsOf(running)
    return (
      done.kills >= (until.kills ?? 0) &&
      sumOf(faults) >= (until.faults ?? 0) &&
      [...faults.values()].every((count) => count >= (until.ofEachKind ?? 0))
    )
  }
  // Where nothing is recognised again, only a message that opens an exchange finds a place the second time.
  const manner = { least: messages / 2, isEnough, step: trouble.defect === 'forgets' ? 3 : 1, pause }
  const killing = Promise.all(
    [one, other].map(async (each) => {
      for (let at = 1; at <= kills / 2; at++) {
        if (await each.kill(life + random() * 600)) done.kills++
        const every = Math.ceil(kills / Math.max(1, databaseKills))
        if (databaseKills === 0 || at % every !== 0) continue
        await each.killDatabase(random() < 0.5 ? 'SIGKILL' : 'SIGQUIT')
        done.databaseKills++
      }
    }),
  )
  const [saidByOne, saidByOther] = await Promise.all([speak(one, other, manner), speak(other, one, manner), killing])
  for (const each of running) each.proxy.calm()
  await untilSettled(running, patience)
  const wrong = [...(await check(one, other, saidByOne)), ...(await check(other, one, saidByOther))]
  const receipts = (await countReceipts(one, other)) + (await countReceipts(other, one))
  return { messages: saidByOne + saidByOther, ...done, wrong, receipts, faults: faultsOf(running) }
}

function faultsOf(agencies: readonly (RunningAgency & Proxied)[]): ReadonlyMap<string, number> {
  const faults = new Map([['doubled', agencies.reduce((sum, each) => sum + each.doubled(), 0)]])
  for (const { proxy } of agencies)
    for (const [kind, count] of proxy.faults()) faults.set(kind, (faults.get(kind) ?? 0) + count)
  return faults
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

type Manner = {
  readonly least: number
  readonly isEnough: () => boolean
  readonly step: number
  readonly pause: number
}

/**
 * Says at least so many messages, some at once; three in each exchange, one after the other. How many faults they meet is up to chance and
 * the machine, so it goes on until it is enough; thrice as many are the end, and the test then fails for want of faults.
 */
async function speak(
  from: RunningAgency,
  to: RunningAgency,
  { least, isEnough, step, pause }: Manner,
): Promise<number> {
  let next = 0
  const said = () => next / step
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (said() < least || (said() < 3 * least && !isEnough())) {
        const first = next
        next += 3
        for (let n = first; n < first + 3; n += step) {
          await from.say(n, to.id)
          if (pause > 0) await sleep(pause)
        }
      }
    }),
  )
  return said()
}
