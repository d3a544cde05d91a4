/**
 * Writing the bundle of a case: after the export was decided and journalled, from the stores of the node, into a folder of
 * its own. The entry that seals it is one more entry of the journal; then the journal's own proofs are put beside it.
 */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { RequestBody } from '../../casework/index.ts'
import {
  type BundleInput,
  type BundlePort,
  type BundleSeal,
  planBundle,
  type ShownEntry,
  writeBundle,
} from '../../evidence/bundle/index.ts'
import type { ExhibitBody } from '../../evidence/custody/index.ts'
import {
  consistencyProof,
  entrySalt,
  formatTlogProof,
  inclusionProof,
  type JournalEntry,
  nodeReader,
  openCheckpoint,
  signSeal,
  treeHashes,
} from '../../evidence/index.ts'
import { custodyStore, vaultStore } from '../../evidence/store/custody.ts'
import { nodeSha256 } from '../../evidence/store/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import type { Vault } from '../../io/vault/index.ts'
import { unseal } from '../../kernel/crypto/index.ts'
import {
  bytesToBase64,
  bytesToHex,
  canonicalJson,
  type Json,
  ok,
  orStop,
  sha256,
  textToBytes,
} from '../../kernel/index.ts'
import { type KeptTrace, TRACE } from '../../workflows/index.ts'
import type { Anchors } from '../anchors.ts'
import type { Door } from '../door/door.ts'
import { cosignedFrom } from '../exchange/cosigning.ts'
import type { NodeJournal } from '../journal.ts'
import type { NodeKeys } from '../keys.ts'
import { entryPurpose, journalSalt } from '../store/journal-append.ts'
import { recordWork } from '../store/records.ts'
import { type LetterDesk, renderLetter, standing } from './letters.ts'

export type BundleDesk = {
  readonly database: Database
  readonly keys: NodeKeys
  readonly door: Door
  readonly journal: NodeJournal
  readonly vault: Vault
  readonly anchors: Pick<Anchors, 'stampsOn'>
  readonly letters: LetterDesk
  readonly from: string
  readonly clock: () => number
}

export type Exported = {
  readonly bundle: string
  readonly exhibits: readonly string[]
  readonly requests: readonly string[]
  readonly traces: readonly string[]
}

const hashes = treeHashes(nodeSha256)

/** A bundle goes without the cosignatures of witnesses that are slower. */
const COSIGNED_WITHIN_MS = 10_000

/** A bundle goes without the stamp of an authority that is slower. */
const STAMPS_WITHIN_MS = 20_000

/** Writes the bundle into `folder`, which is made; a folder without its seal is no bundle. */
export async function writeCaseBundle(
  desk: BundleDesk,
  caseId: string,
  exported: Exported,
  folder: string,
): Promise<string> {
  const { database, keys, journal } = desk
  await settle(desk)
  const published = (await journal.log.checkpoint()) as Uint8Array
  const checkpoint = await cosignedFrom(database, published, COSIGNED_WITHIN_MS)
  const head = orStop(openCheckpoint(checkpoint, journal.signer.key, journal.signer.check))
  const size = Number(head.size)
  const stamps = await desk.anchors.stampsOn(checkpoint, AbortSignal.timeout(STAMPS_WITHIN_MS))
  const timestamps = stamps.map(({ token, nonce }) => ({ of: 'journal/checkpoint', token, nonce }))
  const input = await database.transaction(async (sql): Promise<BundleInput> => {
    await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const records = recordWork(sql, keys, new Date(desk.clock()).toISOString())
    const custody = custodyStore(keys)(sql)
    const entries = await shownEntries(size, new Set([...exported.exhibits, ...exported.requests]))
    const exhibits = await Promise.all(
      exported.exhibits.map(async (id) => {
        const [exhibit, record] = [await custody.exhibit(id), await records.get<ExhibitBody>('exhibit', id)]
        if (!exhibit || !record) throw new Error(`exhibit ${id} is not there`)
        const object = exhibit.vaultObject === null ? null : await vaultStore(sql).object(exhibit.vaultObject)
        return { exhibit, body: record.body, events: await custody.history(id), object }
      }),
    )
    const requests = []
    for (const id of exported.requests) {
      const { body } = (await records.get<RequestBody>('request', id)) as { body: RequestBody }
      const { pdf, text } = await renderLetter(records, id, 'en', desk.letters)
      const counted = standing(body)
      const approvals = entries
        .filter(
          ({ event, recordId, at, actorId }) =>
            event === 'approval.give' &&
            recordId === id &&
            counted.some((one) => one.approverId === actorId && one.givenAt === at),
        )
        .map(({ index }) => index)
      requests.push({ id, request: text, letter: pdf, needed: body.submitted?.needed ?? 2, approvals })
    }
    const traces = new Map<string, string>()
    for (const id of exported.traces) {
      const kept = await records.get<KeptTrace>(TRACE, id)
      if (!kept) throw new Error(`trace ${id} is not there`)
      traces.set(id, kept.body.text)
    }
    return { id: exported.bundle, exhibits, requests, traces, timestamps, checkpoint, entries }
  })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const port: BundlePort = {
    write: (path, source) => writeFile(join(folder, path), source),
    open: (object) => desk.vault.read(object),
    seal: (bundle) => seal(bundle, size),
  }
  const at = new Date(desk.clock()).toISOString()
  orStop(await writeBundle(planBundle(input), { at, from: desk.from }, port))
  return folder

  async function shownEntries(treeSize: number, about: ReadonlySet<string>): Promise<ShownEntry[]> {
    const key = keys.caseKey(caseId)
    const salt = journalSalt(keys, caseId)
    if (key === null || salt === null) throw new Error('the case was erased')
    const rows = await database.query<{ log_index: string; id: string; sealed: Uint8Array; leaf: Uint8Array }>(
      'SELECT log_index, id, sealed, leaf FROM journal_entry WHERE case_id = $1 AND log_index < $2 ORDER BY log_index',
      [caseId, treeSize],
    )
    const node = nodeReader(journal.log, treeSize, nodeSha256)
    const shown: ShownEntry[] = []
    for (const row of rows) {
      const entry = JSON.parse(
        new TextDecoder().decode(orStop(unseal(key, row.sealed, entryPurpose(row.id)))),
      ) as JournalEntry
      const tells =
        entry.event === 'exhibit.added' || entry.event.startsWith('custody.') || entry.event === 'approval.give'
      // Reads are journalled under the names of their actions; who read what is no part of custody.
      if (!tells || !about.has(entry.recordId) || entry.event === 'custody.history') continue
      const index = Number(row.log_index)
      const proof = (await inclusionProof(node, index, treeSize, hashes)).map(bytesToBase64)
      shown.push({
        index: row.log_index,
        event: entry.event,
        at: entry.at,
        actorId: entry.actor.id,
        actorRole: entry.actor.role,
        recordId: entry.recordId,
        file: {
          v: 1,
          index: row.log_index,
          proof,
          leaf: JSON.parse(new TextDecoder().decode(row.leaf)) as Json,
          entry: entry as unknown as Json,
          salt: bytesToHex(entrySalt(salt, entry.id)),
        },
      })
    }
    return shown
  }

  async function seal(
    bundle: { readonly id: string; readonly manifest: Uint8Array; readonly sha256: string },
    from: number,
  ): Promise<BundleSeal> {
    const done = await desk.door.asNode(async () =>
      ok({
        result: null,
        events: [
          {
            name: 'bundle.seal',
            of: 'bundle',
            id: bundle.id,
            caseId,
            body: { bundle: bundle.id, manifest: bundle.sha256 },
          },
        ],
      }),
    )
    orStop(done)
    await settle(desk)
    const [row] = await database.query<{ log_index: string; id: string; sealed: Uint8Array; leaf: Uint8Array }>(
      "SELECT log_index, id, sealed, leaf FROM journal_entry WHERE case_id = $1 AND event = 'bundle.seal' ORDER BY seq DESC LIMIT 1",
      [caseId],
    )
    if (!row) throw new Error('the seal has no entry')
    const [key, salt] = [keys.caseKey(caseId) as Uint8Array, journalSalt(keys, caseId) as Uint8Array]
    const entry = JSON.parse(
      new TextDecoder().decode(orStop(unseal(key, row.sealed, entryPurpose(row.id)))),
    ) as JournalEntry
    const later = (await journal.log.checkpoint()) as Uint8Array
    const to = Number(orStop(openCheckpoint(later, journal.signer.key, journal.signer.check)).size)
    const node = nodeReader(journal.log, to, nodeSha256)
    const index = Number(row.log_index)
    const leaf = JSON.parse(new TextDecoder().decode(row.leaf)) as Json
    const json = (value: Json) => textToBytes(canonicalJson(value))
    const files = {
      'seal/entry.json': json({
        v: 1,
        leaf,
        entry: entry as unknown as Json,
        salt: bytesToHex(entrySalt(salt, entry.id)),
      }),
      'seal/entry.tlog-proof': formatTlogProof({
        index: BigInt(index),
        proof: await inclusionProof(node, index, to, hashes),
        checkpoint: later,
        extra: null,
      }),
      'seal/consistency.json': json({
        v: 1,
        from: String(from),
        to: String(to),
        proof: (await consistencyProof(node, from, to, hashes)).map(bytesToBase64),
      }),
    }
    const digest = (bytes: Uint8Array) => bytesToHex(sha256(bytes))
    const note = signSeal(
      {
        id: bundle.id,
        key: journal.signer.key,
        sha256: {
          'manifest.json': bundle.sha256,
          'seal/entry.json': digest(files['seal/entry.json']),
          'seal/entry.tlog-proof': digest(files['seal/entry.tlog-proof']),
          'seal/consistency.json': digest(files['seal/consistency.json']),
        },
      },
      journal.signer.sign,
    )
    return { ...files, 'seal.note': note }
  }
}

/** Until everything that is committed has its place in the published log, whichever process puts it there. */
async function settle({ database, journal }: BundleDesk): Promise<void> {
  const [last] = await database.query<{ seq: string }>('SELECT coalesce(max(seq), 0) AS seq FROM journal_entry')
  for (let tries = 0; tries < 600; tries++) {
    await journal.advance()
    const [left] = await database.query<{ n: string }>(
      'SELECT count(*) AS n FROM journal_entry WHERE seq <= $1 AND log_index IS NULL',
      [last?.seq],
    )
    if (Number(left?.n) === 0) {
      // The index is given before the tiles are written: published is what the checkpoint covers.
      const [top] = await database.query<{ n: string }>(
        'SELECT max(log_index) AS n FROM journal_entry WHERE seq <= $1',
        [last?.seq],
      )
      const bytes = await journal.log.checkpoint()
      if (bytes && Number(new TextDecoder().decode(bytes).split('\n')[1]) > Number(top?.n)) return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the journal does not advance')
}

async function writeFile(path: string, source: AsyncIterable<Uint8Array>): Promise<{ size: number; sha256: string }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let size = 0
  const counting = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk)
      size += chunk.length
      done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.from(source), counting, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
  } catch (thrown) {
    await rm(path, { force: true })
    throw thrown
  }
  return { size, sha256: hash.digest('hex') }
}
