/** Orders of different partners that cannot all be carried out: found, gone about step by step with a clock, and told to who asked. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ports as desk, headerOf, type MessageDesk } from '../../exchange/desk/index.ts'
import { ok, orStop } from '../../kernel/index.ts'
import { holidayCalendars, packFolder, readPacks } from '../../legal/sources/index.ts'
import { legalPort } from '../ports.ts'
import { type Comparing, type ComparingNode, comparingNodes } from '../testing/comparing-nodes.ts'

const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
let all: Comparing
let asking: ComparingNode
let asked: ComparingNode

beforeAll(async () => {
  all = await comparingNodes(2)
  ;[asking, asked] = all.nodes as [ComparingNode, ComparingNode]
  await all.sending(true)
}, 60_000)
afterAll(() => all.close())

type Listed = {
  id: string
  version: number
  conflict: {
    kind: string
    state: string
    due: string | null
    about: string
    orders: { id: string | null; measure: string | null; party: string | null }[]
  }
}
async function conflictsOf(node: ComparingNode, caseId: string): Promise<readonly Listed[]> {
  return (await node.did<{ items: Listed[] }>('anna', 'conflict.list', { caseId })).items
}

function received(caseId: string, reference: string, measure: string, address: string) {
  const content = {
    ...{ instrument: 'eu-2018-1805', requestType: 'freeze', measure, data: { 'issuer.name': 'Court' } },
    languages: { original: 'en', theirs: [] },
    recipients: [{ authority: 'We', country: 'EE', role: 'to' }],
    ...{ clock: { country: 'EE', zone: 'Europe/Tallinn' }, urgency: null, facts: 'What they ask.', trace: null },
    assets: [{ chain: CHAIN, address, asset: null, amount: null, value: null }],
    useConditions: [],
  }
  const sender = { authority: `Court of ${reference}`, country: 'FR', role: 'court', address: null }
  return asked.did<{ id: string; version: number }>('anna', 'request.receive', {
    ...{ caseId, sender, reference, arrival: 'post', content },
  })
}

test('a freeze of one partner and a return of another, in two cases, are a conflict in both: each sees its own, and what the other wants', async () => {
  const [one, other] = [await asked.newCase(), await asked.newCase()]
  const freeze = await received(one, 'RG 1', 'FREEZE_SPECIFIC', 'addrfrozen')
  await received(other, 'RG 2', 'RETURN', 'addrfrozen')
  const [mine] = await conflictsOf(asked, one)
  expect(mine?.conflict).toMatchObject({ kind: 'freeze-and-return', state: 'consult', about: `${CHAIN}|addrfrozen` })
  expect(mine?.conflict.orders).toMatchObject([
    { id: freeze.id, measure: 'FREEZE_SPECIFIC', party: 'Court of RG 1, FR' },
    { id: null, measure: 'RETURN', party: null },
  ])
  expect(await conflictsOf(asked, other)).toHaveLength(1)
  expect(await asked.journalled('order-conflict.found')).toBe(2)
})

test('two partners in one case: preserve and delete; each step in its turn, and only who may decide decides', async () => {
  const caseId = await asked.newCase()
  await received(caseId, 'RG 3', 'PRESERVE', 'addrkept')
  await received(caseId, 'RG 4', 'DELETE', 'addrkept')
  const [{ id = '', version: seen = 0 } = {}, more] = await conflictsOf(asked, caseId)
  expect(more).toBe(undefined)
  const words = { text: 'Both were called' }
  const decision = { prevails: 0, text: 'The evidence is needed', told: 'It is kept until judgment.' }
  expect(await asked.run('carla', 'conflict.decide', { id, seen, ...decision })).toMatchObject({
    refusal: { code: 'ORDER_CONFLICT_STEP' },
  })
  const { version } = await asked.did<{ version: number }>('anna', 'conflict.consult', { id, seen, ...words })
  expect(await asked.run('anna', 'conflict.decide', { id, seen: version, ...decision })).toMatchObject({ ok: false })
  await asked.did('carla', 'conflict.decide', { id, seen: version, ...decision })
  await asked.did('anna', 'conflict.close', { id, seen: version + 1, ...words })
  expect((await conflictsOf(asked, caseId))[0]?.conflict).toMatchObject({ state: 'closed', due: null })
})

test('a sealed case is told of to nobody, and of nobody', async () => {
  const [sealed, other] = [await asked.newCase(), await asked.newCase()]
  await received(sealed, 'RG 5', 'FREEZE_SPECIFIC', 'addrsealed')
  await asked.did('anna', 'case.seal', { caseId: sealed, seen: 3, sealedFor: [asked.idOf.anna], order: 'Court' })
  await received(other, 'RG 6', 'RETURN', 'addrsealed')
  expect(await conflictsOf(asked, other)).toEqual([])
  expect(await conflictsOf(asked, sealed)).toEqual([])
})

test('who asked by a message is told of the decision by a message, which opens the procedure at its side, once', async () => {
  const [ours, theirs] = [await asked.newCase(), await asking.newCase()]
  const opened = orStop(
    await asking.door.asNode(async ({ context }) => {
      const header = headerOf({
        purpose: 'criminal-proceedings',
        tlp: 'amber',
        mine: 'x',
        policyVersion: 'p',
        language: 'en',
      })
      const body = { subject: 'A freeze', country: 'EE', need: 'freeze', urgency: null, language: 'en' }
      const sending = { type: 'contact.query', body, peer: asked.id, exchange: null, caseId: theirs, header }
      const queued = orStop(await context().port<MessageDesk>(desk.messages).queue(context(), sending))
      return ok({ result: queued.exchange, events: queued.events })
    }),
  )
  await all.settled()
  const { id } = await received(ours, 'RG 7', 'FREEZE_SPECIFIC', 'addrasked')
  // As it is where the request was taken in from that message.
  orStop(
    await asked.door.asNode(async ({ records }) => {
      const before = await records.get<object>('request', id)
      const exchange = { peer: asking.id, id: opened, opening: 'freeze.request' }
      const refs = { asset: `${CHAIN}|addrasked` }
      const seen = before?.version ?? 0
      await records.put('request', id, { ...before?.body, exchange }, { caseId: ours, seen, refs })
      return ok({ result: null, events: [{ name: 'request.supplied', of: 'request', id, caseId: ours, body: {} }] })
    }),
  )
  await received(await asked.newCase(), 'RG 8', 'RETURN', 'addrasked')
  const [conflict] = await conflictsOf(asked, ours)
  const { version } = await asked.did<{ version: number }>('anna', 'conflict.consult', {
    id: conflict?.id,
    seen: 1,
    text: 'x',
  })
  const decision = { prevails: 1, text: 'Inside', told: 'The victim goes first (art. 26).' }
  await asked.did('carla', 'conflict.decide', { id: conflict?.id, seen: version, ...decision })
  await all.settled()
  const [told, more] = await conflictsOf(asking, theirs)
  expect(more).toBe(undefined)
  expect(told?.conflict).toMatchObject({
    kind: 'told-by-partner',
    state: 'consult',
    orders: [{ party: null, id: null }],
  })
  expect(told?.conflict.about).toContain('The victim goes first (art. 26).')
  expect(told?.conflict.about).not.toContain('RG 8')
  expect(JSON.stringify(told)).not.toContain('Inside')
  expect(all.nodes.flatMap(({ faults }) => faults)).toEqual([])
})

test('the packs name the article of each kind, and no period of theirs binds', () => {
  const packs = orStop(readPacks(orStop(packFolder())))
  const kinds = legalPort(packs, holidayCalendars(packs.jurisdictions), 'AT').conflicts()
  expect(kinds.map(({ id }) => id)).toEqual([
    'keep-and-delete',
    'freeze-and-return',
    'two-freezes',
    'third-country-law',
    'told-by-partner',
  ])
  for (const { steps } of kinds) for (const { verified } of steps) expect(verified).toBe('unverified')
})
