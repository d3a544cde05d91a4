/** An evidence package as a STIX 2.1 bundle, deterministic: the same package gives the same bytes. */
import { canonicalJson, type Json } from '../../../kernel/index.ts'
import type { Row } from '../fields.ts'
import { type FormatManifest, type LossBook, lossBook, noteHead, noteList, withoutAbsent } from '../manifest.ts'
import { markingLine } from '../marking-line.ts'
import type { EvidencePackage, Exhibit, Marking, Party, Statement, Tlp } from '../model.ts'
import type { Release } from '../release.ts'
import { STIX_NAMESPACE, uuidV5 } from '../uuid.ts'
import { transactions, wallets } from './crypto-objects.ts'
import {
  custodyFate,
  deviceFate,
  headFates,
  noGroupingFate,
  noObjectFate,
  stixFates,
  unboundFate,
} from './stix-fates.ts'
import { own, type RefsOf, type StixObject, stixTime } from './stix-object.ts'
import {
  COMITY_EXTENSION,
  COMITY_IDENTITY,
  fileKinds,
  NOT_NAMED,
  observableId,
  TLP_EXTENSION,
  TRANSACTION_EXTENSION,
  tlpIds,
  UNKNOWN_TIME,
  WALLET_EXTENSION,
  walletId,
} from './vocabulary.ts'

export function exportStix(released: Release): { readonly text: string; readonly manifest: FormatManifest } {
  const book = lossBook()
  const whole = released.package
  const absent = [...whole.exhibits.filter((one) => !isFile(one)), ...whole.authorisations, ...whole.investigations]
  const pack = withoutAbsent(whole, absent, book)
  const markings = new Map(pack.markings.map((one) => [one.id, one]))
  const refsOf = (ids: readonly (string | null)[]): StixObject => {
    const used = [...new Set(ids)].flatMap((id) => markings.get(id ?? '') ?? [])
    const refs = [...new Set(used.flatMap((one) => [tlpIds[one.tlp], `marking-definition--${one.id}`]))].sort()
    return refs.length === 0 ? {} : { object_marking_refs: refs }
  }
  const content: StixObject[] = [
    ...pack.parties.map((one) => identity(one, pack, refsOf)),
    ...pack.exhibits.filter(isFile).map((one) => file(one, refsOf)),
    ...wallets(pack, refsOf),
    ...transactions(pack, refsOf),
    ...pack.statements.filter(({ wallet }) => wallet !== null).map((one) => note(one, pack, refsOf)),
  ]
  const objects = [
    ...definitions(pack, content.length > 0),
    ...content,
    ...(content.length === 0 ? [] : [grouping(pack, content, refsOf)]),
  ]
  const id = `bundle--${uuidV5(STIX_NAMESPACE, canonicalJson(objects.map((one) => text(one)).sort()))}`
  const bundle = { type: 'bundle', id, ...(objects.length === 0 ? {} : { objects }) }
  return {
    text: `${JSON.stringify(bundle, null, 1)}\n`,
    manifest: manifestOf(pack, released.audience, book, content.length > 0),
  }
}

const text = (one: StixObject): string => JSON.stringify(one)

function manifestOf(
  pack: EvidencePackage,
  audience: readonly string[],
  book: LossBook,
  hasGrouping: boolean,
): FormatManifest {
  for (const list of ['markings', 'parties', 'wallets', 'transfers'] as const)
    noteList(book, pack, list, stixFates[list])
  noteList(book, pack, 'exhibits', (row) => (isFile(row as unknown as Exhibit) ? stixFates.exhibits : deviceFate))
  noteList(book, pack, 'statements', (row) => (row.wallet === null ? unboundFate : stixFates.statements))
  noteList(book, pack, 'investigations', noObjectFate)
  noteList(book, pack, 'authorisations', noObjectFate)
  noteList(book, pack, 'custody', custodyFate)
  noteList(book, pack, 'assets', hasGrouping ? ASSETS : noGroupingFate)
  noteHead(book, pack, hasGrouping ? headFates : noGroupingFate)
  return book.manifest('export', 'stix/2.1', audience)
}

const ASSETS = { kind: 'mapped', to: `grouping.extensions.${COMITY_EXTENSION}.assets` } as const
const isFile = (exhibit: Exhibit) => fileKinds.includes(exhibit.kind)

function times(created: string | null): StixObject {
  const time = stixTime(created ?? UNKNOWN_TIME)
  return { created: time, modified: time }
}

function definitions(pack: EvidencePackage, hasContent: boolean): StixObject[] {
  if (!hasContent && pack.markings.length === 0) return []
  const common = { spec_version: '2.1', created_by_ref: COMITY_IDENTITY, ...times(UNKNOWN_TIME) }
  const extension = (id: string, name: string, schema: string, type: string, version: string): StixObject => ({
    type: 'extension-definition', id, ...common, name, schema, version, extension_types: [type],
  }) // biome-ignore format: one line
  const community = 'https://github.com/muchdogesec/stix2extensions/tree/main/automodel_generated/schemas/scos'
  return [
    {
      type: 'identity',
      spec_version: '2.1',
      id: COMITY_IDENTITY,
      ...times(UNKNOWN_TIME),
      name: 'Comity',
      identity_class: 'system',
    },
    extension(
      COMITY_EXTENSION,
      'comity evidence package',
      'docs/spec/evidence-formats.md of Comity',
      'property-extension',
      '1.0',
    ),
    ...(pack.wallets.length + pack.transfers.length === 0
      ? []
      : [
          extension(
            WALLET_EXTENSION,
            'cryptocurrency-wallet',
            `${community}/cryptocurrency-wallet.json`,
            'new-sco',
            '1.0',
          ),
          extension(
            TRANSACTION_EXTENSION,
            'cryptocurrency-transaction',
            `${community}/cryptocurrency-transaction.json`,
            'new-sco',
            '1.0',
          ),
        ]),
    ...[...new Set(pack.markings.map(({ tlp }) => tlp))].sort().map(tlpDefinition),
    ...pack.markings.map(markingDefinition),
  ]
}

function tlpDefinition(tlp: Tlp): StixObject {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: tlpIds[tlp],
    created: '2022-10-01T00:00:00.000Z',
    name: `TLP:${tlp.toUpperCase()}`,
    extensions: { [TLP_EXTENSION]: { extension_type: 'property-extension', tlp_2_0: tlp } },
  }
}

function markingDefinition(marking: Marking): StixObject {
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: `marking-definition--${marking.id}`,
    created: stixTime(UNKNOWN_TIME),
    definition_type: 'statement',
    definition: { statement: markingLine(marking) },
    extensions: own(marking as unknown as Row, [
      'tlp',
      'purposes',
      'onwardUse',
      'handlingCode',
      'recipients',
      'sealed',
    ]),
  }
}

function identity(party: Party, pack: EvidencePackage, refsOf: RefsOf): StixObject {
  return {
    type: 'identity',
    spec_version: '2.1',
    id: `identity--${party.id}`,
    ...times(pack.createdAt),
    name: party.name ?? NOT_NAMED,
    ...(party.role === null ? {} : { roles: [party.role] }),
    identity_class: party.kind === 'person' ? 'individual' : 'organization',
    extensions: own(party as unknown as Row, ['kind', 'country']),
    ...refsOf([party.marking]),
  }
}

/** Section 6.7: a file needs a hash or a name; an exhibit without a hash is named by its number. */
function file(exhibit: Exhibit, refsOf: RefsOf): StixObject {
  const hashes = Object.fromEntries(
    [
      ['SHA-256', exhibit.sha256],
      ['SHA-512', exhibit.sha512],
    ].filter(([, value]) => value !== null),
  ) as StixObject
  const extensions = own(exhibit as unknown as Row, [
    'id', 'exhibitNumber', 'kind', 'description', 'acquiredAt', 'acquirer', 'place', 'toolName', 'toolVersion', 'toolConfig',
    'sourceExhibit',
  ]) // biome-ignore format: a list
  const identifying = {
    ...(Object.keys(hashes).length > 0 ? { hashes } : { name: exhibit.exhibitNumber ?? exhibit.id }),
    extensions,
  }
  return {
    type: 'file',
    spec_version: '2.1',
    id: observableId('file', identifying as Json),
    ...identifying,
    ...(exhibit.size === null ? {} : { size: exhibit.size }),
    ...(exhibit.mediaType === null ? {} : { mime_type: exhibit.mediaType }),
    ...refsOf([exhibit.marking]),
  }
}

function note(one: Statement, pack: EvidencePackage, refsOf: RefsOf): StixObject {
  const address = pack.wallets.find(({ id }) => id === one.wallet)?.address ?? ''
  // A name travels under the marking of the note, so that the party must be marked the same.
  const author = pack.parties.find(({ id, marking }) => id === one.author && marking === one.marking)?.name
  return {
    type: 'note',
    spec_version: '2.1',
    id: `note--${one.id}`,
    ...times(pack.createdAt),
    content: one.claim ?? NOT_NAMED,
    ...(author ? { authors: [author] } : {}),
    object_refs: [walletId(address)],
    ...(one.confidence === null ? {} : { confidence: one.confidence }),
    extensions: own(one as unknown as Row, [
      'wallet', 'kind', 'party', 'service', 'account', 'listedBy', 'listing', 'basis', 'method', 'sourceExhibit', 'author',
      'validFrom', 'validTo', 'retracted',
    ]), // biome-ignore format: a list
    ...refsOf([one.marking]),
  }
}

function grouping(pack: EvidencePackage, content: readonly StixObject[], refsOf: RefsOf): StixObject {
  return {
    type: 'grouping',
    spec_version: '2.1',
    id: `grouping--${pack.id}`,
    ...times(pack.createdAt),
    ...(pack.title === null ? {} : { name: pack.title }),
    context: 'unspecified',
    object_refs: content.map((one) => String(one.id)),
    extensions: own(pack as unknown as Row, ['caseReference', 'createdAt', 'assets', 'marking']),
    ...refsOf([pack.marking]),
  }
}
