/** The kinds of records of a case: by which actions each is listed, added and changed, and which fields its form has. Pure. */

import type { MessageId } from '../shared/language/message-ids.ts'
import type { Marking } from './marking-of.ts'

export type FieldKind =
  | 'line'
  | 'text'
  | 'instant'
  | 'day'
  | 'choice'
  | 'flag'
  | 'member'
  | 'chain'
  | 'asset'
  | 'amount'
  | 'country'
  | 'assets'
  | 'texts'
  | 'countries'
  | 'languages'
  | 'identifiers'

export type FieldSpec = {
  readonly name: string
  readonly kind: FieldKind
  readonly label: MessageId
  readonly hint?: MessageId
  readonly required?: boolean
  /** The node takes `null` where nothing is said, instead of leaving it out. */
  readonly nullable?: boolean
  readonly options?: readonly string[]
  /** Where the words of an option stand, before its code. */
  readonly words?: string
  /** An article that asks for this field. */
  readonly cite?: string
  readonly why?: MessageId
}

export type Kind = {
  readonly id: 'note' | 'task' | 'event' | 'wallet' | 'victim' | 'person' | 'decision' | 'order'
  readonly list: string
  readonly add: string
  readonly update: string
  readonly history: string
  readonly read: string
  readonly fields: readonly FieldSpec[]
  /** What a record may say that its form does not ask for. */
  readonly more?: readonly FieldSpec[]
  /** The field that stands for the record in lists. */
  readonly lead: string
}

const MEASURES = [
  ...['PRESERVE', 'TRACE_INFO', 'ACCOUNT_INFO', 'TX_INFO', 'TX_MONITOR', 'HOLD_TX', 'FREEZE_SPECIFIC', 'FREEZE_VALUE'],
  ...['SEIZE_CUSTODY', 'CONFISCATE_SPECIFIC', 'CONFISCATE_VALUE', 'SALE', 'RETURN', 'SHARE', 'DELETE'],
]

const note: FieldSpec = { name: 'note', kind: 'text', label: 'cases.field.note' }

export const kinds: readonly Kind[] = [
  {
    id: 'task',
    ...{
      list: 'taskList',
      add: 'taskAdd',
      update: 'taskUpdate',
      history: 'taskHistory',
      read: 'taskRead',
      lead: 'what',
    },
    fields: [
      { name: 'what', kind: 'line', label: 'cases.field.task.what', required: true },
      { name: 'assignee', kind: 'member', label: 'cases.field.task.assignee', nullable: true },
      { name: 'due', kind: 'instant', label: 'cases.field.task.due', nullable: true },
      { name: 'about', kind: 'text', label: 'cases.field.task.about' },
      { name: 'done', kind: 'instant', label: 'cases.field.task.done', nullable: true },
    ],
  },
  {
    id: 'note',
    ...{
      list: 'noteList',
      add: 'noteAdd',
      update: 'noteUpdate',
      history: 'noteHistory',
      read: 'noteRead',
      lead: 'text',
    },
    fields: [{ name: 'text', kind: 'text', label: 'cases.field.note.text', required: true }],
  },
  {
    id: 'event',
    ...{
      list: 'eventList',
      add: 'eventAdd',
      update: 'eventUpdate',
      history: 'eventHistory',
      read: 'eventRead',
      lead: 'what',
    },
    fields: [
      { name: 'what', kind: 'line', label: 'cases.field.event.what', required: true },
      { name: 'at', kind: 'instant', label: 'cases.field.event.at', required: true },
      { name: 'place', kind: 'line', label: 'cases.field.event.place' },
      note,
    ],
  },
  {
    id: 'wallet',
    ...{
      list: 'walletList',
      add: 'walletAdd',
      update: 'walletUpdate',
      history: 'walletHistory',
      read: 'walletRead',
      lead: 'address',
    },
    fields: [
      { name: 'address', kind: 'line', label: 'cases.field.wallet.address', required: true },
      { name: 'chain', kind: 'chain', label: 'cases.field.wallet.chain', required: true },
      {
        ...{ name: 'custody', kind: 'choice', label: 'cases.field.wallet.custody', required: true },
        options: ['unknown', 'self-hosted', 'service'],
        words: 'cases.custody',
      },
      { name: 'holder', kind: 'line', label: 'cases.field.wallet.holder' },
      note,
    ],
  },
  {
    id: 'victim',
    ...{
      list: 'victimList',
      add: 'victimAdd',
      update: 'victimUpdate',
      history: 'victimHistory',
      read: 'victimRead',
      lead: 'token',
    },
    fields: [
      {
        ...{ name: 'token', kind: 'line', label: 'cases.field.victim.token', hint: 'cases.field.victim.token-hint' },
        required: true,
        why: 'cases.why.victim',
      },
      { name: 'asset', kind: 'asset', label: 'cases.field.victim.asset', required: true },
      { name: 'loss', kind: 'amount', label: 'cases.field.victim.loss', required: true },
      { name: 'lostAt', kind: 'instant', label: 'cases.field.victim.lost-at' },
      { name: 'country', kind: 'country', label: 'cases.field.victim.country' },
      { name: 'wishesReturn', kind: 'flag', label: 'cases.field.victim.wishes-return' },
      note,
    ],
  },
  {
    id: 'person',
    ...{ list: 'personOfInterestList', add: 'personOfInterestAdd', update: 'personOfInterestUpdate' },
    ...{ history: 'personOfInterestHistory', read: 'personOfInterestRead', lead: 'name' },
    fields: [
      {
        ...{ name: 'kind', kind: 'choice', label: 'cases.field.person.kind', required: true },
        options: ['natural', 'legal'],
        words: 'cases.person-kind',
      },
      { name: 'name', kind: 'line', label: 'cases.field.person.name', required: true },
      { name: 'firstNames', kind: 'line', label: 'cases.field.person.first-names' },
      { name: 'born', kind: 'day', label: 'cases.field.person.born' },
      {
        ...{ name: 'ledCategory', kind: 'choice', label: 'cases.field.person.category', required: true },
        options: ['SUSPECT', 'CONVICTED', 'VICTIM', 'WITNESS', 'CONTACT', 'ASSOCIATE', 'OTHER'],
        words: 'cases.category',
        why: 'cases.why.category',
        cite: 'Directive (EU) 2016/680, art. 6',
      },
      {
        ...{ name: 'position', kind: 'choice', label: 'cases.field.person.position', nullable: true },
        options: ['ORDER_TARGET', 'OWNER', 'THIRD_PARTY'],
        words: 'cases.position',
      },
      { name: 'address', kind: 'line', label: 'cases.field.person.address' },
      note,
    ],
    more: [
      { name: 'otherNames', kind: 'texts', label: 'cases.field.person.other-names' },
      { name: 'nationalities', kind: 'countries', label: 'cases.field.person.nationalities' },
      { name: 'identifiers', kind: 'identifiers', label: 'cases.field.person.identifiers' },
      { name: 'languages', kind: 'languages', label: 'cases.field.person.languages' },
    ],
  },
  {
    id: 'decision',
    ...{
      list: 'decisionList',
      add: 'decisionAdd',
      update: 'decisionUpdate',
      history: 'decisionHistory',
      read: 'decisionRead',
      lead: 'what',
    },
    fields: [
      { name: 'what', kind: 'line', label: 'cases.field.decision.what', required: true },
      { name: 'authority', kind: 'line', label: 'cases.field.authority', required: true },
      { name: 'on', kind: 'day', label: 'cases.field.on', required: true },
      { name: 'reference', kind: 'line', label: 'cases.field.reference' },
      { name: 'final', kind: 'day', label: 'cases.field.decision.final', nullable: true },
      { name: 'grounds', kind: 'text', label: 'cases.field.decision.grounds' },
    ],
  },
  {
    id: 'order',
    ...{
      list: 'orderList',
      add: 'orderAdd',
      update: 'orderUpdate',
      history: 'orderHistory',
      read: 'orderRead',
      lead: 'measure',
    },
    fields: [
      {
        ...{ name: 'measure', kind: 'choice', label: 'cases.field.order.measure', required: true },
        options: MEASURES,
        words: 'cases.measure',
      },
      { name: 'authority', kind: 'line', label: 'cases.field.authority', required: true },
      { name: 'on', kind: 'day', label: 'cases.field.on', required: true },
      { name: 'reference', kind: 'line', label: 'cases.field.reference' },
      { name: 'addressee', kind: 'line', label: 'cases.field.order.addressee' },
      { name: 'assets', kind: 'assets', label: 'cases.field.order.assets', required: true },
      { name: 'until', kind: 'instant', label: 'cases.field.order.until', nullable: true },
      { name: 'liftedAt', kind: 'instant', label: 'cases.field.order.lifted', nullable: true },
    ],
  },
]

export function kindOf(id: string | undefined): Kind {
  return kinds.find((one) => one.id === id) ?? (kinds[0] as Kind)
}

/** A record of any kind, as the node shows it. */
export type CaseRecord = {
  readonly id: string
  readonly caseId: string
  readonly version: number
  readonly at: string
  readonly content: Readonly<Record<string, unknown>>
  readonly basis: 'fact' | 'assessment'
  readonly marking: Marking
  readonly author: string
  readonly by: string
}

/** What a form holds: text for every field, rows for assets. */
export type AssetRow = { readonly chain: string; readonly address: string }
export type Filled = Readonly<Record<string, string | boolean | readonly AssetRow[]>>

/** What was filled in as content for the node. What the form does not show of an older version stays. */
export function contentOf(kind: Kind, filled: Filled, before: Readonly<Record<string, unknown>> = {}) {
  const content: Record<string, unknown> = { ...before }
  for (const { name, kind: field, nullable, required } of kind.fields) {
    const value = filled[name]
    if (field === 'flag') content[name] = value === true
    else if (field === 'assets') content[name] = assetsOf(value as readonly AssetRow[] | undefined, before[name])
    else {
      const text = typeof value === 'string' ? value.trim() : ''
      if (text !== '') content[name] = field === 'instant' ? toInstant(text) : text
      else if (nullable) content[name] = null
      else if (!required) delete content[name]
      else content[name] = ''
    }
  }
  return content
}

/** Amounts and values that an order named before stay with their address. */
function assetsOf(rows: readonly AssetRow[] = [], before: unknown) {
  const known = Array.isArray(before) ? (before as { chain: string; address: string }[]) : []
  return rows
    .filter(({ address }) => address.trim() !== '')
    .map(({ chain, address }) => {
      const same = known.find((one) => one.chain === chain && one.address === address.trim())
      return same ?? { chain, address: address.trim(), asset: null, amount: null, value: null }
    })
}

/** As a record fills the form. */
export function filledFrom(kind: Kind, content: Readonly<Record<string, unknown>>): Filled {
  const filled: Record<string, string | boolean | readonly AssetRow[]> = {}
  for (const { name, kind: field, options, required } of kind.fields) {
    const value = content[name]
    if (field === 'flag') filled[name] = value === true
    else if (field === 'assets')
      filled[name] = Array.isArray(value) && value.length > 0 ? value : [{ chain: '', address: '' }]
    else if (field === 'instant') filled[name] = typeof value === 'string' ? value.slice(0, 16) : ''
    else filled[name] = typeof value === 'string' ? value : required && options ? (options[0] ?? '') : ''
  }
  return filled
}

/** Names of required fields that say nothing. */
export function missingIn(kind: Kind, filled: Filled): readonly string[] {
  return kind.fields
    .filter(({ name, required, kind: field }) => {
      if (!required) return false
      const value = filled[name]
      if (field === 'assets')
        return !(value as readonly AssetRow[])?.some(({ address, chain }) => address.trim() && chain)
      return typeof value !== 'string' || value.trim() === ''
    })
    .map(({ name }) => name)
}

/** Minutes in UTC as the field of a form has them, as an instant. */
export function toInstant(minutes: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(minutes) ? `${minutes}:00Z` : minutes
}
