/**
 * The file of a parcel: lines of canonical JSON, a head, the parts in their order, and a last line that says how many there were. It
 * carries no trust of its own: each part is signed by who says it, and is checked as if it had come over the wire.
 */
import {
  base64ToBytes,
  bytesToBase64,
  canonicalJson,
  type Json,
  ok,
  type Result,
  refuse,
  strictJson,
  textToBytes,
} from '../../kernel/index.ts'

export const MAX_PARCEL_BYTES = 64 * 2 ** 20
export const MAX_PARCEL_PARTS = 10_000
/** A proof of conflict holds two envelopes in base64, and is in base64 again. */
const MAX_LINE_BYTES = 6 * 2 ** 20

export type ParcelPart =
  /** The envelope of a message, or of a note that a place stays empty. */
  | { readonly kind: 'said'; readonly bytes: Uint8Array }
  /** What became of a message of who gets the parcel: its id, and the receipt. */
  | { readonly kind: 'receipt'; readonly id: string; readonly bytes: Uint8Array }
  /** That a note for the place of this message was understood. */
  | { readonly kind: 'confirmed'; readonly id: string; readonly bytes: Uint8Array }
  /** The proof that this message cannot stand. */
  | { readonly kind: 'conflict'; readonly id: string; readonly bytes: Uint8Array }

export type Parcel = { readonly from: string; readonly to: string; readonly parts: readonly ParcelPart[] }

export function writeParcel({ from, to, parts }: Parcel): Uint8Array {
  const lines: Json[] = [
    { parcel: 'comity', v: 1, from, to },
    ...parts.map((part) => ({ ...part, bytes: bytesToBase64(part.bytes) })),
    { parts: parts.length },
  ]
  return textToBytes(lines.map((line) => `${canonicalJson(line)}\n`).join(''))
}

/** How many parts a parcel has that was written here. */
export function partsIn(parcel: Uint8Array): number {
  return (linesOf(parcel)?.length ?? 2) - 2
}

/** Nothing of a file is given out that is not whole. Places are numbers of lines, from 1. */
export function readParcel(bytes: Uint8Array): Result<Parcel> {
  if (bytes.length > MAX_PARCEL_BYTES) return no(1, `it has more than ${MAX_PARCEL_BYTES} bytes`)
  const lines = linesOf(bytes)
  if (lines === null) return no(1, 'its last line does not end')
  if (lines.length > MAX_PARCEL_PARTS + 2) return no(1, `it has more than ${MAX_PARCEL_PARTS} parts`)
  const head = readLine(lines[0], 1, ['from', 'parcel', 'to', 'v'])
  if (!head.ok) return head
  const { parcel, v, from, to } = head.value
  if (parcel !== 'comity' || v !== 1 || typeof from !== 'string' || typeof to !== 'string')
    return no(1, 'its head is not that of a parcel in version 1')
  const parts: ParcelPart[] = []
  for (const [at, line] of lines.slice(1, -1).entries()) {
    const part = readPart(line, at + 2)
    if (!part.ok) return part
    parts.push(part.value)
  }
  const end = readLine(lines.at(-1), lines.length, ['parts'])
  if (!end.ok) return end
  if (lines.length < 2 || end.value.parts !== parts.length)
    return no(lines.length, 'it does not end with the number of its parts: something of it is missing')
  return ok({ from, to, parts })
}

function readPart(line: Uint8Array, place: number): Result<ParcelPart> {
  const read = readLine(line, place, ['bytes', 'id', 'kind'], ['bytes', 'kind'])
  if (!read.ok) return read
  const { kind, id, bytes: base64 } = read.value
  const bytes = typeof base64 === 'string' ? base64ToBytes(base64) : null
  if (bytes === null) return no(place, 'the bytes of a part are not base64')
  if (kind === 'said' && id === undefined) return ok({ kind, bytes })
  const isAnswer = kind === 'receipt' || kind === 'confirmed' || kind === 'conflict'
  if (isAnswer && typeof id === 'string' && id.length <= 200) return ok({ kind, id, bytes })
  return no(place, 'a part is of no kind that is known')
}

function readLine(
  line: Uint8Array | undefined,
  place: number,
  ...names: readonly (readonly string[])[]
): Result<{ readonly [name: string]: Json }> {
  const read = strictJson(line ?? new Uint8Array(), { maxBytes: MAX_LINE_BYTES, maxDepth: 2 })
  if (!read.ok) return no(place, read.refusal.message)
  const { value } = read
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return no(place, 'a line is no object')
  const found = Object.keys(value).sort()
  if (!names.some((these) => these.join() === found.join()))
    return no(place, `a line has not exactly the members ${names[0]?.join(', ')}`)
  return ok(value as { readonly [name: string]: Json })
}

/** Null where the last one does not end. */
function linesOf(bytes: Uint8Array): Uint8Array[] | null {
  const lines: Uint8Array[] = []
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from)
    if (end < 0) return null
    lines.push(bytes.subarray(from, end))
    from = end + 1
  }
  return lines.length === 0 ? null : lines
}

function no(line: number, why: string): Result<never> {
  return refuse('EXCHANGE_PARCEL', `This is no parcel: ${why}.`, {
    place: `line ${line}`,
    fix: 'Have the file made and brought again; nothing of it was taken.',
  })
}
