/** Tables (RFC 4180) as records of a case: each row is right and becomes one, or says what is wrong with it. Pure. */
import type { AddressGate } from './find-in-text.ts'

export type Row = readonly string[]
export type TableKind = 'wallet' | 'event' | 'victim'

/** Commas, semicolons or tabs: what the first line has most of. */
export function readTable(text: string): { readonly head: Row; readonly rows: readonly Row[] } {
  const clean = text.replace(/^\uFEFF/, '')
  const first = clean.split(/\r?\n/, 1)[0] ?? ''
  const mark = [',', ';', '\t'].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best))
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < clean.length; at++) {
    const char = clean[at] as string
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (clean[at + 1] === '"') {
        cell += '"'
        at++
      } else isQuoted = false
    } else if (char === '"' && cell === '') isQuoted = true
    else if (char === mark) {
      row.push(cell)
      cell = ''
    } else if (char === '\n') {
      row.push(cell.replace(/\r$/, ''))
      rows.push(row)
      row = []
      cell = ''
    } else cell += char
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.replace(/\r$/, '')])
  const [head = [], ...rest] = rows
  return { head: head.map((one) => one.trim()), rows: rest.filter((one) => one.some((said) => said.trim() !== '')) }
}

/** The fields of each kind, and how tables call their columns. */
export const columnsOf: Readonly<Record<TableKind, Readonly<Record<string, readonly string[]>>>> = {
  wallet: {
    address: ['address', 'wallet', 'adresse', 'dirección', 'direccion', '地址', 'عنوان'],
    chain: ['chain', 'network', 'blockchain', 'coin', 'currency'],
    holder: ['holder', 'owner', 'name', 'label'],
    note: ['note', 'notes', 'comment', 'remark', 'description'],
  },
  event: {
    at: ['at', 'time', 'date', 'timestamp', 'when', 'datetime'],
    what: ['what', 'event', 'description', 'text', 'summary'],
    place: ['place', 'where', 'location'],
    note: ['note', 'notes', 'comment'],
  },
  victim: {
    token: ['token', 'victim', 'pseudonym', 'id'],
    loss: ['loss', 'amount', 'value'],
    asset: ['asset', 'currency', 'coin', 'symbol'],
    lostAt: ['lostat', 'lost at', 'date', 'time'],
    country: ['country'],
    note: ['note', 'notes', 'comment'],
  },
}

/** The kind whose columns the table has most of. */
export function kindOfTable(head: Row): TableKind {
  const score = (kind: TableKind) =>
    Object.keys(columnsOf[kind]).filter((field) => columnAt(head, kind, field) >= 0).length
  const hasAddress = columnAt(head, 'wallet', 'address') >= 0
  if (hasAddress) return 'wallet'
  return score('victim') >= score('event') ? 'victim' : 'event'
}

export function columnAt(head: Row, kind: TableKind, field: string): number {
  const names = columnsOf[kind][field] ?? []
  return head.findIndex((one) => names.includes(one.toLowerCase()))
}

export type RowWrong =
  | { readonly code: 'missing'; readonly field: string }
  | { readonly code: 'address'; readonly field: string; readonly why: string }
  | {
      readonly code: 'chain' | 'time' | 'amount' | 'asset' | 'country' | 'token' | 'many-chains'
      readonly field: string
    }

export type ReadRow = {
  /** The line of the table, its head being the first. */
  readonly line: number
  readonly content: Readonly<Record<string, unknown>> | null
  readonly wrong: readonly RowWrong[]
}

export type TableGate = {
  readonly address: AddressGate
  readonly chain: (name: string) => string | undefined
  readonly asset: (name: string) => { readonly id: string; readonly decimals: number } | undefined
  readonly amount: (text: string, decimals: number) => { readonly base: string } | { readonly wrong: string }
}

export function readRows(kind: TableKind, head: Row, rows: readonly Row[], gate: TableGate): readonly ReadRow[] {
  return rows.map((row, index) => {
    const said = (field: string) => (row[columnAt(head, kind, field)] ?? '').trim()
    const read = kind === 'wallet' ? wallet(said, gate) : kind === 'event' ? event(said) : victim(said, gate)
    return { line: index + 2, content: read.wrong.length > 0 ? null : read.content, wrong: read.wrong }
  })
}

type Said = (field: string) => string
type Read = { readonly content: Readonly<Record<string, unknown>>; readonly wrong: readonly RowWrong[] }

function optional(said: Said, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field, said(field)]).filter(([, text]) => text !== ''))
}

function wallet(said: Said, gate: TableGate): Read {
  const text = said('address')
  const more = optional(said, ['holder', 'note'])
  if (text === '') return { content: {}, wrong: [{ code: 'missing', field: 'address' }] }
  const read = gate.address(text)
  if (!('chains' in read)) return { content: {}, wrong: [{ code: 'address', field: 'address', why: read.wrong }] }
  const named = said('chain')
  const wanted = named === '' ? undefined : gate.chain(named)
  const chain = named === '' ? read.chains.length === 1 && read.chains[0] : read.chains.find(({ id }) => id === wanted)
  if (!chain) return { content: {}, wrong: [{ code: named === '' ? 'many-chains' : 'chain', field: 'chain' }] }
  return { content: { chain: chain.id, address: read.address, custody: 'unknown', ...more }, wrong: [] }
}

function event(said: Said): Read {
  const wrong: RowWrong[] = []
  const at = instantOf(said('at'))
  if (said('what') === '') wrong.push({ code: 'missing', field: 'what' })
  if (at === null) wrong.push({ code: said('at') === '' ? 'missing' : 'time', field: 'at' } as RowWrong)
  return { content: { at, what: said('what'), ...optional(said, ['place', 'note']) }, wrong }
}

function victim(said: Said, gate: TableGate): Read {
  const wrong: RowWrong[] = []
  const asset = gate.asset(said('asset'))
  const amount = asset && gate.amount(said('loss'), asset.decimals)
  const lostAt = said('lostAt') === '' ? undefined : instantOf(said('lostAt'))
  if (!/^[A-Za-z0-9_-]{4,64}$/.test(said('token')))
    wrong.push({ code: said('token') === '' ? 'missing' : 'token', field: 'token' } as RowWrong)
  if (!asset) wrong.push({ code: 'asset', field: 'asset' })
  else if (!amount || !('base' in amount)) wrong.push({ code: 'amount', field: 'loss' })
  if (lostAt === null) wrong.push({ code: 'time', field: 'lostAt' })
  const country = said('country').toUpperCase()
  if (country !== '' && !/^[A-Z]{2}$/.test(country)) wrong.push({ code: 'country', field: 'country' })
  return {
    content: {
      ...{ token: said('token'), asset: asset?.id, loss: amount && 'base' in amount ? amount.base : undefined },
      ...(lostAt ? { lostAt } : {}),
      ...(country === '' ? {} : { country }),
      ...optional(said, ['note']),
    },
    wrong,
  }
}

/** A day or an instant in ISO 8601; one without a zone is in UTC, as everything here. */
function instantOf(text: string): string | null {
  const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/.exec(
    text.trim(),
  )
  if (!found) return null
  const [, day, minutes = '00:00', seconds = '00', zone = 'Z'] = found
  const at = Date.parse(`${day}T${minutes}:${seconds}${zone === 'UTC' ? 'Z' : zone}`)
  return Number.isNaN(at) ? null : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}
