/** The door of the exchange formats of evidence: one package, released for an audience, in the formats of others. */
export {
  type Bag,
  type BagFile,
  type BagLabel,
  type BagPart,
  type BagSource,
  verifyBag,
  writeBag,
} from './bagit/bag.ts'
export { type Attachment, exportBag } from './bagit/export-bag.ts'
export type { AddressGate, BuiltPackage, Defect, ImportDesk } from './build-package.ts'
export { exportCase } from './case/export-case.ts'
export { importCase } from './case/import-case.ts'
export { formatsCodes } from './codes.ts'
export { csvCell, csvTable } from './csv/csv-cell.ts'
export { type ExportedFile, exportCsv } from './csv/export-csv.ts'
export { type FormatFile, type FormatName, formatFiles, formatNames } from './format-files.ts'
export { exportFtm } from './ftm/export-ftm.ts'
export { importFtm } from './ftm/import-ftm.ts'
export {
  changed,
  dropped,
  type Fate,
  type FormatManifest,
  type ItemFate,
  lossBook,
  mapped,
  noteHead,
  noteList,
} from './manifest.ts'
export { markingLine } from './marking-line.ts'
export { exportMisp } from './misp/export-misp.ts'
export { importMisp } from './misp/import-misp.ts'
export type * from './model.ts'
export { exportPackage, importPackage } from './package-json.ts'
export { type Audience, mayHave, type Release, release } from './release.ts'
export { exportStix } from './stix/export-stix.ts'
export { importStix } from './stix/import-stix.ts'
export { COMITY_NAMESPACE, uuidV5 } from './uuid.ts'
