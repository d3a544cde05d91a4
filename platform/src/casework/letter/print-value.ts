/** Values of a request as they are printed in one edition. */
import { formatDecimal, type Json, parseBaseUnits, stop } from '../../kernel/index.ts'
import { type PrintedElsewhere, printFreeText } from './free-text.ts'
import { codeParagraph, labelParagraph } from './labels.ts'
import type { Language } from './languages.ts'
import { calendarDate, timeLines } from './letter-time.ts'
import { type WordKey, wordsFor } from './letter-words.ts'
import type { Paragraph, PrintedField, PrintedValue, Run } from './model.ts'
import { printedTable } from './printed-table.ts'
import type { LetterLabels, LetterTime, LetterValue, PersonValue } from './request.ts'
import { machineRun, paragraphOf, paragraphsOf, plainRuns, wordsParagraph } from './runs.ts'

export type Printing = {
  readonly labels: LetterLabels
  readonly language: Language
  readonly printedElsewhere: PrintedElsewhere
  /** Every text and number of the attached record. */
  readonly held: ReadonlySet<string>
}

type ValueOf<Kind extends LetterValue['kind']> = Extract<LetterValue, { kind: Kind }>

export function printValue(value: LetterValue | null, printing: Printing, place: string): PrintedValue {
  const { language, labels } = printing
  if (value === null) return paragraphsOf(wordsParagraph(wordsFor('notStated', language), language, 'mark'))
  switch (value.kind) {
    case 'text':
      return printFreeText(value.text, language, printing.printedElsewhere, place)
    case 'plain':
      return paragraphsOf(paragraphOf(plainRuns(value.text, place), language))
    case 'code':
      return paragraphsOf(codeParagraph(labels, value.code, language))
    case 'date-time':
      return printTime(value.at, language, place)
    case 'date':
      return paragraphsOf(paragraphOf([machineRun(calendarDate(value.date, place), place)], language))
    case 'amount':
      return printAmount(value, printing, place)
    case 'money':
      return paragraphsOf(
        machineLine(
          `${decimalOf(value.minorUnits, value.decimals, printing, place)} ${value.currency}`,
          printing,
          place,
        ),
      )
    case 'address':
    case 'transaction':
      return paragraphsOf(
        machineLine(held(value.value, printing, place), printing, place),
        ...(value.chain === null ? [] : [machineLine(held(value.chain, printing, place), printing, place)]),
      )
    case 'hash':
    case 'reference':
      return paragraphsOf(machineLine(held(value.value, printing, place), printing, place))
    case 'person':
      return printPerson(value, printing, place)
    case 'list':
      return { kind: 'list', items: value.items.map((item, index) => printValue(item, printing, `${place}[${index}]`)) }
    case 'table':
      return printTable(value, printing, place)
  }
}

export function printTime(at: LetterTime, language: Language, place: string): PrintedValue {
  return paragraphsOf(...timeLines(at, place).map((line) => paragraphOf([machineRun(line, place)], language)))
}

/** A field with a label of the letter itself. */
export function ownField(key: WordKey, value: PrintedValue, language: Language): PrintedField {
  return { label: wordsParagraph(wordsFor(key, language), language), note: null, value, wide: false }
}

/** Every text and number of a record, for the check that a letter prints nothing which the record does not hold. */
export function textsOf(record: Json): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (value: Json): void => {
    if (typeof value === 'string' || typeof value === 'number') found.add(String(value))
    else if (Array.isArray(value)) for (const item of value) visit(item)
    else if (value !== null && typeof value === 'object')
      for (const item of Object.values(value as { readonly [key: string]: Json })) visit(item)
  }
  visit(record)
  return found
}

function held(value: string, { held: texts }: Printing, place: string): string {
  if (texts.has(value)) return value
  return stop(
    'LETTER_VALUE_NOT_IN_RECORD',
    `${place} prints ${value.slice(0, 90)}, which the attached request does not hold.`,
    {
      place,
    },
  )
}

function printAmount(value: ValueOf<'amount'>, printing: Printing, place: string): PrintedValue {
  const { language } = printing
  const decimal = decimalOf(value.baseUnits, value.decimals, printing, place)
  const inBaseUnits = wordsParagraph(` ${wordsFor('baseUnits', language)}`, language)
  return paragraphsOf(
    machineLine(`${decimal} ${value.symbol}`, printing, place),
    paragraphOf([machineRun(value.baseUnits, place), ...inBaseUnits.runs], language),
    ...(value.asset === null ? [] : [machineLine(held(value.asset, printing, place), printing, place)]),
  )
}

function decimalOf(baseUnits: string, decimals: number, printing: Printing, place: string): string {
  const parsed = parseBaseUnits(baseUnits)
  if (!parsed.ok || !Number.isInteger(decimals) || decimals < 0 || decimals > 78)
    return stop('LETTER_AMOUNT_UNREADABLE', `${place} is no amount in base units: ${baseUnits.slice(0, 90)}.`, {
      place,
    })
  return formatDecimal(BigInt(held(baseUnits, printing, place)), decimals)
}

function printPerson(person: PersonValue, printing: Printing, place: string): PrintedValue {
  const { language, labels } = printing
  const plain = (text: string): PrintedValue => paragraphsOf(paragraphOf(plainRuns(text, place), language))
  const stated: (readonly [WordKey, PrintedValue | null])[] = [
    ['person.name', plain(person.name)],
    ['person.otherNames', person.otherNames.length === 0 ? null : severalOf(person.otherNames.map(plain))],
    ['person.born', person.born === null ? null : printValue({ kind: 'date', date: person.born }, printing, place)],
    ['person.placeOfBirth', person.placeOfBirth === null ? null : plain(person.placeOfBirth)],
    ['person.nationalities', person.nationalities.length === 0 ? null : severalOf(person.nationalities.map(plain))],
    ['person.residence', person.residence === null ? null : plain(person.residence)],
    ['person.document', person.document === null ? null : plain(person.document)],
    ['person.language', person.language === null ? null : plain(person.language)],
    [
      'person.position',
      person.position === null ? null : paragraphsOf(codeParagraph(labels, person.position, language)),
    ],
  ]
  return {
    kind: 'fields',
    fields: stated.map(([key, value]) => ownField(key, value ?? printValue(null, printing, place), language)),
  }
}

/** Several short values, one a line. */
function severalOf(values: readonly PrintedValue[]): PrintedValue {
  return { kind: 'paragraphs', paragraphs: values.flatMap((one) => (one.kind === 'paragraphs' ? one.paragraphs : [])) }
}

function printTable({ columns, rows }: ValueOf<'table'>, printing: Printing, place: string): PrintedValue {
  return printedTable(
    columns.map((column) => labelParagraph(printing.labels, column, printing.language)),
    columns.map((_, index) => (rows.some((row) => isLong(row[index])) ? 3 : 2)),
    // A row that is too short is filled, so that no value slips under the label of another column.
    rows.map((row, line) =>
      columns.map((_, index) => printValue(row[index] ?? null, printing, `${place}[${line}][${index}]`)),
    ),
  )
}

function isLong(value: LetterValue | null | undefined): boolean {
  return value !== null && value !== undefined && ['address', 'transaction', 'hash', 'text'].includes(value.kind)
}

function machineLine(value: string, { language }: Printing, place: string): Paragraph {
  const run: Run = machineRun(value, place)
  return paragraphOf([run], language)
}
