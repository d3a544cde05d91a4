/** The acts on cases and requests, through the real door on PostgreSQL; one file, since they share one node and its people. */
import { describe, expect, test } from 'vitest'
import { caseworkActions } from '../casework/index.ts'
import { caseworkNode, DAY, HOUR, MINUTE, type Name, type Written } from './testing/casework-node.ts'

const node = await caseworkNode(caseworkActions)

const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const BITCOIN = `${CHAIN}/slip44:0`

const openCase = async (by: Name = 'anna', more: object = {}) =>
  (await node.did(by, 'case.open', { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'], ...more })).id

/** A case of Anna with people who may sign; the version that it has then. */
async function staffedCase(): Promise<string> {
  const caseId = await openCase()
  for (const [at, name] of (['carla', 'dora', 'emil', 'fritz'] as const).entries())
    await node.did('anna', 'case.member.add', { caseId, seen: at + 1, personId: node.idOf[name] })
  return caseId
}

const assetOf = (address: string, amount: string | null = '1000', value: string | null = null) => ({
  chain: CHAIN,
  address,
  asset: BITCOIN,
  amount,
  value,
})
const contentOf = (more: object = {}) => ({
  instrument: 'eu-2018-1805',
  requestType: 'freeze',
  measure: 'FREEZE_SPECIFIC',
  data: { 'issuer.name': 'Court' },
  languages: { original: 'en', theirs: ['fr'] },
  recipients: [{ authority: 'Tribunal', country: 'FR', role: 'to' }],
  clock: { country: 'FR', zone: 'Europe/Paris' },
  urgency: { code: 'IMMINENT_DISSIPATION', ground: 'Coins move.' },
  facts: 'What happened.',
  assets: [assetOf('ADDR1')],
  trace: null,
  useConditions: [],
  ...more,
})

async function submitted(caseId: string, more: object = {}): Promise<Written> {
  const draft = await node.did('anna', 'request.draft', { caseId, content: contentOf(more) })
  return node.did('anna', 'request.submit', { id: draft.id, seen: draft.version })
}

async function released(caseId: string, more: object = {}): Promise<Written> {
  const { id, digest } = await submitted(caseId, more)
  await node.approve('dora', id, 2)
  await node.approve('emil', id, 3)
  return { ...(await node.did('carla', 'request.release', { id, seen: 4, digest })), digest }
}

describe('cases', () => {
  test('who opens a case reads it; nobody else sees that there is one', async () => {
    const caseId = await openCase('anna', { title: 'Only for Anna' })
    expect(await node.did('anna', 'case.read', { caseId })).toMatchObject({ case: { title: 'Only for Anna' } })
    expect(await node.codeOf('bert', 'case.read', { caseId })).toBe('NOT_PERMITTED')
    expect(JSON.stringify(await node.did('bert', 'case.list', {}))).toBe('{"items":[],"next":null}')
    expect(JSON.stringify(await node.did('anna', 'case.list', {}))).toContain('Only for Anna')
  })

  test('pages show what may be seen, and their cursor is something that was shown', async () => {
    const ids = [await openCase('carla'), await openCase('carla'), await openCase('carla')]
    type Page = { items: { id: string }[]; next: string | null }
    const first = await node.did<Page>('carla', 'case.list', { limit: 2 })
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    expect(first.next).toBe(ids[1])
    const second = await node.did<Page>('carla', 'case.list', { limit: 2, after: first.next })
    expect(second).toMatchObject({ items: [{ id: ids[2] }], next: null })
  })

  test('an exercise stays an exercise, and trainees have nothing else', async () => {
    const exercise = { purposes: ['exercise'], training: true }
    expect(await node.codeOf('tina', 'case.open', { title: 'x', kind: 'local', purposes: ['administrative'] })).toBe(
      'CASE_TRAINING',
    )
    expect(await node.codeOf('anna', 'case.open', { title: 'x', kind: 'local', purposes: ['exercise'] })).toBe(
      'CASE_PURPOSE',
    )
    const caseId = await openCase('tina', exercise)
    expect(await node.codeOf('tina', 'case.read', { caseId }, { purpose: 'exercise' })).toBe('done')
    expect(await node.codeOf('tina', 'case.read', { caseId })).toBe('NOT_PERMITTED')
    const change = { caseId, seen: 1, purposes: ['criminal-proceedings'], reason: 'x' }
    expect(await node.codeOf('tina', 'case.repurpose', change, { purpose: 'exercise' })).toBe('CASE_PURPOSE')
  })

  test('a joint case names its partners, a local one none', async () => {
    const opening = { title: 'x', purposes: ['criminal-proceedings'] }
    expect(await node.codeOf('anna', 'case.open', { ...opening, kind: 'joint' })).toBe('CASE_PARTNERS')
    expect(await node.codeOf('anna', 'case.open', { ...opening, kind: 'local', partners: ['FR'] })).toBe(
      'CASE_PARTNERS',
    )
    expect(await node.codeOf('anna', 'case.open', { ...opening, kind: 'joint', partners: ['FR'] })).toBe('done')
  })

  test('the last lead cannot go; the lead is handed over first', async () => {
    const caseId = await openCase()
    const [anna, bert] = [node.idOf.anna, node.idOf.bert]
    expect(await node.codeOf('anna', 'case.member.add', { caseId, seen: 1, personId: bert })).toBe('done')
    expect(await node.codeOf('bert', 'case.member.add', { caseId, seen: 2, personId: node.idOf.carla })).toBe(
      'NOT_PERMITTED',
    )
    expect(await node.codeOf('anna', 'case.member.remove', { caseId, seen: 2, personId: anna })).toBe('LAST_LEAD')
    const handOver = { caseId, seen: 2, personId: bert, insteadOf: anna }
    expect(await node.codeOf('anna', 'case.member.lead', handOver)).toBe('done')
    expect(await node.codeOf('anna', 'case.member.remove', { caseId, seen: 3, personId: anna })).toBe('NOT_PERMITTED')
    expect(await node.codeOf('bert', 'case.member.remove', { caseId, seen: 3, personId: anna })).toBe('done')
    expect(await node.codeOf('anna', 'case.read', { caseId })).toBe('NOT_PERMITTED')
  })

  test('those who run or oversee the node join no case', async () => {
    const caseId = await openCase()
    for (const name of ['hugo', 'gina'] as const)
      expect(await node.codeOf('anna', 'case.member.add', { caseId, seen: 1, personId: node.idOf[name] })).toBe(
        'PERSON_OUTSIDE',
      )
    expect(
      await node.codeOf('anna', 'case.member.add', {
        caseId,
        seen: 1,
        personId: '00000000-0000-7000-8000-0000000000ff',
      }),
    ).toBe('PERSON_UNKNOWN')
  })

  test('a seal leaves inside whom it names, with a lead among them', async () => {
    const caseId = await staffedCase()
    const order = 'Court of X, 2026-11-25, 7 Hv 1/26'
    const { anna, carla } = node.idOf
    expect(await node.codeOf('anna', 'case.seal', { caseId, seen: 5, sealedFor: [carla], order })).toBe('LAST_LEAD')
    expect(await node.codeOf('anna', 'case.seal', { caseId, seen: 5, sealedFor: [anna], order })).toBe('done')
    expect(await node.codeOf('carla', 'case.read', { caseId })).toBe('NOT_PERMITTED')
    expect(JSON.stringify(await node.did('carla', 'case.list', {}))).not.toContain(caseId)
    expect(await node.codeOf('anna', 'case.unseal', { caseId, seen: 6, order })).toBe('done')
    expect(await node.codeOf('carla', 'case.read', { caseId })).toBe('done')
  })

  test('what is closed is read and not changed, and opens again', async () => {
    const caseId = await openCase()
    const note = { caseId, content: { text: 'x' }, basis: 'fact' }
    expect(await node.codeOf('anna', 'case.close', { caseId, seen: 1, reason: 'done' })).toBe('done')
    expect(await node.codeOf('anna', 'note.add', note)).toBe('NOT_PERMITTED')
    expect(await node.codeOf('anna', 'case.read', { caseId })).toBe('done')
    expect(await node.codeOf('anna', 'case.reopen', { caseId, seen: 2, reason: 'new facts' })).toBe('done')
    expect(await node.codeOf('anna', 'note.add', note)).toBe('done')
    expect(await node.did('anna', 'case.history', { caseId })).toHaveLength(3)
  })

  test('two changes on top of the same version: the second is refused, nothing is lost', async () => {
    const caseId = await openCase()
    const change = (title: string) => node.codeOf('anna', 'case.update', { caseId, seen: 1, title, kind: 'local' })
    expect((await Promise.all([change('one'), change('two')])).sort()).toEqual(['VERSION_CONFLICT', 'done'])
  })
})

describe('items of a case', () => {
  const samples: Readonly<Record<string, object>> = {
    'person-of-interest': { kind: 'natural', name: 'Doe', ledCategory: 'SUSPECT', position: 'ORDER_TARGET' },
    wallet: { chain: CHAIN, address: 'ADDR7', custody: 'self-hosted' },
    victim: { token: 'V-0001', loss: '63000000', asset: BITCOIN },
    event: { at: '2026-11-01T00:00:00Z', what: 'Transfer' },
    task: { what: 'Call', assignee: null, due: null, done: null },
    decision: { what: 'Freeze', authority: 'Court', on: '2026-11-20', final: null },
    note: { text: 'Something' },
    order: { measure: 'PRESERVE', authority: 'Court', on: '2026-11-20', until: null, liftedAt: null, assets: [] },
  }

  test.each(Object.keys(samples))('%s: added, read, changed, listed, with every version kept', async (kind) => {
    const caseId = await openCase()
    const content = samples[kind]
    const { id } = await node.did('anna', `${kind}.add`, { caseId, content, basis: 'fact' })
    expect(await node.did('anna', `${kind}.read`, { id })).toMatchObject({ version: 1, author: node.idOf.anna })
    expect(await node.codeOf('bert', `${kind}.read`, { id })).toBe('NOT_PERMITTED')
    await node.did('anna', `${kind}.update`, { id, seen: 1, content, basis: 'assessment' })
    expect(await node.did('anna', `${kind}.history`, { id })).toHaveLength(2)
    expect(await node.did('anna', `${kind}.list`, { caseId })).toMatchObject({ items: [{ id, basis: 'assessment' }] })
    const extra = { caseId, content: { ...content, more: 1 }, basis: 'fact' }
    expect(await node.codeOf('anna', `${kind}.add`, extra)).toBe('INPUT_INVALID')
  })

  test('an address is kept in its one form, and what is none is refused', async () => {
    const caseId = await openCase()
    const wallet = (address: string) => ({ caseId, content: { ...samples.wallet, address }, basis: 'fact' })
    const { id } = await node.did('anna', 'wallet.add', wallet('ADDRx'))
    expect(await node.did('anna', 'wallet.read', { id })).toMatchObject({ content: { address: 'addrx' } })
    expect(await node.codeOf('anna', 'wallet.add', wallet('аddr'))).toBe('ADDRESS_NOT_RECOGNISED')
  })

  test('lists say nothing of items that are not for the reader: no item, no count, no gap in the pages', async () => {
    const caseId = await staffedCase()
    const { anna, carla } = node.idOf
    const red = { tlp: 'red', audience: [anna], needToKnow: false, protectedPerson: false, onwardUse: false }
    const texts = ['open 1', 'red 1', 'open 2', 'red 2', 'red 3', 'open 3']
    for (const text of texts) {
      const marking = text.startsWith('red') ? { marking: red } : {}
      await node.did('anna', 'note.add', { caseId, content: { text }, basis: 'fact', ...marking })
    }
    type Page = { items: { id: string; content: { text: string } }[]; next: string | null }
    const seen: string[] = []
    let after: string | null = null
    do {
      const page: Page = await node.did<Page>('carla', 'note.list', { caseId, limit: 1, ...(after ? { after } : {}) })
      seen.push(...page.items.map(({ content }) => content.text))
      if (page.next !== null) expect(page.next).toBe(page.items.at(-1)?.id)
      after = page.next
    } while (after !== null)
    expect(seen).toEqual(['open 1', 'open 2', 'open 3'])
    expect((await node.did<Page>('anna', 'note.list', { caseId })).items).toHaveLength(6)
    const nobody = { ...red, audience: [] }
    expect(
      await node.codeOf('anna', 'note.add', { caseId, content: { text: 'x' }, basis: 'fact', marking: nobody }),
    ).toBe('MARKING_AUDIENCE')
    // Carla may change what she reads; only the author widens it.
    const amber = { ...red, tlp: 'amber', audience: [] }
    const shared = { ...red, audience: [anna, carla] }
    const { id } = await node.did('anna', 'note.add', {
      caseId,
      content: { text: 'y' },
      basis: 'fact',
      marking: shared,
    })
    const widen = { id, seen: 1, content: { text: 'y' }, basis: 'fact', marking: amber }
    expect(await node.codeOf('carla', 'note.update', widen)).toBe('MARKING_LOOSENED')
    expect(await node.codeOf('anna', 'note.update', widen)).toBe('done')
  })

  test('a task is given to members only', async () => {
    const caseId = await openCase()
    const task = { caseId, content: { ...samples.task, assignee: node.idOf.bert }, basis: 'fact' }
    expect(await node.codeOf('anna', 'task.add', task)).toBe('TASK_ASSIGNEE')
  })
})

describe('requests and their approvals', () => {
  test('from draft to execution, with the clocks of the other side kept apart', async () => {
    const caseId = await staffedCase()
    const { id, digest } = await submitted(caseId)
    expect(await node.codeOf('carla', 'request.release', { id, seen: 2, digest })).toBe('APPROVALS_MISSING')
    expect(await node.approve('dora', id, 2)).toMatchObject({ ok: true })
    expect(await node.codeOf('carla', 'request.release', { id, seen: 3, digest })).toBe('APPROVALS_MISSING')
    expect(await node.approve('emil', id, 3)).toMatchObject({ ok: true })
    expect(await node.did('anna', 'request.read', { id })).toMatchObject({ approval: { counted: 2, enough: true } })
    await node.did('carla', 'request.release', { id, seen: 4, digest })
    node.clock.now += HOUR
    const start = node.clock.now
    const at = (ms: number) => new Date(start + ms).toISOString()
    type Read = { request: { state: string; deadlines: { due: string }[]; received: object } }
    const read = () => node.did<Read>('anna', 'request.read', { id })
    // Their node has it: nothing runs yet. The competent authority has it: now it runs.
    await node.did('anna', 'request.acknowledged', { id, seen: 5, receivedByNodeAt: at(-30 * MINUTE) })
    expect((await read()).request).toMatchObject({ state: 'released', deadlines: [] })
    const competent = at(-10 * MINUTE)
    await node.did('anna', 'request.acknowledged', { id, seen: 6, receivedByCompetentAt: competent })
    expect((await read()).request).toMatchObject({
      state: 'acknowledged',
      deadlines: [{ ruleId: 'decide-48h', due: new Date(Date.parse(competent) + 48 * HOUR).toISOString() }],
      received: { receivedByNodeAt: at(-30 * MINUTE), receivedByCompetentAt: competent, forwardedAt: null },
    })
    // Passed on: the clock of the competent authority starts anew with whoever takes it over, and it stays open here.
    const to = { authority: 'Parquet', country: 'FR', role: 'to' }
    await node.did('anna', 'request.referred', {
      id,
      seen: 7,
      to,
      forwardedAt: at(-5 * MINUTE),
      reason: 'not competent',
    })
    expect((await read()).request).toMatchObject({ state: 'referred', deadlines: [] })
    expect(await node.codeOf('anna', 'case.close', { caseId, seen: 5, reason: 'x' })).toBe('CASE_REQUESTS_OPEN')
    expect(await node.codeOf('anna', 'request.executed', { id, seen: 8, reason: 'x', secured: [] })).toBe(
      'REQUEST_STATE',
    )
    await node.did('anna', 'request.taken-over', { id, seen: 8, receivedByCompetentAt: at(-MINUTE) })
    const secured = [{ chain: CHAIN, address: 'ADDR1', amount: '900' }]
    await node.did('anna', 'request.executed', { id, seen: 9, reason: 'frozen at the service', secured })
    expect((await read()).request).toMatchObject({ state: 'executed', secured: [{ address: 'addr1', amount: '900' }] })
    expect(await node.codeOf('anna', 'request.extend', { id, seen: 10, until: at(DAY), reason: 'x' })).toBe(
      'NOT_PERMITTED',
    )
    expect(await node.codeOf('carla', 'request.extend', { id, seen: 10, until: at(DAY), reason: 'x' })).toBe('done')
    expect(await node.codeOf('carla', 'request.lift', { id, seen: 11, reason: 'acquitted' })).toBe('done')
    expect(await node.did('anna', 'request.history', { id })).toHaveLength(12)
  })

  test('what is missing is said by field before anybody approves', async () => {
    const caseId = await staffedCase()
    const content = contentOf({ data: {}, urgency: { code: 'DATA_LOSS', ground: 'x' } })
    const { id } = await node.did('anna', 'request.draft', { caseId, content })
    expect(await node.did('anna', 'request.check', { id })).toMatchObject({
      problems: [
        { code: 'FIELD_MISSING', path: 'issuer.name' },
        { code: 'REQUEST_URGENCY', path: '/urgency/code' },
      ],
    })
    expect(await node.codeOf('anna', 'request.submit', { id, seen: 1 })).toBe('REQUEST_INCOMPLETE')
  })

  test('drafters do not approve, and whoever changed a word is a drafter', async () => {
    const caseId = await staffedCase()
    const draft = await node.did('anna', 'request.draft', { caseId, content: contentOf() })
    await node.did('carla', 'request.update', { id: draft.id, seen: 1, content: contentOf({ facts: 'Better.' }) })
    await node.did('anna', 'request.submit', { id: draft.id, seen: 2 })
    expect(await node.approve('carla', draft.id, 3)).toMatchObject({ refusal: { code: 'APPROVAL_OWN_DRAFT' } })
    expect(await node.approve('anna', draft.id, 3)).toMatchObject({ refusal: { code: 'NOT_PERMITTED' } })
  })

  test('a change of content voids every approval, and an old signature does not come back', async () => {
    const caseId = await staffedCase()
    const { id, digest } = await submitted(caseId)
    const challenge = await node.did<{ digest: string; expiresAt: string; challenge: string }>(
      'dora',
      'approval.challenge',
      { id },
    )
    const { signWith } = await import('../casework/testing/fakes.ts')
    const given = {
      id,
      digest: challenge.digest,
      expiresAt: challenge.expiresAt,
      credential: signWith(node.authenticatorOf.dora, challenge.challenge),
    }
    await node.did('dora', 'approval.give', { ...given, seen: 2 })
    await node.approve('emil', id, 3)
    await node.did('anna', 'request.update', { id, seen: 4, content: contentOf({ assets: [assetOf('ADDR2')] }) })
    expect(await node.codeOf('carla', 'request.release', { id, seen: 5, digest })).toBe('REQUEST_STATE')
    await node.did('anna', 'request.submit', { id, seen: 5 })
    expect(await node.codeOf('carla', 'request.release', { id, seen: 6, digest })).toBe('REQUEST_DIGEST')
    expect(await node.codeOf('dora', 'approval.give', { ...given, seen: 6 })).toBe('APPROVAL_OTHER_CONTENT')
    // Back to the very same content: the digest is the old one, the signatures are still spent.
    await node.did('anna', 'request.update', { id, seen: 6, content: contentOf() })
    expect((await node.did('anna', 'request.submit', { id, seen: 7 })).digest).toBe(digest)
    expect(await node.codeOf('carla', 'request.release', { id, seen: 8, digest })).toBe('APPROVALS_MISSING')
    expect(await node.codeOf('dora', 'approval.give', { ...given, seen: 8 })).toBe('APPROVAL_REPEATED')
  })

  test('two people with one authenticator are one', async () => {
    const caseId = await staffedCase()
    const { id, digest } = await submitted(caseId)
    const shared = node.authenticatorOf.dora
    node.held.get(node.idOf.emil)?.push(shared)
    await node.approve('dora', id, 2)
    expect(await node.approve('emil', id, 3, shared)).toMatchObject({
      refusal: { code: 'APPROVAL_SAME_AUTHENTICATOR' },
    })
    expect(await node.approve('dora', id, 3)).toMatchObject({ refusal: { code: 'APPROVAL_REPEATED' } })
    expect(await node.codeOf('carla', 'request.release', { id, seen: 3, digest })).toBe('APPROVALS_MISSING')
  })

  test('a key that can leave its device, somebody else’s assertion, an old one: none approves', async () => {
    const caseId = await staffedCase()
    const { id } = await submitted(caseId)
    const synced = { credentialId: 'synced', secret: 's', deviceBound: false, userVerified: true }
    node.held.get(node.idOf.fritz)?.push(synced)
    expect(await node.approve('fritz', id, 2, synced)).toMatchObject({ refusal: { code: 'APPROVAL_AUTHENTICATOR' } })
    expect(await node.approve('fritz', id, 2, node.authenticatorOf.dora)).toMatchObject({
      refusal: { code: 'APPROVAL_AUTHENTICATOR' },
    })
    expect(await node.codeOf('dora', 'approval.challenge', { id }, { signedInBy: 'oidc' })).toBe('NOT_PERMITTED')
  })

  test('an approval is taken back before the release, and runs out after a day', async () => {
    const caseId = await staffedCase()
    const { id, digest } = await submitted(caseId)
    await node.approve('dora', id, 2)
    await node.approve('emil', id, 3)
    await node.did('dora', 'approval.withdraw', { id, seen: 4 })
    expect(await node.codeOf('dora', 'approval.withdraw', { id, seen: 5 })).toBe('APPROVAL_NONE')
    expect(await node.codeOf('carla', 'request.release', { id, seen: 5, digest })).toBe('APPROVALS_MISSING')
    node.clock.now += MINUTE
    await node.approve('dora', id, 5)
    node.clock.now += DAY - MINUTE
    // Emil's has run out in this moment, Dora's has a minute left.
    expect(await node.codeOf('carla', 'request.release', { id, seen: 6, digest })).toBe('APPROVALS_MISSING')
    expect(await node.did('anna', 'request.read', { id })).toMatchObject({ approval: { counted: 1 } })
    await node.approve('fritz', id, 6)
    expect(await node.codeOf('carla', 'request.release', { id, seen: 7, digest })).toBe('done')
  })

  test('an approver who has left the case, the office or the house does not count any more', async () => {
    const caseId = await staffedCase()
    const { id, digest } = await submitted(caseId)
    await node.approve('dora', id, 2)
    await node.approve('emil', id, 3)
    const counted = async () =>
      (await node.did<{ approval: { counted: number } }>('anna', 'request.read', { id })).approval.counted
    const setPerson = (more: object) => node.putPerson('emil', more)
    await setPerson({ suspended: true })
    expect(await counted()).toBe(1)
    expect(await node.codeOf('carla', 'request.release', { id, seen: 4, digest })).toBe('APPROVALS_MISSING')
    await setPerson({ role: 'investigator' })
    expect(await counted()).toBe(1)
    await setPerson({})
    expect(await counted()).toBe(2)
    await node.did('anna', 'case.member.remove', { caseId, seen: 5, personId: node.idOf.dora })
    expect(await counted()).toBe(1)
    expect(await node.codeOf('carla', 'request.release', { id, seen: 4, digest })).toBe('APPROVALS_MISSING')
  })

  test('a case is not closed over a request that waits for approval', async () => {
    const caseId = await staffedCase()
    await submitted(caseId)
    expect(await node.codeOf('anna', 'case.close', { caseId, seen: 5, reason: 'x' })).toBe('CASE_REQUESTS_OPEN')
  })

  test('other policies, or more people asked, and what was submitted is submitted no more', async () => {
    const caseId = await staffedCase()
    const { id, digest } = await submitted(caseId)
    await node.approve('dora', id, 2)
    await node.approve('emil', id, 3)
    node.setting.needed = 3
    expect(await node.codeOf('carla', 'request.release', { id, seen: 4, digest })).toBe('REQUEST_DIGEST')
    node.setting.needed = 0
    expect(await node.did('anna', 'request.read', { id })).toMatchObject({ approval: { needed: 2 } })
    node.setting.needed = 2
    const version = node.policies.version
    node.policies.version = 'f'.repeat(64)
    expect(await node.codeOf('carla', 'request.release', { id, seen: 4, digest })).toBe('REQUEST_DIGEST')
    node.policies.version = version
    expect(await node.codeOf('anna', 'request.release', { id, seen: 4, digest })).toBe('NOT_PERMITTED')
    expect(await node.codeOf('carla', 'request.release', { id, seen: 4, digest })).toBe('done')
  })

  test('a draft is withdrawn by those who write it, what is out by those who may release', async () => {
    const caseId = await staffedCase()
    const draft = await node.did('anna', 'request.draft', { caseId, content: contentOf() })
    expect(await node.codeOf('dora', 'request.withdraw', { id: draft.id, seen: 1, reason: 'x' })).toBe(
      'REQUEST_NOT_YOURS',
    )
    expect(await node.codeOf('anna', 'request.withdraw', { id: draft.id, seen: 1, reason: 'x' })).toBe('done')
    const out = await released(caseId)
    expect(await node.codeOf('anna', 'request.withdraw', { id: out.id, seen: 5, reason: 'x' })).toBe(
      'REQUEST_NOT_YOURS',
    )
    expect(await node.codeOf('carla', 'request.withdraw', { id: out.id, seen: 5, reason: 'x' })).toBe('done')
  })
})
