/** For tests: the chain packs, and everything that an importer delivers for a source, in one piece. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { orStop } from '../../kernel/index.ts'
import { packFamily } from '../account-packs.ts'
import type { ChainPack } from '../chain-pack.ts'
import type { Defect, LedgerBlock, LedgerTx, SourceFormat } from '../ledger.ts'
import type { ImportOptions, ReadContext } from './importer.ts'
import { openImporter } from './open-importer.ts'

const folders: string[] = []
afterAll(removeFolders)

/** Where several files of tests share this module, the hook above is that of the first: see remove-samples.ts. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

const ROOT = new URL('../../../../', import.meta.url)

export const knownPacks: readonly ChainPack[] = readdirSync(new URL('packs/chains/', ROOT))
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(`packs/chains/${name}`, ROOT), 'utf8')) as ChainPack)
  .filter((pack) => packFamily(pack) === 'utxo')

export function packOf(alias: string): ChainPack {
  const pack = knownPacks.find(({ aliases }) => aliases.includes(alias))
  if (!pack) throw new Error(`no chain pack is called ${alias}`)
  return pack
}

export function sample(path: string): string {
  return new URL(`samples/${path}`, ROOT).pathname
}

/** Writes files into a new folder, which goes when the tests end, and returns its path. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'comity-source-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

export type Delivered = {
  readonly blocks: LedgerBlock[]
  readonly transactions: LedgerTx[]
  readonly defects: Defect[]
  readonly cursors: string[]
}

export async function readAll(
  format: SourceFormat,
  source: string | readonly string[],
  pack: ChainPack,
  more: Partial<ImportOptions> & Partial<ReadContext> = {},
): Promise<Delivered> {
  const { cursor = null, heightOf, ...options } = more
  const importer = orStop(await openImporter(format, source, pack, { knownPacks, ...options }))
  const all: Delivered = { blocks: [], transactions: [], defects: [], cursors: [] }
  for await (const step of importer.read(heightOf ? { cursor, heightOf } : { cursor })) {
    all.blocks.push(...step.batch.blocks)
    all.transactions.push(...step.batch.transactions)
    all.defects.push(...step.batch.defects)
    all.cursors.push(step.cursor)
  }
  return all
}

/** Codes of defects with how often they occur. */
export function tally(defects: readonly Defect[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { code, count } of defects) counts[code] = (counts[code] ?? 0) + count
  return counts
}
