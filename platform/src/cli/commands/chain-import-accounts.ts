/** `chain import` on chains of accounts. */
import { type AccountImport, type AccountPack, importAccountSource } from '../../chains/index.ts'
import type { AddressLabel, ImportOptions } from '../../chains/sources/index.ts'
import { type Json, orStop, sha256Text, utf8 } from '../../kernel/index.ts'
import { csvTagColumns } from '../../tracing/tags/index.ts'
import type { Outcome } from '../command.ts'
import type { Desk } from '../desk.ts'
import { count, plain } from '../present.ts'
import { proofsJson, proofsText } from './account-proofs-text.ts'

/** What is said of every figure that comes from an analyst's table. */
export const SECONDARY = 'Secondary data: figures of an analyst in US cents. They are no evidence.'

/** Files of one export belong together; of analysts' tables and servers each is a source. */
const TOGETHER: readonly string[] = ['ethereum-etl', 'aws-parquet', 'etherscan-csv']

export async function importAccounts(
  desk: Desk,
  pack: AccountPack,
  format: string,
  args: readonly string[],
  options: ImportOptions,
): Promise<Outcome> {
  const { openAccountImporter } = await import('../../chains/sources/index.ts')
  const store = await desk.accounts()
  const imports: AccountImport[] = []
  let tags = 0
  for (const sources of TOGETHER.includes(format) ? [args] : args.map((arg) => [arg])) {
    const importer = orStop(await openAccountImporter(format, sources, pack, options))
    const done = await importAccountSource(store, importer, desk.progress)
    imports.push(done)
    tags += await keepLabels(desk, pack, importer.labels?.() ?? [], done)
  }
  desk.progress.done()
  return { exit: 0, json: toJson(pack, format, imports, tags), text: toText(pack, format, imports, tags) }
}

/** The names in a source become tags that say where they are from. */
async function keepLabels(
  desk: Desk,
  pack: AccountPack,
  labels: readonly AddressLabel[],
  { source }: AccountImport,
): Promise<number> {
  if (labels.length === 0) return 0
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rows = labels.map(({ address, label }) =>
    csvTagColumns
      .map((column) =>
        cell(
          { chain: pack.caip2, address, label, source: `${source.format} ${source.name}, SHA-256 ${source.sha256}` }[
            column as string
          ] ?? '',
        ),
      )
      .join(','),
  )
  const text = `${csvTagColumns.join(',')}\n${rows.join('\n')}\n`
  const file = { name: `labels of ${source.name}.csv`, sha256: sha256Text(text), bytes: utf8(text).length, text }
  const kept = orStop(await (await desk.tagStore()).importFile(file, Math.floor(Date.now() / 1000), 'csv'))
  return kept.file.tags
}

function total(imports: readonly AccountImport[], which: 'counts' | 'added') {
  const sum = { blocks: 0, transactions: 0, moves: 0, logs: 0 }
  for (const { report } of imports) {
    sum.blocks += report[which].blocks
    sum.transactions += report[which].transactions
    sum.moves += report[which].moves
    sum.logs += report[which].logs
  }
  return sum
}

function toJson(pack: AccountPack, format: string, imports: readonly AccountImport[], tags: number): Json {
  return {
    chain: pack.caip2,
    format,
    ...total(imports, 'counts'),
    added: total(imports, 'added'),
    notice: format === 'flow-csv' ? SECONDARY : null,
    tags,
    defects: imports.flatMap(({ report }) => report.defects.map((defect) => ({ ...defect }))),
    staleBlocks: imports.flatMap(({ report }) => [...report.staleBlocks]),
    sources: imports.map(({ source, state, report }) => ({
      name: source.name,
      sha256: source.sha256,
      bytes: source.bytes,
      state,
      counts: { ...report.counts },
      added: { ...report.added },
      proofs: report.proofs && proofsJson(report.proofs),
      defects: report.defects.length,
    })),
  }
}

function toText(pack: AccountPack, format: string, imports: readonly AccountImport[], tags: number): string {
  return [
    ...imports.flatMap(({ source, state, report }) => {
      const { blocks, transactions, moves, logs } = report.counts
      const how = {
        known: 'was imported before',
        resumed: 'imported (went on where it had stopped)',
        imported: 'imported',
      }
      const shown = report.defects.slice(0, 12)
      return [
        `${plain(source.name)}: ${how[state]}: ${count(blocks, 'block')}, ${count(transactions, 'transaction')}, ${count(moves, 'move')}, ${count(logs, 'event')}; ${count(report.added.transactions, 'transaction')} new; ${count(report.defects.length, 'defect')}`,
        ...(report.proofs && format !== 'flow-csv' ? [`  proof: ${proofsText(report.proofs, report.counts)}`] : []),
        ...shown.map(
          (defect) =>
            `  ! ${defect.code}${defect.count > 1 ? ` ×${defect.count}` : ''}: ${plain(defect.message)} (${plain(defect.place)})`,
        ),
        ...(report.defects.length > shown.length
          ? [`  … and ${report.defects.length - shown.length} more: comity chain defects --chain ${pack.caip2}`]
          : []),
        ...report.staleBlocks.map((hash) => `  block ${hash} left the active chain: a longer branch replaced it`),
      ]
    }),
    ...(tags > 0 ? [`${count(tags, 'label')} of the source became tags`] : []),
    ...(format === 'flow-csv' ? [SECONDARY] : []),
  ].join('\n')
}
