import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesOf, proseRuns, textOf } from './runs.ts'

const valuesIn = (text: string) =>
  proseRuns(text, 'rtl', 'here').flatMap((run) => (run.as === 'machine' ? [run.pieces.join('')] : []))

describe('pieces of a machine value', () => {
  it('lose nothing and add nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
        (value) => {
          expect(piecesOf(value).join('')).toBe(value)
          expect(piecesOf(value)).not.toContain('')
        },
      ),
    )
  })

  it.each([
    ['10:00 UTC', ['10:00', ' ', 'UTC']],
    ['2026-11-24', ['2026-11-24']],
    ['America/Toronto', ['America/', 'Toronto']],
    ['bc1qq2euq8pw950klp', ['bc1q', 'q2eu', 'q8pw', '950k', 'lp']],
    ['[IMMINENT_DISSIPATION]', ['[IMMINENT_', 'DISSIPATION]']],
  ])('%s', (value, pieces) => {
    expect(piecesOf(value)).toEqual(pieces)
  })
})

describe('machine values in prose', () => {
  it.each([
    ['حتى 2026-11-24 10:00 UTC، أي 48 ساعة', ['2026-11-24 10:00 UTC']],
    ['مبلغ 12.50000000 BTC فقط', ['12.50000000 BTC']],
    ['to bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq.', ['bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq']],
    [
      'asset eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7',
      ['eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7'],
    ],
    ['file NL-RTM-2026/004711 of 2026', ['NL-RTM-2026/004711']],
    ['Rechtsschutzversicherungsgesellschaften', []],
    ['on 8 May 2021', []],
    ['هاتف +31 10 000 00 00 فقط', ['+31 10 000 00 00']],
    ['مبلغ 1 250 000 يورو', ['1 250 000']],
    ['12\u00a0345,67 EUR', ['12\u00a0345,67 EUR']],
  ])('%s', (text, values) => {
    expect(valuesIn(text)).toEqual(values)
  })

  it.each(['A.', '1.', '1,', 'a1-', 'A ', '0x', 'abc:', 'ab:1/'])('are found quickly in a long text of %s', (part) => {
    const begun = process.cpuUsage()
    proseRuns(part.repeat(50_000), 'ltr', 'here')
    // In microseconds of the processor: the machine may be busy with other things.
    expect(process.cpuUsage(begun).user).toBeLessThan(5_000_000)
  })

  it('leave every visible character in its place', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('48', ' ', 'مهلة', 'BTC', '2026-11-24', '0x12ab34cd', '/', ':', 'a1'.repeat(12), '冻结'),
        ),
        (words) => {
          const text = words.join('')
          expect(textOf({ language: 'ar', direction: 'rtl', runs: proseRuns(text, 'rtl', 'here') })).toBe(text)
        },
      ),
    )
  })
})
