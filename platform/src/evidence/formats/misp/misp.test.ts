/** MISP objects against their published templates, and foreign events. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ADDRESS_A, ADDRESS_C, BITCOIN, ETHEREUM, fixtureDesk, releaseAll } from '../testing/fixture.ts'
import { vectors } from '../testing/shacl.ts'
import { exportMisp } from './export-misp.ts'
import { importMisp } from './import-misp.ts'
import { attributeTypes, templates } from './vocabulary.ts'

type Attribute = { object_relation: string; type: string; value: unknown; to_ids: boolean }
type MispObject = {
  name: string
  uuid: string
  template_uuid: string
  template_version: string
  comment?: string
  Attribute: Attribute[]
}
const event = () =>
  JSON.parse(exportMisp(releaseAll()).text).Event as { Object: MispObject[]; distribution: string; uuid: string }
const importing = (document: unknown) => {
  const back = importMisp(Buffer.from(JSON.stringify(document)), fixtureDesk)
  if (!back.ok) throw new Error(back.refusal.message)
  return back.value
}
const object = (name: string, uuid: string, values: Record<string, string>) => ({
  name,
  uuid,
  Attribute: Object.entries(values).map(([object_relation, value]) => ({ object_relation, value, type: 'text' })),
})

describe.each(['coin-address', 'cryptocurrency-transaction'] as const)('%s', (name) => {
  const template = JSON.parse(readFileSync(join(vectors, `misp/objects/${name}/definition.json`), 'utf8'))

  it('is named as its template', () => {
    expect([template.version, template.uuid, template['meta-category']]).toEqual(templates[name])
  })

  it('has attributes of the template only, each of its type', () => {
    for (const [relation, type] of Object.entries(attributeTypes[name]))
      expect(template.attributes[relation]?.['misp-attribute'], relation).toBe(type)
  })

  it('has what the template requires', () => {
    const objects = event().Object.filter((one) => one.name === name)
    expect(objects.length).toBeGreaterThan(2)
    for (const one of objects) {
      expect(one.template_uuid).toBe(template.uuid)
      expect(one.Attribute.some(({ object_relation }) => template.requiredOneOf.includes(object_relation))).toBe(true)
    }
  })
})

describe('an export', () => {
  it('goes to the own organisation only, makes no rule of detection, and repeats no uuid', () => {
    const one = event()
    expect(one.distribution).toBe('0')
    expect(one.Object.flatMap(({ Attribute }) => Attribute).filter(({ to_ids }) => to_ids)).toEqual([])
    const uuids = [...JSON.stringify(one).matchAll(/"uuid":"([^"]+)"/g)].map(([, uuid]) => uuid)
    expect(new Set(uuids).size).toBe(uuids.length)
  })

  it('has the exact amount as text beside the float', () => {
    const usdt = event().Object.find((one) => one.comment?.includes('123456789012345678901234567890'))
    expect(usdt?.Attribute.find(({ object_relation }) => object_relation === 'value')?.value).toBe(
      String(Number('123456789012345678901234.56789')),
    )
  })

  it('writes the type btc for bitcoin only', () => {
    for (const one of event().Object)
      for (const { type, value } of one.Attribute) if (type === 'btc') expect(String(value)).toMatch(/^(1|3|bc1)/)
  })
})

describe('a foreign event', () => {
  it('with objects and single attributes', () => {
    const read = importing({
      response: [
        {
          Event: {
            uuid: '5e2af5bd-0000-4000-8000-000000000001', info: 'Ransom', timestamp: '1767225600', Tag: [{ name: 'tlp:amber' }],
            Object: [
              object('coin-address', '5e2af5bd-0000-4000-8000-000000000002', { address: ADDRESS_A, text: 'ransom' }),
              object('coin-address', '5e2af5bd-0000-4000-8000-000000000003', { 'address-crypto': ADDRESS_C, symbol: 'USDT' }),
              object('coin-address', '5e2af5bd-0000-4000-8000-000000000004', { 'address-crypto': ADDRESS_C, symbol: 'SOL' }),
              object('btc-wallet', '5e2af5bd-0000-4000-8000-000000000005', { 'wallet-address': ADDRESS_A, BTC_received: '1' }),
              object('cryptocurrency-transaction', '5e2af5bd-0000-4000-8000-000000000006', {
                'transaction-number': 'ab'.repeat(32), symbol: 'xbt', value: '0.5', address: ADDRESS_A,
              }),
              object('cryptocurrency-transaction', '5e2af5bd-0000-4000-8000-000000000007', {
                'transaction-number': 'cd'.repeat(32), symbol: 'BTC', value: '0.123456789',
              }),
            ],
            Attribute: [
              { uuid: '5e2af5bd-0000-4000-8000-000000000008', type: 'btc', value: ADDRESS_A, comment: 'seen\u202e in a note' },
              { uuid: '5e2af5bd-0000-4000-8000-000000000009', type: 'xmr', value: '4'.repeat(95) },
              { uuid: '5e2af5bd-0000-4000-8000-00000000000a', type: 'btc', value: 'not an address' },
            ],
          },
        },
      ],
    }) // biome-ignore format: a table
    const { package: pack, defects, manifest } = read
    expect(pack).toMatchObject({ title: 'Ransom', createdAt: '2026-01-01T00:00:00Z', markings: [{ tlp: 'amber' }] })
    expect(pack.wallets.map(({ chain, address, labels }) => [chain, address, labels])).toEqual([
      [BITCOIN, ADDRESS_A, ['ransom']],
      [ETHEREUM, ADDRESS_C, []],
      [BITCOIN, ADDRESS_A, []],
      [BITCOIN, ADDRESS_A, ['seen in a note']],
    ])
    expect(pack.transfers).toMatchObject([
      { amountBaseUnits: '50000000', amountStated: null, to: ADDRESS_A },
      { amountBaseUnits: null, amountStated: '0.123456789', to: null },
    ])
    expect(defects.map(({ code }) => code).sort()).toEqual([
      'FORMATS_ADDRESS_REFUSED',
      'FORMATS_AMOUNT_NOT_EXACT',
      'FORMATS_CHAIN_UNKNOWN',
      'FORMATS_CHAIN_UNKNOWN',
      'FORMATS_ITEM_INCOMPLETE',
      'FORMATS_TEXT_CLEANED',
    ])
    expect(manifest.dropped.map(({ path }) => path)).toContain('btc-wallet.BTC_received')
  })

  it.each([[{}], [[]], [{ Event: [] }], [{ response: [] }], [{ response: [{ Event: {} }, { Event: {} }] }]])(
    'refuses %j',
    (document) => {
      const back = importMisp(Buffer.from(JSON.stringify(document)), fixtureDesk)
      expect(back.ok ? 'taken' : back.refusal.code).toBe('FORMATS_NOT_THIS_FORMAT')
    },
  )
})
