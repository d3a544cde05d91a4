/**
 * An evidence package as a MISP event.
 *
 * Amounts in MISP are floats, which lose digits above 2^53 base units: the exact integer stands beside it as text. Objects
 * carry no tags, so that every attribute carries the marking of its item. Distribution is 0, "your organisation only":
 * whom it goes to was decided by the release and is not left to a default of the instance.
 */
import { canonicalJson, formatDecimal, type Json } from '../../../kernel/index.ts'
import type { Row } from '../fields.ts'
import { type FormatManifest, lossBook, noteHead, noteList, withoutAbsent } from '../manifest.ts'
import { bagText, filled, markingLine } from '../marking-line.ts'
import type { AssetNote, EvidencePackage, Exhibit, Marking, Transfer, Wallet } from '../model.ts'
import type { Release } from '../release.ts'
import { uuidV5 } from '../uuid.ts'
import {
  assetFate,
  authorisationFate,
  custodyFate,
  EXHIBIT_COMMENT,
  headFates,
  mispFates,
  partyFate,
  STATEMENT_COMMENT,
  TRANSFER_COMMENT,
  WALLET_TEXT,
} from './misp-fates.ts'
import {
  attributeTypes,
  BITCOIN,
  categoryByType,
  MARKING_TAG,
  MARKING_TYPE,
  PACKAGE,
  STATEMENT_TYPE,
  type TemplateName,
  templates,
} from './vocabulary.ts'

type MispObject = { readonly [key: string]: unknown }
type Tags = (marking: string | null) => { Tag?: readonly { readonly name: string }[] }

export function exportMisp(released: Release): { readonly text: string; readonly manifest: FormatManifest } {
  const book = lossBook()
  const whole = released.package
  const pack = withoutAbsent(whole, [...whole.parties, ...whole.authorisations], book)
  for (const list of ['markings', 'investigations', 'exhibits', 'wallets', 'transfers', 'statements'] as const)
    noteList(book, pack, list, mispFates[list])
  noteList(book, pack, 'parties', partyFate)
  noteList(book, pack, 'authorisations', authorisationFate)
  noteList(book, pack, 'custody', custodyFate)
  noteList(book, pack, 'assets', assetFate)
  noteHead(book, pack, headFates)

  const tags = tagsOf(pack)
  const event = {
    uuid: pack.id,
    info: pack.title ?? PACKAGE,
    ...(pack.createdAt === null
      ? {}
      : { date: pack.createdAt.slice(0, 10), timestamp: String(Date.parse(pack.createdAt) / 1000) }),
    threat_level_id: '4',
    analysis: '2',
    distribution: '0',
    ...tags(pack.marking),
    Object: [
      packageObject(pack, tags),
      ...pack.markings.map((one) => markingObject(one, tags)),
      ...pack.investigations.map((one) =>
        object('forensic-case', one.id, tags(one.marking), {
          'case-number': pack.caseReference ?? pack.id,
          'case-name': one.name,
          'analysis-start-date': one.start,
          'additional-comments': one.focus,
        }),
      ),
      ...pack.exhibits.flatMap((one) => exhibitObjects(one, pack, tags)),
      ...pack.wallets.map((one) => walletObject(one, pack.assets, tags)),
      ...pack.transfers.map((one) => transferObject(one, pack.assets, tags)),
      ...pack.statements.map((one) => ({
        ...object(
          'annotation',
          one.id,
          tags(one.marking),
          { text: one.claim ?? `(${one.kind})`, type: STATEMENT_TYPE, 'creation-date': one.validFrom },
          bagText({ ...one, noClaim: one.claim === null ? true : null }, [...STATEMENT_COMMENT, 'noClaim']),
        ),
        ...(one.wallet === null ? {} : references(one.id, [[one.wallet, 'annotates']])),
      })),
    ],
  }
  return {
    text: `${JSON.stringify({ Event: event }, null, 1)}\n`,
    manifest: book.manifest('export', 'misp/2.4', released.audience),
  }
}

function tagsOf(pack: EvidencePackage): Tags {
  const markings = new Map(pack.markings.map((one) => [one.id, one]))
  return (id) => {
    const marking = markings.get(id ?? '')
    return marking ? { Tag: [{ name: `tlp:${marking.tlp}` }, { name: `${MARKING_TAG}"${marking.id}"` }] } : {}
  }
}

/** The head of the package, with the notes on assets, which belong to no single object. */
function packageObject(pack: EvidencePackage, tags: Tags): MispObject {
  const assets = pack.assets.length === 0 ? {} : { assets: pack.assets }
  return object(
    'forensic-case',
    uuidV5(pack.id, 'head'),
    tags(pack.marking),
    { 'case-number': pack.caseReference ?? pack.id },
    `${PACKAGE} ${canonicalJson({ ...assets, untitled: pack.title === null } as Json)}`,
  )
}

function markingObject(marking: Marking, tags: Tags): MispObject {
  return object('annotation', marking.id, tags(marking.id), { text: markingLine(marking), type: MARKING_TYPE })
}

function exhibitObjects(exhibit: Exhibit, pack: EvidencePackage, tags: Tags): MispObject[] {
  const row = exhibit as unknown as Row
  const hasFile = [exhibit.sha256, exhibit.sha512, exhibit.size, exhibit.mediaType].some((one) => one !== null)
  const fileId = uuidV5(exhibit.id, 'file')
  const links: [string, string][] = [
    ...(hasFile ? ([[fileId, 'contains']] as [string, string][]) : []),
    ...(exhibit.sourceExhibit === null ? [] : ([[exhibit.sourceExhibit, 'derived-from']] as [string, string][])),
  ]
  const evidence = object(
    'forensic-evidence',
    exhibit.id,
    tags(exhibit.marking),
    {
      'case-number': pack.caseReference ?? pack.id,
      'evidence-number': exhibit.exhibitNumber ?? exhibit.id,
      type: exhibit.kind,
      name: exhibit.description,
      'acquisition-tools': exhibit.toolName,
    },
    Object.keys(filled(row, EXHIBIT_COMMENT)).length === 0 ? '' : bagText(row, EXHIBIT_COMMENT),
  )
  const file = object('file', fileId, tags(exhibit.marking), {
    sha256: exhibit.sha256,
    sha512: exhibit.sha512,
    'size-in-bytes': exhibit.size === null ? null : String(exhibit.size),
    mimetype: exhibit.mediaType,
  })
  return [
    {
      ...evidence,
      ...(exhibit.acquiredAt === null ? {} : { first_seen: mispTime(exhibit.acquiredAt) }),
      ...references(exhibit.id, links),
    },
    ...(hasFile ? [file] : []),
  ]
}

/** The type `btc` is checked by MISP against bitcoin's own forms; every other chain goes into the text attribute. */
function walletObject(wallet: Wallet, assets: readonly AssetNote[], tags: Tags): MispObject {
  const native = assets.find(({ asset }) => asset.startsWith(`${wallet.chain}/slip44:`))
  return object('coin-address', wallet.id, tags(wallet.marking), {
    [wallet.chain === BITCOIN ? 'address' : 'address-crypto']: wallet.address,
    symbol: native?.symbol ?? null,
    text: bagText(wallet as unknown as Row, WALLET_TEXT),
  })
}

function transferObject(transfer: Transfer, assets: readonly AssetNote[], tags: Tags): MispObject {
  const note = assets.find(({ asset }) => asset === transfer.asset)
  const amount = transfer.amountBaseUnits
  return object(
    'cryptocurrency-transaction',
    transfer.id,
    tags(transfer.marking),
    {
      'transaction-number': transfer.txid,
      address: transfer.chain === BITCOIN ? transfer.to : null,
      symbol: note?.symbol ?? null,
      time: transfer.time,
      value: note && amount !== null ? String(Number(formatDecimal(BigInt(amount), note.decimals))) : null,
    },
    bagText(transfer as unknown as Row, TRANSFER_COMMENT),
  )
}

function object(
  name: TemplateName,
  uuid: string,
  tags: MispObject,
  values: Readonly<Record<string, string | null>>,
  comment = '',
): MispObject {
  const [version, template, category] = templates[name]
  return {
    uuid,
    name,
    'meta-category': category,
    template_uuid: template,
    template_version: String(version),
    distribution: '5',
    ...(comment === '' ? {} : { comment }),
    Attribute: Object.entries(values)
      .filter((entry): entry is [string, string] => entry[1] !== null)
      .map(([relation, value]) => {
        const type = attributeTypes[name][relation] ?? 'text'
        return {
          uuid: uuidV5(uuid, relation),
          object_relation: relation,
          type,
          category: categoryByType[type] ?? 'Other',
          value: type === 'datetime' ? mispTime(value) : value,
          // A pointer to a court file or a victim's address must not become a rule of somebody's firewall.
          to_ids: false,
          distribution: '5',
          ...tags,
        }
      }),
  }
}

function references(from: string, links: readonly (readonly [string, string])[]): MispObject {
  if (links.length === 0) return {}
  return {
    ObjectReference: links.map(([target, relation]) => ({
      uuid: uuidV5(from, `${relation} ${target}`),
      object_uuid: from,
      referenced_uuid: target,
      relationship_type: relation,
    })),
  }
}

/** MISP writes microseconds and an offset. */
function mispTime(instant: string): string {
  return instant.replace('Z', '.000000+00:00')
}
