/**
 * Sentences that the core and the packs say in English, in the language of the user. A phrase is found by its English text, with
 * `{0}`, `{1}` … where values stand, and `# hours` for a number of them; what no phrase is known for stays English, and is marked as such.
 */
export type Phrasebook = (english: string) => string | null

export function phrasebook(entries: Readonly<Record<string, string>>): Phrasebook {
  const patterns = Object.entries(entries)
    .filter(([english]) => PLACE.test(english))
    // The more is said for certain, the earlier it is tried.
    .sort(([a], [b]) => certain(b) - certain(a))
    .map(([english, here]) => ({ pattern: patternOf(english), here }))
  const find = (english: string): string | null => {
    const same = entries[english]
    if (same !== undefined) return same
    for (const { pattern, here } of patterns) {
      const found = pattern.exec(english)
      if (found) return here.replace(PLACES, (_, place: string) => said(found[Number(place) + 1] ?? ''))
    }
    return null
  }
  /** What is put into a phrase may be one itself. */
  const said = (value: string) => (value.includes(' ') ? (find(value) ?? counted(value, entries) ?? value) : value)
  return (english) =>
    find(english) ?? counted(english, entries) ?? withRemark(english, find) ?? inParts(english, find, entries)
}

const PLACE = /\{\d+\}/
const PLACES = /\{(\d+)\}/g

/** Most sentences are followed by particulars in brackets, which are names, times and numbers. */
function withRemark(english: string, find: Phrasebook): string | null {
  const [, sentence, remark] = /^(.*?)( \([^()]*\))$/s.exec(english) ?? []
  const here = sentence === undefined ? null : find(sentence)
  return here === null ? null : `${here}${remark}`
}

/** A number of something, as `# hours` is known. */
function counted(english: string, entries: Readonly<Record<string, string>>): string | null {
  const [, count, what] = /^(\d+) (.+)$/s.exec(english) ?? []
  return count === undefined ? null : (entries[`# ${what}`]?.replace('#', count) ?? null)
}

/** A duty and its time, as `preserve the data: 90 calendar days`; both must be known. */
function inParts(english: string, find: Phrasebook, entries: Readonly<Record<string, string>>): string | null {
  const at = english.lastIndexOf(': ')
  if (at < 0) return null
  const [before, after] = [english.slice(0, at), english.slice(at + 2)]
  const [what, when] = [find(before), find(after) ?? counted(after, entries)]
  return what === null || when === null ? null : `${what}: ${when}`
}

const certain = (english: string) => english.replace(PLACES, '').length

/** The places of a template may stand in any order in a translation, but come in order in English. */
function patternOf(english: string): RegExp {
  const parts = english.split(/\{\d+\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.+?)')}$`, 's')
}
