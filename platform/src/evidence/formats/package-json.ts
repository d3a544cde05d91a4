/** The package itself as canonical JSON (RFC 8785), and back through the same gate as every other format. */
import { canonicalJson, type Json, ok, type Result, refuse } from '../../kernel/index.ts'
import { type BuiltPackage, buildPackage, type ImportDesk } from './build-package.ts'
import { headFields, listNames, type Row } from './fields.ts'
import { rowOf } from './marking-line.ts'
import { isList, isObject, readJson } from './read-json.ts'
import type { Release } from './release.ts'
import { UUID } from './uuid.ts'

export const PACKAGE_FORMAT = 'comity-evidence-package/1'

export function exportPackage(released: Release): string {
  return canonicalJson({ format: PACKAGE_FORMAT, ...released.package } as unknown as Json)
}

export function importPackage(bytes: Uint8Array, desk: ImportDesk): Result<BuiltPackage> {
  const read = readJson(bytes)
  if (!read.ok) return read
  const document = read.value
  const id = isObject(document) ? document.get('id') : undefined
  if (!isObject(document) || document.get('format') !== PACKAGE_FORMAT || typeof id !== 'string' || !UUID.test(id))
    return refuse('FORMATS_NOT_THIS_FORMAT', `The document is not a ${PACKAGE_FORMAT}.`, {
      fix: 'Choose the right format.',
    })
  const head = rowOf(document)
  const lists = Object.fromEntries(
    listNames.map((list) => {
      const stated = document.get(list)
      return [list, (isList(stated) ? stated : []).filter(isObject).map((one): Row => rowOf(one))]
    }),
  )
  const heads = Object.fromEntries(Object.keys(headFields).map((name) => [name, head[name]]))
  return ok(buildPackage({ id, head: heads, lists, defects: [] }, desk.gate))
}
