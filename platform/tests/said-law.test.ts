/** What the rules of law really say, of every period and every way between countries, in every language: no English word is left. */
import { expect, test } from 'vitest'
import { phrasesIn } from '../../scripts/phrases.ts'
import { languages } from '../../web/src/shared/language/languages.ts'
import { phrasebook } from '../../web/src/shared/phrases/phrasebook.ts'
import { orStop } from '../src/kernel/index.ts'
import { computeDeadline } from '../src/legal/deadline.ts'
import { needs } from '../src/legal/pack.ts'
import { routes } from '../src/legal/routes.ts'
import { holidayCalendars, packFolder, readPacks } from '../src/legal/sources/index.ts'

const packs = orStop(readPacks(orStop(packFolder())))
const calendars = holidayCalendars(packs.jurisdictions)

/** A period that ends on a working day, on one that is none, and one that was extended and stood still. */
const events = ['2026-11-26T10:30:00+01:00', '2026-11-27T10:30:00+01:00', '2026-12-22T23:10:05+01:00']

function saidOfPeriods(): readonly string[] {
  const found: string[] = []
  for (const rule of packs.instruments.flatMap(({ deadlines }) => deadlines))
    for (const at of events)
      for (const side of ['ours', 'theirs'] as const)
        for (const more of [{}, { extendedAt: at }, { suspended: [{ from: at, to: at }] }]) {
          const facts = { zone: 'Europe/Amsterdam', jurisdiction: 'NL', side, urgency: rule.urgency?.[0] ?? null }
          const computed = computeDeadline(rule, { ...facts, times: { [rule.trigger]: at }, ...more }, calendars)
          if (!computed.ok) continue
          const { steps, reminders, caveats } = computed.value
          found.push(...steps.map(({ text }) => text), ...reminders.map(({ why }) => why), ...caveats)
        }
  return found
}

function saidOfRoutes(): readonly string[] {
  const found: string[] = []
  const pairs = [
    ['NL', 'DE'],
    ['NL', 'US'],
    ['DE', 'IE'],
    ['US', 'AE'],
    ['FR', 'GB'],
    ['NG', 'SG'],
  ] as const
  for (const [from, to] of pairs)
    for (const need of needs)
      for (const [issuer, urgency, maxPenaltyMonths] of [
        [null, null, null],
        ['police', 'LIFE_SAFETY', 2],
        ['judge', 'IMMINENT_DISSIPATION', 72],
      ] as const) {
        const asked = routes(packs, { from, to, need, offence: 'ransomware', issuer, urgency, maxPenaltyMonths })
        if (!asked.ok) continue
        for (const one of [...asked.value.routes, ...asked.value.meanwhile, ...asked.value.closed])
          found.push(
            ...[...one.reasons, ...one.obstacles, ...one.useConditions, ...one.dualCriminality.reasons].map(
              ({ text }) => text,
            ),
            ...one.deadlines.map(({ text }) => text),
            ...one.open,
          )
      }
  return found
}

const said = [...new Set([...saidOfPeriods(), ...saidOfRoutes()])]

test('there is enough to look at', () => expect(said.length).toBeGreaterThan(500))

test.each(languages.map(({ id }) => id).filter((id) => id !== 'en'))('in %s', (language) => {
  const book = phrasebook(phrasesIn('law', language), language)
  expect(said.filter((text) => book(text) === null)).toEqual([])
  expect(said.map((text) => book(text) ?? '').filter((text) => ENGLISH.test(withoutNames(text)))).toEqual([])
})

/** Names of instruments, lists and articles stay as they are. */
const names = [
  ...packs.instruments.flatMap(({ short, deadlines }) => [short, ...deadlines.map(({ article }) => article)]),
  ...packs.offences.flatMap(({ lists }) => lists.flatMap(({ name }) => [name, ...name.split(', ')])),
  'Office of the Law Revision Counsel',
].sort((a, b) => b.length - a.length)

const withoutNames = (text: string) => names.reduce((left, name) => left.replaceAll(name, ''), text)

/** Words of English that none of the other languages has. */
const ENGLISH =
  /\b(?:the|which|days|hours?|months|weeks|is|may|by|with|not|and|of|[A-Z][a-z]+day|secondary|unverified)\b/
