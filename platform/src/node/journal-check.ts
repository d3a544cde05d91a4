/**
 * The check of everything that a node keeps against its journal, and of the journal against what others have seen of it.
 *
 * In this order: the tiles lead to the root of the signed checkpoint; every entry in the database is the one whose leaf is
 * published; every row is one that an entry names, unchanged, and none is missing (row-check.ts); the checkpoints that outside
 * authorities have stamped belong to this journal; and where a checkpoint is given that somebody else has kept, the journal of
 * today continues it. A superuser can change any row, any tile and any checkpoint of this node; he cannot change what somebody
 * else has kept, nor have another past stamped under an earlier time.
 */
import {
  checkJournal,
  entrySalt,
  type JournalEntry,
  leafOfEntry,
  nodeReader,
  openCheckpoint,
  openFormer,
  openWitnessed,
  parseEntry,
  readEntry,
  rootAtSize,
  type TileReader,
  treeHashes,
  type WitnessPolicy,
} from '../evidence/index.ts'
import { nodeSha256 } from '../evidence/store/index.ts'
import { type Database, eachRow, type Sql } from '../io/postgres/index.ts'
import { unseal } from '../kernel/crypto/index.ts'
import { bytesToHex, type Json, type Progress, Stop } from '../kernel/index.ts'
import { eachAnchor, flawOfAnchor, type TimestampAuthority } from './anchors.ts'
import type { NodeJournal } from './journal.ts'
import type { NodeKeys } from './keys.ts'
import { checkRows, NamedRows } from './row-check.ts'
import { entryPurpose, journalSalt } from './store/journal-append.ts'

export type Finding = {
  /** `record note/… version 2`, `journal entry 17`, `tile/0/000`, `checkpoint`. */
  readonly place: string
  readonly problem: string
}

export type NodeCheck = {
  readonly leaves: number
  readonly entries: number
  readonly rows: number
  /** Entries that wait for their place in the log. */
  readonly pending: number
  /** Entries and rows of erased cases: their leaves stand, their contents can be shown by nobody. */
  readonly erased: number
  readonly continues: 'not asked' | 'yes' | 'no'
  /** Stamps of time-stamping authorities that were checked, and the time of the newest. */
  readonly anchors: number
  readonly anchoredAt: string | null
  readonly findings: readonly Finding[]
}

export type Kept = { readonly checkpoint: Uint8Array; readonly policy: WitnessPolicy | null }

export async function checkNode(
  database: Database,
  keys: NodeKeys,
  journal: NodeJournal,
  kept: Kept | null,
  progress: Progress,
  authorities: readonly TimestampAuthority[] = [],
): Promise<NodeCheck> {
  const findings: Finding[] = []
  const found = (place: string, problem: string) => findings.push({ place, problem })
  const { log, signer } = journal
  const bytes = await log.checkpoint()
  const nothing = {
    ...{ leaves: 0, entries: 0, rows: 0, pending: 0, erased: 0, anchors: 0, anchoredAt: null },
    continues: kept ? ('no' as const) : ('not asked' as const),
  }
  if (bytes === null) return { ...nothing, findings: [{ place: 'checkpoint', problem: 'there is none' }] }
  const checkpoint = openCheckpoint(bytes, signer.key, signer.check)
  if (!checkpoint.ok) {
    found('checkpoint', checkpoint.refusal.message)
    return { ...nothing, findings }
  }
  const size = Number(checkpoint.value.size)
  progress.report(0, size, 'the tiles of the log')
  const tiles = await checkJournal(log, { size, root: checkpoint.value.root }, nodeSha256)
  for (const { path, offset, length, problem } of tiles.findings)
    found(`${path}, bytes ${offset} to ${offset + length}`, problem)
  if (!tiles.reachesRoot && tiles.findings.length === 0) found('checkpoint', 'the entries do not lead to its root')

  return database.transaction(async (sql) => {
    await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const said = await checkEntries(sql, size)
    const rows = await checkRows(sql, keys, said.named, found, progress)
    const [pending] = await sql.query<{ n: string }>('SELECT count(*) AS n FROM journal_entry WHERE log_index IS NULL')
    const anchored = await checkAnchors(sql, size)
    const continues = kept === null ? 'not asked' : (await continuesKept(kept, size)) ? 'yes' : 'no'
    return {
      leaves: size,
      entries: said.entries,
      rows: rows.rows,
      pending: Number(pending?.n),
      erased: said.erased + rows.erased,
      continues,
      ...anchored,
      findings,
    }
  })

  async function checkAnchors(sql: Sql, size: number) {
    let anchors = 0
    let anchoredAt: string | null = null
    const rootOf = async (at: number) => {
      const root =
        at > size ? null : await catchRefusalOf(rootAtSize(nodeReader(log, size), at, treeHashes(nodeSha256)))
      return root === null ? null : bytesToHex(root)
    }
    for await (const anchor of eachAnchor(sql)) {
      const flaw = await flawOfAnchor(anchor, journal, authorities, rootOf)
      if (flaw !== null) found(`stamp of ${anchor.authority} on the checkpoint of ${anchor.size} leaves`, flaw)
      anchors++
      if (anchoredAt === null || anchor.at > anchoredAt) anchoredAt = anchor.at
    }
    return { anchors, anchoredAt }
  }

  async function checkEntries(sql: Sql, size: number) {
    const named = new NamedRows()
    const bundles = rememberingLast(log)
    let [entries, erased, next] = [0, 0, 0]
    for await (const row of eachRow<EntryRow>(
      sql,
      'SELECT seq, id, log_index, case_id, sealed, leaf, event, subject, at FROM journal_entry ORDER BY log_index NULLS LAST, seq',
    )) {
      const place = row.log_index === null ? `waiting journal entry ${row.id}` : `journal entry ${row.log_index}`
      entries++
      if (row.log_index !== null) {
        const index = Number(row.log_index)
        for (; next < index; next++) found(`journal entry ${next}`, 'is missing from the database')
        next = index + 1
        if (index < size) {
          const published = await readEntry(bundles, index, size)
          if (!published.ok || Buffer.compare(published.value.bytes, row.leaf) !== 0)
            found(place, 'is not the one that was published')
        }
      }
      progress.report(entries, undefined, `journal entries: ${entries}`)
      const salt = journalSalt(keys, row.case_id)
      const key = row.case_id === null ? keys.nodeKey('records') : keys.caseKey(row.case_id)
      if (salt === null || key === null) {
        erased++
        continue
      }
      const entry = openEntry(row, key)
      if (!entry) {
        found(place, 'does not open: it was changed')
        continue
      }
      if (bytesToHex(leafOfEntry(entry, entrySalt(salt, entry.id))) !== bytesToHex(row.leaf))
        found(place, 'does not match its leaf')
      if (
        entry.id !== row.id ||
        entry.event !== row.event ||
        entry.of !== row.subject ||
        entry.at !== row.at.toISOString()
      )
        found(place, 'has columns that differ from what it says')
      named.add(entry)
    }
    for (; next < size; next++) found(`journal entry ${next}`, 'is missing from the database')
    return { entries, erased, named }
  }

  /** Whoever kept a checkpoint before the keys were changed kept what the former key has signed. */
  function openOwn(keptBytes: Uint8Array) {
    const now = openCheckpoint(keptBytes, signer.key, signer.check)
    return now.ok ? now : (openFormer(keptBytes, signer) ?? now)
  }

  async function continuesKept({ checkpoint: keptBytes, policy }: Kept, size: number): Promise<boolean> {
    const opened = policy ? openWitnessed(keptBytes, policy, signer.check) : openOwn(keptBytes)
    if (!opened.ok) {
      found('the checkpoint that was kept', opened.refusal.message)
      return false
    }
    const head = 'checkpoint' in opened.value ? opened.value.checkpoint : opened.value
    if (head.size > BigInt(size)) {
      found('checkpoint', `the journal had ${head.size} leaves once, and has ${size} now: it was cut back`)
      return false
    }
    const root = await catchRefusalOf(rootAtSize(nodeReader(log, size), Number(head.size), treeHashes(nodeSha256)))
    if (root !== null && bytesToHex(root) === bytesToHex(head.root)) return true
    found('checkpoint', `the first ${head.size} leaves are not those that were there: the past was rewritten`)
    return false
  }
}

/** Entries are read in order, 256 of them from one file. */
function rememberingLast(reader: TileReader): TileReader {
  let last: { readonly path: string; readonly bytes: Uint8Array | null } | null = null
  return {
    read: async (path) => {
      if (last?.path !== path) last = { path, bytes: await reader.read(path) }
      return last.bytes
    },
  }
}

/** Tiles that cannot be read were named before; here they mean that nothing is shown to continue. */
async function catchRefusalOf<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((thrown: unknown) => {
    if (thrown instanceof Stop) return null
    throw thrown
  })
}

type EntryRow = {
  readonly id: string
  readonly log_index: string | null
  readonly case_id: string | null
  readonly sealed: Uint8Array
  readonly leaf: Uint8Array
  readonly event: string
  readonly subject: string
  readonly at: Date
}

function openEntry({ id, sealed }: EntryRow, key: Uint8Array): JournalEntry | null {
  const plain = unseal(key, sealed, entryPurpose(id))
  if (!plain.ok) return null
  const entry = parseEntry(JSON.parse(new TextDecoder().decode(plain.value)) as Json)
  return entry.ok ? entry.value : null
}
