/** The clock of the epochs: a key for the one that runs and for some after it, so that the card can name them in time; none for those that are over. */
import { type Epoch, epochAt, isOver, MOST_DAYS, nextEpoch } from '../../exchange/deconfliction/index.ts'
import { ok, orStop } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { EpochKeys, KeptEpoch } from './deconfliction-keys.ts'

export const EPOCH = 'oprf-epoch'
export type EpochBody = KeptEpoch & { readonly endedAt: string | null }

const DAY = 86_400_000
/** So many epochs ahead have a key: the card of a member that is renewed each quarter never lacks one. */
const AHEAD = 3

/** Answers how many began and ended. A key is there before the journal says so, and gone before the journal says so. */
export async function keepEpochs(
  door: Pick<Door, 'asNode'>,
  keys: EpochKeys,
  now: number,
): Promise<{ readonly begun: number; readonly ended: number }> {
  const begun = makeEpochs(keys, now)
  let ended = 0
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

/** Makes the keys that must be there and are not; answers how many. After a long standstill a new epoch begins today. */
export function makeEpochs(keys: EpochKeys, now: number): number {
  const before = keys.list()
  const all: Epoch[] = [...before]
  if (epochAt(all, now) === null) {
    const from = Math.floor(now / DAY) * DAY
    const last = all.at(-1)
    // A clock that has gone back behind the first: nothing is made twice.
    if (last && last.from > now) return 0
    const begins = Math.max(from, last?.until ?? 0)
    // A number that was used is never used again.
    all.push({ number: (last?.number ?? 0) + 1, from: begins, until: begins + MOST_DAYS * DAY })
  }
  while (all.filter(({ from }) => from > now).length < AHEAD) all.push(nextEpoch(all.at(-1) as Epoch))
  for (const epoch of all.slice(before.length)) keys.make(epoch)
  return all.length - before.length
}
