/** Words of codes, from the labels that came in. A code without words is printed as the code, and says so. */
import type { Language } from './languages.ts'
import { directionOf } from './languages.ts'
import { wordsFor } from './letter-words.ts'
import type { Paragraph, Run } from './model.ts'
import type { CodeRef, LetterLabels } from './request.ts'
import { codeRun, machineRun, paragraphOf, plainRuns } from './runs.ts'

export function labelOf(labels: LetterLabels, { list, code }: CodeRef, language: Language): string | null {
  return ofOwn(ofOwn(labels.lists, list), code)?.[language] ?? null
}

/** A heading or label of the form. */
export function labelParagraph(labels: LetterLabels, ref: CodeRef, language: Language): Paragraph {
  return paragraphOf(wordRuns(labels, ref, language), language)
}

/** The value of a coded field: its words, and the code itself, which every language shares. */
export function codeParagraph(labels: LetterLabels, ref: CodeRef, language: Language): Paragraph {
  const place = `${ref.list}/${ref.code}`
  if (labelOf(labels, ref, language) === null) return paragraphOf(wordRuns(labels, ref, language), language)
  const direction = directionOf(language)
  return paragraphOf(
    [...wordRuns(labels, ref, language), { as: 'words', text: ' ', direction }, codeRun(ref.code, place)],
    language,
  )
}

function wordRuns(labels: LetterLabels, ref: CodeRef, language: Language): Run[] {
  const direction = directionOf(language)
  const place = `${ref.list}/${ref.code}`
  const words = labelOf(labels, ref, language)
  if (words !== null) return plainRuns(words, `label ${place}`)
  return [machineRun(ref.code, place), { as: 'mark', text: ` (${wordsFor('noLabel', language)})`, direction }]
}

/** Keys come from outside: only members that stand in the table count, not what every object inherits. */
function ofOwn<T>(table: { readonly [key: string]: T } | undefined, key: string): T | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined
}
