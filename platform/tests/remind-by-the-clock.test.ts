/** A whole node: what fell due while it stood still is told when it starts, by its job, and once. */
import { expect, it } from 'vitest'
import { orStop } from '../src/kernel/index.ts'
import { initNode } from '../src/node/init.ts'
import { openLogger } from '../src/node/logger.ts'
import { type RunningNode, startNode } from '../src/node/start.ts'
import { nodeConfig, nodeHome } from './node-config.ts'

const home = nodeHome()
const HOUR = 3_600_000

it('reminds at its start of what fell due meanwhile, by the thresholds of its settings', async () => {
  const config = nodeConfig({ reminders: { ordinary: ['30m'], urgent: ['5m'] } })
  const { personId } = await initNode(home, config, 'Ada', {})
  const logged: string[] = []
  const log = openLogger('debug', { write: (line: string) => void logged.push(line) })
  let node = await startNode(home, {}, { log })
  const admin = { personId, signedInBy: 'device-bound' as const, provenAt: Date.now(), purpose: 'administrative' }
  const call = async <T>(caller: object, action: string, input: object) =>
    orStop(await node.door.run({ caller: caller as never, action, input })).result as T
  const invited = await call<{ personId: string }>({ ...admin, scopes: null }, 'person.invite', {
    name: 'Anna',
    role: 'investigator',
  })
  const anna = { ...admin, personId: invited.personId, purpose: 'criminal-proceedings', scopes: null }
  const opening = { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'] }
  const { id: caseId } = await call<{ id: string }>(anna, 'case.open', opening)
  const due = new Date(Date.now() + HOUR).toISOString()
  const content = { what: 'Call them', assignee: null, due, done: null }
  const { id } = await call<{ id: string }>(anna, 'task.add', { caseId, content, basis: 'fact' })
  await jobDone(logged, 'remind')
  expect(await reminders(node)).toEqual([])
  await node.stop()

  logged.length = 0
  node = await startNode(home, {}, { log, clock: () => Date.now() + 40 * 60_000 })
  await jobDone(logged, 'remind')
  expect(await reminders(node)).toEqual(['reminder.due'])
  type Due = { items: { id: string; reminder: { threshold: string } | null }[] }
  const { items } = await call<Due>(anna, 'reminder.list', {})
  expect(items).toMatchObject([{ id, reminder: { threshold: '30m' } }])
  await node.stop()

  logged.length = 0
  node = await startNode(home, {}, { log, clock: () => Date.now() + 45 * 60_000 })
  await jobDone(logged, 'remind')
  expect(await reminders(node)).toEqual(['reminder.due'])
  await node.stop()
})

async function reminders(node: RunningNode): Promise<readonly string[]> {
  const rows = await node.stores.database.query<{ event: string }>(
    "SELECT event FROM journal_entry WHERE event LIKE 'reminder.%' AND event <> 'reminder.list' ORDER BY seq",
  )
  return rows.map(({ event }) => event)
}

/** The node says in its log, at the level of debug, what a job has done. */
async function jobDone(logged: readonly string[], job: string): Promise<void> {
  const until = Date.now() + 60_000
  while (!logged.some((line) => line.includes(`"job":"${job}"`) && line.includes('a job is done'))) {
    if (Date.now() > until) throw new Error(`the job ${job} was not done within a minute: ${logged.slice(-3).join('')}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
