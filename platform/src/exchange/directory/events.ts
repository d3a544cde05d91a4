/** What an update leaves in the journal. The wiring is the node's. */
import type { Event } from '../../kernel/index.ts'
import type { Edition } from './update/edition.ts'
import type { UpdateReport } from './update/update-directory.ts'

export const DIRECTORY_UPDATED = 'directory.updated'

/**
 * One event for an update that accepted anything: each new version with its digest, and who became, changed or ceased to be a
 * member. `before` is the edition that was in force. Nothing new, no event.
 */
export function eventsOfUpdate(
  { accepted, edition, isNew, refusal }: UpdateReport,
  before: Edition | null,
): readonly Event[] {
  if (accepted.length === 0 && !isNew) return []
  const was = before?.members ?? new Map<string, { sha256: string }>()
  const is = edition?.members ?? was
  return [
    {
      name: DIRECTORY_UPDATED,
      of: 'directory',
      id: edition?.digest ?? before?.digest ?? 'none',
      caseId: null,
      body: {
        edition: edition?.digest ?? null,
        before: before?.digest ?? null,
        accepted: accepted.map(({ name, version, sha256 }) => ({ name, version, sha256 })),
        members: {
          added: [...is.keys()].filter((id) => !was.has(id)),
          changed: [...is]
            .filter(([id, { sha256 }]) => was.has(id) && was.get(id)?.sha256 !== sha256)
            .map(([id]) => id),
          removed: [...was.keys()].filter((id) => !is.has(id)),
        },
        ended: refusal?.code ?? null,
      },
    },
  ]
}
