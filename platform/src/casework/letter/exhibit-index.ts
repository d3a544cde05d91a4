/** The index of a bundle of evidence, for a reader with paper: each exhibit with its whole hash and its custody. */
import { catchRefusal, type Json, type Result, sha256Text } from '../../kernel/index.ts'
import { checkBox } from './check-box.ts'
import { printFreeText } from './free-text.ts'
import { hashableText } from './hashable.ts'
import { directionOf, type Language } from './languages.ts'
import { type WordKey, wordsFor } from './letter-words.ts'
import type { LetterModel, Paragraph, PrintedField, PrintedSection, PrintedValue } from './model.ts'
import { ownField, printTime } from './print-value.ts'
import { machineText } from './printable-text.ts'
import { printedTable } from './printed-table.ts'
import type { FreeText, LetterTime } from './request.ts'
import { machineRun, paragraphOf, paragraphsOf, piecesOf, plainRuns, wordsParagraph } from './runs.ts'

export type CustodyEvent = {
  readonly at: LetterTime
  readonly what: FreeText
  readonly by: string
  readonly place: string | null
}

export type Exhibit = {
  readonly number: string
  readonly description: FreeText
  /** 64 hexadecimal digits. */
  readonly sha256: string
  readonly acquirer: string
  readonly authority: string
  readonly place: string | null
  readonly acquired: LetterTime
  readonly custody: readonly CustodyEvent[]
}

export type ExhibitBundle = {
  readonly id: string
  readonly made: LetterTime
  readonly training: boolean
  readonly exhibits: readonly Exhibit[]
  /** The state of the journal that the bundle was cut from. */
  readonly checkpoint: {
    readonly origin: string
    readonly size: string
    readonly root: string
    readonly at: LetterTime
  } | null
}

export function exhibitIndex(bundle: ExhibitBundle, language: Language): Result<LetterModel> {
  return catchRefusal(() => {
    const text = hashableText(bundle as unknown as Json)
    return {
      kind: 'exhibit-index',
      identifier: machineText(bundle.id, 'id'),
      digest: piecesOf(sha256Text(text)),
      title: `${wordsFor('index.title', language)} ${bundle.id}`,
      date: bundle.made.instant,
      layout: 'one',
      editions: [
        {
          language,
          direction: directionOf(language),
          title: own('index.title', language),
          subtitle: null,
          banners: bundle.training ? [own('training', language)] : [],
          identifierLabel: wordsFor('index.bundle', language),
          digestLabel: wordsFor('digest', language),
          colon: wordsFor('colon', language),
          page: wordsFor('page', language),
          box: checkBox(language, 'exhibits.json'),
          sections: [exhibitsSection(bundle, language), checkpointSection(bundle, language)],
          closing: [own('generated', language)],
        },
      ],
      attachment: {
        name: 'exhibits.json',
        mediaType: 'application/json',
        description: wordsFor('index.title', language),
        text,
      },
    }
  })
}

function exhibitsSection({ exhibits }: ExhibitBundle, language: Language): PrintedSection {
  const columns: readonly WordKey[] = ['index.number', 'index.exhibit', 'digest', 'index.custody']
  const value: PrintedValue =
    exhibits.length === 0
      ? paragraphsOf(wordsParagraph(wordsFor('index.noExhibit', language), language, 'mark'))
      : printedTable(
          columns.map((key) => own(key, language)),
          [2, 6, 4, 6],
          exhibits.map((exhibit) => exhibitRow(exhibit, language)),
        )
  return { heading: own('index.exhibits', language), fields: [bare(value, language)] }
}

function exhibitRow(exhibit: Exhibit, language: Language): PrintedValue[] {
  const place = `exhibit ${exhibit.number}`
  return [
    machine(exhibit.number, language, place),
    flat(
      printFreeText(exhibit.description, language, [], place),
      labelled('index.acquirer', exhibit.acquirer, language, place),
      labelled('index.authority', exhibit.authority, language, place),
      ...(exhibit.place === null ? [] : [labelled('index.place', exhibit.place, language, place)]),
      printTime(exhibit.acquired, language, place),
    ),
    machine(exhibit.sha256, language, place),
    exhibit.custody.length === 0
      ? paragraphsOf(wordsParagraph(wordsFor('index.noCustody', language), language, 'mark'))
      : { kind: 'list', items: exhibit.custody.map((event) => custodyLines(event, language, place)) },
  ]
}

function custodyLines({ at, what, by, place: where }: CustodyEvent, language: Language, place: string): PrintedValue {
  return flat(
    printTime(at, language, place),
    printFreeText(what, language, [], place),
    paragraphsOf(paragraphOf(plainRuns(where === null ? by : `${by}, ${where}`, place), language)),
  )
}

/** Several values as the paragraphs of one. */
function flat(...values: readonly PrintedValue[]): PrintedValue {
  return paragraphsOf(...values.flatMap((one) => (one.kind === 'paragraphs' ? one.paragraphs : [])))
}

function checkpointSection({ checkpoint, made }: ExhibitBundle, language: Language): PrintedSection {
  const heading = own('index.checkpoint', language)
  const issued = ownField('issued', printTime(made, language, 'made'), language)
  if (checkpoint === null)
    return {
      heading,
      fields: [issued, bare(paragraphsOf(wordsParagraph(wordsFor('notStated', language), language, 'mark')), language)],
    }
  return {
    heading,
    fields: [
      issued,
      ownField('index.origin', machine(checkpoint.origin, language, 'checkpoint'), language),
      ownField('index.size', machine(checkpoint.size, language, 'checkpoint'), language),
      ownField('index.root', machine(checkpoint.root, language, 'checkpoint'), language),
      ownField('index.time', printTime(checkpoint.at, language, 'checkpoint'), language),
    ],
  }
}

function own(key: WordKey, language: Language): Paragraph {
  return wordsParagraph(wordsFor(key, language), language)
}

function bare(value: PrintedValue, language: Language): PrintedField {
  return { label: paragraphOf([], language), note: null, value, wide: true }
}

function machine(value: string, language: Language, place: string): PrintedValue {
  return paragraphsOf(paragraphOf([machineRun(value, place)], language))
}

function labelled(key: WordKey, text: string, language: Language, place: string): PrintedValue {
  const label = `${wordsFor(key, language)}${wordsFor('colon', language)}`
  return paragraphsOf(
    paragraphOf([{ as: 'words', text: label, direction: directionOf(language) }, ...plainRuns(text, place)], language),
  )
}
