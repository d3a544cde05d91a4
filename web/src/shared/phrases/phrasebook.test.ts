/** Phrases: found by their English text with values put in; complete in every language but English. */
import { expect, test } from 'vitest'
import { phrasesIn, phrasesOf, sentencesIn, topics } from '../../../../scripts/phrases.ts'
import { languages } from '../language/languages.ts'
import { phrasebook } from './phrasebook.ts'

const book = phrasebook(
  {
    'The seal is not proven.': 'Das Siegel ist nicht nachgewiesen.',
    'It has {0} bytes.': 'Es hat {0} Bytes.',
    'It has {0} bytes; {1} were put in.': 'Eingelegt wurden {1} Bytes, da sind {0}.',
    '{0} is the letter of {1}.': 'Zu {1} gehört der Brief {0}.',
    'preserve the data': 'die Daten sichern',
    'as soon as possible': 'so bald wie möglich',
    '# calendar days': '# Kalendertage',
    'It ends after {0}.': 'Es endet nach: {0}.',
    'The request was received': 'Das Ersuchen ging ein',
    'Issued by {0}.': 'Ausgestellt von {0}.',
    judge: 'Richter',
  },
  'de',
)

test('a phrase is found by its English text, with the values where the translation has them', () => {
  expect(book('The seal is not proven.')).toBe('Das Siegel ist nicht nachgewiesen.')
  expect(book('It has 12 bytes.')).toBe('Es hat 12 Bytes.')
  expect(book('It has 12 bytes; 13 were put in.')).toBe('Eingelegt wurden 13 Bytes, da sind 12.')
  expect(book('requests/a.pdf is the letter of r.1 (x).')).toBe('Zu r.1 (x) gehört der Brief requests/a.pdf.')
})

test('particulars in brackets after a sentence stay as they are', () => {
  expect(book('The seal is not proven. (Entry 7, 2026-11-26, anna.)')).toBe(
    'Das Siegel ist nicht nachgewiesen. (Entry 7, 2026-11-26, anna.)',
  )
})

test('a duty and its time are two phrases, a time counts, and a phrase may stand inside another', () => {
  expect(book('preserve the data: as soon as possible')).toBe('die Daten sichern: so bald wie möglich')
  expect(book('preserve the data: 90 calendar days')).toBe('die Daten sichern: 90 Kalendertage')
  expect(book('preserve the data: 90 moons')).toBeNull()
  expect(book('It ends after 12 calendar days.')).toBe('Es endet nach: 12 Kalendertage.')
})

test('days, numbers and listed words inside a phrase are said too', () => {
  expect(book('It ends after Thursday 26 November 2026 10:30 (Europe/Amsterdam).')).toBe(
    'Es endet nach: Donnerstag, 26. November 2026 10:30 (Europe/Amsterdam).',
  )
  expect(book('The request was received: Monday 2 November 2026 09:00 (UTC).')).toBe(
    'Das Ersuchen ging ein: Montag, 2. November 2026 09:00 (UTC).',
  )
  expect(book('Issued by judge, notary.')).toBe('Ausgestellt von Richter, notary.')
})

test('what no phrase is known for is said to be unknown, not guessed', () => {
  expect(book('The seal is proven.')).toBeNull()
  expect(book('')).toBeNull()
})

const others = languages.map(({ id }) => id).filter((id) => id !== 'en')

test.each(topics.flatMap((topic) => others.map((language) => [topic, language] as const)))(
  'the phrases of %s are all there in %s, each with its places',
  (topic, language) => {
    const here = phrasesIn(topic, language)
    const english = phrasesOf(topic)
    expect([...english.keys()].filter((key) => !(key in here))).toEqual([])
    expect(Object.keys(here).filter((key) => !english.has(key))).toEqual([])
    const differing = Object.entries(here).filter(([key, text]) => placesOf(text) !== placesOf(english.get(key) ?? ''))
    expect(differing).toEqual([])
  },
)

const placesOf = (text: string) => (text.match(/\{\d+\}|`[^`]*`/g) ?? []).sort().join(' ')

test('sentences are found in sources, with places for what they put in, and without what refusals say', () => {
  const found = sentencesIn('platform/src/evidence/verify/check-requests.ts')
  expect(found).toContain('{0} ({1}) approved request {2} on {3}, by the journal.')
  expect(found).toContain('One person stands twice.')
  expect(sentencesIn('platform/src/evidence/verify/opened-bundle.ts')).not.toContain('Ask for the bundle again.')
})
