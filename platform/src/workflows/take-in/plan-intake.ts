/**
 * What a package would become in a case: items with their markings, and a manifest of what is taken, changed and left in the
 * file. Everything taken in is what its source says, an assessment and no fact. Pure.
 */
import {
  assetRef,
  type EventContent,
  ledCategories,
  loosens,
  type PersonContent,
  type WalletContent,
} from '../../casework/index.ts'
import type { StatementBody } from '../../evidence/custody/index.ts'
import {
  changed,
  dropped,
  type EvidencePackage,
  type FormatManifest,
  type ItemFate,
  lossBook,
  mapped,
  noteHead,
  noteList,
  type Party,
  type Statement,
  type Transfer,
  type Wallet,
} from '../../evidence/formats/index.ts'
import type { Marking } from '../../kernel/index.ts'
import { OFFICER } from '../hand-out/exhibit-rows.ts'
import { claimOf } from './claims.ts'
import { purposeFlaw, sourceMarking, stricter } from './source-marking.ts'

export type IntakeFacts = {
  readonly actor: string
  /** The exhibit that holds the file, and its marking: nothing of the file is marked weaker. */
  readonly exhibit: { readonly id: string; readonly marking: Marking }
  /** For items whose source says nothing of how they may be used. */
  readonly unmarked: Marking
  /** Purposes of the case. */
  readonly purposes: readonly string[]
  /** What was taken in before, by `originKey`. */
  readonly knownByOrigin: ReadonlyMap<string, { readonly kind: string; readonly id: string }>
  /** Wallets of the case that the actor may read, by `assetRef`. */
  readonly walletByAsset: ReadonlyMap<string, string>
}

export type PlannedContent =
  | { readonly kind: 'person-of-interest'; readonly content: PersonContent }
  | { readonly kind: 'wallet'; readonly content: WalletContent }
  | { readonly kind: 'event'; readonly content: EventContent }
  | { readonly kind: 'statement'; readonly body: Omit<StatementBody, 'author'> }

export type PlannedItem = PlannedContent & {
  /** Of the row in the package. */
  readonly list: 'parties' | 'wallets' | 'transfers' | 'statements'
  readonly origin: string
  readonly path: string
  readonly marking: Marking
}

export type PresentItem = { readonly path: string; readonly kind: string; readonly id: string }

export type IntakePlan = {
  readonly items: readonly PlannedItem[]
  /** What stands in the case already. */
  readonly present: readonly PresentItem[]
  readonly manifest: FormatManifest
}

export function originKey(list: string, origin: string): string {
  return `${list} ${origin}`
}

const inFile = dropped('it stays in the source file, which is kept as an exhibit')
const noWords = dropped('it says nothing by which it could be put on record')
type Entry = { readonly fate: ItemFate; readonly item?: PlannedContent; readonly marking?: Marking }
type Marked = { readonly marking: Marking } | { readonly why: string }

export function planIntake(pack: EvidencePackage, facts: IntakeFacts): IntakePlan {
  const { actor, exhibit, knownByOrigin } = facts
  const markingById = new Map(pack.markings.map((one) => [one.id, one]))
  const partyById = new Map(pack.parties.map((one) => [one.id, one]))
  const walletById = new Map(pack.wallets.map((one) => [one.id, one]))
  const acting = new Set<string | null>([
    ...pack.exhibits.map(({ acquirer }) => acquirer),
    ...pack.custody.flatMap((one) => [one.actor, one.counterpart]),
    ...pack.authorisations.map(({ issuer }) => issuer),
    ...pack.statements.map(({ author }) => author),
  ])
  const spokenOf = new Set<string | null>([
    ...pack.wallets.map(({ holder }) => holder),
    ...pack.statements.map(({ party }) => party),
  ])
  const newWallets = new Map<string, string>()
  const twinsByAsset = Map.groupBy(pack.wallets, assetRef)
  const items: PlannedItem[] = []
  const present: PresentItem[] = []
  const book = lossBook()

  const whenDropped = (reason: string): Entry => ({ fate: dropped(reason) })
  const readers = {
    parties: (row: Party): Entry => personOf(row),
    wallets: (row: Wallet): Entry => walletOf(row),
    transfers: (row: Transfer): Entry => eventOf(row),
    statements: (row: Statement): Entry => statementOf(row),
  }
  for (const list of ['parties', 'wallets', 'transfers', 'statements'] as const) {
    const fates = new Map<string, ItemFate>()
    for (const [at, row] of pack[list].entries()) {
      const path = `${list}[${at}]`
      const known = knownByOrigin.get(originKey(list, row.id))
      const entry = known
        ? { fate: changed(`${known.kind}/${known.id}`, 'taken in before; nothing is added') }
        : (readers[list] as (row: Party | Wallet | Transfer | Statement) => Entry)(row)
      fates.set(row.id, entry.fate)
      if (known) present.push({ path, kind: known.kind, id: known.id })
      else if (entry.item && entry.marking)
        items.push({ ...entry.item, list, origin: row.id, path, marking: entry.marking })
    }
    noteList(book, pack, list, (row) => fates.get(String(row.id)) ?? inFile)
  }
  for (const list of ['investigations', 'authorisations', 'exhibits', 'custody', 'assets'] as const)
    noteList(book, pack, list, inFile)
  noteList(book, pack, 'markings', changed('marking', 'of each item, never weaker than here'))
  noteHead(book, pack, inFile)
  const found = pack.wallets.flatMap((row, at): PresentItem[] => {
    const id = facts.walletByAsset.get(assetRef(row))
    return id === undefined || knownByOrigin.has(originKey('wallets', row.id))
      ? []
      : [{ path: `wallets[${at}]`, kind: 'wallet', id }]
  })
  return {
    items,
    present: [...present, ...found],
    manifest: book.manifest('import', 'comity-evidence-package/1', []),
  }

  /** Of the row, or of the package; never weaker than that of the file. */
  function markingOf(row: { readonly marking: string | null } | null): Marked {
    const stated = markingById.get(row?.marking ?? pack.marking ?? '')
    if (!stated) return { marking: stricter(facts.unmarked, exhibit.marking, actor) }
    const why = purposeFlaw(stated, facts.purposes)
    if (why !== null) return { why }
    return { marking: stricter(sourceMarking(stated, actor), exhibit.marking, actor) }
  }

  function personOf(party: Party): Entry {
    if (party.kind === 'agency') return whenDropped('an agency is no person of interest')
    if (acting.has(party.id) && !spokenOf.has(party.id))
      return whenDropped('it acts in the file, and nothing is said of it')
    if (party.role?.startsWith(OFFICER)) return whenDropped('an officer is no person of interest')
    if (party.role === 'VICTIM') return whenDropped('a victim is put on record by hand, under a pseudonym of this case')
    if (party.name === null) return { fate: noWords }
    const marked = markingOf(party)
    if ('why' in marked) return whenDropped(marked.why)
    const category = ledCategories.find((one) => one === party.role)
    const about = [
      category === undefined && party.role !== null ? `Role in the source: ${party.role}` : null,
      party.country === null ? null : `Country in the source: ${party.country}`,
    ].filter((one) => one !== null)
    const [name, nameCut] = fitted(party.name, 300)
    const [note, noteCut] = fitted(about.join('\n'), 10_000)
    return {
      marking: marked.marking,
      item: {
        kind: 'person-of-interest',
        content: {
          kind: party.kind === 'person' ? 'natural' : 'legal',
          name,
          ledCategory: category ?? 'OTHER',
          position: null,
          ...(note === '' ? {} : { note }),
        },
      },
      fate: {
        id: changed('intake', 'the item has an id of its own'),
        marking: toMarking,
        kind: mapped('person-of-interest.kind'),
        name: nameCut ? cutTo('person-of-interest.name', 300) : mapped('person-of-interest.name'),
        role:
          category === undefined
            ? changed('person-of-interest.note', `in the note; the category is OTHER until somebody decides${noteCut}`)
            : mapped('person-of-interest.ledCategory'),
        country: changed('person-of-interest.note', `in the note${noteCut}`),
      },
    }
  }

  function walletOf(wallet: Wallet): Entry {
    const { chain, address } = wallet
    const ref = assetRef(wallet)
    const there = facts.walletByAsset.get(ref)
    if (there !== undefined)
      return { fate: changed(`wallet/${there}`, 'the wallet stands in the case already; nothing is added to it') }
    const twin = newWallets.get(ref)
    if (twin !== undefined) return { fate: changed(twin, 'the same address stands in the file before it') }
    const own = markingOf(wallet)
    if ('why' in own) return whenDropped(own.why)
    const marked = { marking: strictestOf(twinsByAsset.get(ref) ?? [], own.marking) }
    if (!/^\S{1,128}$/.test(address)) return whenDropped('its address is longer than addresses are here')
    const party = partyById.get(wallet.holder ?? '')
    const ofHolder = party ? markingOf(party) : null
    const holder =
      party?.name && ofHolder && 'marking' in ofHolder && !loosens(ofHolder.marking, marked.marking) ? party.name : null
    newWallets.set(ref, `wallets[${pack.wallets.indexOf(wallet)}]`)
    const [holderText, holderCut] = fitted(holder ?? '', 300)
    const [note, noteCut] = fitted(wallet.labels.join('; '), 10_000)
    return {
      marking: marked.marking,
      item: {
        kind: 'wallet',
        content: {
          chain,
          address,
          custody: 'unknown',
          ...(holderText === '' ? {} : { holder: holderText }),
          ...(note === '' ? {} : { note }),
        },
      },
      fate: {
        id: changed('intake', 'the item has an id of its own'),
        marking: toMarking,
        chain: mapped('wallet.chain'),
        address: mapped('wallet.address'),
        holder:
          holder === null
            ? dropped('the holder has no name here, or is marked more strictly than the wallet')
            : changed('wallet.holder', `by name${holderCut}`),
        labels: changed('wallet.note', `in the note${noteCut}`),
      },
    }
  }

  /** One item stands for all rows of an address, and is marked as strictly as the strictest of them. */
  function strictestOf(rows: readonly Wallet[], least: Marking): Marking {
    return rows.map(markingOf).reduce((so, one) => ('why' in one ? so : stricter(so, one.marking, actor)), least)
  }

  function eventOf(transfer: Transfer): Entry {
    if (transfer.time === null) return whenDropped('an event needs its time, and the source states none')
    const marked = markingOf(transfer)
    if ('why' in marked) return whenDropped(marked.why)
    const { txid, chain, asset, amountBaseUnits, amountStated, from, to } = transfer
    const amount =
      amountBaseUnits !== null
        ? `${amountBaseUnits} base units${asset === null ? '' : ` of ${asset}`}`
        : amountStated && `${amountStated}, as the source writes it`
    const [note] = fitted(
      [amount, from && `from ${from}`, to && `to ${to}`, `chain ${chain}`].filter(Boolean).join('\n'),
      10_000,
    )
    return {
      marking: marked.marking,
      item: { kind: 'event', content: { at: transfer.time, what: `Transaction ${txid}`, note } },
      fate: {
        id: changed('intake', 'the item has an id of its own'),
        marking: toMarking,
        time: mapped('event.at'),
        txid: changed('event.what', 'after the word Transaction'),
        ...Object.fromEntries(
          ['chain', 'asset', 'amountBaseUnits', 'amountStated', 'from', 'to'].map((field) => [field, inNote]),
        ),
      },
    }
  }

  function statementOf(statement: Statement): Entry {
    const [wallet, party, author] = [
      walletById.get(statement.wallet ?? '') ?? null,
      partyById.get(statement.party ?? '') ?? null,
      partyById.get(statement.author ?? '') ?? null,
    ]
    let marking: Marking | null = null
    // Whoever and whatever it names is told with it, so that it is marked at least as strictly as each of them.
    for (const row of [statement, wallet, party, author]) {
      if (row === null) continue
      const marked = markingOf(row)
      if ('why' in marked) return whenDropped(marked.why)
      marking = marking === null ? marked.marking : stricter(marking, marked.marking, actor)
    }
    const read = claimOf(statement, { wallet, party, author })
    if ('why' in read) return whenDropped(read.why)
    const to = (field: string) =>
      read.cut.includes(field) ? changed(`statement.${field}`, CUT) : mapped(`statement.${field}`)
    const inClaim = changed('statement.claim', 'as words of the claim')
    const { retracted } = statement
    return {
      marking: marking as Marking,
      item: {
        kind: 'statement',
        body: {
          ...read.claim,
          sourceExhibit: exhibit.id,
          marking: marking as Marking,
          retracted: retracted === null ? null : { by: 'source', at: retracted, reason: 'Retracted by its source.' },
        },
      },
      fate: {
        id: changed('intake', 'the statement has an id of its own'),
        marking: toMarking,
        wallet: changed('statement.subject', 'as the address'),
        kind: wallet === null && statement.account !== null ? mapped('statement.subject') : inClaim,
        claim: to('claim'),
        party: wallet === null && statement.account === null ? mapped('statement.subject') : inClaim,
        service: inClaim,
        account: wallet === null ? mapped('statement.subject') : inClaim,
        listedBy: inClaim,
        listing: inClaim,
        basis: to('basis'),
        method: to('method'),
        confidence: changed('statement.confidence', 'as low, moderate, high or certain'),
        sourceExhibit: changed('statement.sourceExhibit', 'the source here is the file itself'),
        author: changed('statement.statedBy', 'by name'),
        validFrom: changed('statement.validFrom', 'the day'),
        validTo: changed('statement.validTo', 'the day'),
        retracted: mapped('statement.retracted'),
      },
    }
  }
}

const toMarking = changed('marking', 'never weaker than its source and the file')
const inNote = changed('event.note', 'in the note')
const CUT = 'cut where the case takes no more; the whole is in the source file'
const cutTo = (to: string, most: number) => changed(to, `cut to ${most} characters; the whole is in the source file`)

/** A text that the case takes, and what to say where it had to be cut. */
function fitted(text: string, most: number): readonly [text: string, cut: string] {
  if (text.length <= most) return [text, '']
  return [text.slice(0, most).toWellFormed().trim(), `, cut to ${most} characters; the whole is in the source file`]
}
