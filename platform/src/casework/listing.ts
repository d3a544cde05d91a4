/**
 * Lists that say nothing of what the reader may not see: no item, no count, no gap in the pages. The cursor is always the
 * id of an item that was shown.
 */
import type { ActionContext, Page, Question, Stored } from '../kernel/index.ts'

/** How many records are fetched at once while looking for those that may be shown. */
const FETCH = 200

export type Listing = { readonly after?: string | undefined; readonly limit: number }

/** The records of a case that the actor may read, in the order of their ids. */
export async function readablePage<B>(
  context: ActionContext,
  kind: string,
  caseId: string,
  { after, limit }: Listing,
): Promise<Page<Stored<B>>> {
  const shown: Stored<B>[] = []
  let from: string | null = after ?? null
  for (;;) {
    const page: Page<Stored<B>> = await context.records.list<B>(kind, { caseId, after: from, limit: FETCH })
    for (const record of page.items) {
      if (!(await context.may(readQuestion(record)))) continue
      if (shown.length === limit) return { items: shown, next: shown.at(-1)?.id ?? null }
      shown.push(record)
    }
    if (page.next === null) return { items: shown, next: null }
    from = page.next
  }
}

/** Those of a list (in the order of their ids) that pass, as a page. */
export async function passingPage<B>(
  records: readonly Stored<B>[],
  { after, limit }: Listing,
  passes: (record: Stored<B>) => Promise<boolean>,
): Promise<Page<Stored<B>>> {
  const shown: Stored<B>[] = []
  for (const record of records) {
    if (after !== undefined && record.id <= after) continue
    if (!(await passes(record))) continue
    if (shown.length === limit) return { items: shown, next: shown.at(-1)?.id ?? null }
    shown.push(record)
  }
  return { items: shown, next: null }
}

/** All records of a kind in a case, whether the actor may read them or not: for rules, never for an answer. */
export async function everyRecord<B>(
  context: Pick<ActionContext, 'records'>,
  kind: string,
  caseId: string,
): Promise<Stored<B>[]> {
  const found: Stored<B>[] = []
  let from: string | null = null
  for (;;) {
    const page: Page<Stored<B>> = await context.records.list<B>(kind, { caseId, after: from, limit: FETCH })
    found.push(...page.items)
    if (page.next === null) return found
    from = page.next
  }
}

export function readQuestion({ kind, id }: { readonly kind: string; readonly id: string }): Question {
  return { right: 'readRecord', subject: { type: 'record', kind, id } }
}
