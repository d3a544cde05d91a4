/**
 * Which tags a trace record rests on: those that stopped it. A record says them in the reason of the position, by label
 * and source; so much is needed to tell whom the retraction of a tag concerns.
 */
import type { AccountTraceRecord } from './accounts/account-record.ts'
import type { TraceRecord } from './record.ts'
import { accountTracesOf } from './run-again.ts'

export type UsedTag = { readonly chain: string; readonly address: string; readonly reason: string }

/** On whichever chain it goes on. */
export function tagsUsedBy(record: TraceRecord | AccountTraceRecord): readonly UsedTag[] {
  const { chain } = record
  const own = 'ledgers' in record.result ? [] : record.result.positions.map((position) => ({ ...position, chain }))
  const beyond = accountTracesOf(record).flatMap(({ result }) => result.positions)
  const used = new Map<string, UsedTag>()
  for (const { chain: of, code, address, reason } of [...own, ...beyond]) {
    if (code === 'service-tag' && address !== null)
      used.set(`${of} ${address} ${reason}`, { chain: of, address, reason })
  }
  return [...used.values()].sort((a, b) => (`${a.address} ${a.reason}` < `${b.address} ${b.reason}` ? -1 : 1))
}

/** Whether the reason is that of this tag, as `serviceHold` writes it. */
export function isReasonOf(
  reason: string,
  { label, source }: { readonly label: string; readonly source: string },
): boolean {
  const [before, after] = [`stopped at a service: ${label} (`, `; ${source})`]
  if (reason.length < before.length + after.length || !reason.startsWith(before) || !reason.endsWith(after))
    return false
  // What stands between is category and confidence alone: otherwise the label, or the source, is a longer one.
  return /^[^;()]*; confidence [^;()]*$/.test(reason.slice(before.length, -after.length))
}
