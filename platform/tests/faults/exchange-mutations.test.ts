/**
 * Ten thousand messages that were damaged on the way, and ten thousand that their own sender made wrong and signed: each is
 * refused with a code of the catalogue, or is a whole message; none stops the reader, and none keeps it busy.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogue } from '../../../scripts/write-errors.ts'
import { exchangeVectorFolder } from '../../../scripts/write-exchange-vectors.ts'
import { openMessage, openStatement, ownForms, readEnvelope, receiptForm } from '../../src/exchange/wire/index.ts'
import { directory, vienna } from '../../src/exchange/wire/testing/agencies.ts'
import { receiver, signedBytes, type Vector } from '../../src/exchange/wire/testing/vector.ts'
import { byteMutations, randomFrom, textMutations } from './mutations.ts'

const INPUTS = 10_000
/** A message that keeps the reader so many milliseconds busy hangs: most take less than one. Time of the processor, not of the clock. */
const LONGEST = 10_000
const mutations = [...byteMutations, ...textMutations]
const codes = new Set(catalogue.map(({ code }) => code))
const messages = (['types.json', 'envelopes.json'] as const)
  .flatMap((name) => JSON.parse(readFileSync(`${exchangeVectorFolder}good/${name}`, 'utf8')) as readonly Vector[])
  .map(({ bytes = '', gives }) => {
    const envelope = Buffer.from(bytes, 'base64')
    const read = readEnvelope(envelope)
    if (!read.ok) throw new Error(read.refusal.message)
    return { envelope, ...read.value, digest: (gives as { readonly digest: string }).digest }
  })

function opened(bytes: Uint8Array) {
  const from = process.cpuUsage()
  const result = openMessage(bytes, directory, receiver, ownForms)
  const { user, system } = process.cpuUsage(from)
  const took = (user + system) / 1000
  if (!result.ok) expect(codes, result.refusal.code).toContain(result.refusal.code)
  return { result, took }
}

/** One message, damaged once or twice, for each number. */
function* damaged(part: 'envelope' | 'payload') {
  for (let number = 0; number < INPUTS; number++) {
    const random = randomFrom(number)
    const message = messages[number % messages.length] as (typeof messages)[number]
    let bytes = Buffer.from(message[part])
    for (let left = 1 + Math.floor(random() * 2); left > 0; left--) {
      const mutation = mutations[Math.floor(random() * mutations.length)]
      if (mutation && bytes.length > 100) bytes = Buffer.from(mutation.apply(bytes, random))
    }
    yield { number, message, bytes }
  }
}

const slowButOneInAHundred = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0

test('a message that was damaged on the way is refused, or is the same one', () => {
  for (const { envelope } of messages) expect(opened(envelope).result.ok).toBe(true)
  const times: number[] = []
  for (const { number, message, bytes } of damaged('envelope')) {
    const { result, took } = opened(bytes)
    times.push(took)
    if (result.ok) expect(result.value.digest, `damage ${number}`).toBe(message.digest)
  }
  expect(times.length).toBe(INPUTS)
  expect(Math.max(...times)).toBeLessThan(LONGEST)
  console.log(`99 of 100 answered within ${slowButOneInAHundred(times).toFixed(1)} ms`)
})

test('a payload that its own sender made wrong is refused, or is a whole message', () => {
  const times: number[] = []
  let whole = 0
  for (const { number, message, bytes } of damaged('payload')) {
    const sent = signedBytes(bytes, message.payloadType)
    expect(openStatement(receiptForm, sent, directory).ok).toBe(false)
    const { result, took } = opened(sent)
    times.push(took)
    if (!result.ok) continue
    whole += 1
    expect(result.value.header, `damage ${number}`).toMatchObject({ v: 1, from: vienna.agency, to: receiver })
  }
  // A change inside a text makes another message that is whole: without any, all of this would show nothing.
  expect(whole).toBeGreaterThan(INPUTS / 1000)
  expect(Math.max(...times)).toBeLessThan(LONGEST)
  console.log(`99 of 100 answered within ${slowButOneInAHundred(times).toFixed(1)} ms`)
})

test('any JSON that a member signs is refused under every type', () => {
  const types = [...new Set(messages.map(({ payloadType }) => payloadType))]
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(...types), (json, payloadType) => {
      expect(opened(signedBytes(json, payloadType)).result.ok).toBe(false)
    }),
    { numRuns: 2000 },
  )
})
