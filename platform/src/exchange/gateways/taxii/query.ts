/** The filters of TAXII 2.1 sections 3.4 and 3.5. What is not known is refused: a filter that is ignored gives too much. */
import { base64ToBytes, bytesToBase64, bytesToText, textToBytes } from '../../../kernel/index.ts'
import { refuseQuery } from './error.ts'

export type Versions =
  | { readonly kind: 'first' | 'last' | 'all' }
  | { readonly kind: 'exactly'; readonly version: string }

/** The last that was given: what follows comes after it in the order of the collection. */
export type Position = { readonly addedAt: string; readonly id: string; readonly version: string }

export type Query = {
  readonly addedAfter: string | null
  readonly limit: number
  readonly next: Position | null
  readonly ids: readonly string[] | null
  readonly types: readonly string[] | null
  readonly specVersions: readonly string[] | null
  readonly versions: readonly Versions[]
}

export const DEFAULT_LIMIT = 100
export const MAX_LIMIT = 1000
const MAX_VALUES = 100

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/
const ID = /^[a-z][a-z0-9-]{0,249}--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const TYPE = /^[a-z][a-z0-9-]{0,249}$/

export type Filter =
  | 'added_after'
  | 'limit'
  | 'next'
  | 'match[id]'
  | 'match[type]'
  | 'match[version]'
  | 'match[spec_version]'

/** `allowed`: the filters of this resource. */
export function parseQuery(pairs: readonly (readonly [string, string])[], allowed: readonly Filter[]): Query {
  const values = new Map<string, string>()
  for (const [name, value] of pairs) {
    if (!(allowed as readonly string[]).includes(name))
      refuseQuery('A filter is not known for this resource.', name, `Known are ${allowed.join(', ') || 'none'}.`)
    if (values.has(name)) refuseQuery('A filter is stated twice.', name, 'Separate the values by commas.')
    values.set(name, value)
  }
  const list = (name: Filter, form: RegExp): readonly string[] | null => {
    const value = values.get(name)
    if (value === undefined) return null
    const all = value.split(',')
    if (all.length > MAX_VALUES || !all.every((one) => form.test(one)))
      refuseQuery(
        'A filter does not have the form of its values.',
        name,
        'Compare it with STIX 2.1; separate by commas.',
      )
    return all
  }
  const versions = list('match[version]', new RegExp(`^(first|last|all)$|${TIME.source}`)) ?? ['last']
  if (versions.includes('all') && versions.length > 1)
    refuseQuery('"all" stands beside other versions.', 'match[version]', 'Ask for all, or for some.')
  const addedAfter = values.get('added_after') ?? null
  if (addedAfter !== null && !(TIME.test(addedAfter) && Number.isFinite(Date.parse(addedAfter))))
    refuseQuery('The time is none.', 'added_after', 'Write it as 2026-11-25T09:30:00.000Z.')
  const limit = values.get('limit')
  if (limit !== undefined && !/^[1-9][0-9]{0,8}$/.test(limit))
    refuseQuery('The limit is no positive number.', 'limit', `Write a number from 1 to ${MAX_LIMIT}.`)
  const next = values.get('next')
  return {
    addedAfter,
    limit: Math.min(limit === undefined ? DEFAULT_LIMIT : Number(limit), MAX_LIMIT),
    next: next === undefined ? null : readPosition(next),
    ids: list('match[id]', ID),
    types: list('match[type]', TYPE),
    specVersions: list('match[spec_version]', /^2\.[01]$/),
    versions: versions.map((one) =>
      one === 'first' || one === 'last' || one === 'all' ? { kind: one } : { kind: 'exactly', version: one },
    ),
  }
}

export function writePosition({ addedAt, id, version }: Position): string {
  const base64 = bytesToBase64(textToBytes([addedAt, id, version].join('|')))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** A token that was made up moves the reader inside what it may read anyway; it must have the form all the same. */
function readPosition(text: string): Position {
  const no = () =>
    refuseQuery('The token of the next page is none of ours.', 'next', 'Take it from the last answer, unchanged.')
  if (!/^[A-Za-z0-9_-]{8,800}$/.test(text)) return no()
  const padded = text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4)
  const bytes = base64ToBytes(padded)
  const read = bytes && bytesToText(bytes)
  const [addedAt = '', id = '', version = '', ...more] = read?.ok ? read.value.split('|') : []
  if (!TIME.test(addedAt) || !ID.test(id) || !TIME.test(version) || more.length > 0) return no()
  return { addedAt, id, version }
}
