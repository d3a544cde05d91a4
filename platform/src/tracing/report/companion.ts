/** A file beside the page of a report. */
import { sha256Text } from '../../kernel/index.ts'

export type CompanionFile = {
  readonly name: string
  readonly sha256: string
  readonly rows: number | null
  readonly text: string
}

export function tableFile(name: string, text: string): CompanionFile {
  // Cells hold no line breaks (they are written as visible code points), so that lines are rows.
  return companion(name, text, text.split('\r\n').length - 2)
}

export function companion(name: string, text: string, rows: number | null): CompanionFile {
  return { name, sha256: sha256Text(text), rows, text }
}
