/** What came on paper, as the node takes it. */
import { expect, it } from 'vitest'
import { contentOfTyped, instantOf, type Letter, letterIn, nothingTyped, senderIn } from './received.ts'

const here = { name: 'Prosecutor', country: 'NL', timeZone: 'Europe/Amsterdam' }

it('what was typed is asked of this agency, by its clock', () => {
  const typed = { ...nothingTyped, measure: 'PRESERVE', language: 'fr', facts: ' What happened. ' }
  expect(contentOfTyped(typed, here)).toMatchObject({
    recipients: [{ authority: 'Prosecutor', country: 'NL', role: 'to' }],
    clock: { country: 'NL', zone: 'Europe/Amsterdam' },
    ...{ facts: 'What happened.', urgency: null, languages: { original: 'fr', theirs: [] } },
  })
})

it('urgency goes with its ground', () => {
  const typed = { ...nothingTyped, urgency: 'DATA_LOSS', ground: ' Logs are kept for a week. ' }
  expect(contentOfTyped(typed, here).urgency).toEqual({ code: 'DATA_LOSS', ground: 'Logs are kept for a week.' })
})

it('a letter is known by its format, and names its sender where its form does', () => {
  const letter = { format: 'comity-request/1', content: { data: { issuingState: 'FR', 'issuer.name': 'Tribunal' } } }
  expect(letterIn(JSON.stringify(letter))).toEqual(letter)
  expect(senderIn(letter as unknown as Letter)).toEqual({ authority: 'Tribunal', country: 'FR' })
  expect(senderIn({ content: { data: { issuingState: 7 } } } as unknown as Letter)).toEqual({
    ...{ authority: '', country: '' },
  })
})

it.each(['', 'null', '{}', '{"format":"comity-request/1"}', '{"format":"other","content":{}}'])(
  '%s is none',
  (text) => {
    expect(letterIn(text)).toBe(null)
  },
)

it('a day and time is taken as UTC, to the second', () => {
  expect(instantOf('2026-11-25T10:00')).toBe('2026-11-25T10:00:00Z')
  expect([instantOf(''), instantOf('soon')]).toEqual([null, null])
})
