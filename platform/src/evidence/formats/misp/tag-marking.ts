/** The marking of what carries tags: ours by its id, else the TLP of the taxonomy `tlp`. */
import type { ObjectReader } from '../object-reader.ts'
import { isObject } from '../read-json.ts'
import { UUID, uuidFrom } from '../uuid.ts'
import { MARKING_TAG } from './vocabulary.ts'

export function tlpMarkingId(tlp: string): string {
  return uuidFrom(`misp tlp:${tlp}`)
}

export function tagMarking(reader: ObjectReader): string | null {
  const names = (reader.list('Tag', 'marking') ?? []).flatMap((one) => {
    const name = isObject(one) ? one.get('name') : undefined
    return typeof name === 'string' ? [name] : []
  })
  const own = names
    .find((name) => name.startsWith(MARKING_TAG))
    ?.slice(MARKING_TAG.length)
    .replaceAll('"', '')
  if (own !== undefined && UUID.test(own)) return own
  const tlp = names
    .find((name) => /^tlp:(red|amber\+strict|amber|green|clear|white)$/i.test(name))
    ?.slice(4)
    .toLowerCase()
  return tlp === undefined ? null : tlpMarkingId(tlp === 'white' ? 'clear' : tlp)
}
