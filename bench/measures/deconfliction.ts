/**
 * Comparing with a partner without showing what is compared, in batches as nodes ask them, on one core. The physical limit is the
 * multiplication of libsodium, counted in the same run, times how many of them an element costs. The peer is what agencies do today
 * without any of it: to exchange SHA-256 of addresses and compare, which whoever has the hashes can undo by listing the addresses.
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  BATCH,
  batchesOf,
  type Item,
  inputOf,
  matchesOf,
  tagOf,
} from '../../platform/src/exchange/deconfliction/index.ts'
import { loadVoprf, type Voprf } from '../../platform/src/kernel/crypto/index.ts'
import { loadRistretto255 } from '../../platform/src/kernel/crypto/ristretto255.ts'
import { orStop } from '../../platform/src/kernel/index.ts'
import { floors } from '../floors.ts'
import { type Finding, type Measure, timed } from '../measure.ts'

/** Of so many items a tenth is watched by both. */
const SHARED = 10
const TASK = 'find what two sets have in common'

type Stage = { readonly task: string; readonly multiplications: number; readonly note: string; readonly ms: number }

export const deconfliction: Measure = {
  name: 'deconfliction',
  title: 'Comparing blindly with a partner: elements a second on one core, beside the multiplications that it takes',
  run: async ({ seconds, say }) => {
    const [voprf, group] = [await loadVoprf(), await loadRistretto255()]
    say('multiplications')
    const [scalar, point] = [group.randomScalar(), group.hashToElement(randomBytes(32), Buffer.from('bench'))]
    const multiply = () => group.multiply(scalar, point)
    const perSecond = perSecondOf(multiply, seconds / 4)
    const limit: Finding = {
      ...{ task: 'multiplication', contender: 'libsodium, ristretto255', perSecond, unit: 'multiplications' },
      note: 'the physical limit of what follows',
    }
    say('batches')
    const { stages, elements, found } = compare(voprf, seconds)
    const findings = stages.map(({ task, multiplications, note, ms }): Finding => {
      const rate = (elements / ms) * 1000
      return {
        ...{ task, contender: 'the physical limit', perSecond: rate, unit: 'elements' },
        ratio: rate / (perSecond / multiplications),
        floor: floors.deconfliction.ofLimit,
        note: `${note}; ${multiplications} multiplications each`,
      }
    })
    say('plain hashes')
    const asking = stages.filter(({ task }) => task !== 'own tags' && task !== 'evaluate and prove')
    const whole = (elements / asking.reduce((sum, { ms }) => sum + ms, 0)) * 1000
    const naive = plainly(elements)
    return [
      limit,
      ...findings,
      { task: TASK, contender: 'ours, the asking side', perSecond: whole, unit: 'elements', answer: `${found}` },
      {
        ...{ task: TASK, contender: 'SHA-256 of addresses', perSecond: naive.perSecond, unit: 'elements' },
        ...{ ratio: whole / naive.perSecond, answer: `${naive.found}` },
        note: 'gives every address away to whoever tries them all',
      },
    ]
  },
}

const itemAt = (at: number) => `bip122:000000000019d6689c085ae165831e93|address${at}` as Item

/** Whole batches, one after the other, for about as long as was asked for. */
function compare(voprf: Voprf, seconds: number) {
  const key = voprf.newKey()
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
  const ms = { own: 0, blind: 0, evaluate: 0, finalize: 0 }
  let [elements, found] = [0, 0]
  const end = performance.now() + seconds * 1000
  // The first meets code that is not compiled well yet, and is not counted.
  for (let at = -1; at < 0 || performance.now() < end; at++) {
    const from = Math.max(0, at) * BATCH
    const [batch = []] = batchesOf(
      Array.from({ length: BATCH }, (_, n) => itemAt(from + n)),
      random,
    )
    const watched = batch.map(({ item, input }) => (isShared(item) ? input : inputOf(itemAt(-1 - from))))
    const own = timed(() => watched.map((input) => tagOf(voprf.compute(key, input))))
    const blinded = timed(() => batch.map(({ input }) => voprf.blind(input)))
    const answer = timed(() =>
      orStop(
        voprf.evaluate(
          key,
          blinded.value.map(({ element }) => element),
        ),
      ),
    )
    const outputs = timed(() => orStop(voprf.finalize(key.publicKey, blinded.value, answer.value)))
    const matches = matchesOf(batch, outputs.value, { epoch: 1, day: 0, tags: own.value })
    if (at < 0) continue
    elements += BATCH
    found += matches.length
    ms.own += own.ms
    ms.blind += blinded.ms
    ms.evaluate += answer.ms
    ms.finalize += outputs.ms
  }
  const stages: readonly Stage[] = [
    { task: 'own tags', multiplications: 1, note: 'who publishes', ms: ms.own },
    { task: 'blind', multiplications: 1, note: 'who asks', ms: ms.blind },
    { task: 'evaluate and prove', multiplications: 2, note: 'who answers', ms: ms.evaluate },
    { task: 'verify and finalize', multiplications: 3, note: 'who asks', ms: ms.finalize },
  ]
  return { stages, elements, found }
}

function isShared(item: Item | null): boolean {
  return item !== null && Number(item.split('address')[1]) % SHARED === 0
}

/** The same sets, by hashes that anybody can make. */
function plainly(elements: number): { readonly perSecond: number; readonly found: number } {
  const hashOf = (item: Item) => createHash('sha256').update(item).digest('hex')
  const items = Array.from({ length: elements }, (_, at) => itemAt(at))
  const theirs = new Set(items.filter(isShared).map(hashOf))
  const done = timed(() => items.filter((item) => theirs.has(hashOf(item))).length)
  return { perSecond: (elements / done.ms) * 1000, found: done.value }
}

function perSecondOf(once: () => unknown, seconds: number): number {
  for (let at = 0; at < 200; at++) once()
  let done = 0
  const begun = performance.now()
  while (performance.now() - begun < seconds * 1000) {
    for (let at = 0; at < 100; at++) once()
    done += 100
  }
  return (done / (performance.now() - begun)) * 1000
}
