/** A request as a letter in one language or two: what is printed, in which order, with which marks. */
import { catchRefusal, type Result, sha256Text, stop } from '../../kernel/index.ts'
import { checkBox } from './check-box.ts'
import { hashableText } from './hashable.ts'
import { labelParagraph } from './labels.ts'
import { directionOf, type Language } from './languages.ts'
import { approvalsSection, orderedSections } from './letter-sections.ts'
import { wordsFor } from './letter-words.ts'
import type { Edition, LetterModel, Paragraph } from './model.ts'
import { type Printing, textsOf } from './print-value.ts'
import { machineText } from './printable-text.ts'
import type { LetterLabels, LetterRequest } from './request.ts'
import { filledParagraph, piecesOf, plainRuns, textOf, wordsParagraph } from './runs.ts'

const attachmentName = 'request.json'

/** The letter in one language. */
export function letterDocument(request: LetterRequest, labels: LetterLabels, language: Language): Result<LetterModel> {
  return catchRefusal(() => modelOf(request, labels, [language], 'one'))
}

/** The letter in the languages of both sides: one after another, or beside each other section by section. */
export function twoLanguageLetter(
  request: LetterRequest,
  labels: LetterLabels,
  languages: readonly [Language, Language],
  layout: 'after' | 'beside',
): Result<LetterModel> {
  return catchRefusal(() => {
    if (languages[0] === languages[1])
      stop('LETTER_LANGUAGE_TWICE', `Both languages of the letter are ${languages[0]}.`)
    return modelOf(request, labels, languages, layout)
  })
}

function modelOf(
  request: LetterRequest,
  labels: LetterLabels,
  languages: readonly Language[],
  layout: LetterModel['layout'],
): LetterModel {
  const first = languages[0] ?? 'en'
  const text = hashableText(request.record)
  const digest = piecesOf(sha256Text(text))
  if (request.state === 'approved' && request.approvals.length === 0)
    stop('LETTER_APPROVED_BY_NOBODY', `Request ${request.id} is called approved, and nobody approved it.`)
  const held = textsOf(request.record)
  // The identifier and the instrument stand on every page: they too must be those of the record.
  if (!held.has(request.id))
    stop(
      'LETTER_VALUE_NOT_IN_RECORD',
      `The attached request does not hold its own identifier ${request.id.slice(0, 90)}.`,
    )
  return {
    kind: 'letter',
    identifier: machineText(request.id, 'id'),
    digest,
    title: `${textOf(labelParagraph(labels, request.type, first))} ${request.id}`,
    date: request.issued.instant,
    layout,
    editions: languages.map((language, index) =>
      editionOf(request, { labels, language, printedElsewhere: index === 0 ? languages.slice(1) : 'all', held }),
    ),
    attachment: {
      name: attachmentName,
      mediaType: 'application/json',
      description: wordsFor('identifier', first),
      text,
    },
  }
}

function editionOf(request: LetterRequest, printing: Printing): Edition {
  const { labels, language } = printing
  const sections = [...orderedSections(request, printing), approvalsSection(request, printing)]
  return {
    language,
    direction: directionOf(language),
    title: labelParagraph(labels, request.type, language),
    subtitle: request.instrument === null ? null : labelParagraph(labels, request.instrument, language),
    banners: [
      ...(request.training ? [wordsParagraph(wordsFor('training', language), language)] : []),
      ...(request.state === 'approved' ? [] : [wordsParagraph(wordsFor('draft', language), language)]),
    ],
    identifierLabel: wordsFor('identifier', language),
    digestLabel: wordsFor('digest', language),
    colon: wordsFor('colon', language),
    page: wordsFor('page', language),
    box: checkBox(language, attachmentName),
    sections,
    closing: [wordsParagraph(wordsFor('generated', language), language), closingLabels(labels, language)],
  }
}

function closingLabels({ official, source }: LetterLabels, language: Language): Paragraph {
  const words = wordsFor(official ? 'labels.official' : 'labels.working', language)
  return filledParagraph(words, plainRuns(source, 'labels'), language, 'words')
}
