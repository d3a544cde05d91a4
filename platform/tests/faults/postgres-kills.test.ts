/**
 * The database server dies, by SIGKILL or by a stop without its farewells, while nobody calls or under many calls. What was
 * acknowledged is there when it runs again; what was not is there whole or not at all, and is done once when it is repeated.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '../../src/node/door/door.ts'
import { type Chain, of, openCase } from './every-change.ts'
import { callerOf, type FaultNode, faultNode } from './fault-node.ts'

let node: FaultNode
let chain: Chain
const calls: Call[] = []
const acknowledged = new Set<string>()
let lost = 0

beforeAll(async () => {
  node = await faultNode()
  chain = await node.newChain()
  await openCase(chain)
})
afterAll(() => node.stop())

test.each([
  ['SIGKILL', 'between calls'],
  ['SIGKILL', 'under calls'],
  ['SIGQUIT', 'between calls'],
  ['SIGQUIT', 'under calls'],
  ['SIGKILL', 'under calls'],
] as const)('the server ended by %s %s', async (signal, when) => {
  const before = acknowledged.size
  const callers = Array.from({ length: 6 }, () => callUntilItFails(when === 'under calls' ? 1_000 : 3))
  while (acknowledged.size < before + 18) await sleep(5)
  if (when === 'between calls') await Promise.all(callers)
  process.kill(postmaster(), signal)
  await Promise.all(callers)
  if (when === 'under calls') expect(lost).toBeGreaterThan(0)
  await node.startAgain()

  const answered = await node.database.query<{ key: string }>("SELECT key FROM idempotency WHERE action = 'note.add'")
  const there = new Set(answered.map(({ key }) => key))
  expect([...acknowledged].filter((key) => !there.has(key))).toEqual([])
  await expectOnce(there.size)
  for (const call of calls) {
    const { repeated } = await node.run(call)
    expect(repeated, String(call.idempotencyKey)).toBe(there.has(String(call.idempotencyKey)))
    acknowledged.add(String(call.idempotencyKey))
  }
  await expectOnce(calls.length)
})

async function callUntilItFails(most: number): Promise<void> {
  for (let n = 0; n < most; n++) {
    const call: Call = {
      caller: callerOf(chain, 'anna'),
      action: 'note.add',
      input: { caseId: of(chain, 'case').id, content: { text: `Note ${calls.length}` }, basis: 'fact' },
      idempotencyKey: `note ${calls.length}`,
    }
    calls.push(call)
    try {
      await node.run(call)
    } catch {
      lost++
      return
    }
    acknowledged.add(String(call.idempotencyKey))
  }
}

/** As many notes as calls, as many entries as notes, and nothing that the journal does not know of. */
async function expectOnce(times: number): Promise<void> {
  const [found] = await node.database.query<{ notes: string; entries: string }>(
    `SELECT (SELECT count(*) FROM record WHERE kind = 'note') AS notes,
            (SELECT count(*) FROM journal_entry WHERE event = 'note.add') AS entries`,
  )
  expect(found).toEqual({ notes: String(times), entries: String(times) })
  await node.checkWhole()
}

function postmaster(): number {
  return Number(readFileSync(join(node.home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
}
