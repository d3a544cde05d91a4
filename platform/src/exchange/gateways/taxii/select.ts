/**
 * Which objects of a collection answer a question, in the order in which they were added (TAXII 2.1 section 3.4): by the time,
 * then by id and version, so that a page that was given is never given again, whatever is added meanwhile.
 */
import type { AddedObject } from './port.ts'
import type { Position, Query, Versions } from './query.ts'

export type Listed = AddedObject & { readonly version: string }

export type Selection = { readonly page: readonly Listed[]; readonly more: boolean }

/** Of SDOs and SROs `modified`, of objects without it `created`, of those without any the time of adding (section 3.4.3). */
export function versionOf({ object, addedAt }: AddedObject): string {
  const { modified, created } = object
  if (typeof modified === 'string') return modified
  return typeof created === 'string' ? created : addedAt
}

export function select(objects: readonly AddedObject[], query: Query): Selection {
  const { addedAfter, next, limit, ids, types, specVersions, versions } = query
  const after = addedAfter === null ? null : timeKey(addedAfter)
  const listed = versionsOf(onceEach(objects), versions)
    .filter(({ object, addedAt }) => {
      if (ids !== null && !ids.includes(object.id)) return false
      if (types !== null && !types.includes(object.type)) return false
      // An SCO may leave out spec_version; what this node writes is 2.1 (STIX 2.1 section 3.2).
      if (specVersions !== null && !specVersions.includes(String(object.spec_version ?? '2.1'))) return false
      return after === null || timeKey(addedAt) > after
    })
    .sort(byPosition)
  const from = next === null ? 0 : listed.findIndex((one) => byPosition(one, { ...next, object: { id: next.id } }) > 0)
  const rest = from === -1 ? [] : listed.slice(from)
  return { page: rest.slice(0, limit), more: rest.length > limit }
}

/** One object in one version is listed once, from when it came first. */
function onceEach(objects: readonly AddedObject[]): readonly Listed[] {
  const found = new Map<string, Listed>()
  for (const one of objects) {
    const listed = { ...one, version: versionOf(one) }
    const isScoped = typeof one.object.modified === 'string' || typeof one.object.created === 'string'
    const key = isScoped ? `${one.object.id} ${timeKey(listed.version)}` : one.object.id
    const before = found.get(key)
    if (!before || timeKey(listed.addedAt) < timeKey(before.addedAt)) found.set(key, listed)
  }
  return [...found.values()]
}

function versionsOf(objects: readonly Listed[], versions: readonly Versions[]): readonly Listed[] {
  if (versions.some(({ kind }) => kind === 'all')) return objects
  const byId = new Map<string, Listed[]>()
  for (const one of objects) {
    const same = byId.get(one.object.id)
    if (same) same.push(one)
    else byId.set(one.object.id, [one])
  }
  return [...byId.values()].flatMap((same) => {
    const sorted = [...same].sort((a, b) => compare(timeKey(a.version), timeKey(b.version)))
    const [first, last] = [sorted[0], sorted.at(-1)]
    return sorted.filter((one) =>
      versions.some((wanted) =>
        wanted.kind === 'exactly'
          ? timeKey(one.version) === timeKey(wanted.version)
          : one === (wanted.kind === 'first' ? first : last),
      ),
    )
  })
}

/** Times of STIX have from none to nine digits after the second; as text they sort only when written alike. */
function timeKey(time: string): string {
  const [, second = time, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(time) ?? []
  return `${second}.${fraction.padEnd(9, '0')}`
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

type Placed = Omit<Position, 'id'> & { readonly object: { readonly id: string } }

function byPosition(a: Placed, b: Placed): number {
  return (
    compare(timeKey(a.addedAt), timeKey(b.addedAt)) ||
    compare(a.object.id, b.object.id) ||
    compare(timeKey(a.version), timeKey(b.version))
  )
}
