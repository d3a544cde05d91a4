/** Tries to open everything that is sealed in a database with every key that there is. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../../src/io/postgres/index.ts'
import { deriveKey, unseal } from '../../src/kernel/crypto/index.ts'
import { canonicalJson, hexToBytes } from '../../src/kernel/index.ts'
import type { NodeKeys } from '../../src/node/keys.ts'
import { entryPurpose } from '../../src/node/store/journal-append.ts'
import { rowPurpose } from '../../src/node/store/records.ts'

/** All that can be made of a folder of keys: the root, what it opens, and what is drawn from each for one use. */
export function everyKeyOf(folder: string, keys: NodeKeys, caseIds: readonly string[]): readonly Uint8Array[] {
  const root = hexToBytes(readFileSync(join(folder, 'node.key'), 'utf8').trim())
  const secrets: Uint8Array[] = [root]
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'node.key') continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8').trim()
    if (!/^([0-9a-f]{2})+$/.test(text)) continue
    for (const purpose of [entry.name, `case ${entry.name.replace(/\.key$/, '')}`]) {
      const opened = unseal(root, hexToBytes(text), purpose)
      if (opened.ok) secrets.push(opened.value)
    }
  }
  for (const caseId of caseIds) {
    const key = keys.caseKey(caseId)
    if (key) secrets.push(key)
  }
  const uses = ['records', 'refs', 'journal salt', 'key id', 'custody', 'vault']
  return [...secrets, ...uses.map((use) => keys.nodeKey(use))].flatMap((key) => [
    key,
    ...uses.map((use) => deriveKey(key, use)),
  ])
}

/** The plain text of whatever opens, with its place. */
export async function openedWith(database: Database, everyKey: readonly Uint8Array[]) {
  const opened: { readonly place: string; readonly text: string }[] = []
  let tried = 0
  const attempt = (place: string, sealed: Uint8Array | null, purpose: string) => {
    if (sealed === null) return
    tried++
    for (const key of everyKey) {
      const plain = unseal(key, sealed, purpose)
      if (plain.ok) opened.push({ place, text: new TextDecoder().decode(plain.value) })
    }
  }
  const all = <R extends object>(table: string) => database.query<R>(`SELECT * FROM ${table}`)
  type Row = { kind: string; id: string; version: number; case_id: string | null; sealed: Uint8Array }
  for (const row of await all<Row>('record')) attempt(`record ${row.kind}`, row.sealed, rowPurpose(row))
  for (const { id, event, sealed } of await all<{ id: string; event: string; sealed: Uint8Array }>('journal_entry'))
    attempt(`entry ${event}`, sealed, entryPurpose(id))
  for (const { key, action, answer } of await all<{ key: string; action: string; answer: Uint8Array }>('idempotency'))
    attempt(`answer to ${action}`, answer, `answer ${key}`)
  type Sealed = Readonly<Record<string, Uint8Array | null>>
  for (const row of await all<{ id: string }>('exhibit'))
    for (const part of ['authority', 'place', 'salt'])
      attempt(`exhibit, ${part}`, (row as unknown as Sealed)[part] ?? null, canonicalJson(['exhibit', row.id, part]))
  for (const row of await all<{ exhibit: string; seq: number }>('custody_event'))
    for (const part of ['authority', 'place', 'details', 'chain-tx', 'salt'])
      attempt(
        `custody, ${part}`,
        (row as unknown as Sealed)[part.replace('-', '_')] ?? null,
        canonicalJson(['custody', row.exhibit, row.seq, part]),
      )
  return { opened, tried }
}
