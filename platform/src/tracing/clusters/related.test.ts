import { expect, test } from 'vitest'
import { type Move, shippedAccountPacks, shippedChainPacks } from '../../chains/index.ts'
import { type Activity, flowsOf } from '../indicators/index.ts'
import type { Tag } from '../tags/index.ts'
import { tagOf } from '../tags/test-tags.ts'
import { depositStatements } from './deposit.ts'
import { accountsOfKey, bareKeyOf, hashesOfKey, keyHashOf, sameAccountOn, sameHashOn } from './same-key.ts'

/** The generator of secp256k1 (SEC 2, section 2.4.1): the public key of the private key 1. */
const X = '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'
const Y = '483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8'
const packOf = (chain: string) => shippedAccountPacks.find(({ caip2 }) => caip2 === chain)
const on = (all: readonly { chain: string; address: string; form: string }[], chain: string) =>
  all.filter((one) => one.chain === chain).map(({ address }) => address)

test('a public key has its known addresses on Bitcoin and Ethereum, in either of its forms', () => {
  const hashes = hashesOfKey(`02${X}`)
  expect(hashes).toEqual(hashesOfKey(`04${X}${Y}`))
  const [compressed = ''] = hashes
  const bitcoin = on(sameHashOn(compressed, shippedChainPacks, 'mainnet'), 'bip122:000000000019d6689c085ae165831e93')
  // BIP 173 gives the witness address of this key; the others are the well-known ones of the private key 1.
  expect(bitcoin).toEqual([
    '1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH',
    'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
    '3JvL6Ymt8MVWiCNHC7oWU6nLeHNJKLZGLN',
  ])
  const accounts = accountsOfKey(`02${X}`, shippedAccountPacks)
  expect(accounts.ok && on(accounts.value, 'eip155:1')).toEqual(['0x7e5f4552091a69125d5dfcb7b8c2659029395bdf'])
})

test('what is no point of the curve is no public key', () => {
  for (const bad of ['', '02', `05${X}`, `04${X}${X}`, `02${'f'.repeat(64)}`, `02${'0'.repeat(63)}5`])
    expect(accountsOfKey(bad, shippedAccountPacks)).toMatchObject({
      ok: false,
      refusal: { code: 'PUBLIC_KEY_MALFORMED' },
    })
  expect(bareKeyOf(`21${`02${X}`}ac`)).toBe(`02${X}`)
  expect([keyHashOf(`76a914${'ab'.repeat(20)}88ac`), keyHashOf(`a914${'ab'.repeat(20)}87`)]).toEqual([
    'ab'.repeat(20),
    null,
  ])
})

test('the 20 bytes of an account are the same on every chain of the EVM, and base58 on Tron and back', () => {
  const [ethereum, tron] = [packOf('eip155:1'), shippedAccountPacks.find(({ address }) => address.form === 'tron')]
  if (!ethereum || !tron) throw new Error('no such packs')
  const address = '0x7e5f4552091a69125d5dfcb7b8c2659029395bdf'
  const found = sameAccountOn(address, ethereum, shippedAccountPacks)
  expect(on(found, 'eip155:137')).toEqual([address])
  const [onTron = ''] = on(found, tron.caip2)
  expect(onTron).toMatch(/^T[1-9A-Za-z]{33}$/)
  expect(on(sameAccountOn(onTron, tron, shippedAccountPacks), 'eip155:1')).toEqual([address])
})

const move = (n: number, from: string | null, to: string | null, amount: number, more: Partial<Move> = {}): Move => ({
  ...{
    txid: `t${n}`,
    height: n,
    time: n,
    txIndex: 0,
    order: 0,
    place: 'log:0',
    kind: 'token',
    asset: 'usdt',
    from,
    to,
  },
  ...{ amount: BigInt(amount), ...more },
})
function activityOf(moves: readonly Move[], tags: readonly (readonly [string, Tag])[]): Activity {
  const subject = new Set(['d'])
  const flows = flowsOf(moves, subject)
  const tagsByAddress = new Map(tags.map(([address, tag]) => [address, [tag]]))
  return { subject, flows, whole: false, movements: { read: 0, of: 0 }, tagsByAddress, anyTags: tags.length > 0 }
}
const hot = tagOf({ category: 'exchange', actor: 'x', label: 'X' })

test('an address that passes all of an asset on to a tagged service is said to be a deposit address, with the reasons', () => {
  const gas = [
    move(1, 'hot', 'd', 5, { asset: 'eth', kind: 'value' }),
    move(2, 'd', 'miner', 1, { asset: 'eth', kind: 'fee' }),
  ]
  const moves = [move(1, 'a', 'd', 100), move(2, 'b', 'd', 50), ...gas, move(3, 'd', 'hot', 150)]
  expect(depositStatements(activityOf(moves, [['hot', hot]]))).toMatchObject([
    {
      asset: 'usdt',
      service: 'x',
      to: ['hot'],
      passedOn: 150n,
      left: 150n,
      received: 150n,
      payers: 2,
      txids: ['t3'],
      tags: [hot.id],
    },
  ])
})

test('not where a twentieth goes elsewhere, where nobody tagged the service, or where it is the service itself', () => {
  const moves = [move(1, 'a', 'd', 100), move(2, 'd', 'hot', 94), move(3, 'd', 'e', 6)]
  expect(depositStatements(activityOf(moves, [['hot', hot]]))).toEqual([])
  const all = [move(1, 'a', 'd', 100), move(2, 'd', 'hot', 100)]
  expect(depositStatements(activityOf(all, []))).toEqual([])
  expect(
    depositStatements(
      activityOf(all, [
        ['hot', hot],
        ['d', hot],
      ]),
    ),
  ).toEqual([])
})
