/** Facts that must agree: the currency pack with the chain packs, the codes with the list of codes. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import currencyPack from '../../../../packs/tags/currencies.json' with { type: 'json' }
import { shippedChainPacks } from '../../chains/index.ts'
import { listDescriptions } from './address-list.ts'
import { tagCodes } from './codes.ts'
import { confidenceLevels } from './confidence.ts'
import { findCurrency } from './currency.ts'

describe('the currency pack', () => {
  test('names each code once, and none that a chain pack answers for', () => {
    const codes = currencyPack.currencies.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    const answered = shippedChainPacks
      .flatMap(({ aliases, asset }) => [...aliases, asset.symbol])
      .map((code) => code.toUpperCase())
    expect(codes.filter((code) => answered.includes(code))).toEqual([])
  })

  test('leads every synonym to a chain', () => {
    for (const { code, sameAs } of currencyPack.currencies.filter((entry) => 'sameAs' in entry)) {
      expect([code, findCurrency(code)?.chain]).toEqual([code, findCurrency(sameAs ?? '')?.chain])
      expect(findCurrency(code)?.chain).toMatch(/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/)
    }
  })

  test('chains of packs are found by CAIP-2 id, alias and ticker; a ticker means the main network', () => {
    for (const code of ['bip122:000000000019d6689c085ae165831e93', 'bitcoin', 'btc', 'XBT']) {
      expect(findCurrency(code)?.pack?.name).toBe('Bitcoin')
    }
    expect(findCurrency('Planets')).toBeNull()
  })
})

test('lists state a confidence of the format', () => {
  const ids = confidenceLevels.map(({ id }) => id)
  expect(listDescriptions.filter(({ confidence }) => !ids.includes(confidence))).toEqual([])
})

test('every code that the tags use is in their list of codes, and every code there is used', () => {
  const sources = ['./', 'store/', 'sources/'].flatMap((folder) => {
    const at = new URL(folder, import.meta.url)
    const names = readdirSync(at).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'codes.ts',
    )
    return names.map((name) => readFileSync(new URL(name, at), 'utf8'))
  })
  const used = sources
    .flatMap((source) => source.match(/'(?:TAG|ACTOR)_[A-Z_]+'/g) ?? [])
    .map((code) => code.slice(1, -1))
  expect([...new Set(used)].sort()).toEqual(tagCodes.map(({ code }) => code).sort())
})
