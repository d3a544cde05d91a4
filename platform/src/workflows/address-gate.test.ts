import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findChain, shippedChainPacks } from '../chains/index.ts'
import { itemOf } from '../exchange/deconfliction/index.ts'
import { addressGate } from './address-gate.ts'

type Case = { readonly chain: string; readonly text: string; readonly canonical?: string; readonly code?: string }
const CASES = join(import.meta.dirname, '../../../vectors/addresses/cases.json')
const { cases } = JSON.parse(readFileSync(CASES, 'utf8')) as { readonly cases: readonly Case[] }
const gate = addressGate()

test('every writing of an address becomes one item, under the id of its chain', () => {
  const good = cases.filter(({ canonical }) => canonical !== undefined)
  expect(good.length).toBeGreaterThan(5)
  for (const { chain, text, canonical } of good) {
    const pack = findChain(shippedChainPacks, chain)
    const id = pack.ok ? pack.value.caip2 : ''
    const item = { ok: true, value: `${id}|${canonical}` }
    expect(itemOf(chain, text, gate)).toEqual(item)
    expect(itemOf(id, canonical ?? '', gate)).toEqual(item)
  }
})

test('what is no address of its chain is no item, with the reason of the gate', () => {
  const bad = cases.filter(({ code }) => code !== undefined)
  expect(bad.length).toBeGreaterThan(20)
  for (const { chain, text, code } of bad)
    expect(itemOf(chain, text, gate)).toMatchObject({ ok: false, refusal: { code } })
  expect(itemOf('no such chain', 'x', gate)).toMatchObject({ ok: false, refusal: { code: 'CHAIN_UNKNOWN' } })
})
