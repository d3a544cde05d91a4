/** A matter by its kind; cautions are shown with what they are about. */
import { DisputeRow } from './dispute-row.tsx'
import { EraseRow } from './erase-row.tsx'
import { IncidentRow } from './incident-row.tsx'
import type { Matter } from './matter.ts'
import { NoticeRow, RecallRow } from './recall-rows.tsx'
import { SuspensionRow } from './suspension-row.tsx'
import { ConsentRow, ReportRow } from './use-rows.tsx'
import './supervision.css'

/** `caseId` null: it belongs to no case. */
export function MatterRow({ one, caseId }: { readonly one: Matter; readonly caseId: string | null }) {
  switch (one.kind) {
    case 'recall':
      return <RecallRow one={one} caseId={caseId} />
    case 'recall-notice':
      return <NoticeRow one={one} caseId={caseId} />
    case 'use-consent':
      return <ConsentRow one={one} caseId={caseId} />
    case 'use-report':
      return <ReportRow one={one} caseId={caseId} />
    case 'dispute':
      return <DisputeRow one={one} caseId={caseId} />
    case 'incident':
      return <IncidentRow one={one} />
    case 'erase-request':
      return <EraseRow one={one} caseId={caseId} />
    case 'suspension':
      return <SuspensionRow one={one} />
    case 'caution':
      return null
  }
}
