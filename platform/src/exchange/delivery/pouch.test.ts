import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Answer } from './ports.ts'
import { ASKED_AGAIN_MS, openPosting } from './posting.ts'
import { MAX_POUCH_MESSAGES, readPouch, readPouchAnswers, writePouch, writePouchAnswers } from './pouch.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (some: Uint8Array) => new TextDecoder().decode(some)
const json = fc.oneof(
  fc.json(),
  fc.json().map((one) => JSON.stringify(JSON.parse(one), null, 2)),
)

test('a pouch gives back the very bytes of each message, however its JSON is written', () => {
  fc.assert(
    fc.property(fc.array(json, { minLength: 1, maxLength: MAX_POUCH_MESSAGES }), (messages) => {
      const read = readPouch(writePouch(messages.map(bytes)))
      expect(read.ok && read.value.map(text)).toEqual(messages)
    }),
  )
})

test('a pouch that was cut anywhere is none, or holds whole messages only', () => {
  const whole = writePouch([bytes('{"a":1}'), bytes('{"b":2}')])
  for (let end = 0; end < whole.length; end++) {
    const read = readPouch(whole.slice(0, end))
    if (read.ok) expect(['{"a":1}', '{"b":2}']).toEqual(expect.arrayContaining(read.value.map(text)))
  }
  expect(readPouch(whole.slice(1))).toMatchObject({ ok: false, refusal: { code: 'EXCHANGE_POUCH' } })
})

test('the answers are read as so many as were asked for, or not at all', () => {
  const answers = [
    { status: 200, body: bytes('a receipt') },
    { status: 202, body: bytes('') },
  ]
  const written = writePouchAnswers(answers)
  expect(readPouchAnswers(written, 2)?.map(({ status, body }) => [status, text(body)])).toEqual([
    [200, 'a receipt'],
    [202, ''],
  ])
  expect(readPouchAnswers(written, 1)).toBeNull()
  expect(readPouchAnswers(written, 3)).toBeNull()
  for (const wrong of ['{"status":"200","body":""}', '{"status":200}', '{"status":200,"body":"?"}', 'null', '<html>'])
    expect(readPouchAnswers(writePouch([bytes(wrong)]), 1)).toBeNull()
})

/** A partner, and what was sent to it: alone as it is, in a pouch joined. */
function partner(takes = true) {
  const sent: string[] = []
  let now = 0
  const answerTo = (one: Uint8Array): Answer => ({ kind: 'receipt', bytes: bytes(`re ${text(one).slice(0, 5)}`) })
  const post = openPosting({
    now: () => now,
    post: async (_, one) => {
      sent.push(text(one))
      return answerTo(one)
    },
    postPouch: async (_, messages) => {
      sent.push(messages.map(text).join('+'))
      return takes ? messages.map(answerTo) : null
    },
    gather: () => new Promise((resolve) => setImmediate(resolve)),
  })
  return { sent, post: (one: string) => post('peer', bytes(one)), pass: (ms: number) => (now += ms) }
}

const saidBy = (answers: readonly Answer[]) =>
  answers.map((one) => (one.kind === 'receipt' ? text(one.bytes) : one.kind))

test('what is due together goes together, each with its own answer; who comes alone, and who is large, goes alone', async () => {
  const { sent, post } = partner()
  expect(saidBy([await post('one')])).toEqual(['re one'])
  const large = 'L'.repeat(40_000)
  expect(saidBy(await Promise.all(['two', large, 'three', 'four'].map(post)))).toEqual([
    ...['re two', 're LLLLL', 're three', 're four'],
  ])
  expect(sent).toEqual(['one', large, 'two+three+four'])
})

test('no pouch holds more than one may, in messages or in bytes', async () => {
  const { sent, post } = partner()
  await Promise.all(Array.from({ length: 80 }, (_, n) => post(`${n}`)))
  expect(sent.map((one) => one.split('+').length)).toEqual([32, 32, 16])
  sent.length = 0
  await Promise.all(Array.from({ length: 6 }, () => post('m'.repeat(30_000))))
  expect(sent.map((one) => one.split('+').length)).toEqual([4, 2])
})

test('a partner that takes no pouches gets each message alone, and is asked again after a while', async () => {
  const { sent, post, pass } = partner(false)
  expect(saidBy(await Promise.all(['a', 'b'].map(post)))).toEqual(['re a', 're b'])
  await Promise.all(['c', 'd'].map(post))
  expect(sent).toEqual(['a+b', 'a', 'b', 'c', 'd'])
  pass(ASKED_AGAIN_MS)
  await Promise.all(['e', 'f'].map(post))
  expect(sent.slice(5)).toEqual(['e+f', 'e', 'f'])
})
