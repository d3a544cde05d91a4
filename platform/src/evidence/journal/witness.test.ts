import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkEd25519 } from '../../kernel/crypto/index.ts'
import { textToBytes } from '../../kernel/index.ts'
import { nodeSha256 } from '../store/node-sha256.ts'
import { checkpointOf, memoryLog, testKey, testLeaves, testSigner } from '../testing/journals.ts'
import { signCheckpoint } from './checkpoint.ts'
import { consistencyProof } from './make-proofs.ts'
import { nodeReader } from './read-tiles.ts'
import { considerCheckpoint, formatAddCheckpoint, type KnownTree, parseAddCheckpoint } from './witness.ts'

const signer = testSigner()

/** Milliseconds for what tries many cases; a loaded machine takes its time. */
const LONG = 600_000

async function request(leaves: readonly Uint8Array[], oldSize: number) {
  const log = memoryLog(leaves)
  const node = nodeReader(log.reader, leaves.length, nodeSha256)
  const proof = oldSize === 0 || oldSize > leaves.length ? [] : await consistencyProof(node, oldSize, leaves.length)
  return { oldSize: BigInt(oldSize), proof, checkpoint: checkpointOf(log, signer) }
}

const knownOf = (leaves: readonly Uint8Array[]): KnownTree =>
  leaves.length === 0 ? null : { size: BigInt(leaves.length), root: memoryLog(leaves).end.root }

test(
  '1,000 forks are each refused, and each continuation is cosigned',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(300), fc.integer({ min: 1, max: 100 }), fc.nat(100), async (common, own, more) => {
        const known = knownOf([...testLeaves(common), ...testLeaves(own, 'seen')])
        const fork = await request([...testLeaves(common), ...testLeaves(own + more, 'other')], common + own)
        expect(considerCheckpoint(known, fork, signer.key, checkEd25519)).toMatchObject({
          refusal: { code: 'CONSISTENCY_UNPROVEN' },
        })
        const grown = await request([...testLeaves(common), ...testLeaves(own + more, 'seen')], common + own)
        const seen = considerCheckpoint(known, grown, signer.key, checkEd25519)
        expect(seen).toMatchObject({ ok: true, value: { size: BigInt(common + own + more) } })
      }),
      { numRuns: 1000, seed: 8 },
    )
  },
  LONG,
)

describe('a witness refuses', () => {
  const known = knownOf(testLeaves(10))

  test('a proof from another size than it knows, and says which it knows', async () => {
    const other = await request(testLeaves(12), 9)
    expect(considerCheckpoint(known, other, signer.key, checkEd25519)).toMatchObject({
      refusal: { code: 'WITNESS_SIZE_OTHER', place: '10' },
    })
    const unaware = await request(testLeaves(12), 0)
    expect(considerCheckpoint(known, unaware, signer.key, checkEd25519).ok).toBe(false)
    const ahead = await request(testLeaves(12), 10)
    expect(considerCheckpoint(null, ahead, signer.key, checkEd25519).ok).toBe(false)
  })

  test('a smaller tree than it cosigned', async () => {
    const smaller = { ...(await request(testLeaves(9), 0)), oldSize: 10n }
    expect(considerCheckpoint(known, smaller, signer.key, checkEd25519)).toMatchObject({
      refusal: { code: 'WITNESS_SIZE_OTHER' },
    })
  })

  test('a checkpoint that the journal did not sign', async () => {
    const { key } = testKey(signer.key.name, 1, 77)
    expect(considerCheckpoint(null, await request(testLeaves(3), 0), key, checkEd25519).ok).toBe(false)
  })

  test('a false root of the empty tree, and a proof from nothing', async () => {
    const head = { origin: signer.key.name, size: 0n, root: new Uint8Array(32) }
    const checkpoint = signCheckpoint(head, signer.key, signer.sign)
    const empty = { oldSize: 0n, proof: [], checkpoint }
    expect(considerCheckpoint(null, empty, signer.key, checkEd25519).ok).toBe(false)
    const first = { ...(await request(testLeaves(3), 0)), proof: [new Uint8Array(32)] }
    expect(considerCheckpoint(null, first, signer.key, checkEd25519).ok).toBe(false)
  })
})

describe('a request', () => {
  test('is read as it was written', async () => {
    const value = await request(testLeaves(30), 7)
    expect(parseAddCheckpoint(formatAddCheckpoint(value))).toEqual({ ok: true, value })
  })

  test.each([
    ['no old size', 'new 1\n\nx'],
    ['a zero before the size', 'old 01\n\nx'],
    ['a size of 2^64', 'old 18446744073709551616\n\nx'],
    ['a line that is no hash', 'old 1\nAAAA\n\nx'],
    ['64 lines', `old 1\n${`${'A'.repeat(43)}=\n`.repeat(64)}\nx`],
    ['no checkpoint', 'old 1\n'],
  ])('with %s is refused', (_, text) => {
    expect(parseAddCheckpoint(textToBytes(text))).toMatchObject({ refusal: { code: 'WITNESS_REQUEST_MALFORMED' } })
  })
})
