/** A superuser's change to any row or tile of a node is found by the check of its journal. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteKey, openCheckpoint, signCheckpoint } from '../src/evidence/index.ts'
import { tileFolder } from '../src/evidence/store/index.ts'
import { initNode } from '../src/node/init.ts'
import type { NodeJournal } from '../src/node/journal.ts'
import { checkNode, type NodeCheck } from '../src/node/journal-check.ts'
import { openLogger } from '../src/node/logger.ts'
import { type OpenedNode, openNode } from '../src/node/open-node.ts'
import { type RunningNode, startNode } from '../src/node/start.ts'
import { nodeConfig, nodeEnvironment, nodeHome } from './node-config.ts'
import { temporaryFolder } from './run-comity.ts'

const environment = await nodeEnvironment()
const home = nodeHome()
const quiet = { report: () => {} }
let node: OpenedNode
let kept: Uint8Array

beforeAll(async () => {
  const { personId } = await initNode(home, nodeConfig({}, environment), 'Ada', environment)
  const running: RunningNode = await startNode(home, environment, { log: openLogger('silent') })
  const caller = {
    personId,
    signedInBy: 'passkey' as const,
    provenAt: Date.now(),
    purpose: 'criminal-proceedings',
    scopes: null,
  }
  const roles = ['investigator', 'prosecutor', 'judge', 'auditor']
  for (let at = 0; at < 300; at++) {
    const invited = await running.door.run({
      caller: { ...caller, provenAt: Date.now() },
      action: 'person.invite',
      input: { name: `Person ${at}`, role: roles[at % roles.length] },
      idempotencyKey: `invite-${at}`,
    })
    expect(invited).toMatchObject({ ok: true })
  }
  await running.door.run({ caller, action: 'person.list', input: {} })
  await running.stop()
  node = await openNode(home, environment)
  await node.journal.advance()
  kept = (await node.journal.log.checkpoint()) as Uint8Array
})
afterAll(() => node.close())

const check = (journal: NodeJournal = node.journal): Promise<NodeCheck> =>
  checkNode(node.stores.database, node.stores.keys, journal, { checkpoint: kept, policy: null }, quiet)

/** As a superuser does it: no trigger, no constraint stands in the way. The change is undone afterwards. */
async function asSuperuser(change: string, undo: string, values: readonly unknown[] = []): Promise<NodeCheck> {
  const run = (statement: string) =>
    node.stores.database.transaction(async (sql) => {
      await sql.query('SET LOCAL session_replication_role = replica')
      return sql.query(statement, values.length > 0 && statement.includes('$1') ? values : [])
    })
  await run(change)
  try {
    return await check()
  } finally {
    await run(undo)
  }
}

describe('the check of a node', () => {
  it('finds nothing wrong where nothing was changed', async () => {
    const found = await check()
    expect(found.findings).toEqual([])
    expect(found).toMatchObject({ continues: 'yes', pending: 0 })
    expect(found.leaves).toBeGreaterThan(300)
    expect(found.rows).toBeGreaterThan(600)
  })

  it('finds a changed row, wherever it is, and names it', async () => {
    const rows = await node.stores.database.query<{ kind: string; id: string; version: number; sealed: Uint8Array }>(
      'SELECT kind, id, version, sealed FROM record ORDER BY kind, id, version',
    )
    for (const row of rows.filter((_, at) => at % 7 === 0)) {
      const where = `kind = '${row.kind}' AND id = '${row.id}' AND version = ${row.version}`
      const byte = row.sealed.length >> 1
      const flip = `UPDATE record SET sealed = set_byte(sealed, ${byte}, get_byte(sealed, ${byte}) # 1) WHERE ${where}`
      const found = await asSuperuser(flip, flip)
      expect(found.findings.map(({ place }) => place)).toContain(`record ${row.kind}/${row.id} version ${row.version}`)
    }
  })

  it('finds a row that was taken away, put in, moved in time or set back', async () => {
    const [row] = await node.stores.database.query<{ id: string }>(
      "SELECT id FROM record WHERE kind = 'person' ORDER BY id LIMIT 1 OFFSET 5",
    )
    const where = `kind = 'person' AND id = '${row?.id}'`
    const place = `record person/${row?.id} version 1`
    const taken = await asSuperuser(
      `CREATE TABLE aside AS SELECT * FROM record WHERE ${where}; DELETE FROM record WHERE ${where}`,
      'INSERT INTO record SELECT * FROM aside; DROP TABLE aside',
    )
    expect(taken.findings.map((finding) => finding.place)).toContain(place)
    const twin = '00000000-0000-7000-8000-00000000dead'
    const put = await asSuperuser(
      `INSERT INTO record SELECT kind, '${twin}', version, case_id, sealed, at FROM record WHERE ${where}`,
      `DELETE FROM record WHERE id = '${twin}'`,
    )
    expect(put.findings.map((finding) => finding.place)).toContain(`record person/${twin} version 1`)
    const moved = await asSuperuser(
      `UPDATE record SET at = at + interval '1 hour' WHERE ${where}`,
      `UPDATE record SET at = at - interval '1 hour' WHERE ${where}`,
    )
    expect(moved.findings.map((finding) => finding.place)).toContain(place)
    const back = await asSuperuser(
      `UPDATE record_head SET version = 9 WHERE ${where}`,
      `UPDATE record_head SET version = 1 WHERE ${where}`,
    )
    expect(back.findings.map((finding) => finding.place)).toContain(`record person/${row?.id}`)
  })

  it.each([
    [
      'what it says',
      'sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)',
      'sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)',
    ],
    ['its leaf', 'leaf = set_byte(leaf, 9, get_byte(leaf, 9) # 1)', 'leaf = set_byte(leaf, 9, get_byte(leaf, 9) # 1)'],
    ['its event', "event = 'x' || event", 'event = substr(event, 2)'],
    ['its time', "at = at + interval '1 second'", "at = at - interval '1 second'"],
  ])('finds an entry of the journal with another %s', async (_, change, undo) => {
    for (const index of [0, 7, 255, 256, 300]) {
      const found = await asSuperuser(
        `UPDATE journal_entry SET ${change} WHERE log_index = ${index}`,
        `UPDATE journal_entry SET ${undo} WHERE log_index = ${index}`,
      )
      expect(found.findings.map(({ place }) => place)).toContain(`journal entry ${index}`)
    }
  })

  it('finds entries that were taken away or exchanged', async () => {
    const taken = await asSuperuser(
      'CREATE TABLE aside AS SELECT * FROM journal_entry WHERE log_index = 12; DELETE FROM journal_entry WHERE log_index = 12',
      'INSERT INTO journal_entry OVERRIDING SYSTEM VALUE SELECT * FROM aside; DROP TABLE aside',
    )
    expect(taken.findings.map(({ place }) => place)).toContain('journal entry 12')
    const exchange =
      'UPDATE journal_entry SET log_index = CASE log_index WHEN 20 THEN -21 ELSE -20 END WHERE log_index IN (20, 21); UPDATE journal_entry SET log_index = -log_index WHERE log_index < 0'
    const exchanged = await asSuperuser(exchange, exchange)
    expect(exchanged.findings.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['journal entry 20', 'journal entry 21']),
    )
  })

  it('finds a changed byte in every tile', async () => {
    // Partial tiles of earlier sizes are read by nobody any more; of those that count there are at least four.
    const size = (await check()).leaves
    const counts = (path: string) => {
      const [, level, at, width] = /tile\/(entries|\d)\/(\d+)\.p\/(\d+)$/.exec(path) ?? []
      if (level === undefined) return true
      const leaves = level === 'entries' ? size : Math.floor(size / 256 ** Number(level))
      return Number(at) === Math.floor(leaves / 256) && Number(width) === leaves % 256
    }
    const tiles = filesIn(join(home, 'log', 'tile')).filter(counts)
    expect(tiles.length).toBeGreaterThanOrEqual(4)
    for (const tile of tiles) {
      const bytes = readFileSync(tile)
      for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ 1
        writeFileSync(tile, changed)
        const { findings } = await check()
        writeFileSync(tile, bytes)
        expect(findings.map(({ place }) => place).join('\n'), tile).toContain(tile.slice(tile.indexOf('tile/')))
      }
    }
  })

  it('finds a past that was written anew, signature and all, by the checkpoint that somebody else has kept', async () => {
    // Whoever has the keys and the machine takes the last ten entries out of everything, and signs what is left.
    const { signer, log } = node.journal
    const now = openCheckpoint(kept, signer.key, signer.check)
    if (!now.ok) throw new Error(now.refusal.message)
    const shorter = signCheckpoint(
      { origin: signer.key.name, size: now.value.size - 10n, root: now.value.root },
      signer.key,
      signer.sign,
    )
    const forged: NodeJournal = { ...node.journal, log: { ...log, checkpoint: async () => shorter } }
    const cut = await check(forged)
    expect(cut.continues).toBe('no')
    expect(cut.findings.map(({ problem }) => problem).join('\n')).toContain('it was cut back')

    const other = tileFolder(join(temporaryFolder(), 'other'))
    const emptied: NodeJournal = { ...node.journal, log: other }
    expect((await check(emptied)).continues).toBe('no')
    expect(noteKey(signer.key.name, 1, signer.key.publicKey).id).toEqual(signer.key.id)
  })
})

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
}
