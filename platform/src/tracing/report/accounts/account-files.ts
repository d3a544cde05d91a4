/** The files of a report on account chains beside its page. */
import type { AccountTraceRecord } from '../../accounts/account-record.ts'
import { type CompanionFile, companion, tableFile } from '../companion.ts'
import { wholePicture } from '../flow-picture.ts'
import { fileStem } from '../plain-text.ts'
import { accountPicture } from './account-picture.ts'
import {
  accountBlocksCsv,
  accountFlowCsv,
  accountPositionsCsv,
  accountSplitCsv,
  conversionsCsv,
  crossingsCsv,
  mixersCsv,
} from './account-tables.ts'

export type AccountRuleFiles = ReturnType<typeof filesOf>

export type AccountReportFiles = AccountRuleFiles & {
  readonly seeds: CompanionFile
  readonly divergence: CompanionFile | null
  readonly all: readonly CompanionFile[]
}

export function filesOf(record: AccountTraceRecord, title: string, stem = fileStem(record.rule.id)) {
  const drawn = accountPicture(record)
  const svg = companion(`flow-${stem}.svg`, wholePicture(drawn.words, drawn.picture, title), null)
  const positions = tableFile(`positions-${stem}.csv`, accountPositionsCsv(record))
  const flow = tableFile(`flow-${stem}.csv`, accountFlowCsv(record))
  const split = tableFile(`split-${stem}.csv`, accountSplitCsv(record))
  const conversions = tableFile(`conversions-${stem}.csv`, conversionsCsv(record))
  const crossings = tableFile(`crossings-${stem}.csv`, crossingsCsv(record))
  const mixers = tableFile(`mixers-${stem}.csv`, mixersCsv(record))
  const blocks = tableFile(`blocks-${stem}.csv`, accountBlocksCsv(record))
  const list = [svg, positions, flow, split, conversions, crossings, mixers, blocks]
  return { drawn, svg, positions, flow, split, conversions, crossings, mixers, blocks, list }
}
