/**
 * The gate of every importer: what a format seemed to say becomes an evidence package here, field by field, or a defect.
 *
 * Nothing passes unread: texts are cleaned, addresses go through the gate for addresses that the caller gives, amounts
 * must be digits, references must lead to an item of the package.
 */
import type { Result } from '../../kernel/index.ts'
import { cleanText } from './clean-text.ts'
import { type Field, fieldsOf, headFields, isEmpty, type ListName, listNames, type Row, required } from './fields.ts'
import { readInstant } from './instant.ts'
import type { AssetNote, EvidencePackage } from './model.ts'
import { UUID } from './uuid.ts'

/** The gate for addresses: the canonical text of the address on the chain (CAIP-2), or why it is none. */
export type AddressGate = (chain: string, address: string) => Result<string>

export type ImportDesk = {
  readonly gate: AddressGate
  /** Assets by which symbols and decimal amounts are read. A symbol that stands twice is not used. */
  readonly assets: readonly AssetNote[]
}

export type Defect = { readonly code: string; readonly message: string; readonly place: string }

export type Draft = {
  readonly id: string
  readonly head: Row
  readonly lists: Readonly<Partial<Record<ListName, readonly Row[]>>>
  /** Defects that the format's reader found on the way. */
  readonly defects: readonly Defect[]
}

export type BuiltPackage = { readonly package: EvidencePackage; readonly defects: readonly Defect[] }

export function buildPackage(draft: Draft, gate: AddressGate): BuiltPackage {
  const defects = [...draft.defects]
  const built = new Map<ListName, Row[]>()
  for (const list of listNames) built.set(list, readList(list, draft.lists[list] ?? [], gate, defects))
  const ids = new Map(listNames.map((list) => [list, new Set(built.get(list)?.map((row) => row.id))]))
  const head = keepReferences('package', readRow('package', Object.entries(headFields), draft.head, gate, defects))
  function keepReferences(place: string, row: Row, list?: ListName): Row {
    const kept: Record<string, unknown> = { ...row }
    for (const [name, field] of list ? fieldsOf(list) : Object.entries<Field>(headFields)) {
      if (field.form !== 'ref' || kept[name] === null || ids.get(field.list)?.has(kept[name])) continue
      kept[name] = null
      defects.push(defect('FORMATS_REFERENCE_MISSING', `${name} names nothing in this file`, place))
    }
    return kept
  }
  const lists = Object.fromEntries(
    listNames.map((list) => [
      list,
      (built.get(list) ?? []).map((row, index) => keepReferences(`${list}[${index}]`, row, list)),
    ]),
  )
  return { package: { id: draft.id, ...head, ...lists } as unknown as EvidencePackage, defects }
}

export function defect(code: string, message: string, place: string): Defect {
  return { code, message: `${message}.`, place }
}

function readList(list: ListName, rows: readonly Row[], gate: AddressGate, defects: Defect[]): Row[] {
  const seen = new Set<unknown>()
  const read: Row[] = []
  rows.forEach((raw, index) => {
    const place = `${list}[${index}]`
    const row = readRow(place, fieldsOf(list), raw, gate, defects)
    const missing = required[list].filter((name) => isEmpty(row[name]))
    if (missing.length > 0) {
      defects.push(defect('FORMATS_ITEM_INCOMPLETE', `left out, because ${missing.join(', ')} cannot be read`, place))
      return
    }
    const key = row.id ?? row.asset
    if (seen.has(key)) {
      defects.push(defect('FORMATS_ITEM_TWICE', 'left out, because an item before it has the same id', place))
      return
    }
    seen.add(key)
    read.push(row)
  })
  return read
}

function readRow(
  place: string,
  fields: readonly (readonly [string, Field])[],
  raw: Row,
  gate: AddressGate,
  defects: Defect[],
): Row {
  const chain = typeof raw.chain === 'string' ? raw.chain : ''
  return Object.fromEntries(
    fields.map(([name, field]) => {
      const at = `${place}.${name}`
      return [
        name,
        readField(field, raw[name], chain, gate, (code, message) => defects.push(defect(code, message, at))),
      ]
    }),
  )
}

type Complain = (code: string, message: string) => void

function readField(field: Field, value: unknown, chain: string, gate: AddressGate, complain: Complain): unknown {
  if (field.form === 'texts') {
    const texts = Array.isArray(value) ? value : isEmpty(value) ? [] : [value]
    return texts.map((one) => readText(one, complain)).filter((one) => one !== null)
  }
  if (field.form === 'flag') return value === true
  if (isEmpty(value)) return null
  if (field.form === 'count') {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= field.most) return value
    return unread(complain, `not a whole number from 0 to ${field.most}`)
  }
  if (typeof value !== 'string') return unread(complain, 'not a text')
  switch (field.form) {
    case 'text':
      return readText(value, complain)
    case 'word':
      return field.words.includes(value) ? value : unread(complain, 'not one of the words for it')
    case 'instant': {
      const instant = readInstant(value)
      if (instant?.cut) complain('FORMATS_TIME_CUT', 'kept to the second, in UTC')
      return instant ? instant.text : unread(complain, 'not a time')
    }
    case 'address': {
      const gated = gate(chain, value)
      if (gated.ok) return gated.value
      complain('FORMATS_ADDRESS_REFUSED', `the gate for addresses refused it (${gated.refusal.code})`)
      return null
    }
    default:
      return matches(field, value) ? value : unread(complain, `not of the form ${field.form}`)
  }
}

/** CAIP-2 and CAIP-19 as the Chain Agnostic Standards Alliance writes them. */
const FORMS: Readonly<Record<string, RegExp>> = {
  id: UUID,
  ref: UUID,
  amount: /^(0|[1-9][0-9]{0,77})$/,
  chain: /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/,
  asset: /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}\/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}$/,
  txid: /^[0-9a-zA-Z]{16,128}$/,
}

function matches(field: Field, value: string): boolean {
  if (field.form === 'hex') return value.length === field.digits && /^[0-9a-f]+$/.test(value)
  return FORMS[field.form]?.test(value) ?? false
}

function readText(value: unknown, complain: Complain): string | null {
  if (typeof value !== 'string') return unread(complain, 'not a text')
  const clean = cleanText(value)
  if (clean.changed)
    complain('FORMATS_TEXT_CLEANED', 'control, invisible or bidi characters or outer spaces were removed')
  return clean.text === '' ? null : clean.text
}

function unread(complain: Complain, why: string): null {
  complain('FORMATS_FIELD_UNREADABLE', `left empty, because it is ${why}`)
  return null
}
