/** The form of an instrument as it is drawn: fields by entry, what is asked at the moment, entries that come and go. Pure. */

export type FormField = {
  readonly path: string
  readonly label: string
  readonly kind: string
  readonly required: boolean
  readonly article: string
  readonly codes: readonly { readonly code: string; readonly label: string }[] | null
  readonly when: { readonly path: string; readonly is: readonly (string | boolean)[] } | null
  readonly entryNeeded: boolean
}
export type Value = string | boolean | number
export type FormData = Readonly<Record<string, Value>>

/** A field at its place, as `persons[1].natural.surname`. */
export type PlacedField = FormField & { readonly at: string }
export type Block =
  | { readonly kind: 'field'; readonly field: PlacedField }
  | { readonly kind: 'entries'; readonly list: string; readonly entries: readonly (readonly PlacedField[])[] }

/** The fields of a section in their order; those of one list together, once for each entry. */
export function blocksOf(fields: readonly FormField[], data: FormData): readonly Block[] {
  const blocks: Block[] = []
  const lists = new Set<string>()
  for (const field of fields) {
    const list = listOf(field.path)
    if (list === null) {
      blocks.push({ kind: 'field', field: { ...field, at: field.path } })
    } else if (!lists.has(list)) {
      lists.add(list)
      const own = fields.filter(({ path }) => listOf(path) === list)
      const count = Math.max(entryCount(list, data), own.some(({ entryNeeded }) => entryNeeded) ? 1 : 0)
      const entries = Array.from({ length: count }, (_, index) =>
        own.map((one) => ({ ...one, at: one.path.replace(`${list}[]`, `${list}[${index}]`) })),
      )
      blocks.push({ kind: 'entries', list, entries })
    }
  }
  return blocks
}

function listOf(path: string): string | null {
  const at = path.indexOf('[]')
  return at === -1 ? null : path.slice(0, at)
}

export function entryCount(list: string, data: FormData): number {
  const numbers = Object.keys(data).flatMap((path) => {
    const index = indexIn(list, path)
    return index === null ? [] : [index]
  })
  return numbers.length === 0 ? 0 : Math.max(...numbers) + 1
}

function indexIn(list: string, path: string): number | null {
  if (!path.startsWith(`${list}[`)) return null
  return Number.parseInt(path.slice(list.length + 1), 10)
}

/** Without an entry; those after it move up. */
export function withoutEntry(list: string, gone: number, data: FormData): FormData {
  return Object.fromEntries(
    Object.entries(data).flatMap(([path, value]): [string, Value][] => {
      const index = indexIn(list, path)
      if (index === null || index < gone) return [[path, value]]
      if (index === gone) return []
      return [[path.replace(`${list}[${index}]`, `${list}[${index - 1}]`), value]]
    }),
  )
}

/**
 * Whether a field is on the screen now. What has a value is always there; a field without a condition follows the one of its group
 * (`persons[0].natural`), so that nobody is asked for the seat of a person.
 */
export function isShown(field: PlacedField, fields: readonly PlacedField[], data: FormData): boolean {
  if (isFilled(data[field.at])) return true
  const when = field.when ?? whenOfGroup(field, fields)
  if (when === null) return true
  const place = when.path.includes('[]') ? placeOf(when.path, field.at) : when.path
  const value = data[place]
  return value !== undefined && when.is.some((one) => one === value)
}

function whenOfGroup(field: PlacedField, fields: readonly PlacedField[]): FormField['when'] {
  const group = field.path.slice(0, field.path.lastIndexOf('.') + 1)
  if (group === '' || group.endsWith('[].')) return null
  const siblings = fields.filter(({ path, required }) => required && path.startsWith(group))
  const [first] = siblings
  if (!first?.when || !siblings.every(({ when }) => when?.path === first.when?.path)) return null
  return first.when
}

/** `persons[].kind` beside `persons[1].natural.surname`: `persons[1].kind`. */
function placeOf(pattern: string, at: string): string {
  const list = pattern.slice(0, pattern.indexOf('[]'))
  const index = indexIn(list, at)
  return pattern.replace('[]', `[${index ?? 0}]`)
}

export function isFilled(value: Value | undefined): boolean {
  return value !== undefined && (typeof value !== 'string' || value.trim() !== '')
}

/** How many of the fields that must be filled are: of what is on the screen. */
export function progressOf(
  fields: readonly FormField[],
  data: FormData,
): { readonly filled: number; readonly needed: number } {
  const placed = blocksOf(fields, data).flatMap((block) => (block.kind === 'field' ? [[block.field]] : block.entries))
  const needed = placed.flatMap((group) =>
    group.filter((field) => field.required && isShown(field, allOf(placed), data)),
  )
  return { filled: needed.filter(({ at }) => isFilled(data[at])).length, needed: needed.length }
}

function allOf(groups: readonly (readonly PlacedField[])[]): readonly PlacedField[] {
  return groups.flat()
}

/** Where the field of a problem is on the screen: an identifier for the document, made of its path. */
export function fieldId(path: string): string {
  return `f-${path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`
}

/** Paths of problems are written in several ways: with the prefix of the content, with empty brackets for a first entry. */
export function plainPath(path: string): string {
  return path.replace(/^\/?(content\/)?(data\/)?/, '').replaceAll('[]', '[0]')
}
