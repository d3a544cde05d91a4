/**
 * A case leaves the house in the formats of others: a node, three people, items of every kind, evidence in the vault. What the audience may not have is looked for in every byte that leaves.
 *
 * Past four hundred lines on purpose: one case is handed out, and every format of it is looked at.
 */
import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BagFile, verifyBag } from '../src/evidence/formats/index.ts'
import { readBagFolder } from '../src/evidence/formats/store/bag-folder.ts'
import { violations } from '../src/evidence/formats/testing/shacl.ts'
import { orStop } from '../src/kernel/index.ts'
import { findProgram } from './debian-package.ts'
import { searchFolder } from './faults/canary-search.ts'
import { temporaryFolder } from './run-comity.ts'
import { type Answer, marking, type WorkingNode, workingNode } from './working-node.ts'

const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const OPEN = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
const HIDDEN = '12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJX'
const SAID_OF = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
const IMAGE = Buffer.from('The image of a disk, as it was read.')

const poppler = findProgram('poppler', 'poppler-utils', ['/usr/bin/pdftotext'])
const folder = temporaryFolder()
let works: WorkingNode
const send: WorkingNode['send'] = (...call) => works.send(...call)
const did: WorkingNode['did'] = (...call) => works.did(...call)
const exhibit: WorkingNode['exhibit'] = (...call) => works.exhibit(...call)
const openedCase: WorkingNode['openedCase'] = (...call) => works.openedCase(...call)
const fetched: WorkingNode['fetched'] = (...call) => works.fetched(...call)
const idOf = (name: string) => works.people[name]?.id ?? ''
const tokenOf = (name: string) => works.people[name]?.token ?? ''

const statement = (subject: object, sourceExhibit: string, more: object = {}) => ({
  subject,
  claim: 'Deposit address of Exchange X',
  basis: 'Answer to a production order',
  method: 'Asked the provider',
  confidence: 'high',
  sourceExhibit,
  statedBy: 'Exchange X',
  validFrom: '2026-01-01',
  validTo: null,
  marking: marking(),
  ...more,
})

const AUDIENCE = { members: ['Cyber Unit South'], reach: 'named', purpose: 'criminal-proceedings', onward: false }

const json = (path: string): Answer => JSON.parse(readFileSync(path, 'utf8'))
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** In every text that may not leave. */
const WORD = `zqHidden${randomUUID().slice(0, 8)}vx`
const secrets = {
  strict: marking({ tlp: 'amber+strict' }),
  red: () => marking({ tlp: 'red', audience: [idOf('ines')] }),
  redForPaul: () => marking({ tlp: 'red', audience: [idOf('paul')] }),
  needToKnow: () => marking({ tlp: 'green', needToKnow: true, audience: [idOf('paul')] }),
}

let caseId = ''
let image = ''
let device = ''
let openWallet = ''
let bag = ''
let inside: ReadonlyMap<string, BagFile>

beforeAll(async () => {
  works = await workingNode()
  caseId = await openedCase('Lighthouse')
  await fill()
})
beforeEach(() => works.proves('paul'))
afterAll(() => works.node.stop())

async function fill(): Promise<void> {
  const add = async (kind: string, content: object, more: object = {}): Promise<string> =>
    (await did('ines', `${kind}.add`, { caseId, content, basis: 'fact', ...more })).id
  const person = { kind: 'natural', ledCategory: 'SUSPECT', position: 'ORDER_TARGET' }
  await add('person-of-interest', { ...person, name: 'Doe', firstNames: 'Jo', note: 'not for others' })
  await add('person-of-interest', { ...person, name: `${WORD} informant` }, { marking: secrets.redForPaul() })
  await add('person-of-interest', { ...person, name: `${WORD} witness` }, { marking: secrets.needToKnow() })
  openWallet = await add('wallet', { chain: CHAIN, address: OPEN, custody: 'service', holder: 'Exchange X' })
  await add(
    'wallet',
    { chain: CHAIN, address: HIDDEN, custody: 'unknown', holder: `${WORD} holder` },
    { marking: secrets.strict },
  )
  await add('victim', { token: `${WORD.slice(0, 20)}-1`, loss: '5', asset: `${CHAIN}/slip44:0` })
  await add(
    'victim',
    { token: 'V-0002', loss: '5', asset: `${CHAIN}/slip44:0`, country: 'DE' },
    { marking: marking({ onwardUse: true }) },
  )
  await add('event', { at: '2026-11-01T00:00:00Z', what: 'The transfer' })
  await add('task', { what: 'Call', assignee: null, due: null, done: null })
  await add('note', { text: `${WORD} in a note` })
  await add('decision', {
    what: 'Freezing order',
    authority: 'Court',
    on: '2026-11-20',
    final: null,
    reference: '7 Hv',
  })
  await add('order', {
    measure: 'FREEZE_SPECIFIC',
    authority: 'Court',
    on: '2026-11-20',
    until: null,
    liftedAt: null,
    reference: '8 Hv',
    assets: [],
  })
  image = await exhibit('ines', caseId, IMAGE, { fileName: `${WORD}.img` })
  device = await exhibit('ines', caseId, null, {
    kind: 'device',
    title: 'Telephone',
    device: { make: 'Example', model: 'One', serial: 'SN-77', sealNumber: 'DE-1' },
    acquirer: { outside: { name: 'Officer Okafor', agency: 'Border Guard', office: 'Sergeant' } },
  })
  await exhibit('ines', caseId, Buffer.from(`${WORD} chat`), { title: `${WORD} chat`, marking: secrets.strict })
  await exhibit('ines', caseId, Buffer.from(`${WORD} letter`), { title: `${WORD} letter`, marking: secrets.red() })
  await did('ines', 'custody.release', {
    caseId,
    exhibitId: image,
    authority: 'Search order 12/2026',
    place: 'Store 3',
    to: { outside: { name: 'Examiner Vega', agency: 'Laboratory' } },
    remarks: `mentions ${HIDDEN} in passing`,
  })
  const make = (subject: object, more: object = {}) =>
    did('ines', 'statement.make', { caseId, ...statement(subject, image, more) })
  await make({ type: 'address', network: CHAIN, value: OPEN })
  await make(
    { type: 'address', network: CHAIN, value: SAID_OF },
    { claim: 'Held by the same person', confidence: 'low' },
  )
  await make({ type: 'account', value: 'acc-17' }, { claim: 'Account of Jo Doe', confidence: 'certain' })
  await make({ type: 'address', network: CHAIN, value: HIDDEN }, { claim: `${WORD} says so` })
}

describe('a look ahead', () => {
  const ahead = (audience: object, by = 'paul') =>
    did(by, 'hand-out.preview', { caseId, audience, formats: ['package', 'stix'], exhibits: true })

  it('says of every item whether it goes, and of each that stays why', async () => {
    const { goes, stays, files, exhibits } = await ahead(AUDIENCE)
    const titles = (list: Answer[]) => list.map(({ kind, title }) => `${kind} ${title}`)
    expect(titles(goes)).toEqual(
      expect.arrayContaining(['case Lighthouse', 'person-of-interest Jo Doe', 'victim V-0002']),
    )
    const whyByTitle = Object.fromEntries(stays.map(({ title, why }: Answer) => [title, why]))
    expect(whyByTitle).toMatchObject({
      [HIDDEN]: 'marking',
      [`${WORD.slice(0, 20)}-1`]: 'victim',
      [`${WORD} in a note`]: 'no-place',
      'The transfer': 'no-place',
      [`${HIDDEN}: ${WORD} says so`]: 'tells',
    })
    expect(stays.filter(({ title }: Answer) => title?.endsWith('witness')).map(({ why }: Answer) => why)).toEqual([
      'named-people',
    ])
    // What only others may read is not even named as what stays.
    expect(titles(stays).join()).not.toContain(`${WORD} letter`)
    expect(files.map(({ path }: Answer) => path)).toContain('stix/bundle.json')
    expect(exhibits).toMatchObject([{ exhibit: image, size: IMAGE.length }])
  })

  it('names what of the audience is in the way, and leaves nothing behind', async () => {
    const whys = async (more: object) =>
      new Set((await ahead({ ...AUDIENCE, ...more })).stays.map(({ why }: Answer) => why))
    expect([...(await whys({ purpose: 'administrative' }))]).toContain('purpose')
    expect([...(await whys({ reach: 'public' }))]).toContain('reach')
    expect([...(await whys({ onward: true }))]).toContain('onward')
    expect((await did('paul', 'hand-out.list', { caseId })).items).toEqual([])
    // Whoever works on the case may look; handing it out is for those who answer for it.
    expect((await ahead(AUDIENCE, 'ines')).goes.length).toBeGreaterThan(0)
  })
})

describe('a bag', () => {
  it('comes whole from the command line, and every checksum of it is right', async () => {
    bag = await fetched('bag', caseId, '--audience', JSON.stringify(AUDIENCE))
    const checked = orStop(verifyBag(orStop(await readBagFolder(bag))))
    inside = new Map(checked.payload.map((one) => [one.path, one]))
    expect([...inside.keys()].sort()).toEqual(
      [
        'package.json',
        'case/case.jsonld',
        'case/manifest.json',
        'stix/bundle.json',
        'stix/manifest.json',
        'misp/event.json',
        'misp/manifest.json',
        'followthemoney/entities.ftm.json',
        'followthemoney/manifest.json',
        'csv/custody.csv',
        'csv/transfers.csv',
        'csv/manifest.json',
        'case-manifest.json',
        'index-en.pdf',
        `exhibits/${image}`,
      ].sort(),
    )
    expect(checked.info).toContainEqual(['Source-Organization', 'Test agency'])
  })

  it('holds the exhibit byte for byte, with the SHA-256 under which it was sealed', async () => {
    const bytes = inside.get(`exhibits/${image}`)?.bytes ?? new Uint8Array()
    expect(Buffer.from(bytes).equals(IMAGE)).toBe(true)
    expect(sha256(bytes)).toBe((await did('paul', 'exhibit.read', { exhibitId: image })).sha256)
  })

  it('holds every item that may leave', () => {
    const pack = json(join(bag, 'data/package.json'))
    const names = pack.parties.map(({ name, role }: Answer) => [name, role])
    expect(names).toEqual(
      expect.arrayContaining([
        ['Jo Doe', 'SUSPECT'],
        ['V-0002', 'VICTIM'],
        ['ines', 'OFFICER'],
        ['Officer Okafor', 'OFFICER, Sergeant, Border Guard'],
        ['Court', null],
      ]),
    )
    expect(pack.wallets.map(({ address }: Answer) => address).sort()).toEqual([OPEN, SAID_OF].sort())
    expect(pack.exhibits.map(({ id }: Answer) => id).sort()).toEqual([image, device].sort())
    expect(pack.exhibits.find(({ id }: Answer) => id === device).description).toBe('Telephone; Example One, SN-77')
    expect(pack.custody.map(({ type }: Answer) => type).sort()).toEqual(['acquired', 'collected', 'released'])
    expect(pack.authorisations.map(({ type, identifier }: Answer) => [type, identifier]).sort()).toEqual(
      [
        ['FREEZE_SPECIFIC', '8 Hv'],
        ['Freezing order', '7 Hv'],
        [null, 'Search order 12/2026'],
      ].sort(),
    )
    expect(pack.statements.map(({ claim, confidence }: Answer) => [claim, confidence]).sort()).toEqual([
      ['Account of Jo Doe', 100],
      ['Deposit address of Exchange X', 85],
      ['Held by the same person', 15],
    ])
    const about = pack.statements.find(({ confidence }: Answer) => confidence === 85)
    expect(about).toMatchObject({ wallet: openWallet, sourceExhibit: image })
    expect(pack.investigations).toMatchObject([{ name: 'Lighthouse', status: 'open' }])
  })

  it('and no trace of what may not: not in any byte, not in the name of a file', () => {
    expect(searchFolder(bag, WORD)).toEqual([])
    expect(searchFolder(bag, HIDDEN)).toEqual([])
    // The search is not blind: what may leave is found.
    expect(searchFolder(bag, OPEN).length).toBeGreaterThan(3)
    // An act that mentions a hidden address keeps everything but its remark.
    const released = json(join(bag, 'data/package.json')).custody.find(({ type }: Answer) => type === 'released')
    expect(released).toMatchObject({ remarks: null, place: 'Store 3' })
  })

  it('says of every field of the case what became of it', () => {
    const { target, dropped, changed, mapped, audience } = json(join(bag, 'data/case-manifest.json'))
    expect({ target, audience }).toEqual({ target: 'comity-evidence-package/1', audience: ['Cyber Unit South'] })
    const paths = (list: Answer) => list.map(({ path }: Answer) => path)
    expect(paths(dropped)).toEqual(
      expect.arrayContaining(
        ['event[]', 'task[]', 'note[]', 'person-of-interest[].note', 'order[].measure'].slice(0, 4),
      ),
    )
    expect(paths(changed)).toEqual(
      expect.arrayContaining(['statement[].confidence', 'person-of-interest[].firstNames']),
    )
    expect(paths(mapped)).toEqual(expect.arrayContaining(['wallet[].address', 'exhibit[].sha256']))
  })

  it('whose CASE document keeps to the published shapes', async () => {
    expect(await violations(json(join(bag, 'data/case/case.jsonld')))).toEqual([])
  })

  it.skipIf(poppler === null)('whose index can be printed', () => {
    const pdf = inside.get('index-en.pdf')?.bytes ?? new Uint8Array()
    expect(Buffer.from(pdf.slice(0, 5)).toString()).toBe('%PDF-')
    writeFileSync(join(folder, 'index.pdf'), pdf)
    const text = execFileSync('pdftotext', [join(folder, 'index.pdf'), '-'], { encoding: 'utf8' }).replace(/\s/g, '')
    for (const words of [sha256(IMAGE), 'OfficerOkafor', 'Searchorder12/2026', 'ExaminerVega'])
      expect(text).toContain(words)
    // Its streams are packed, so that its words and what it has attached are looked at apart.
    const unpacked = join(folder, 'index')
    mkdirSync(unpacked)
    writeFileSync(join(unpacked, 'text'), text)
    execFileSync('pdfdetach', ['-saveall', '-o', unpacked, join(folder, 'index.pdf')])
    expect(readdirSync(unpacked).sort()).toEqual(['exhibits.json', 'text'])
    for (const word of [WORD, HIDDEN]) expect(searchFolder(unpacked, word)).toEqual([])
  })

  it('is journalled before it leaves: which items, for whom, and every file with its digest', async () => {
    const [handed] = (await did('paul', 'hand-out.list', { caseId })).items
    expect(handed).toMatchObject({ audience: AUDIENCE, by: idOf('paul'), exhibits: [{ exhibit: image }] })
    for (const { path, sha256: digest } of handed.files)
      expect(sha256(readFileSync(join(bag, 'data', path))), path).toBe(digest)
    expect(handed.files.length).toBe(13)
    const pack = json(join(bag, 'data/package.json'))
    const told = handed.items.filter(({ kind }: Answer) => kind === 'exhibit').map(({ id }: Answer) => id)
    expect(told.sort()).toEqual(pack.exhibits.map(({ id }: Answer) => id).sort())
    const events = await works.node.stores.database.query<{ event: string }>(
      "SELECT event FROM journal_entry WHERE event IN ('case.handed-out', 'hand-out.packed') ORDER BY seq",
    )
    expect(events.map(({ event }) => event)).toEqual(['case.handed-out', 'hand-out.packed'])
  })
})

describe('a hand-out that was lost', () => {
  const again = (who: string, id: string, of: string) =>
    fetch(`${works.node.url}/v1/hand-out/bag.zip`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(who)}` },
      body: JSON.stringify({ caseId: of, id, index: false }),
    })
  const codeOf = async (who: string, id: string, of: string): Promise<string> =>
    ((await (await again(who, id, of)).json()) as Answer).code

  it('is fetched once more by who may hand out: the same files, no second hand-out, journalled by itself', async () => {
    const [handed] = (await did('paul', 'hand-out.list', { caseId })).items
    const answer = await again('paul', handed.id, caseId)
    expect(answer.headers.get('content-disposition')).toContain(`bag-${handed.id}.zip`)
    const zip = join(folder, 'again.zip')
    writeFileSync(zip, Buffer.from(await answer.arrayBuffer()))
    execFileSync('python3', ['-m', 'zipfile', '-e', zip, join(folder, 'again')])
    const fetchedAgain = join(folder, 'again', `bag-${handed.id}`)
    orStop(verifyBag(orStop(await readBagFolder(fetchedAgain))))
    for (const { path, sha256: digest } of handed.files)
      expect(sha256(readFileSync(join(fetchedAgain, 'data', path))), path).toBe(digest)
    expect(sha256(readFileSync(join(fetchedAgain, 'data/exhibits', image)))).toBe(sha256(IMAGE))
    expect((await did('paul', 'hand-out.list', { caseId })).items).toHaveLength(1)
    const events = await works.node.stores.database.query<{ event: string }>(
      "SELECT event FROM journal_entry WHERE event IN ('case.handed-out', 'hand-out.fetch', 'hand-out.packed') ORDER BY seq",
    )
    expect(events.map(({ event }) => event)).toEqual([
      ...['case.handed-out', 'hand-out.packed'],
      ...['hand-out.fetch', 'hand-out.packed'],
    ])
  })

  it('not by an investigator, nor from another case', async () => {
    const [handed] = (await did('paul', 'hand-out.list', { caseId })).items
    expect(await codeOf('ines', handed.id, caseId)).toBe('NOT_PERMITTED')
    const other = await openedCase('Beside the lighthouse')
    expect(await codeOf('paul', handed.id, other)).toBe('HAND_OUT_UNKNOWN')
    expect(await codeOf('paul', randomUUID(), caseId)).toBe('HAND_OUT_UNKNOWN')
  })

  it('not where something of it is marked more narrowly since, nor where the case was sealed', async () => {
    const of = await openedCase('Marked anew')
    const content = { chain: CHAIN, address: OPEN, custody: 'unknown' }
    const wallet = await did('ines', 'wallet.add', { caseId: of, content, basis: 'fact' })
    await fetched('bag', of, '--audience', JSON.stringify(AUDIENCE), '--index', 'false')
    const [handed] = (await did('paul', 'hand-out.list', { caseId: of })).items
    const strict = { id: wallet.id, seen: wallet.version, content, marking: secrets.strict }
    const { version } = await did('ines', 'wallet.update', { ...strict, basis: 'fact' })
    expect(await codeOf('paul', handed.id, of)).toBe('HAND_OUT_STAYS')
    const open = { ...strict, seen: version, marking: marking() }
    await did('ines', 'wallet.update', { ...open, basis: 'fact' })
    expect((await again('paul', handed.id, of)).status).toBe(200)
    const sealedFor = [idOf('ines'), idOf('paul')]
    const { version: seen } = await did('ines', 'case.read', { caseId: of })
    await did('ines', 'case.seal', { caseId: of, seen, sealedFor, order: 'Court, 7 Hv 1/26' })
    expect(await codeOf('paul', handed.id, of)).toBe('HAND_OUT_SEALED')
  })
})

it('a text that no font of a court shows stops the index, and not the bag', async () => {
  const other = await openedCase('Emoji')
  await exhibit('ines', other, Buffer.from('chat'), { title: 'Chat \u{1F4B0}' })
  const call = { caseId: other, audience: AUDIENCE }
  const { status, body } = await send('POST', '/v1/case/bag.zip', tokenOf('paul'), call)
  expect({ status, code: body.code }).toMatchObject({ status: 409, code: expect.stringMatching(/^[A-Z_]+$/) })
  expect(readdirSync(join(works.home, 'exports'))).toEqual([])
  const without = await fetched('bag', other, '--audience', JSON.stringify(AUDIENCE), '--index', 'false')
  expect(readdirSync(join(without, 'data')).filter((name) => name.endsWith('.pdf'))).toEqual([])
  expect(readFileSync(join(without, 'data/package.json'), 'utf8')).toContain('Chat \u{1F4B0}')
})

describe('one format', () => {
  it.each([
    ['package', ['package.json']],
    ['case', ['case/case.jsonld', 'case/manifest.json']],
    ['stix', ['stix/bundle.json', 'stix/manifest.json']],
    ['misp', ['misp/event.json', 'misp/manifest.json']],
    ['followthemoney', ['followthemoney/entities.ftm.json', 'followthemoney/manifest.json']],
    ['csv', ['csv/custody.csv', 'csv/transfers.csv', 'csv/manifest.json']],
  ])('%s comes with its manifest and that of the case', async (format, paths) => {
    const target = await fetched('package', caseId, '--format', format, '--audience', JSON.stringify(AUDIENCE))
    const found = readdirSync(target, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    const names = found.map((one) => join(one.parentPath, one.name).slice(target.length + 1))
    expect(names.sort()).toEqual([...paths, 'case-manifest.json'].sort())
    expect(searchFolder(target, WORD)).toEqual([])
  })
})

describe('an audience gets no more than it may have', () => {
  const tries = (audience: object, more: object = {}) =>
    send('POST', '/v1/case/package', tokenOf('paul'), { caseId, format: 'package', audience, ...more })

  it.each([
    ['for a purpose that the case does not serve', { ...AUDIENCE, purpose: 'administrative' }],
    ['to be passed on, where nobody allowed it', { ...AUDIENCE, onward: true }],
  ])('%s: only what is marked for more', async (_, audience) => {
    const target = await fetched('package', caseId, '--format', 'package', '--audience', JSON.stringify(audience))
    const pack = json(join(target, 'package.json'))
    expect(pack.parties).toMatchObject([{ name: 'V-0002' }])
    expect([pack.title, pack.wallets, pack.exhibits, pack.statements, pack.investigations]).toEqual([
      null,
      [],
      [],
      [],
      [],
    ])
    expect(searchFolder(target, 'Lighthouse')).toEqual([])
  })

  it.each([
    ['to nobody', { ...AUDIENCE, members: [] }, 409, 'HAND_OUT_AUDIENCE'],
    ['with a reach that is none', { ...AUDIENCE, reach: 'everybody' }, 400, 'INPUT_INVALID'],
    ['with nothing said of it', undefined, 400, 'INPUT_INVALID'],
  ])('%s: nothing', async (_, audience, status, code) => {
    expect(await tries(audience as object)).toMatchObject({ status, body: { code } })
  })

  it('nothing where nothing is marked for it', async () => {
    const other = await openedCase('Empty')
    await did('ines', 'wallet.add', {
      caseId: other,
      content: { chain: CHAIN, address: HIDDEN, custody: 'unknown' },
      basis: 'fact',
      marking: secrets.strict,
    })
    expect((await tries(AUDIENCE, { caseId: other })).body.code).toBe('HAND_OUT_EMPTY')
  })

  it('nothing of a sealed case without an order, all that it may have with one', async () => {
    const other = await openedCase('Sealed')
    const content = { chain: CHAIN, address: OPEN, custody: 'unknown' }
    await did('ines', 'wallet.add', { caseId: other, content, basis: 'fact' })
    const sealedFor = [idOf('ines'), idOf('paul')]
    await did('ines', 'case.seal', { caseId: other, seen: 2, sealedFor, order: 'Court, 7 Hv 1/26' })
    expect((await tries(AUDIENCE, { caseId: other })).body).toMatchObject({ code: 'HAND_OUT_SEALED', place: '/order' })
    const order = 'Court, 9 Hv 2/26'
    expect((await tries(AUDIENCE, { caseId: other, order })).status).toBe(200)
    const [handed] = (await did('paul', 'hand-out.list', { caseId: other })).items
    expect(handed).toMatchObject({ order, items: [{ kind: 'case' }, { kind: 'wallet' }] })
  })

  it('nothing by an investigator, who does not answer for what leaves', async () => {
    const body = { caseId, audience: AUDIENCE }
    expect(await send('POST', '/v1/case/bag.zip', tokenOf('ines'), body)).toMatchObject({
      status: 403,
      body: { code: 'NOT_PERMITTED' },
    })
  })

  it('nothing in a language or a format that is none', async () => {
    const bag = (more: object) =>
      send('POST', '/v1/case/bag.zip', tokenOf('paul'), { caseId, audience: AUDIENCE, ...more })
    expect((await bag({ language: 'xx' })).body).toMatchObject({ code: 'INPUT_INVALID', place: '/language' })
    expect((await bag({ formats: ['pdf'] })).body.code).toBe('INPUT_INVALID')
  })
})
