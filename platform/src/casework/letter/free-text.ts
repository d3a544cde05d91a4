/** Text of a person in an edition: its own language always says which one it is, and a translation says who made it. */

import { stop } from '../../kernel/index.ts'
import { type Language, primarySubtag } from './languages.ts'
import { languageName, wordsFor } from './letter-words.ts'
import type { Paragraph, PrintedValue } from './model.ts'
import type { FreeText } from './request.ts'
import { filledParagraph, identifiersIn, paragraphOf, plainRuns, proseParagraphs, wordsParagraph } from './runs.ts'

/** Languages whose originals another edition prints; `all` in a second edition, since the first prints every original. */
export type PrintedElsewhere = readonly Language[] | 'all'

/**
 * The text in the edition's language where it was written in it; else its translation, marked, followed by the original;
 * else the original, marked as not translated. An original that another edition of the document prints is not repeated
 * under its translation.
 */
export function printFreeText(
  { language, text, translations }: FreeText,
  edition: Language,
  printedElsewhere: PrintedElsewhere,
  place: string,
): PrintedValue {
  const original = proseParagraphs(text, language, place)
  if (primarySubtag(language) === edition) return { kind: 'paragraphs', paragraphs: original }
  const from = languageName(language, edition)
  // Of two translations into the language a person's comes before a machine's, whatever their order.
  const fitting = translations.filter((one) => primarySubtag(one.language) === edition)
  const chosen = fitting.find(({ by }) => by === 'human') ?? fitting[0]
  if (!chosen)
    return {
      kind: 'paragraphs',
      paragraphs: [
        wordsParagraph(wordsFor('notTranslated', edition, { language: from }), edition, 'mark'),
        ...original,
      ],
    }
  sameIdentifiers(text, chosen.text, place)
  const key = chosen.by === 'human' ? 'humanTranslation' : 'machineTranslation'
  const besides = printedElsewhere === 'all' || printedElsewhere.some((other) => other === primarySubtag(language))
  return {
    kind: 'paragraphs',
    paragraphs: [
      markLine(wordsFor(key, edition, { language: from }), chosen.translator, edition, place),
      ...proseParagraphs(chosen.text, chosen.language, place),
      ...(besides ? [] : [wordsParagraph(wordsFor('original', edition), edition, 'mark'), ...original]),
    ],
  }
}

/** A translation that changes, drops or adds an address or a hash would send the reader after another one. */
function sameIdentifiers(original: string, translated: string, place: string): void {
  const [before, after] = [identifiersIn(original), identifiersIn(translated)]
  const odd = [...before.filter((one) => !after.includes(one)), ...after.filter((one) => !before.includes(one))][0]
  if (odd !== undefined)
    stop(
      'LETTER_TRANSLATION_DIFFERS',
      `${place}: ${odd} stands in the original or in its translation, but not in both.`,
      {
        place,
      },
    )
}

function markLine(mark: string, translator: string | null, edition: Language, place: string): Paragraph {
  const line = wordsParagraph(translator === null ? mark : `${mark} · `, edition, 'mark')
  if (translator === null) return line
  const named = filledParagraph(wordsFor('translator', edition), plainRuns(translator, place), edition, 'mark')
  return paragraphOf([...line.runs, ...named.runs], edition)
}
