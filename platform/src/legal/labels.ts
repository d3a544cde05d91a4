/** Names of codes, fields and sections in the languages in which forms are written. */
import { ok, type Result, refuse } from '../kernel/index.ts'
import { type Language, languages } from './pack.ts'
import type { LegalPacks } from './packs.ts'

export type Labels = Readonly<Record<Language, string>>

/** A code of packs/grounds.yaml (`NE_BIS`) or a key (`field.facts`, `country.NL`) in one language. */
export function label(packs: LegalPacks, code: string, language: Language): Result<string> {
  const all = labelsOf(packs, code)
  return all.ok ? ok(all.value[language]) : all
}

export function labelsOf(packs: LegalPacks, code: string): Result<Labels> {
  const key = code.includes('.') ? code : `code.${code}`
  for (const pack of packs.labels) {
    const found = pack.labels[key]
    if (found === undefined) continue
    const missing = languages.filter((language) => found[language] === undefined)
    // A form in which some words are missing would be sent to a court half translated.
    if (missing.length === 0) return ok(found as Labels)
  }
  return refuse('LABEL_UNKNOWN', `There is no name for "${code}" in all of ${languages.join(', ')}.`, {
    place: key,
    fix: 'Add it to packs/labels.',
  })
}
