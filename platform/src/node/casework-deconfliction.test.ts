/** Deconfliction inside a node: what each side is told, through the real door on PostgreSQL. */
import { describe, expect, test } from 'vitest'
import { caseworkActions } from '../casework/index.ts'
import { unseal } from '../kernel/crypto/index.ts'
import { orStop } from '../kernel/index.ts'
import { entryPurpose } from './store/journal-append.ts'
import { caseworkNode, type Name } from './testing/casework-node.ts'

const node = await caseworkNode(caseworkActions)

const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
let serial = 0
const freshAddress = () => `addr${(serial++).toString(36)}q`
const openCase = async (by: Name, more: object = {}) =>
  (
    await node.did(by, 'case.open', {
      title: `Secret title of ${by}`,
      kind: 'local',
      purposes: ['criminal-proceedings'],
      ...more,
    })
  ).id
const draft = (by: Name, caseId: string, address: string, more: object = {}, purpose = 'criminal-proceedings') =>
  node.did(
    by,
    'request.draft',
    {
      caseId,
      content: {
        instrument: 'eu-2018-1805',
        requestType: 'freeze',
        measure: 'FREEZE_SPECIFIC',
        data: { 'issuer.name': 'Court' },
        languages: { original: 'en', theirs: [] },
        recipients: [{ authority: 'Tribunal', country: 'FR', role: 'to' }],
        clock: { country: 'FR', zone: 'Europe/Paris' },
        urgency: null,
        facts: `Secret facts of ${by}`,
        assets: [{ chain: CHAIN, address, asset: null, amount: '5', value: null }],
        trace: null,
        useConditions: [],
      },
      ...more,
    },
    { purpose },
  )
type Tasks = { items: { author: string; content: { what: string; assignee: string | null } }[] }
const tasksOf = async (by: Name, caseId: string, purpose = 'criminal-proceedings') =>
  (await node.did<Tasks>(by, 'task.list', { caseId }, { purpose })).items
const codesOf = ({ findings }: Awaited<ReturnType<typeof draft>>) => findings.map(({ code }) => code)

describe('two units after one asset', () => {
  test('learn that there is somebody, and nothing else: no id, no title, no count, however many they are', async () => {
    const address = freshAddress()
    const hidden: string[] = []
    for (let n = 0; n < 3; n++) {
      const caseId = await openCase('bert')
      hidden.push(caseId, (await draft('bert', caseId, address)).id)
    }
    const mine = await openCase('anna')
    const found = await draft('anna', mine, address.toUpperCase())
    expect(found.findings).toEqual([expect.objectContaining({ code: 'DECONFLICT_INTEREST', with: [] })])
    const request = found.id
    const told = JSON.stringify([
      found,
      await node.did('anna', 'request.check', { id: request }),
      await node.did('anna', 'request.read', { id: request }),
      await node.did('anna', 'request.history', { id: request }),
      await node.did('anna', 'request.list', { caseId: mine }),
      await node.did('anna', 'deconfliction.check', { kind: 'request', id: request }),
      await node.did('anna', 'task.list', { caseId: mine }),
      await node.did('anna', 'case.list', {}),
    ])
    for (const secret of [...hidden, node.idOf.bert, 'bert', 'Bert']) expect(told).not.toContain(secret)
    // Nor does the journal of the case name them: what was read to answer is an entry of the node.
    const entries = await node.database.query<{ case_id: string | null; event: string }>(
      "SELECT case_id, event FROM journal_entry WHERE event IN ('request.check', 'deconfliction.check')",
    )
    expect(entries.map(({ case_id }) => case_id)).toEqual([null, null])
    // What was written for the others is named in an entry of the node, not in one of the case.
    const entriesOfNode = await node.database.query<{ n: string }>(
      "SELECT count(*) AS n FROM journal_entry WHERE event = 'deconfliction.tell' AND case_id IS NULL",
    )
    expect(Number(entriesOfNode[0]?.n)).toBeGreaterThan(0)
    const key = node.keys.caseKey(mine) as Uint8Array
    const rows = await node.database.query<{ id: string; sealed: Uint8Array }>(
      'SELECT id, sealed FROM journal_entry WHERE case_id = $1',
      [mine],
    )
    const journal = rows.map(({ id, sealed }) =>
      new TextDecoder().decode(orStop(unseal(key, sealed, entryPurpose(id)))),
    )
    expect(journal.join()).toContain(request)
    const tasks = await node.database.query<{ id: string }>(
      "SELECT id FROM record WHERE kind = 'task' AND case_id <> $1",
      [mine],
    )
    expect(tasks.length).toBeGreaterThan(0)
    for (const secret of [...hidden, ...tasks.map(({ id }) => id)]) expect(journal.join()).not.toContain(secret)
    // One other or three: the same words.
    const single = freshAddress()
    await draft('bert', hidden[0] as string, single)
    const one = await draft('anna', mine, single)
    expect(JSON.stringify(one.findings).replaceAll(single, address)).toBe(JSON.stringify(found.findings))
  })

  test('both leads get one task each, which names neither side, and no second one', async () => {
    const address = freshAddress()
    const theirs = await openCase('bert')
    await draft('bert', theirs, address)
    const mine = await openCase('anna')
    const { id } = await draft('anna', mine, address)
    for (const [name, caseId, others] of [
      ['anna', mine, [theirs, node.idOf.bert]],
      ['bert', theirs, [mine, id, node.idOf.anna]],
    ] as const) {
      const tasks = await tasksOf(name, caseId)
      expect(tasks).toMatchObject([{ author: 'node', content: { assignee: node.idOf[name] } }])
      for (const other of others) expect(JSON.stringify(tasks)).not.toContain(other)
    }
    await draft('anna', mine, address)
    await draft('bert', theirs, address)
    expect(await tasksOf('anna', mine)).toHaveLength(1)
    expect(await tasksOf('bert', theirs)).toHaveLength(1)
  })

  test('who may see the other is led to it', async () => {
    const address = freshAddress()
    const [one, two] = [await openCase('anna'), await openCase('anna')]
    const first = await draft('anna', one, address)
    const second = await draft('anna', two, address)
    expect(second.findings).toEqual([
      expect.objectContaining({ code: 'DECONFLICT_SAME_ASSET', with: [{ kind: 'request', id: first.id }] }),
      expect.objectContaining({ code: 'DECONFLICT_TWO_FREEZES', with: [{ kind: 'request', id: first.id }] }),
    ])
    expect(await tasksOf('anna', one)).toEqual([])
  })

  test('orders count as requests do, until they are lifted', async () => {
    const address = freshAddress()
    const [one, two] = [await openCase('anna'), await openCase('anna')]
    const content = (liftedAt: string | null) => ({
      measure: 'RETURN',
      authority: 'Court',
      on: '2026-11-01',
      until: null,
      liftedAt,
      assets: [{ chain: CHAIN, address, asset: null, amount: '5', value: null }],
    })
    const order = await node.did('anna', 'order.add', { caseId: one, content: content(null), basis: 'fact' })
    const request = await draft('anna', two, address)
    expect(codesOf(request)).toEqual(['DECONFLICT_SAME_ASSET', 'DECONFLICT_OPPOSED'])
    const lifted = { id: order.id, seen: 1, content: content('2026-11-02T00:00:00Z'), basis: 'fact' }
    await node.did('anna', 'order.update', lifted)
    expect(await node.did('anna', 'request.check', { id: request.id })).toMatchObject({ findings: [] })
  })

  test('what was withdrawn is no interest', async () => {
    const address = freshAddress()
    const { id } = await draft('bert', await openCase('bert'), address)
    await node.did('bert', 'request.withdraw', { id, seen: 1, reason: 'x' })
    expect(codesOf(await draft('anna', await openCase('anna'), address))).toEqual([])
  })
})

describe('nobody is told', () => {
  test('of a sealed case; and it asks without being told of', async () => {
    const address = freshAddress()
    const theirs = await openCase('bert')
    const sealing = { caseId: theirs, seen: 1, sealedFor: [node.idOf.bert], order: 'Court, 1 Hv 1/26' }
    await node.did('bert', 'case.seal', sealing)
    await draft('bert', theirs, address)
    const mine = await openCase('anna')
    expect(codesOf(await draft('anna', mine, address))).toEqual([])
    // The sealed side learns that there is somebody; the other side gets no task for it.
    expect(codesOf(await draft('bert', theirs, address))).toContain('DECONFLICT_INTEREST')
    expect(await tasksOf('anna', mine)).toEqual([])
    expect(await tasksOf('bert', theirs)).toEqual([])
  })

  test('of a request that is red or need-to-know', async () => {
    const marking = { audience: [node.idOf.bert], protectedPerson: false, onwardUse: false }
    for (const more of [
      { tlp: 'red', needToKnow: false },
      { tlp: 'amber', needToKnow: true },
    ]) {
      const address = freshAddress()
      await draft('bert', await openCase('bert'), address, { marking: { ...marking, ...more } })
      expect(codesOf(await draft('anna', await openCase('anna'), address))).toEqual([])
    }
  })

  test('in an exercise of real work, nor in real work of an exercise', async () => {
    const address = freshAddress()
    const exercise = await openCase('tina', { purposes: ['exercise'], training: true })
    const trained = await draft('tina', exercise, address, {}, 'exercise')
    expect(codesOf(trained)).toEqual([])
    const real = await openCase('anna')
    expect(codesOf(await draft('anna', real, address))).toEqual([])
    expect(codesOf(await draft('tina', exercise, address, {}, 'exercise'))).toEqual([
      'DECONFLICT_SAME_ASSET',
      'DECONFLICT_DUPLICATE',
    ])
    expect(await tasksOf('tina', exercise, 'exercise')).toEqual([])
    expect(await tasksOf('anna', real)).toEqual([])
  })
})

test('somebody without a case gets from every act the answer that they get about what does not exist', async () => {
  const caseId = await openCase('bert')
  const { id } = await draft('bert', caseId, freshAddress())
  const nothing = '00000000-0000-7000-8000-00000000dead'
  const answerTo = async (name: string, given: object) => {
    const answer = await node.run('anna', name, given)
    return answer.ok ? JSON.stringify(answer.value) : answer.refusal.code
  }
  const reading: string[] = []
  for (const { name, kind, input } of caseworkActions) {
    const needs = Object.keys((input as { properties?: object }).properties ?? {})
    const of = (about: object) => Object.fromEntries(Object.entries(about).filter(([field]) => needs.includes(field)))
    const about = { seen: 1, kind: 'request', ruleId: 'FRZ-REPORT' }
    const real = await answerTo(name, of({ ...about, caseId, id }))
    expect(real, name).toBe(await answerTo(name, of({ ...about, caseId: nothing, id: nothing })))
    expect(real, name).not.toMatch(new RegExp(`${caseId}|${id}|Secret title of bert`))
    if (kind === 'read' && real !== 'INPUT_INVALID') reading.push(name)
  }
  // What reads needs no more than this: each of them was really asked.
  expect(reading).toEqual(caseworkActions.filter(({ kind }) => kind === 'read').map(({ name }) => name))
})
