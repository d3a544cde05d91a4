/**
 * Watching the journals of others: the checkpoints of everybody with whom messages were exchanged are fetched, and each must
 * continue the last that was seen here, wherever it was seen. One that does not is proof, which is signed and kept.
 */
import {
  type Checkpoint,
  consistencyProof,
  type Equivocation,
  type NodeReader,
  type NoteKey,
  nodeReader,
  openCheckpoint,
  showEquivocation,
  type TileReader,
  treeHashes,
  verifyConsistency,
  verifyEquivocation,
} from '../../evidence/index.ts'
import { nodeSha256 } from '../../evidence/store/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToHex, Stop } from '../../kernel/index.ts'
import type { NodeJournal } from '../journal.ts'
import { withCosignatures } from './cosigning.ts'
import type { ExchangeClient } from './exchange-client.ts'
import type { ExchangeRoute } from './exchange-route.ts'
import { type ForkSetting, keepFork, keepUnproven } from './journal-forks.ts'
import { running } from './running.ts'
import { NOTE_TYPE } from './witness-desk.ts'

export const LOG_PATH = '/comity/v1/log/'
const TILE = /^tile\/(entries|[0-9]{1,2})(\/x[0-9]{3})*\/[0-9]{3}(\.p\/[0-9]{1,3})?$/
const POLL_MS = 60_000
const hashes = treeHashes(nodeSha256)

/** What this node shows the others of its journal, over the line on which they know who answers. */
export function ownLogRoute(journal: Pick<NodeJournal, 'log'>, database: Database): ExchangeRoute {
  return {
    method: 'GET',
    path: LOG_PATH,
    components: ['@method', '@target-uri'],
    body: null,
    counts: 'proofs',
    answer: async ({ rest }) => {
      if (rest === 'checkpoint') {
        const checkpoint = await journal.log.checkpoint()
        if (checkpoint) return { status: 200, type: NOTE_TYPE, body: await withCosignatures(database, checkpoint) }
      }
      const bytes = TILE.test(rest) ? await journal.log.read(rest) : null
      if (bytes) return { status: 200, type: 'application/octet-stream', body: bytes }
      return { status: 404, refusal: { code: 'ACTION_UNKNOWN', message: 'The journal has no such file.' } }
    },
  }
}

export type PeerLogsSetting = ForkSetting & {
  readonly database: Database
  readonly client: Pick<ExchangeClient, 'call'>
  /** The journal key of a member, as the directory gives it now. */
  readonly journalKeyOf: (agency: string) => NoteKey | null
  readonly now: () => number
  readonly pollMs?: number
}

/** `continues`: and is the last that was seen from now on; `older`: of a smaller tree, which the last one continues. */
export type Compared = 'continues' | 'older' | 'fork' | 'unproven' | 'unknown'

export type PeerLogs = {
  /** Fetches the checkpoint of one member and compares it. */
  poll(agency: string): Promise<Compared>
  /** Compares a checkpoint that came some other way, as with the proof of a receipt. */
  seen(agency: string, checkpoint: Uint8Array): Promise<Compared>
  run(alarm: (fault: unknown) => void): () => Promise<void>
}

type Seen = { readonly size: string; readonly root: Uint8Array; readonly checkpoint: Uint8Array }

export function openPeerLogs(setting: PeerLogsSetting): PeerLogs {
  const { database, client, journalKeyOf, now } = setting
  /** How many times running the journal of a member could not be followed. */
  const failures = new Map<string, number>()
  /** Checkpoints that a member has signed and nothing led to; looked at again when its journal can be followed. */
  const doubtful = new Map<string, Uint8Array>()
  return {
    poll,
    seen,
    run: (alarm) =>
      running(
        async () => {
          await database.exclusively('peer-logs', async () => {
            for (const agency of await exchangedWith()) await poll(agency).catch(alarm)
          })
          return false
        },
        setting.pollMs ?? POLL_MS,
        alarm,
      ),
  }

  async function exchangedWith(): Promise<readonly string[]> {
    const rows = await database.query<{ agency: string }>(
      `SELECT DISTINCT agency FROM (SELECT opener AS agency FROM exchange UNION SELECT other FROM exchange
         UNION SELECT agency FROM witness_tree) a WHERE agency <> $1 ORDER BY agency`,
      [setting.me],
    )
    return rows.map(({ agency }) => agency)
  }

  async function poll(agency: string): Promise<Compared> {
    const called = await client.call(agency, { method: 'GET', path: `${LOG_PATH}checkpoint` })
    // Who cannot be reached contradicts nothing.
    if (called?.status !== 200) return 'unknown'
    return seen(agency, called.bytes)
  }

  async function seen(agency: string, bytes: Uint8Array): Promise<Compared> {
    const key = journalKeyOf(agency)
    if (key === null) return 'unknown'
    const opened = openCheckpoint(bytes, key, checkEd25519)
    // Whoever sent this has not shown that it is of that journal.
    if (!opened.ok) return 'unknown'
    const compared = await compare(agency, key, bytes, opened.value)
    if (compared === 'unproven') {
      await notFollowed(agency, bytes)
      return compared
    }
    const doubted = doubtful.get(agency)
    if (compared !== 'continues' || doubted === undefined) return compared
    failures.delete(agency)
    doubtful.delete(agency)
    const again = await seen(agency, doubted)
    return again === 'fork' ? again : compared
  }

  async function compare(agency: string, key: NoteKey, bytes: Uint8Array, now_: Checkpoint): Promise<Compared> {
    const last = await lastSeen(agency)
    if (!last) {
      await keep(agency, bytes, now_, null)
      return 'continues'
    }
    // After a change of keys the last one is under the former key; its size and root stand here all the same.
    const [lastSize, size] = [Number(last.size), Number(now_.size)]
    if (lastSize === size) {
      if (bytesToHex(last.root) === bytesToHex(now_.root)) return 'continues'
      return forked(agency, key, { smaller: last.checkpoint, larger: bytes, rootAtSmaller: now_.root, proof: [] })
    }
    const before = { size: BigInt(last.size), root: last.root, bytes: last.checkpoint }
    const came = { size: now_.size, root: now_.root, bytes }
    const [small, large] = lastSize < size ? [before, came] : [came, before]
    const node = nodeReader(tilesOf(agency), Number(large.size), nodeSha256)
    const followed = await follows(small, large, node)
    if (followed === 'yes') {
      if (lastSize < size) await keep(agency, bytes, now_, last)
      return lastSize < size ? 'continues' : 'older'
    }
    if (followed === 'unknown') return 'unproven'
    const opened = [small, large].map((one) => openCheckpoint(one.bytes, key, checkEd25519))
    const [smaller, larger] = opened
    if (!smaller?.ok || !larger?.ok) return 'unproven'
    const shown = await orNull(
      showEquivocation(
        { bytes: small.bytes, checkpoint: smaller.value },
        { bytes: large.bytes, checkpoint: larger.value, node },
      ),
    )
    // Tiles that lead nowhere prove nothing.
    if (shown === null || !verifyEquivocation(shown, key, checkEd25519).ok) return 'unproven'
    return forked(agency, key, shown)
  }

  async function forked(agency: string, key: NoteKey, shown: Equivocation): Promise<Compared> {
    // Under a key that has been changed since, the proof would not verify: then it stays with the alarm.
    if (!verifyEquivocation(shown, key, checkEd25519).ok) return 'unproven'
    await keepFork(setting, agency, key, shown)
    return 'fork'
  }

  async function notFollowed(agency: string, bytes: Uint8Array): Promise<void> {
    const times = (failures.get(agency) ?? 0) + 1
    failures.set(agency, times)
    doubtful.set(agency, bytes)
    // Once may be a tile that was just being written.
    if (times === 3)
      await keepUnproven(setting, agency, (await lastSeen(agency))?.checkpoint ?? new Uint8Array(), bytes)
  }

  async function lastSeen(agency: string): Promise<Seen | null> {
    const [row] = await database.query<Seen>('SELECT size, root, checkpoint FROM peer_log WHERE agency = $1', [agency])
    return row ?? null
  }

  /** Only in the place of the one that it was compared with. */
  async function keep(agency: string, bytes: Uint8Array, { size, root }: Checkpoint, over: Seen | null): Promise<void> {
    await database.query(
      `INSERT INTO peer_log (agency, size, root, checkpoint, at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (agency) DO UPDATE SET size = $2, root = $3, checkpoint = $4, at = $5 WHERE peer_log.size = $6`,
      [agency, size, root, bytes, new Date(now()), over?.size ?? -1],
    )
  }

  function tilesOf(agency: string): TileReader {
    return {
      read: async (path) => {
        const called = await client.call(agency, { method: 'GET', path: `${LOG_PATH}${path}` })
        return called?.status === 200 ? called.bytes : null
      },
    }
  }
}

type Head = { readonly size: bigint; readonly root: Uint8Array }

async function follows(small: Head, large: Head, node: NodeReader): Promise<'yes' | 'no' | 'unknown'> {
  if (small.size === 0n) return 'yes'
  const proof = await orNull(consistencyProof(node, Number(small.size), Number(large.size), hashes))
  if (proof === null) return 'unknown'
  const { ok } = verifyConsistency({
    size1: small.size,
    size2: large.size,
    root1: small.root,
    root2: large.root,
    proof,
  })
  return ok ? 'yes' : 'no'
}

/** A tile that is missing or cut is no fault of this node. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (thrown) {
    if (thrown instanceof Stop || thrown instanceof RangeError) return null
    throw thrown
  }
}
