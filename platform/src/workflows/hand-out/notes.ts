/**
 * The loss manifest between a case and its package: what became of every field of an item that left. Items that did not leave
 * are not in it, neither by name nor by number.
 */
import {
  type Audience,
  type Fate,
  type FormatManifest,
  lossBook,
  type Marking,
  mayHave,
  type Release,
} from '../../evidence/formats/index.ts'

/** A field of an item that held something. */
export type FieldNote = {
  readonly field: string
  readonly fate: Fate
  /** Where the value stands in the package; a note whose value was withheld from this audience is left out. */
  readonly at?: { readonly list: PackageList; readonly id: string; readonly field: string }
}

export type PackageList =
  | 'investigations'
  | 'authorisations'
  | 'parties'
  | 'exhibits'
  | 'custody'
  | 'wallets'
  | 'statements'

export type ItemNotes = {
  /** As the case names its kinds. */
  readonly kind: string
  readonly id: string
  readonly marking: Marking
  /** The row that stands for the item; `null` where the package has no place for it. */
  readonly row: { readonly list: PackageList; readonly id: string } | null
  readonly fields: readonly FieldNote[]
}

type Rows = Readonly<Record<string, readonly { readonly id: string }[]>>

/** The items of the case that are in the release, and the manifest about their fields. */
export function manifestOf(
  notes: readonly ItemNotes[],
  released: Release,
  audience: Audience,
): { readonly manifest: FormatManifest; readonly items: readonly { readonly kind: string; readonly id: string }[] } {
  const lists = released.package as unknown as Rows
  const rowsByList = new Map<string, Map<string, object>>()
  const rowOf = ({ list, id }: { list: string; id: string }) => {
    const rows = rowsByList.get(list) ?? new Map((lists[list] ?? []).map((row) => [row.id, row]))
    rowsByList.set(list, rows)
    return rows.get(id) as Readonly<Record<string, unknown>> | undefined
  }
  const book = lossBook()
  const countByKind = new Map<string, number>()
  const items: { kind: string; id: string }[] = []
  for (const { kind, id, marking, row, fields } of notes) {
    if (row === null ? !mayHave(marking, audience) : rowOf(row) === undefined) continue
    const at = countByKind.get(kind) ?? 0
    countByKind.set(kind, at + 1)
    if (row !== null) items.push({ kind, id })
    for (const { field, fate, at: place } of fields) {
      const value = place ? rowOf(place)?.[place.field] : true
      if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue
      book.note(`${kind}[${at}]${field === '' ? '' : `.${field}`}`, fate)
    }
  }
  return { manifest: book.manifest('export', 'comity-evidence-package/1', released.audience), items }
}
