/** What a verdict consists of: sentences, each with what became of it. */
import type { Refusal } from '../../kernel/index.ts'

export type Where = {
  readonly file: string
  /** A byte offset, a line or a JSON path inside the file; null where the file as a whole is meant. */
  readonly at: string | null
}

export type Outcome =
  | { readonly state: 'checked' }
  | { readonly state: 'not-checked'; readonly why: string }
  | { readonly state: 'wrong'; readonly why: string; readonly where: Where }

/** `says` is a whole sentence that is true where the state is `checked`. */
export type Statement = { readonly part: Part; readonly says: string } & Outcome

export type Part = 'names' | 'seal' | 'files' | 'journal' | 'exhibits' | 'requests' | 'timestamps' | 'traces'

export function checked(part: Part, says: string): Statement {
  return { part, says, state: 'checked' }
}

export function notChecked(part: Part, says: string, why: string): Statement {
  return { part, says, state: 'not-checked', why }
}

export function wrong(part: Part, says: string, why: string, file: string, at: string | null = null): Statement {
  return { part, says, state: 'wrong', why, where: { file, at } }
}

export function refusedAs(part: Part, says: string, file: string, refusal: Refusal): Statement {
  return wrong(part, says, refusal.message, file, refusal.place ?? null)
}
