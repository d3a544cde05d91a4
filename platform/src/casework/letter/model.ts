/**
 * A document ready to be set: plain JSON that the template walks over without deciding anything. Every piece of text says
 * which language and direction it has, and machine values say where they may be broken.
 */
import type { Direction, Language } from './languages.ts'

export type Run =
  | { readonly as: 'words'; readonly text: string; readonly direction: Direction }
  /** Left to right, monospaced, broken only between pieces. The pieces joined are the value. */
  | { readonly as: 'machine'; readonly pieces: readonly string[] }
  /** Words of the letter about the text beside them: "not translated", an invisible character made visible. */
  | { readonly as: 'mark'; readonly text: string; readonly direction: Direction }

export type Paragraph = { readonly language: string; readonly direction: Direction; readonly runs: readonly Run[] }

export type PrintedValue =
  | { readonly kind: 'paragraphs'; readonly paragraphs: readonly Paragraph[] }
  | { readonly kind: 'list'; readonly items: readonly PrintedValue[] }
  | { readonly kind: 'fields'; readonly fields: readonly PrintedField[] }
  | {
      readonly kind: 'table'
      readonly head: readonly Paragraph[]
      /** Relative widths of the columns. */
      readonly widths: readonly number[]
      readonly rows: readonly (readonly PrintedValue[])[]
      /** Which rows are short enough to stand on one page; a row longer than a page must be broken, or it would be cut. */
      readonly unbroken: readonly boolean[]
    }

export type PrintedField = {
  readonly label: Paragraph
  /** The rule behind the field, `null` where none is given. */
  readonly note: Paragraph | null
  readonly value: PrintedValue
  /** Whether the value takes the whole width, under its label. */
  readonly wide: boolean
}

export type PrintedSection = { readonly heading: Paragraph; readonly fields: readonly PrintedField[] }

export type Edition = {
  readonly language: Language
  readonly direction: Direction
  readonly title: Paragraph
  readonly subtitle: Paragraph | null
  /** DRAFT, TRAINING: at the head of every page. */
  readonly banners: readonly Paragraph[]
  readonly identifierLabel: string
  readonly digestLabel: string
  /** Between a label and its value on one line. */
  readonly colon: string
  /** "Page {n} of {m}". */
  readonly page: string
  readonly box: { readonly heading: Paragraph; readonly lines: readonly Paragraph[] }
  readonly sections: readonly PrintedSection[]
  readonly closing: readonly Paragraph[]
}

export type LetterModel = {
  readonly kind: 'letter' | 'exhibit-index'
  readonly identifier: string
  /** SHA-256 of the attachment's bytes, in pieces that may be broken. */
  readonly digest: readonly string[]
  readonly title: string
  /** The document's date: an instant in UTC. */
  readonly date: string
  /** How two editions stand: one after another, or beside each other. */
  readonly layout: 'one' | 'after' | 'beside'
  readonly editions: readonly Edition[]
  readonly attachment: {
    readonly name: string
    readonly mediaType: string
    readonly description: string
    /** Canonical JSON. */
    readonly text: string
  }
}
