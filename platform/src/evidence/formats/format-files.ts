/** A released package in each of the formats, as files with their manifests: what a bag and a single format both hold. */
import { canonicalJson, type Json } from '../../kernel/index.ts'
import { exportCase } from './case/export-case.ts'
import { exportCsv } from './csv/export-csv.ts'
import { exportFtm } from './ftm/export-ftm.ts'
import type { FormatManifest } from './manifest.ts'
import { exportMisp } from './misp/export-misp.ts'
import { exportPackage } from './package-json.ts'
import type { Release } from './release.ts'
import { exportStix } from './stix/export-stix.ts'

export const formatNames = ['package', 'case', 'stix', 'misp', 'followthemoney', 'csv'] as const
export type FormatName = (typeof formatNames)[number]

export type FormatFile = { readonly path: string; readonly text: string }

/** The files of one format, its manifest among them. The package itself loses nothing and has none. */
export function formatFiles(released: Release, format: FormatName): readonly FormatFile[] {
  switch (format) {
    case 'package':
      return [{ path: 'package.json', text: exportPackage(released) }]
    case 'case':
      return one('case/case.jsonld', exportCase(released))
    case 'stix':
      return one('stix/bundle.json', exportStix(released))
    case 'misp':
      return one('misp/event.json', exportMisp(released))
    case 'followthemoney':
      return one('followthemoney/entities.ftm.json', exportFtm(released))
    case 'csv': {
      const { files, manifest } = exportCsv(released)
      return [...files.map(({ path, text }) => ({ path: `csv/${path}`, text })), manifestFile('csv', manifest)]
    }
  }
}

function one(path: string, { text, manifest }: { readonly text: string; readonly manifest: FormatManifest }) {
  return [{ path, text }, manifestFile(path.slice(0, path.indexOf('/')), manifest)]
}

function manifestFile(folder: string, manifest: FormatManifest): FormatFile {
  return { path: `${folder}/manifest.json`, text: canonicalJson(manifest as unknown as Json) }
}
