/** One object of a MISP event: its attributes by relation, its references, its comment, and what was read of it. */
import { dropped, type LossBook, mapped } from '../manifest.ts'
import { wholeNumber } from '../marking-line.ts'
import { objectReader } from '../object-reader.ts'
import { isObject, type JsonObject } from '../read-json.ts'
import { uuidFrom } from '../uuid.ts'
import { tagMarking } from './tag-marking.ts'

export type MispEntry = {
  readonly name: string
  readonly uuid: string
  text(relation: string, to: string): string | null
  count(relation: string, to: string): unknown
  comment(): string
  firstSeen(to: string): string | null
  references(to: string): readonly { readonly to: string; readonly relation: string }[]
  /** Of its attributes, for objects carry no tags; the strictest reading is the first that has one. */
  marking(): string | null
  noteRest(): void
}

/** What says which object it is, and belongs to MISP's own bookkeeping. */
const STRUCTURE = ['uuid', 'name', 'meta-category', 'template_uuid', 'template_version', 'distribution', 'Attribute']

export function mispEntry(object: JsonObject, book: LossBook): MispEntry {
  const reader = objectReader(object, 'Object', book)
  const name = reader.text('name', '(kind of item)') ?? '(no name)'
  const uuid = uuidFrom(reader.text('uuid', 'id') ?? name)
  const attributes = (reader.list('Attribute', '(fields)') ?? []).filter(isObject).map((one) => {
    const attribute = objectReader(one, 'Attribute', null)
    return { relation: attribute.text('object_relation', '') ?? '', value: attribute.text('value', ''), attribute }
  })
  const read = new Map<string, string>()
  const text = (relation: string, to: string) => {
    const found = attributes.find((one) => one.relation === relation)
    if (found) read.set(relation, to)
    return found?.value ?? null
  }
  return {
    name,
    uuid,
    text,
    count: (relation, to) => {
      const value = text(relation, to)
      return value === null ? null : (wholeNumber(value) ?? value)
    },
    comment: () => reader.text('comment', '(fields of the item)') ?? '',
    firstSeen: (to) => reader.text('first_seen', to),
    references: (to) =>
      (reader.list('ObjectReference', to) ?? []).filter(isObject).map((one) => ({
        to: uuidFrom(String(one.get('referenced_uuid') ?? '')),
        relation: String(one.get('relationship_type') ?? ''),
      })),
    marking: () => attributes.map(({ attribute }) => tagMarking(attribute)).find((one) => one !== null) ?? null,
    noteRest: () => {
      reader.noteRest('the package has no field for it', STRUCTURE)
      for (const { relation } of attributes) {
        const to = read.get(relation)
        const path = `${name.slice(0, 60)}.${relation.slice(0, 60)}`
        book.note(path, to === undefined ? dropped('the package has no field for it') : mapped(to))
      }
    },
  }
}
