/** A released package as one BagIt bag: the package, exchange formats with their manifests, and the attachments. */
import { bytesToHex, type Result, refuse, sha256, utf8 } from '../../../kernel/index.ts'
import { csvTable } from '../csv/csv-cell.ts'
import { type FormatName, formatFiles, formatNames } from '../format-files.ts'
import { markingLine } from '../marking-line.ts'
import type { EvidencePackage, Tlp } from '../model.ts'
import type { Release } from '../release.ts'
import { type BagFile, type BagPart, writeBag } from './bag.ts'

/** The bytes of an exhibit. They go under the exhibit's id: a file name of a suspect's disk may itself be content. */
export type HeldAttachment = { readonly exhibit: string; readonly bytes: Uint8Array }
/** The same where the bytes stay in a vault until the bag is written, with the digests that the vault knows. */
export type StoredAttachment = {
  readonly exhibit: string
  readonly size: number
  readonly sha256: string
  readonly sha512: string
}
export type Attachment = HeldAttachment | StoredAttachment

export type BagContent = {
  /** The day, as `2026-03-01`. */
  readonly baggingDate: string
  /** Who packs it. */
  readonly source?: string
  /** All of them where nothing is said. */
  readonly formats?: readonly FormatName[]
  /** More files of the payload, made from the released package alone, as an index of the exhibits. */
  readonly files?: readonly BagFile[]
}

/** Codes: FORMATS_ATTACHMENT_HASH, FORMATS_BAG_PATH. */
export function exportBag(
  released: Release,
  attachments: readonly HeldAttachment[],
  content: BagContent,
): Result<readonly BagFile[]>
export function exportBag(
  released: Release,
  attachments: readonly Attachment[],
  content: BagContent,
): Result<readonly BagPart[]>
export function exportBag(
  released: Release,
  attachments: readonly Attachment[],
  { baggingDate, source, formats = formatNames, files = [] }: BagContent,
): Result<readonly BagPart[]> {
  const pack = released.package
  const payload: BagPart[] = [
    ...formats
      .flatMap((format) => formatFiles(released, format))
      .map(({ path, text }) => ({ path, bytes: utf8(text) })),
    ...files,
  ]
  const markingRows = payload.map(({ path }) => [`data/${path}`, strictest(pack), ''])
  for (const attachment of attachments) {
    const { exhibit: id } = attachment
    const exhibit = pack.exhibits.find((one) => one.id === id)
    const digest = 'bytes' in attachment ? bytesToHex(sha256(attachment.bytes)) : attachment.sha256
    // An attachment of an exhibit that was not released would carry what the release took out.
    if (!exhibit || exhibit.sha256 !== digest)
      return refuse('FORMATS_ATTACHMENT_HASH', 'An attachment is not the file of a released exhibit.', {
        fix: 'Attach the file that was hashed at acquisition, and release its exhibit.',
      })
    const marking = pack.markings.find((one) => one.id === exhibit.marking)
    const { exhibit: _, ...bytes } = attachment
    payload.push({ path: `exhibits/${id}`, ...bytes })
    markingRows.push([
      `data/exhibits/${id}`,
      (marking?.tlp ?? 'red').toUpperCase(),
      marking ? markingLine(marking) : '',
    ])
  }
  const tags = [{ path: 'markings.csv', bytes: utf8(csvTable(['path', 'tlp', 'marking'], markingRows)) }]
  return writeBag(payload, tags, [
    ...(source === undefined ? [] : [['Source-Organization', source.replace(/\s+/g, ' ')] as const]),
    ['Bagging-Date', baggingDate],
    ['External-Identifier', pack.id],
    ['Comity-TLP', strictest(pack)],
  ])
}

const order: readonly Tlp[] = ['red', 'amber+strict', 'amber', 'green', 'clear']

/** A file with several items travels under the strictest of their markings. */
export function strictest(pack: EvidencePackage): string {
  const found = order.find((tlp) => pack.markings.some((one) => one.tlp === tlp))
  return (found ?? 'red').toUpperCase()
}
