/**
 * Which tags a trace record rests on: those that stopped it. A record says them in the reason of the position, by label
 * and source; so much is needed to tell whom the retraction of a tag concerns.
 */
export type UsedTag = { readonly chain: string; readonly address: string; readonly reason: string }

/** As much of a record, of outputs or of accounts, as says where it stopped and why. A position of accounts names its chain. */
type Stopped = {
  readonly chain: string
  readonly result: {
    readonly positions: readonly {
      readonly chain?: string
      readonly code: string
      readonly address: string | null
      readonly reason: string
    }[]
  }
}

export function tagsUsedBy({ chain, result }: Stopped): readonly UsedTag[] {
  const used = new Map<string, UsedTag>()
  for (const { code, address, reason, chain: own = chain } of result.positions) {
    if (code === 'service-tag' && address !== null)
      used.set(`${own} ${address} ${reason}`, { chain: own, address, reason })
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
