import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { checkpointOf, memoryLog, testKey, testLeaves, testSigner } from '../testing/journals.ts'
import { parseCheckpoint, signCheckpoint } from './checkpoint.ts'
import { showEquivocation, verifyEquivocation } from './equivocation.ts'
import { nodeReader } from './read-tiles.ts'

/** Milliseconds for what tries every case; a loaded machine takes its time. */
const LONG = 600_000

const signer = testSigner()

function story(common: number, own: number, name: string) {
  const log = memoryLog([...testLeaves(common), ...testLeaves(own, name)])
  const bytes = checkpointOf(log, signer)
  const checkpoint = parseCheckpoint(bytes)
  if (!checkpoint.ok) throw new Error(checkpoint.refusal.message)
  return { bytes, checkpoint: checkpoint.value, node: nodeReader(log.reader, log.end.size) }
}

test(
  '1,000 forks at random points each give a proof that anyone can check',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(600), fc.integer({ min: 1, max: 300 }), fc.nat(300), async (common, one, more) => {
        const first = story(common, one, 'to one')
        const second = story(common, one + more, 'to another')
        const shown = await showEquivocation(first, second)
        if (shown === null) return expect.fail('the fork is not seen')
        expect(verifyEquivocation(shown, signer.key, checkEd25519)).toEqual({
          ok: true,
          value: { smaller: BigInt(common + one), larger: BigInt(common + one + more) },
        })
        // Whoever invents a contradiction cannot show it: the roots are signed.
        const { key } = testKey(signer.key.name, 1, 9)
        expect(verifyEquivocation(shown, key, checkEd25519).ok).toBe(false)
        expect(
          verifyEquivocation({ ...shown, rootAtSmaller: first.checkpoint.root }, signer.key, checkEd25519).ok,
        ).toBe(false)
        const turned = { ...shown, smaller: shown.larger, larger: shown.smaller }
        expect(verifyEquivocation(turned, signer.key, checkEd25519).ok).toBe(false)
      }),
      { numRuns: 1000, seed: 7 },
    )
  },
  LONG,
)

test('a journal that only grew gives none', async () => {
  for (const [size, more] of [
    [1, 1],
    [255, 2],
    [256, 0],
    [300, 300],
  ] as const) {
    const first = story(size, 0, '')
    const second = story(size + more, 0, '')
    expect(await showEquivocation(first, second)).toBeNull()
  }
})

test('a false root of the empty tree is a contradiction by itself', async () => {
  const root = new Uint8Array(32)
  const bytes = signCheckpoint({ origin: signer.key.name, size: 0n, root }, signer.key, signer.sign)
  const checkpoint = parseCheckpoint(bytes)
  if (!checkpoint.ok) throw new Error()
  const shown = await showEquivocation({ bytes, checkpoint: checkpoint.value }, story(3, 0, ''))
  expect(shown && verifyEquivocation(shown, signer.key, checkEd25519).ok).toBe(true)
})
