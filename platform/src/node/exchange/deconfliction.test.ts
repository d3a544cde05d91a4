/** Comparing among agencies, over real databases and TLS: what both are after is found, nothing else is, and no partner gets more than its budget. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  BATCH,
  checkSample,
  commitmentTo,
  type Item,
  inputOf,
  type OprfQuestion,
  questionForm,
  tagOf,
} from '../../exchange/deconfliction/index.ts'
import { packStatement } from '../../exchange/wire/index.ts'
import { loadVoprf, type Voprf } from '../../kernel/crypto/index.ts'
import { bytesToHex, hexToBytes, type Json, ok, orStop, type Stored } from '../../kernel/index.ts'
import { type Comparing, type ComparingNode, comparingNodes } from '../testing/comparing-nodes.ts'

const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const DAY = 86_400_000
const at = (address: string) => ({ chain: CHAIN, address: `addr${address}` })
const itemOf = (address: string) => `${CHAIN}|addr${address}` as Item

let all: Comparing
let voprf: Voprf
let nodes: readonly ComparingNode[]
const cases = new Map<string, string>()
/** A message of this type fails once at its receiver, after all that it does: as where the process ends before the commit. */
let breaks: string | null = null

beforeAll(async () => {
  voprf = await loadVoprf()
  all = await comparingNodes(5, {
    handler: (one) => async (tx, message) => {
      const done = await one(tx, message)
      if (breaks !== message.type) return done
      breaks = null
      throw new Error('the process ends here')
    },
  })
  nodes = all.nodes
  for (const [which, node] of nodes.entries()) {
    const caseId = await node.newCase()
    cases.set(node.id, caseId)
    // Of the asking node nothing is needed; each of the others watches one of its own, and the second what the first is after.
    if (which > 0)
      await node.did('anna', 'deconfliction.watch', { caseId, items: [at(`only${which + 1}`), at('common')] })
    await node.job('epochs')
    await node.job('tags')
  }
  await all.sending(true)
}, 120_000)
afterAll(() => all.close())

const [one, two, three] = [
  () => nodes[0] as ComparingNode,
  () => nodes[1] as ComparingNode,
  () => nodes[2] as ComparingNode,
]
const caseOf = (node: ComparingNode) => cases.get(node.id) as string
type Read = { answers: { peer: string; state: string; code: string | null; hits: { id: string; item: string }[] }[] }
type Contact = { id: string; version: number; state: string; theirs: { caseRef: string } | null; item: string | null }

async function asked(node: ComparingNode, items: readonly string[], peers: 'all' | readonly string[]) {
  const made = await node.did<{ id: string; caseCommit: string }>('anna', 'deconfliction.ask', {
    ...{ caseId: caseOf(node), items: items.map(at), peers },
  })
  await node.job('ask')
  return { ...made, ...(await node.did<Read>('anna', 'deconfliction.read', { id: made.id })) }
}
async function contactsOf(node: ComparingNode): Promise<readonly Contact[]> {
  const { items } = await node.did<{ items: Contact[] }>('anna', 'deconfliction.contacts', { caseId: caseOf(node) })
  return items
}
async function recordsOf<B>(node: ComparingNode, kind: string): Promise<readonly Stored<B>[]> {
  return orStop(
    await node.door.asNode(async ({ records }) =>
      ok({ result: (await records.list<B>(kind, { limit: 200 })).items, events: [] }),
    ),
  )
}

describe('what both are after', () => {
  test('is found with each of four partners at once, by the asking side alone', async () => {
    const { answers } = await asked(one(), ['common', 'only3', 'none'], 'all')
    expect(answers.map(({ peer, state, hits }) => [peer, state, hits.map(({ item }) => item).sort()]).sort()).toEqual([
      ['agency-2', 'hit', [itemOf('common')]],
      ['agency-3', 'hit', [itemOf('common'), itemOf('only3')]],
      ['agency-4', 'hit', [itemOf('common')]],
      ['agency-5', 'hit', [itemOf('common')]],
    ])
    for (const node of nodes.slice(1)) {
      expect(await node.journalled('deconfliction.batch.answered')).toBe(1)
      expect(await contactsOf(node)).toEqual([])
    }
    expect(nodes.flatMap(({ faults }) => faults)).toEqual([])
  })

  test('is nothing where there is nothing, and what answers keeps says no point and no item', async () => {
    const { answers, caseCommit } = await asked(one(), ['none'], ['agency-2'])
    expect(answers).toMatchObject([{ state: 'nothing', hits: [] }])
    const kept = await recordsOf<{ caseCommit: string; elements: number }>(two(), 'deconfliction-answered')
    expect(kept.find(({ body }) => body.caseCommit === caseCommit)?.body).toMatchObject({
      elements: BATCH,
      peer: 'agency-1',
    })
    expect(Object.keys(kept[0]?.body ?? {}).sort()).toEqual([
      'caseCommit',
      'caseSize',
      'elements',
      'epoch',
      'peer',
      'question',
    ])
  })

  test('costs whole batches of the budget at each partner, and says what is left of it today', async () => {
    type Budget = { elementsADay: number; batch: number; partners: { peer: string; used: number; left: number }[] }
    const left = async () => {
      const { elementsADay, batch, partners } = await one().did<Budget>('anna', 'deconfliction.partners', {
        caseId: caseOf(one()),
      })
      expect(partners.every((each) => each.used + each.left === elementsADay)).toBe(true)
      expect(batch).toBe(BATCH)
      return new Map(partners.map(({ peer, used }) => [peer, used]))
    }
    const before = await left()
    await asked(one(), ['none', 'other'], ['agency-3'])
    const after = await left()
    expect([...after.keys()]).toEqual(['agency-2', 'agency-3', 'agency-4', 'agency-5'])
    expect(Number(after.get('agency-3')) - Number(before.get('agency-3'))).toBe(BATCH)
    expect(after.get('agency-4')).toBe(before.get('agency-4'))
  })

  test('can be shown to have had a case: the oversight opens places of the commitment that the partner was shown', async () => {
    const { caseCommit } = await asked(one(), ['common'], ['agency-4'])
    const indexes = Array.from({ length: BATCH }, (_, index) => index)
    type Opened = {
      size: number
      samples: {
        index: number
        item: string | null
        caseRef: string | null
        input: string
        salt: string
        proof: string[]
      }[]
    }
    const { size, samples } = await one().did<Opened>('gina', 'deconfliction.sample.open', { caseCommit, indexes })
    expect(samples.filter(({ item }) => item !== null)).toMatchObject([
      { item: itemOf('common'), caseRef: caseOf(one()) },
    ])
    for (const { index, input, caseRef, salt, proof } of samples.slice(0, 5)) {
      const sample = {
        index,
        size,
        caseRef,
        input: hexToBytes(input),
        salt: hexToBytes(salt),
        proof: proof.map(hexToBytes),
      }
      expect(checkSample(hexToBytes(caseCommit), size, sample).ok).toBe(true)
      expect(checkSample(hexToBytes(caseCommit), size, { ...sample, caseRef: 'another' }).ok).toBe(false)
    }
    expect(await one().run('anna', 'deconfliction.sample.open', { caseCommit, indexes })).toMatchObject({ ok: false })
  })
})

describe('contact', () => {
  async function hitWith(peer: ComparingNode): Promise<string> {
    const { answers } = await asked(one(), ['common'], [peer.id])
    return answers[0]?.hits[0]?.id as string
  }
  const told = (caseRef: string) => ({ caseRef, contact: 'Desk 4' })

  test('is not made by who asked, and not twice', async () => {
    const hit = await hitWith(two())
    expect(await one().run('anna', 'deconfliction.contact', { hit, ...told('1') })).toMatchObject({ ok: false })
    await one().did('carla', 'deconfliction.contact', { hit, ...told('AT 17/26') })
    expect(await one().run('carla', 'deconfliction.contact', { hit, ...told('1') })).toMatchObject({
      refusal: { code: 'EXCHANGE_DECONFLICTION_CONTACT' },
    })
  })

  test.each([
    ['opener', 'deconf.reveal'],
    ['addressee', 'deconf.reveal'],
    ['opener', 'deconf.consent'],
    ['addressee', 'deconf.consent'],
  ] as const)('with the %s first, both learn of each other, though %s breaks off once', async (first, breaksAt) => {
    const peer = first === 'opener' ? three() : two()
    await one().did('carla', 'deconfliction.contact', { hit: await hitWith(peer), ...told('AT 17/26') })
    await all.settled()
    const theirs = (await contactsOf(peer)).findLast(({ state }) => state === 'waiting') as Contact
    expect(theirs).toMatchObject({ item: itemOf('common'), theirs: null })
    breaks = breaksAt
    await peer.did('carla', 'deconfliction.consent', {
      ...{ id: theirs.id, seen: theirs.version },
      answer: { consents: true, ...told('EE 4/26'), first },
    })
    for (let tries = 0; tries < 200; tries++) {
      await all.settled()
      if ((await contactsOf(peer)).find(({ id }) => id === theirs.id)?.state === 'met') break
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    expect(breaks).toBe(null)
    expect((await contactsOf(peer)).find(({ id }) => id === theirs.id)).toMatchObject({
      theirs: { caseRef: 'AT 17/26' },
    })
    expect((await contactsOf(one())).at(-1)).toMatchObject({ state: 'met', theirs: { caseRef: 'EE 4/26' } })
    for (const node of [one(), peer]) node.faults.length = 0
  })

  test('that is refused, unanswered, or about what is not there any more ends alike, and nothing of a case has left', async () => {
    const four = nodes[3] as ComparingNode
    const five = nodes[4] as ComparingNode
    for (const peer of [two(), four, five])
      await one().did('carla', 'deconfliction.contact', { hit: await hitWith(peer), ...told('AT 18/26'), days: 1 })
    await all.settled()
    const waiting = (await contactsOf(two())).findLast(({ state }) => state === 'waiting') as Contact
    await two().did('carla', 'deconfliction.consent', {
      id: waiting.id,
      seen: waiting.version,
      answer: { consents: false },
    })
    await all.settled()
    // Nothing is heard of the refusal before the time is over.
    expect((await contactsOf(one())).slice(-3).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting'])
    all.clock.skip(DAY + 60_000)
    for (const node of [two(), four, five]) expect(await node.job('contacts')).toEqual({ ended: 1 })
    await all.settled()
    expect((await contactsOf(one())).slice(-3).map(({ state, theirs }) => [state, theirs])).toEqual([
      ['ended', null],
      ['ended', null],
      ['ended', null],
    ])
    for (const node of [two(), four, five])
      expect((await contactsOf(node)).at(-1)).toMatchObject({ state: 'ended', theirs: null })
  })

  test('an unknown handle is kept without a case, and answered as a refusal is', async () => {
    const [watch] = (
      await two().did<{ items: { id: string; version: number; item: string }[] }>('anna', 'deconfliction.watched', {
        caseId: caseOf(two()),
      })
    ).items.filter(({ item }) => item === itemOf('common'))
    const hit = await hitWith(two())
    await two().did('anna', 'deconfliction.unwatch', { id: watch?.id, seen: watch?.version })
    const known = await contactsOf(two())
    await one().did('carla', 'deconfliction.contact', { hit, ...told('AT 19/26'), days: 1 })
    await all.settled()
    expect(await contactsOf(two())).toHaveLength(known.length)
    const rows = await recordsOf<{ state: string; item: string | null }>(two(), 'partner-contact')
    expect(rows.filter(({ caseId }) => caseId === null)).toMatchObject([{ body: { state: 'waiting', item: null } }])
    all.clock.skip(DAY + 60_000)
    expect(await two().job('contacts')).toEqual({ ended: 1 })
    await all.settled()
    expect((await contactsOf(one())).at(-1)).toMatchObject({ state: 'ended' })
  })

  test('commits to whose case it is: what another has committed to is no commitment of ours', () => {
    const own = { caseRef: 'a', contact: 'b', salt: '0'.repeat(64) }
    const place = { agency: 'agency-1', run: '1'.repeat(64), handle: '2'.repeat(64) }
    expect(commitmentTo(place, own)).not.toBe(commitmentTo({ ...place, agency: 'agency-2' }, own))
  })
})

describe('a partner that tries many addresses', () => {
  const question = (from: ComparingNode, to: string, more: Partial<OprfQuestion> = {}) => {
    const asking = Array.from({ length: BATCH }, (_, n) => voprf.blind(inputOf(itemOf(`guess${n}`))))
    const value: OprfQuestion = {
      ...{
        v: 1,
        from: from.id,
        to,
        epoch: two().card.oprfKeys[0]?.epoch ?? 0,
        caseCommit: '0'.repeat(64),
        caseSize: BATCH,
      },
      ...{ blinded: asking.map(({ element }) => bytesToHex(element)), at: new Date().toISOString(), ...more },
    }
    return orStop(packStatement(questionForm, value, [from.signer]))
  }
  const post = (
    from: ComparingNode,
    to: ComparingNode,
    bytes: Uint8Array,
    epoch = two().card.oprfKeys[0]?.epoch ?? 0,
  ) => from.client.service(to.id, `/comity/v1/oprf/${epoch}/evaluate`, { id: crypto.randomUUID(), bytes })

  test('is refused with evidence: a wrong epoch, a replay, a question of another, a point that is none', async () => {
    const epoch = two().card.oprfKeys[0]?.epoch ?? 0
    const good = question(three(), 'agency-2')
    expect(await post(three(), two(), good)).toMatchObject({ kind: 'receipt' })
    const attacks: readonly (readonly [Uint8Array, string, number?])[] = [
      [good, 'EXCHANGE_DECONFLICTION_REPEATED'],
      [question(three(), 'agency-2', { epoch: epoch + 1 }), 'EXCHANGE_DECONFLICTION_EPOCH', epoch + 1],
      [question(three(), 'agency-2', { epoch: epoch + 1 }), 'EXCHANGE_PEER'],
      [question(three(), 'agency-4'), 'EXCHANGE_PEER'],
      [question(one(), 'agency-2'), 'EXCHANGE_PEER'],
      [
        question(three(), 'agency-2', {
          blinded: [
            '00'.repeat(32),
            ...Array.from({ length: BATCH - 1 }, (_, n) => bytesToHex(voprf.blind(inputOf(itemOf(`${n}`))).element)),
          ],
        }),
        'VOPRF_ELEMENT',
      ],
      [new TextEncoder().encode('{}'), 'EXCHANGE_ENVELOPE'],
    ]
    for (const [bytes, code, number = epoch] of attacks)
      expect(await post(three(), two(), bytes, number)).toEqual({ kind: 'problem', code, again: false })
    const kept = await recordsOf<{ code: string; bytes: string; peer: string }>(two(), 'deconfliction-refused')
    for (const [, code] of attacks) expect(kept.map(({ body }) => body.code)).toContain(code)
    expect(two().alarms).toContain('agency-3 EXCHANGE_DECONFLICTION_REPEATED')
    expect(await two().journalled('deconfliction.batch.refused')).toBe(attacks.length)
  })

  test('comes to the end of its budget, is journalled and told of, and a clock that goes back gives it no more', async () => {
    const [asker, answerer] = [nodes[3] as ComparingNode, two()]
    answerer.card.elementsADay = 2000
    // The limit is that of who asks, by its grant.
    asker.card.elementsADay = 3 * BATCH
    const kinds: string[] = []
    for (let n = 0; n < 5; n++) kinds.push((await post(asker, answerer, question(asker, 'agency-2'))).kind)
    expect(kinds).toEqual(['receipt', 'receipt', 'receipt', 'problem', 'problem'])
    expect(answerer.alarms.filter((alarm) => alarm === 'agency-4 EXCHANGE_DECONFLICTION_BUDGET')).toHaveLength(1)
    const answered = await recordsOf<{ peer: string }>(answerer, 'deconfliction-answered')
    expect(answered.filter(({ body }) => body.peer === 'agency-4')).toHaveLength(3)
    all.clock.skip(-DAY)
    expect(await post(asker, answerer, question(asker, 'agency-2'))).toMatchObject({
      code: 'EXCHANGE_DECONFLICTION_BUDGET',
    })
    all.clock.skip(DAY)
  })

  test('learns of what it did not ask no tag: those that are published are no function of the items without the key', async () => {
    const publications = await recordsOf<{ tags: string[]; own: Record<string, string> }>(two(), 'tag-publication')
    const epoch = two().card.oprfKeys[0]?.epoch ?? 0
    const key = two().epochs.key(epoch)
    const tags = publications.flatMap(({ body }) => body.tags)
    expect(tags.length % 128).toBe(0)
    if (!key) throw new Error('no key')
    expect(tags).toContain(tagOf(voprf.compute(key, inputOf(itemOf('only2')))))
    expect(tags).not.toContain(tagOf(voprf.compute(voprf.newKey(), inputOf(itemOf('only2')))))
  })
})

describe('a partner that answers falsely', () => {
  test('with a key that is not in the directory gives nothing, and its signed answer is kept', async () => {
    const five = nodes[4] as ComparingNode
    const [key] = five.card.oprfKeys
    if (!key) throw new Error('no key')
    const right = key.publicKey
    key.publicKey = bytesToHex(voprf.newKey().publicKey)
    const { answers } = await asked(one(), ['common'], ['agency-5'])
    expect(answers).toMatchObject([{ state: 'failed', code: 'VOPRF_PROOF', hits: [] }])
    const [kept] = await recordsOf<{ peer: string; code: string; shown: Json[] }>(one(), 'deconfliction-evidence')
    expect(kept?.body).toMatchObject({ peer: 'agency-5', code: 'VOPRF_PROOF' })
    expect(kept?.body.shown).toHaveLength(2)
    expect(one().alarms).toContain('agency-5 VOPRF_PROOF')
    key.publicKey = right
  })

  test('by taking back tags that it has published is found out', async () => {
    const five = nodes[4] as ComparingNode
    await asked(one(), ['common'], ['agency-5'])
    const [seen] = (await recordsOf<{ root: string }>(one(), 'their-tags')).filter(({ id }) => id === 'agency-5')
    orStop(
      await one().door.asNode(async ({ records }) => {
        await records.put(
          'their-tags',
          'agency-5',
          { ...seen?.body, root: 'f'.repeat(64) },
          { caseId: null, seen: seen?.version ?? 0 },
        )
        return ok({
          result: null,
          events: [{ name: 'note.add', of: 'their-tags', id: 'agency-5', caseId: null, body: {} }],
        })
      }),
    )
    const { answers } = await asked(one(), ['common'], [five.id])
    expect(answers).toMatchObject([{ state: 'failed', code: 'EXCHANGE_DECONFLICTION_TAGS' }])
  })
})

test('with its epoch a key goes: the next one is ready before, and the card can name both', async () => {
  const node = nodes[2] as ComparingNode
  expect(node.epochs.list().map(({ number }) => number)).toEqual([1, 2, 3, 4])
  all.clock.skip(31 * DAY)
  await node.job('epochs')
  expect(node.epochs.key(1)).toBe(null)
  expect(node.epochs.key(2)).not.toBe(null)
  expect(node.epochs.list().map(({ number }) => number)).toEqual([2, 3, 4, 5])
  await node.job('tags')
  const { answers } = await asked(one(), ['common'], ['agency-3'])
  expect(answers).toMatchObject([{ state: 'hit' }])
})
