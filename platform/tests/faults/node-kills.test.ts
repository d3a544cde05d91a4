/**
 * Kill -9 at every step of every change: what was acknowledged is there, what was not is there whole or not at all, and the
 * same call with the same key is done exactly once. Six lives of a case go side by side, and each of their calls is cut off
 * at another step; one SIGKILL ends them all.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allActions } from '../../src/node/actions.ts'
import type { Call } from '../../src/node/door/door.ts'
import { type Chain, notCovered, openCase, rounds } from './every-change.ts'
import { callerOf, type FaultNode, faultNode } from './fault-node.ts'
import type { KillOrder } from './kill-child.ts'

const steps = ['begun', 'decided', 'effect-ran', 'journalled', 'before-commit', 'after-commit'] as const

let node: FaultNode
let chains: readonly Chain[]
/** Started ahead, since starting takes longer than being killed. */
let nextChild: Promise<ChildProcess>

beforeAll(async () => {
  node = await faultNode()
  nextChild = startChild()
  chains = await Promise.all(steps.map(() => node.newChain()))
  for (const chain of chains) await openCase(chain)
  await node.checkWhole()
})
afterAll(async () => {
  ;(await nextChild).kill('SIGKILL')
  await node.stop()
})

test('every change is either killed here, or stands in the list of those that are not, with the reason', () => {
  const covered = new Set(rounds.flat().map(({ action }) => action))
  const all = allActions().filter(({ kind }) => kind === 'change')
  expect([...covered, ...Object.keys(notCovered)].sort()).toEqual(all.map(({ name }) => name).sort())
  for (const reason of Object.values(notCovered)) expect(reason.length).toBeGreaterThan(20)
})

test.each(rounds.map((round, at) => [round.map(({ action }) => action).join(', '), at] as const))(
  '%s',
  async (_, at) => {
    const round = rounds[at] ?? []
    const cut: {
      readonly chain: Chain
      readonly step: string
      readonly call: Call
      readonly of: (typeof round)[number]
    }[] = []
    for (const [which, chain] of chains.entries()) {
      for (const of of round) {
        // As it would come over the line: without fields that are undefined.
        const input: unknown = JSON.parse(JSON.stringify(await of.input(chain)))
        const caller = callerOf(chain, of.by)
        const call = { caller, action: of.action, input, idempotencyKey: `${at} ${which} ${of.action}` }
        cut.push({ chain, step: steps[which] as string, call, of })
      }
    }
    const before = await nextTransaction()
    await killedAt({ now: node.clock.now(), calls: cut })

    // Whatever is new in any table was written by a call that had committed: one transaction for each, with its answer.
    const left = await writtenSince(before)
    const committed = cut.filter(({ step }) => step === 'after-commit').map(({ call }) => call.idempotencyKey)
    expect([...left.keys()].sort()).toEqual([...committed].sort())
    await node.checkWhole()

    const again = await nextTransaction()
    for (const { chain, step, call, of } of cut) {
      const answer = await node.run(call)
      expect(answer.repeated, `${call.action}, killed at ${step}`).toBe(step === 'after-commit')
      of.keep?.(chain, answer.result as Record<string, unknown>)
    }
    // Each was done once, and wrote what the one wrote that nobody disturbed.
    const repeated = await writtenSince(again)
    expect(repeated.size).toBe(cut.length - committed.length)
    for (const { step, call } of cut.filter(({ step }) => step !== 'after-commit')) {
      const whole = left.get(`${at} ${steps.length - 1} ${call.action}`)
      expect(repeated.get(String(call.idempotencyKey)), `${call.action}, killed at ${step}`).toEqual(whole)
      expect(whole?.journal_entry).toBeGreaterThan(0)
    }
    for (const { call } of cut.filter(({ step }) => step === 'before-commit'))
      expect(await node.run(call)).toMatchObject({ repeated: true })
  },
)

async function killedAt({ now, calls }: KillOrder): Promise<void> {
  const child = await nextChild
  nextChild = startChild()
  const refused: unknown[] = []
  child.on('message', (message) => refused.push(message))
  const ended = new Promise<string>((resolve) => child.on('exit', (code, signal) => resolve(signal ?? `exit ${code}`)))
  child.send({ now, calls } satisfies KillOrder)
  const patience = setTimeout(() => child.kill('SIGTERM'), 60_000)
  const signal = await ended
  clearTimeout(patience)
  expect({ signal, refused }).toEqual({ signal: 'SIGKILL', refused: [] })
}

function startChild(): Promise<ChildProcess> {
  const path = fileURLToPath(new URL('kill-child.ts', import.meta.url))
  const child = fork(path, [node.home, JSON.stringify(node.connection)], { execArgv: [] })
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`the child ended before its work: ${code}`)))
  })
}

async function nextTransaction(): Promise<bigint> {
  const [row] = await node.database.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id')
  return BigInt(row?.id ?? 0)
}

/** How many rows of each table every transaction since then has written, by the Idempotency-Key of its call. */
async function writtenSince(before: bigint): Promise<ReadonlyMap<string, Readonly<Record<string, number>>>> {
  const tables = await node.database.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  )
  const counted = await node.database.query<{ name: string; by: string; n: number }>(
    tables
      .map(
        ({ name }) =>
          `SELECT '${name}' AS name, xmin::text AS by, count(*)::int AS n FROM ${name} WHERE xmin::text::bigint > ${before} GROUP BY 1, 2`,
      )
      .join(' UNION ALL '),
  )
  const keys = await node.database.query<{ key: string; by: string }>('SELECT key, xmin::text AS by FROM idempotency')
  const keyOf = new Map(keys.map(({ key, by }) => [by, key]))
  const written = new Map<string, Record<string, number>>()
  for (const { name, by, n } of counted) {
    const key = keyOf.get(by) ?? `a transaction without an answer, in ${name}`
    written.set(key, { ...written.get(key), [name]: n })
  }
  return written
}
