/**
 * The entry in which a receipt stands. It says nothing that the sender of the message does not know, names no case and no rows,
 * and is sealed under no case: so it can be shown to the sender, whatever becomes of the case.
 */
import type { JournalEntry } from '../../evidence/index.ts'
import type { Received } from '../../exchange/delivery/index.ts'
import { bytesToHex, canonicalJson, type Event, type Json, sha256 } from '../../kernel/index.ts'

export const RECEIPTED = 'message.receipted'

export type Receipted = {
  readonly from: string
  readonly message: { readonly id: string; readonly digest: string }
  /** SHA-256 of the envelope of the receipt. */
  readonly receipt: string
}

export function receiptEvent(
  row: Pick<Received, 'from' | 'id' | 'digest'>,
  receipt: Uint8Array,
  entryId: string,
): Event {
  return { name: RECEIPTED, of: 'message', id: row.id, caseId: null, body: bodyOf(row, receipt), entryId }
}

/** Whether an entry says that this receipt was given for this message. */
export function saysReceipted(
  entry: JournalEntry,
  row: Pick<Received, 'from' | 'id' | 'digest'>,
  receipt: Uint8Array,
): boolean {
  return (
    entry.event === RECEIPTED &&
    entry.of === 'message' &&
    entry.recordId === row.id &&
    canonicalJson(entry.body) === canonicalJson(bodyOf(row, receipt))
  )
}

function bodyOf({ from, id, digest }: Pick<Received, 'from' | 'id' | 'digest'>, receipt: Uint8Array): Json {
  const body: Receipted = { from, message: { id, digest }, receipt: bytesToHex(sha256(receipt)) }
  return body as unknown as Json
}
