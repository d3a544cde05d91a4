import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Claim, claimText, foldClaims, type SourcedClaim, textToClaim } from './fold-claims.ts'

const value = fc.bigInt({ min: 0n, max: 3n })
const address = fc.constantFrom('ann', "o'hara \u0000", null)
const script = fc.constantFrom('00', '51', null)
const claim: fc.Arbitrary<Claim> = fc.record({
  coinbase: fc.constant(false),
  version: fc.constantFrom(1, 2, null),
  locktime: fc.constantFrom(0, null),
  proof: fc.constantFrom('txid' as const, 'stated' as const, 'mismatch' as const, 'doubles' as const),
  inputs: fc.array(
    fc.record({
      prev: fc.constantFrom({ txid: 'aa', vout: 0 }, { txid: 'bb', vout: 1 }),
      prevout: fc.option(fc.record({ value, script, address })),
      sequence: fc.constantFrom(7, null),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  outputs: fc.array(
    fc.record({ value, script, type: fc.constantFrom('p2pkh' as const, 'unknown' as const), address }),
    { minLength: 1, maxLength: 2 },
  ),
})
const sourced: fc.Arbitrary<SourcedClaim> = fc
  .tuple(fc.nat(3), claim)
  .map(([source, stated]) => ({ source, claim: stated, text: claimText(stated) }))
const claims = fc.array(sourced, { minLength: 1, maxLength: 5 })

describe('foldClaims', () => {
  it('is a function of the set: neither order nor repetition shows', () => {
    const ordered = (list: SourcedClaim[]) => {
      const { claim: merged, conflicts } = foldClaims(list)
      return { merged: claimText(merged), conflicts: conflicts.map((conflict) => JSON.stringify(conflict)).sort() }
    }
    fc.assert(
      fc.property(
        claims.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: 2 * list.length })),
        ),
        ([list, again]) => {
          expect(ordered(again)).toEqual(ordered(list))
        },
      ),
    )
  })

  it('invents nothing: every field of the result was stated by a source', () => {
    fc.assert(
      fc.property(claims, (list) => {
        const merged = foldClaims(list).claim
        const stated = <T>(pick: (one: Claim) => T) => list.map((one) => JSON.stringify(pick(one.claim), text))
        expect(stated((one) => one.version)).toContain(JSON.stringify(merged.version))
        expect(stated((one) => one.proof)).toContain(JSON.stringify(merged.proof))
        for (const [vout, output] of merged.outputs.entries()) {
          expect(stated((one) => one.outputs[vout]?.value)).toContain(JSON.stringify(output.value, text))
          expect(stated((one) => one.outputs[vout]?.script)).toContain(JSON.stringify(output.script))
        }
      }),
    )
  })

  it('keeps a statement through its text', () => {
    fc.assert(
      fc.property(claim, (stated) => {
        expect(textToClaim(claimText(stated))).toEqual(stated)
      }),
    )
  })
})

const text = (_: string, given: unknown) => (typeof given === 'bigint' ? String(given) : given)
