/** What people do with messages: approvals that bind, the inbox, what reminds, and what nobody may see or do. */
import { beforeAll, describe, expect, test } from 'vitest'
import { ports as casework, caseworkActions } from '../../casework/index.ts'
import { signWith } from '../../casework/testing/fakes.ts'
import { deskActions, type MessageBody, settleMessage } from '../../exchange/desk/index.ts'
import { requestMessageActions, partners as tellers } from '../../exchange/requests/index.ts'
import { exampleDraft } from '../../exchange/wire/testing/messages.ts'
import { type Json, ok, orStop } from '../../kernel/index.ts'
import { legalPorts } from '../../legal/index.ts'
import { packFolder, readPacks } from '../../legal/sources/index.ts'
import { remind } from '../remind.ts'
import { type CaseworkNode, caseworkNode, DAY, type Name } from '../testing/casework-node.ts'
import { partners } from '../testing/partners.ts'

const [ONE, OTHER] = ['at-prosecutor', 'ee-police'] as const
const actions = [...caseworkActions, ...deskActions, ...requestMessageActions]
let one: CaseworkNode
let other: CaseworkNode
let post: ReturnType<typeof partners>
let caseId = ''
const query = { subject: 'Who freezes?', country: 'EE', need: 'freeze', urgency: null, language: 'en' }
const preserve = exampleDraft('preserve.request', 1).body

beforeAll(async () => {
  const packs = orStop(readPacks(orStop(packFolder())))
  const nodes = [await caseworkNode(actions), await caseworkNode(actions)] as const
  ;[one, other] = nodes
  for (const node of nodes) {
    node.ports.set(legalPorts.packs, packs)
    node.ports.set(casework.partners, tellers)
  }
  post = partners([ONE, OTHER].map((id, at) => ({ id, node: nodes[at] as never })))
  const { id } = await one.did('carla', 'case.open', {
    title: 'Lockers',
    kind: 'local',
    purposes: ['criminal-proceedings'],
  })
  caseId = id
  for (const [at, name] of (['anna', 'dora', 'emil', 'fritz'] as const).entries())
    await one.did('carla', 'case.member.add', { caseId, seen: at + 1, personId: one.idOf[name] })
})

type Shown = { version: number; message: MessageBody; approvals: { needed: number; counted: number } | null }
const draft = (type: string, body: Json, more: object = {}) =>
  one.did<{ id: string; version: number }>('anna', 'message.draft', {
    caseId,
    to: OTHER,
    type,
    purpose: 'criminal-proceedings',
    body,
    ...more,
  })
const shown = (id: string) => one.did<Shown>('carla', 'message.show', { id })
describe('a message that binds', () => {
  test('is approved by others than its drafter, and by no trainee, auditor or administrator', async () => {
    const { id, version } = await draft('preserve.request', preserve)
    expect((await shown(id)).approvals).toMatchObject({ counted: 0 })
    expect(await one.codeOf('carla', 'message.send', { id, seen: version })).toBe('EXCHANGE_APPROVALS')
    for (const name of ['gina', 'hugo', 'tina'] as const) {
      expect(await one.codeOf(name, 'message.challenge', { id })).toBe('NOT_PERMITTED')
      expect(await one.codeOf(name, 'message.show', { id })).toBe('NOT_PERMITTED')
    }
    expect(await one.codeOf('anna', 'message.challenge', { id })).toBe('NOT_PERMITTED')
  })

  test('a change of what is approved is another message: the digest of before is refused', async () => {
    const { id } = await draft('preserve.request', preserve)
    const { challenge } = await one.did<{ challenge: string }>('emil', 'message.challenge', { id })
    const credential = signWith(one.authenticatorOf.emil, challenge)
    expect(await one.codeOf('emil', 'message.approve', { id, seen: 1, digest: 'ab'.repeat(32), credential })).toBe(
      'APPROVAL_OTHER_CONTENT',
    )
  })

  test('a draft says something else: who approved it approves anew, and who changed it does not', async () => {
    const { id } = await draft('preserve.request', preserve)
    const approved = async (name: Name, seen: number) => {
      const { digest, challenge } = await one.did<{ digest: string; challenge: string }>(name, 'message.challenge', {
        id,
      })
      const credential = signWith(one.authenticatorOf[name], challenge)
      return one.codeOf(name, 'message.approve', { id, seen, digest, credential })
    }
    expect(await approved('emil', 1)).toBe('done')
    expect(await approved('emil', 2)).toBe('APPROVAL_REPEATED')
    expect(await one.codeOf('anna', 'message.change', { id, seen: 1, body: preserve })).toBe('VERSION_CONFLICT')
    expect(await one.codeOf('anna', 'message.change', { id, seen: 2, body: {} })).toBe('EXCHANGE_BODY')
    await one.did('carla', 'message.change', { id, seen: 2, body: preserve })
    const { approvals, message } = await shown(id)
    expect(approvals).toMatchObject({ counted: 0 })
    expect(message.drafters).toEqual([one.idOf.anna, one.idOf.carla])
    expect(await approved('carla', 3)).toBe('APPROVAL_OWN_DRAFT')
    expect(await approved('emil', 3)).toBe('done')
    await one.did('anna', 'message.discard', { id, seen: 4 })
    expect(await one.codeOf('anna', 'message.change', { id, seen: 5, body: preserve })).toBe('MESSAGE_STATE')
  })

  test('what nobody needs to approve goes at once; who may not release it sends nothing', async () => {
    const { id, version } = await draft('contact.query', query)
    expect((await shown(id)).approvals).toBeNull()
    expect(await one.codeOf('anna', 'message.send', { id, seen: version })).toBe('NOT_PERMITTED')
    await one.did('carla', 'message.send', { id, seen: version })
    expect(await one.codeOf('carla', 'message.send', { id, seen: version + 1 })).toBe('MESSAGE_STATE')
    expect(await post.deliver()).toEqual([null])
  })

  test('is checked as its receiver would check it, while it is written', async () => {
    const wrong = await one.run('anna', 'message.draft', {
      caseId,
      to: OTHER,
      type: 'contact.query',
      purpose: 'criminal-proceedings',
      body: { ...query, country: 'Estonia' },
    })
    expect(wrong).toMatchObject({ refusal: { code: 'EXCHANGE_BODY', place: '/body/country' } })
    expect(
      await one.codeOf('anna', 'message.draft', {
        caseId,
        to: OTHER,
        type: 'no.such',
        purpose: 'criminal-proceedings',
        body: {},
      }),
    ).toBe('EXCHANGE_TYPE_UNKNOWN')
    expect(
      await one.codeOf('anna', 'message.draft', {
        caseId,
        to: OTHER,
        type: 'contact.query',
        purpose: 'asset-recovery',
        body: query,
      }),
    ).toBe('MESSAGE_PURPOSE')
    expect(
      await one.codeOf('anna', 'message.draft', {
        caseId,
        to: OTHER,
        type: 'ack',
        exchange: 'ab'.repeat(32),
        purpose: 'criminal-proceedings',
        body: {},
      }),
    ).toBe('MESSAGE_EXCHANGE')
  })
})

describe('what was not delivered', () => {
  test('is told to people: it reminds with its proof until somebody has seen to it', async () => {
    const { id, version } = await draft('contact.query', { ...query, subject: 'Is anybody there?' })
    await one.did('carla', 'message.send', { id, seen: version })
    const { message } = await shown(id)
    const outcome = {
      id: message.fixed.id,
      peer: OTHER,
      caseId,
      state: 'non-delivered',
      code: 'EXCHANGE_NON_DELIVERED',
      evidence: 'c2lnbmVk',
    } as const
    orStop(
      await one.door.asNode(async (work) => ok({ result: null, events: await settleMessage(work.context(), outcome) })),
    )
    expect((await shown(id)).message).toMatchObject({
      state: 'non-delivered',
      evidence: 'c2lnbmVk',
      due: { matter: 'message-undelivered' },
    })
    const tick = () =>
      remind(one.door, one.reminders, new AbortController().signal, (item, fault) => {
        throw new Error(`${item}: ${fault}`)
      })
    one.clock.now += DAY
    await tick()
    const due = async () =>
      (await one.did<{ items: { id: string; matter: string }[] }>('anna', 'reminder.list', {})).items.filter(
        (item) => item.id === id,
      )
    expect(await due()).toMatchObject([{ matter: 'message-undelivered' }])
    await one.did('anna', 'message.see-to', { id, seen: (await shown(id)).version, note: 'Told by telephone.' })
    await tick()
    expect(await due()).toEqual([])
    // A receipt that comes after all is what counts.
    orStop(
      await one.door.asNode(async (work) =>
        ok({
          result: null,
          events: await settleMessage(work.context(), { ...outcome, state: 'accepted', code: null }),
        }),
      ),
    )
    expect((await shown(id)).message).toMatchObject({ state: 'accepted', due: null })
  })
})

describe('the inbox', () => {
  const inbox = (name: Name) =>
    other.did<{ items: { id: string; version: number; message: { type: string; tlp: string } }[] }>(
      name,
      'inbox.list',
      {},
    )

  test('is for those who take requests in, and for nobody else', async () => {
    expect((await inbox('carla')).items.length).toBeGreaterThan(0)
    for (const name of ['anna', 'dora', 'gina', 'hugo', 'tina'] as const)
      expect(await other.codeOf(name, 'inbox.list', {})).toBe('NOT_PERMITTED')
  })

  test('what is filed lies in one case, under its marking, and cannot be filed or set aside again', async () => {
    const { id } = await draft(
      'contact.query',
      { ...query, subject: 'For those named' },
      {
        marking: {
          tlp: 'red',
          audience: [one.idOf.anna, one.idOf.carla],
          needToKnow: false,
          protectedPerson: false,
          onwardUse: false,
        },
      },
    )
    await one.did('carla', 'message.send', { id, seen: 1 })
    await post.deliver()
    const home = await other.did('carla', 'case.open', {
      title: 'Theirs',
      kind: 'local',
      purposes: ['criminal-proceedings'],
    })
    await other.did('carla', 'case.member.add', { caseId: home.id, seen: 1, personId: other.idOf.emil })
    const item = (await inbox('carla')).items.find(({ message }) => message.tlp === 'red')
    const wide = { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false }
    expect(await other.codeOf('carla', 'inbox.file', { id: item?.id, caseId: home.id, marking: wide })).toBe(
      'MARKING_LOOSENED',
    )
    const filed = await other.did('carla', 'inbox.file', { id: item?.id, caseId: home.id })
    expect(await other.codeOf('carla', 'message.show', { id: filed.id })).toBe('done')
    // Red: for whoever was named, and an empty audience is nobody.
    expect(await other.codeOf('emil', 'message.show', { id: filed.id })).toBe('NOT_PERMITTED')
    expect(await other.codeOf('carla', 'inbox.file', { id: item?.id, caseId: home.id })).toBe('INBOX_STATE')
    expect(
      await other.codeOf('carla', 'inbox.set-aside', { id: item?.id, seen: (item?.version ?? 0) + 1, reason: 'x' }),
    ).toBe('INBOX_STATE')
  })
})
