/** Two agencies compare what they watch, with the real function: everything in common is found, and nothing else is shown. */
import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadVoprf, type Voprf } from '../../kernel/crypto/index.ts'
import { batchesOf, type Item, inputOf, matchesOf, type Question, tagOf, tagsToPublish } from './index.ts'

const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
const itemsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `bip122:000000000019d6689c085ae165831e93|address${from + at}` as Item)
const at = { epoch: 1, day: 20_000 }

let voprf: Voprf
beforeAll(async () => {
  voprf = await loadVoprf()
})

/** What goes over the line of one batch, and what the asking side makes of the answer. */
function asked(batch: readonly Question[], key: ReturnType<Voprf['newKey']>) {
  const blinded = batch.map(({ input }) => voprf.blind(input))
  const question = blinded.map(({ element }) => element)
  const answer = voprf.evaluate(key, question)
  if (!answer.ok) throw new Error(answer.refusal.message)
  const outputs = voprf.finalize(key.publicKey, blinded, answer.value)
  if (!outputs.ok) throw new Error(outputs.refusal.message)
  return { question, answer: answer.value, outputs: outputs.value }
}

describe('a comparison', () => {
  test('finds all that both watch, and only that', () => {
    const key = voprf.newKey()
    const theirs = itemsOf(0, 300)
    const set = tagsToPublish(
      null,
      theirs.map((item) => tagOf(voprf.compute(key, inputOf(item)))),
      at,
      random,
    )
    const found = batchesOf(itemsOf(200, 400), random).flatMap((batch) =>
      matchesOf(batch, asked(batch, key).outputs, set).map(({ item }) => item),
    )
    expect(found.sort()).toEqual(itemsOf(200, 300).sort())
  })

  test('looks the same to who answers, however many items were asked, and no point comes twice', () => {
    const key = voprf.newKey()
    const seen = new Set<string>()
    for (const count of [0, 1, 64, 128]) {
      const [batch] = batchesOf(itemsOf(0, count), random)
      const { question, answer } = asked(batch ?? [], key)
      expect([question.length, answer.elements.length, answer.proof.length]).toEqual([128, 128, 64])
      for (const element of question) seen.add(Buffer.from(element).toString('hex'))
    }
    expect(seen.size).toBe(4 * 128)
  })

  test('with the key of another epoch finds nothing', () => {
    const [old, key] = [voprf.newKey(), voprf.newKey()]
    const items = itemsOf(0, 10)
    const tags = items.map((item) => tagOf(voprf.compute(old, inputOf(item))))
    const [batch] = batchesOf(items, random)
    expect(matchesOf(batch ?? [], asked(batch ?? [], key).outputs, tagsToPublish(null, tags, at, random))).toEqual([])
  })
})
