/** The vault by the clock: what an interrupted upload left to do, and whether all that is sealed still opens to its hashes. */
import { findUpload, objectsAfter, vaultStore } from '../evidence/store/custody.ts'
import type { Database } from '../io/postgres/index.ts'
import type { Vault } from '../io/vault/index.ts'
import type { NodeKeys } from './keys.ts'

const PAGE = 100

/**
 * Pieces go once their object is bound, their upload given up, or their case erased; what has arrived whole and is not sealed,
 * since the process died, is sealed. Pieces of an upload that the records do not know are left for the administrator.
 */
export async function sweepUploads(
  database: Database,
  keys: Pick<NodeKeys, 'caseKey'>,
  vault: Vault,
  ending: AbortSignal,
  failed: (upload: string, fault: unknown) => void,
) {
  const done = { cleared: 0, sealed: 0, waiting: 0, unknown: 0, failed: 0 }
  for (const id of await vault.arriving()) {
    if (ending.aborted) break
    if (vault.isBusy(id)) continue
    // One that cannot be swept (a disk that does not answer, a piece that does not open) keeps none of the others waiting.
    try {
      done[await sweepUpload(id)]++
    } catch (fault) {
      done.failed++
      failed(id, fault)
    }
  }
  return done

  async function sweepUpload(id: string): Promise<'cleared' | 'sealed' | 'waiting' | 'unknown'> {
    const { upload, object } = await database.transaction(async (sql) => ({
      upload: await findUpload(sql, id),
      object: await vaultStore(sql).object(id),
    }))
    if (upload === null) return 'unknown'
    if (object !== null || upload.abandoned || keys.caseKey(upload.caseId) === null) {
      await vault.clear(id)
      if (object === null) await vault.removeObject(upload)
      return 'cleared'
    }
    return (await vault.complete(upload)) === null ? 'waiting' : 'sealed'
  }
}

/** Reads every object of cases that are not erased; `found` is told of each that is not what was sealed. */
export async function checkVault(
  database: Database,
  keys: Pick<NodeKeys, 'caseKey'>,
  vault: Vault,
  ending: AbortSignal,
  found: (object: string, flaw: string) => void,
) {
  const done = { read: 0, flaws: 0 }
  let after: string | null = null
  for (;;) {
    const page = await database.transaction((sql) => objectsAfter(sql, after, PAGE))
    for (const object of page) {
      if (ending.aborted) return done
      if (keys.caseKey(object.caseId) === null) continue
      const flaw = await vault.flaw(object)
      done.read++
      if (flaw === null) continue
      done.flaws++
      found(object.id, flaw)
    }
    const last = page.at(-1)
    if (last === undefined) return done
    after = last.id
  }
}
