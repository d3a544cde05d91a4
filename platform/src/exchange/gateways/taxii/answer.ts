/**
 * TAXII 2.1 (OASIS standard, 10 June 2021), reading only: discovery, API root, collections, objects, manifest, versions. From
 * memory and from code of others, not compared clause by clause with the text. What the caller may have is the source's matter.
 */
import { catchRefusal } from '../../../kernel/index.ts'
import {
  errorAnswer,
  MEDIA_TYPE,
  notAcceptable,
  readOnly,
  refuseNotFound,
  STIX_MEDIA_TYPE,
  type TaxiiAnswer,
} from './error.ts'
import type { AddedObject, TaxiiCollection, TaxiiSettings, TaxiiSource } from './port.ts'
import { type Filter, parseQuery, writePosition } from './query.ts'
import { type Listed, type Selection, select } from './select.ts'

export type TaxiiRequest = {
  readonly method: string
  /** Without the query, as /taxii2/comity/collections/. A last slash may be missing. */
  readonly path: string
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly accept: string | null
}

export const DISCOVERY_PATH = '/taxii2'
const MAX_CONTENT_LENGTH = 1 << 20

const objectFilters: readonly Filter[] = [
  'added_after',
  'limit',
  'next',
  'match[id]',
  'match[type]',
  'match[version]',
  'match[spec_version]',
]
const oneObjectFilters = objectFilters.filter((one) => one !== 'match[id]' && one !== 'match[type]')
const versionFilters: readonly Filter[] = ['added_after', 'limit', 'next', 'match[spec_version]']

export async function answerTaxii(
  request: TaxiiRequest,
  source: TaxiiSource,
  settings: TaxiiSettings,
): Promise<TaxiiAnswer> {
  if (!accepts(request.accept)) return errorAnswer(notAcceptable())
  if (request.method !== 'GET') return errorAnswer(readOnly())
  const parts = partsOf(request.path, settings)
  const needed = parts !== null && parts[0] === 'collections' ? await readNeeded(parts[1], source) : null
  const result = catchRefusal(() => resourceOf(request, parts, needed, settings))
  return result.ok ? result.value : errorAnswer(result)
}

/** No Accept header means any. `version=2.1`, another TAXII version is not spoken. */
function accepts(accept: string | null): boolean {
  if (accept === null || accept.trim() === '') return true
  return accept.split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    if (!['application/taxii+json', 'application/*', '*/*'].includes(type)) return false
    if (parameters.some((one) => /^q=0(\.0*)?$/.test(one))) return false
    const version = parameters.find((one) => one.startsWith('version='))
    return version === undefined || version === 'version=2.1' || version === 'version="2.1"'
  })
}

/** Null for the discovery; else what stands behind the API root. */
function partsOf(path: string, { apiRoot }: TaxiiSettings): readonly string[] | null {
  const plain = path.replace(/\/$/, '')
  if (plain === DISCOVERY_PATH) return null
  if (plain === apiRoot) return []
  return plain.startsWith(`${apiRoot}/`) ? plain.slice(apiRoot.length + 1).split('/') : ['']
}

type Needed = {
  readonly collections: readonly TaxiiCollection[]
  readonly collection: TaxiiCollection | null
  readonly objects: readonly AddedObject[] | null
}

async function readNeeded(id: string | undefined, source: TaxiiSource): Promise<Needed> {
  const collections = await source.collections()
  const collection = collections.find((one) => one.id === id) ?? null
  return { collections, collection, objects: collection === null ? null : await source.objectsOf(collection.id) }
}

function resourceOf(
  { query }: TaxiiRequest,
  parts: readonly string[] | null,
  needed: Needed | null,
  settings: TaxiiSettings,
): TaxiiAnswer {
  const root = `${settings.origin}${settings.apiRoot}/`
  if (parts === null) {
    parseQuery(query, [])
    return answer({
      title: settings.title,
      ...(settings.contact === null ? {} : { contact: settings.contact }),
      default: root,
      api_roots: [root],
    })
  }
  if (parts.length === 0) {
    parseQuery(query, [])
    return answer({ title: settings.title, versions: [MEDIA_TYPE], max_content_length: MAX_CONTENT_LENGTH })
  }
  if (needed === null) return refuseNotFound()
  const [, id, what, objectId, versions, ...more] = parts
  if (more.length > 0) return refuseNotFound()
  if (id === undefined) {
    parseQuery(query, [])
    const { collections } = needed
    return answer(collections.length === 0 ? {} : { collections: collections.map(collectionOf) })
  }
  const { collection, objects } = needed
  if (collection === null || objects === null) return refuseNotFound()
  if (what === undefined) {
    parseQuery(query, [])
    return answer(collectionOf(collection))
  }
  if (what === 'manifest' && objectId === undefined)
    return page(select(objects, parseQuery(query, objectFilters)), 'objects', manifestEntryOf)
  if (what !== 'objects') return refuseNotFound()
  if (objectId === undefined)
    return page(select(objects, parseQuery(query, objectFilters)), 'objects', ({ object }) => object)
  const named = objects.filter(({ object }) => object.id === objectId)
  if (named.length === 0) return refuseNotFound()
  if (versions === undefined)
    return page(select(named, parseQuery(query, oneObjectFilters)), 'objects', ({ object }) => object)
  if (versions !== 'versions') return refuseNotFound()
  const all = { ...parseQuery(query, versionFilters), versions: [{ kind: 'all' }] as const }
  return page(select(named, all), 'versions', ({ version }) => version)
}

function collectionOf({ id, title, description }: TaxiiCollection) {
  return {
    id,
    title,
    ...(description === null ? {} : { description }),
    can_read: true,
    can_write: false,
    media_types: [STIX_MEDIA_TYPE],
  }
}

function manifestEntryOf({ object, addedAt, version }: Listed) {
  return { id: object.id, date_added: addedAt, version, media_type: STIX_MEDIA_TYPE }
}

/** An empty list is left out (sections 5.4, 5.6, 5.8); `next` is there exactly where there is more. */
function page({ page: items, more }: Selection, member: string, form: (one: Listed) => unknown): TaxiiAnswer {
  const [first, last] = [items[0], items.at(-1)]
  if (!first || !last) return answer({})
  const next = writePosition({ addedAt: last.addedAt, id: last.object.id, version: last.version })
  return answer(
    { more, ...(more ? { next } : {}), [member]: items.map(form) },
    { 'x-taxii-date-added-first': first.addedAt, 'x-taxii-date-added-last': last.addedAt },
  )
}

function answer(body: unknown, headers: Readonly<Record<string, string>> = {}): TaxiiAnswer {
  return { status: 200, headers: { 'content-type': MEDIA_TYPE, ...headers }, body }
}
