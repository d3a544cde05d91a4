import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openKernels } from './webassembly.ts'

const { kernels } = openKernels(0)

/** Any 64 bits, and values that crowd at the edges of words: carries and wrong guesses live there. */
const edgy = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc
    .tuple(fc.constantFrom(16n, 31n, 32n, 33n, 48n, 52n, 53n, 63n, 64n), fc.bigInt({ min: -3n, max: 3n }))
    .map(([bits, off]) => BigInt.asUintN(64, 2n ** bits + off)),
)

it('multiplies and divides 64-bit values exactly', () => {
  fc.assert(
    fc.property(edgy, edgy, edgy, (x, y, z) => {
      checkMulDiv(x, y, z)
    }),
    { numRuns: 20_000 },
  )
})

it.each([
  [2n ** 64n - 1n, 2n ** 64n - 1n, 2n ** 64n - 1n],
  [2n ** 63n, 2n ** 63n, 2n ** 63n + 1n],
  [2n ** 64n - 2n, 2n ** 64n - 1n, 2n ** 64n - 1n],
  // The first guess of a digit is two too large here.
  [0x7fff_ffff_ffff_ffffn, 0xffff_fffe_ffff_ffffn, 0x8000_0000_ffff_ffffn],
  [0n, 5n, 7n],
])('gives %d · %d / %d', (a, b, d) => {
  checkMulDiv(a, b, d)
})

/** As in a share: no more is traced than there is. */
function checkMulDiv(x: bigint, weight: bigint, z: bigint): void {
  const whole = x > z ? x : z
  const total = x > z ? z : x
  if (whole === 0n) return
  const quotient = BigInt.asUintN(64, kernels.mulDiv(total, weight, whole))
  const remainder = BigInt.asUintN(64, kernels.lastRemainder())
  expect(quotient).toBe((total * weight) / whole)
  expect(remainder).toBe((total * weight) % whole)
}
