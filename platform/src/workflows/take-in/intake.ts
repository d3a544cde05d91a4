/** What a case keeps of a file of others that was taken into it: which items came of it, under which names of their source. */
import { oneOf } from '../../casework/index.ts'
import type { FormatManifest } from '../../evidence/formats/index.ts'
import type { Protected } from '../../kernel/index.ts'

/** Formats that are read back; tables are for people only. */
export const intakeFormats = ['package', 'case', 'stix', 'misp', 'followthemoney'] as const
export type IntakeFormat = (typeof intakeFormats)[number]
export const IntakeFormat = oneOf(intakeFormats, 'In which format the file is.')

/** A file is read within one call, so that it is bounded; what is larger is split at its source. */
export const LARGEST_INTAKE = 8 * 1024 * 1024
export const MOST_ROWS = 10_000
export const MOST_TAKEN = 2000

export type MadeItem = {
  /** The list and id of the row of the package that it came of. */
  readonly list: string
  readonly origin: string
  /** The record that was made of it. */
  readonly kind: string
  readonly id: string
}

export type IntakeBody = Protected & {
  /** The exhibit that holds the file. */
  readonly exhibit: string
  readonly sha256: string
  readonly format: IntakeFormat
  readonly made: readonly MadeItem[]
  readonly manifest: FormatManifest
}
