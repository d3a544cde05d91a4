/**
 * Watches of a case and their alarms. A person says what is watched; the node follows the chains that its configuration names
 * and writes what moved: an alarm, once for each movement, and a task, once for each transaction. What a reorganisation takes
 * back is withdrawn, and the record says so; nothing vanishes.
 */
import { type Static, type TString, Type } from '@sinclair/typebox'
import {
  type Action,
  type ActionContext,
  action,
  type Event,
  ok,
  type Records,
  type Result,
  refuse,
  type Stored,
} from '../kernel/index.ts'
import type { CaseBody } from './case.ts'
import { did } from './case-acts.ts'
import {
  Address,
  AssetId,
  BaseUnits,
  ChainId,
  Changed,
  closed,
  Digest,
  Id,
  Instant,
  nullable,
  oneOf,
  Seen,
  text,
} from './fields.ts'
import { type ItemBody, type ItemKind, itemActions } from './items.ts'
import { type AddressGate, ports, type WatchFronts } from './ports.ts'

const Output = Type.String({ pattern: '^[0-9a-f]{64}:(0|[1-9][0-9]{0,9})$', description: 'An output, as TXID:VOUT.' })

/** The same shape under words of its own. */
const described = (shape: TString, description: string): TString => ({ ...shape, description })

export const WatchContent = closed({
  chain: ChainId,
  addresses: Type.Array(Address, { maxItems: 2_000, uniqueItems: true, description: 'Whose movements raise alarms.' }),
  outputs: Type.Array(Output, { maxItems: 5_000, uniqueItems: true, description: 'Whose spending raises one.' }),
  trace: Type.Optional(
    described(
      Digest,
      'The trace whose front this is. Where the case keeps its record, its front is filled in if no address or output is named, and the watch goes on from it, as the ledger beside the node has it.',
    ),
  ),
  cluster: Type.Optional(
    described(Address, 'The cluster of this address, with whoever joins it, as the ledger beside the node has it.'),
  ),
  until: nullable(Instant),
  note: Type.Optional(text(2000, 'Why it is watched.')),
  ended: nullable(Instant),
})
export type WatchContent = Static<typeof WatchContent>

export const WATCH = 'watch'
export const ALARM = 'alarm'

const watch: ItemKind<typeof WatchContent> = {
  kind: WATCH,
  noun: 'a watch',
  plural: 'watches',
  content: WatchContent,
  settle: async (context, given, caseId) => {
    const filled = await filledIn(context, given, caseId)
    if (!filled.ok) return filled
    const content = filled.value
    if (content.addresses.length + content.outputs.length === 0)
      return refuse('WATCH_NOTHING', 'Nothing is named that could move.', {
        place: '/content/addresses',
        fix: 'Name an address or an output.',
      })
    const gate = context.port<AddressGate>(ports.addresses)
    const addresses: string[] = []
    let { chain } = content
    for (const [at, address] of content.addresses.entries()) {
      const read = gate.parse(content.chain, address)
      if (!read.ok) return { ok: false, refusal: { ...read.refusal, place: `/content/addresses/${at}` } }
      chain = read.value.chain
      addresses.push(read.value.address)
    }
    return ok({ ...content, chain, addresses: [...new Set(addresses)] })
  },
}

/** A watch of a cluster names its address, and a watch of a kept trace its front. */
async function filledIn(context: ActionContext, content: WatchContent, caseId: string): Promise<Result<WatchContent>> {
  const { chain, addresses, outputs, trace, cluster } = content
  if (cluster !== undefined) {
    if (!context.port<WatchFronts>(ports.fronts).ledger)
      return refuse('WATCH_NO_LEDGER', 'No ledger is beside this node, so that it cannot know who joins a cluster.', {
        place: '/content/cluster',
        fix: 'Name the addresses, or let the configuration of the node name a ledger.',
      })
    const gate = context.port<AddressGate>(ports.addresses)
    const read = gate.parse(chain, cluster)
    if (!read.ok) return { ok: false, refusal: { ...read.refusal, place: '/content/cluster' } }
    const { address } = read.value
    const others = addresses.filter((one) => gate.parse(chain, one).ok && one !== cluster && one !== address)
    if (others.length + outputs.length > 0 || trace !== undefined)
      return refuse('WATCH_CLUSTER_ALONE', 'A watch of a cluster names something else as well.', {
        place: '/content',
        fix: 'Make a watch of its own of the rest.',
      })
    return ok({ ...content, cluster: address, addresses: [address] })
  }
  if (trace === undefined || addresses.length + outputs.length > 0) return ok(content)
  const front = await context.port<WatchFronts>(ports.fronts).frontOf(context, caseId, trace, chain)
  return front.ok ? ok({ ...content, ...front.value }) : front
}

const AlarmContent = closed({
  watch: Id,
  chain: ChainId,
  txid: text(100, 'The transaction.'),
  place: text(100, 'Where in it.'),
  direction: oneOf(['in', 'out'], 'It came to what is watched, or left it.'),
  address: nullable(Address),
  asset: AssetId,
  amount: nullable(BaseUnits),
  height: Type.Integer(),
  block: text(100, 'The hash of the block.'),
  time: nullable(Instant),
  state: oneOf(['standing', 'withdrawn'], 'Withdrawn: no block of the chain holds it now.'),
  notice: Type.Integer({ minimum: 1, description: 'The number of the last notice that is in here.' }),
})
export type AlarmContent = Static<typeof AlarmContent>

const alarms = itemActions({ kind: ALARM, noun: 'an alarm', plural: 'alarms', content: AlarmContent })

const remove = action({
  name: 'watch.remove',
  summary: 'End a watch; it and its alarms stay in the case',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, reason: Type.Optional(text(2000, 'Why it is watched no longer.')) }),
  output: Changed,
  asks: ({ id }) => ({ right: 'editRecord', subject: { type: 'record', kind: WATCH, id } }),
  run: async ({ records, actor, now }: ActionContext, { id, seen, reason }) => {
    const before = await records.get<ItemBody<WatchContent>>(WATCH, id)
    if (!before || before.caseId === null) throw new Error('a permitted watch has no record')
    const content = { ...before.body.content, ended: before.body.content.ended ?? now }
    const body = { ...before.body, content, by: actor.id }
    const { version } = await records.put(WATCH, id, body, { caseId: before.caseId, seen })
    return ok({
      result: { id, version },
      events: [did('watch.remove', WATCH, id, before.caseId, { version, ...(reason === undefined ? {} : { reason }) })],
    })
  },
})

const { read, list, history } = alarms

export const watchActions: readonly Action[] = [
  ...Object.values(itemActions(watch)),
  remove as unknown as Action,
  ...(read && list && history ? [read, list, history] : []),
]

/** What the node noticed on a chain, of one movement. `seq` numbers the notices of this node. */
export type ChainNotice = Omit<AlarmContent, 'state' | 'notice'> & {
  readonly seq: number
  readonly kind: 'raised' | 'moved' | 'withdrawn'
  /** Of the alarm; the same whenever the same movement is noticed. */
  readonly alarm: string
  /** Of the task that this transaction gives for this watch; the same for all its movements. */
  readonly task: string
}

export const alarmEvents = ['alarm.raised', 'alarm.moved', 'alarm.withdrawn'] as const

type Telling = { readonly records: Records; readonly now: string }
type Told<T> = Promise<Result<{ readonly result: T; readonly events: readonly Event[] }>>

/** Writes notices, in their order, together: all of them or none. Answers how many of them were not written before. */
export async function tellAlarms(telling: Telling, notices: readonly ChainNotice[]): Told<number> {
  // A watch may hold thousands of addresses, and many of them may move in one block: each is read once.
  const homes = new Map<string, WatchHome | null>()
  const events: Event[] = []
  let told = 0
  for (const notice of notices) {
    const known = homes.get(notice.watch)
    const home = known === undefined ? await homeOf(telling, notice.watch) : known
    homes.set(notice.watch, home)
    const written = home === null ? [] : await tellAlarm(telling, home, notice)
    events.push(...written)
    if (written.length > 0) told++
  }
  return ok({ result: told, events })
}

type WatchHome = {
  readonly caseId: string
  readonly marking: ItemBody<WatchContent>['marking']
  readonly assignee: string | null
}

/** Where alarms of a watch are written; `null` in a closed case, or where the watch is gone. */
async function homeOf({ records }: Telling, id: string): Promise<WatchHome | null> {
  const about = await records.get<ItemBody<WatchContent>>(WATCH, id)
  const home = about?.caseId ? await records.get<CaseBody>('case', about.caseId) : null
  if (!about?.caseId || !home || home.body.access.closed) return null
  return { caseId: about.caseId, marking: about.body.marking, assignee: assigneeOf(home, about.body.author) }
}

/** A notice that was written before changes nothing, so that it may come again. */
async function tellAlarm(
  { records, now }: Telling,
  { caseId, marking, assignee }: WatchHome,
  { seq, kind, alarm: id, task, ...movement }: ChainNotice,
): Promise<readonly Event[]> {
  const before = await records.get<ItemBody<AlarmContent>>(ALARM, id)
  if (before && before.body.content.notice >= seq) return []
  const written = { basis: 'fact', marking, author: 'node', by: 'node' } as const
  const state = kind === 'withdrawn' ? 'withdrawn' : 'standing'
  const body: ItemBody<AlarmContent> = { ...written, content: { ...movement, state, notice: seq } }
  await records.put(ALARM, id, body, { caseId, seen: before?.version ?? 0 })
  const said = { watch: movement.watch, notice: seq, height: movement.height }
  const events = [did(`alarm.${kind}`, ALARM, id, caseId, said)]
  const known = await records.get<ItemBody<TaskContent>>('task', task)
  const content = taskOf(known?.body.content ?? null, movement, kind, now, assignee)
  if (content === null) return events
  await records.put<ItemBody<TaskContent>>(
    'task',
    task,
    { ...(known?.body ?? written), content, by: 'node' },
    {
      caseId,
      seen: known?.version ?? 0,
      refs: { assignee: content.assignee === null ? [] : [content.assignee] },
    },
  )
  return [...events, did(known ? 'task.update' : 'task.add', 'task', task, caseId, { alarm: id })]
}

/** What the ledger beside the node gave for a watch. */
export type WatchNews = {
  readonly event: (typeof newsEvents)[number]
  readonly watch: string
  /** Of the task that asks for the next action: the same whenever this is told. */
  readonly task: string
  readonly what: string
  readonly about: string
  /** Of a trace that was run again: its digest, and its front on the chain of the watch. */
  readonly front: (Pick<WatchContent, 'addresses' | 'outputs'> & { readonly trace: string }) | null
}

export const newsEvents = ['watch.extended', 'watch.grown'] as const

/** So much a task holds of why; what is longer ends with a mark, and stands whole in the record of the trace. */
const ABOUT = 2000

/** What was told before changes nothing. `false`: the watch, or its case, takes nothing more. */
export async function tellNews({ records, now }: Telling, news: WatchNews): Told<boolean> {
  const { watch: id, task, what, about, front, event } = news
  const home = await homeOf({ records, now }, id)
  const before = await records.get<ItemBody<WatchContent>>(WATCH, id)
  if (home === null || before === null || before.body.content.ended !== null) return ok({ result: false, events: [] })
  if ((await records.get('task', task)) !== null) return ok({ result: true, events: [] })
  const { caseId, marking, assignee } = home
  const { version } =
    front === null
      ? before
      : await records.put<ItemBody<WatchContent>>(
          WATCH,
          id,
          { ...before.body, content: { ...before.body.content, ...front }, by: 'node' },
          { caseId, seen: before.version },
        )
  const content: TaskContent = {
    what,
    assignee,
    due: null,
    done: null,
    about: about.length > ABOUT ? `${about.slice(0, ABOUT - 1)}…` : about,
  }
  await records.put<ItemBody<TaskContent>>(
    'task',
    task,
    { content, basis: 'fact', marking, author: 'node', by: 'node' },
    { caseId, seen: 0, refs: { assignee: assignee === null ? [] : [assignee] } },
  )
  return ok({
    result: true,
    events: [did(event, WATCH, id, caseId, { version }), did('task.add', 'task', task, caseId, { watch: id })],
  })
}

type TaskContent = {
  readonly what: string
  readonly assignee: string | null
  readonly due: string | null
  readonly done: string | null
  readonly about?: string
}

/** Whoever set the watch, while a member; else nobody in particular. */
function assigneeOf({ body }: Stored<CaseBody>, author: string): string | null {
  return body.access.members.includes(author) ? author : null
}

/** One task for each watch and transaction; `null` where nothing is to be changed. */
function taskOf(
  before: TaskContent | null,
  { direction, txid, height }: Pick<AlarmContent, 'direction' | 'txid' | 'height'>,
  kind: ChainNotice['kind'],
  now: string,
  assignee: string | null,
): TaskContent | null {
  const withdrawn = ` Withdrawn ${now}: the block was replaced, and the transaction is in no block of the chain.`
  if (kind === 'withdrawn')
    return before === null || before.done !== null
      ? null
      : { ...before, done: now, about: `${before.about ?? ''}${withdrawn}`.slice(-2000) }
  // Taken up again where the node itself had ended it; what a person has done stays done.
  if (before !== null)
    return before.done !== null && before.about?.endsWith('no block of the chain.')
      ? { ...before, done: null, about: `${before.about} Again in block ${height}.`.slice(-2000) }
      : null
  return {
    what:
      direction === 'out'
        ? 'What is watched has moved: decide what is done next.'
        : 'Something came to a watched address.',
    assignee,
    due: null,
    done: null,
    about: `Transaction ${txid}, block ${height}.`,
  }
}
