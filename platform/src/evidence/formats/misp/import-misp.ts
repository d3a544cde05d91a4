/** A MISP event, ours or that of others, with objects and single attributes, into an evidence package. */
import { catchRefusal, parseDecimal, type Result, stop, utf8 } from '../../../kernel/index.ts'
import { type BuiltPackage, buildPackage, type Defect, defect, type ImportDesk } from '../build-package.ts'
import type { ListName, Row } from '../fields.ts'
import { type FormatManifest, lossBook } from '../manifest.ts'
import { readBagText, readMarkingLine } from '../marking-line.ts'
import { type ObjectReader, objectReader } from '../object-reader.ts'
import { isList, isObject, type JsonObject, type JsonValue, readJson } from '../read-json.ts'
import { assetBySymbol } from '../symbols.ts'
import { uuidFrom, uuidV5 } from '../uuid.ts'
import { type MispEntry, mispEntry } from './misp-entry.ts'
import { tagMarking, tlpMarkingId } from './tag-marking.ts'
import { BITCOIN, MARKING_TYPE, PACKAGE } from './vocabulary.ts'

export type ImportedMisp = BuiltPackage & { readonly manifest: FormatManifest }

export function importMisp(bytes: Uint8Array, desk: ImportDesk): Result<ImportedMisp> {
  const document = readJson(bytes)
  if (!document.ok) return document
  return catchRefusal(() => {
    const book = lossBook()
    const event = objectReader(eventOf(document.value), 'Event', book)
    const entries = (event.list('Object', '(items)') ?? []).filter(isObject).map((one) => mispEntry(one, book))
    const defects: Defect[] = []
    const draft = readEvent(event, entries, desk, defects)
    const attributes = (event.list('Attribute', '(items)') ?? [])
      .filter(isObject)
      .map((one) => objectReader(one, 'Event.Attribute', book))
    const loose = looseWallets(attributes, defects)
    for (const one of [event, ...attributes]) one.noteRest('the package has no field for it')
    for (const one of entries) one.noteRest()
    const lists = { ...draft.lists, wallets: [...(draft.lists.wallets ?? []), ...loose] }
    const built = buildPackage({ ...draft, lists, defects }, desk.gate)
    return { ...built, manifest: book.manifest('import', 'misp/2.4', []) }
  })
}

/** `{Event}`, as exported, or `{response: [{Event}]}`, as the API answers for one event. */
function eventOf(document: JsonValue): JsonObject {
  const response = isObject(document) ? document.get('response') : undefined
  const holder = isList(response) && response.length === 1 ? response[0] : document
  const event = isObject(holder) ? holder.get('Event') : undefined
  if (!isObject(event))
    stop('FORMATS_NOT_THIS_FORMAT', 'The document does not hold exactly one MISP event.', {
      fix: 'Choose the right format, or export the events one by one.',
    })
  return event
}

function readEvent(event: ObjectReader, entries: readonly MispEntry[], desk: ImportDesk, defects: Defect[]) {
  const of = (name: string) => entries.filter((one) => one.name === name)
  const head = of('forensic-case').find((one) => one.comment().startsWith(`${PACKAGE} {`))
  const bag = readBagText(head ? `Comity ${head.comment().slice(PACKAGE.length + 1)}` : '')
  const assets = head ? assetRows(head.comment().slice(PACKAGE.length + 1)) : []
  const stamp = event.text('timestamp', 'createdAt')
  const uuid = event.text('uuid', 'id')
  const id = uuidFrom(uuid ?? event.text('info', 'title') ?? '')
  const info = event.text('info', 'title')
  const number = (head ?? of('forensic-case')[0])?.text('case-number', 'caseReference') ?? null
  const notes = of('annotation')
  const markings = notes.flatMap((one) => {
    const line = one.text('type', 'markings[]') === MARKING_TYPE ? one.text('text', 'markings[]') : null
    const row = line === null ? null : readMarkingLine(line)
    return row ? [{ ...row, id: one.uuid }] : []
  })
  const tlpRows = standingMarkings(event, entries, markings)
  const lists: Partial<Record<ListName, Row[]>> = {
    markings: [...markings, ...tlpRows],
    assets,
    investigations: of('forensic-case')
      .filter((one) => one !== head)
      .map((one) => {
        one.text('case-number', 'caseReference')
        return {
          id: one.uuid,
          marking: one.marking(),
          name: one.text('case-name', 'investigations[].name'),
          start: one.text('analysis-start-date', 'investigations[].start'),
          focus: one.text('additional-comments', 'investigations[].focus'),
        }
      }),
    exhibits: exhibitRows(of('forensic-evidence'), of('file')),
    wallets: [...of('coin-address'), ...of('btc-wallet')].flatMap((one) => walletRow(one, desk, defects)),
    transfers: of('cryptocurrency-transaction').flatMap((one) => transferRow(one, desk, defects)),
    statements: notes
      .filter((one) => readBagText(one.comment())?.kind !== undefined)
      .map((one) => {
        const rest = readBagText(one.comment()) ?? {}
        const claim = one.text('text', 'statements[].claim')
        one.references('statements[].wallet')
        return {
          ...rest,
          id: one.uuid,
          marking: one.marking(),
          claim: rest.noClaim === true ? null : claim,
          validFrom: one.text('creation-date', 'statements[].validFrom'),
        }
      }),
  }
  return {
    id,
    head: {
      caseReference: number === id ? null : number,
      title: bag?.untitled === true ? null : info,
      createdAt: stamp !== null && /^\d{1,11}$/.test(stamp) ? new Date(Number(stamp) * 1000).toISOString() : null,
      marking: tagMarking(event),
    },
    lists,
  }
}

function assetRows(text: string): Row[] {
  const read = readJson(utf8(text))
  const assets = read.ok && isObject(read.value) ? read.value.get('assets') : undefined
  return (isList(assets) ? assets : []).filter(isObject).map((one) => objectReader(one, 'asset', null).row())
}

/** The markings that stand in tags alone: `tlp:amber` of a foreign event, which says nothing of onward use. */
function standingMarkings(event: ObjectReader, entries: readonly MispEntry[], known: readonly Row[]): Row[] {
  const ids = new Set(known.map(({ id }) => id))
  const found = new Set([tagMarking(event), ...entries.map((one) => one.marking())])
  return ['red', 'amber+strict', 'amber', 'green', 'clear']
    .map((tlp) => ({ tlp, id: tlpMarkingId(tlp) }))
    .filter(({ id }) => found.has(id) && !ids.has(id))
    .map((one) => ({ ...one, purposes: [], onwardUse: 'ask', handlingCode: null, recipients: [], sealed: false }))
}

function exhibitRows(evidence: readonly MispEntry[], files: readonly MispEntry[]): Row[] {
  const taken = new Set<string>()
  const fileRow = (file: MispEntry | undefined) => ({
    sha256: file?.text('sha256', 'exhibits[].sha256')?.toLowerCase() ?? null,
    sha512: file?.text('sha512', 'exhibits[].sha512')?.toLowerCase() ?? null,
    size: file?.count('size-in-bytes', 'exhibits[].size') ?? null,
    mediaType: file?.text('mimetype', 'exhibits[].mediaType') ?? null,
  })
  const fileById = new Map(files.map((one) => [one.uuid, one]))
  const rows = evidence.map((one): Row => {
    const links = one.references('exhibits[].sourceExhibit')
    const file = links.map(({ to }) => fileById.get(to)).find((one) => one !== undefined)
    if (file) taken.add(file.uuid)
    one.text('case-number', 'caseReference')
    const number = one.text('evidence-number', 'exhibits[].exhibitNumber')
    return {
      ...readBagText(one.comment()),
      id: one.uuid,
      marking: one.marking(),
      exhibitNumber: number === one.uuid ? null : number,
      kind: one.text('type', 'exhibits[].kind'),
      description: one.text('name', 'exhibits[].description'),
      toolName: one.text('acquisition-tools', 'exhibits[].toolName'),
      acquiredAt: one.firstSeen('exhibits[].acquiredAt'),
      sourceExhibit: links.find(({ relation }) => relation === 'derived-from')?.to ?? null,
      ...fileRow(file),
    }
  })
  const alone = files
    .filter(({ uuid }) => !taken.has(uuid))
    .map(
      (one): Row => ({
        id: one.uuid,
        marking: one.marking(),
        kind: 'file',
        description: one.text('filename', 'exhibits[].description'),
        ...fileRow(one),
      }),
    )
  return [...rows, ...alone]
}

function walletRow(one: MispEntry, desk: ImportDesk, defects: Defect[]): Row[] {
  const text = one.text('text', 'wallets[].labels')
  const bag = text === null ? null : readBagText(text)
  const bitcoin = one.text('address', 'wallets[].address') ?? one.text('wallet-address', 'wallets[].address')
  const other = one.text('address-crypto', 'wallets[].address') ?? one.text('address-xmr', 'wallets[].address')
  const symbol = one.text('symbol', 'wallets[].chain')
  const chain =
    bag?.chain ?? (bitcoin === null ? assetBySymbol(symbol, desk.assets)?.asset.split('/')[0] : BITCOIN) ?? null
  if (chain === null) {
    defects.push(defect('FORMATS_CHAIN_UNKNOWN', 'left out, because its symbol is no known asset', one.uuid))
    return []
  }
  const labels = bag ? (bag.labels ?? []) : text === null ? [] : [text]
  return [{ id: one.uuid, marking: one.marking(), chain, address: bitcoin ?? other, labels }]
}

function transferRow(one: MispEntry, desk: ImportDesk, defects: Defect[]): Row[] {
  const common = {
    id: one.uuid,
    marking: one.marking(),
    txid: one.text('transaction-number', 'transfers[].txid'),
    time: one.text('time', 'transfers[].time'),
  }
  const symbol = one.text('symbol', 'transfers[].asset')
  const to = one.text('address', 'transfers[].to')
  const value = one.text('value', 'transfers[].amountBaseUnits')
  const bag = readBagText(one.comment())
  if (bag?.chain !== undefined) return [{ ...bag, ...common }]
  const asset = assetBySymbol(symbol, desk.assets)
  if (!asset) {
    defects.push(defect('FORMATS_CHAIN_UNKNOWN', 'left out, because its symbol is no known asset', one.uuid))
    return []
  }
  const exact = value === null ? null : parseDecimal(value, asset.decimals)
  if (exact && !exact.ok) defects.push(defect('FORMATS_AMOUNT_NOT_EXACT', 'the amount is kept as its text', one.uuid))
  return [
    {
      ...common,
      chain: asset.asset.split('/')[0],
      asset: asset.asset,
      to,
      amountBaseUnits: exact?.ok ? exact.value.toString() : null,
      amountStated: exact && !exact.ok ? value : null,
    },
  ]
}

/** Attributes of the event itself. The type `btc` is bitcoin; other coins have no type that names their chain. */
function looseWallets(attributes: readonly ObjectReader[], defects: Defect[]): Row[] {
  return attributes.flatMap((one) => {
    const type = one.text('type', 'wallets[].chain')
    if (type !== 'btc' && type !== 'xmr' && type !== 'dash') return []
    const value = one.text('value', 'wallets[].address') ?? ''
    const id = uuidFrom(one.text('uuid', 'wallets[].id') ?? uuidV5('6ba7b812-9dad-11d1-80b4-00c04fd430c8', value))
    if (type !== 'btc') {
      defects.push(defect('FORMATS_CHAIN_UNKNOWN', `left out, because no chain is known here for ${type}`, id))
      return []
    }
    const comment = one.text('comment', 'wallets[].labels')
    return [{ id, marking: tagMarking(one), chain: BITCOIN, address: value, labels: comment ? [comment] : [] }]
  })
}
