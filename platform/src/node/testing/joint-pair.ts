/** For tests: two agencies that work in one joint case, so that there is an exchange of cases between them. */
import { caseworkActions } from '../../casework/index.ts'
import { signWith } from '../../casework/testing/fakes.ts'
import { togetherActions } from '../../exchange/together/index.ts'
import type { Action } from '../../kernel/index.ts'
import { workflowActions } from '../../workflows/index.ts'
import { type CaseworkNode, caseworkNode, type Name } from './casework-node.ts'
import { partners } from './partners.ts'

const [ONE, OTHER] = ['at-prosecutor', 'ee-police'] as const

export async function jointPair() {
  const actions: readonly Action[] = [...caseworkActions, ...togetherActions, ...workflowActions]
  const nodes = [await caseworkNode(actions), await caseworkNode(actions)] as const
  const post = partners([ONE, OTHER].map((id, at) => ({ id, node: nodes[at] as never })))
  const cases = [await openCase(nodes[0]), await openCase(nodes[1])] as const
  const terms = {
    ...{ kind: 'task-force', title: 'Lockers', purpose: 'To freeze what was paid.', shares: ['holding', 'task'] },
    ...{ from: '2026-11-25', until: '2027-05-31', agreement: null, dataRules: 'As the law of each.' },
    ...{ evidenceUse: 'With consent.', legalBasis: 'Example Act § 1' },
  }
  const own = { role: 'Leads', purpose: 'Its victims' }
  const [one, other] = nodes
  const proposed = await one.did('carla', 'joint.propose', {
    caseId: cases[0],
    terms,
    own,
    parties: [{ agency: OTHER, ...own }],
  })
  for (const [at, name] of (['emil', 'fritz'] as const).entries()) await approve(one, name, proposed.id, at + 1)
  const { digest } = await one.did('carla', 'joint.read', { id: proposed.id })
  await one.did('carla', 'joint.send', { id: proposed.id, seen: 3, digest })
  await post.deliver()
  const [invitation] = await other.did<{ id: string }[]>('lisa', 'joint.invitations', {})
  const answer = { invitation: invitation?.id, legalBasis: 'Example Act § 2', contact: 'Duty officer' }
  const joined = await other.did('lisa', 'joint.accept', { caseId: cases[1], ...answer })
  await post.deliver()
  return { nodes, post, cases, joints: [proposed.id, joined.id] as const, ids: [ONE, OTHER] as const }
}

async function openCase(node: CaseworkNode): Promise<string> {
  const opening = { title: 'Lockers', kind: 'joint', partners: ['EE'], purposes: ['criminal-proceedings'] }
  const { id } = await node.did('carla', 'case.open', opening)
  for (const [at, name] of (['anna', 'dora', 'emil', 'fritz', 'lisa'] as const).entries())
    await node.did('carla', 'case.member.add', { caseId: id, seen: at + 1, personId: node.idOf[name] })
  return id
}

async function approve(node: CaseworkNode, name: Name, id: string, seen: number): Promise<void> {
  type Asked = { digest: string; expiresAt: string; challenge: string }
  const { challenge, ...asked } = await node.did<Asked>(name, 'joint.challenge', { id })
  await node.did(name, 'joint.approve', {
    id,
    seen,
    ...asked,
    credential: signWith(node.authenticatorOf[name], challenge),
  })
}
