/**
 * Publishing the tags of what this node watches: once a day, and at once when an epoch begins, whether anything is new or not.
 * Computing them takes a while and happens outside of transactions; which are published is decided in one.
 */
import {
  epochAt,
  hasRoom,
  type Item,
  inputOf,
  nextPublication,
  type Publication,
  rootOfTags,
  tagOf,
  WATCH,
  type WatchBody,
  wholeOf,
} from '../../exchange/deconfliction/index.ts'
import { newSecret, type Voprf } from '../../kernel/crypto/index.ts'
import { ok, orStop, type Records, type Stored } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { EpochKeys } from './deconfliction-keys.ts'

export const PUBLICATION = 'tag-publication'
const DAY = 86_400_000

/** All of one epoch, in the order in which they were published. */
export async function publicationsOf(records: Records, epoch: number): Promise<readonly Publication[]> {
  const found = await records.find<Publication>(PUBLICATION, 'epoch', `${epoch}`)
  return found.map(({ body }) => body).sort((a, b) => a.day - b.day)
}

export async function publishTags(
  door: Pick<Door, 'asNode'>,
  keys: EpochKeys,
  voprf: Voprf,
  now: number,
): Promise<{ readonly published: number; readonly waiting: number }> {
  const nothing = { published: 0, waiting: 0 }
  const epoch = epochAt(keys.list(), now)
  const key = epoch && keys.key(epoch.number)
  if (!epoch || !key) return nothing
  const day = Math.floor(now / DAY)
  const { before, watched, sizeBefore } = orStop(
    await door.asNode(async ({ records }) => ok({ result: await readAll(records, epoch.number), events: [] })),
  )
  if ((before.at(-1)?.day ?? -1) >= day || !hasRoom(wholeOf(before).length, sizeBefore)) return nothing
  const done = new Set(before.flatMap(({ own }) => Object.values(own)))
  const tagged = watched
    .filter(({ id }) => !done.has(id))
    .map(({ id, body }) => [tagOf(voprf.compute(key, inputOf(body.item as Item))), id] as const)
  const own = [...new Map(tagged.toReversed()).entries()].reverse()
  const published = orStop(
    await door.asNode<number>(async ({ records }) => {
      const now = await publicationsOf(records, epoch.number)
      // Another process was there first.
      if (now.length !== before.length) return ok({ result: 0, events: [] })
      const next = nextPublication(before, own, { epoch: epoch.number, day }, sizeBefore, newSecret)
      const id = `${epoch.number}/${day}`
      await records.put(PUBLICATION, id, next, { caseId: null, seen: 0, refs: { epoch: `${epoch.number}` } })
      const tags = [...wholeOf(before), ...next.tags]
      const body = { epoch: epoch.number, day, size: tags.length, root: rootOfTags(tags) }
      return ok({
        result: Object.keys(next.own).length,
        events: [{ name: 'deconfliction.tags.published', of: PUBLICATION, id, caseId: null, body }],
      })
    }),
  )
  return { published, waiting: own.length - published }
}

type Watched = Stored<WatchBody>

async function readAll(records: Records, epoch: number) {
  const watched: Watched[] = []
  for (let after: string | null = null; ; ) {
    const page: { items: readonly Watched[]; next: string | null } = await records.list<WatchBody>(WATCH, {
      after,
      limit: 200,
    })
    watched.push(...page.items.filter(({ body }) => body.endedAt === null))
    if (page.next === null) break
    after = page.next
  }
  const before = await publicationsOf(records, epoch)
  return { before, watched, sizeBefore: await sizeBeforeToday(records, before, epoch) }
}

/** Growth is counted from what partners saw the day before: in this epoch, or in the one before. */
async function sizeBeforeToday(
  records: Records,
  before: readonly Publication[],
  epoch: number,
): Promise<number | null> {
  if (before.length > 0) return wholeOf(before).length
  if (epoch <= 1) return null
  const last = await publicationsOf(records, epoch - 1)
  return last.length === 0 ? null : wholeOf(last).length
}
