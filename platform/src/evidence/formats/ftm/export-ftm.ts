/**
 * An evidence package as FollowTheMoney entities, one JSON object a line.
 *
 * `managingExchange` is the spelling that OpenSanctions writes now (the older model says `mangingExchange`); a private key
 * is never written: the package has no field that could hold one.
 */
import { formatDecimal } from '../../../kernel/index.ts'
import type { Row } from '../fields.ts'
import { type FormatManifest, lossBook, noteHead, noteList, withoutAbsent } from '../manifest.ts'
import { bagText, markingLine } from '../marking-line.ts'
import type { EvidencePackage, Party, Statement, Wallet } from '../model.ts'
import type { Release } from '../release.ts'
import { uuidV5 } from '../uuid.ts'
import { ftmFates, NOTE_BAG, noSchema, transferFate, unboundFate, unusedFate } from './ftm-fates.ts'

type Values = Readonly<Record<string, string | null | readonly string[]>>
type Entity = { readonly id: string; readonly schema: string; readonly properties: Record<string, readonly string[]> }

/** Schemata with a required name get these words where there is none. */
export const NOT_NAMED = '(not named)'

export function exportFtm(released: Release): { readonly text: string; readonly manifest: FormatManifest } {
  const book = lossBook()
  const whole = released.package
  const pack = withoutAbsent(whole, whole.exhibits, book)
  const carriers = [...pack.parties, ...pack.wallets, ...pack.statements.filter(({ wallet }) => wallet !== null)]
  const carried = new Set<unknown>(carriers.map(({ marking }) => marking))
  noteList(book, pack, 'markings', (row) => (carried.has(row.id) ? ftmFates.markings : unusedFate))
  for (const list of ['parties', 'wallets'] as const) noteList(book, pack, list, ftmFates[list])
  noteList(book, pack, 'statements', (row) =>
    row.wallet === null ? unboundFate : row.kind === 'sanctioned' ? ftmFates.sanctions : ftmFates.notes,
  )
  for (const list of ['investigations', 'authorisations', 'exhibits', 'custody', 'assets'] as const)
    noteList(book, pack, list, noSchema)
  noteList(book, pack, 'transfers', transferFate)
  noteHead(book, pack, noSchema)

  const lines = linesOf(pack)
  const entities = [
    ...pack.parties.map((one) => party(one, lines)),
    ...pack.wallets.map((one) => wallet(one, pack, lines)),
    ...pack.statements.filter((one) => one.wallet !== null).map((one) => statement(one, lines)),
    ...payments(pack, lines),
  ]
  return {
    text: entities.map((one) => `${JSON.stringify(one)}\n`).join(''),
    manifest: book.manifest('export', 'followthemoney/3', released.audience),
  }
}

type Lines = (marking: string | null) => readonly string[]

function linesOf(pack: EvidencePackage): Lines {
  const lines = new Map(pack.markings.map((one) => [one.id, [markingLine(one)]]))
  return (id) => lines.get(id ?? '') ?? []
}

const SCHEMA = { agency: 'PublicBody', person: 'Person', company: 'Company' } as const

function party(one: Party, lines: Lines): Entity {
  return entity(one.id, SCHEMA[one.kind], {
    name: one.name ?? NOT_NAMED,
    summary: one.role,
    country: one.country?.toLowerCase() ?? null,
    notes: lines(one.marking),
  })
}

function wallet(one: Wallet, pack: EvidencePackage, lines: Lines): Entity {
  // What is folded into the wallet travels under the wallet's marking, so that it must be marked the same.
  const said = pack.statements.filter(
    ({ wallet, retracted, marking }) => wallet === one.id && retracted === null && marking === one.marking,
  )
  const accounts = said.filter(({ kind }) => kind === 'account-at')
  const native = pack.assets.find(({ asset }) => asset.startsWith(`${one.chain}/slip44:`))
  return entity(one.id, 'CryptoWallet', {
    name: one.address,
    publicKey: one.address,
    summary: `CAIP-2 ${one.chain}`,
    currency: native?.symbol ?? null,
    holder: one.holder,
    keywords: one.labels,
    managingExchange: accounts.flatMap(({ service }) => service ?? []),
    accountId: accounts.flatMap(({ account }) => account ?? []),
    topics: said.some(({ kind }) => kind === 'sanctioned') ? 'sanction' : null,
    notes: lines(one.marking),
  })
}

function statement(one: Statement, lines: Lines): Entity {
  if (one.kind === 'sanctioned') {
    return entity(one.id, 'Sanction', {
      entity: one.wallet,
      authority: one.listedBy,
      authorityId: one.listing,
      startDate: ftmTime(one.validFrom),
      endDate: ftmTime(one.validTo),
      reason: one.basis,
      summary: one.claim,
      description: lines(one.marking),
    })
  }
  return entity(one.id, 'Note', {
    name: one.claim ?? NOT_NAMED,
    entity: one.wallet,
    description: bagText(one as unknown as Row, NOTE_BAG),
    notes: lines(one.marking),
  })
}

/** A Payment joins holders, not wallets; written for other readers where all three are marked the same, never read back. */
function payments(pack: EvidencePackage, lines: Lines): Entity[] {
  const holderAt = (chain: string, address: string | null, marking: string | null) =>
    pack.wallets.find((one) => one.chain === chain && one.address === address && one.marking === marking)?.holder ??
    null
  return pack.transfers.flatMap((one) => {
    const [payer, beneficiary] = [one.from, one.to].map((at) => holderAt(one.chain, at, one.marking))
    if (!payer || !beneficiary) return []
    const note = pack.assets.find(({ asset }) => asset === one.asset)
    return [
      entity(uuidV5(one.id, 'payment'), 'Payment', {
        payer,
        beneficiary,
        transactionNumber: one.txid,
        date: ftmTime(one.time),
        amount: note && one.amountBaseUnits ? formatDecimal(BigInt(one.amountBaseUnits), note.decimals) : null,
        currency: note?.symbol ?? null,
        description: lines(one.marking),
      }),
    ]
  })
}

function entity(id: string, schema: string, values: Values): Entity {
  const properties: Record<string, readonly string[]> = {}
  for (const [name, value] of Object.entries(values)) {
    const list = typeof value === 'string' ? [value] : (value ?? [])
    if (list.length > 0) properties[name] = list
  }
  return { id, schema, properties }
}

/** The model's type `date` has no zone; UTC is meant. */
function ftmTime(instant: string | null): string | null {
  return instant === null ? null : instant.replace('Z', '')
}
