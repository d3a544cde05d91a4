/**
 * The journal of a node: entries wait in the database until the sequencer gives them their place, writes the tiles and signs
 * a checkpoint. One process of all that share the database does so at a time; any may take over.
 */
import {
  advanceJournal,
  formatVkey,
  type JournalSigner,
  type JournalState,
  type JournalStore,
  noteKey,
  type PublishedLog,
} from '../evidence/index.ts'
import { nodeSha256, tileFolder } from '../evidence/store/index.ts'
import type { Database } from '../io/postgres/index.ts'
import { checkEd25519, signEd25519 } from '../kernel/crypto/index.ts'
import { orStop } from '../kernel/index.ts'
import type { NodeKeys } from './keys.ts'

export type NodeJournal = {
  readonly log: PublishedLog
  readonly signer: JournalSigner
  /** The public key of checkpoints, as other nodes and auditors note it down. */
  readonly vkey: string
  /** Publishes what waits, if no other process is at it. Answers how many leaves were added; -1 where another is at it. */
  advance(): Promise<number>
  /** Publishes within two seconds of each entry, until stopped. */
  run(alarm: (fault: unknown) => void, advanced?: (added: number) => void): () => Promise<void>
}

/** The longest that an entry waits for its place; a notification usually comes first. */
const PULSE_MS = 1000
/** The least time from one publishing to the next: many entries then share one batch, one checkpoint and its way to the disk. */
const PACE_MS = 100

/** On this channel every process hears that entries have their place in the log, and are published. */
export const PLACED = 'comity_placed'

export function openJournal(database: Database, keys: NodeKeys, name: string, folder: string): NodeJournal {
  const log = tileFolder(folder)
  const store = journalStore(database)
  const signer = journalSigner(keys, name)
  let state: JournalState | undefined

  async function advance(): Promise<number> {
    const added = await database.exclusively('journal', async () => {
      const step = orStop(await advanceJournal(store, log, signer, { hash: nodeSha256, ...(state ? { state } : {}) }))
      state = step.state
      return step.added
    })
    // Whoever waits for events hears of them now, and does not have to guess how long the sequencer takes.
    if (added !== null && added > 0) await database.query(`SELECT pg_notify('${PLACED}', '')`)
    return added ?? -1
  }

  return { log, signer, vkey: formatVkey(signer.key), advance, run }

  function run(alarm: (fault: unknown) => void, advanced: (added: number) => void = () => {}): () => Promise<void> {
    let wanted = true
    let wake: () => void = () => {}
    let pending = false
    const ring = () => {
      pending = true
      wake()
    }
    const listening = database.listen('comity_journal', ring)
    const loop = (async () => {
      while (wanted) {
        pending = false
        try {
          const added = await advance()
          if (added > 0) advanced(added)
        } catch (fault) {
          alarm(fault)
        }
        if (wanted) await new Promise((resolve) => setTimeout(resolve, PACE_MS))
        if (!wanted || pending) continue
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, PULSE_MS)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    })()
    return async () => {
      wanted = false
      wake()
      await (await listening)()
      await loop
      // What was written in the last moment gets its place before the node goes.
      await advance()
    }
  }
}

export function journalSigner(keys: NodeKeys, name: string): JournalSigner {
  const signing = keys.signingKey()
  return {
    key: noteKey(name, 1, signing.publicKey.bytes),
    sign: (message) => signEd25519(signing, message),
    check: checkEd25519,
    former: keys.formerSigners().map((key) => noteKey(name, 1, key)),
  }
}

export function journalStore(database: Database): JournalStore {
  return {
    sequence: (limit) =>
      database.transaction(async (sql) => {
        const [row] = await sql.query<{ n: string }>('SELECT coalesce(max(log_index) + 1, 0) AS n FROM journal_entry')
        const first = Number(row?.n)
        const placed = await sql.query(
          `UPDATE journal_entry e SET log_index = p.place FROM
             (SELECT seq, $1::bigint + row_number() OVER (ORDER BY seq) - 1 AS place FROM
               (SELECT seq FROM journal_entry WHERE log_index IS NULL ORDER BY seq LIMIT $2) w) p
           WHERE e.seq = p.seq RETURNING e.seq`,
          [first, limit],
        )
        return first + placed.length
      }),
    leaves: async (first, limit) => {
      const rows = await database.query<{ log_index: string; leaf: Uint8Array }>(
        'SELECT log_index, leaf FROM journal_entry WHERE log_index >= $1 ORDER BY log_index LIMIT $2',
        [first, limit],
      )
      rows.forEach(({ log_index }, at) => {
        if (Number(log_index) !== first + at) throw new Error(`the journal has no entry ${first + at}`)
      })
      return rows.map(({ leaf }) => leaf)
    },
  }
}
