/** A node that follows a chain: watches of cases, alarms and tasks in them, on a real PostgreSQL and a chain that changes. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { caseworkActions, ports } from '../casework/index.ts'
import { alarmId } from '../tracing/watch/index.ts'
import { openWatchStore } from '../tracing/watch/store/index.ts'
import { startMadeNode } from '../tracing/watch/testing/made-node.ts'
import { addressOf, chance, extend, type MadeBlock, ROOT, regtest } from '../tracing/watch/testing/synthetic-chain.ts'
import { addressGate } from './ports.ts'
import { openShredder } from './shredder.ts'
import { caseworkNode } from './testing/casework-node.ts'
import { openWatchSealer } from './watch-sealer.ts'
import { openWatching, type Watching } from './watching.ts'

type Page<T> = { items: { id: string; version: number; author: string; content: T }[] }
type Alarm = {
  watch: string
  place: string
  direction: string
  address: string
  height: number
  block: string
  state: string
}
type Task = { what: string; assignee: string | null; done: string | null; about: string }

const node = await caseworkNode(caseworkActions)
;(node.ports as Map<string, unknown>).set(ports.addresses, addressGate)

const random = chance(7)
const grow = (parent: MadeBlock) => extend(parent, [], { owners: 1, payments: 0, random }).block
const one = grow(ROOT)
const two = grow(one)
// A branch of its own from `one`, longer.
const twoAgain = grow(one)
const three = grow(twoAgain)
const four = grow(three)
const five = grow(four)
const six = grow(five)
const seven = grow(six)
const server = await startMadeNode([one, two, twoAgain, three, four, five, six, seven])
server.become(one)

const failures: string[] = []
const cases: string[] = []
const watched: string[] = []
const open = (database = node.database) =>
  openWatching({
    home: node.folder,
    chains: [{ chain: 'bitcoin-regtest', format: 'core-rpc', url: server.url, interval: 20 }],
    database,
    keys: node.keys,
    door: node.door,
    ledger: null,
    told: () => {},
    failed: (what, fault) => failures.push(`${what}: ${fault}`),
  })
let watching: Watching | null = null
afterAll(async () => {
  await watching?.stop()
  await server.close()
})

const alarmsOf = async (caseId: string) => (await node.did<Page<Alarm>>('anna', 'alarm.list', { caseId })).items
const tasksOf = async (caseId: string) => (await node.did<Page<Task>>('anna', 'task.list', { caseId })).items
const until = async <T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> => {
  for (const end = Date.now() + 15_000; ; await sleep(20)) {
    const seen = await look()
    if (holds(seen)) return seen
    if (Date.now() > end) throw new Error(`never came to be: ${JSON.stringify(seen)} ${failures.join('; ')}`)
  }
}

test('what is watched in a case gives one alarm and one task, which follow the chain', async () => {
  const opening = { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'] }
  const { id: caseId } = await node.did('anna', 'case.open', opening)
  cases.push(caseId)
  const content = { chain: regtest.caip2, addresses: [addressOf(0)], outputs: [], until: null, ended: null }
  const added = await node.did('anna', 'watch.add', { caseId, content, basis: 'fact' })
  watched.push(added.id)
  expect(await node.codeOf('bert', 'watch.list', { caseId })).toBe('NOT_PERMITTED')
  const empty = { ...content, addresses: [] }
  expect(await node.codeOf('anna', 'watch.add', { caseId, content: empty, basis: 'fact' })).toBe('WATCH_NOTHING')

  watching = open()
  // It begins at the tip that is there; what comes is what counts.
  await until(
    async () => server.asked(),
    (asked) => asked > 3,
  )
  const arrived = Date.now()
  server.become(two)
  const [alarm] = await until(
    () => alarmsOf(caseId),
    ({ length }) => length === 1,
  )
  const seconds = (Date.now() - arrived) / 1000
  process.stdout.write(`watch: ${seconds.toFixed(2)} s from the block to the alarm in its case\n`)
  expect(alarm).toMatchObject({
    author: 'node',
    content: {
      watch: added.id,
      place: 'out:0',
      direction: 'in',
      address: addressOf(0),
      height: two.height,
      block: two.hash,
      state: 'standing',
    },
  })
  const [task] = await tasksOf(caseId)
  expect(task).toMatchObject({ author: 'node', content: { assignee: node.idOf.anna, done: null } })

  // Another branch: the coinbase of the block that was left is in no block of the chain.
  server.become(three)
  const after = await until(
    () => alarmsOf(caseId),
    ({ length }) => length === 3,
  )
  expect(after.map(({ content }) => [content.height, content.block, content.state])).toEqual(
    expect.arrayContaining([
      [two.height, two.hash, 'withdrawn'],
      [twoAgain.height, twoAgain.hash, 'standing'],
      [three.height, three.hash, 'standing'],
    ]),
  )
  const withdrawn = (await tasksOf(caseId)).find(({ id }) => id === task?.id)
  expect(withdrawn?.content.done).not.toBeNull()
  expect(withdrawn?.content.about).toContain('Withdrawn')
})

test('a node that was away finds what moved meanwhile, and repeats nothing', async () => {
  const opening = { title: 'Another', kind: 'local', purposes: ['criminal-proceedings'] }
  const { id: caseId } = await node.did('anna', 'case.open', opening)
  cases.push(caseId)
  const content = { chain: regtest.caip2, addresses: [addressOf(0)], outputs: [], until: null, ended: null }
  const { id, version } = await node.did('anna', 'watch.add', { caseId, content, basis: 'fact' })
  watched.push(id)
  await watching?.stop()
  server.become(four)
  watching = open()
  await until(
    () => alarmsOf(caseId),
    ({ length }) => length === 1,
  )
  await watching.stop()
  // As after a crash between writing a notice and remembering that it was written.
  const store = openWatchStore(join(node.folder, 'watch', 'watch.sqlite'), openWatchSealer(node.keys))
  store.setReadTo('cases', 0)
  store.close()
  const before = await alarmsOf(caseId)
  watching = open()
  await sleep(500)
  expect(await alarmsOf(caseId)).toEqual(before)

  await node.did('anna', 'watch.remove', { id, seen: version })
  await sleep(300)
  server.become(five)
  await sleep(500)
  expect(await alarmsOf(caseId)).toEqual(before)
  expect(failures).toEqual([])
})

test('a watch counts from its answer on, also where nobody rings for it', async () => {
  await watching?.stop()
  server.become(five)
  watching = open({ ...node.database, listen: async () => async () => {} })
  const asked = server.asked()
  await until(
    async () => server.asked(),
    (now) => now > asked + 3,
  )
  const opening = { title: 'A third', kind: 'local', purposes: ['criminal-proceedings'] }
  const { id: caseId } = await node.did('anna', 'case.open', opening)
  cases.push(caseId)
  const content = { chain: regtest.caip2, addresses: [addressOf(0)], outputs: [], until: null, ended: null }
  const { id, version } = await node.did('anna', 'watch.add', { caseId, content, basis: 'fact' })
  watched.push(id)
  server.become(six)
  await until(
    () => alarmsOf(caseId),
    ({ length }) => length === 1,
  )
  await node.did('anna', 'watch.remove', { id, seen: version })
  server.become(seven)
  await sleep(500)
  expect(await alarmsOf(caseId)).toHaveLength(1)
  expect(failures).toEqual([])
})

test('of an erased case no byte of its watches stays', async () => {
  await watching?.stop()
  const file = () =>
    ['watch.sqlite', 'watch.sqlite-wal']
      .map((name) => join(node.folder, 'watch', name))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'latin1'))
      .join('')
  // Of a case that is there, nothing can be read without its key; and who tries all transactions finds no id of an alarm.
  expect(file()).not.toContain(addressOf(0))
  for (const { height, transactions } of [two, twoAgain, three, four])
    for (const { txid } of transactions)
      for (const text of [txid, ...watched.map((id) => alarmId(regtest.caip2, txid, 'out:0', id))])
        expect(file().includes(text), `${text} of block ${height}`).toBe(false)
  expect(watched.every((id) => file().includes(id))).toBe(true)
  await node.database.transaction(async (sql) => {
    for (const caseId of cases) await openShredder(node.keys)(sql).destroy(caseId)
  })
  watching = open()
  await until(
    async () => file(),
    (bytes) => watched.every((id) => !bytes.includes(id)),
  )
  expect(failures).toEqual([])
})
