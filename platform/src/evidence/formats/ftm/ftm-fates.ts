/** Where in FollowTheMoney each field of the package goes. */
import { changed, dropped, type Fate, mapped } from '../manifest.ts'

const notes = changed('notes', 'as one line of text, because no schema has a marking')

export const NOTE_BAG = [
  'kind', 'party', 'service', 'account', 'listedBy', 'listing', 'basis', 'method', 'confidence', 'author', 'validFrom',
  'validTo', 'retracted',
] as const // biome-ignore format: a list

const inNote = Object.fromEntries(
  NOTE_BAG.map((name) => [name, changed('Note.description', 'as JSON in the description')]),
) as Record<string, Fate>

const noSanctionField = dropped('Sanction has no property for it')

export const ftmFates = {
  markings: Object.fromEntries(
    ['id', 'tlp', 'purposes', 'onwardUse', 'handlingCode', 'recipients', 'sealed'].map((name) => [name, notes]),
  ) as Record<string, Fate>,
  parties: {
    id: mapped('id'),
    marking: notes,
    kind: mapped('schema'),
    name: mapped('LegalEntity.name'),
    role: mapped('LegalEntity.summary'),
    country: changed('LegalEntity.country', 'in lower case'),
  } as Record<string, Fate>,
  wallets: {
    id: mapped('id'),
    marking: notes,
    chain: changed('CryptoWallet.summary', 'as the words "CAIP-2" and the id, because the schema names no chain'),
    address: mapped('CryptoWallet.publicKey'),
    holder: mapped('CryptoWallet.holder'),
    labels: mapped('CryptoWallet.keywords'),
  } as Record<string, Fate>,
  sanctions: {
    id: mapped('id'),
    marking: changed('Sanction.description', 'as one line of text, because no schema has a marking'),
    kind: mapped('schema'),
    wallet: mapped('Sanction.entity'),
    claim: mapped('Sanction.summary'),
    listedBy: mapped('Sanction.authority'),
    listing: mapped('Sanction.authorityId'),
    basis: mapped('Sanction.reason'),
    validFrom: mapped('Sanction.startDate'),
    validTo: mapped('Sanction.endDate'),
    party: noSanctionField,
    service: noSanctionField,
    account: noSanctionField,
    method: noSanctionField,
    confidence: noSanctionField,
    sourceExhibit: noSanctionField,
    author: noSanctionField,
    retracted: noSanctionField,
  } as Record<string, Fate>,
  notes: {
    id: mapped('id'),
    marking: notes,
    wallet: mapped('Note.entity'),
    claim: mapped('Note.name'),
    ...inNote,
    service: changed('Note.description', 'as JSON; of an account also as CryptoWallet.managingExchange'),
    account: changed('Note.description', 'as JSON; of an account also as CryptoWallet.accountId'),
  } as Record<string, Fate>,
} as const

export const unboundFate = dropped('FollowTheMoney has no statement without an entity')
export const unusedFate = dropped('nothing in this file carries it')
export const noSchema = dropped('FollowTheMoney has no schema for it')
export const transferFate = dropped(
  'FollowTheMoney has no transfer between wallets; a Payment is written where both holders are known and marked the same',
)
