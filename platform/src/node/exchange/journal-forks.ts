/** Journals that told two stories: the proof is signed, kept, journalled and said aloud, once for each. */
import type { Equivocation, NoteKey, StateRow } from '../../evidence/index.ts'
import { checkJournalFork, journalFork, journalForkForm, packStatement, type Signer } from '../../exchange/index.ts'
import { eachRow, type Sql } from '../../io/postgres/index.ts'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToHex, bytesToText, type Json, ok, orStop, sha256 } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'

export type ForkSetting = {
  readonly me: string
  readonly door: Door
  readonly signer: Signer
  /** Told of every fork that is new. */
  readonly alarm: (agency: string, what: 'fork' | 'unproven') => void
}

export type ForkRow = {
  readonly id: string
  readonly agency: string
  readonly statement: Uint8Array
  readonly at: Date
}

/** Kept only where it is one, whoever says so. Answers whether it is new. */
export async function keepFork(
  { me, door, signer, alarm }: ForkSetting,
  agency: string,
  key: NoteKey,
  equivocation: Equivocation,
): Promise<boolean> {
  const isNew = orStop(
    await door.asNode<boolean>(async ({ sql, records, now }) => {
      const at = new Date(now)
      const fork = journalFork(equivocation, { agency, key, by: me, at: at.toISOString() })
      const sizes = orStop(checkJournalFork(fork, key, checkEd25519))
      // The same two checkpoints are one fork, found however often.
      const id = bytesToHex(sha256(new TextEncoder().encode(`${fork.smaller}\n${fork.larger}`)))
      const [row] = await sql.query<ForkRow>(
        'INSERT INTO journal_fork (id, agency, statement, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING *',
        [id, agency, orStop(packStatement(journalForkForm, fork, [signer])), at],
      )
      if (!row) return ok({ result: false, events: [] })
      records.note(forkState(row))
      const body = { agency, smaller: Number(sizes.smaller), larger: Number(sizes.larger) }
      return ok({ result: true, events: [{ name: 'journal.fork', of: 'journal-fork', id, caseId: null, body }] })
    }),
  )
  if (isNew) alarm(agency, 'fork')
  return isNew
}

/** By itself no proof, since what should show that one continues the other may just be wrong; both are kept, and somebody is told. */
export async function keepUnproven(
  { door, alarm }: Pick<ForkSetting, 'door' | 'alarm'>,
  agency: string,
  known: Uint8Array,
  came: Uint8Array,
): Promise<void> {
  const body: Json = { agency, checkpoints: [known, came].map((bytes) => orStop(bytesToText(bytes))) }
  const event = { name: 'journal.unproven', of: 'journal-fork', id: agency, caseId: null, body }
  orStop(await door.asNode(async () => ok({ result: null, events: [event] })))
  alarm(agency, 'unproven')
}

export async function* forkRows(sql: Sql): AsyncGenerator<StateRow> {
  for await (const row of eachRow<ForkRow>(sql, 'SELECT * FROM journal_fork ORDER BY id')) yield forkState(row)
}

export function forkState({ id, agency, statement, at }: ForkRow): StateRow {
  const body = { agency, statement: Buffer.from(statement).toString('hex') }
  return { kind: 'journal.fork', id, version: 1, caseId: null, body, at: at.toISOString() }
}
