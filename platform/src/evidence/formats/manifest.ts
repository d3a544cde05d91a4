/**
 * The loss manifest of an export or import: of every field that held something, what became of it.
 *
 * A path is `exhibits[].sha256` where all fields of that name share one fate, and `exhibits[3].sha256` where they do not.
 * Schema: docs/spec/json/format-manifest.schema.json.
 */
import { fieldsOf, headFields, isEmpty, type ListName, listNames, type Row } from './fields.ts'
import type { EvidencePackage } from './model.ts'

export type Target =
  | 'case-uco/1.4.0'
  | 'stix/2.1'
  | 'misp/2.4'
  | 'followthemoney/3'
  | 'csv'
  /** Between the items of a case and the package itself. */
  | 'comity-evidence-package/1'

export type FormatManifest = {
  readonly format: 'comity-format-manifest/1'
  readonly direction: 'export' | 'import'
  readonly target: Target
  /** For whom the package was released; empty in an import. */
  readonly audience: readonly string[]
  readonly mapped: readonly { readonly path: string; readonly to: string }[]
  /** Kept in another form. `how` says which; the import restores the value unless it is also listed as dropped. */
  readonly changed: readonly { readonly path: string; readonly to: string; readonly how: string }[]
  readonly dropped: readonly { readonly path: string; readonly why: string }[]
}

/** What a format does with a field. */
export type Fate =
  | { readonly kind: 'mapped'; readonly to: string }
  | { readonly kind: 'changed'; readonly to: string; readonly how: string }
  | { readonly kind: 'dropped'; readonly why: string }

export const mapped = (to: string): Fate => ({ kind: 'mapped', to })
export const changed = (to: string, how: string): Fate => ({ kind: 'changed', to, how })
export const dropped = (why: string): Fate => ({ kind: 'dropped', why })

export type LossBook = {
  note(path: string, fate: Fate): void
  manifest(direction: 'export' | 'import', target: Target, audience: readonly string[]): FormatManifest
}

export function lossBook(): LossBook {
  const fatesByPath = new Map<string, Map<string, Fate>>()
  return {
    note: (path, fate) => {
      const fates = fatesByPath.get(path) ?? new Map<string, Fate>()
      fates.set(keyOf(fate), fate)
      fatesByPath.set(path, fates)
    },
    manifest: (direction, target, audience) => {
      const fates = gathered(fatesByPath)
      const of = <K extends Fate['kind']>(kind: K) =>
        fates.filter((entry): entry is { path: string; fate: Extract<Fate, { kind: K }> } => entry.fate.kind === kind)
      return {
        format: 'comity-format-manifest/1',
        direction,
        target,
        audience: [...audience].sort(),
        mapped: of('mapped').map(({ path, fate }) => ({ path, to: fate.to })),
        changed: of('changed').map(({ path, fate }) => ({ path, to: fate.to, how: fate.how })),
        dropped: of('dropped').map(({ path, fate }) => ({ path, why: fate.why })),
      }
    },
  }
}

/** Fates are few and shared; their text is made once each. */
const keys = new WeakMap<Fate, string>()
function keyOf(fate: Fate): string {
  const known = keys.get(fate)
  if (known !== undefined) return known
  const key = JSON.stringify(fate)
  keys.set(fate, key)
  return key
}

/** A fate for a whole item, or one for each of its fields. */
export type ItemFate = Fate | Readonly<Record<string, Fate>>

/** Notes what becomes of every field of a list that holds something. A field that has no fate is a fault. */
export function noteList(
  book: LossBook,
  pack: EvidencePackage,
  list: ListName,
  fates: ItemFate | ((row: Row) => ItemFate),
): void {
  for (const [index, row] of (pack[list] as readonly Row[]).entries()) {
    const fate = typeof fates === 'function' ? fates(row) : fates
    for (const [field] of fieldsOf(list)) {
      if (isEmpty(row[field])) continue
      const one = isFate(fate) ? fate : fate[field]
      if (!one) throw new Error(`no fate is given for ${list}.${field}`)
      book.note(`${list}[${index}].${field}`, one)
    }
  }
}

/** The same for the fields of the package itself. */
export function noteHead(book: LossBook, pack: EvidencePackage, fates: ItemFate): void {
  for (const field of ['id', ...Object.keys(headFields)]) {
    if (isEmpty((pack as unknown as Row)[field])) continue
    const one = isFate(fates) ? fates : fates[field]
    if (!one) throw new Error(`no fate is given for ${field}`)
    book.note(field, one)
  }
}

/** A table may have a field named `kind`; there it is a fate, not a word. */
function isFate(fate: ItemFate): fate is Fate {
  return typeof fate.kind === 'string'
}

/**
 * The package as a format carries it that leaves whole items out: references to those are emptied and noted, so that no
 * id of what is not in the file stands in it.
 */
export function withoutAbsent(
  pack: EvidencePackage,
  absent: readonly { readonly id: string }[],
  book: LossBook,
): EvidencePackage {
  const ids = new Set(absent.map(({ id }) => id))
  const lists = listNames.map((list) => [
    list,
    (pack[list] as readonly Row[]).map((row, index) => {
      const kept: Record<string, unknown> = { ...row }
      for (const [name, field] of fieldsOf(list)) {
        if (field.form !== 'ref' || !ids.has(String(row[name])) || ids.has(String(row.id))) continue
        kept[name] = null
        book.note(`${list}[${index}].${name}`, dropped('what it names is not in this file'))
      }
      return kept
    }),
  ])
  return { ...pack, ...Object.fromEntries(lists) }
}

/** One entry for a pattern where all its paths share the same fates. */
function gathered(fatesByPath: ReadonlyMap<string, ReadonlyMap<string, Fate>>): { path: string; fate: Fate }[] {
  const pathsByPattern = new Map<string, string[]>()
  for (const path of fatesByPath.keys()) {
    const pattern = path.replace(/\[\d+\]/g, '[]')
    const paths = pathsByPattern.get(pattern)
    if (paths) paths.push(path)
    else pathsByPattern.set(pattern, [path])
  }
  const entries: { path: string; fate: Fate }[] = []
  for (const [pattern, paths] of pathsByPattern) {
    const keys = new Set(paths.map((path) => [...(fatesByPath.get(path)?.keys() ?? [])].sort().join('\n')))
    for (const path of keys.size === 1 ? paths.slice(0, 1) : paths) {
      for (const fate of fatesByPath.get(path)?.values() ?? [])
        entries.push({ path: keys.size === 1 ? pattern : path, fate })
    }
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}
