/**
 * Documents as PDF through Typst (@myriaddreamin/typst-ts-node-compiler, in process, offline).
 *
 * The result is PDF/A-3a: tagged, for the archive, with associated files inside. The compiler (Typst 0.14) writes one
 * standard at a time; PDF/UA-1 with the same tags would not allow the associated files a court's archive expects.
 *
 * - No value is ever part of the Typst source. The template reads them as JSON, where text can only become text.
 * - No clock: the document's date is given, so that the same input gives the same bytes.
 * - Only the Noto fonts of the npm packages are used. The compiler cannot be told to ignore the fonts of the system;
 *   ours are registered first and win, every template names them, and `fallback: false` forbids any other. A character
 *   that none of them shows is refused, since PDF/A forbids the empty box.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { type Json, ok, type Result, refuse } from '../kernel/index.ts'

export type TypstAttachment = {
  /** The name inside the PDF: letters, digits, `.`, `_` and `-`. */
  readonly name: string
  readonly mediaType: string
  readonly description: string
  /** AFRelationship: `source` is what the document was made from, `data` what it shows a part of. */
  readonly relationship: 'source' | 'data' | 'supplement'
  /** Bytes, or text that is written as UTF-8. */
  readonly content: string | Uint8Array
}

export type TypstDocument = {
  /** Typst source of ours, holding no value. It reads `data` and sets its text in `documentFonts`. */
  readonly template: string
  readonly data: Json
  readonly title: string
  /** BCP 47, the main language of the document. */
  readonly language: string
  /** The document's date as an instant in UTC: `2026-11-24T09:00:00Z`. */
  readonly date: string
  readonly attachments: readonly TypstAttachment[]
}

const require = createRequire(import.meta.url)

/** Regular and bold of each family, in the order in which a character looks for its font. */
const fontFiles = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
  '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  '@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  '@expo-google-fonts/noto-sans-mono/400Regular/NotoSansMono_400Regular.ttf',
  '@expo-google-fonts/noto-sans-mono/700Bold/NotoSansMono_700Bold.ttf',
]

/**
 * Runs before every template. Attachments are shadow files of the compiler, named by data; `json` and `bytes` make the
 * inputs plain values.
 */
const prelude = `#let document-head = json(bytes(sys.inputs.head))
#let data = json(bytes(sys.inputs.data))
#set document(title: document-head.title, date: datetime(..document-head.date))
#set text(font: ("Noto Sans", "Noto Sans Arabic", "Noto Sans SC"), fallback: false, lang: document-head.language)
#for one in document-head.attachments {
  pdf.attach(one.path, relationship: one.relationship, mime-type: one.mediaType, description: one.description)
}
`

/** A folder with nothing in it: a template can read only what was handed to it. Nothing is written there. */
const emptyFolder = join(dirname(require.resolve(fontFiles[0] ?? '')), 'no-such-folder')

let opened: NodeCompiler | undefined

/** Typesets one document; about a second for the first (the fonts are read), then some milliseconds a page. */
export async function renderDocument(document: TypstDocument): Promise<Result<Uint8Array>> {
  return typeset(document, (compiler, set) => new Uint8Array(compiler.pdf(set, { pdfStandard: 'a-3a', pdfTags: true })))
}

/**
 * The same pages as one picture, from top to bottom: SVG of paths only, without style, script or text of its own. For looking at
 * while the document is written; what is sent is the PDF.
 */
export async function pictureDocument(document: TypstDocument): Promise<Result<string>> {
  // Each page would be filled where the first one is, and cover it.
  const template = `#set page(fill: none)\n${document.template}`
  return typeset({ ...document, template }, (compiler, set) => compiler.plainSvg(set))
}

function typeset<T>(document: TypstDocument, write: (compiler: NodeCompiler, set: NodeTypstDocument) => T): Result<T> {
  const compiler = openCompiler()
  for (const { name, content } of document.attachments) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) throw new TypeError(`not the name of an attachment: ${name}`)
    compiler.mapShadow(join(emptyFolder, name), Buffer.from(content))
  }
  try {
    const result = compiler.compile({
      mainFileContent: prelude + document.template,
      inputs: { head: JSON.stringify(headOf(document)), data: JSON.stringify(document.data) },
      resetRead: true,
    })
    const failure = result.takeError()
    // What does not compile is a template of ours, whatever the data: a fault.
    if (failure) throw new Error(`Typst: ${JSON.stringify(compiler.fetchDiagnostics(failure))}`)
    if (!result.result) throw new Error('Typst gave neither a document nor an error')
    return ok(write(compiler, result.result))
  } catch (thrown) {
    const lost = /(?:the text|disallowed codepoint) `\\*"(.*?)\\*"`/s.exec(String(thrown))?.[1]
    if (lost === undefined) throw thrown
    return refuse('DOCUMENT_CHARACTER_WITHOUT_FONT', `No font of Comity shows ${codePoints(lost)}.`, {
      fix: 'Write the word in Latin, Greek, Cyrillic, Devanagari, Arabic or Chinese letters; the original stays in the attached data.',
    })
  } finally {
    compiler.resetShadow()
    compiler.evictCache(10)
  }
}

function openCompiler(): NodeCompiler {
  // Of two fonts with one name and one weight the compiler takes that which it saw first, and it sees these first.
  opened ??= NodeCompiler.create({
    workspace: emptyFolder,
    fontArgs: [{ fontPaths: fontFiles.map((file) => dirname(require.resolve(file))) }],
  })
  return opened
}

function headOf({ title, language, date, attachments }: TypstDocument): Json {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/.exec(date)
  if (!match) throw new TypeError(`not an instant in UTC: ${date}`)
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as number[]
  return {
    title,
    language,
    date: {
      year: year ?? 0,
      month: month ?? 0,
      day: day ?? 0,
      hour: hour ?? 0,
      minute: minute ?? 0,
      second: second ?? 0,
    },
    attachments: attachments.map(({ name, mediaType, description, relationship }) => ({
      path: `/${name}`,
      mediaType,
      description,
      relationship,
    })),
  }
}

/** The compiler shows a character either as itself or as `\u{e01}`. */
function codePoints(text: string): string {
  const characters = text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  )
  return [...characters]
    .map(
      (character) => `${character} (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`,
    )
    .join(', ')
}
