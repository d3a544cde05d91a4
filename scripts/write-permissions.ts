/**
 * Writes docs/permissions.md, who may do what, by asking the policies: `node scripts/write-permissions.ts`. And for the app, which roles
 * can ever have the rights that it looks at before it shows a way: web/src/shared/node/roles-by-right.ts.
 *
 * Each action is asked for an ideal actor of each role: member and lead of the case, in the audience of the item, with a
 * key that stays on its device, just proven. Where the answer is yes, each of these is taken away in turn, to find what the
 * yes depends on. platform/tests/node-documents.test.ts fails where the file is not what this writes.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Access, Action, Marking, Subject } from '../platform/src/kernel/index.ts'
import { amber, roles } from '../platform/src/kernel/index.ts'
import { allActions } from '../platform/src/node/actions.ts'
import {
  caseEntity,
  type DecisionPoint,
  openDecisionPoint,
  personEntity,
  recordEntity,
} from '../platform/src/node/policy/decision-point.ts'
import { sampleOf } from '../platform/src/node/testing/sample-of.ts'
import { formatted } from './formatted.ts'

export const PERMISSIONS = 'docs/permissions.md'
export const ROLES_BY_RIGHT = 'web/src/shared/node/roles-by-right.ts'

/** Rights by which the app decides what it offers; the node decides what may be done. */
const OFFERED = [
  'correspond',
  'decideRequest',
  'editRecord',
  'eraseCase',
  'exportCase',
  'liaise',
  'liftSuspension',
  'readCase',
]

type Situation = {
  readonly role: string
  readonly member: boolean
  readonly lead: boolean
  readonly inAudience: boolean
  readonly byOther: boolean
  readonly closed: boolean
  readonly training: boolean
  readonly signedInBy: string
  readonly provenAgo: number
}

/** What is taken away, and what the actor is then said to need. */
const withoutIt: readonly [need: string, change: Partial<Situation>][] = [
  ['member', { member: false }],
  ['lead', { lead: false }],
  ['named', { inAudience: false }],
  ['open case', { closed: true }],
  ["another's draft", { byOther: false }],
  ['device key', { signedInBy: 'passkey' }],
  ['just proven', { provenAgo: 301 }],
]

export function rightOf(action: Action): { right: string; subject: Subject } {
  return action.asks(sampleOf(action.input) as never)
}

export function cell(point: DecisionPoint, action: Action, role: string): string {
  const { right, subject } = rightOf(action)
  const ideal = idealOf(role)
  if (!allowed(point, right, subject, ideal)) return '–'
  const needs = withoutIt.filter(([, change]) => !allowed(point, right, subject, { ...ideal, ...change }))
  const machine = allowed(point, right, subject, { ...ideal, signedInBy: 'api-key', provenAgo: 1_000_000_000 })
  return [machine ? 'yes' : 'person', ...needs.map(([need]) => need)].join(', ')
}

const idealOf = (role: string): Situation => ({
  role,
  member: true,
  lead: true,
  inAudience: true,
  byOther: true,
  closed: false,
  // Trainees work on exercises, everybody else on real cases.
  training: role === 'training',
  signedInBy: 'device-bound',
  provenAgo: 0,
})

/** Somebody with no role, who works on no case. */
export function zeroRights(point: DecisionPoint, action: Action): boolean {
  const { right, subject } = rightOf(action)
  return allowed(point, right, subject, {
    role: '',
    member: false,
    lead: false,
    inAudience: false,
    byOther: true,
    closed: false,
    training: false,
    signedInBy: 'device-bound',
    provenAgo: 0,
  })
}

function allowed(point: DecisionPoint, right: string, subject: Subject, situation: Situation): boolean {
  const [me, other, caseId] = ['me', 'other', 'the-case']
  const people = (is: boolean) => (is ? [me] : [])
  const access: Access = {
    members: people(situation.member),
    leads: people(situation.lead),
    sealed: false,
    sealedFor: [],
    training: situation.training,
    closed: situation.closed,
    purposes: ['criminal-proceedings'],
  }
  // Need-to-know rather than red: red items leave in no export, which is another rule.
  const marking: Marking = { ...amber, needToKnow: true, audience: people(situation.inAudience) }
  const type = subject.type === 'node' ? 'Node' : subject.type === 'case' ? 'Case' : 'Record'
  const author = situation.byOther ? other : me
  const entities = [personEntity(me, { role: situation.role, suspended: false })]
  if (type === 'Node') entities.push({ uid: { type: 'Node', id: 'node' }, attrs: {}, parents: [] })
  else entities.push(caseEntity(caseId, access, me))
  if (type === 'Record') entities.push(recordEntity('it', { ...marking, caseId, kind: 'record', author }, me))
  const decision = point.decide({
    personId: me,
    right,
    resource: { type, id: type === 'Node' ? 'node' : type === 'Case' ? caseId : 'it' },
    circumstances: {
      signedInBy: situation.signedInBy,
      provenAgo: situation.provenAgo,
      purpose: 'criminal-proceedings',
    },
    entities,
  })
  if (decision.faults.length > 0) throw new Error(`${right}: ${decision.faults.join('; ')}`)
  return decision.allowed
}

export function permissionsText(): string {
  const point = openDecisionPoint(fileURLToPath(new URL('../policies', import.meta.url)))
  const actions = [...allActions()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const columns = [...roles, 'nobody']
  const rows = actions.map((action) => {
    const cells = [...roles.map((role) => cell(point, action, role)), zeroRights(point, action) ? 'YES' : '–']
    return `| \`${action.name}\` | ${action.summary} | \`${rightOf(action).right}\` | ${cells.join(' | ')} |`
  })
  return `# Who may do what

Written by asking the policies (\`policies/\`) themselves, for every action of the node and every role. This table is what the node does; the policies say why.

A cell says **yes** where a person or an API key may, **person** where no API key may, **–** where nobody of this role may. Words after it are needed as well: **member** of the case, **lead** of the case, **named** in the audience of an item that is for named people (red, need-to-know, protected person), **open case**: one that is not closed, **another's draft**: not one's own, **device key**: signed in with a key that cannot be copied, **just proven**: with a passkey, at most five minutes ago. An API key must besides name the action in its scopes.

Trainees work on exercises only; everything else said of them here is about exercises. Above all this stand the limits that hold for everybody: a suspended person does nothing, a sealed case is for those named, a case serves its purposes only. **nobody** is somebody with a session, no role and no case.

| Action | What it does | Right | ${columns.join(' | ')} |
|---|---|---|${columns.map(() => '---').join('|')}|
${rows.join('\n')}

<!-- Written by scripts/write-permissions.ts from the policies. Do not edit. -->
`
}

export function rolesByRightText(): string {
  const point = openDecisionPoint(fileURLToPath(new URL('../policies', import.meta.url)))
  const subjectByRight = new Map(allActions().map((action) => [rightOf(action).right, rightOf(action).subject]))
  const rows = OFFERED.map((right) => {
    const subject = subjectByRight.get(right)
    if (subject === undefined) throw new Error(`no action asks for ${right}`)
    const having = roles.filter((role) => allowed(point, right, subject, idealOf(role)))
    return [right, having]
  })
  const text = `/** Which roles can have a right at all. Written by scripts/write-permissions.ts from the policies. Do not edit. */
export type OfferedRight = ${OFFERED.map((right) => JSON.stringify(right)).join(' | ')}

const rolesByRight: Readonly<Record<OfferedRight, readonly string[]>> = ${JSON.stringify(Object.fromEntries(rows))}

/** Whether it makes sense to offer somebody of this role what needs the right. The node decides each time anew. */
export const mayEver = (right: OfferedRight, role: string): boolean => rolesByRight[right].includes(role)
`
  return formatted(ROLES_BY_RIGHT, text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL(`../${PERMISSIONS}`, import.meta.url), permissionsText())
  writeFileSync(new URL(`../${ROLES_BY_RIGHT}`, import.meta.url), rolesByRightText())
}
