/** Requests of other authorities, through the real door on PostgreSQL: two nodes, one that asks and one that is asked. */
import { describe, expect, test } from 'vitest'
import { approvalDigest, approvedContent, caseworkActions, type RequestBody } from '../casework/index.ts'
import { amber, type Json, sha256Text } from '../kernel/index.ts'
import { caseworkNode, HOUR, MINUTE, type Name, type Written } from './testing/casework-node.ts'

const node = await caseworkNode(caseworkActions)

const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const BITCOIN = `${CHAIN}/slip44:0`
let serial = 0

async function newCase(by: Name = 'anna'): Promise<string> {
  const opening = { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'] }
  const { id: caseId } = await node.did(by, 'case.open', opening)
  for (const [at, name] of (['carla', 'dora', 'emil'] as const).entries())
    await node.did(by, 'case.member.add', { caseId, seen: at + 1, personId: node.idOf[name] })
  return caseId
}

const contentOf = (more: object = {}) => ({
  instrument: 'eu-2018-1805',
  requestType: 'freeze',
  measure: 'FREEZE_SPECIFIC',
  data: { 'issuer.name': 'Tribunal judiciaire' },
  languages: { original: 'fr', theirs: ['en'] },
  recipients: [{ authority: 'Public prosecutor', country: 'NL', role: 'to' }],
  clock: { country: 'NL', zone: 'Europe/Amsterdam' },
  urgency: { code: 'IMMINENT_DISSIPATION', ground: 'Coins move.' },
  facts: 'Ce qui est arrivé.',
  assets: [{ chain: CHAIN, address: 'ADDRin1', asset: BITCOIN, amount: '1000', value: null }],
  trace: null,
  useConditions: [],
  ...more,
})
const sender = { authority: 'Tribunal judiciaire de Paris', country: 'FR', role: 'court', address: null }
const receipt = (more: object = {}) => ({
  sender,
  reference: `RG ${++serial}/2026`,
  arrival: 'secure-channel',
  content: contentOf(),
  ...more,
})
type Received = Written & { readonly caseId: string }
const receive = (caseId: string, more: object = {}, by: Name = 'anna') =>
  node.did<Received>(by, 'request.receive', { caseId, ...receipt(more) })
type Read = { version: number; request: RequestBody }
const read = (id: string, by: Name = 'anna') => node.did<Read>(by, 'request.read', { id })

/** Does steps one after the other, each on the version that the one before has left. */
async function steps(id: string, list: readonly (readonly [by: Name, action: string, more?: object])[]): Promise<Read> {
  for (const [by, action, more = {}] of list) {
    const { version } = await read(id)
    await node.did(by, action, { id, seen: version, reason: 'as it stands in the file', ...more })
  }
  return read(id)
}
/** Without the reason, which an acknowledgement does not have. */
async function acknowledge(id: string, more: object = {}): Promise<Read> {
  const { version } = await read(id)
  const at = new Date(node.clock.now).toISOString()
  await node.did('anna', 'request.acknowledge', { id, seen: version, receivedByCompetentAt: at, ...more })
  return read(id)
}

/** The text that another node attaches to its letter. */
function letterOf(more: object = {}, marking: object = {}) {
  return approvedContent({
    requestId: '00000000-0000-7000-8000-0000000000aa',
    caseId: '00000000-0000-7000-8000-0000000000ab',
    content: contentOf({ facts: `Lettre ${++serial}`, ...more }) as never,
    marking: { ...amber, ...marking } as never,
    policies: sha256Text('their policies'),
    needed: 2,
  }) as Readonly<Record<string, Json>>
}

describe('putting a request of others on record', () => {
  test('in a case that exists, with its three clocks apart and the duty ours', async () => {
    const caseId = await newCase()
    const { id, version } = await receive(caseId, { forwardedAt: '2026-11-24T10:00:00Z' })
    expect(version).toBe(1)
    const { request } = await read(id)
    expect(request).toMatchObject({
      state: 'received',
      incoming: { sender, arrival: 'secure-channel', exhibit: null, letter: null },
      received: { forwardedAt: '2026-11-24T10:00:00Z', receivedByCompetentAt: null },
    })
    // It is on record, which is receipt by the node and sets off no clock of the competent authority.
    expect(request.received.receivedByNodeAt).not.toBeNull()
    expect(request.deadlines).toEqual([])
    const { request: later } = await acknowledge(id)
    expect(later.deadlines).toMatchObject([{ ruleId: 'decide-48h', binding: true }])
    expect(later.content.assets[0]?.address).toBe('addrin1')
  })

  test('in a new case, which is joint with who asks', async () => {
    const newCaseOf = { title: 'For Paris', purposes: ['criminal-proceedings'] }
    const { id, caseId } = await node.did<Received>('anna', 'request.receive', receipt({ newCase: newCaseOf }))
    expect(await node.did('anna', 'case.read', { caseId })).toMatchObject({
      case: { title: 'For Paris', kind: 'joint', partners: ['FR'] },
    })
    expect((await read(id)).request.state).toBe('received')
    expect(await node.codeOf('bert', 'request.read', { id })).toBe('NOT_PERMITTED')
  })

  test.each<[string, object, string, string]>([
    ['into no case', {}, 'REQUEST_CASE', '/caseId'],
    ['with neither letter nor content', { content: undefined, inCase: true }, 'REQUEST_CONTENT', '/letter'],
    [
      'under an instrument that no pack holds',
      { content: contentOf({ instrument: 'x' }), inCase: true },
      'INSTRUMENT_UNKNOWN',
      '/content/instrument',
    ],
    ['in the future', { receivedByNodeAt: '2040-01-01T00:00:00Z', inCase: true }, 'REQUEST_TIME', '/receivedByNodeAt'],
    [
      'about what is no address',
      { content: contentOf({ assets: [{ ...contentOf().assets[0], address: '!' }] }), inCase: true },
      'ADDRESS_NOT_RECOGNISED',
      '/content/assets/0/address',
    ],
    [
      'with an original that is not there',
      { exhibit: '00000000-0000-7000-8000-0000000000ee', inCase: true },
      'REQUEST_EXHIBIT',
      '/exhibit',
    ],
    [
      'that contradicts itself',
      { content: contentOf({ data: { a: 'x', 'a.b': 'y' } }), inCase: true },
      'FORM_PATH_CLASH',
      '/content/data/a.b',
    ],
  ])('%s is refused, with the place', async (_, { inCase, ...more }: { inCase?: boolean }, code, place) => {
    const input = { ...receipt(more), ...(inCase ? { caseId: await newCase() } : {}) }
    const answer = await node.run('anna', 'request.receive', JSON.parse(JSON.stringify(input)))
    expect(answer).toMatchObject({ ok: false, refusal: { code, place } })
  })

  test('a request without a form of the instrument can be received, and nobody drafts one so', async () => {
    const caseId = await newCase()
    const { id } = await receive(caseId, { content: contentOf({ requestType: 'letter', data: {} }) })
    expect((await read(id)).request.content.requestType).toBe('letter')
    const draft = { caseId, content: contentOf({ requestType: 'letter' }) }
    expect(await node.codeOf('anna', 'request.draft', draft)).toBe('FORM_UNKNOWN')
  })
})

describe('the machine-readable text of a letter', () => {
  test('a request that another node released is read back as it was sent', async () => {
    const asking = await caseworkNode(caseworkActions)
    const opening = { title: 'Ours', kind: 'local', purposes: ['criminal-proceedings'] }
    const { id: theirs } = await asking.did('anna', 'case.open', opening)
    for (const [at, name] of (['carla', 'dora', 'emil'] as const).entries())
      await asking.did('anna', 'case.member.add', { caseId: theirs, seen: at + 1, personId: asking.idOf[name] })
    const draft = await asking.did('anna', 'request.draft', { caseId: theirs, content: contentOf() })
    const { id: requestId, digest } = await asking.did('anna', 'request.submit', { id: draft.id, seen: 1 })
    await asking.approve('dora', requestId, 2)
    await asking.approve('emil', requestId, 3)
    await asking.did('carla', 'request.release', { id: requestId, seen: 4, digest })
    const { request: sent } = await asking.did<Read>('anna', 'request.read', { id: requestId })
    const { content, marking, submitted } = sent
    const { policies = '', needed = 0 } = submitted ?? {}
    const letter = approvedContent({ requestId, caseId: theirs, content, marking, policies, needed })

    const caseId = await newCase()
    const { content: _, ...more } = receipt()
    const put = { caseId, ...more, letter: JSON.parse(JSON.stringify(letter)), digest }
    const { id } = await node.did<Received>('anna', 'request.receive', put)
    const { request } = await read(id)
    expect(request.content).toEqual(sent.content)
    expect(request.incoming?.letter).toEqual({ requestId, digest, tlp: 'amber', handling: null })
    expect(await node.codeOf('anna', 'request.receive', { ...put, reference: 'Another' })).toBe('REQUEST_RECEIVED')
  })

  const put = async (letter: unknown, more: object = {}) => {
    const { content: _, ...rest } = receipt()
    const answer = await node.run('anna', 'request.receive', { caseId: await newCase(), ...rest, letter, ...more })
    return answer.ok ? 'done' : `${answer.refusal.code} ${answer.refusal.place}`
  }
  const inside = (path: string, value: unknown) => {
    const letter = structuredClone(letterOf()) as Record<string, unknown>
    const names = path.split('/')
    const last = names.pop() as string
    let place = letter
    for (const name of names) place = place[name] as Record<string, unknown>
    if (value === undefined) delete place[last]
    else place[last] = value
    return letter
  }

  test.each<[string, () => unknown, string]>([
    ['another format', () => inside('format', 'comity-request/2'), 'INPUT_INVALID /letter/format'],
    ['a part that is missing', () => inside('content/facts', undefined), 'INPUT_INVALID /letter/content'],
    ['a part too many', () => inside('content/more', 1), 'INPUT_INVALID /letter/content'],
    [
      'an amount that is a number',
      () => inside('content/assets/0/amount', 1000),
      'INPUT_INVALID /letter/content/assets/0/amount',
    ],
    ['a measure that nobody knows', () => inside('content/measure', 'BURN'), 'INPUT_INVALID /letter/content/measure'],
    [
      'an address that is none',
      () => inside('content/assets/0/address', '!'),
      'ADDRESS_NOT_RECOGNISED /letter/content/assets/0/address',
    ],
    [
      'an instrument that no pack holds',
      () => inside('content/instrument', 'x'),
      'INSTRUMENT_UNKNOWN /letter/content/instrument',
    ],
    ['no object', () => 'text', 'INPUT_INVALID /letter'],
    ['as it should be', () => letterOf(), 'done'],
  ])('%s', async (_, letter, answer) => expect(await put(letter())).toBe(answer))

  test('one letter changed by a single character is not the one whose digest is printed', async () => {
    const letter = letterOf()
    const digest = approvalDigest(letter)
    const changed = { ...letter, content: { ...(letter.content as object), facts: 'Autre chose' } }
    expect(await put(changed, { digest })).toBe('LETTER_DIGEST /letter')
    expect(await put(letter, { digest })).toBe('done')
  })

  test('its marking is not loosened here', async () => {
    const red = letterOf({}, { tlp: 'red', audience: ['00000000-0000-7000-8000-0000000000ff'] })
    expect(await put(red)).toBe('MARKING_LOOSENED /marking')
    expect(await put(red, { marking: { ...amber, tlp: 'red', audience: [node.idOf.anna] } })).toBe('done')
    expect(await put(letterOf({}, { handling: 'H1' }))).toBe('MARKING_LOOSENED /marking')
  })
})

describe('sent twice', () => {
  test('is found, however the reference is written; and nothing is told to who may not read the first', async () => {
    const caseId = await newCase()
    const first = await receive(caseId, { reference: 'RG 77-2026' })
    const again = await receive(caseId, { reference: ' rg 77/2026' })
    expect(again.findings).toContainEqual(
      expect.objectContaining({ code: 'REQUEST_DUPLICATE', with: [{ kind: 'request', id: first.id }] }),
    )
    const other = await receive(caseId, { reference: 'RG 77-2026', sender: { ...sender, country: 'BE' } })
    expect(other.findings.map(({ code }) => code)).not.toContain('REQUEST_DUPLICATE')
    const opening = { title: 'Of Bert', kind: 'local', purposes: ['criminal-proceedings'] }
    const { id: his } = await node.did('bert', 'case.open', opening)
    const apart = { reference: 'RG 77-2026', content: contentOf({ assets: [] }) }
    expect((await receive(his, apart, 'bert')).findings).toEqual([])
  })

  test('two orders of different states on one asset are shown to who may know, on arrival and when asked', async () => {
    const caseId = await newCase()
    const asset = { ...contentOf().assets[0], address: 'addrtwo' }
    const french = await receive(caseId, { content: contentOf({ assets: [asset] }) })
    const german = await receive(await newCase(), {
      sender: { ...sender, authority: 'Staatsanwaltschaft', country: 'DE' },
      content: contentOf({ assets: [asset] }),
    })
    const codes = german.findings.map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['DECONFLICT_SAME_ASSET', 'DECONFLICT_TWO_FREEZES']))
    expect(german.findings[0]?.with).toEqual([{ kind: 'request', id: french.id }])
    type Findings = readonly { code: string }[]
    const checked = await node.did<Findings>('anna', 'deconfliction.check', { kind: 'request', id: french.id })
    expect(checked.map(({ code }) => code)).toContain('DECONFLICT_TWO_FREEZES')
    // Somebody elsewhere in the house learns that there is somebody, and no more.
    const opening = { title: 'Of Bert', kind: 'local', purposes: ['criminal-proceedings'] }
    const { id: his } = await node.did('bert', 'case.open', opening)
    const his1 = await receive(his, { content: contentOf({ assets: [asset] }) }, 'bert')
    expect(his1.findings).toMatchObject([{ code: 'DECONFLICT_INTEREST', with: [] }])
    // What is handed back wants nothing any more.
    await steps(french.id, [['carla', 'request.hand-back']])
    await steps(german.id, [['carla', 'request.hand-back']])
    const after = await node.did<Findings>('bert', 'deconfliction.check', { kind: 'request', id: his1.id })
    expect(after).toEqual([])
  })
})

describe('the life of a request of others', () => {
  test('acknowledged, asked for more, supplied, accepted, carried out, reported, prolonged, lifted, handed back', async () => {
    const caseId = await newCase()
    const { id } = await receive(caseId)
    await acknowledge(id)
    const asked = await steps(id, [['anna', 'request.ask-more', { fields: ['issuer.name'] }]])
    expect(asked.request).toMatchObject({ state: 'asked-back', incoming: { asked: { fields: ['issuer.name'] } } })
    const supplied = await steps(id, [['anna', 'request.supplied', { data: { 'issuer.name': 'Chambre 32' } }]])
    expect(supplied.request).toMatchObject({ state: 'acknowledged', incoming: { asked: null } })
    expect(supplied.request.content.data).toEqual({ 'issuer.name': 'Chambre 32' })
    const accepted = await steps(id, [['dora', 'request.accept']])
    expect(accepted.request.incoming?.decidedAt).not.toBeNull()
    const secured = [{ chain: CHAIN, address: 'ADDRin1', amount: '900' }]
    const done = await steps(id, [
      ['anna', 'request.execute-partially', { secured }],
      ['anna', 'request.execute', { secured: [{ ...secured[0], amount: '1000' }] }],
    ])
    expect(done.request.secured).toEqual([{ chain: CHAIN, address: 'addrin1', amount: '1000' }])
    // Carried out and not reported: the case cannot be closed over it.
    expect(await node.codeOf('anna', 'case.close', { caseId, seen: 4, reason: 'x' })).toBe('CASE_REQUESTS_OPEN')
    const until = new Date(node.clock.now + 90 * 24 * HOUR).toISOString()
    const ended = await steps(id, [
      ['carla', 'request.report'],
      ['anna', 'request.prolonged', { until }],
      ['carla', 'request.report'],
      ['carla', 'request.lifted'],
      ['carla', 'request.hand-back'],
    ])
    expect(ended.request).toMatchObject({ state: 'handed-back', until })
    expect(await node.codeOf('anna', 'case.close', { caseId, seen: 4, reason: 'x' })).toBe('done')
  })

  test('refused on a ground, with its article; what the instrument excludes is no ground', async () => {
    const { id } = await receive(await newCase())
    const { version } = await acknowledge(id)
    const refusal = { id, seen: version, reason: 'The bank says so.' }
    expect(await node.codeOf('carla', 'request.refuse', { ...refusal, code: 'BANK_SECRECY' })).toBe('GROUND_EXCLUDED')
    await node.did('carla', 'request.refuse', { ...refusal, code: 'NE_BIS' })
    expect((await read(id)).request).toMatchObject({
      state: 'refused',
      reason: { code: 'NE_BIS', article: 'Article on NE_BIS', verified: 'verified' },
    })
    expect((await steps(id, [['carla', 'request.hand-back']])).request.state).toBe('handed-back')
  })

  test('postponed, impossible, possible again, withdrawn by who asked', async () => {
    const { id } = await receive(await newCase())
    await acknowledge(id)
    const { request } = await steps(id, [
      ['carla', 'request.postpone', { code: 'OWN_INVESTIGATION' }],
      ['carla', 'request.accept'],
      ['carla', 'request.find-impossible', { code: 'NOT_FOUND' }],
      ['carla', 'request.revive'],
      ['anna', 'request.withdrawn'],
    ])
    expect(request.state).toBe('withdrawn')
  })

  test('who decides is not who records', async () => {
    const { id } = await receive(await newCase())
    const { version } = await acknowledge(id)
    const step = { id, seen: version, reason: 'x' }
    expect(await node.codeOf('anna', 'request.accept', step)).toBe('NOT_PERMITTED')
    expect(await node.codeOf('carla', 'request.accept', step, { provenAt: node.clock.now - 10 * MINUTE })).toBe(
      'NOT_PERMITTED',
    )
    expect(
      await node.codeOf('carla', 'request.accept', step, { signedInBy: 'api-key', scopes: ['request.accept'] }),
    ).toBe('NOT_PERMITTED')
    expect(await node.codeOf('dora', 'request.accept', step)).toBe('done')
  })

  test('more is asked of fields that the form has', async () => {
    const { id } = await receive(await newCase())
    const ask = { id, seen: 1, reason: 'x', fields: ['issuer.name', 'issuer.shoeSize'] }
    const answer = await node.run('anna', 'request.ask-more', ask)
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'REQUEST_FIELD', place: '/fields/1' } })
  })

  test('an acknowledgement says since when the competent authority has it', async () => {
    const { id } = await receive(await newCase())
    const answer = await node.run('anna', 'request.acknowledge', { id, seen: 1 })
    expect(answer).toMatchObject({ refusal: { code: 'REQUEST_TIME', place: '/receivedByCompetentAt' } })
  })
})

describe('ours and theirs are not mixed', () => {
  const ofTheirs = ['request.submit', 'request.asked-back', 'request.postponed', 'request.refused', 'request.executed']
  test('steps of our own requests are none of theirs', async () => {
    const { id } = await receive(await newCase())
    const { version } = await acknowledge(id)
    const codes = { 'request.postponed': 'OWN_INVESTIGATION', 'request.refused': 'NE_BIS' } as Record<string, string>
    for (const action of ofTheirs) {
      const more = action === 'request.submit' ? {} : { reason: 'x' }
      const secured = action === 'request.executed' ? { secured: [] } : {}
      const code = codes[action] === undefined ? {} : { code: codes[action] }
      const input = { id, seen: version, ...more, ...secured, ...code }
      expect(await node.codeOf('anna', action, input), action).toBe('REQUEST_DIRECTION')
    }
    const times = { receivedByCompetentAt: new Date(node.clock.now).toISOString() }
    expect(await node.codeOf('anna', 'request.acknowledged', { id, seen: version, ...times })).toBe('REQUEST_DIRECTION')
    expect(await node.codeOf('anna', 'request.update', { id, seen: version, content: contentOf() })).toBe(
      'REQUEST_DIRECTION',
    )
    expect(await node.codeOf('carla', 'request.withdraw', { id, seen: version, reason: 'x' })).toBe('REQUEST_DIRECTION')
    expect(await node.codeOf('dora', 'approval.challenge', { id })).toBe('APPROVAL_STATE')
  })

  test('and the other way round', async () => {
    const caseId = await newCase()
    const { id } = await node.did('anna', 'request.draft', { caseId, content: contentOf() })
    for (const action of ['request.accept', 'request.report', 'request.hand-back'])
      expect(await node.codeOf('carla', action, { id, seen: 1, reason: 'x' }), action).toBe('REQUEST_DIRECTION')
    const times = { receivedByCompetentAt: new Date(node.clock.now).toISOString() }
    expect(await node.codeOf('anna', 'request.acknowledge', { id, seen: 1, ...times })).toBe('REQUEST_DIRECTION')
  })

  test('a step that the table does not know from there is refused, and nothing is written', async () => {
    const { id } = await receive(await newCase())
    expect(await node.codeOf('carla', 'request.accept', { id, seen: 1, reason: 'x' })).toBe('REQUEST_STATE')
    expect(await node.codeOf('anna', 'request.execute', { id, seen: 1, reason: 'x', secured: [] })).toBe(
      'REQUEST_STATE',
    )
    expect((await read(id)).version).toBe(1)
  })
})
