/** The file that proves offline that an entry is in a journal (C2SP tlog-proof v1): index, siblings, checkpoint. */
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
import { HASH_BYTES, plainHashes } from './merkle-tree.ts'
import type { SignatureCheck } from './note.ts'
import { openWitnessed, type Witnessed, type WitnessPolicy } from './policy.ts'
import { MAX_SIZE, verifyInclusion } from './proofs.ts'

export type TlogProof = {
  readonly index: bigint
  readonly proof: readonly Uint8Array[]
  /** The signed note, byte for byte. */
  readonly checkpoint: Uint8Array
  /** Not covered by any signature; null where there is none. */
  readonly extra: Uint8Array | null
}

const HEAD = 'c2sp.org/tlog-proof@v1'
/** A tree of fewer than 2^64 leaves is at most 64 high; tlog-witness counts 63 lines at most. */
const MAX_LINES = 64

export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): Uint8Array {
  const lines = [HEAD, ...(extra === null ? [] : [`extra ${bytesToBase64(extra)}`]), `index ${index}`]
  const head = [...lines, ...proof.map(bytesToBase64)].map((line) => `${line}\n`).join('')
  return concatBytes(textToBytes(`${head}\n`), checkpoint)
}

export function parseTlogProof(bytes: Uint8Array): Result<TlogProof> {
  const no = (what: string) =>
    refuse('TLOG_PROOF_MALFORMED', `This is not a proof of logging: ${what}.`, { fix: 'Ask for the proof again.' })
  const end = bytes.findIndex((byte, at) => byte === 0x0a && bytes[at + 1] === 0x0a)
  if (end < 0) return no('no empty line comes before the checkpoint')
  const text = bytesToText(bytes.subarray(0, end))
  if (!text.ok) return text
  const [head, ...lines] = text.value.split('\n')
  if (head !== HEAD) return no(`its first line is not ${HEAD}`)
  let extra: Uint8Array | null = null
  if (lines[0]?.startsWith('extra ')) {
    extra = base64ToBytes(lines.shift()?.slice(6) ?? '')
    if (extra === null) return no('the extra data are not base64')
  }
  const [, digits] = /^index (0|[1-9][0-9]{0,19})$/.exec(lines.shift() ?? '') ?? []
  if (digits === undefined || BigInt(digits) >= MAX_SIZE) return no('the index is missing or malformed')
  if (lines.length > MAX_LINES) return no(`it has more than ${MAX_LINES} hashes`)
  const proof: Uint8Array[] = []
  for (const line of lines) {
    const hash = base64ToBytes(line)
    if (hash?.length !== HASH_BYTES) return no('a line is not a hash')
    proof.push(hash)
  }
  return ok({ index: BigInt(digits), proof, checkpoint: bytes.slice(end + 2), extra })
}

export type ProvenEntry = Witnessed & { readonly index: bigint }

/** Whether the proof shows this very leaf in a journal that the policy trusts. */
export function verifyTlogProof(
  bytes: Uint8Array,
  leaf: Uint8Array,
  policy: WitnessPolicy,
  check: SignatureCheck,
): Result<ProvenEntry> {
  const parsed = parseTlogProof(bytes)
  if (!parsed.ok) return parsed
  const { index, proof, checkpoint } = parsed.value
  const witnessed = openWitnessed(checkpoint, policy, check)
  if (!witnessed.ok) return witnessed
  const { size, root } = witnessed.value.checkpoint
  const included = verifyInclusion({ index, size, leafHash: plainHashes.leaf(leaf), proof, root })
  return included.ok ? ok({ ...witnessed.value, index }) : included
}
