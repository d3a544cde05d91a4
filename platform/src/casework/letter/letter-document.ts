/** A request as a letter in one language or two: what is printed, in which order, with which marks. */
import { canonicalJson, catchRefusal, type Result, sha256Text, stop } from '../../kernel/index.ts'
import { codeParagraph, labelParagraph } from './labels.ts'
import { directionOf, type Language } from './languages.ts'
import { wordsFor } from './letter-words.ts'
import type { Edition, LetterModel, Paragraph, PrintedField, PrintedSection } from './model.ts'
import { ownField, type Printing, printTime, printValue, textsOf } from './print-value.ts'
import { machineText } from './printable-text.ts'
import type { LetterField, LetterLabels, LetterRequest, LetterSection } from './request.ts'
import {
  machineRun,
  paragraphOf,
  paragraphsOf,
  piecesOf,
  plainRuns,
  proseRuns,
  textOf,
  wordsParagraph,
} from './runs.ts'

/** The order of the UNODC Mutual Legal Assistance Request Writer; the signature comes last and is written by the letter. */
export const unodcOrder = [
  'requesting-authority',
  'requested-authority',
  'legal-basis',
  'case',
  'facts',
  'offences',
  'assistance',
  'nexus',
  'confidentiality',
  'urgency',
  'procedures',
  'undertakings',
  'enclosures',
] as const

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
  const text = recordText(request)
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
    editions: languages.map((language) =>
      editionOf(request, { labels, language, alongside: languages.filter((other) => other !== language), held }),
    ),
    attachment: {
      name: attachmentName,
      mediaType: 'application/json',
      description: wordsFor('identifier', first),
      text,
    },
  }
}

/** A record that cannot be hashed is a refusal here: it may have come from anywhere. */
function recordText({ record }: LetterRequest): string {
  try {
    return canonicalJson(record)
  } catch (thrown) {
    if (thrown instanceof TypeError)
      return stop('LETTER_RECORD_UNHASHABLE', `The request cannot be hashed: ${thrown.message}.`)
    throw thrown
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
    page: wordsFor('page', language),
    box: checkBox(language, attachmentName),
    sections,
    closing: [wordsParagraph(wordsFor('generated', language), language), closingLabels(labels, language)],
  }
}

/** How a reader finds out that paper and data are one: in all documents with something attached. */
export function checkBox(language: Language, file: string): Edition['box'] {
  return {
    heading: wordsParagraph(wordsFor('check.heading', language), language),
    lines: [
      aroundValue(wordsFor('check.attached', language), '{file}', file, language),
      aroundValue(wordsFor('check.compute', language), '{command}', `sha256sum ${file}`, language),
      wordsParagraph(wordsFor('check.compare', language), language),
    ],
  }
}

function aroundValue(words: string, placeholder: string, value: string, language: Language): Paragraph {
  const [before = '', after = ''] = words.split(placeholder)
  const direction = directionOf(language)
  return paragraphOf(
    [{ as: 'words', text: before, direction }, machineRun(value, 'box'), { as: 'words', text: after, direction }],
    language,
  )
}

function closingLabels(labels: LetterLabels, language: Language): Paragraph {
  const [before = '', after = ''] = wordsFor(labels.official ? 'labels.official' : 'labels.working', language).split(
    '{source}',
  )
  const direction = directionOf(language)
  return paragraphOf(
    [
      { as: 'words', text: before, direction },
      ...plainRuns(labels.source, language, 'labels'),
      { as: 'words', text: after, direction },
    ],
    language,
  )
}

/** Sections of the form in the form's order, or the thirteen of UNODC in theirs; one without fields says "not stated". */
function orderedSections(request: LetterRequest, printing: Printing): PrintedSection[] {
  const order: readonly string[] = request.form?.order ?? unodcOrder
  const byId = new Map<string, LetterSection>()
  for (const section of request.sections) {
    if (!order.includes(section.id) || byId.has(section.id))
      stop('LETTER_SECTION_UNKNOWN', `Section ${section.id} has no place in the letter or stands twice.`, {
        place: section.id,
      })
    byId.set(section.id, section)
  }
  return order.map((id, index) => {
    const fields = byId.get(id)?.fields ?? []
    return {
      heading: headingOf(request, id, index, printing),
      fields:
        fields.length === 0
          ? [emptyField(printing)]
          : fields.map((field, line) => printField(field, printing, `${id}[${line}]`)),
    }
  })
}

function headingOf({ form }: LetterRequest, id: string, index: number, { labels, language }: Printing): Paragraph {
  if (form === null) {
    const key = `section.${unodcOrder[index] ?? 'case'}` as const
    return numbered(`${index + 1}`, wordsParagraph(wordsFor(key, language), language))
  }
  return numbered(id, labelParagraph(labels, { list: form.id, code: id }, language))
}

function numbered(number: string, heading: Paragraph): Paragraph {
  const { direction } = heading
  return { ...heading, runs: [{ as: 'words', text: `${number}. `, direction }, ...heading.runs] }
}

function emptyField(printing: Printing): PrintedField {
  const { language } = printing
  return { label: paragraphOf([], language), note: null, value: printValue(null, printing, ''), wide: true }
}

function printField({ label, value, rule }: LetterField, printing: Printing, place: string): PrintedField {
  const { labels, language } = printing
  const note =
    rule === undefined
      ? null
      : paragraphOf(
          proseRuns(
            wordsFor(rule.verified ? 'rule' : 'unverifiedRule', language, { citation: rule.citation }),
            directionOf(language),
            place,
          ),
          language,
        )
  return {
    label: labelParagraph(labels, label, language),
    note,
    value: printValue(value, printing, place),
    wide: value !== null && (value.kind === 'table' || (value.kind === 'text' && value.text.text.length > 200)),
  }
}

function approvalsSection({ approvals, issued, form }: LetterRequest, printing: Printing): PrintedSection {
  const { labels, language } = printing
  const heading = wordsParagraph(wordsFor('section.approvals', language), language)
  const columns = ['approval.name', 'approval.role', 'approval.time', 'approval.credential'] as const
  const words = (key: Parameters<typeof wordsFor>[0]) => wordsParagraph(wordsFor(key, language), language)
  const table: PrintedField = {
    label: paragraphOf([], language),
    note: null,
    wide: true,
    value:
      approvals.length === 0
        ? paragraphsOf(wordsParagraph(wordsFor('approval.none', language), language, 'mark'))
        : {
            kind: 'table',
            head: columns.map(words),
            widths: [3, 3, 4, 3],
            rows: approvals.map(({ name, role, at, credentialId }, index) => [
              paragraphsOf(paragraphOf(plainRuns(name, language, `approvals[${index}]`), language)),
              paragraphsOf(codeParagraph(labels, role, language)),
              printTime(at, language, `approvals[${index}]`),
              paragraphsOf(paragraphOf([machineRun(credentialId, `approvals[${index}]`)], language)),
            ]),
          },
  }
  return {
    heading: form === null ? numbered(`${unodcOrder.length + 1}`, heading) : heading,
    fields: [
      ownField('issued', printTime(issued, language, 'issued'), language),
      table,
      // An empty line to sign on, for the States that take paper only.
      { ...ownField('approval.signature', paragraphsOf(paragraphOf([], language)), language), wide: false },
    ],
  }
}
