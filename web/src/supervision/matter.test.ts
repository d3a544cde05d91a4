import { describe, expect, test } from 'vitest'
import { concerns, inOrder, isOpen, type Matter, recalledBefore, waitsForUs } from './matter.ts'

const kept = (kind: string, says: object, at = '2026-11-26T10:00:00Z') =>
  ({ kind, id: `${kind} ${at}`, version: 1, at, says }) as unknown as Matter
const [ours, theirs] = ['aa'.repeat(32), 'bb'.repeat(32)]
const words = (...by: string[]) => by.map((one) => ({ by: one, at: '', outcome: null, text: '' }))

describe('what waits for somebody here', () => {
  test.each([
    ['a recall of theirs without an answer', 'recall-notice', { answer: null }, true],
    ['one that was answered', 'recall-notice', { answer: {} }, false],
    ['their question of use', 'use-consent', { direction: 'in', state: 'asked' }, true],
    ['our own question', 'use-consent', { direction: 'out', state: 'asked' }, false],
    ['a dispute of theirs', 'dispute', { direction: 'in', state: 'open', words: words('them') }, true],
    [
      'one on which we have spoken last',
      'dispute',
      { direction: 'in', state: 'open', words: words('them', 'us') },
      false,
    ],
    ['a dispute of our own', 'dispute', { direction: 'out', state: 'open', words: words('us') }, false],
    ['their wish that something be erased', 'erase-request', { direction: 'in', answer: null }, true],
    ['a breach of which no authority knows', 'incident', { notifiedAt: null, told: [] }, true],
    ['a partner that is suspended', 'suspension', { lifted: null }, true],
    ['a report of use', 'use-report', {}, false],
    ['a caution', 'caution', { state: 'open' }, false],
  ])('%s', (_, kind, says, waits) => {
    expect(waitsForUs(kept(kind, says))).toBe(waits)
  })
})

test.each([
  ['recall', { parts: [{ answer: {} }, { answer: null }] }, true],
  ['recall', { parts: [{ answer: {} }] }, false],
  ['use-consent', { direction: 'out', state: 'asked' }, true],
  ['use-report', {}, false],
  ['dispute', { direction: 'in', state: 'open', words: words('them', 'us') }, true],
  ['dispute', { direction: 'out', state: 'escalated', words: [] }, true],
  ['dispute', { direction: 'out', state: 'agreed', words: [] }, false],
  ['erase-request', { direction: 'out', answer: null }, true],
  ['incident', { notifiedAt: '2026-11-26T10:00:00Z', told: [{ answer: null }] }, true],
  ['incident', { notifiedAt: '2026-11-26T10:00:00Z', told: [{ answer: {} }] }, false],
  ['caution', { state: 'settled' }, false],
  ['suspension', { lifted: null }, true],
])('%s has not come to its end: %o, %s', (kind, says, open) => {
  expect(isOpen(kept(kind, says))).toBe(open)
})

test.each([
  ['recall', { parts: [{ messages: [ours], recall: theirs }] }],
  ['recall-notice', { messages: [ours], recall: theirs }],
  ['use-consent', { wish: { item: ours }, request: theirs }],
  ['dispute', { about: ours, dispute: theirs }],
  ['erase-request', { extent: 'messages', messages: [ours], request: theirs }],
])('%s concerns the message that it is about, the one that told of it, and no other', (kind, says) => {
  const about = (digest: string | null) => concerns(kept(kind, says), { id: 'm', digest, exchange: null })
  expect([about(ours), about(theirs), about('cc'.repeat(32)), about(null)]).toEqual([true, true, false, false])
})

test('a wish to erase a whole exchange concerns each of its messages, and a caution only the record that it names', () => {
  const message = { id: 'm', digest: ours, exchange: theirs }
  const erase = kept('erase-request', {
    extent: 'exchange',
    exchange: theirs,
    exchanges: [],
    messages: [],
    request: '',
  })
  expect(concerns(erase, message)).toBe(true)
  expect(concerns(erase, { ...message, exchange: ours })).toBe(false)
  const caution = (about: object) => concerns(kept('caution', { about, state: 'open' }), message)
  expect([caution({ kind: 'message', id: 'm' }), caution({ kind: 'request', id: 'm' })]).toEqual([true, false])
})

test('what waits for us stands first, then what is open, then the newest', () => {
  const settled = kept('caution', { state: 'settled' }, '2026-11-26T12:00:00Z')
  const open = kept('caution', { state: 'open' }, '2026-11-26T09:00:00Z')
  const older = kept('recall-notice', { answer: null }, '2026-11-26T08:00:00Z')
  const newer = kept('recall-notice', { answer: null }, '2026-11-26T11:00:00Z')
  expect(inOrder([settled, open, older, newer])).toEqual([newer, older, open, settled])
})

test('what was recalled once is known', () => {
  expect([...recalledBefore([kept('recall', { parts: [{ messages: [ours, theirs] }] }), kept('caution', {})])]).toEqual(
    [ours, theirs],
  )
})
