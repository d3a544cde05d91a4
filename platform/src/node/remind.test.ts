/** The clock that reminds, on a real PostgreSQL, with a clock that the test moves and processes that run at once. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { caseworkActions } from '../casework/index.ts'
import { amber } from '../kernel/index.ts'
import { hear } from './case-events.ts'
import { remind } from './remind.ts'
import { caseworkNode, DAY, HOUR, MINUTE, type Name } from './testing/casework-node.ts'

const node = await caseworkNode(caseworkActions)
const running = new AbortController().signal
const failures: string[] = []
const sweep = () => remind(node.door, node.reminders, running, (item, fault) => failures.push(`${item}: ${fault}`))

// What an earlier test has left behind has passed long ago, and says nothing more.
beforeEach(async () => {
  node.clock.now += 90 * DAY
  await sweep()
})

type Due = {
  kind: string
  id: string
  matter: string
  rule: string | null
  article: string | null
  binding: boolean
  due: string | null
  at: string
  secondsLeft: number
  reminder: { id: string; version: number; threshold: string; mine: boolean } | null
}
const dueOf = async (name: Name, input: object = {}) =>
  (await node.did<{ items: Due[]; more: boolean }>(name, 'reminder.list', input)).items
const ofId = (items: readonly Due[], id: string) => items.filter((one) => one.id === id)
const at = (ms: number) => new Date(ms).toISOString()

async function newCase(): Promise<string> {
  const opening = { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'] }
  const { id: caseId } = await node.did('anna', 'case.open', opening)
  for (const [index, name] of (['carla', 'dora', 'emil'] as const).entries())
    await node.did('anna', 'case.member.add', { caseId, seen: index + 1, personId: node.idOf[name] })
  return caseId
}

const contentOf = (more: object = {}) => ({
  instrument: 'eu-2018-1805',
  requestType: 'freeze',
  measure: 'FREEZE_SPECIFIC',
  data: { 'issuer.name': 'Court' },
  languages: { original: 'en', theirs: ['fr'] },
  recipients: [{ authority: 'Tribunal', country: 'FR', role: 'to' }],
  clock: { country: 'FR', zone: 'Europe/Paris' },
  urgency: { code: 'IMMINENT_DISSIPATION', ground: 'Coins move.' },
  facts: 'What happened.',
  assets: [],
  trace: null,
  useConditions: [],
  ...more,
})

async function released(caseId: string, more: object = {}): Promise<string> {
  const draft = await node.did('anna', 'request.draft', { caseId, content: contentOf(more) })
  const { id, digest } = await node.did('anna', 'request.submit', { id: draft.id, seen: 1 })
  await node.approve('dora', id, 2)
  await node.approve('emil', id, 3)
  await node.did('carla', 'request.release', { id, seen: 4, digest })
  return id
}

/** Received at once by those who are competent; the version is then 6. */
async function acknowledged(caseId: string, more: object = {}): Promise<{ id: string; begun: number }> {
  const id = await released(caseId, more)
  node.clock.now += 1000
  const begun = node.clock.now
  await node.did('anna', 'request.acknowledged', { id, seen: 5, receivedByCompetentAt: at(begun) })
  return { id, begun }
}

const task = (caseId: string, due: number, more: object = {}) =>
  node.did('anna', 'task.add', {
    caseId,
    content: { what: 'Call them', assignee: null, due: at(due), done: null },
    basis: 'fact',
    ...more,
  })

describe('a deadline of a request', () => {
  test('reminds at each threshold once, says what it is, and ends when the request has', async () => {
    const { id, begun } = await acknowledged(await newCase())
    expect(ofId(await dueOf('anna'), id)).toMatchObject([
      { matter: 'request-deadline', rule: 'decide-48h', article: '9(3)', binding: true, due: at(begun + 48 * HOUR) },
    ])
    expect(await sweep()).toMatchObject({ due: 0, failed: 0 })
    const told: string[] = []
    for (const hours of [24, 25, 36, 44, 47, 47.8, 48, 60]) {
      node.clock.now = begun + hours * HOUR
      const { due } = await sweep()
      expect(await sweep()).toMatchObject({ due: 0, replaced: 0, settled: 0, left: 0 })
      const [one] = ofId(await dueOf('anna'), id)
      told.push(`${hours}: ${due} ${one?.reminder?.threshold}`)
    }
    expect(told).toEqual([
      '24: 1 50%',
      '25: 0 50%',
      '36: 1 12h',
      '44: 1 4h',
      '47: 1 1h',
      '47.8: 1 15m',
      '48: 1 passed',
      '60: 0 passed',
    ])
    expect(ofId(await dueOf('anna'), id)[0]?.secondsLeft).toBeLessThan(-11 * 3600)
    await node.did('anna', 'request.executed', { id, seen: 6, reason: 'done', secured: [] })
    expect(ofId(await dueOf('anna'), id)).toEqual([])
    expect(await sweep()).toMatchObject({ due: 0, settled: 1 })
    expect(await sweep()).toMatchObject({ settled: 0 })
  })

  test('that stands still moves, and its old reminder gives way to the new date', async () => {
    const { id, begun } = await acknowledged(await newCase())
    node.clock.now = begun + 47 * HOUR
    await sweep()
    expect(ofId(await dueOf('anna'), id)[0]?.reminder?.threshold).toBe('1h')
    const period = { ruleId: 'decide-48h', extendedAt: null, reason: 'They wrote.' }
    const suspended = [{ from: at(begun + HOUR), to: at(begun + 25 * HOUR) }]
    const { ruleId } = period
    // What would follow is told before it is recorded, and telling it records nothing.
    expect(await node.did('anna', 'request.period.read', { id, ruleId })).toMatchObject({
      ...{ due: at(begun + 48 * HOUR), extension: null, suspension: { article: '9(5)', moves: true } },
    })
    expect(await node.did('anna', 'request.period.read', { id, ruleId, suspended })).toMatchObject({
      due: at(begun + 72 * HOUR),
    })
    expect(await node.codeOf('anna', 'request.period.read', { id, ruleId, extendedAt: at(begun) })).toBe(
      'DEADLINE_EXTENSION',
    )
    expect(ofId(await dueOf('anna'), id)).toMatchObject([{ due: at(begun + 48 * HOUR) }])
    await node.did('anna', 'request.period.change', { id, seen: 6, ...period, suspended })
    const [moved] = ofId(await dueOf('anna'), id)
    expect(moved).toMatchObject({ due: at(begun + 72 * HOUR), reminder: null })
    expect(await sweep()).toMatchObject({ due: 1, replaced: 1 })
    expect(ofId(await dueOf('anna'), id)[0]?.reminder?.threshold).toBe('50%')
    node.clock.now = begun + 71 * HOUR
    await sweep()
    const [again] = ofId(await dueOf('anna'), id)
    expect(again?.reminder).toMatchObject({ threshold: '1h', mine: false })
    // The same reminder as before, in a further version: both dates stand in its history.
    expect(again?.reminder?.version).toBe(3)
    expect(
      await node.codeOf('anna', 'request.period.change', {
        ...{ id, seen: 7, ...period, suspended: [] },
        extendedAt: at(begun),
      }),
    ).toBe('DEADLINE_EXTENSION')
    expect(
      await node.codeOf('anna', 'request.period.change', { id, seen: 7, ...period, ruleId: 'other', suspended: [] }),
    ).toBe('PERIOD_UNKNOWN')
  })

  test('that no verified rule gives reminds, and is shown as nothing more', async () => {
    const { id, begun } = await acknowledged(await newCase(), { urgency: null })
    expect(ofId(await dueOf('anna'), id)).toMatchObject([
      { rule: 'decide-45d', binding: false, due: null, at: at(begun + 22 * DAY), reminder: null },
    ])
    node.clock.now = begun + 22 * DAY
    await sweep()
    expect(ofId(await dueOf('anna'), id)[0]).toMatchObject({ due: null, reminder: { threshold: 'noted-1' } })
  })
})

describe('other dates', () => {
  test('tasks, decisions, measures and approvals that run out', async () => {
    const caseId = await newCase()
    const now = node.clock.now
    const { id: taskId } = await task(caseId, now + 2 * HOUR)
    const decision = { what: 'Freeze', authority: 'Court', on: '2026-11-20', final: at(now + 10 * DAY).slice(0, 10) }
    const { id: decisionId } = await node.did('anna', 'decision.add', { caseId, content: decision, basis: 'fact' })
    const order = { measure: 'PRESERVE', authority: 'Court', on: '2026-11-20', liftedAt: null, assets: [] }
    const { id: orderId } = await node.did('anna', 'order.add', {
      caseId,
      content: { ...order, until: at(now + 5 * DAY) },
      basis: 'fact',
    })
    const draft = await node.did('anna', 'request.draft', { caseId, content: contentOf() })
    await node.did('anna', 'request.submit', { id: draft.id, seen: 1 })
    await node.approve('dora', draft.id, 2)
    const items = (await dueOf('anna')).filter(({ id }) => [taskId, decisionId, orderId, draft.id].includes(id))
    expect(items.map(({ matter }) => matter)).toEqual(['task-due', 'approval-expiry', 'measure-end', 'decision-final'])
    expect(items.every(({ binding }) => !binding)).toBe(true)
    node.clock.now = now + HOUR + 5000
    await sweep()
    expect(ofId(await dueOf('anna'), taskId)[0]?.reminder?.threshold).toBe('1h')
    node.clock.now = now + DAY - 30 * MINUTE
    await sweep()
    expect(ofId(await dueOf('anna'), draft.id)[0]?.reminder?.threshold).toBe('1h')
    await node.did('anna', 'task.update', {
      id: taskId,
      seen: 1,
      content: { what: 'Call them', assignee: null, due: at(now + 2 * HOUR), done: at(node.clock.now) },
      basis: 'fact',
    })
    expect(ofId(await dueOf('anna'), taskId)).toEqual([])
    expect(await sweep()).toMatchObject({ settled: 1 })
  })

  test('taking note is kept, once for each person, and leaves the date as it is', async () => {
    const caseId = await newCase()
    const { id } = await task(caseId, node.clock.now + HOUR)
    node.clock.now += 45 * MINUTE
    await sweep()
    const [before] = ofId(await dueOf('anna', { open: true }), id)
    const { id: reminder, version } = before?.reminder ?? { id: '', version: 0 }
    const note = { kind: 'task', id, reminder, seen: version }
    expect(await node.codeOf('bert', 'reminder.acknowledge', note)).toBe('NOT_PERMITTED')
    expect(await node.codeOf('anna', 'reminder.acknowledge', note)).toBe('done')
    expect(await node.codeOf('anna', 'reminder.acknowledge', { ...note, seen: version + 1 })).toBe('REMINDER_STATE')
    expect(ofId(await dueOf('anna', { open: true }), id)).toEqual([])
    expect(ofId(await dueOf('anna'), id)[0]?.reminder?.mine).toBe(true)
    expect(ofId(await dueOf('carla', { open: true }), id)).toHaveLength(1)
    expect(await sweep()).toMatchObject({ due: 0, replaced: 0 })
    const { id: other } = await task(caseId, node.clock.now + HOUR)
    expect(await node.codeOf('carla', 'reminder.acknowledge', { ...note, id: other })).toBe('REMINDER_UNKNOWN')
  })
})

describe('who is told', () => {
  test('nobody of an item that is not for them, neither in the list nor in the live events', async () => {
    const caseId = await newCase()
    const red = { ...amber, tlp: 'red', audience: [node.idOf.anna] }
    const { id } = await task(caseId, node.clock.now + HOUR, { marking: red })
    const { id: open } = await task(caseId, node.clock.now + HOUR)
    node.clock.now += 50 * MINUTE
    expect(await sweep()).toMatchObject({ due: 2 })
    // The sequencer gives the entries their places; what is heard is heard in their order.
    await node.database.query(
      'UPDATE journal_entry SET log_index = place.n FROM (SELECT id, row_number() OVER (ORDER BY seq) - 1 AS n FROM journal_entry) place WHERE place.id = journal_entry.id',
    )
    const heard = async (name: Name) => {
      const all: string[] = []
      for (let after = -1; ; ) {
        const { events, last, more } = await hear(node.database, node.keys, node.door, node.caller(name), after)
        all.push(...events.filter(({ event }) => event === 'reminder.due').map((event) => event.id))
        if (!more) return all
        after = last
      }
    }
    expect(await heard('anna')).toEqual(expect.arrayContaining([id, open]))
    expect(await heard('carla')).toContain(open)
    expect(await heard('carla')).not.toContain(id)
    expect(await heard('bert')).toEqual([])
    expect(ofId(await dueOf('carla'), id)).toEqual([])
    expect(ofId(await dueOf('anna'), id)).toHaveLength(1)
  })

  test('nobody of a case that is closed', async () => {
    const caseId = await newCase()
    const { id } = await task(caseId, node.clock.now + HOUR)
    node.clock.now += 50 * MINUTE
    expect(await sweep()).toMatchObject({ due: 1 })
    await node.did('anna', 'case.close', { caseId, seen: 4, reason: 'done' })
    expect(ofId(await dueOf('anna'), id)).toEqual([])
    expect(await sweep()).toMatchObject({ due: 0, settled: 1 })
  })
})

test('two processes at once write each reminder once', async () => {
  const caseId = await newCase()
  const ids: string[] = []
  for (let n = 0; n < 40; n++) ids.push((await task(caseId, node.clock.now + HOUR)).id)
  const now = node.clock.now + 50 * MINUTE
  const child = fileURLToPath(new URL('testing/remind-child.ts', import.meta.url))
  const policies = fileURLToPath(new URL('../../../policies', import.meta.url))
  const args = [join(node.folder, 'keys'), JSON.stringify(node.database.config), policies, String(now)]
  const answers = await Promise.all(
    [1, 2, 3].map(() => {
      const process_ = fork(child, args, { execArgv: [] })
      return new Promise<{ done: Record<string, number>; failures: string[] }>((resolve, reject) => {
        process_.on('message', (message) =>
          message === 'ready' ? started(() => process_.send('go')) : resolve(message as never),
        )
        process_.on('exit', (code) => reject(new Error(`ended with ${code} before it answered`)))
      })
    }),
  )
  expect(answers.flatMap((one) => one.failures)).toEqual([])
  expect(answers.reduce((sum, one) => sum + (one.done.due ?? 0), 0)).toBe(40)
  node.clock.now = now
  const listed = (await dueOf('anna', { limit: 200 })).filter(({ id }) => ids.includes(id))
  expect(listed.map(({ reminder }) => reminder?.version)).toEqual(ids.map(() => 1))
  expect(await sweep()).toMatchObject({ due: 0, replaced: 0 })
})

/** All of them go when the last is ready. */
const waiting: (() => void)[] = []
function started(go: () => void): void {
  waiting.push(go)
  if (waiting.length === 3) for (const one of waiting.splice(0)) one()
}

test('more than one page of items is looked at, and the list says that there is more', async () => {
  const caseId = await newCase()
  const before = (await sweep()).looked ?? 0
  for (let n = 0; n < 205; n++) await task(caseId, node.clock.now + HOUR)
  node.clock.now += 58 * MINUTE
  expect(await sweep()).toMatchObject({ looked: before + 205, due: 205, left: 0, failed: 0 })
  expect(await sweep()).toMatchObject({ looked: before + 205, due: 0, replaced: 0 })
  const { more } = await node.did<{ more: boolean }>('anna', 'reminder.list', { limit: 200 })
  expect(more).toBe(true)
})

test('a record that does not open is told of, and keeps none of the others waiting', async () => {
  const caseId = await newCase()
  const ids: string[] = []
  for (let n = 0; n < 3; n++) ids.push((await task(caseId, node.clock.now + HOUR)).id)
  const [broken, ...whole] = ids.sort()
  await node.database.query('ALTER TABLE record DISABLE TRIGGER USER')
  await node.database.query("UPDATE record SET sealed = sealed || '\\x00' WHERE kind = 'task' AND id = $1", [broken])
  await node.database.query('ALTER TABLE record ENABLE TRIGGER USER')
  node.clock.now += 50 * MINUTE
  failures.splice(0)
  expect(await sweep()).toMatchObject({ due: 2, failed: 1 })
  expect(failures).toHaveLength(1)
  expect(failures[0]).toContain(`task/${broken}`)
  expect(whole).toHaveLength(2)
})
