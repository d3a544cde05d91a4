/** The files of a report beside its page: tables and pictures, with their names and digests. */
import { sha256Text } from '../../kernel/index.ts'
import type { TraceRecord } from '../record.ts'
import { wordsOfRecord } from './card-words.ts'
import { annotationsCsv, blocksCsv, divergenceCsv, flowCsv, positionsCsv, seedsCsv, splitCsv } from './csv-tables.ts'
import { flowGraph } from './flow-graph.ts'
import { layOut, type Picture } from './flow-layout.ts'
import { mergeFlow, pictureLimits } from './flow-merge.ts'
import { wholePicture } from './flow-picture.ts'
import { fileStem } from './plain-text.ts'
import type { ReportSubject } from './report-input.ts'

export type CompanionFile = {
  readonly name: string
  readonly sha256: string
  readonly rows: number | null
  readonly text: string
}

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
    ...[own, ...rest].flatMap(({ svg, positions, flow, split, annotations, blocks }) => [
      svg,
      positions,
      flow,
      split,
      annotations,
      blocks,
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

export function tableFile(name: string, text: string): CompanionFile {
  // Cells hold no line breaks (they are written as visible code points), so that lines are rows.
  return companion(name, text, text.split('\r\n').length - 2)
}

export function companion(name: string, text: string, rows: number | null): CompanionFile {
  return { name, sha256: sha256Text(text), rows, text }
}
