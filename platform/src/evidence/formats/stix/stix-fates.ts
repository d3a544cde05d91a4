/** Where in STIX 2.1 each field of the package goes. */
import { fieldsOf, type ListName } from '../fields.ts'
import { changed, dropped, type Fate, mapped } from '../manifest.ts'
import { COMITY_EXTENSION } from './vocabulary.ts'

const own = (type: string, name: string) => mapped(`${type}.extensions.${COMITY_EXTENSION}.${name}`)

function table(list: ListName, type: string, native: Readonly<Record<string, Fate>>): Record<string, Fate> {
  return Object.fromEntries(
    fieldsOf(list).map(([name]) => [
      name,
      native[name] ??
        (name === 'id'
          ? mapped(`${type}.id`)
          : name === 'marking'
            ? mapped(`${type}.object_marking_refs`)
            : own(type, name)),
    ]),
  )
}

export const stixFates = {
  markings: table('markings', 'marking-definition', {
    tlp: changed(`marking-definition.extensions.${COMITY_EXTENSION}.tlp`, 'also as the TLP 2.0 marking of OASIS'),
  }),
  parties: table('parties', 'identity', {
    kind: changed(`identity.extensions.${COMITY_EXTENSION}.kind`, 'also as identity_class, which knows no agency'),
    name: mapped('identity.name'),
    role: mapped('identity.roles'),
  }),
  exhibits: table('exhibits', 'file', {
    id: own('file', 'id'),
    mediaType: mapped('file.mime_type'),
    size: mapped('file.size'),
    sha256: mapped('file.hashes.SHA-256'),
    sha512: mapped('file.hashes.SHA-512'),
  }),
  wallets: table('wallets', 'cryptocurrency-wallet', {
    id: own('cryptocurrency-wallet', 'wallets[].id'),
    marking: own('cryptocurrency-wallet', 'wallets[].marking'),
    address: mapped('cryptocurrency-wallet.value'),
    holder: changed(
      `cryptocurrency-wallet.extensions.${COMITY_EXTENSION}.wallets[].holder`,
      'also as holder_ref where all wallets of the address have one holder',
    ),
  }),
  transfers: table('transfers', 'cryptocurrency-transaction', {
    id: own('cryptocurrency-transaction', 'transfers[].id'),
    marking: own('cryptocurrency-transaction', 'transfers[].marking'),
    txid: mapped('cryptocurrency-transaction.value'),
    amountBaseUnits: changed(
      `cryptocurrency-transaction.extensions.${COMITY_EXTENSION}.transfers[].amountBaseUnits`,
      'also as a float in input and output, for display only, where the decimals of the asset are known',
    ),
  }),
  statements: table('statements', 'note', {
    claim: mapped('note.content'),
    confidence: mapped('note.confidence'),
    wallet: changed(
      `note.extensions.${COMITY_EXTENSION}.wallet`,
      'also as object_refs, where it is the address on every chain',
    ),
  }),
} as const

export const noObjectFate = dropped('STIX 2.1 has no object for it')
export const custodyFate = dropped('STIX 2.1 has no object for custody; CASE has')
export const deviceFate = dropped('STIX 2.1 has no object for a device or for control of a key')
export const unboundFate = dropped('a note of STIX 2.1 must be about an object (section 4.12)')
export const headFates: Readonly<Record<string, Fate>> = {
  id: mapped('grouping.id'),
  caseReference: own('grouping', 'caseReference'),
  title: mapped('grouping.name'),
  createdAt: changed(`grouping.extensions.${COMITY_EXTENSION}.createdAt`, 'also as created and modified'),
  marking: mapped('grouping.object_marking_refs'),
}
export const noGroupingFate = dropped('a grouping of STIX 2.1 must hold an object (section 4.5)')
