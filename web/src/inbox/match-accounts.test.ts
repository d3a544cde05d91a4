import { describe, expect, it } from 'vitest'
import { askedOf, lookedFor } from './asked-of.ts'
import { matchAccounts, readAccounts } from './match-accounts.ts'

const ADDRESS = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
const LEGACY = '1BoatSLRHtKNngkdXEeobR76b53LETtpyT'

describe('accounts of a service', () => {
  it('are found by a whole cell, in whatever case bech32 is written, and never by part of one', () => {
    const list = readAccounts(
      `account;address;holder\nA-1;${ADDRESS.toUpperCase()};"Doe; J."\nA-2;x${ADDRESS};Roe\nA-3;${LEGACY.toLowerCase()};Poe\n`,
    )
    expect(list.head).toEqual(['account', 'address', 'holder'])
    expect(matchAccounts([ADDRESS, LEGACY], list)).toEqual([
      { wanted: ADDRESS, row: 1, column: 1, cells: ['A-1', ADDRESS.toUpperCase(), 'Doe; J.'] },
    ])
  })

  it('may be a bare list of addresses, pasted', () => {
    const list = readAccounts(`${LEGACY}\r\n\r\n${ADDRESS}`)
    expect(matchAccounts([LEGACY], list)).toEqual([{ wanted: LEGACY, row: 1, column: 0, cells: [LEGACY] }])
  })

  it('are looked for by everything that a request names, once', () => {
    const asked = askedOf({
      assets: [
        { property: { chain: 'bip122:0', address: ADDRESS, account: null }, maximum: { amount: '5', asset: 'x' } },
      ],
      identifiers: [{ kind: 'address', value: `bip122:000000000019d6689c085ae165831e93:${ADDRESS}` }],
      persons: [{ name: 'N', identifiers: [{ kind: 'email', value: 'n@example.org' }] }],
      facts: { summary: 'What happened.' },
    })
    expect(lookedFor(asked)).toEqual([ADDRESS, 'n@example.org'])
    expect(asked.assets[0]?.amount).toBe('5')
    expect(asked.facts).toBe('What happened.')
  })
})
