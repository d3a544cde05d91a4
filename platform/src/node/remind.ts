/**
 * The clock that reminds: looks at everything in the node that can be due, and writes the reminders whose threshold has been
 * reached. Each item is a transaction of its own, decided anew inside it: several processes may run this at once, and one item
 * that cannot be read or written keeps none of the others waiting.
 */
import {
  type CaseBody,
  type DueKind,
  dueDatesOf,
  dueKinds,
  type KnownReminder,
  planReminders,
  REMINDER,
  type ReminderBody,
  type ReminderSetting,
  remindOf,
  toKnown,
} from '../casework/index.ts'
import { ok, orStop, type Page, type Stored } from '../kernel/index.ts'
import type { Door, NodeWork } from './door/door.ts'

const PAGE = 200

type Failed = (item: string, fault: unknown) => void
type Known = ReadonlyMap<string, readonly KnownReminder[]>

export async function remind(
  door: Pick<Door, 'asNode'>,
  setting: ReminderSetting,
  ending: AbortSignal,
  failed: Failed,
): Promise<Record<string, number>> {
  const done = { looked: 0, due: 0, replaced: 0, settled: 0, left: 0, failed: 0 }
  const fail: Failed = (item, fault) => {
    done.failed++
    failed(item, fault)
  }
  const known = await knownReminders(door, ending, fail)
  for (const kind of dueKinds) {
    for await (const waiting of itemsToRemindOf(door, kind, known, setting, ending, done, fail)) {
      for (const id of waiting) {
        if (ending.aborted) return done
        await remindOne(kind, id)
      }
    }
  }
  return done

  async function remindOne(kind: DueKind, id: string): Promise<void> {
    try {
      const written = await door.asNode<readonly string[]>(async ({ records, now }) => {
        const { events } = await remindOf({ records, now: new Date(now).toISOString() }, { kind, id }, setting)
        return ok({ result: events.map(({ name }) => name), events })
      })
      // Another process was there first, a person has changed it in the same moment, or the case was erased.
      if (!written.ok) done.left++
      else for (const name of written.value) done[name.slice('reminder.'.length) as 'due' | 'replaced' | 'settled']++
    } catch (fault) {
      fail(`${kind}/${id}`, fault)
    }
  }
}

/** The reminders that are there, by what they are about. */
async function knownReminders(door: Pick<Door, 'asNode'>, ending: AbortSignal, fail: Failed): Promise<Known> {
  const known = new Map<string, KnownReminder[]>()
  for await (const { items } of pages<ReminderBody>(door, REMINDER, ending, fail)) {
    for (const reminder of items) {
      const { kind, id } = reminder.body.about
      const about = `${kind} ${id}`
      known.set(about, [...(known.get(about) ?? []), toKnown(reminder)])
    }
  }
  return known
}

/** Ids of items, page by page, for which something is to be written. Who is not in here needs no transaction. */
async function* itemsToRemindOf(
  door: Pick<Door, 'asNode'>,
  kind: DueKind,
  known: Known,
  setting: ReminderSetting,
  ending: AbortSignal,
  done: { looked: number },
  fail: Failed,
): AsyncGenerator<readonly string[]> {
  for await (const { items, closedCases, now } of pages<unknown>(door, kind, ending, fail)) {
    done.looked += items.length
    const waiting: string[] = []
    for (const { id, caseId, body } of items) {
      try {
        const dates = caseId === null || closedCases.has(caseId) ? [] : dueDatesOf({ kind, id, body }, setting)
        const before = known.get(`${kind} ${id}`) ?? []
        if (planReminders({ kind, id }, dates, before, setting, now).length > 0) waiting.push(id)
      } catch (fault) {
        fail(`${kind}/${id}`, fault)
      }
    }
    yield waiting
  }
}

type ItemPage<B> = {
  readonly items: readonly Stored<B>[]
  /** Those of the cases of these items that are closed. */
  readonly closedCases: ReadonlySet<string>
  readonly now: string
}

/** All records of a kind, by their ids; one that does not open is told of and passed over. */
async function* pages<B>(
  door: Pick<Door, 'asNode'>,
  kind: string,
  ending: AbortSignal,
  fail: Failed,
): AsyncGenerator<ItemPage<B>> {
  let after: string | null = null
  while (!ending.aborted) {
    const { page, next }: { page: ItemPage<B>; next: string | null } = orStop(
      await door.asNode(async (work) => ok({ result: await pageAfter<B>(work, kind, after, fail), events: [] })),
    )
    yield page
    if (next === null) return
    after = next
  }
}

async function pageAfter<B>(work: NodeWork, kind: string, after: string | null, fail: Failed) {
  const { items, next } = await readTogether<B>(work, kind, after).catch(() => readApart<B>(work, kind, after, fail))
  const closedCases = new Set<string>()
  for (const caseId of new Set(items.flatMap((item) => item.caseId ?? []))) {
    const home = await work.records
      .get<CaseBody>('case', caseId)
      .catch((fault: unknown) => fail(`case/${caseId}`, fault))
    // A case that cannot be read is left alone.
    if (home?.body.access.closed ?? true) closedCases.add(caseId)
  }
  return { page: { items, closedCases, now: new Date(work.now).toISOString() }, next }
}

function readTogether<B>({ records }: NodeWork, kind: string, after: string | null): Promise<Page<Stored<B>>> {
  return records.list<B>(kind, { after, limit: PAGE })
}

/** One by one, where one of them does not open: the others are not kept waiting for it. */
async function readApart<B>(
  { sql, records }: NodeWork,
  kind: string,
  after: string | null,
  fail: Failed,
): Promise<Page<Stored<B>>> {
  const found = await sql.query<{ id: string }>(
    'SELECT id FROM record_head WHERE kind = $1 AND ($2::text IS NULL OR id > $2) ORDER BY id LIMIT $3',
    [kind, after, PAGE],
  )
  const items: Stored<B>[] = []
  for (const { id } of found) {
    try {
      const item = await records.get<B>(kind, id)
      if (item) items.push(item)
    } catch (fault) {
      fail(`${kind}/${id}`, fault)
    }
  }
  return { items, next: found.length < PAGE ? null : (found.at(-1)?.id ?? null) }
}
