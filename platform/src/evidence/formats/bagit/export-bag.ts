/** A released package as one BagIt bag: the package, every exchange format with its manifest, and the attachments. */
import { bytesToHex, canonicalJson, type Json, type Result, refuse, sha256, utf8 } from '../../../kernel/index.ts'
import { exportCase } from '../case/export-case.ts'
import { csvTable } from '../csv/csv-cell.ts'
import { exportCsv } from '../csv/export-csv.ts'
import { exportFtm } from '../ftm/export-ftm.ts'
import { markingLine } from '../marking-line.ts'
import { exportMisp } from '../misp/export-misp.ts'
import type { EvidencePackage, Tlp } from '../model.ts'
import { exportPackage } from '../package-json.ts'
import type { Release } from '../release.ts'
import { exportStix } from '../stix/export-stix.ts'
import { type BagFile, writeBag } from './bag.ts'

/** The bytes of an exhibit. They go under the exhibit's id: a file name of a suspect's disk may itself be content. */
export type Attachment = { readonly exhibit: string; readonly bytes: Uint8Array }

/** Codes: FORMATS_ATTACHMENT_HASH, FORMATS_BAG_PATH. `baggingDate`: the day, as `2026-03-01`. */
export function exportBag(
  released: Release,
  attachments: readonly Attachment[],
  baggingDate: string,
): Result<readonly BagFile[]> {
  const pack = released.package
  const formats = [
    ['case', 'case.jsonld', exportCase(released)],
    ['stix', 'bundle.json', exportStix(released)],
    ['misp', 'event.json', exportMisp(released)],
    ['followthemoney', 'entities.ftm.json', exportFtm(released)],
  ] as const
  const csv = exportCsv(released)
  const json = (value: unknown) => utf8(canonicalJson(value as Json))
  const payload: BagFile[] = [
    { path: 'package.json', bytes: utf8(exportPackage(released)) },
    ...formats.flatMap(([folder, name, { text, manifest }]) => [
      { path: `${folder}/${name}`, bytes: utf8(text) },
      { path: `${folder}/manifest.json`, bytes: json(manifest) },
    ]),
    ...csv.files.map(({ path, text }) => ({ path: `csv/${path}`, bytes: utf8(text) })),
    { path: 'csv/manifest.json', bytes: json(csv.manifest) },
  ]
  const markingRows = payload.map(({ path }) => [`data/${path}`, strictest(pack), ''])
  for (const { exhibit: id, bytes } of attachments) {
    const exhibit = pack.exhibits.find((one) => one.id === id)
    // An attachment of an exhibit that was not released would carry what the release took out.
    if (!exhibit || exhibit.sha256 !== bytesToHex(sha256(bytes)))
      return refuse('FORMATS_ATTACHMENT_HASH', 'An attachment is not the file of a released exhibit.', {
        fix: 'Attach the file that was hashed at acquisition, and release its exhibit.',
      })
    const marking = pack.markings.find((one) => one.id === exhibit.marking)
    payload.push({ path: `exhibits/${id}`, bytes })
    markingRows.push([
      `data/exhibits/${id}`,
      (marking?.tlp ?? 'red').toUpperCase(),
      marking ? markingLine(marking) : '',
    ])
  }
  const tags = [{ path: 'markings.csv', bytes: utf8(csvTable(['path', 'tlp', 'marking'], markingRows)) }]
  return writeBag(payload, tags, [
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
