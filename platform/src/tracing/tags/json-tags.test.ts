import { describe, expect, test } from 'vitest'
import { parseTagFile, type Tag } from './index.ts'
import { binanceAddress, bitcoinMainnet, fileOf } from './test-tags.ts'

/** Examples of our own, in the forms of the three formats. */
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const wallet = 'cryptocurrency-wallet--11111111-1111-4111-8111-111111111111'
const gang = 'threat-actor--22222222-2222-4222-8222-222222222222'
const relation = {
  type: 'relationship',
  id: 'relationship--33333333-3333-4333-8333-333333333333',
  relationship_type: 'owns',
  source_ref: gang,
  target_ref: wallet,
  modified: '2026-01-02T03:04:05.000Z',
  start_time: '2025-01-01T00:00:00Z',
  stop_time: '2025-06-01T00:00:00Z',
  confidence: 85,
}
const bundle = (more: object = {}, ...others: object[]) => ({
  type: 'bundle',
  id: 'bundle--44444444-4444-4444-8444-444444444444',
  objects: [
    { type: 'cryptocurrency-wallet', id: wallet, value: binanceAddress, symbol: 'BTC', ...more },
    { type: 'threat-actor', id: gang, name: 'Gang 5' },
    ...others,
  ],
})
const misp = (attributes: readonly object[], loose: readonly object[] = []) => ({
  Event: {
    uuid: '55555555-5555-4555-8555-555555555555',
    info: 'Ransom notes of Gang 5',
    date: '2026-02-03',
    Orgc: { name: 'CERT X' },
    Tag: [{ name: 'tlp:amber' }, { name: 'misp-galaxy:ransomware="Five"' }],
    Object: [{ name: 'coin-address', uuid: 'o-1', Attribute: attributes }],
    Attribute: loose,
  },
})
const entity = (id: string, schema: string, properties: object, more: object = {}) => ({
  id,
  schema,
  properties,
  ...more,
})

function read(name: string, value: unknown) {
  return parseTagFile(fileOf(name, typeof value === 'string' ? value : JSON.stringify(value)))
}
function tagsOf(name: string, value: unknown): readonly Tag[] {
  const content = read(name, value)
  if (!content.ok) throw new Error(content.refusal.message)
  return content.value.tags
}
const codesOf = (name: string, value: unknown) => {
  const content = read(name, value)
  return content.ok ? content.value.defects.map(({ code }) => code) : [content.refusal.code]
}

describe('STIX', () => {
  test('a wallet is tagged by whom a relationship names, for as long as it says', () => {
    expect(tagsOf('a.json', bundle({}, relation))).toMatchObject([
      {
        subject: { chain: bitcoinMainnet, text: binanceAddress, check: 'verified' },
        label: 'Gang 5',
        actor: gang,
        confidence: { id: 'stix-85', level: 85 },
        validFrom: Date.UTC(2025, 0, 1) / 1000,
        validTo: Date.UTC(2025, 5, 1) / 1000,
      },
    ])
  })
  test('a relationship that was revoked says nothing; a wallet that nobody is named for is not kept', () => {
    expect(tagsOf('a.json', bundle({}, { ...relation, revoked: true }))).toEqual([])
    expect(codesOf('a.json', bundle())).toContain('TAG_FIELD_MISSING')
    expect(tagsOf('a.json', bundle({ labels: ['ransom'] }))).toMatchObject([{ label: 'ransom', confidence: null }])
  })
  test('the holder counts, and the chain that our own extension states; without currency the chain stays open', () => {
    const extensions = { x: { wallets: [{ chain: bitcoinMainnet }] } }
    const [tag] = tagsOf('a.json', bundle({ symbol: undefined, holder_ref: gang, extensions }))
    expect(tag).toMatchObject({ label: 'Gang 5', subject: { chain: bitcoinMainnet } })
    expect(tagsOf('a.json', bundle({ symbol: undefined, holder_ref: gang }))[0]?.subject).toMatchObject({
      chain: null,
      check: 'unchecked',
    })
  })
})

describe('MISP', () => {
  test('coin addresses and single attributes are tagged with the event, by the currency that they state', () => {
    const tags = tagsOf(
      'event.json',
      misp(
        [
          { object_relation: 'address', value: TRON },
          { object_relation: 'symbol', value: 'TRX' },
          { object_relation: 'first-seen', value: '2026-01-01' },
        ],
        [
          { type: 'btc', value: binanceAddress, uuid: 'a-1' },
          { type: 'ip-dst', value: '192.0.2.1' },
          { type: 'btc', value: binanceAddress, deleted: true },
        ],
      ),
    )
    expect(tags.map(({ subject, label, creator }) => [subject.chain, subject.check, label, creator])).toEqual([
      ['tron:728126428', 'verified', 'Ransom notes of Gang 5', 'CERT X'],
      [bitcoinMainnet, 'verified', 'Ransom notes of Gang 5', 'CERT X'],
    ])
    expect(tags[0]).toMatchObject({ concepts: ['misp-galaxy:ransomware="Five"'], date: '2026-02-03', validFrom: null })
  })
  test('an address filed under a currency where it is none is kept and matches nothing', () => {
    const [tag] = tagsOf('event.json', { response: [misp([], [{ type: 'btc', value: TRON }])] })
    expect(tag?.subject).toMatchObject({ chain: bitcoinMainnet, check: 'refused' })
    expect(codesOf('event.json', misp([], [{ type: 'btc', value: TRON }]))).toContain('TAG_ADDRESS_OF_OTHER_CHAIN')
  })
})

describe('FollowTheMoney', () => {
  const holder = entity('Q1', 'Person', { name: ['Ivan X'], topics: ['sanction'] })
  const owned = entity(
    'w1',
    'CryptoWallet',
    { publicKey: [binanceAddress], currency: ['XBT'], holder: ['Q1'] },
    { datasets: ['us_ofac_sdn'], last_change: '2024-05-06T07:08:09' },
  )
  const lines = (...all: readonly object[]) => all.map((one) => JSON.stringify(one)).join('\n')

  test('a wallet is tagged with its holder; sanctions give the time for which it holds', () => {
    const sanction = entity('s1', 'Sanction', { entity: ['Q1'], startDate: ['2022'], endDate: ['2023-02'] })
    const expected = [
      {
        subject: { chain: bitcoinMainnet, check: 'verified' },
        label: 'Ivan X',
        abuse: 'sanction',
        actor: 'Q1',
        creator: 'us_ofac_sdn',
        date: '2024-05-06T07:08:09Z',
        validFrom: Date.UTC(2022, 0, 1) / 1000,
        validTo: Date.UTC(2023, 2, 1) / 1000,
      },
    ]
    expect(tagsOf('a.jsonl', lines(holder, owned, sanction))).toMatchObject(expected)
    expect(tagsOf('a.jsonl', lines(sanction, owned, holder))).toMatchObject(expected)
    const open = entity('s2', 'Sanction', { entity: ['w1'], startDate: ['2022-03-04'] })
    expect(tagsOf('a.jsonl', lines(holder, owned, sanction, open))).toMatchObject([{ validTo: null }])
  })
  test('a wallet nested in its holder, as OpenSanctions exports targets', () => {
    const nested = entity('Q1', 'Person', {
      name: ['Ivan X'],
      cryptoWallets: [entity('w1', 'CryptoWallet', { publicKey: [binanceAddress], currency: ['BTC'] })],
    })
    expect(tagsOf('a.json', nested)).toMatchObject([{ label: 'Ivan X', actor: 'Q1', abuse: null }])
  })
  test('a file with a private key is refused whole', () => {
    for (const name of ['privateKey', 'private_key', 'PrivateKey'])
      expect(
        codesOf('a.jsonl', lines(holder, entity('w1', 'CryptoWallet', { publicKey: [binanceAddress], [name]: [] }))),
      ).toEqual(['TAG_SECRET_KEY'])
  })
})

test.each([
  ['no JSON', 'a.json', 'nonsense', 'TAG_FILE_KIND_UNKNOWN'],
  ['JSON of something else', 'a.json', { a: 1 }, 'TAG_FILE_KIND_UNKNOWN'],
  ['an empty list', 'a.json', [], 'TAG_FILE_KIND_UNKNOWN'],
  ['brackets nested deeply', 'a.json', '['.repeat(200_000), 'TAG_FILE_KIND_UNKNOWN'],
  [
    'an end before its start',
    'a.json',
    bundle({}, { ...relation, stop_time: '2024-01-01T00:00:00Z' }),
    'TAG_VALIDITY_UNREADABLE',
  ],
  ['a time that is none', 'a.json', bundle({}, { ...relation, start_time: 'soon' }), 'TAG_VALIDITY_UNREADABLE'],
])('%s is named', (_, name, value, code) => {
  expect(codesOf(name, value)).toContain(code)
})
