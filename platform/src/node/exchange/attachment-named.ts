/** Which file of which message: an attachment is known only through a message of its sender that was accepted here. */
import { type Attachment, type Header, readEnvelope } from '../../exchange/wire/index.ts'
import type { Sql } from '../../io/postgres/index.ts'
import { orStop } from '../../kernel/index.ts'
import type { NodeWork } from '../door/door.ts'
import type { NodeKeys } from '../keys.ts'
import { nodeTx } from './message-store.ts'

export type AcceptedMessage = {
  readonly from: string
  readonly id: string
  readonly digest: string
  readonly caseId: string | null
  readonly attachments: readonly Attachment[]
}

/** Null where there is none, where it was not accepted, and where its case was erased. */
export async function acceptedMessage(
  sql: Sql,
  keys: NodeKeys,
  from: string,
  id: string,
): Promise<AcceptedMessage | null> {
  const row = await nodeTx({ sql } as NodeWork, keys, []).received(from, id)
  if (row?.state !== 'accepted' || row.envelope.length === 0) return null
  // Signature and form were checked before it was accepted.
  const { payload } = orStop(readEnvelope(row.envelope))
  const { header } = JSON.parse(new TextDecoder().decode(payload)) as { readonly header: Header }
  return { from, id, digest: row.digest, caseId: row.caseId, attachments: header.attachments }
}
