/**
 * Deconfliction inside the node: looks for others on the same assets, puts to the policies what may be told, and gives
 * the leads of both sides a task.
 *
 * What may not be read is told of only as "somebody". Nothing at all is told of what lies in a sealed case, of an item that
 * is red, need-to-know or of a protected person, nor across the border between exercises and real work; and the side that
 * is not told of is not told either. (TheHive and OpenCTI leaked by "already exists" and by "similar cases".)
 */
import { type ActionContext, amber, type Marking, type Stored } from '../kernel/index.ts'
import { type Asset, assetRef } from './assets.ts'
import type { CaseBody } from './case.ts'
import { did } from './case-acts.ts'
import { conflictsOf, type Deconflicted, type Finding, type Interest, unnamedInterest } from './deconfliction.ts'
import type { ItemBody } from './items.ts'
import { readQuestion } from './listing.ts'
import { type Beside, openConflicts } from './order-conflict-open.ts'
import { isAlive, type RequestState } from './request-states.ts'
import type { Measure } from './vocabulary.ts'

type Holder = { readonly kind: 'request' | 'order'; readonly id: string; readonly caseId: string }
type Body = {
  readonly content: {
    readonly measure: Measure
    readonly assets: readonly Asset[]
    readonly until?: string | null
    readonly liftedAt?: string | null
  }
  readonly marking: Marking
  readonly state?: RequestState
}

const KINDS = ['request', 'order'] as const

export async function deconflict(context: ActionContext, self: Holder): Promise<Deconflicted> {
  const { findings, told, beside } = await look(context, self, true)
  const events = told === 0 ? [] : [did('deconfliction.tell', 'node', 'node', null, { of: self.id, told })]
  return { findings, events: [...events, ...(await openConflicts(context, self, beside))] }
}

/** The same, without a task for anybody: for acts that only read. */
export async function findConflicts(context: ActionContext, self: Holder): Promise<Finding[]> {
  return (await look(context, self, false)).findings
}

async function look(
  context: ActionContext,
  self: Holder,
  tell: boolean,
): Promise<{ readonly findings: Finding[]; readonly told: number; readonly beside: readonly Beside[] }> {
  const { records, may, now } = context
  const mine = await records.get<Body>(self.kind, self.id)
  const home = await records.get<CaseBody>('case', self.caseId)
  if (!mine || !home) throw new Error('what is compared has no record')
  const mayTell = isTold(mine.body.marking, home.body)
  const seen: Interest[] = []
  const unnamed: Finding[] = []
  const beside: Beside[] = []
  let told = 0
  for (const ref of [...new Set(mine.body.content.assets.map(assetRef))].sort()) {
    let somebody = false
    for (const other of await holdersOf(context, ref)) {
      if (other.id === self.id || other.caseId === null || !isActive(other.body, now)) continue
      const theirs = await records.get<CaseBody>('case', other.caseId)
      if (!theirs || theirs.body.access.training !== home.body.access.training) continue
      // A conflict is told to both sides or to none; within one case, never of what is for named people only.
      const both = mayTell && isTold(other.body.marking, theirs.body)
      const within = other.caseId === self.caseId && isForAll(mine.body.marking) && isForAll(other.body.marking)
      if (within || both) beside.push({ ref, id: other.id, kind: other.kind as Beside['kind'] })
      if (await may(readQuestion(other))) {
        seen.push(toInterest(other))
        continue
      }
      if (!isTold(other.body.marking, theirs.body)) continue
      // What is hidden within the same case is no matter of another unit.
      if (other.caseId === self.caseId) continue
      somebody = true
      if (tell && mayTell && (await bringTogether(context, ref, home, theirs))) told += 1
    }
    if (somebody) unnamed.push(unnamedInterest(ref))
  }
  const distinct = seen.filter((one, at) => seen.findIndex(({ id }) => id === one.id) === at)
  return { findings: [...conflictsOf(toInterest({ ...mine, kind: self.kind }), distinct), ...unnamed], told, beside }
}

async function holdersOf({ records }: ActionContext, ref: string): Promise<Stored<Body>[]> {
  const found: Stored<Body>[] = []
  for (const kind of KINDS) found.push(...(await records.find<Body>(kind, 'asset', ref)))
  return found
}

function toInterest({ kind, id, caseId, body }: Stored<Body>): Interest {
  const { measure, assets } = body.content
  return { kind: kind as Interest['kind'], id, caseId: caseId as string, measure, assets }
}

function isActive({ state, content }: Body, now: string): boolean {
  if (state !== undefined) return isAlive(state)
  return (content.liftedAt ?? null) === null && (content.until == null || content.until > now)
}

/** Whether others may learn that there is such an interest. */
function isTold(marking: Marking, { access }: CaseBody): boolean {
  return !access.sealed && isForAll(marking)
}

function isForAll({ tlp, needToKnow, protectedPerson }: Marking): boolean {
  return tlp !== 'red' && !needToKnow && !protectedPerson
}

/** A task for each lead of both cases: once for each asset and pair of cases, and without a word of the other case. */
async function bringTogether(
  context: ActionContext,
  ref: string,
  home: Stored<CaseBody>,
  theirs: Stored<CaseBody>,
): Promise<boolean> {
  const { records, newId, now } = context
  const pair = [ref, ...[home.id, theirs.id].sort()].join('|')
  if ((await records.find('contact', 'pair', pair)).length > 0) return false
  const nodes = { marking: amber, author: 'node' }
  await records.put('contact', newId(), { ...nodes, ref, at: now }, { caseId: home.id, seen: 0, refs: { pair } })
  for (const { id: caseId, body } of [home, theirs]) {
    for (const assignee of body.access.leads) {
      const task: ItemBody = {
        ...nodes,
        by: 'node',
        basis: 'fact',
        content: {
          what: `Another unit of this node has an interest in ${ref}: get in touch.`,
          about: 'The node does not say who it is. Ask its liaison officer or a common superior to bring you together.',
          assignee,
          due: null,
          done: null,
        },
      }
      await records.put('task', newId(), task, { caseId, seen: 0, refs: { assignee: [assignee] } })
    }
  }
  return true
}
