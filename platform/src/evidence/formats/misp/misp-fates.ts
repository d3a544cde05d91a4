/** Where in a MISP event each field of the package goes. */
import { changed, dropped, type Fate, mapped } from '../manifest.ts'

const tag = changed('Attribute.Tag', 'the tag comity:marking and the tag tlp on every attribute of the object')
const inComment = (object: string, name: string) =>
  changed(`${object}.comment`, `as JSON in the comment (${name}), because the template has no attribute for it`)

export const WALLET_TEXT = ['chain', 'labels'] as const
export const TRANSFER_COMMENT = ['chain', 'from', 'to', 'asset', 'amountBaseUnits', 'amountStated'] as const
export const EXHIBIT_COMMENT = ['place', 'toolVersion', 'toolConfig'] as const
export const STATEMENT_COMMENT = [
  'wallet', 'kind', 'service', 'account', 'listedBy', 'listing', 'basis', 'method', 'confidence', 'sourceExhibit', 'validTo',
  'retracted',
] as const // biome-ignore format: a list

const comments = (object: string, names: readonly string[]): Record<string, Fate> =>
  Object.fromEntries(names.map((name) => [name, inComment(object, name)]))

export const mispFates = {
  markings: Object.fromEntries(
    ['id', 'tlp', 'purposes', 'onwardUse', 'handlingCode', 'recipients', 'sealed'].map((name) => [
      name,
      changed('annotation.text', 'as one line of text; also the tag tlp'),
    ]),
  ) as Record<string, Fate>,
  investigations: {
    id: mapped('forensic-case.uuid'),
    marking: tag,
    name: mapped('forensic-case.case-name'),
    focus: mapped('forensic-case.additional-comments'),
    start: mapped('forensic-case.analysis-start-date'),
    end: dropped('forensic-case has no attribute for it'),
    form: dropped('forensic-case has no attribute for it'),
    status: dropped('forensic-case has no attribute for it'),
  } as Record<string, Fate>,
  exhibits: {
    id: mapped('forensic-evidence.uuid'),
    marking: tag,
    exhibitNumber: mapped('forensic-evidence.evidence-number'),
    kind: mapped('forensic-evidence.type'),
    description: mapped('forensic-evidence.name'),
    toolName: mapped('forensic-evidence.acquisition-tools'),
    acquiredAt: mapped('forensic-evidence.first_seen'),
    sha256: changed('file.sha256', 'forensic-evidence has no hash: in a file object that it refers to'),
    sha512: changed('file.sha512', 'forensic-evidence has no hash: in a file object that it refers to'),
    size: mapped('file.size-in-bytes'),
    mediaType: mapped('file.mimetype'),
    sourceExhibit: mapped('forensic-evidence.ObjectReference[derived-from]'),
    ...comments('forensic-evidence', EXHIBIT_COMMENT),
  } as Record<string, Fate>,
  wallets: {
    id: mapped('coin-address.uuid'),
    marking: tag,
    address: mapped('coin-address.address, coin-address.address-crypto'),
    chain: changed('coin-address.text', 'as JSON, because the template names no chain'),
    labels: changed('coin-address.text', 'as JSON'),
  } as Record<string, Fate>,
  transfers: {
    id: mapped('cryptocurrency-transaction.uuid'),
    marking: tag,
    txid: mapped('cryptocurrency-transaction.transaction-number'),
    time: mapped('cryptocurrency-transaction.time'),
    ...comments('cryptocurrency-transaction', TRANSFER_COMMENT),
    amountBaseUnits: changed(
      'cryptocurrency-transaction.comment',
      'exact as text; value is a float for display only, where the decimals of the asset are known',
    ),
  } as Record<string, Fate>,
  statements: {
    id: mapped('annotation.uuid'),
    marking: tag,
    claim: mapped('annotation.text'),
    validFrom: mapped('annotation.creation-date'),
    ...comments('annotation', STATEMENT_COMMENT),
  } as Record<string, Fate>,
} as const

export const assetFate = changed(
  'Event.Object[forensic-case].comment',
  'as JSON in the comment of the object of the package',
)
export const partyFate = dropped('the organisations of MISP are those of the instance, not the parties of a case')
export const authorisationFate = dropped('MISP has no object for a legal basis')
export const custodyFate = dropped('MISP has no object for custody; CASE has')
export const headFates: Readonly<Record<string, Fate>> = {
  id: mapped('Event.uuid'),
  caseReference: mapped('forensic-case.case-number'),
  title: mapped('Event.info'),
  createdAt: mapped('Event.timestamp'),
  marking: changed('Event.Tag', 'the tags comity:marking and tlp'),
}
