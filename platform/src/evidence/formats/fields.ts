/**
 * The fields of the package as a table: which there are, what form each has, and what each refers to.
 *
 * One table serves the gate (`build-package.ts`), the loss manifest, the release and the tests, so that a new field can
 * not be forgotten in one of them. The types of `model.ts` are held to it by `satisfies`.
 */
import type {
  AssetNote,
  Authorisation,
  CustodyEvent,
  Exhibit,
  Investigation,
  Marking,
  Party,
  Statement,
  Transfer,
  Wallet,
} from './model.ts'

export type ListName =
  | 'investigations'
  | 'authorisations'
  | 'parties'
  | 'exhibits'
  | 'custody'
  | 'assets'
  | 'wallets'
  | 'transfers'
  | 'statements'
  | 'markings'

export type Form =
  | { readonly form: 'id' | 'text' | 'texts' | 'instant' | 'amount' | 'chain' | 'address' | 'txid' | 'asset' | 'flag' }
  | { readonly form: 'count'; readonly most: number }
  | { readonly form: 'hex'; readonly digits: number }
  | { readonly form: 'word'; readonly words: readonly string[] }
  | { readonly form: 'ref'; readonly list: ListName }

/** `open`: free of content that could tell of another item (kinds, dates, chains); the release leaves it alone. */
export type Field = Form & { readonly open?: true }

const id: Field = { form: 'id' }
const text: Field = { form: 'text' }
const instant: Field = { form: 'instant', open: true }
const ref = (list: ListName): Field => ({ form: 'ref', list })
const word = (...words: readonly string[]): Field => ({ form: 'word', words, open: true })
const marking = ref('markings')

export const custodyTypes = [
  'identified',
  'collected',
  'acquired',
  'hashed',
  'sealed',
  'released',
  'received',
  'examined',
  'copied',
  'returned',
  'disposed',
] as const

export const fieldsByList = {
  markings: {
    id,
    tlp: word('red', 'amber+strict', 'amber', 'green', 'clear'),
    purposes: { form: 'texts', open: true },
    onwardUse: word('no', 'ask', 'yes'),
    handlingCode: { form: 'text', open: true },
    recipients: { form: 'texts', open: true },
    sealed: { form: 'flag', open: true },
  } satisfies Record<keyof Marking, Field>,
  investigations: {
    id,
    marking,
    name: text,
    form: { form: 'text', open: true },
    status: { form: 'text', open: true },
    focus: text,
    start: instant,
    end: instant,
  } satisfies Record<keyof Investigation, Field>,
  parties: {
    id,
    marking,
    kind: word('agency', 'person', 'company'),
    name: text,
    role: text,
    country: { form: 'text', open: true },
  } satisfies Record<keyof Party, Field>,
  authorisations: {
    id,
    marking,
    type: text,
    identifier: text,
    legalBasis: text,
    issuer: ref('parties'),
    start: instant,
    end: instant,
  } satisfies Record<keyof Authorisation, Field>,
  exhibits: {
    id,
    marking,
    exhibitNumber: text,
    kind: word('file', 'device', 'key-control', 'trace-record', 'document', 'chain-data'),
    description: text,
    mediaType: { form: 'text', open: true },
    size: { form: 'count', most: Number.MAX_SAFE_INTEGER, open: true },
    sha256: { form: 'hex', digits: 64 },
    sha512: { form: 'hex', digits: 128 },
    acquiredAt: instant,
    acquirer: ref('parties'),
    authority: ref('authorisations'),
    place: text,
    toolName: text,
    toolVersion: text,
    toolConfig: text,
    sourceExhibit: ref('exhibits'),
  } satisfies Record<keyof Exhibit, Field>,
  custody: {
    id,
    marking,
    exhibit: ref('exhibits'),
    type: word(...custodyTypes),
    actor: ref('parties'),
    counterpart: ref('parties'),
    authority: ref('authorisations'),
    start: instant,
    end: instant,
    place: text,
    remarks: text,
  } satisfies Record<keyof CustodyEvent, Field>,
  assets: {
    asset: { form: 'asset' },
    symbol: { form: 'text', open: true },
    decimals: { form: 'count', most: 36, open: true },
  } satisfies Record<keyof AssetNote, Field>,
  wallets: {
    id,
    marking,
    chain: { form: 'chain', open: true },
    address: { form: 'address' },
    holder: ref('parties'),
    labels: { form: 'texts' },
  } satisfies Record<keyof Wallet, Field>,
  transfers: {
    id,
    marking,
    chain: { form: 'chain', open: true },
    txid: { form: 'txid' },
    from: { form: 'address' },
    to: { form: 'address' },
    asset: { form: 'asset', open: true },
    amountBaseUnits: { form: 'amount' },
    amountStated: text,
    time: instant,
  } satisfies Record<keyof Transfer, Field>,
  statements: {
    id,
    marking,
    wallet: ref('wallets'),
    kind: word('held-by', 'account-at', 'sanctioned', 'other'),
    claim: text,
    party: ref('parties'),
    service: text,
    account: text,
    listedBy: text,
    listing: text,
    basis: text,
    method: text,
    confidence: { form: 'count', most: 100, open: true },
    sourceExhibit: ref('exhibits'),
    author: ref('parties'),
    validFrom: instant,
    validTo: instant,
    retracted: instant,
  } satisfies Record<keyof Statement, Field>,
} satisfies Record<ListName, Record<string, Field>>

/** Lists in the order in which they are built: what is referred to comes before what refers. */
export const listNames = Object.keys(fieldsByList) as readonly ListName[]

export function fieldsOf(list: ListName): readonly (readonly [string, Field])[] {
  return Object.entries(fieldsByList[list] as Record<string, Field>)
}

/** What an item may not be without; such an item is left out with a defect where it is missing. */
export const required: Readonly<Record<ListName, readonly string[]>> = {
  markings: ['id', 'tlp'],
  investigations: ['id'],
  parties: ['id', 'kind'],
  authorisations: ['id'],
  exhibits: ['id'],
  custody: ['id'],
  assets: ['asset', 'symbol', 'decimals'],
  wallets: ['id', 'chain', 'address'],
  transfers: ['id', 'chain', 'txid'],
  statements: ['id', 'kind'],
}

export const headFields = {
  caseReference: text,
  title: text,
  createdAt: instant,
  marking,
} as const satisfies Record<string, Field>

/** A record by name of field, as the gate reads it and the tables of the formats address it. */
export type Row = { readonly [field: string]: unknown }

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}
