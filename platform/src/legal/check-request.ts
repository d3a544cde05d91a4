/**
 * Whether the data of a request fill its form: what is missing or malformed, by the path of the field.
 *
 * Wrong or missing content is the most frequent reason for which requests come back (SIRIUS reports); all flaws are told
 * at once, before the request is sent.
 */
import type { FormField, RequestForm } from './form.ts'

export type RequestFinding = {
  readonly code: string
  /** The place in the data, with the number of the entry: `persons[0].natural.surname`. */
  readonly path: string
  readonly section: string
  readonly message: string
  readonly fix: string
  readonly article: string
}

export function checkRequest(form: RequestForm, data: unknown): readonly RequestFinding[] {
  const findings: RequestFinding[] = []
  const known = new Set<string>()
  for (const section of form.sections) {
    for (const field of section.fields) {
      addWithParents(known, field.path)
      findings.push(...checkField(section.id, field, data))
    }
  }
  return [...findings, ...unknownPaths(data, '', '', known)]
}

type Found = { readonly path: string; readonly value: unknown; readonly owner: readonly Owner[] }
type Owner = { readonly pattern: string; readonly path: string }

function checkField(section: string, field: FormField, data: unknown): RequestFinding[] {
  const finding = (code: string, path: string, message: string, fix: string): RequestFinding => ({
    code,
    path,
    section,
    message,
    fix,
    article: field.article,
  })
  const isAsked = (found: Found) =>
    field.when === null || field.when === undefined || conditionHolds(field.when, found, data)
  return valuesAt(data, field.path, field.entryNeeded).flatMap((found) => {
    const { path, value } = found
    if (isEmpty(value)) {
      if (!field.required || !isAsked(found)) return []
      return [
        finding(
          'FIELD_MISSING',
          path,
          `${field.label.en} is missing.`,
          `Fill in ${path}; ${field.article} asks for it.`,
        ),
      ]
    }
    const why = whyMalformed(field, value)
    return why === null ? [] : [finding('FIELD_MALFORMED', path, `${field.label.en}: ${why.message}.`, why.fix)]
  })
}

/**
 * Every place in the data that a path names. Where an entry is needed, an empty list counts as one missing
 * entry, so that a certificate without any person does not pass as complete.
 */
function valuesAt(data: unknown, pattern: string, entryNeeded = true): readonly Found[] {
  let places: readonly Found[] = [{ path: '', value: data, owner: [] }]
  let walked = ''
  for (const step of pattern.split('.')) {
    const many = step.endsWith('[]')
    const name = many ? step.slice(0, -2) : step
    walked = walked === '' ? step : `${walked}.${step}`
    places = places.flatMap(({ path, value, owner }): readonly Found[] => {
      const at = path === '' ? name : `${path}.${name}`
      const inner = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
      if (!many) return [{ path: at, value: inner, owner: [...owner, { pattern: walked, path: at }] }]
      const entries: readonly unknown[] = Array.isArray(inner) ? inner : isEmpty(inner) ? [] : [inner]
      return (entries.length === 0 && entryNeeded ? [undefined] : entries).map((entry, index) => {
        const place = `${at}[${index}]`
        return { path: place, value: entry, owner: [...owner, { pattern: walked, path: place }] }
      })
    })
  }
  return places
}

/** The field of the condition is looked up in the same entry of a list as the field that it decides on. */
function conditionHolds(when: NonNullable<FormField['when']>, found: Found, data: unknown): boolean {
  const shared = found.owner.findLast(({ pattern }) => pattern.endsWith('[]') && when.path.startsWith(`${pattern}.`))
  const candidates = valuesAt(data, when.path).filter(
    ({ path }) => shared === undefined || path.startsWith(`${shared.path}.`),
  )
  return candidates.some(({ value }) =>
    (Array.isArray(value) ? value : [value]).some((one) => when.is.includes(one as string | boolean)),
  )
}

type Why = { readonly message: string; readonly fix: string }
const why = (message: string, fix: string): Why => ({ message, fix })

const DAY = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/
const patterns = {
  country: [/^[A-Z]{2}$/, 'is no country code', 'Write two capital letters (ISO 3166), as NL.'],
  language: [/^[a-z]{2,3}$/, 'is no language code', 'Write two small letters (ISO 639), as fr.'],
  amount: [
    /^(0|[1-9][0-9]{0,77})$/,
    'is no whole number of base units',
    'Write digits only, in the smallest unit of the asset.',
  ],
  money: [
    /^(0|[1-9][0-9]{0,20})(\.[0-9]{1,4})? [A-Z]{3}$/,
    'is no sum of money',
    'Write the amount and the currency, as 10000.00 EUR.',
  ],
  email: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'is no e-mail address', 'Write it as name@authority.example.'],
  phone: [/^\+[0-9][0-9 ()-]{5,24}$/, 'is no telephone number', 'Write it with + and the country code.'],
  time: [
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2})$/,
    'is no moment',
    'Write it with its offset, as 2026-11-25T10:00:00Z.',
  ],
} as const satisfies Readonly<Record<string, readonly [RegExp, string, string]>>

function whyMalformed(field: FormField, value: unknown): Why | null {
  if (field.kind === 'flag')
    return typeof value === 'boolean' ? null : why('is neither yes nor no', 'Write true or false.')
  if (field.kind === 'code') {
    const codes = field.codes?.map(({ code }) => code) ?? []
    const given: readonly unknown[] = Array.isArray(value) ? value : [value]
    const wrong = given.find((one) => typeof one !== 'string' || !codes.includes(one))
    return wrong === undefined ? null : why(`${shown(wrong)} is none of its codes`, `Choose from: ${codes.join(', ')}.`)
  }
  if (typeof value !== 'string') return why('is no text', 'Write it as text in quotation marks.')
  if (field.kind === 'date') return isDay(value) ? null : why(`${shown(value)} is no day`, 'Write it as 2026-11-25.')
  if (field.kind === 'text' || field.kind === 'long-text' || field.kind === 'reference') {
    const longest = field.kind === 'long-text' ? 100_000 : 1_000
    return value.length > longest ? why(`has more than ${longest} characters`, 'Put the rest into an enclosure.') : null
  }
  const [pattern, message, fix] = patterns[field.kind]
  const isMoment = field.kind !== 'time' || (isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value)))
  return pattern.test(value) && isMoment ? null : why(`${shown(value)} ${message}`, fix)
}

/** A day that exists: 30 February has the form of a day and is none. */
function isDay(text: string): boolean {
  if (!DAY.test(text)) return false
  const read = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text)
}

function addWithParents(known: Set<string>, path: string): void {
  const steps = path.split('.')
  for (let length = 1; length <= steps.length; length += 1) known.add(steps.slice(0, length).join('.'))
}

/** What the form does not know would be left out of the letter without a word. */
function unknownPaths(value: unknown, path: string, pattern: string, known: ReadonlySet<string>): RequestFinding[] {
  if (!isRecord(value)) {
    return path === '' && !isRecord(value)
      ? [unknown('', 'The request is no map of fields.', 'Give the fields by their paths.')]
      : []
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`
    const one = pattern === '' ? name : `${pattern}.${name}`
    const many = `${one}[]`
    if (known.has(many)) {
      if (!Array.isArray(inner)) return isEmpty(inner) ? [] : [unknown(at, `${at} is no list.`, 'Write it as a list.')]
      return inner.flatMap((entry, index) =>
        isRecord(entry) ? unknownPaths(entry, `${at}[${index}]`, many, known) : [],
      )
    }
    if (!known.has(one)) return [unknown(at, `The form has no field ${at}.`, 'Take it out, or correct its name.')]
    return isRecord(inner) ? unknownPaths(inner, at, one, known) : []
  })
}

function unknown(path: string, message: string, fix: string): RequestFinding {
  return { code: 'FIELD_UNKNOWN', path, section: '', message, fix, article: '' }
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(value: unknown): string {
  return `"${String(value).slice(0, 60)}"`
}
