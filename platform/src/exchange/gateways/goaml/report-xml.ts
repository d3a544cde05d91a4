/** A report as XML, and XML as a report, each held to the profile of one FIU. */
import { catchRefusal, type Result, stop } from '../../../kernel/index.ts'
import { readXml } from '../xml/read-xml.ts'
import { expectElement } from '../xml/walk-xml.ts'
import { writeXml } from '../xml/write-xml.ts'
import type { GoamlProfile } from './profile.ts'
import { GoamlReport } from './report.ts'
import { readShape, writeShape } from './shape-xml.ts'

export type ReadReport = {
  readonly report: GoamlReport
  /** Elements and attributes that are not read here, by place. They are in the file, and in nothing that was made of it. */
  readonly notRead: readonly string[]
}

export function writeGoamlReport(report: GoamlReport, profile: GoamlProfile): Result<string> {
  return catchRefusal(() => {
    checkCodes(report, profile)
    return writeXml(writeShape('report', report as never, GoamlReport))
  })
}

/** Refused with line and path: what lacks a part, repeats one, or holds a value or a code that the FIU does not know. */
export function readGoamlReport(bytes: Uint8Array, profile: GoamlProfile): Result<ReadReport> {
  const root = readXml(bytes, { maxDepth: 16 })
  if (!root.ok) return root
  return catchRefusal(() => {
    const notRead: string[] = []
    const element = expectElement(root.value, root.value.ns, 'report')
    const report = readShape(element, GoamlReport, (place) => notRead.push(place)) as unknown as GoamlReport
    checkCodes(report, profile)
    return { report, notRead }
  })
}

function checkCodes(report: GoamlReport, profile: GoamlProfile): void {
  const { reportCodes, indicators, transmodes, fundsCodes, currency, maxText } = profile
  const known = (list: readonly string[], code: string, place: string) => {
    if (!list.includes(code))
      stop('GATEWAY_GOAML_CODE', `The FIU has no code ${JSON.stringify(code)} there.`, {
        place,
        fix: `Use one of its list (${profile.source}): ${list.slice(0, 20).join(', ') || 'it is empty'}.`,
      })
  }
  known([...reportCodes.requests, ...reportCodes.suspicions], report.report_code, '/report/report_code')
  known([currency.code], report.currency_code_local, '/report/currency_code_local')
  for (const name of ['reason', 'action'] as const)
    if ([...(report[name] ?? '')].length > maxText)
      stop('GATEWAY_GOAML_LENGTH', `The FIU takes at most ${maxText} characters there.`, {
        place: `/report/${name}`,
        fix: 'Say it shorter, and attach the whole text as a file; nothing is cut here.',
      })
  for (const [at, code] of (report.report_indicators?.indicator ?? []).entries())
    known(indicators, code, `/report/report_indicators/indicator[${at + 1}]`)
  for (const [at, transaction] of (report.transaction ?? []).entries()) {
    const place = `/report/transaction[${at + 1}]`
    known(transmodes, transaction.transmode_code, `${place}/transmode_code`)
    const from = transaction.t_from ?? transaction.t_from_my_client
    const to = transaction.t_to ?? transaction.t_to_my_client
    if (from) known(fundsCodes, from.from_funds_code, `${place}/t_from/from_funds_code`)
    if (to) known(fundsCodes, to.to_funds_code, `${place}/t_to/to_funds_code`)
  }
}
