/** What an import must give back: the exported package minus what the manifest says was dropped. */
import { fieldsByList, type ListName, listNames, type Row } from '../fields.ts'
import type { FormatManifest } from '../manifest.ts'
import type { EvidencePackage } from '../model.ts'

export function minusDropped(pack: EvidencePackage, manifest: FormatManifest): Row {
  const paths = new Set(manifest.dropped.map(({ path }) => path))
  const isDropped = (list: string, index: number, field: string) =>
    paths.has(`${list}[].${field}`) || paths.has(`${list}[${index}].${field}`)
  const head = Object.fromEntries(
    ['id', 'caseReference', 'title', 'createdAt', 'marking'].map((name) => [
      name,
      paths.has(name) ? null : (pack as unknown as Row)[name],
    ]),
  )
  const lists = listNames.map((list) => [
    list,
    (pack[list] as readonly Row[]).flatMap((row, index) => {
      if (isDropped(list, index, list === 'assets' ? 'asset' : 'id')) return []
      const kept = Object.keys(fieldsByList[list]).map((field) => [
        field,
        isDropped(list, index, field) ? (Array.isArray(row[field]) ? [] : null) : row[field],
      ])
      return [Object.fromEntries(kept) as Row]
    }),
  ])
  return inOrder({ ...head, ...Object.fromEntries(lists) })
}

/** Lists by id and fields by name: formats keep no order. `id` is left out where the manifest says it was dropped. */
export function inOrder(pack: object, without: readonly string[] = []): Row {
  const key = (row: Row) => String(row.id ?? row.asset)
  return Object.fromEntries(
    Object.entries(pack)
      .filter(([name]) => !without.includes(name))
      .map(([name, value]) => [
        name,
        listNames.includes(name as ListName)
          ? [...(value as Row[])]
              .sort((a, b) => (key(a) < key(b) ? -1 : 1))
              .map((row) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
          : value,
      ]),
  )
}
