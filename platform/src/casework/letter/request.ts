/**
 * What a letter is made from. Plain JSON; every word of the law and every label of a code comes in with the labels, so
 * that this room invents none.
 */
import type { Json } from '../../kernel/index.ts'
import type { Language } from './languages.ts'

/** A code of a list; its words in each language stand in the labels. */
export type CodeRef = { readonly list: string; readonly code: string }

/** `instant` in UTC to the second; `zone` an IANA name: the place whose clock the author means. */
export type LetterTime = { readonly instant: string; readonly zone: string }

/** Text of a person, in the language it was written in. */
export type FreeText = {
  /** BCP 47. */
  readonly language: string
  /** Paragraphs are separated by line feeds. */
  readonly text: string
  readonly translations: readonly {
    readonly language: string
    readonly text: string
    readonly by: 'human' | 'machine'
    /** Who, or which engine and version; `null` where it is not known. */
    readonly translator: string | null
  }[]
}

export type PersonValue = {
  readonly kind: 'person'
  readonly name: string
  readonly otherNames: readonly string[]
  readonly born: string | null
  readonly placeOfBirth: string | null
  readonly nationalities: readonly string[]
  readonly residence: string | null
  readonly document: string | null
  readonly language: string | null
  readonly position: CodeRef | null
}

export type LetterValue =
  | { readonly kind: 'text'; readonly text: FreeText }
  /** Names, addresses of post, telephone numbers: words that nobody translates. */
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'code'; readonly code: CodeRef }
  | { readonly kind: 'date-time'; readonly at: LetterTime }
  | { readonly kind: 'date'; readonly date: string }
  /** `asset` is a CAIP-19 identifier, `null` where the asset has none. */
  | {
      readonly kind: 'amount'
      readonly baseUnits: string
      readonly decimals: number
      readonly symbol: string
      readonly asset: string | null
    }
  | { readonly kind: 'money'; readonly minorUnits: string; readonly decimals: number; readonly currency: string }
  /** `chain` is a CAIP-2 identifier. */
  | { readonly kind: 'address' | 'transaction'; readonly value: string; readonly chain: string | null }
  | { readonly kind: 'hash' | 'reference'; readonly value: string }
  | PersonValue
  | { readonly kind: 'list'; readonly items: readonly LetterValue[] }
  | {
      readonly kind: 'table'
      readonly columns: readonly CodeRef[]
      readonly rows: readonly (readonly LetterValue[])[]
    }

export type LetterField = {
  readonly label: CodeRef
  /** `null` is what was not stated; the letter says so. */
  readonly value: LetterValue | null
  /** The rule that asks for the field or follows from it, and whether it was verified against its source. */
  readonly rule?: { readonly citation: string; readonly verified: boolean }
}

/** `id`: one of `unodcOrder`, or a section of the form. */
export type LetterSection = { readonly id: string; readonly fields: readonly LetterField[] }

export type Approval = {
  readonly name: string
  readonly role: CodeRef
  readonly at: LetterTime
  readonly credentialId: string
}

export type LetterRequest = {
  readonly id: string
  /** The kind of request, the title of the letter. */
  readonly type: CodeRef
  readonly instrument: CodeRef | null
  readonly issued: LetterTime
  readonly state: 'draft' | 'approved'
  readonly training: boolean
  /** The instrument's own form: headings in the label list `form.id`, sections in this order. */
  readonly form: { readonly id: string; readonly order: readonly string[] } | null
  readonly sections: readonly LetterSection[]
  readonly approvals: readonly Approval[]
  /** The machine-readable request: attached as canonical JSON, and what the digest is of. */
  readonly record: Json
}

export type LetterLabels = {
  /** Where the words come from; printed in the letter. */
  readonly source: string
  /** Whether they are the official wording; where not, the letter says so. */
  readonly official: boolean
  readonly lists: { readonly [list: string]: { readonly [code: string]: { readonly [language in Language]?: string } } }
}
