/** Proofs of receipts for other implementers: a small journal with two witnesses, all keys made from texts, one good proof and bad ones. */
import {
  cosign,
  emptyJournal,
  entrySalt,
  formatTlogProof,
  formatVkey,
  inclusionProof,
  integrate,
  type JournalEntry,
  leafOfEntry,
  type NoteKey,
  nodeReader,
  noteKey,
  openCheckpoint,
  signCheckpoint,
  withSignatures,
} from '../../evidence/index.ts'
import { checkEd25519, type SigningKey, signEd25519, signingKeyFromSeed } from '../../kernel/crypto/index.ts'
import {
  bytesToHex,
  canonicalJson,
  hexToBytes,
  type Json,
  orStop,
  sha256Text,
  textToBytes,
} from '../../kernel/index.ts'
import { receiptEvent } from '../exchange/receipt-entry.ts'

export type ReceiptProofVector = {
  readonly claim: string
  /** The message of the sender, and the envelope of the receipt as text. */
  readonly from: string
  readonly id: string
  readonly digest: string
  readonly receipt: string
  /** Whom the reader trusts. */
  readonly journalKey: string
  readonly witnesses: readonly string[]
  readonly needed: number
  /** The tlog-proof. */
  readonly proof: string
  /** The code of docs/errors.md, or null. */
  readonly refused: string | null
}

type Signing = { readonly note: NoteKey; readonly key: SigningKey }

export async function receiptProofVectors(): Promise<readonly ReceiptProofVector[]> {
  const journal = signing('bb-fiu.example/comity', 1)
  const witnesses = ['ww-court.example/witness', 'aa-prosecutor.example/witness'].map((name) => signing(name, 4))
  const message = { from: 'aa-prosecutor', id: '01936c3a-5f00-7a10-8b20-0000000000a1', digest: 'd1'.repeat(32) }
  const receipt = '{"the":"envelope of the receipt"}'
  const entryId = '01936c3a-5f00-7a10-8b20-0000000000e1'
  const { name, of, id, body } = receiptEvent(message, textToBytes(receipt), entryId)
  const entry: JournalEntry = {
    ...{ id: entryId, at: '2026-11-25T09:30:04.000Z', event: name, of, recordId: id, caseId: null },
    actor: { kind: 'machine', id: 'node', role: 'node' },
    decision: { policies: 'policies-2026-11', reasons: ['the node itself'] },
    ...{ body, rows: [] },
  }
  const salt = entrySalt(hexToBytes(sha256Text('comity receipt vectors: salt of the node')), entryId)
  const index = 5
  const leaves = Array.from({ length: 11 }, (_, at) => textToBytes(`leaf ${at}`))
  leaves[index] = leafOfEntry(entry, salt)
  const { files, root, size } = integrate(emptyJournal, leaves)
  const byPath = new Map(files.map(({ path, bytes }) => [path, bytes]))
  const node = nodeReader({ read: async (path) => byPath.get(path) ?? null }, size)
  const signed = signCheckpoint({ origin: journal.note.name, size: BigInt(size), root }, journal.note, (bytes) =>
    signEd25519(journal.key, bytes),
  )
  const { note } = orStop(openCheckpoint(signed, journal.note, checkEd25519))
  const cosigned = (by: readonly Signing[]) =>
    withSignatures(
      note,
      by.map((one) => cosign(note, one.note, 1_764_063_010, (bytes) => signEd25519(one.key, bytes))),
    )
  const proof = await inclusionProof(node, index, size)
  const made = (more: { index?: number; by?: readonly Signing[]; said?: object | null } = {}) => {
    const said = more.said === undefined ? { entry, salt: bytesToHex(salt) } : more.said
    const extra = said === null ? null : textToBytes(canonicalJson(said as Json))
    const bytes = formatTlogProof({
      ...{ index: BigInt(more.index ?? index), proof, checkpoint: cosigned(more.by ?? witnesses), extra },
    })
    return new TextDecoder().decode(bytes)
  }
  const good: ReceiptProofVector = {
    claim: 'a receipt that stands in the journal, as two witnesses have seen it',
    ...message,
    receipt,
    journalKey: formatVkey(journal.note),
    witnesses: witnesses.map((one) => formatVkey(one.note)),
    needed: 2,
    proof: made(),
    refused: null,
  }
  const bad = (claim: string, refused: string, more: Partial<ReceiptProofVector>) => ({
    ...good,
    claim,
    refused,
    ...more,
  })
  const other = { ...entry, at: '2026-11-25T09:30:05.000Z' }
  return [
    good,
    {
      ...good,
      claim: 'one witness is enough for who asks for one',
      needed: 1,
      proof: made({ by: witnesses.slice(1) }),
    },
    bad('one witness where two are asked for', 'QUORUM_UNMET', { proof: made({ by: witnesses.slice(1) }) }),
    bad('another receipt', 'EXCHANGE_PROOF', { receipt: '{"another":"envelope"}' }),
    bad('another message', 'EXCHANGE_PROOF', { digest: 'd2'.repeat(32) }),
    bad('of another sender', 'EXCHANGE_PROOF', { from: 'cc-police' }),
    bad('without the entry', 'EXCHANGE_PROOF', { proof: made({ said: null }) }),
    bad('an entry that was changed', 'INCLUSION_UNPROVEN', {
      proof: made({ said: { entry: other, salt: bytesToHex(salt) } }),
    }),
    bad('under another salt', 'INCLUSION_UNPROVEN', { proof: made({ said: { entry, salt: '00'.repeat(32) } }) }),
    bad('at another place', 'INCLUSION_UNPROVEN', { proof: made({ index: 4 }) }),
    bad('in the journal of somebody else', 'CHECKPOINT_UNSIGNED', {
      journalKey: formatVkey(signing('else.example/comity', 1).note),
    }),
  ]
}

function signing(name: string, type: 1 | 4): Signing {
  const key = signingKeyFromSeed(hexToBytes(sha256Text(`comity receipt vectors: ${name}`)))
  return { note: noteKey(name, type, key.publicKey.bytes), key }
}
