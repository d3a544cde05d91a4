/**
 * This journal and its witnesses: when a checkpoint is new, each witness of the directory is asked to cosign it, every few seconds
 * at most. Cosignatures that are missing keep nothing waiting; after a while somebody is told.
 */
import {
  consistencyProof,
  cosignedAt,
  formatAddCheckpoint,
  type Member,
  type NoteKey,
  nodeReader,
  openCheckpoint,
  parseNote,
  treeHashes,
  type WitnessPolicy,
  withSignatures,
} from '../../evidence/index.ts'
import { nodeSha256 } from '../../evidence/store/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToText, concatBytes } from '../../kernel/index.ts'
import type { NodeJournal } from '../journal.ts'
import type { ExchangeClient } from './exchange-client.ts'
import { running } from './running.ts'
import { NOTE_TYPE, SIZE_TYPE, WITNESS_COVERS, WITNESS_PATH } from './witness-desk.ts'

export type Witness = { readonly id: string; readonly key: NoteKey }

export type CosigningSetting = {
  readonly journal: Pick<NodeJournal, 'log' | 'signer'>
  readonly database: Database
  readonly client: Pick<ExchangeClient, 'call'>
  /** Members with the role, but this one, as the directory gives them now. */
  readonly witnesses: () => readonly Witness[]
  /** How many of them are enough; two thirds of them, rounded up, where nothing is said. */
  readonly required?: number
  readonly now: () => number
  /** Told how each request went: `cosigned`, `refused`, `silent`, `ahead` (the witness knows a larger tree than there is here). */
  readonly told: (witness: string, outcome: 'cosigned' | 'refused' | 'silent' | 'ahead') => void
  /** Told once when too few have cosigned for this long, and again after as long. */
  readonly alarm: (missing: { readonly have: number; readonly need: number; readonly since: number }) => void
  readonly paceMs?: number
  readonly alarmAfterMs?: number
}

export type Cosigning = {
  /** Brings the checkpoint of now to the witnesses that have not cosigned it. Answers how many have. */
  round(): Promise<number>
  run(alarm: (fault: unknown) => void): () => Promise<void>
}

const PACE_MS = 3000
const ALARM_AFTER_MS = 600_000
/** Checkpoints that are kept with their cosignatures; one that was cosigned shows all that came before. */
const KEPT = 50
const hashes = treeHashes(nodeSha256)

export function openCosigning(setting: CosigningSetting): Cosigning {
  const { journal, database, client, now } = setting
  /** The size that each witness knows, as far as it has said. */
  const sizeByWitness = new Map<string, number>()
  let missingSince: number | null = null
  return {
    round: async () => (await database.exclusively('cosigning', round)) ?? 0,
    run: (alarm) =>
      running(
        async () => {
          await database.exclusively('cosigning', round)
          return false
        },
        setting.paceMs ?? PACE_MS,
        alarm,
      ),
  }

  async function round(): Promise<number> {
    const checkpoint = await journal.log.checkpoint()
    const opened = checkpoint && openCheckpoint(checkpoint, journal.signer.key, journal.signer.check)
    if (!checkpoint || !opened?.ok || opened.value.size === 0n) return 0
    const size = Number(opened.value.size)
    const before = await cosignedAtSize(database, size)
    let note = withSignatures(opened.value.note, before ? parsed(before).signatures : [])
    const witnesses = setting.witnesses()
    const lines = await Promise.all(
      witnesses.map(async (witness) => (hasCosigned(note, witness) ? null : askOne(witness, checkpoint, size))),
    )
    const fresh = lines.flatMap((line) => (line === null ? [] : [{ line }]))
    note = withSignatures(parsed(note), fresh)
    const have = witnesses.filter((witness) => hasCosigned(note, witness)).length
    if (fresh.length > 0 || !before) await keep(size, note, have)
    watch(have, requiredOf(setting))
    return have
  }

  async function askOne({ id, key }: Witness, checkpoint: Uint8Array, size: number): Promise<string | null> {
    for (let tries = 0; tries < 2; tries++) {
      const old = sizeByWitness.get(id) ?? 0
      const proof =
        old === 0 || old >= size ? [] : await consistencyProof(nodeReader(journal.log, size), old, size, hashes)
      const called = await client.call(id, {
        method: 'POST',
        path: WITNESS_PATH,
        headers: { 'content-type': NOTE_TYPE },
        components: WITNESS_COVERS,
        body: formatAddCheckpoint({ oldSize: BigInt(old), proof, checkpoint }),
      })
      if (called?.status === 409 && called.type === SIZE_TYPE) {
        const [, digits] = /^(0|[1-9][0-9]{0,15})\n$/.exec(new TextDecoder().decode(called.bytes)) ?? []
        const known = Number(digits ?? Number.NaN)
        // Nobody can know a larger tree of ours: a copy of this database was at work, or the past was lost.
        if (known > size || Number.isNaN(known) || (known === old && known === size)) {
          setting.told(id, 'ahead')
          return null
        }
        sizeByWitness.set(id, known)
        continue
      }
      const line = called?.status === 200 ? lineOf(key, checkpoint, called.bytes) : null
      setting.told(id, line !== null ? 'cosigned' : called === null ? 'silent' : 'refused')
      if (line !== null) sizeByWitness.set(id, size)
      return line
    }
    return null
  }

  async function keep(size: number, note: Uint8Array, witnesses: number): Promise<void> {
    await database.transaction(async (sql) => {
      await sql.query(
        `INSERT INTO cosigned_checkpoint (size, note, witnesses, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (size) DO UPDATE SET note = $2, witnesses = $3, at = $4`,
        [size, note, witnesses, new Date(now())],
      )
      await sql.query(
        `DELETE FROM cosigned_checkpoint WHERE size NOT IN (SELECT size FROM cosigned_checkpoint ORDER BY size DESC LIMIT ${KEPT})
           AND size <> coalesce((SELECT max(size) FROM cosigned_checkpoint WHERE witnesses >= $1), -1)`,
        [requiredOf(setting)],
      )
    })
  }

  function watch(have: number, need: number): void {
    if (have >= need) {
      missingSince = null
      return
    }
    missingSince ??= now()
    if (now() - missingSince < (setting.alarmAfterMs ?? ALARM_AFTER_MS)) return
    setting.alarm({ have, need, since: missingSince })
    missingSince = now()
  }
}

export function requiredOf({ witnesses, required }: Pick<CosigningSetting, 'witnesses' | 'required'>): number {
  return required ?? Math.ceil((2 * witnesses().length) / 3)
}

/** Whom a reader must believe to believe a checkpoint of this journal: so many of these witnesses. */
export function witnessPolicyOf(log: NoteKey, witnesses: readonly Witness[], needed: number): WitnessPolicy {
  const members = witnesses.map(({ key }): Member => ({ kind: 'witness', name: key.name, key }))
  const quorum: Member = { kind: 'group', name: 'directory', needed, members }
  return { logs: [log], witnesses: witnesses.map(({ key }) => key), quorum: needed === 0 ? null : quorum }
}

/** The checkpoint with the cosignatures that are known on it: of this very size and root, or none. */
export async function withCosignatures(database: Database, checkpoint: Uint8Array): Promise<Uint8Array> {
  const note = parseNote(checkpoint)
  if (!note.ok) return checkpoint
  const size = Number(note.value.text.split('\n')[1])
  const known = await cosignedAtSize(database, size)
  const cosigned = known && parsed(known)
  return cosigned?.text === note.value.text ? withSignatures(note.value, cosigned.signatures) : checkpoint
}

/**
 * A checkpoint that covers this one and that witnesses have cosigned, for what is handed to others: waited for a moment where this
 * journal has witnesses that answer. Else the checkpoint itself.
 */
export async function cosignedFrom(database: Database, checkpoint: Uint8Array, withinMs: number): Promise<Uint8Array> {
  const note = parseNote(checkpoint)
  if (!note.ok || (await cosignedCheckpoint(database, 1)) === null) return checkpoint
  const size = Number(note.value.text.split('\n')[1])
  for (const end = Date.now() + withinMs; ; ) {
    const cosigned = await cosignedCheckpoint(database, 1)
    if (cosigned !== null && cosigned.size >= size) return cosigned.note
    if (Date.now() > end) return checkpoint
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The newest checkpoint that so many witnesses have cosigned. */
export async function cosignedCheckpoint(
  database: Database,
  needed: number,
): Promise<{ readonly size: number; readonly note: Uint8Array } | null> {
  const [row] = await database.query<{ size: string; note: Uint8Array }>(
    'SELECT size, note FROM cosigned_checkpoint WHERE witnesses >= $1 ORDER BY size DESC LIMIT 1',
    [needed],
  )
  return row ? { size: Number(row.size), note: row.note } : null
}

async function cosignedAtSize(database: Database, size: number): Promise<Uint8Array | null> {
  const [row] = await database.query<{ note: Uint8Array }>('SELECT note FROM cosigned_checkpoint WHERE size = $1', [
    size,
  ])
  return row?.note ?? null
}

function parsed(bytes: Uint8Array) {
  const note = parseNote(bytes)
  if (!note.ok) throw new Error(note.refusal.message)
  return note.value
}

function hasCosigned(note: Uint8Array, { key }: Witness): boolean {
  const at = cosignedAt(parsed(note), key, checkEd25519)
  return at.ok && at.value !== null
}

/** The line of this witness, if it is its signature on this checkpoint; what else was sent along is left. */
function lineOf(key: NoteKey, checkpoint: Uint8Array, lines: Uint8Array): string | null {
  const text = bytesToText(lines)
  const note = text.ok ? parseNote(concatBytes(checkpoint, lines)) : text
  if (!note.ok) return null
  for (const signature of note.value.signatures) {
    const at = cosignedAt({ text: note.value.text, signatures: [signature] }, key, checkEd25519)
    if (at.ok && at.value !== null) return signature.line
  }
  return null
}
