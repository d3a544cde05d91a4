import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conflictsOf, type Interest } from './deconfliction.ts'
import { measures } from './vocabulary.ts'

const asset = (address: string, amount: string | null = '100', value: string | null = null) => ({
  chain: 'x:1',
  address,
  asset: 'x:1/y:0',
  amount,
  value,
})
let count = 0
const interest = (caseId: string, measure: Interest['measure'], more: Partial<Interest> = {}): Interest => ({
  kind: 'request',
  id: `id-${count++}`,
  caseId,
  measure,
  assets: [asset('a')],
  ...more,
})
const codes = (mine: Interest, ...others: Interest[]) =>
  conflictsOf(mine, others)
    .map(({ code }) => code.replace('DECONFLICT_', ''))
    .filter((code) => code !== 'SAME_ASSET')

describe('conflicts between requests and orders', () => {
  test.each([
    ['twice the same in one case', 'A PRESERVE', 'A PRESERVE', ['DUPLICATE']],
    ['preserved twice by two cases harms nobody', 'A PRESERVE', 'B PRESERVE', []],
    ['frozen by two cases', 'A FREEZE_SPECIFIC', 'B HOLD_TX', ['TWO_FREEZES']],
    ['frozen first, given back then: the way of one case', 'A FREEZE_SPECIFIC', 'A RETURN', []],
    ['frozen here, given back there', 'A FREEZE_SPECIFIC', 'B RETURN', ['OPPOSED']],
    ['given back here, preserved there', 'A RETURN', 'B PRESERVE', ['OPPOSED']],
    ['sold here, held there', 'A SALE', 'B HOLD_TX', ['OPPOSED']],
    ['preserved and deleted in one case', 'A PRESERVE', 'A DELETE', ['OPPOSED']],
    ['asked about twice', 'A TX_INFO', 'B TRACE_INFO', []],
  ] as const)('%s', (_, mine, other, found) => {
    const [a, b] = [mine, other].map((text) => {
      const [caseId, measure] = text.split(' ') as [string, Interest['measure']]
      return interest(caseId, measure)
    }) as [Interest, Interest]
    expect(codes(a, b)).toEqual(found)
    // Who looks first does not matter.
    expect(codes(b, a)).toEqual(found)
  })

  test('nothing to say where the assets differ', () => {
    expect(conflictsOf(interest('A', 'RETURN'), [interest('B', 'PRESERVE', { assets: [asset('b')] })])).toEqual([])
  })

  test('together no more is recovered than there is', () => {
    const mine = interest('A', 'CONFISCATE_SPECIFIC', { assets: [asset('a', '60', '100')] })
    const other = (amount: string, measure: Interest['measure'] = 'CONFISCATE_VALUE', caseId = 'B') =>
      interest(caseId, measure, { assets: [asset('a', amount)] })
    expect(codes(mine, other('40'))).toEqual([])
    expect(codes(mine, other('41'))).toEqual(['OVER_RECOVERY'])
    // The freeze of a case comes before its confiscation: it is the same money.
    expect(codes(mine, other('40'), other('40', 'FREEZE_VALUE'))).toEqual([])
    expect(codes(mine, other('60', 'FREEZE_SPECIFIC', 'A'))).toEqual([])
    expect(codes(mine, other('999', 'TX_INFO'))).toEqual([])
    // Another asset at the same address is other money.
    const token = { ...asset('a', '999'), asset: 'x:1/erc20:z' }
    expect(codes(mine, interest('B', 'CONFISCATE_VALUE', { assets: [token] }))).toEqual([])
  })

  test('the order of the others does not matter', () => {
    const others = fc.array(
      fc.record({
        caseId: fc.constantFrom('A', 'B', 'C'),
        measure: fc.constantFrom(...measures),
        id: fc.uuid(),
        kind: fc.constantFrom('request' as const, 'order' as const),
        assets: fc.array(
          fc.constantFrom(asset('a', '50', '100'), asset('a', '70'), asset('b', null, '10'), asset('b', '20')),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(others, fc.constantFrom(...measures), (all, measure) => {
        const mine = interest('A', measure, { assets: [asset('a', '50', '100'), asset('b', '5')] })
        expect(conflictsOf(mine, [...all].reverse())).toEqual(conflictsOf(mine, all))
      }),
    )
  })
})
