/**
 * What a witness decides (C2SP tlog-witness, add-checkpoint): it cosigns a checkpoint of another agency's journal only where
 * the tree continues the largest one that it cosigned before.
 *
 * The caller looks up what is known and stores what is returned in one transaction, before it answers with a cosignature:
 * between two requests at once, the later one must see the earlier one's size, or the witness itself could be made to sign
 * both sides of a fork.
 */
import {
  base64ToBytes,
  bytesToBase64,
  bytesToText,
  concatBytes,
  ok,
  type Result,
  refuse,
  textToBytes,
} from '../../kernel/index.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { HASH_BYTES, plainHashes, sameBytes } from './merkle-tree.ts'
import type { NoteKey, SignatureCheck } from './note.ts'
import { MAX_SIZE, verifyConsistency } from './proofs.ts'

/** The largest tree of a journal that this witness cosigned; null where it has seen none. */
export type KnownTree = { readonly size: bigint; readonly root: Uint8Array } | null

export type AddCheckpoint = {
  /** The size that the journal believes the witness to know; 0 for none. */
  readonly oldSize: bigint
  readonly proof: readonly Uint8Array[]
  readonly checkpoint: Uint8Array
}

/** tlog-witness: a proof has at most 63 lines. */
const MAX_PROOF = 63

/** The body of a request: `old SIZE`, proof lines, an empty line, the checkpoint. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): Uint8Array {
  const lines = [`old ${oldSize}`, ...proof.map(bytesToBase64), '']
  return concatBytes(textToBytes(lines.map((line) => `${line}\n`).join('')), checkpoint)
}

export function parseAddCheckpoint(bytes: Uint8Array): Result<AddCheckpoint> {
  const no = (what: string) =>
    refuse('WITNESS_REQUEST_MALFORMED', `This is no request to a witness: ${what}.`, {
      fix: 'Send it as C2SP tlog-witness says.',
    })
  const end = bytes.findIndex((byte, at) => byte === 0x0a && bytes[at + 1] === 0x0a)
  if (end < 0) return no('no empty line comes before the checkpoint')
  const text = bytesToText(bytes.subarray(0, end))
  if (!text.ok) return text
  const [old = '', ...lines] = text.value.split('\n')
  const [, digits] = /^old (0|[1-9][0-9]{0,19})$/.exec(old) ?? []
  if (digits === undefined || BigInt(digits) > MAX_SIZE) return no('its first line is not the old size')
  if (lines.length > MAX_PROOF) return no(`its proof has more than ${MAX_PROOF} lines`)
  const proof: Uint8Array[] = []
  for (const line of lines) {
    const hash = base64ToBytes(line)
    if (hash?.length !== HASH_BYTES) return no('a line of its proof is not a hash')
    proof.push(hash)
  }
  return ok({ oldSize: BigInt(digits), proof, checkpoint: bytes.slice(end + 2) })
}

/**
 * The checkpoint to cosign and to remember. Refused: a checkpoint not signed by the journal; WITNESS_SIZE_OTHER where the
 * old size is not the known one (HTTP 409, answered with the known size) or the tree is smaller; CONSISTENCY_UNPROVEN (422).
 */
export function considerCheckpoint(
  known: KnownTree,
  { oldSize, proof, checkpoint }: AddCheckpoint,
  key: NoteKey,
  check: SignatureCheck,
): Result<Checkpoint> {
  const opened = openCheckpoint(checkpoint, key, check)
  if (!opened.ok) return opened
  const { size, root } = opened.value
  const knownSize = known?.size ?? 0n
  if (oldSize !== knownSize)
    return refuse('WITNESS_SIZE_OTHER', `This witness knows the journal with ${knownSize} leaves, not ${oldSize}.`, {
      place: String(knownSize),
      fix: 'Send the proof from the size that the witness knows.',
    })
  if (size < oldSize)
    return refuse(
      'WITNESS_SIZE_OTHER',
      `The checkpoint has ${size} leaves, fewer than the ${oldSize} already cosigned.`,
      {
        place: String(knownSize),
        fix: 'Publish a tree that continues the one that was cosigned.',
      },
    )
  if (known === null || knownSize === 0n) {
    const right = proof.length === 0 && (size > 0n || sameBytes(root, plainHashes.empty()))
    return right ? opened : refuse('CONSISTENCY_UNPROVEN', 'Not proven: an empty tree has one root and needs no proof.')
  }
  const proven = verifyConsistency({ size1: oldSize, size2: size, root1: known.root, root2: root, proof })
  return proven.ok ? opened : proven
}
