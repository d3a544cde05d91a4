/** A STIX 2.1 bundle, ours or that of others, into an evidence package. */
import { catchRefusal, parseDecimal, type Result, stop } from '../../../kernel/index.ts'
import { type BuiltPackage, buildPackage, type Defect, defect, type ImportDesk } from '../build-package.ts'
import type { ListName, Row } from '../fields.ts'
import { type FormatManifest, lossBook } from '../manifest.ts'
import { readMarkingLine } from '../marking-line.ts'
import { type ObjectReader, objectReader } from '../object-reader.ts'
import { isList, isNumber, isObject, readJson } from '../read-json.ts'
import { assetBySymbol, onlyChain } from '../symbols.ts'
import { COMITY_NAMESPACE, uuidFrom, uuidV5 } from '../uuid.ts'
import {
  COMITY_EXTENSION,
  COMITY_IDENTITY,
  NOT_NAMED,
  oldTlpIds,
  TLP_EXTENSION,
  TRANSACTION_EXTENSION,
  tlpIds,
  WALLET_EXTENSION,
} from './vocabulary.ts'

export type ImportedStix = BuiltPackage & { readonly manifest: FormatManifest }

export function importStix(bytes: Uint8Array, desk: ImportDesk): Result<ImportedStix> {
  const document = readJson(bytes)
  if (!document.ok) return document
  return catchRefusal(() => {
    const bundle = document.value
    if (!isObject(bundle) || bundle.get('type') !== 'bundle')
      stop('FORMATS_NOT_THIS_FORMAT', 'The document is not a STIX bundle.', { fix: 'Choose the right format.' })
    const book = lossBook()
    const stated = bundle.get('objects')
    const objects = (isList(stated) ? stated : []).filter(isObject).map((one) => {
      const type = one.get('type')
      return objectReader(one, typeof type === 'string' ? type.slice(0, 60) : '(no type)', book)
    })
    const defects: Defect[] = []
    const draft = readObjects(objects, desk, defects)
    dropUnusedStanding(draft)
    for (const one of objects) one.noteRest('the package has no field for it', STRUCTURE)
    const ids = objects.map((one) => one.text('id', 'id')).sort()
    const built = buildPackage(
      { ...draft, id: draft.id ?? uuidV5(COMITY_NAMESPACE, ids.join('\n')), defects },
      desk.gate,
    )
    return { ...built, manifest: book.manifest('import', 'stix/2.1', []) }
  })
}

/** What says of which type an object is, and the definitions of extensions that are read by their id. */
const STRUCTURE = ['type', 'spec_version', 'extension_type', 'extension_types', WALLET_EXTENSION, TRANSACTION_EXTENSION]

type Lists = Partial<Record<ListName, Row[]>>

function readObjects(
  objects: readonly ObjectReader[],
  desk: ImportDesk,
  defects: Defect[],
): { id: string | null; head: Row; lists: Lists } {
  const of = (type: string) => objects.filter((one) => one.type === type)
  const markings = of('marking-definition').flatMap(markingRow)
  const markingIds = new Set(markings.map(({ id }) => id))
  const marked = (one: ObjectReader) => markingOf(one, markingIds)
  const head = of('grouping')[0] ?? of('report')[0]
  const own = head && ownOf(head)
  const wallets = of('cryptocurrency-wallet').flatMap((one) => walletRows(one, desk, marked(one), defects))
  const addressById = new Map(
    of('cryptocurrency-wallet').map((one) => [one.text('id', 'wallets[]'), one.text('value', 'wallets[].address')]),
  )
  const symbolList = own?.list('assets', 'assets') ?? []
  return {
    id: head ? uuidFrom(head.text('id', 'id') ?? '') : null,
    head: {
      title: head?.text('name', 'title') ?? null,
      caseReference: own?.text('caseReference', 'caseReference') ?? null,
      createdAt: own ? own.text('createdAt', 'createdAt') : (head?.text('created', 'createdAt') ?? null),
      marking: head ? (own?.text('marking', 'marking') ?? marked(head)) : null,
    },
    lists: {
      markings,
      assets: symbolList.filter(isObject).map((one) => objectReader(one, 'asset', null).row()),
      parties: of('identity')
        .filter((one) => one.text('id', 'parties[].id') !== COMITY_IDENTITY)
        .map((one) => partyRow(one, marked(one))),
      exhibits: of('file').map((one) => exhibitRow(one, marked(one))),
      wallets,
      transfers: of('cryptocurrency-transaction').flatMap((one) =>
        transferRows(one, desk, addressById, marked(one), defects),
      ),
      statements: of('note').flatMap((one) => {
        const bag = ownOf(one)
        if (!bag) return []
        const claim = one.text('content', 'statements[].claim')
        return [
          {
            ...bag.row(),
            id: uuidFrom(one.text('id', 'statements[].id') ?? ''),
            marking: marked(one),
            claim: claim === NOT_NAMED ? null : claim,
            confidence: one.number('confidence', 'statements[].confidence'),
          },
        ]
      }),
    },
  }
}

const standing = new Set([...Object.values(tlpIds), ...Object.keys(oldTlpIds)].map(uuidFrom))

/** A marking of OASIS beside one of ours adds nothing; it stays only where an item has no other. */
function dropUnusedStanding(draft: { readonly head: Row; readonly lists: Lists }): void {
  const used = new Set([
    draft.head.marking,
    ...Object.values(draft.lists).flatMap((rows) => rows.map((row) => row.marking)),
  ])
  draft.lists.markings = draft.lists.markings?.filter(({ id }) => used.has(id) || !standing.has(String(id))) ?? []
}

function ownOf(one: ObjectReader): ObjectReader | null {
  return one.object('extensions', 'extensions')?.object(COMITY_EXTENSION, '(fields of the item)') ?? null
}

function markingRow(one: ObjectReader): Row[] {
  const id = one.text('id', 'markings[].id') ?? ''
  if (Object.values(tlpIds).includes(id) || Object.hasOwn(oldTlpIds, id)) {
    const old = Object.hasOwn(oldTlpIds, id) ? oldTlpIds[id] : undefined
    const tlp = old ?? Object.entries(tlpIds).find(([, known]) => known === id)?.[0]
    one.text('name', 'markings[].tlp')
    one.object('definition', 'markings[].tlp')?.text('tlp', 'markings[].tlp')
    one.object('extensions', 'markings[].tlp')?.object(TLP_EXTENSION, 'markings[].tlp')
    // The standing definitions say nothing of onward use; what is not said is asked for.
    return [
      { id: uuidFrom(id), tlp, purposes: [], onwardUse: 'ask', handlingCode: null, recipients: [], sealed: false },
    ]
  }
  const statement = one.object('definition', 'markings[]')?.text('statement', 'markings[]')
  const line = statement ? readMarkingLine(statement) : null
  const bag = ownOf(one)?.row() ?? line
  return bag ? [{ ...bag, id: uuidFrom(id) }] : []
}

/** Our own marking where there is one, else the TLP of OASIS. */
function markingOf(one: ObjectReader, markingIds: ReadonlySet<unknown>): string | null {
  const refs = one.texts('object_marking_refs', 'marking').map(uuidFrom)
  const known = refs.filter((ref) => markingIds.has(ref))
  return known.find((ref) => !standing.has(ref)) ?? known[0] ?? null
}

function partyRow(one: ObjectReader, marking: string | null): Row {
  const name = one.text('name', 'parties[].name')
  const kind = one.text('identity_class', 'parties[].kind') === 'individual' ? 'person' : 'company'
  return {
    kind,
    ...ownOf(one)?.row(),
    id: uuidFrom(one.text('id', 'parties[].id') ?? ''),
    marking,
    name: name === NOT_NAMED ? null : name,
    role: one.texts('roles', 'parties[].role')[0] ?? null,
  }
}

function exhibitRow(one: ObjectReader, marking: string | null): Row {
  const hashes = one.object('hashes', 'exhibits[].sha256, exhibits[].sha512')
  const bag = ownOf(one)?.row()
  return {
    description: bag ? null : one.text('name', 'exhibits[].description'),
    kind: bag ? null : 'file',
    id: uuidFrom(one.text('id', 'exhibits[].id') ?? ''),
    ...bag,
    marking,
    mediaType: one.text('mime_type', 'exhibits[].mediaType'),
    size: one.number('size', 'exhibits[].size'),
    sha256: hashes?.text('SHA-256', 'exhibits[].sha256')?.toLowerCase() ?? null,
    sha512: hashes?.text('SHA-512', 'exhibits[].sha512')?.toLowerCase() ?? null,
  }
}

/** Our extension names the chains. A foreign wallet says none: it is taken only where one chain alone accepts the address. */
function walletRows(one: ObjectReader, desk: ImportDesk, marking: string | null, defects: Defect[]): Row[] {
  const address = one.text('value', 'wallets[].address') ?? ''
  const holder = one.text('holder_ref', 'wallets[].holder')
  const id = uuidFrom(one.text('id', 'wallets[].id') ?? '')
  const own = ownOf(one)
  if (own?.flag('only_in_transfers', 'transfers[]')) return []
  const stated = own?.list('wallets', 'wallets[]')
  if (stated) {
    return stated.filter(isObject).map((entry) => ({ ...objectReader(entry, 'wallet', null).row(), address }))
  }
  const chain = onlyChain(address, desk)
  if (chain === null) {
    defects.push(
      defect('FORMATS_CHAIN_UNKNOWN', 'left out, because no single chain is known that has this address', id),
    )
    return []
  }
  return [{ id, marking, chain, address, holder: holder && uuidFrom(holder), labels: [] }]
}

function transferRows(
  one: ObjectReader,
  desk: ImportDesk,
  addressById: ReadonlyMap<string | null, string | null>,
  marking: string | null,
  defects: Defect[],
): Row[] {
  const txid = one.text('value', 'transfers[].txid')
  const symbol = one.text('symbol', 'transfers[].asset')
  const time = one.text('execution_time', 'transfers[].time')
  const id = uuidFrom(one.text('id', 'transfers[].id') ?? '')
  const sides = { input: one.list('input', 'transfers[].from'), output: one.list('output', 'transfers[].to') }
  const stated = ownOf(one)?.list('transfers', 'transfers[]')
  if (stated) return stated.filter(isObject).map((entry) => ({ ...objectReader(entry, 'transfer', null).row(), txid }))
  const asset = assetBySymbol(symbol, desk.assets)
  if (!asset) {
    defects.push(defect('FORMATS_CHAIN_UNKNOWN', 'left out, because its symbol is no known asset', id))
    return []
  }
  // Who paid whom is said only where one address pays; every output is a transfer of its own.
  const single = sides.input?.length === 1 && isObject(sides.input[0]) ? sides.input[0].get('address_ref') : undefined
  const from = typeof single === 'string' ? (addressById.get(single) ?? null) : null
  return (sides.output ?? []).filter(isObject).map((entry, index) => {
    const [ref, amount] = [entry.get('address_ref'), entry.get('amount')]
    const amountText = isNumber(amount) ? amount.number : null
    const exact = amountText === null ? null : parseDecimal(amountText, asset.decimals)
    if (exact && !exact.ok)
      defects.push(defect('FORMATS_AMOUNT_NOT_EXACT', 'the amount is kept as its text', `${id} output ${index}`))
    return {
      id: uuidV5(COMITY_NAMESPACE, `${id} ${index}`),
      marking,
      chain: asset.asset.split('/')[0],
      txid,
      from,
      to: typeof ref === 'string' ? (addressById.get(ref) ?? null) : null,
      asset: asset.asset,
      amountBaseUnits: exact?.ok ? exact.value.toString() : null,
      amountStated: exact && !exact.ok ? amountText : null,
      time,
    }
  })
}
