/** The report of a trace, something to hand to a judge: trace records in, files out. */
export { type AccountReportInput, renderAccountReport } from './accounts/account-report.ts'
export { tokenInWords } from './accounts/asset-amounts.ts'
export { renderReport } from './render-report.ts'
export type { ReportInput, ReportTag } from './report-input.ts'
