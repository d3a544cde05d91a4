/** For tests: a door with the actions of this room, a case with four members, and a vault that holds what it is told. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import type { Criterion } from '../../evidence/custody/admissibility.ts'
import { evidenceActions } from '../../evidence/custody/index.ts'
import { custodyStore, vaultStore } from '../../evidence/store/custody.ts'
import type { VaultLimits, VaultObject } from '../../evidence/vault/vault-ports.ts'
import { type Database, migrate } from '../../io/postgres/index.ts'
import { type Access, amber, bytesToHex, type Json, type Role, sha256Text } from '../../kernel/index.ts'
import { type Door, openDoor } from '../door/door.ts'
import { initKeys, type NodeKeys, openKeys } from '../keys.ts'
import { openDecisionPoint } from '../policy/decision-point.ts'
import { migrations } from '../store/migrations.ts'
import { recordWork } from '../store/records.ts'
import { testDatabase } from './test-database.ts'

const id = (letter: string) => `00000000-0000-7000-8000-0000000000${letter}`
export const CASE = id('c1')
export const OTHER_CASE = id('c2')
export const [ANNA, BERT, CLEO, DORA, ZOE] = [id('a1'), id('a2'), id('a3'), id('a4'), id('ff')]

export type EvidenceDoor = {
  readonly door: Door
  readonly database: Database
  readonly keys: NodeKeys
  /** The result, or the code of the refusal. */
  run(by: string, action: string, input: Json): Promise<unknown>
  /** Begins, fills and finishes an upload. */
  upload(by: string, text: string, caseId?: string): Promise<string>
  /** Moves the clock of the door. */
  wait(milliseconds: number): void
  now(): string
  /** The port itself; a test may write to it. */
  readonly limits: { -readonly [K in keyof VaultLimits]: VaultLimits[K] }
}

export async function evidenceDoor(criteria: Record<string, readonly Criterion[]> = {}): Promise<EvidenceDoor> {
  const folder = mkdtempSync(join(tmpdir(), 'comity-evidence-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const database = await testDatabase()
  await migrate(database, migrations)
  initKeys(join(folder, 'keys'))
  const keys = openKeys(join(folder, 'keys'))
  let ahead = 0
  const clock = () => Date.now() + ahead
  await database.transaction(async (sql) => {
    const records = recordWork(sql, keys, new Date(clock()).toISOString())
    const people: readonly (readonly [string, string, Role])[] = [
      [ANNA, 'Anna', 'investigator'],
      [BERT, 'Bert', 'evidence-custodian'],
      [CLEO, 'Cleo', 'investigator'],
      [DORA, 'Dora', 'asset-manager'],
      [ZOE, 'Zoe', 'investigator'],
    ]
    for (const [one, name, role] of people)
      await records.put('person', one, { name, role, suspended: false }, { caseId: null, seen: 0 })
    for (const caseId of [CASE, OTHER_CASE]) {
      const members = caseId === CASE ? [ANNA, BERT, CLEO, DORA] : [ANNA, ZOE]
      const access: Access = {
        members,
        leads: [ANNA],
        sealed: false,
        sealedFor: [],
        training: false,
        closed: false,
        purposes: ['criminal-proceedings'],
      }
      await records.openCase(caseId)
      await records.put('case', caseId, { access }, { caseId, seen: 0 })
    }
  })
  const arrived = new Map<string, VaultObject>()
  const made: EvidenceDoor = {
    get door() {
      return door
    },
    database,
    keys,
    limits: { largestFile: 1_000_000, largestCase: 2_000_000 },
    now: () => new Date(clock()).toISOString(),
    wait: (milliseconds) => {
      ahead += milliseconds
    },
    run: async (by, action, input) => {
      const answer = await door.run({
        caller: { personId: by, signedInBy: 'passkey', provenAt: 0, purpose: 'criminal-proceedings', scopes: null },
        action,
        // As it would come over the line: without fields that are undefined.
        input: JSON.parse(JSON.stringify(input)),
      })
      return answer.ok ? answer.value.result : answer.refusal.code
    },
    upload: async (by, text, caseId = CASE) => {
      const { uploadId } = (await made.run(by, 'exhibit.upload.begin', { caseId, size: text.length })) as {
        uploadId: string
      }
      const sha512 = `${sha256Text(text)}${bytesToHex(new Uint8Array(32))}`
      arrived.set(uploadId, { id: uploadId, caseId, size: text.length, sha256: sha256Text(text), sha512 })
      const finished = await made.run(by, 'exhibit.upload.finish', { caseId, uploadId })
      if (typeof finished === 'string') throw new Error(finished)
      return uploadId
    },
  }
  const ports = new Map<string, unknown>([
    ['custody', custodyStore(keys)],
    ['vault', vaultStore],
    ['vault-limits', made.limits],
    ['vault-content', { sealedObject: async (uploadId: string) => arrived.get(uploadId) ?? null }],
    ['criteria', { criteria: (forum: string) => criteria[forum] ?? null }],
  ])
  const door = openDoor({
    database,
    keys,
    policies: openDecisionPoint(fileURLToPath(new URL('../../../../policies', import.meta.url))),
    actions: evidenceActions,
    ports,
    clock,
    watch: { decided: () => {}, acted: () => {} },
  })
  return made
}

/** Fields of an exhibit of kind file, acquired by the one who adds it. */
export function fileInput(by: string, uploadId: string, at: string, more: Record<string, Json> = {}): Json {
  return {
    caseId: CASE,
    kind: 'file',
    title: 'Chat log',
    marking: amber as unknown as Json,
    uploadId,
    acquirer: { personId: by },
    authority: 'Search order 12/2026',
    place: 'Server room, Example City',
    acquiredAt: at,
    ...more,
  }
}
