import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vaultStore } from '../evidence/store/custody.ts'
import { openFolderBlobs, openVault, type Vault } from '../io/vault/index.ts'
import { deriveKey } from '../kernel/crypto/index.ts'
import { ANNA, CASE, type EvidenceDoor, evidenceDoor, OTHER_CASE } from './testing/evidence-door.ts'
import { checkVault, sweepUploads } from './vault-jobs.ts'

/** These rows are put in beside the journal: what the jobs make of them is the question here. */
const notes = { note: () => {} }

const running = new AbortController().signal
const folder = mkdtempSync(join(tmpdir(), 'comity-vault-jobs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let door: EvidenceDoor
let vault: Vault
beforeAll(async () => {
  door = await evidenceDoor()
  vault = openVault({
    folder,
    blobs: await openFolderBlobs(join(folder, 'sealed')),
    caseKey: (caseId) => {
      const key = door.keys.caseKey(caseId)
      return key === null ? null : deriveKey(key, 'vault')
    },
  })
}, 60_000)

/** Declared for `size` bytes; what is given arrives. */
async function arrive(text: string, size = text.length, caseId = CASE): Promise<string> {
  const id = randomUUID()
  const upload = { id, caseId, actor: ANNA, size, begunAt: door.now(), abandoned: false }
  await door.database.transaction((sql) => vaultStore(sql, notes).begin(upload))
  await vault.receive(upload, 0, lines(text))
  return id
}

async function* lines(text: string) {
  yield Buffer.from(text)
}

async function bind(id: string, size: number): Promise<void> {
  const file = await vault.complete({ id, caseId: CASE, size })
  if (file === null) throw new Error('bytes are missing')
  await door.database.transaction((sql) => vaultStore(sql, notes).finish(file, door.now()))
}

const failures: string[][] = []
const sweep = () =>
  sweepUploads(door.database, door.keys, vault, running, (upload, fault) => failures.push([upload, String(fault)]))

test('pieces go when they are not needed any more, and no sooner', async () => {
  const bound = await arrive('bound')
  await bind(bound, 5)
  const given = await arrive('given up')
  await door.database.transaction((sql) => vaultStore(sql, notes).abandon(given, door.now()))
  const whole = await arrive('whole')
  const half = await arrive('half', 10)
  const erased = await arrive('erased', 6, OTHER_CASE)
  door.keys.destroyCaseKey(OTHER_CASE)

  expect(await sweep()).toEqual({ cleared: 3, sealed: 1, waiting: 1, unknown: 0, failed: 0 })
  expect(await vault.arriving()).toEqual([whole, half].sort())
  expect(erased).not.toBe(half)
  expect(await vault.sealedObject(whole, CASE)).toMatchObject({ size: 5 })
  // What was bound opens without its pieces, and the other goes on where it stood.
  await vault.receive({ id: half, caseId: CASE, size: 10 }, 4, lines(' done.'))
  expect(await sweep()).toEqual({ cleared: 0, sealed: 2, waiting: 0, unknown: 0, failed: 0 })
})

test('pieces of an upload that the records do not know stay', async () => {
  const id = randomUUID()
  await vault.receive({ id, caseId: CASE, size: 3 }, 0, lines('abc'))
  expect(await sweep()).toMatchObject({ unknown: 1 })
  expect(await vault.arriving()).toContain(id)
  await vault.clear(id)
})

test('a file that is not what was sealed is found', async () => {
  const id = await arrive('evidence')
  await bind(id, 8)
  const found: string[] = []
  const check = () => checkVault(door.database, door.keys, vault, running, (object) => found.push(object))
  expect(await check()).toEqual({ read: 2, flaws: 0 })

  const path = join(folder, 'sealed/objects', CASE, id)
  expect(readdirSync(join(folder, 'sealed/objects', CASE))).toContain(id)
  const bytes = readFileSync(path)
  bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1
  writeFileSync(path, bytes)
  expect(await check()).toEqual({ read: 2, flaws: 1 })
  expect(found).toEqual([id])
})

test('an upload that cannot be swept is told of, and the others are swept', async () => {
  await sweep()
  const ids = [await arrive('first'), await arrive('second'), await arrive('third')].sort()
  for (const id of ids) await door.database.transaction((sql) => vaultStore(sql, notes).abandon(id, door.now()))
  const broken = ids[0] as string
  const failing: Vault = {
    ...vault,
    clear: async (id) => {
      if (id === broken) throw new Error('the disk does not answer')
      await vault.clear(id)
    },
  }
  const told: string[][] = []
  const swept = await sweepUploads(door.database, door.keys, failing, running, (upload, fault) =>
    told.push([upload, String(fault)]),
  )
  expect(swept).toMatchObject({ cleared: 2, failed: 1 })
  expect(told).toEqual([[broken, 'Error: the disk does not answer']])
  expect(await vault.arriving()).toContain(broken)
  expect(await sweep()).toMatchObject({ cleared: 1, failed: 0 })
  expect(failures).toEqual([])
})
