/** The files of a report beside its page: tables and pictures, with their names and digests. */
import type { TraceRecord } from '../record.ts'
import { type AccountRuleFiles, filesOf as filesBeyond } from './accounts/account-files.ts'
import { wordsOfRecord } from './card-words.ts'
import { type CompanionFile, companion, tableFile } from './companion.ts'
import { annotationsCsv, blocksCsv, divergenceCsv, flowCsv, positionsCsv, seedsCsv, splitCsv } from './csv-tables.ts'
import { flowGraph } from './flow-graph.ts'
import { layOut, type Picture } from './flow-layout.ts'
import { mergeFlow, pictureLimits } from './flow-merge.ts'
import { wholePicture } from './flow-picture.ts'
import { fileStem } from './plain-text.ts'
import type { ReportSubject } from './report-input.ts'

export type FileNames = {
  readonly flowPicture: string
  readonly positionsTable: string
  readonly flowTable: string
  readonly seedsTable: string
}

export type ReportFiles = {
  /** Those of the rule that the report is about. */
  readonly seeds: CompanionFile
  readonly positions: CompanionFile
  readonly flow: CompanionFile
  readonly split: CompanionFile
  readonly annotations: CompanionFile
  readonly blocks: CompanionFile
  readonly divergence: CompanionFile | null
  readonly names: FileNames
  readonly picture: Picture
  /** Of the traces with which it goes on over bridges, in their order. */
  readonly beyond: readonly AccountRuleFiles[]
  /** All of them, of every rule, in the order in which the page lists them. */
  readonly all: readonly CompanionFile[]
}

export function reportFiles(subject: ReportSubject): ReportFiles {
  const { main, others, divergence } = subject
  const stems = new Set<string>()
  const tagByAddress = new Map(subject.tags.map(({ address, label }) => [address, label]))
  const seeds = tableFile('seeds.csv', seedsCsv(main))
  const compared =
    divergence === null ? null : tableFile('divergence.csv', divergenceCsv(divergence, main.asset.decimals))
  const own = filesOf(main)
  const rest = others.map(filesOf)
  const names = {
    flowPicture: own.svg.name,
    positionsTable: own.positions.name,
    flowTable: own.flow.name,
    seedsTable: seeds.name,
  }
  const all = [
    seeds,
    ...(compared ? [compared] : []),
    ...[own, ...rest].flatMap(({ svg, positions, flow, split, annotations, blocks, beyond }) => [
      svg,
      positions,
      flow,
      split,
      annotations,
      blocks,
      ...beyond.flatMap(({ list }) => list),
    ]),
  ]
  return { seeds, divergence: compared, ...own, names, all }

  function filesOf(record: TraceRecord) {
    const stem = freeStem(record.rule.id)
    const picture = layOut(mergeFlow(flowGraph(record, tagByAddress), pictureLimits))
    return {
      picture,
      svg: companion(`flow-${stem}.svg`, wholePicture(wordsOfRecord(record), picture, subject.title), null),
      positions: tableFile(`positions-${stem}.csv`, positionsCsv(record)),
      flow: tableFile(`flow-${stem}.csv`, flowCsv(record)),
      split: tableFile(`split-${stem}.csv`, splitCsv(record)),
      annotations: tableFile(`annotations-${stem}.csv`, annotationsCsv(record)),
      blocks: tableFile(`blocks-${stem}.csv`, blocksCsv(record)),
      beyond: (record.continuation?.records ?? []).map((one) =>
        filesBeyond(one, subject.title, freeStem(`${one.chain}-${one.rule.id}`)),
      ),
    }
  }

  /** Rule ids come from records, and records from strangers: two that look alike as file names are numbered. */
  function freeStem(rule: string): string {
    const stem = fileStem(rule)
    let free = stem
    for (let number = 2; stems.has(free); number++) free = `${stem}-${number}`
    stems.add(free)
    return free
  }
}
