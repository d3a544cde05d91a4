import { expect, test } from 'vitest'
import { readAnyAddress } from '../shared/chains/known-chains.ts'
import { findInText } from './find-in-text.ts'

const BTC = 'bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq'
const ETH = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045'
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const TXID = 'daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9'

test('a mail is read: addresses of several chains with the names of their chains, a transaction, each once', () => {
  const found = findInText(
    `Dear colleagues,\n> they asked for payment to bitcoin:${BTC}?amount=1 (see ${BTC}).\nThen ${ETH}; USDT to ${TRON}.\ntx: ${TXID}, 0x${TXID}.`,
    readAnyAddress,
  )
  expect(found.addresses.map(({ address, times }) => [address, times])).toEqual([
    [BTC, 2],
    [ETH.toLowerCase(), 1],
    [TRON, 1],
  ])
  expect(found.addresses[0]?.chains.map(({ name }) => name)).toEqual(['Bitcoin'])
  expect(found.addresses[1]?.chains.length).toBeGreaterThan(3)
  expect(found.addresses[2]?.chains.map(({ name }) => name)).toEqual(['Tron'])
  expect(found.transactions).toEqual([TXID, `0x${TXID}`])
  expect(found.wrong).toEqual([])
})

test('an address with a wrong letter is told as wrong, long words are nothing, and a secret key is only counted', () => {
  const secret = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ'
  const broken = `${BTC.slice(0, -1)}p`
  const found = findInText(`${broken} Donaudampfschifffahrtsgesellschaft ${secret}`, readAnyAddress)
  expect(found.addresses).toEqual([])
  expect(found.wrong.map(({ text }) => text)).toEqual([broken])
  expect(found.secrets).toBe(1)
  expect(JSON.stringify(found)).not.toContain(secret)
})
