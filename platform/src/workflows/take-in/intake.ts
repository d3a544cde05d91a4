/** What a case keeps of a file of others that was taken into it: which items came of it, under which names of their source. */
import type { FormatManifest } from '../../evidence/formats/index.ts'
import type { Protected } from '../../kernel/index.ts'

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
  readonly format: string
  readonly made: readonly MadeItem[]
  readonly manifest: FormatManifest
}
