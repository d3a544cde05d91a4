/**
 * This node as a witness (C2SP tlog-witness): it cosigns the checkpoints that members bring of their own journals, each only where
 * it continues the one before. What it has cosigned is stored before it answers; it goes back for nobody.
 *
 * No entry of its own journal speaks of a cosignature: that entry would make a checkpoint, which the other would cosign, and two
 * witnesses of each other would never come to rest. Of what it refuses as a contradiction there is an entry.
 */
import {
  considerCheckpoint,
  cosign,
  type KnownTree,
  type NoteKey,
  openCheckpoint,
  parseAddCheckpoint,
  parseCheckpoint,
} from '../../evidence/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToHex, concatBytes, type Refusal, refuse, sha256, textToBytes } from '../../kernel/index.ts'
import type { Asked, ExchangeRoute, Given } from './exchange-route.ts'
import { type ForkSetting, keepFork, keepUnproven } from './journal-forks.ts'

export const WITNESS_PATH = '/comity/v1/witness/add-checkpoint'
export const NOTE_TYPE = 'text/plain; charset=utf-8'
export const SIZE_TYPE = 'text/x.tlog.size'
export const WITNESS_COVERS = ['@method', '@target-uri', 'content-type', 'content-digest']
/** 63 lines of proof and a checkpoint with more signatures than anybody needs. */
const MOST_BYTES = 64 * 1024

export type WitnessSetting = ForkSetting & {
  readonly database: Database
  /** Whether the directory gives this node the role now. */
  readonly isWitness: () => boolean
  /** Of type 4. */
  readonly key: NoteKey
  readonly sign: (bytes: Uint8Array) => Uint8Array
  /** The journal key of a member, as the directory gives it now. */
  readonly journalKeyOf: (agency: string) => NoteKey | null
  readonly now: () => number
}

type Tree = { readonly size: string; readonly root: Uint8Array; readonly checkpoint: Uint8Array }

export function witnessRoute(setting: WitnessSetting): ExchangeRoute {
  const { database, key, journalKeyOf } = setting
  const told = new Set<string>()
  return {
    method: 'POST',
    path: WITNESS_PATH,
    components: WITNESS_COVERS,
    body: { type: NOTE_TYPE, most: MOST_BYTES },
    counts: 'proofs',
    answer,
  }

  async function answer(asked: Asked): Promise<Given> {
    const journalKey = setting.isWitness() ? journalKeyOf(asked.peer.id) : null
    if (journalKey === null) return unknown()
    const request = parseAddCheckpoint(asked.body)
    if (!request.ok) return { status: 400, refusal: request.refusal }
    const brought = parseCheckpoint(request.value.checkpoint)
    if (!brought.ok) return { status: 400, refusal: brought.refusal }
    if (brought.value.origin !== journalKey.name) return unknown()
    const opened = openCheckpoint(request.value.checkpoint, journalKey, checkEd25519)
    if (!opened.ok) return { status: 403, refusal: opened.refusal }
    const { size, root, note } = opened.value
    if (request.value.oldSize > size)
      return {
        status: 400,
        refusal: refusalOf(
          'WITNESS_SIZE_OTHER',
          'The old size is larger than the checkpoint.',
          'Send the size before it.',
        ),
      }
    // The row is locked from the look at the old size until the new one is kept.
    const decided = await database.transaction(async (sql) => {
      await sql.query(
        `INSERT INTO witness_tree (origin, agency, size, root, checkpoint, at) VALUES ($1, $2, 0, '', '', $3) ON CONFLICT DO NOTHING`,
        [journalKey.name, asked.peer.id, new Date(setting.now())],
      )
      const [tree] = await sql.query<Tree>(
        'SELECT size, root, checkpoint FROM witness_tree WHERE origin = $1 FOR UPDATE',
        [journalKey.name],
      )
      const known: KnownTree = tree && tree.size !== '0' ? { size: BigInt(tree.size), root: tree.root } : null
      const considered = considerCheckpoint(known, request.value, journalKey, checkEd25519)
      if (considered.ok)
        await sql.query(
          'UPDATE witness_tree SET agency = $2, size = $3, root = $4, checkpoint = $5, at = $6 WHERE origin = $1',
          [journalKey.name, asked.peer.id, size, root, request.value.checkpoint, new Date(setting.now())],
        )
      return { considered, known, tree }
    })
    const { considered, known, tree } = decided
    if (considered.ok) {
      const { line } = cosign(note, key, Math.floor(setting.now() / 1000), setting.sign)
      return { status: 200, type: NOTE_TYPE, body: textToBytes(`${line}\n`) }
    }
    const knownSize = known?.size ?? 0n
    const isFork = known !== null && knownSize === size && bytesToHex(known.root) !== bytesToHex(root)
    // Whatever old size was named: two trees of one size are a contradiction that stands by itself.
    if (isFork && tree) {
      await keepFork(setting, asked.peer.id, journalKey, {
        ...{ smaller: tree.checkpoint, larger: request.value.checkpoint, rootAtSmaller: root, proof: [] },
      })
      return sizeOf(knownSize)
    }
    if (considered.refusal.code !== 'CONSISTENCY_UNPROVEN') return sizeOf(knownSize)
    await unproven(asked.peer.id, tree?.checkpoint ?? new Uint8Array(), request.value.checkpoint)
    return { status: 422, refusal: considered.refusal }
  }

  async function unproven(agency: string, known: Uint8Array, brought: Uint8Array): Promise<void> {
    const once = bytesToHex(sha256(concatBytes(known, brought)))
    if (told.has(once)) return
    if (told.size >= 1000) told.clear()
    told.add(once)
    await keepUnproven(setting, agency, known, brought)
  }
}

function sizeOf(size: bigint): Given {
  return { status: 409, type: SIZE_TYPE, body: textToBytes(`${size}\n`) }
}

function unknown(): Given {
  const refusal = refusalOf(
    'WITNESS_UNKNOWN_LOG',
    'This node cosigns no journal of this name for you.',
    'Ask a member that has the role of a witness, for the journal whose key the directory gives.',
  )
  return { status: 404, refusal }
}

function refusalOf(code: string, message: string, fix: string): Refusal {
  const refused = refuse(code, message, { fix })
  if (refused.ok) throw new Error('no refusal')
  return refused.refusal
}
