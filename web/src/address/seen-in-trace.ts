/** What a trace record says of an address: value that came to it and value that rests there, to the last unit, each with its time. */

/** Amounts in base units of the asset. `asset` is null on a chain of outputs: its own coin. */
export type Seen = {
  readonly traceId: string
  readonly rule: string
  readonly label: string | null
  readonly asset: string | null
  readonly amount: string
  readonly traced: string
  readonly status: string
  readonly reason: string
  readonly height: number | null
  /** Seconds since 1970-01-01 UTC. */
  readonly time: number | null
}

type Position = {
  readonly address: string | null
  readonly amount: string | null
  readonly traced: string
  readonly status: string
  readonly reason?: string
  readonly asset?: string
  readonly label?: string | null
  readonly height?: number | null
  readonly time?: number | null
}

type TraceFile = {
  readonly chain: string
  readonly rule: { readonly id: string }
  readonly result: { readonly positions: readonly Position[] }
  readonly continuation?: { readonly records: readonly TraceFile[] }
}

export function seenIn(
  { id, record }: { readonly id: string; readonly record: string },
  sought: { readonly chain: string; readonly address: string },
): readonly Seen[] {
  const file = JSON.parse(record) as TraceFile
  return [file, ...(file.continuation?.records ?? [])].flatMap(({ chain, rule, result }) =>
    result.positions
      .filter((one) => one.address === sought.address && (one.asset ?? chain).startsWith(sought.chain))
      .map((one) => ({
        ...{ traceId: id, rule: rule.id, label: one.label ?? null, asset: one.asset ?? null },
        ...{ amount: one.amount ?? one.traced, traced: one.traced, status: one.status, reason: one.reason ?? '' },
        ...{ height: one.height ?? null, time: one.time ?? null },
      })),
  )
}
