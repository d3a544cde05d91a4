/**
 * Destroys cases: the key in its file, and the keyed hashes by which their records were found. What stays (sealed bodies,
 * journal, counts) is noise without the key.
 */
import { type CaseInventory, endErasure, orderedErasures, type Shredder } from '../casework/index.ts'
import type { Sql } from '../io/postgres/index.ts'
import { deriveKey } from '../kernel/crypto/index.ts'
import { bytesToHex, ok, orStop, sha256 } from '../kernel/index.ts'
import type { Door } from './door/door.ts'
import type { NodeKeys } from './keys.ts'

/** As a port of the door, which gives each action its own transaction. */
export function openShredder(keys: NodeKeys): (sql: Sql) => Shredder {
  return (sql) => ({
    inventory: (caseId) => inventory(sql, keys, caseId),
    destroy: (caseId) => destroy(sql, keys, caseId),
  })
}

/**
 * Carries out what was ordered; what is held since, or was done by another process meanwhile, is left. One that fails is told
 * of and keeps none of the others waiting.
 */
export async function carryOutErasures(
  keys: NodeKeys,
  door: Pick<Door, 'asNode'>,
  failed: (order: string, fault: unknown) => void,
): Promise<Record<string, number>> {
  const shredder = openShredder(keys)
  const waiting = orStop(
    await door.asNode(async ({ records }) => ok({ result: await orderedErasures(records), events: [] })),
  )
  const done = { erased: 0, left: 0, failed: 0 }
  for (const id of waiting) {
    try {
      const ended = await door.asNode(({ sql, records, now }) =>
        endErasure({ records, now: new Date(now).toISOString(), shredder: shredder(sql) }, id),
      )
      if (ended.ok) done.erased++
      else done.left++
    } catch (fault) {
      done.failed++
      failed(id, fault)
    }
  }
  return done
}

async function inventory(sql: Sql, keys: NodeKeys, caseId: string): Promise<CaseInventory> {
  const rows = await sql.query<{ kind: string; n: string }>(
    'SELECT kind, count(*) AS n FROM record WHERE case_id = $1 GROUP BY kind ORDER BY kind',
    [caseId],
  )
  const [last] = await sql.query<{ at: Date | null }>(
    "SELECT max(at) AS at FROM record WHERE case_id = $1 AND kind NOT IN ('hold', 'erasure', 'reminder')",
    [caseId],
  )
  const key = keys.caseKey(caseId)
  return {
    lastChangeAt: last?.at?.toISOString() ?? null,
    countByKind: Object.fromEntries(rows.map(({ kind, n }) => [kind, Number(n)])),
    // Drawn from the key for this one use: it names the key and helps nobody to find it.
    keyIdDigest: key === null ? null : bytesToHex(sha256(deriveKey(key, 'key id'))),
  }
}

async function destroy(sql: Sql, keys: NodeKeys, caseId: string): Promise<{ gone: boolean }> {
  // The refs first: they come back where the transaction fails, the key does not.
  await sql.query(
    'DELETE FROM record_ref f USING record_head h WHERE h.kind = f.kind AND h.id = f.id AND h.case_id = $1',
    [caseId],
  )
  keys.destroyCaseKey(caseId)
  return { gone: keys.caseKey(caseId) === null }
}
