/** The sections of a letter: those of the form or of UNODC, each field with its label, rule and value, and the signature. */
import { stop } from '../../kernel/index.ts'
import { codeParagraph, labelParagraph } from './labels.ts'
import { wordsFor } from './letter-words.ts'
import type { Paragraph, PrintedField, PrintedSection } from './model.ts'
import { ownField, type Printing, printTime, printValue } from './print-value.ts'
import { printedTable } from './printed-table.ts'
import type { LetterField, LetterRequest, LetterSection } from './request.ts'
import { filledParagraph, machineRun, paragraphOf, paragraphsOf, plainRuns, wordsParagraph } from './runs.ts'

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

/** Sections of the form in the form's order, or the thirteen of UNODC in theirs; one without fields says "not stated". */
export function orderedSections(request: LetterRequest, printing: Printing): PrintedSection[] {
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
      : filledParagraph(
          wordsFor(rule.verified ? 'rule' : 'unverifiedRule', language),
          plainRuns(rule.citation, place),
          language,
          'words',
        )
  return {
    label: labelParagraph(labels, label, language),
    note,
    value: printValue(value, printing, place),
    wide: value !== null && (value.kind === 'table' || (value.kind === 'text' && value.text.text.length > 200)),
  }
}

export function approvalsSection({ approvals, issued, form }: LetterRequest, printing: Printing): PrintedSection {
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
        : printedTable(
            columns.map(words),
            [3, 4, 4, 3],
            approvals.map(({ name, role, at, credentialId }, index) => [
              paragraphsOf(paragraphOf(plainRuns(name, `approvals[${index}]`), language)),
              paragraphsOf(codeParagraph(labels, role, language)),
              printTime(at, language, `approvals[${index}]`),
              paragraphsOf(paragraphOf([machineRun(credentialId, `approvals[${index}]`)], language)),
            ]),
          ),
  }
  return {
    heading: form === null ? numbered(`${unodcOrder.length + 1}`, heading) : heading,
    fields: [
      ownField('issued', printTime(issued, language, 'issued'), language),
      table,
      // An empty line to sign on, for the States that take paper only.
      { ...ownField('approval.signature', paragraphsOf(paragraphOf([], language)), language), wide: true },
    ],
  }
}
