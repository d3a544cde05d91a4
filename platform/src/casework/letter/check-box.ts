/** How a reader finds out that paper and data are one: in every document with something attached. */
import type { Language } from './languages.ts'
import { type WordKey, wordsFor } from './letter-words.ts'
import type { Edition, Paragraph } from './model.ts'
import { filledParagraph, machineRun, wordsParagraph } from './runs.ts'

export function checkBox(language: Language, file: string): Edition['box'] {
  const around = (key: WordKey, value: string): Paragraph =>
    filledParagraph(wordsFor(key, language), [machineRun(value, 'box')], language, 'words')
  return {
    heading: wordsParagraph(wordsFor('check.heading', language), language),
    lines: [
      around('check.attached', file),
      around('check.compute', `sha256sum ${file}`),
      wordsParagraph(wordsFor('check.compare', language), language),
    ],
  }
}
