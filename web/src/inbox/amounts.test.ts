import { describe, expect, it } from 'vitest'
import { baseUnits, writtenAmount } from './amounts.ts'

describe('an amount', () => {
  it('is exact in both directions', () => {
    expect(baseUnits('63.699849', 8)).toBe('6369984900')
    expect(writtenAmount('6369984900', 8)).toBe('63.699849')
    expect(baseUnits('0.00000001', 8)).toBe('1')
    expect(writtenAmount('1', 8)).toBe('0.00000001')
    expect(baseUnits('0', 8)).toBe('0')
    expect(writtenAmount('500', 0)).toBe('500')
  })

  it.each(['1.000000001', '1,5', '-1', '', '1e3', '1.'])('is not %j', (text) => {
    expect(baseUnits(text, 8)).toBeNull()
  })
})
