/** The clock of the epochs: a key for the one that runs and for the next, so that the card can name it in time; none for those that are over. */
import { type Epoch, epochAt, isOver, MOST_DAYS, nextEpoch } from '../../exchange/deconfliction/index.ts'
import { ok, orStop } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { EpochKeys, KeptEpoch } from './deconfliction-keys.ts'

export const EPOCH = 'oprf-epoch'
export type EpochBody = KeptEpoch & { readonly endedAt: string | null }

const DAY = 86_400_000

/** Answers how many began and ended. A key is there before the journal says so, and gone before the journal says so. */
export async function keepEpochs(
  door: Pick<Door, 'asNode'>,
  keys: EpochKeys,
  now: number,
): Promise<{ readonly begun: number; readonly ended: number }> {
  let [begun, ended] = [0, 0]
  for (const epoch of wanted(keys.list(), now)) {
    keys.make(epoch)
    begun++
  }
  for (const kept of keys.list()) {
    if (isOver(kept, now)) continue
    await note(kept, null)
  }
  for (const kept of keys.list()) {
    if (!isOver(kept, now)) continue
    keys.destroy(kept.number)
    await note(kept, new Date(now).toISOString())
    ended++
  }
  return { begun, ended }

  async function note(kept: KeptEpoch, endedAt: string | null): Promise<void> {
    orStop(
      await door.asNode(async ({ records }) => {
        const id = `${kept.number}`
        const before = await records.get<EpochBody>(EPOCH, id)
        if (before && (before.body.endedAt !== null || endedAt === null)) return ok({ result: null, events: [] })
        await records.put<EpochBody>(EPOCH, id, { ...kept, endedAt }, { caseId: null, seen: before?.version ?? 0 })
        const name = endedAt === null ? 'deconfliction.epoch.begun' : 'deconfliction.epoch.ended'
        return ok({
          result: null,
          events: [{ name, of: EPOCH, id, caseId: null, body: { publicKey: kept.publicKey } }],
        })
      }),
    )
  }
}

/** Those that must have a key and have none. After a long standstill a new one begins today, with a number that was never used. */
function wanted(kept: readonly Epoch[], now: number): readonly Epoch[] {
  const made: Epoch[] = []
  const all = () => [...kept, ...made]
  if (epochAt(kept, now) === null) {
    const from = Math.floor(now / DAY) * DAY
    const last = kept.at(-1)
    if (last && last.from > now) return []
    made.push({
      number: (last?.number ?? 0) + 1,
      from: Math.max(from, last?.until ?? 0),
      until: from + MOST_DAYS * DAY,
    })
  }
  const last = all().at(-1) as Epoch
  if (last.from <= now) made.push(nextEpoch(last))
  return made
}
