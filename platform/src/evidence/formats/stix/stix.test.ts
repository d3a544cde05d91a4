/** STIX 2.1 against the schemas of OASIS, and foreign bundles. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { release } from '../release.ts'
import { ADDRESS_A, ADDRESS_C, BITCOIN, fixture, fixtureDesk, partner, releaseAll } from '../testing/fixture.ts'
import { vectors } from '../testing/shacl.ts'
import { exportStix } from './export-stix.ts'
import { importStix } from './import-stix.ts'
import { COMITY_EXTENSION, TRANSACTION_EXTENSION, transactionId, WALLET_EXTENSION, walletId } from './vocabulary.ts'

type StixObject = { readonly id: string; readonly type: string; readonly [key: string]: unknown }
const schemas = new Ajv2020({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false })
const paths = globSync('stix/schemas/**/*.json', { cwd: vectors })
for (const path of paths) schemas.addSchema(JSON.parse(readFileSync(join(vectors, path), 'utf8')))
const START = 'http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas/'
const schemaByType = new Map(
  paths.map((path) => [path.split('/').at(-1)?.replace('.json', ''), path.slice('stix/schemas/'.length)]),
)

/** An object against the schema of its type; the objects of the community against the core of observables. */
function errorsOf(one: StixObject): string {
  const check = schemas.getSchema(START + (schemaByType.get(one.type) ?? 'common/cyber-observable-core.json'))
  if (!check) throw new Error(`no schema for ${one.type}`)
  return check(one) ? '' : `${one.id}: ${schemas.errorsText(check.errors)}`
}

const objectsOf = (text: string): StixObject[] => JSON.parse(text).objects
const exported = () => objectsOf(exportStix(releaseAll()).text)
const bundle = (...objects: object[]) => Buffer.from(JSON.stringify({ type: 'bundle', id: 'bundle--x', objects }))

describe('an export', () => {
  it('keeps to the schemas of OASIS, object by object and as a bundle', () => {
    for (const audience of [null, partner]) {
      const text = exportStix(audience ? release(fixture, audience) : releaseAll()).text
      for (const one of objectsOf(text)) expect(errorsOf(one)).toBe('')
      // The schema of the bundle takes an object that it does not list for a custom one, which must be an observable or
      // else an object, and takes note, grouping and extension-definition for both; they were judged by their own above.
      const listed = objectsOf(text).filter(({ type }) => !['note', 'grouping', 'extension-definition'].includes(type))
      const check = schemas.getSchema(`${START}common/bundle.json`)
      expect(check?.({ ...JSON.parse(text), objects: listed }), JSON.stringify(check?.errors?.slice(0, 5))).toBe(true)
      expect(check?.({ ...JSON.parse(text), objects: [] })).toBe(false)
    }
  })

  it.each([
    ['note', 'object_refs'],
    ['identity', 'name'],
    ['grouping', 'context'],
    ['extension-definition', 'schema'],
    ['cryptocurrency-wallet', 'id'],
  ])('of %s, the schema finds a missing %s', (type, property) => {
    const one = exported().find((other) => other.type === type)
    if (!one) throw new Error(`no ${type}`)
    expect(errorsOf(one)).toBe('')
    expect(
      errorsOf(Object.fromEntries(Object.entries(one).filter(([name]) => name !== property)) as StixObject),
    ).not.toBe('')
  })

  it('names one wallet object for an address on two chains, and tells the chains in our extension', () => {
    const found = exported().filter((one) => one.value === ADDRESS_C)
    expect(found.map(({ id }) => id)).toEqual([walletId(ADDRESS_C)])
    const extensions = found[0]?.extensions as Record<string, { wallets: { chain: string }[] }>
    expect(extensions[COMITY_EXTENSION]?.wallets.map(({ chain }) => chain)).toEqual(['eip155:1', 'eip155:137'])
    expect(extensions[WALLET_EXTENSION]).toEqual({ extension_type: 'new-sco' })
  })

  it('keeps the exact amount beside the float', () => {
    const one = exported().find(({ type, symbol }) => type === 'cryptocurrency-transaction' && symbol === 'USDT')
    const extensions = one?.extensions as Record<string, { transfers: { amountBaseUnits: string }[] }>
    expect(extensions[COMITY_EXTENSION]?.transfers.map((transfer) => transfer.amountBaseUnits)).toEqual([
      '123456789012345678901234567890',
      '1',
    ])
    expect(one?.input).toEqual([{ amount: Number('123456789012345678901234.56789'), address_ref: walletId(ADDRESS_C) }])
  })

  it('refers to nothing that is not in the bundle', () => {
    const objects = exported()
    const ids = new Set(objects.map(({ id }) => id))
    const refs = [...JSON.stringify(objects).matchAll(/"([a-z-]+--[0-9a-f-]{36})"/g)].map(([, ref]) => ref)
    // TLP 2.0 is defined by OASIS, who does not ask for its extension definition to be sent along.
    expect(
      refs.filter((ref) => !ids.has(ref ?? '') && ref !== 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'),
    ).toEqual([])
  })
})

it('ids of observables are those of STIX 2.1 section 2.9', () => {
  // UUIDv5 of 00abedb4-aa42-466c-9c01-fed23315a9b7 and the canonical JSON, by Python's uuid.uuid5.
  expect(walletId('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080')).toBe(
    'cryptocurrency-wallet--6732574c-b829-52d1-a508-b460ad38acd0',
  )
  expect(transactionId('e'.repeat(64), 'BTC')).toBe('cryptocurrency-transaction--735ae7dd-caab-57a4-af3b-ef5d4c95cedc')
})

describe('a foreign bundle', () => {
  const wallet = { type: 'cryptocurrency-wallet', id: walletId(ADDRESS_A), value: ADDRESS_A }
  const transaction = (amount: string) =>
    Buffer.from(
      bundle(wallet, {
        type: 'cryptocurrency-transaction', id: transactionId('ab'.repeat(32), 'BTC'), symbol: 'BTC', value: 'ab'.repeat(32),
        extensions: { [TRANSACTION_EXTENSION]: { extension_type: 'new-sco' } },
        output: [{ amount: 'AMOUNT', address_ref: wallet.id }],
      }).toString().replace('"AMOUNT"', amount), // biome-ignore format: one line
    )

  it('gives a wallet its chain only where one chain alone takes the address', () => {
    const back = importStix(bundle(wallet, { ...wallet, id: walletId(ADDRESS_C), value: ADDRESS_C }), {
      ...fixtureDesk,
      assets: [...fixtureDesk.assets, { asset: 'eip155:137/slip44:966', symbol: 'POL', decimals: 18 }],
    })
    expect(back.ok && back.value.package.wallets).toMatchObject([{ chain: BITCOIN, address: ADDRESS_A }])
    expect(back.ok && back.value.defects.map(({ code }) => code)).toEqual(['FORMATS_CHAIN_UNKNOWN'])
  })

  it.each([
    ['0.1', '10000000', null],
    ['63.69996546', '6369996546', null],
    ['1e-8', '1', null],
    ['0.123456789', null, '0.123456789'],
    ['-1', null, '-1'],
  ])('reads the amount %s from its text', (amount, exact, stated) => {
    const back = importStix(transaction(amount), fixtureDesk)
    if (!back.ok) throw new Error(back.refusal.message)
    expect(back.value.package.transfers).toMatchObject([
      { amountBaseUnits: exact, amountStated: stated, to: ADDRESS_A },
    ])
    expect(back.value.defects.map(({ code }) => code)).toEqual(exact === null ? ['FORMATS_AMOUNT_NOT_EXACT'] : [])
  })

  it.each(globSync('stix/examples/**/*.json', { cwd: vectors }).sort())(
    '%s is read, and what was dropped is named',
    (path) => {
      const back = importStix(readFileSync(join(vectors, path)), fixtureDesk)
      // One of them is a list of objects without a bundle.
      if (!back.ok) {
        expect([path, back.refusal.code]).toEqual([
          'stix/examples/interop-objectmarking-test.json',
          'FORMATS_NOT_THIS_FORMAT',
        ])
        return
      }
      expect(back.value.manifest.dropped.length).toBeGreaterThan(3)
    },
  )

  it('TLP 1 and TLP 2 markings of others come in, and nothing more than they say', () => {
    const red = 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed'
    const back = importStix(
      bundle(
        { type: 'marking-definition', id: red, definition_type: 'tlp', definition: { tlp: 'red' } },
        {
          type: 'identity',
          id: 'identity--00000000-0000-4000-8000-000000000077',
          name: 'A',
          object_marking_refs: [red],
        },
      ),
      fixtureDesk,
    )
    expect(back.ok && back.value.package.markings).toMatchObject([{ tlp: 'red', onwardUse: 'ask', recipients: [] }])
    expect(back.ok && back.value.package.parties[0]?.marking).toBe(red.split('--')[1])
  })
})
