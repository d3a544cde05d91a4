/**
 * Sentences that the core and the packs say in English, in the language of the user. A phrase is found by its English text, with
 * `{0}`, `{1}` … where values stand, and `# hours` for a number of them; what no phrase is known for stays English, and is marked as such.
 */
import { type LanguageId, languages, localeOf } from '../language/languages.ts'

export type Phrasebook = (english: string) => string | null

type Entries = Readonly<Record<string, string>>

export function phrasebook(entries: Entries, language: LanguageId): Phrasebook {
  const patterns = Object.entries(entries)
    .filter(([english]) => PLACE.test(english))
    // The more is said for certain, the earlier it is tried.
    .sort(([a], [b]) => certain(b) - certain(a))
    .map(([english, here]) => ({ pattern: patternOf(english), here }))
  const dated = datesIn(language)
  const comma = COMMAS[language] ?? ', '
  const find = (english: string): string | null => {
    const same = entries[english]
    if (same !== undefined) return same
    const fitting = patterns.flatMap(({ pattern, here }) => {
      const found = pattern.exec(english)
      return found ? [{ here, values: found.slice(1) }] : []
    })
    // A value does not go on into the next sentence, as long as it can be read in another way.
    const best = fitting.find(({ values }) => !values.some((value) => /[.?] [A-Z]/.test(value))) ?? fitting[0]
    return best ? best.here.replace(PLACES, (_, place: string) => said(best.values[Number(place)] ?? '')) : null
  }
  /** What is put into a phrase may be one itself, or a day, a number of something, a list of words. */
  const said = (value: string): string => {
    if (!value.includes(' ')) return entries[value] ?? value
    return whole(value) ?? listed(value) ?? value
  }
  const listed = (value: string): string | null => {
    const parts = value.split(', ')
    return parts.some((part) => entries[part] !== undefined)
      ? parts.map((part) => entries[part] ?? part).join(comma)
      : null
  }
  const whole: Phrasebook = (english) =>
    find(english) ??
    counted(english, entries) ??
    dated(english) ??
    withRemark(english, find) ??
    inParts(english, (part) => find(part) ?? counted(part, entries) ?? dated(part))
  return whole
}

const PLACE = /\{\d+\}/
const PLACES = /\{(\d+)\}/g
const COMMAS: Partial<Record<LanguageId, string>> = { ar: '، ', zh: '、' }

/** Most sentences are followed by particulars in brackets, which are names, times and numbers. */
function withRemark(english: string, find: Phrasebook): string | null {
  const [, sentence, remark] = /^(.*?)( \([^()]*\))$/s.exec(english) ?? []
  const here = sentence === undefined ? null : find(sentence)
  return here === null ? null : `${here}${remark}`
}

/** A number of something, as `# hours` is known. */
function counted(english: string, entries: Entries): string | null {
  const [, count, what] = /^(\d+) (.+)$/s.exec(english) ?? []
  return count === undefined ? null : (entries[`# ${what}`]?.replace('#', count) ?? null)
}

/** A duty and its time, as `preserve the data: 90 calendar days`, or an event and its day with a full stop; both must be known. */
function inParts(english: string, part: Phrasebook): string | null {
  for (let at = english.indexOf(': '); at >= 0; at = english.indexOf(': ', at + 1)) {
    const what = part(english.slice(0, at))
    const after = english.slice(at + 2)
    const when = what === null ? null : (part(after) ?? stopped(part(after.replace(/\.$/, ''))))
    if (when !== null) return `${what}: ${when}`
  }
  return null
}

function stopped(said: string | null): string | null {
  return said === null ? null : `${said}.`
}

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December'.split('|')
const DAY = new RegExp(
  `^[MTWFS][a-z]+day (\\d{1,2}) (${MONTHS.join('|')}) (\\d{4})((?: \\d\\d:\\d\\d(?::\\d\\d)?)?(?: \\([^()]+\\))?)$`,
)

/** A day as the rules of law write it, `Thursday 26 November 2026 10:30 (Europe/Amsterdam)`; hour and zone are said alike everywhere. */
function datesIn(language: LanguageId): Phrasebook {
  const spoken = languages.find(({ id }) => id === language) ?? languages[0]
  const written = new Intl.DateTimeFormat(localeOf(spoken), {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC', calendar: 'gregory' },
  })
  return (english) => {
    const [, day, month, year, clock] = DAY.exec(english) ?? []
    if (day === undefined) return null
    return `${written.format(Date.UTC(Number(year), MONTHS.indexOf(month ?? ''), Number(day)))}${clock}`
  }
}

const certain = (english: string) => english.replace(PLACES, '').length

/** The places of a template may stand in any order in a translation, but come in order in English. */
function patternOf(english: string): RegExp {
  const parts = english.split(/\{\d+\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.+?)')}$`, 's')
}
