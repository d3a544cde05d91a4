/** Rows of files that go with messages, and each as the journal names it. */
import type { StateRow } from '../../evidence/index.ts'
import { eachRow, type Sql } from '../../io/postgres/index.ts'
import type { NodeKeys } from '../keys.ts'

export type OutFile = {
  readonly message_id: string
  readonly file_index: number
  readonly version: number
  readonly peer: string
  readonly case_id: string | null
  readonly blob: string
  readonly cipher_digest: string
  readonly cipher_size: string
  readonly state: 'sealed' | 'delivered' | 'refused' | 'non-delivered' | 'dropped'
  readonly attempts: number
  readonly problem: string | null
  readonly problem_times: number
  readonly receipt: Uint8Array | null
  readonly at: Date
}

export type InFile = {
  readonly sender: string
  readonly message_id: string
  readonly file_index: number
  readonly version: number
  readonly id: string
  readonly case_id: string | null
  readonly cipher_digest: string
  readonly cipher_size: string
  readonly received: string
  readonly state: 'arriving' | 'held'
  readonly receipt: Uint8Array | null
  readonly at: Date
}

/** What comes and goes while a file is on its way. */
export const passingOfAttachments: Readonly<Record<string, readonly string[]>> = {
  attachment_out: ['attempts', 'next_at', 'leased_until', 'problem', 'problem_times', 'is_kept'],
  attachment_in: ['leased_until'],
}

export function outFileState(row: OutFile): StateRow {
  const { message_id, file_index, version, peer, blob, cipher_digest, cipher_size, state, receipt } = row
  const body = { peer, blob, cipher_digest, cipher_size: Number(cipher_size), state, receipt: hexOf(receipt) }
  const id = `${message_id}/${file_index}`
  return { kind: 'message.file-out', id, version, caseId: row.case_id, body, at: row.at.toISOString() }
}

export function inFileState(row: InFile): StateRow {
  const { sender, message_id, file_index, version, id, cipher_digest, cipher_size, received, state, receipt } = row
  const body = {
    ...{ id, cipher_digest, cipher_size: Number(cipher_size), received: Number(received), state },
    receipt: hexOf(receipt),
  }
  const name = `${sender}/${message_id}/${file_index}`
  return { kind: 'message.file-in', id: name, version, caseId: row.case_id, body, at: row.at.toISOString() }
}

/** Every row that the journal names: of what is still arriving it says nothing yet. Of one of an erased case nothing is left to compare: `erased`. */
export async function* attachmentRows(
  sql: Sql,
  keys: Pick<NodeKeys, 'caseKey'>,
): AsyncGenerator<{ readonly row: StateRow; readonly erased: boolean }> {
  const isErased = (caseId: string | null) => caseId !== null && keys.caseKey(caseId) === null
  for await (const row of eachRow<OutFile>(sql, 'SELECT * FROM attachment_out ORDER BY message_id, file_index'))
    yield { row: outFileState(row), erased: isErased(row.case_id) }
  for await (const row of eachRow<InFile>(
    sql,
    `SELECT * FROM attachment_in WHERE state <> 'arriving' ORDER BY sender, message_id, file_index`,
  ))
    yield { row: inFileState(row), erased: isErased(row.case_id) }
}

function hexOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex')
}
