/**
 * As a superuser does it, with triggers off and every constraint taken away: any column of any row of any table that is checked is
 * changed, a row taken out, another put in. Each time the check names it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outgoing } from '../exchange/delivery/index.ts'
import { type InFile, inFileState, type OutFile, outFileState } from './exchange/attachment-rows.ts'
import { type ForkRow, forkState } from './exchange/journal-forks.ts'
import { messageStore, type NodeTx } from './exchange/message-store.ts'
import { openJournal } from './journal.ts'
import { checkNode } from './journal-check.ts'
import { checkedTables, passing, transient } from './row-check.ts'
import { ANNA, BERT, CASE, type EvidenceDoor, evidenceDoor, fileInput } from './testing/evidence-door.ts'

type Column = { readonly name: string; readonly type: string }

const folder = mkdtempSync(join(tmpdir(), 'comity-rows-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const columnsByTable = new Map<string, readonly Column[]>()
let door: EvidenceDoor
let journal: ReturnType<typeof openJournal>
let before: ReadonlySet<string>

async function findings(): Promise<readonly string[]> {
  const check = await checkNode(door.database, door.keys, journal, null, { report: () => {} })
  return check.findings.map(({ place, problem }) => `${place} ${problem}`)
}
/** What is found beyond the people and cases that the tests put in beside the journal. */
const added = async () => (await findings()).filter((one) => !before.has(one))

function asSuperuser(statements: readonly string[]): Promise<void> {
  return door.database.transaction(async (sql) => {
    await sql.query('SET LOCAL session_replication_role = replica')
    for (const statement of statements) await sql.query(statement)
  })
}

beforeAll(async () => {
  door = await evidenceDoor()
  const { exhibitId } = (await door.run(
    ANNA,
    'exhibit.add',
    fileInput(ANNA, await door.upload(ANNA, 'hello'), door.now()),
  )) as {
    exhibitId: string
  }
  door.wait(1000)
  const act = { caseId: CASE, exhibitId, authority: 'a', place: 'b' }
  await door.run(ANNA, 'custody.release', { ...act, to: { personId: BERT } })
  door.wait(1000)
  await door.run(BERT, 'custody.receive', act)
  const given = (await door.run(ANNA, 'exhibit.upload.begin', { caseId: CASE, size: 5 })) as { uploadId: string }
  await door.run(ANNA, 'exhibit.upload.abandon', { caseId: CASE, uploadId: given.uploadId })
  await addMessages()
  journal = openJournal(door.database, door.keys, 'rows.example/comity', join(folder, 'log'))
  await journal.advance()
  const constraints = await door.database.query<{ name: string; of: string }>(
    `SELECT conname AS name, conrelid::regclass::text AS of FROM pg_constraint
     WHERE contype IN ('c', 'f') AND conrelid::regclass::text = ANY($1)`,
    [[...checkedTables]],
  )
  for (const { name, of } of constraints) await door.database.query(`ALTER TABLE ${of} DROP CONSTRAINT ${name} CASCADE`)
  for (const table of checkedTables) {
    const columns = await door.database.query<Column>(
      `SELECT column_name AS name, udt_name AS type FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
      [table],
    )
    columnsByTable.set(table, columns)
    await door.database.query(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`)
  }
  before = new Set(await findings())
}, 120_000)

/** One message of ours and one of theirs, as they stand after their way. */
async function addMessages(): Promise<void> {
  const [exchange, digest] = ['e1'.repeat(32), 'd1'.repeat(32)]
  const envelope = new TextEncoder().encode('an envelope')
  const common = { exchange, seq: 1, digest, type: 'contact.query', envelope, caseId: CASE }
  await messageStore(door.door, door.keys).transaction(async (tx) => {
    await tx.putExchange({ id: exchange, opener: 'aa-one', other: 'bb-two' })
    const out: Outgoing = {
      ...{
        ...common,
        id: 'ours',
        peer: 'bb-two',
        opens: true,
        deadline: Date.parse(door.now()) + 1000,
        state: 'queued',
      },
      ...{ attempts: 0, nextAt: 0, leasedUntil: 0, problem: null, receipt: null, skip: null, skipped: false },
    }
    await tx.addOutgoing(out)
    await tx.changeOutgoing({ ...out, state: 'accepted', receipt: envelope, skip: envelope })
    const came = {
      ...common,
      from: 'bb-two',
      id: 'theirs',
      version: 1,
      prev: null,
      receipt: envelope,
      at: Date.parse(door.now()),
    }
    await tx.putReceived({ ...came, state: 'accepted' })
    await addFiles(tx)
  })
}

/** One file of ours and one of theirs, as they stand after their way. */
async function addFiles({ work, tell }: NodeTx): Promise<void> {
  const at = new Date(door.now())
  const common = [
    '00000000-0000-7000-8000-00000000f11e',
    CASE,
    'f1'.repeat(32),
    5000,
    new TextEncoder().encode('a receipt'),
    at,
  ]
  const [out] = await work.sql.query<OutFile>(
    `INSERT INTO attachment_out (message_id, file_index, peer, blob, case_id, cipher_digest, cipher_size, receipt, at, state, next_at, leased_until)
     VALUES ('ours', 0, 'bb-two', $1, $2, $3, $4, $5, $6, 'delivered', $6, $6) RETURNING *`,
    common,
  )
  const [come] = await work.sql.query<InFile>(
    `INSERT INTO attachment_in (sender, message_id, file_index, id, case_id, cipher_digest, cipher_size, receipt, at, state, received, leased_until)
     VALUES ('bb-two', 'theirs', 0, $1, $2, $3, $4, $5, $6, 'held', $4, $6) RETURNING *`,
    common,
  )
  work.records.note(outFileState(out as OutFile))
  work.records.note(inFileState(come as InFile))
  tell({ name: 'attachment.settled', of: 'message', id: 'ours', caseId: CASE, body: {} })
  const [fork] = await work.sql.query<ForkRow>(
    `INSERT INTO journal_fork (id, agency, statement, at) VALUES ('f0', 'bb-two', $1, $2) RETURNING *`,
    [new TextEncoder().encode('a statement'), at],
  )
  work.records.note(forkState(fork as ForkRow))
}

/** The table as it was. */
function restored(table: string): readonly string[] {
  const names = (columnsByTable.get(table) ?? []).map(({ name }) => name).join(', ')
  return [`DELETE FROM ${table}`, `INSERT INTO ${table} (${names}) SELECT ${names} FROM kept_${table}`]
}

/** Another value of the type. */
const other: Readonly<Record<string, (name: string) => string>> = {
  text: (name) => `coalesce(${name}, '') || 'x'`,
  uuid: () => 'gen_random_uuid()',
  int4: (name) => `coalesce(${name}, 0) + 1000`,
  int8: (name) => `coalesce(${name}, 0) + 1`,
  bool: (name) => `NOT ${name}`,
  bytea: (name) =>
    `CASE WHEN ${name} IS NULL THEN '\\x00'::bytea ELSE set_byte(${name}, length(${name}) - 1, get_byte(${name}, length(${name}) - 1) # 1) END`,
  timestamptz: (name) => `coalesce(${name}, now()) + interval '1 second'`,
}

/** The last column of the primary key, where that is not `id`. */
const keyByTable: Readonly<Record<string, string>> = {
  record: 'version',
  record_ref: 'token',
  custody_event: 'seq',
  attachment_out: 'message_id',
  attachment_in: 'message_id',
}

describe('the check of rows', () => {
  it('knows every table: each is checked, or is named with the reason why not', async () => {
    const rows = await door.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'kept\\_%' ORDER BY 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual([...checkedTables, ...Object.keys(transient)].sort())
    for (const reason of Object.values(transient)) expect(reason.length).toBeGreaterThan(10)
  })

  it('finds nothing more where nothing was changed', async () => {
    expect(await added()).toEqual([])
    expect([...before].every((one) => /^(record (person|case)\/.* is in no entry)/.test(one))).toBe(true)
  })

  it.each([...checkedTables])('finds another value in any column of %s', async (table) => {
    const columns = columnsByTable.get(table) ?? []
    expect(columns.length).toBeGreaterThan(2)
    for (const { name, type } of columns.filter((one) => !passing[table]?.includes(one.name))) {
      const value = other[type]
      if (!value) throw new Error(`no other value of ${type}`)
      // A row of the case that is journalled.
      const row = `ctid = (SELECT ctid FROM ${table} ${table.startsWith('record') ? "WHERE kind = 'exhibit'" : ''} LIMIT 1)`
      await asSuperuser([`UPDATE ${table} SET ${name} = ${value(name)} WHERE ${row}`])
      const found = await added()
      await asSuperuser(restored(table))
      expect(found.length, `${table}.${name}`).toBeGreaterThan(0)
    }
    expect(await added()).toEqual([])
  })

  it.each([
    ['message_in', 'message.in bb-two/theirs'],
    ['attachment_in', 'message.file-in bb-two/theirs/0'],
  ])('finds a row of %s that is hidden under a case whose key is gone, its version raised', async (table, place) => {
    const version = columnsByTable.get(table)?.some(({ name }) => name === 'version') ? ', version = version + 1' : ''
    await asSuperuser([`UPDATE ${table} SET case_id = gen_random_uuid()${version}`])
    const found = await added()
    await asSuperuser(restored(table))
    expect(found).toContain(`${place} was put under a case to which it does not belong`)
  })

  it.each([...checkedTables])('finds a row taken out of %s, and one put in', async (table) => {
    const where = table.startsWith('record') ? "WHERE kind = 'exhibit'" : ''
    await asSuperuser([`DELETE FROM ${table} WHERE ctid = (SELECT ctid FROM ${table} ${where} LIMIT 1)`])
    expect((await added()).length).toBeGreaterThan(0)
    await asSuperuser(restored(table))
    const columns = columnsByTable.get(table) ?? []
    // Another key, and the rest as it is.
    const key = keyByTable[table] ?? 'id'
    const type = columns.find(({ name }) => name === key)?.type ?? ''
    const values = columns.map(({ name }) =>
      name === key
        ? (other[type]?.(name) ?? name)
        : name === 'number' || (name === 'seq' && table.startsWith('message'))
          ? `${name} + 100`
          : name,
    )
    const names = columns.map(({ name }) => name).join(', ')
    await asSuperuser([`INSERT INTO ${table} (${names}) SELECT ${values.join(', ')} FROM ${table} ${where} LIMIT 1`])
    expect((await added()).length).toBeGreaterThan(0)
    await asSuperuser(restored(table))
    expect(await added()).toEqual([])
  })

  // Last: what is kept of the tables does not know the message that it puts in.
  it('finds a message hidden so that came into no case, where the inbox says that nobody filed it', async () => {
    const common = { exchange: 'e1'.repeat(32), prev: null, digest: 'd2'.repeat(32), type: 'contact.query' }
    const at = door.now()
    await messageStore(door.door, door.keys).transaction(async (tx) => {
      await tx.putReceived({
        ...{ ...common, from: 'bb-two', id: 'unfiled', version: 1, seq: 2, caseId: null, state: 'accepted' },
        ...{ envelope: new TextEncoder().encode('an envelope'), receipt: null, at: Date.parse(at) },
      })
      const item = { from: 'bb-two', messageId: 'unfiled', state: 'new', filed: null }
      await tx.work.records.put('inbox', '00000000-0000-7000-8000-0000000f11ed', item, { caseId: null, seen: 0 })
    })
    await journal.advance()
    expect(await added()).toEqual([])
    const hide = (caseId: string) =>
      asSuperuser([`UPDATE message_in SET case_id = ${caseId}, version = version + 1 WHERE id = 'unfiled'`])
    await hide('gen_random_uuid()')
    expect(await added()).toEqual(['message.in bb-two/unfiled was put under a case to which it does not belong'])
  })
})
