/**
 * Proofs of receipts: whoever gave a receipt shows that it stands in its journal, under a checkpoint that witnesses have cosigned.
 * With it neither side can deny: not the receiver, whose journal the witnesses know, and not the sender, who signed the message.
 *
 * The proof is a C2SP tlog-proof; its extra data are the entry and its salt, from which the leaf is computed.
 */
import {
  entrySalt,
  formatTlogProof,
  inclusionProof,
  type JournalEntry,
  leafOfEntry,
  type NoteKey,
  nodeReader,
  parseEntry,
  parseTlogProof,
  treeHashes,
  verifyTlogProof,
  type WitnessPolicy,
} from '../../evidence/index.ts'
import { nodeSha256 } from '../../evidence/store/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import { checkEd25519, unseal } from '../../kernel/crypto/index.ts'
import {
  bytesToHex,
  canonicalJson,
  hexToBytes,
  isHex,
  type Json,
  ok,
  orStop,
  type Result,
  refuse,
  strictJson,
  textToBytes,
} from '../../kernel/index.ts'
import type { NodeJournal } from '../journal.ts'
import type { NodeKeys } from '../keys.ts'
import { entryPurpose, journalSalt } from '../store/journal-append.ts'
import { cosignedCheckpoint, type Witness, witnessPolicyOf } from './cosigning.ts'
import type { ExchangeClient } from './exchange-client.ts'
import type { ExchangeRoute, Given } from './exchange-route.ts'
import type { PeerLogs } from './peer-logs.ts'
import { saysReceipted } from './receipt-entry.ts'
import { running } from './running.ts'
import { NOTE_TYPE } from './witness-desk.ts'

export const PROOFS_PATH = '/comity/v1/proofs/'
const hashes = treeHashes(nodeSha256)

export type ProofsGiven = {
  readonly database: Database
  readonly keys: NodeKeys
  readonly journal: Pick<NodeJournal, 'log'>
  /** How many witnesses must have cosigned a checkpoint before it is shown with a proof. */
  readonly needed: () => number
}

/** Gives the proof of a receipt to the one to whom the receipt was given. */
export function proofRoute({ database, keys, journal, needed }: ProofsGiven): ExchangeRoute {
  return {
    method: 'GET',
    path: PROOFS_PATH,
    components: ['@method', '@target-uri'],
    body: null,
    counts: 'proofs',
    answer: async ({ peer, rest }): Promise<Given> => {
      const [row] = await database.query<{ log_index: string | null; id: string; sealed: Uint8Array }>(
        `SELECT j.log_index, j.id, j.sealed FROM message_in m JOIN journal_entry j ON j.id = m.entry
         WHERE m.sender = $1 AND m.id = $2`,
        [peer.id, decoded(rest)],
      )
      if (!row)
        return { status: 404, refusal: { code: 'EXCHANGE_NO_RECEIPT', message: 'No receipt was given for this.' } }
      const index = row.log_index === null ? null : Number(row.log_index)
      const cosigned = await cosignedCheckpoint(database, needed())
      if (index === null || cosigned === null || cosigned.size <= index)
        return { status: 202, type: 'application/json', body: textToBytes('{"state":"waiting"}') }
      const entry = JSON.parse(
        new TextDecoder().decode(orStop(unseal(keys.nodeKey('records'), row.sealed, entryPurpose(row.id)))),
      ) as Json
      const salt = entrySalt(journalSalt(keys, null) as Uint8Array, row.id)
      const proof = await inclusionProof(nodeReader(journal.log, cosigned.size), index, cosigned.size, hashes)
      const extra = textToBytes(canonicalJson({ entry, salt: bytesToHex(salt) }))
      const body = formatTlogProof({ index: BigInt(index), proof, checkpoint: cosigned.note, extra })
      return { status: 200, type: NOTE_TYPE, body }
    },
  }
}

/** The message of ours, and the receipt for it that we hold. */
export type Receipted = {
  readonly from: string
  readonly id: string
  readonly digest: string
  readonly receipt: Uint8Array
}

export type ReceiptProof = {
  readonly index: bigint
  readonly size: bigint
  /** Witnesses that cosigned, by the policy. */
  readonly witnesses: number
  readonly entry: JournalEntry
  readonly checkpoint: Uint8Array
}

/** Whether the bytes show that this receipt stands in the journal of the policy, for anybody who has the policy. */
export function checkReceiptProof(
  bytes: Uint8Array,
  receipted: Receipted,
  policy: WitnessPolicy,
): Result<ReceiptProof> {
  const parsed = parseTlogProof(bytes)
  if (!parsed.ok) return parsed
  const { extra, checkpoint } = parsed.value
  const no = (what: string) =>
    refuse('EXCHANGE_PROOF', `This does not show that the receipt stands in the journal: ${what}.`, {
      fix: 'Ask for the proof again; if it stays so, tell those who keep the directory.',
    })
  const said = extra === null ? null : strictJson(extra, { maxBytes: 16_384, maxDepth: 12 })
  if (!said?.ok) return no('it carries no entry')
  const { entry: shown, salt, ...more } = said.value as { readonly entry?: Json; readonly salt?: Json }
  if (shown === undefined || typeof salt !== 'string' || !isHex(salt, 32) || Object.keys(more).length > 0)
    return no('it carries something else than an entry and its salt')
  const entry = parseEntry(shown)
  if (!entry.ok) return entry
  if (!saysReceipted(entry.value, receipted, receipted.receipt)) return no('its entry is about another receipt')
  const leaf = leafOfEntry(entry.value, hexToBytes(salt))
  const proven = verifyTlogProof(bytes, leaf, policy, checkEd25519)
  if (!proven.ok) return proven
  const { index, cosigned } = proven.value
  const { size } = proven.value.checkpoint
  return ok({ index, size, witnesses: cosigned.length, entry: entry.value, checkpoint })
}

export type ProofsAskedSetting = {
  readonly me: string
  readonly database: Database
  readonly client: Pick<ExchangeClient, 'call'>
  readonly journalKeyOf: (agency: string) => NoteKey | null
  /** Members with the role, as the directory gives them now, but the one whose journal it is. */
  readonly witnessesOf: (agency: string) => readonly Witness[]
  /** How many of the witnesses of a journal must have cosigned. */
  readonly neededOf: (witnesses: readonly Witness[]) => number
  readonly peerLogs: Pick<PeerLogs, 'seen'>
  readonly now: () => number
  /** Told of a proof that does not verify. */
  readonly alarm: (peer: string, code: string) => void
}

export type ProofsAsked = {
  /** One round: asks for proofs that are due. Answers how many it got. */
  round(): Promise<number>
  run(alarm: (fault: unknown) => void): () => Promise<void>
}

const AT_ONCE = 8
const PULSE_MS = 2000
const FIRST_WAIT_MS = 4000
const LONGEST_WAIT_MS = 6 * 3_600_000

type Unproven = {
  readonly id: string
  readonly peer: string
  readonly digest: string
  readonly receipt: Uint8Array
  readonly proof_asks: number
}

/** Asks for the proof of each receipt that is held, and keeps it beside the receipt. */
export function openReceiptProofs(setting: ProofsAskedSetting): ProofsAsked {
  const { me, database, client, now } = setting
  return {
    round,
    run: (alarm) => running(async () => (await round()) > 0, PULSE_MS, alarm),
  }

  async function round(): Promise<number> {
    const due = await database.query<Unproven>(
      `WITH due AS (SELECT id FROM message_out WHERE receipt IS NOT NULL AND proof IS NULL AND proof_next_at <= $1
         ORDER BY proof_next_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
       UPDATE message_out m SET proof_asks = m.proof_asks + 1,
         proof_next_at = $1 + least($2 * power(2, least(m.proof_asks, 20)), $3) * interval '1 millisecond'
       FROM due WHERE m.id = due.id RETURNING m.id, m.peer, m.digest, m.receipt, m.proof_asks`,
      [new Date(now()), FIRST_WAIT_MS, LONGEST_WAIT_MS],
    )
    const got = await Promise.all(due.map(askOne))
    return got.filter(Boolean).length
  }

  async function askOne({ id, peer, digest, receipt }: Unproven): Promise<boolean> {
    const key = setting.journalKeyOf(peer)
    const called = key && (await client.call(peer, { method: 'GET', path: `${PROOFS_PATH}${encodeURIComponent(id)}` }))
    if (!key || called?.status !== 200) return false
    const witnesses = setting.witnessesOf(peer)
    const policy = witnessPolicyOf(key, witnesses, setting.neededOf(witnesses))
    const proof = checkReceiptProof(called.bytes, { from: me, id, digest, receipt }, policy)
    if (!proof.ok) {
      // Witnesses that one side knows already and the other does not yet: time mends it.
      if (proof.refusal.code !== 'QUORUM_UNMET') setting.alarm(peer, proof.refusal.code)
      return false
    }
    // The same journal must be shown to everybody: this checkpoint is compared with what was seen elsewhere.
    await setting.peerLogs.seen(peer, proof.value.checkpoint)
    await database.query(
      'UPDATE message_out SET proof = $2, proof_size = $3, proof_witnesses = $4 WHERE id = $1 AND proof IS NULL',
      [id, called.bytes, proof.value.size, proof.value.witnesses],
    )
    return true
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
