/** What is open between agencies, and what of a case is recalled or in dispute. */
import { Type } from '@sinclair/typebox'
import { CaseId, closed, Id, Instant, oneOf, readQuestion } from '../../casework/index.ts'
import { action, ok, type Stored } from '../../kernel/index.ts'
import type { DisputeBody } from './dispute-actions.ts'
import { ERASE, type EraseBody, readableCasesOf } from './erase-actions.ts'
import { type CautionBody, corresponds } from './filing.ts'
import type { IncidentBody } from './incident-actions.ts'
import type { NoticeBody, RecallBody } from './recall-actions.ts'
import type { SuspensionBody } from './suspension.ts'
import type { ConsentBody, ReportBody } from './use-actions.ts'

const kinds = [
  'recall',
  'recall-notice',
  'use-consent',
  'use-report',
  'dispute',
  'incident',
  'caution',
  'erase-request',
  'suspension',
] as const

/** What `supervision.list` says of each kind. */
export type Supervised = {
  readonly recall: RecallBody
  readonly 'recall-notice': NoticeBody
  readonly 'use-consent': ConsentBody
  readonly 'use-report': ReportBody
  readonly dispute: DisputeBody
  readonly incident: IncidentBody
  readonly caution: CautionBody
  /** `cases`: where it lies here, of those that the reader may read. */
  readonly 'erase-request': EraseBody & { readonly cases: readonly string[] }
  readonly suspension: SuspensionBody
}

const list = action({
  name: 'supervision.list',
  summary:
    'Recalls, questions of use, erasures, incidents, disputes and cautions: of a case, or of the node where no case is known',
  kind: 'read',
  input: closed({ caseId: Type.Optional(CaseId), kind: Type.Optional(oneOf(kinds, 'Only of this kind.')) }),
  output: Type.Array(
    closed({
      kind: oneOf(kinds, 'What it is.'),
      id: Id,
      version: Type.Integer(),
      at: Instant,
      says: Type.Unknown({ description: 'What is kept of it.' }),
    }),
  ),
  // Whoever works with a record must know that it is recalled or in dispute, also who writes to nobody.
  asks: ({ caseId, kind }) =>
    caseId !== undefined && kind === 'caution'
      ? { right: 'readCase', subject: { type: 'case', id: caseId } }
      : corresponds({ caseId }),
  run: async (context, { caseId, kind: only }) => {
    const result: { kind: (typeof kinds)[number]; id: string; version: number; at: string; says: unknown }[] = []
    for (const kind of kinds) {
      if (only !== undefined && kind !== only) continue
      let after: string | null = null
      do {
        const page: { items: readonly Stored<unknown>[]; next: string | null } = await context.records.list(kind, {
          caseId: caseId ?? null,
          after,
          limit: 200,
        })
        for (const one of page.items) {
          // A list without a case gives those of the node, and none of a case.
          if (one.caseId !== (caseId ?? null)) continue
          if (caseId !== undefined && !(await context.may(readQuestion(one)))) continue
          const says =
            kind === ERASE
              ? { ...(one.body as EraseBody), cases: await readableCasesOf(context, one.body as EraseBody) }
              : one.body
          result.push({ kind, id: one.id, version: one.version, at: one.at, says })
        }
        after = page.next
      } while (after !== null)
    }
    return ok({ result, events: [] })
  },
})

export const supervisionActions = [list] as const
