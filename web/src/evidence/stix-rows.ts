/** STIX objects as rows of a list: what each is, in which version, and what of it a person reads first. Pure. */

export type StixRow = {
  readonly id: string
  readonly type: string
  /** The pattern of an indicator, the value of an address, the name of anything else; null where it has none. */
  readonly says: string | null
  readonly validFrom: string | null
  readonly addedAt: string
  /** As it was handed out. */
  readonly object: Readonly<Record<string, unknown>>
}

type Handed = { readonly addedAt: string; readonly object: string }

/** Each object once, as it was handed out last; in the order of the first time. What is no STIX object is left out. */
export function stixRows(handed: readonly Handed[]): readonly StixRow[] {
  const rows = new Map<string, StixRow>()
  for (const { addedAt, object } of handed) {
    const row = rowOf(addedAt, object)
    if (row === null) continue
    const before = rows.get(row.id)
    if (before === undefined || before.addedAt <= addedAt) rows.set(row.id, row)
  }
  return [...rows.values()]
}

function rowOf(addedAt: string, text: string): StixRow | null {
  let object: unknown
  try {
    object = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return null
  const found = object as Readonly<Record<string, unknown>>
  const { id, type } = found
  if (typeof id !== 'string' || typeof type !== 'string') return null
  const words = ['pattern', 'value', 'name', 'address', 'abstract', 'relationship_type']
  const says = words.map((name) => found[name]).find((one): one is string => typeof one === 'string') ?? null
  const validFrom = typeof found.valid_from === 'string' ? found.valid_from : null
  return { id, type, says, validFrom, addedAt, object: found }
}
