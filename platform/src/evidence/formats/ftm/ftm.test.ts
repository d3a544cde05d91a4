/** FollowTheMoney entities against the model, and foreign entities. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ADDRESS_A, ADDRESS_C, BITCOIN, fixture, fixtureDesk, releaseAll } from '../testing/fixture.ts'
import { vectors } from '../testing/shacl.ts'
import { exportFtm } from './export-ftm.ts'
import { importFtm } from './import-ftm.ts'

type Schema = {
  readonly schemata: readonly string[]
  readonly properties: Record<string, unknown>
  readonly required?: readonly string[]
}
type Entity = { readonly id: string; readonly schema: string; readonly properties: Record<string, readonly string[]> }
const { schemata } = JSON.parse(readFileSync(join(vectors, 'ftm/defaultModel.json'), 'utf8')) as {
  schemata: Record<string, Schema & { extends?: string[] }>
}

/** A schema, and all that it extends. */
const family = (name: string): string[] => [name, ...(schemata[name]?.extends ?? []).flatMap(family)]
const exported = (pack = fixture): Entity[] =>
  exportFtm(releaseAll(pack))
    .text.trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
const lines = (...entities: object[]) => Buffer.from(entities.map((one) => `${JSON.stringify(one)}\n`).join(''))
const wallet = (properties: object) => ({ id: 'NK-1', schema: 'CryptoWallet', properties })

/** Newer than the model of June 2025: OpenSanctions writes them now. */
const newer = ['managingExchange', 'accountId']

it('writes only properties that the schema has, and all that it requires', () => {
  const all = exported()
  expect(new Set(all.map(({ schema }) => schema))).toEqual(
    new Set(['PublicBody', 'Person', 'Company', 'CryptoWallet', 'Note', 'Sanction']),
  )
  for (const { schema, properties } of all) {
    const known = family(schema).flatMap((name) => Object.keys(schemata[name]?.properties ?? {}))
    expect(
      Object.keys(properties).filter((name) => !known.includes(name) && !newer.includes(name)),
      schema,
    ).toEqual([])
    for (const name of family(schema).flatMap((one) => schemata[one]?.required ?? []))
      expect(properties[name], schema).toBeDefined()
  }
})

it('names the exchange and the account in the new spelling, and no private key', () => {
  const one = exported().find(({ properties }) => properties.publicKey?.[0] === ADDRESS_A)
  expect(one?.properties).toMatchObject({
    managingExchange: ['Harbour Exchange'],
    accountId: ['acc-17'],
    currency: ['BTC'],
  })
  expect(JSON.stringify(exported())).not.toMatch(/private|mangingExchange/i)
})

it('folds a statement into the wallet only where both are marked the same', () => {
  const apart = {
    ...fixture,
    statements: fixture.statements.map((one) => ({ ...one, marking: fixture.markings[1]?.id ?? null })),
  }
  expect(
    exported(apart).find(({ properties }) => properties.publicKey?.[0] === ADDRESS_A)?.properties,
  ).not.toHaveProperty('accountId')
})

it('writes a Payment between holders, exact, and does not read it back as a transfer', () => {
  const [first] = fixture.wallets
  const [transfer] = fixture.transfers
  if (!first || !transfer) throw new Error('the fixture is empty')
  const pack = { ...fixture, transfers: [{ ...transfer, from: ADDRESS_A }] }
  expect(exported(pack).filter(({ schema }) => schema === 'Payment')).toMatchObject([
    {
      properties: {
        payer: [first.holder],
        beneficiary: [first.holder],
        amount: ['63.69996546'],
        transactionNumber: [transfer.txid],
      },
    },
  ])
  const back = importFtm(Buffer.from(exportFtm(releaseAll(pack)).text), fixtureDesk)
  expect(back.ok && back.value.package.transfers).toEqual([])
})

describe('foreign entities', () => {
  it.each(['managingExchange', 'mangingExchange'])('with %s', (name) => {
    const back = importFtm(
      lines(wallet({ publicKey: [ADDRESS_A], [name]: ['Kraken'], accountId: ['77'], currency: ['XBT'] })),
      fixtureDesk,
    )
    expect(back.ok && back.value.package.wallets).toMatchObject([{ chain: BITCOIN, address: ADDRESS_A }])
    expect(back.ok && back.value.package.statements).toMatchObject([
      { kind: 'account-at', service: 'Kraken', account: '77' },
    ])
  })

  it.each(['privateKey', 'private_key', 'PRIVATE-KEY', 'PrivateKey'])(
    'with %s are refused whole, even where it is empty',
    (name) => {
      const back = importFtm(lines(wallet({ publicKey: [ADDRESS_A] }), wallet({ [name]: [] })), fixtureDesk)
      expect(back.ok ? 'taken' : [back.refusal.code, back.refusal.place]).toEqual(['FORMATS_SECRET_KEY', 'line 2'])
    },
  )

  it('with a wallet of no known chain, or two exchanges and one account, say so or leave it open', () => {
    const back = importFtm(
      lines(wallet({ publicKey: ['TXYZ'], currency: ['TRX'] }), {
        ...wallet({ publicKey: [ADDRESS_C], currency: ['USDT'], managingExchange: ['A', 'B'], accountId: ['1'] }),
        id: 'NK-2',
      }),
      fixtureDesk,
    )
    if (!back.ok) throw new Error(back.refusal.message)
    expect(back.value.defects.map(({ code }) => code)).toEqual(['FORMATS_CHAIN_UNKNOWN'])
    expect(back.value.package.statements.map(({ service, account }) => [service, account])).toEqual([
      ['A', null],
      ['B', null],
    ])
  })

  it('474 of a published file: every person and organisation, and the rest is named', () => {
    const bytes = readFileSync(join(vectors, 'ftm/donations.ijson'))
    const back = importFtm(bytes, fixtureDesk)
    if (!back.ok) throw new Error(back.refusal.message)
    const schemas = bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).schema as string)
    expect(schemas.length).toBe(474)
    const parties = schemas.filter((one) =>
      ['Person', 'Company', 'Organization', 'LegalEntity', 'PublicBody'].includes(one),
    )
    expect(back.value.package.parties.length).toBe(parties.length)
    expect(back.value.manifest.dropped.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['Address.city', 'Payment.payer']),
    )
  })

  it.each([['[]'], ['{"id":"a","schema":"Person"}'], ['{"id":1,"schema":"Person","properties":{}}']])(
    'refuses %s',
    (text) => {
      const back = importFtm(Buffer.from(text), fixtureDesk)
      expect(back.ok ? 'taken' : back.refusal.code).toBe('FORMATS_NOT_THIS_FORMAT')
    },
  )
})
