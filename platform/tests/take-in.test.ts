/**
 * Files of others come into a case: what one case handed out is taken into another, in every format, once and again; files of
 * strangers; and files that are not what they should be.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from './run-comity.ts'
import { type Answer, marking, type WorkingNode, workingNode } from './working-node.ts'

const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const FIRST = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
const SECOND = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
const AUDIENCE = { members: ['Cyber Unit South'], reach: 'named', purpose: 'criminal-proceedings', onward: false }

let works: WorkingNode
const did: WorkingNode['did'] = (...call) => works.did(...call)
const idOf = (name: string) => works.people[name]?.id ?? ''
const handed = new Map<string, Buffer>()
let source = ''
let sourceExhibit = ''

const files = {
  package: 'package.json',
  case: 'case/case.jsonld',
  stix: 'stix/bundle.json',
  misp: 'misp/event.json',
  followthemoney: 'followthemoney/entities.ftm.json',
} as const
type Format = keyof typeof files
const formats = Object.keys(files) as Format[]

beforeAll(async () => {
  works = await workingNode()
  source = await works.openedCase('Source')
  sourceExhibit = await works.exhibit('ines', source, Buffer.from('answer of the exchange'), { title: 'Answer' })
  const add = (kind: string, content: object, more: object = {}) =>
    did('ines', `${kind}.add`, { caseId: source, content, basis: 'fact', ...more })
  await add('wallet', { chain: CHAIN, address: FIRST, custody: 'service', holder: 'Exchange X' })
  await add('wallet', { chain: CHAIN, address: SECOND, custody: 'unknown' }, { marking: marking({ tlp: 'green' }) })
  await add('person-of-interest', { kind: 'natural', name: 'Doe', ledCategory: 'SUSPECT', position: null })
  for (const [value, claim, confidence] of [
    [FIRST, 'Deposit address of Exchange X', 'high'],
    [SECOND, 'Same owner', 'low'],
  ])
    await did('ines', 'statement.make', {
      caseId: source,
      subject: { type: 'address', network: CHAIN, value },
      claim,
      basis: 'Answer to a production order',
      method: 'Asked the provider',
      confidence,
      sourceExhibit,
      statedBy: 'Exchange X',
      validFrom: '2026-01-01',
      validTo: '2026-02-01',
      marking: marking(),
    })
  const bag = await works.fetched('bag', source, '--audience', JSON.stringify(AUDIENCE))
  for (const format of formats) handed.set(format, readFileSync(join(bag, 'data', files[format])))
})
afterAll(() => works.node.stop())

/** A new case with the file in it, as an exhibit. */
async function filed(bytes: Uint8Array, more: object = {}): Promise<{ caseId: string; exhibitId: string }> {
  const caseId = await works.openedCase('Target')
  return { caseId, exhibitId: await works.exhibit('ines', caseId, bytes, { title: 'File of others', ...more }) }
}

const wallets = async (caseId: string, by = 'ines') => (await did(by, 'wallet.list', { caseId })).items as Answer[]
const statements = async (caseId: string) => (await did('ines', 'statement.list', { caseId })).items as Answer[]
const said = ({ subject, claim, basis, method, confidence, statedBy, validFrom, validTo }: Answer) =>
  JSON.stringify([subject, claim, basis, method, confidence, statedBy, validFrom, validTo])

describe.each(formats)('what was handed out as %s', (format) => {
  // MISP carries no parties: neither the person, nor who says so.
  const persons = format === 'misp' ? [] : ['person-of-interest']
  const told = (one: Answer) => said(format === 'misp' ? { ...one, statedBy: 'Not stated by the source.' } : one)
  let target: { caseId: string; exhibitId: string }
  const input = () => ({ ...target, format })

  it('is previewed, and nothing is written', async () => {
    target = await filed(handed.get(format) ?? Buffer.alloc(0))
    const { adds, manifest, defects } = await did('ines', 'intake.preview', input())
    expect(adds.map(({ kind }: Answer) => kind).sort()).toEqual([
      ...persons,
      'statement',
      'statement',
      'wallet',
      'wallet',
    ])
    expect(manifest).toMatchObject({ direction: 'import', target: 'comity-evidence-package/1' })
    expect(defects).toEqual([])
    expect([await wallets(target.caseId), await statements(target.caseId)]).toEqual([[], []])
  })

  it('gives the same wallets and statements, each with its source and as an assessment', async () => {
    const { made } = await did('ines', 'case.take-in', input())
    expect(made.length).toBe(4 + persons.length)
    const found = await wallets(target.caseId)
    expect(found.map(({ content }) => `${content.chain} ${content.address}`).sort()).toEqual(
      [`${CHAIN} ${FIRST}`, `${CHAIN} ${SECOND}`].sort(),
    )
    expect(found.find(({ content }) => content.address === FIRST).content.note).toBe('Exchange X')
    expect(new Set(found.map(({ basis }) => basis))).toEqual(new Set(['assessment']))
    const taken = await statements(target.caseId)
    expect(taken.map(said).sort()).toEqual((await statements(source)).map(told).sort())
    for (const one of taken) expect(one.sourceExhibit).toBe(target.exhibitId)
    const { items } = await did('ines', 'person-of-interest.list', { caseId: target.caseId })
    const doe = { content: { name: 'Doe', ledCategory: 'SUSPECT' }, basis: 'assessment' }
    expect(items).toMatchObject(persons.map(() => doe))
  })

  it('with markings that are no weaker than where they came from', async () => {
    for (const item of [...(await wallets(target.caseId)), ...(await statements(target.caseId))])
      expect(item.marking).toMatchObject({ tlp: 'amber', onwardUse: false })
  })

  it('adds nothing when it is taken in again, in this format or another', async () => {
    const again = await did('ines', 'case.take-in', input())
    expect(again.made).toEqual([])
    expect(again.present.length).toBe(4 + persons.length)
    for (const other of formats) {
      const bytes = handed.get(other) ?? Buffer.alloc(0)
      const exhibitId = await works.exhibit('ines', target.caseId, bytes, { title: other })
      const more = await did('ines', 'case.take-in', { caseId: target.caseId, exhibitId, format: other })
      // What MISP did not carry comes with the next format.
      const kinds = more.made.map(({ kind }: Answer) => kind)
      expect({ format, other, kinds }).toEqual({
        format,
        other,
        kinds: format === 'misp' && other === 'package' ? ['person-of-interest'] : [],
      })
    }
    expect((await wallets(target.caseId)).length).toBe(2)
    expect((await statements(target.caseId)).length).toBe(2)
    const { items } = await did('ines', 'intake.list', { caseId: target.caseId })
    expect(items[0]).toMatchObject({ exhibit: target.exhibitId, format, by: idOf('ines') })
    // One for each file; the same file again is none.
    expect(items.length).toBe(1 + formats.length)
  })

  it('is not passed on: it is not ours to give', async () => {
    const call = { caseId: target.caseId, format: 'package', audience: AUDIENCE }
    await works.proves('paul')
    const { body } = await works.send('POST', '/v1/case/package', works.people.paul?.token ?? '', call)
    expect(body.code).toBe('HAND_OUT_EMPTY')
  })
})

describe('a wallet that stands in the case', () => {
  const given = (address: string, more: object = {}) => ({
    content: { chain: CHAIN, address, custody: 'self-hosted' },
    basis: 'fact',
    ...more,
  })

  it('is noted, and not put beside itself', async () => {
    const target = await filed(handed.get('stix') ?? Buffer.alloc(0))
    const { id } = await did('ines', 'wallet.add', { caseId: target.caseId, ...given(FIRST) })
    const { made, present, manifest } = await did('ines', 'case.take-in', { ...target, format: 'stix' })
    expect(made.filter(({ kind }: Answer) => kind === 'wallet').length).toBe(1)
    expect(present).toContainEqual({ path: expect.stringMatching(/^wallets\[\d\]$/), kind: 'wallet', id })
    expect(JSON.stringify(manifest)).toContain(`wallet/${id}`)
    expect((await wallets(target.caseId)).length).toBe(2)
  })

  it('is not told of to who may not see it', async () => {
    const target = await filed(handed.get('stix') ?? Buffer.alloc(0))
    const red = marking({ tlp: 'red', audience: [idOf('paul')] })
    const { id } = await did('ines', 'wallet.add', { caseId: target.caseId, ...given(FIRST, { marking: red }) })
    const answer = await did('ines', 'case.take-in', { ...target, format: 'stix' })
    expect(JSON.stringify(answer)).not.toContain(id)
    expect(answer.made.filter(({ kind }: Answer) => kind === 'wallet').length).toBe(2)
  })
})

describe('markings', () => {
  it('are never weaker than that of the file', async () => {
    const red = marking({ tlp: 'red', audience: [idOf('ines')] })
    const target = await filed(handed.get('misp') ?? Buffer.alloc(0), { marking: red })
    await did('ines', 'case.take-in', { ...target, format: 'misp' })
    for (const { marking: made } of await wallets(target.caseId))
      expect(made).toMatchObject({ tlp: 'red', audience: [idOf('ines')] })
    expect(await wallets(target.caseId, 'paul')).toEqual([])
  })

  it('of a file that says nothing are those that are given, or amber', async () => {
    const plain = { format: 'comity-evidence-package/1', id: '00000000-0000-4000-8000-000000000001' }
    const wallet = { id: '00000000-0000-4000-8000-000000000002', chain: CHAIN, address: FIRST }
    const bytes = Buffer.from(JSON.stringify({ ...plain, wallets: [wallet] }))
    for (const [given, tlp] of [
      [undefined, 'amber'],
      [marking({ tlp: 'amber+strict' }), 'amber+strict'],
    ] as const) {
      const target = await filed(bytes)
      await did('ines', 'case.take-in', { ...target, format: 'package', ...(given ? { marking: given } : {}) })
      expect((await wallets(target.caseId)).map((one) => one.marking.tlp)).toEqual([tlp])
    }
  })
})

describe('is refused, with its place', () => {
  const refused = async (bytes: Uint8Array, format: string, more: object = {}) => {
    const target = await filed(bytes, more)
    const preview = await works.asks('ines', 'intake.preview', { ...target, format })
    const taken = await works.asks('ines', 'case.take-in', { ...target, format })
    expect(taken.body.code).toBe(preview.body.code)
    expect([await wallets(target.caseId), await statements(target.caseId)]).toEqual([[], []])
    return taken.body as Answer
  }

  it.each([
    ['what is no JSON', Buffer.from('{"a": '), 'stix', 'FORMATS_NOT_JSON'],
    ['what is JSON of something else', Buffer.from('{"a": 1}'), 'stix', 'FORMATS_NOT_THIS_FORMAT'],
    [
      'a package that is called MISP',
      Buffer.from('{"format":"comity-evidence-package/1"}'),
      'misp',
      'FORMATS_NOT_THIS_FORMAT',
    ],
    ['what is no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'case', 'FORMATS_NOT_UTF8'],
    [
      'a context that would have to be fetched',
      Buffer.from('{"@context":"https://example.org/c","@graph":[]}'),
      'case',
      'FORMATS_CONTEXT_UNKNOWN',
    ],
    ['a format that is none', Buffer.from('{}'), 'csv', 'INPUT_INVALID'],
  ])('%s', async (_, bytes, format, code) => {
    const { code: given, place } = await refused(bytes, format)
    expect(given).toBe(code)
    expect(place).toMatch(/./)
  })

  it('a file with a private key, whole', async () => {
    const [path = ''] = globSync('vectors/ftm/**/*secret*', { cwd: repository })
    const entity = {
      id: 'w',
      schema: 'CryptoWallet',
      properties: { publicKey: [FIRST], privateKey: ['5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF'] },
    }
    const bytes = path === '' ? Buffer.from(JSON.stringify(entity)) : readFileSync(join(repository, path))
    expect((await refused(bytes, 'followthemoney')).code).toBe('FORMATS_SECRET_KEY')
  })

  it('what is larger than is read at once', async () => {
    expect((await refused(Buffer.alloc(8 * 1024 * 1024 + 1, 0x20), 'package')).code).toBe('INTAKE_TOO_LARGE')
    const many = Array.from({ length: 2001 }, (_, at) => ({
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      kind: 'person',
      name: `Person ${at}`,
    }))
    const pack = { format: 'comity-evidence-package/1', id: '00000000-0000-4000-8000-000000000001', parties: many }
    expect((await refused(Buffer.from(JSON.stringify(pack)), 'package')).code).toBe('INTAKE_TOO_LARGE')
  })

  it('an exhibit that has no bytes, is of another case, or is not for the one who asks', async () => {
    const target = await filed(handed.get('stix') ?? Buffer.alloc(0))
    const device = await works.exhibit('ines', target.caseId, null, {
      kind: 'device',
      device: { make: 'Example', model: 'One', serial: null, sealNumber: 'DE-1' },
    })
    const red = marking({ tlp: 'red', audience: [idOf('paul')] })
    const hidden = await works.exhibit('ines', target.caseId, handed.get('stix') ?? null, { marking: red })
    const code = async (exhibitId: string) =>
      (await works.asks('ines', 'case.take-in', { caseId: target.caseId, exhibitId, format: 'stix' })).body.code
    expect(await code(device)).toBe('EXHIBIT_NOT_IN_VAULT')
    expect([await code(sourceExhibit), await code(hidden)]).toEqual(['EXHIBIT_UNKNOWN', 'EXHIBIT_UNKNOWN'])
  })
})

it('addresses that are none on their chain are left out, and named', async () => {
  const bytes = Buffer.from(
    JSON.stringify({
      format: 'comity-evidence-package/1',
      id: '00000000-0000-4000-8000-000000000001',
      wallets: [
        { id: '00000000-0000-4000-8000-000000000002', chain: CHAIN, address: `${FIRST.slice(0, -1)}b` },
        { id: '00000000-0000-4000-8000-000000000003', chain: CHAIN, address: SECOND.toUpperCase() },
      ],
    }),
  )
  const target = await filed(bytes)
  const { defects } = await did('ines', 'case.take-in', { ...target, format: 'package' })
  expect(defects.map(({ code }: Answer) => code)).toContain('FORMATS_ADDRESS_REFUSED')
  // The gate of the node wrote the other in its one form.
  expect((await wallets(target.caseId)).map(({ content }) => content.address)).toEqual([SECOND])
})
