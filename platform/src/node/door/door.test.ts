import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Type } from '@sinclair/typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, migrate } from '../../io/postgres/index.ts'
import { type Access, type Action, action, amber, ok, refuse } from '../../kernel/index.ts'
import { initKeys, type NodeKeys, openKeys } from '../keys.ts'
import { openDecisionPoint } from '../policy/decision-point.ts'
import { migrations } from '../store/migrations.ts'
import { recordWork } from '../store/records.ts'
import { testDatabase } from '../testing/test-database.ts'
import { type Caller, type Door, openDoor } from './door.ts'

const folder = mkdtempSync(join(tmpdir(), 'comity-door-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const CASE = '00000000-0000-7000-8000-00000000000c'
const [ANNA, BERT] = ['00000000-0000-7000-8000-00000000000a', '00000000-0000-7000-8000-00000000000b']

const Note = Type.Object(
  { caseId: Type.String({ format: 'uuid' }), text: Type.String() },
  { additionalProperties: false },
)
const addNote = action({
  name: 'note.add',
  summary: 'Add a note',
  kind: 'change',
  events: ['note.added'],
  input: Note,
  output: Type.Object({ id: Type.String(), version: Type.Integer() }, { additionalProperties: false }),
  asks: ({ caseId }) => ({ right: 'editCase', subject: { type: 'case', id: caseId } }),
  run: async ({ records, newId, actor }, { caseId, text }) => {
    if (text === 'refuse') return refuse('FLAG_VALUE', 'No.')
    const note = await records.put(
      'note',
      newId(),
      { text, marking: amber, author: actor.id },
      { caseId, seen: 0, refs: { text } },
    )
    if (text === 'refuse late') return refuse('FLAG_VALUE', 'No.')
    if (text === 'fault') throw new Error('broken')
    if (text === 'silent') return ok({ result: { id: note.id, version: 1 }, events: [] })
    return ok({
      result: { id: note.id, version: note.version },
      events: [
        {
          name: text === 'undeclared' ? 'note.changed' : 'note.added',
          of: 'note',
          id: note.id,
          caseId,
          body: { text },
        },
      ],
    })
  },
})
const readNotes = action({
  name: 'note.list',
  summary: 'List notes',
  kind: 'read',
  input: Type.Object({ caseId: Type.String({ format: 'uuid' }) }, { additionalProperties: false }),
  output: Type.Array(Type.String()),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async ({ records }, { caseId }) => {
    const { items } = await records.list<{ text: string }>('note', { caseId, limit: 100 })
    return ok({ result: items.map(({ body }) => body.text), events: [] })
  },
})

let database: Database
let keys: NodeKeys
let door: Door
const caller = (personId = ANNA, more: Partial<Caller> = {}): Caller => ({
  personId,
  signedInBy: 'passkey',
  provenAt: 0,
  purpose: 'criminal-proceedings',
  scopes: null,
  ...more,
})
const add = (text: string, by = caller(), idempotencyKey?: string) =>
  door.run({
    caller: by,
    action: 'note.add',
    input: { caseId: CASE, text },
    ...(idempotencyKey ? { idempotencyKey } : {}),
  })
const countOf = async (table: string) =>
  Number((await database.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n)

beforeAll(async () => {
  database = await testDatabase()
  await migrate(database, migrations)
  initKeys(join(folder, 'keys'))
  keys = openKeys(join(folder, 'keys'))
  const access: Access = {
    members: [ANNA],
    leads: [ANNA],
    sealed: false,
    sealedFor: [],
    training: false,
    closed: false,
    purposes: ['criminal-proceedings'],
  }
  await database.transaction(async (sql) => {
    const records = recordWork(sql, keys, new Date().toISOString())
    for (const [id, name] of [
      [ANNA, 'Anna'],
      [BERT, 'Bert'],
    ] as const)
      await records.put('person', id, { name, role: 'investigator', suspended: false }, { caseId: null, seen: 0 })
    await records.openCase(CASE)
    await records.put('case', CASE, { access }, { caseId: CASE, seen: 0 })
  })
  door = openDoor({
    database,
    keys,
    policies: openDecisionPoint(fileURLToPath(new URL('../../../../policies', import.meta.url))),
    actions: [addNote, readNotes] as unknown as Action[],
    ports: new Map(),
    clock: Date.now,
    watch: { decided: () => {}, acted: () => {} },
  })
})

describe('the door', () => {
  test('changes, journals and answers in one transaction', async () => {
    const entries = await countOf('journal_entry')
    const answer = await add('first')
    expect(answer).toMatchObject({ ok: true, value: { result: { version: 1 } } })
    expect(await countOf('journal_entry')).toBe(entries + 1)
    expect(await door.run({ caller: caller(), action: 'note.list', input: { caseId: CASE } })).toMatchObject({
      ok: true,
      value: { result: ['first'] },
    })
    // The read is an entry too.
    expect(await countOf('journal_entry')).toBe(entries + 2)
  })

  test.each([
    ['a refusal before anything was written', 'refuse', 'FLAG_VALUE'],
    ['a refusal after something was written', 'refuse late', 'FLAG_VALUE'],
  ])('leaves nothing behind after %s', async (_, text, code) => {
    const before = [await countOf('record'), await countOf('journal_entry')]
    expect(await add(text)).toMatchObject({ ok: false, refusal: { code } })
    expect([await countOf('record'), await countOf('journal_entry')]).toEqual(before)
  })

  test.each(['fault', 'silent', 'undeclared'])('leaves nothing behind after a fault: %s', async (text) => {
    const before = [await countOf('record'), await countOf('journal_entry')]
    await expect(add(text)).rejects.toThrow()
    expect([await countOf('record'), await countOf('journal_entry')]).toEqual(before)
  })

  test.each([
    ['somebody who is no member', caller(BERT)],
    ['somebody unknown', caller('00000000-0000-7000-8000-0000000000ff')],
    ['another purpose', caller(ANNA, { purpose: 'administrative' })],
    ['a key for other actions', caller(ANNA, { signedInBy: 'api-key', scopes: ['note.list'] })],
  ])('says no to %s, in the same words as for what does not exist, and journals it', async (_, by) => {
    const before = [await countOf('record'), await countOf('journal_entry')]
    const answer = await add('x', by)
    expect(answer).toMatchObject({
      ok: false,
      refusal: { code: 'NOT_PERMITTED', message: 'There is no such thing, or you may not do this with it.' },
    })
    expect([await countOf('record'), await countOf('journal_entry')]).toEqual([before[0], (before[1] ?? 0) + 1])
  })

  test('a suspended person is stopped at once', async () => {
    const suspend = (suspended: boolean, seen: number) =>
      database.transaction((sql) =>
        recordWork(sql, keys, new Date().toISOString()).put(
          'person',
          ANNA,
          { name: 'Anna', role: 'investigator', suspended },
          { caseId: null, seen },
        ),
      )
    await suspend(true, 1)
    expect(await add('x')).toMatchObject({ ok: false, refusal: { code: 'NOT_PERMITTED' } })
    await suspend(false, 2)
    expect(await add('x')).toMatchObject({ ok: true })
  })

  test('does an act once, however often it is sent with one key', async () => {
    const before = await countOf('record')
    const answers = await Promise.all([1, 2, 3, 4].map(() => add('once', caller(), 'key-1')))
    expect(await countOf('record')).toBe(before + 1)
    const ids = answers.map((answer) => (answer.ok ? (answer.value.result as { id: string }).id : 'refused'))
    expect(new Set(ids).size).toBe(1)
    expect(answers.filter((answer) => answer.ok && answer.value.repeated)).toHaveLength(3)
    expect(await add('other', caller(), 'key-1')).toMatchObject({
      ok: false,
      refusal: { code: 'IDEMPOTENCY_MISMATCH' },
    })
  })

  test.each([
    ['an unknown field', { caseId: CASE, text: 'x', more: 1 }, '/'],
    ['a missing field', { caseId: CASE }, '/'],
    ['a wrong type', { caseId: CASE, text: 1 }, '/text'],
    ['a malformed id', { caseId: 'x', text: 'x' }, '/caseId'],
  ])('refuses %s, with its place', async (_, input, place) => {
    expect(await door.run({ caller: caller(), action: 'note.add', input })).toMatchObject({
      ok: false,
      refusal: { code: 'INPUT_INVALID', place },
    })
  })

  test('keeps nothing readable in the database', async () => {
    await add('the canary text')
    const dump =
      JSON.stringify(await database.query("SELECT encode(sealed, 'escape') AS s FROM record")) +
      JSON.stringify(
        await database.query("SELECT encode(sealed, 'escape') AS s, encode(leaf, 'escape') AS l FROM journal_entry"),
      ) +
      JSON.stringify(await database.query("SELECT encode(token, 'escape') FROM record_ref"))
    expect(dump).not.toContain('canary')
    expect(dump).not.toContain('Anna')
  })

  test('what is written stays written', async () => {
    await expect(database.query('UPDATE record SET at = now()')).rejects.toThrow('append-only')
    await expect(database.query('DELETE FROM journal_entry')).rejects.toThrow('append-only')
    await expect(database.query('TRUNCATE record CASCADE')).rejects.toThrow('append-only')
    await expect(database.query("UPDATE journal_entry SET event = 'x'")).rejects.toThrow('append-only')
  })

  test('a case whose key is destroyed says nothing any more', async () => {
    keys.destroyCaseKey(CASE)
    expect(await add('x')).toMatchObject({ ok: false, refusal: { code: 'NOT_PERMITTED' } })
  })
})
