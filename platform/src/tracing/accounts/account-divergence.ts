/**
 * The divergence report on account chains: what reaches each end (an address, in an asset, for a reason) under each rule.
 * Poison is shown but does not enter `least` and `agreed`, since it does not apportion.
 */
import type { AccountRecordPosition, AccountTraceRecord } from './account-record.ts'

export type AccountDivergence = {
  readonly chain: string
  readonly rules: readonly string[]
  readonly ends: readonly {
    readonly chain: string
    readonly address: string | null
    readonly asset: string
    readonly status: string
    readonly label: string
    /** rule id → traced base units; rules under which nothing reaches this end have "0" */
    readonly byRule: Readonly<Record<string, string>>
    readonly least: string
    readonly most: string
  }[]
  /** By asset: what every conserving rule agrees on at least, summed over all ends. */
  readonly agreed: readonly { readonly asset: string; readonly amount: string }[]
  readonly byRule: readonly {
    readonly rule: string
    readonly ends: number
    readonly transactions: number
    readonly balanced: boolean
    readonly digest: string
  }[]
}

export type AccountEnd = AccountDivergence['ends'][number]
type Positions = readonly AccountRecordPosition[]

/** One column of a comparison: what reached which end under a name, as a rule, or a run. */
export type AccountColumn = { readonly name: string; readonly conserves: boolean; readonly positions: Positions }

export function compareAccountRules(records: readonly AccountTraceRecord[]): AccountDivergence {
  const columns = records.map(({ rule, result }) => ({
    name: rule.id,
    conserves: rule.id !== 'poison',
    positions: result.positions,
  }))
  return {
    chain: records[0]?.chain ?? '',
    rules: columns.map(({ name }) => name),
    ...compareAccountColumns(columns),
    byRule: records.map(({ rule, result, digest, data }) => ({
      rule: rule.id,
      ends: result.positions.length,
      transactions: data.transactions,
      balanced: result.ledgers.every(({ balanced }) => balanced),
      digest,
    })),
  }
}

/** What reaches each end in each column. */
export function compareAccountColumns(columns: readonly AccountColumn[]): Pick<AccountDivergence, 'ends' | 'agreed'> {
  const names = columns.map(({ name }) => name)
  const conserving = columns.flatMap(({ name, conserves }) => (conserves ? [name] : []))
  const ends = new Map<string, { first: AccountRecordPosition; amounts: Map<string, bigint> }>()
  for (const { name, positions } of columns) {
    for (const position of positions) {
      const key = [position.asset, position.address ?? '', position.status, position.reference ?? ''].join(' ')
      const end = ends.get(key) ?? { first: position, amounts: new Map() }
      end.amounts.set(name, (end.amounts.get(name) ?? 0n) + BigInt(position.traced))
      ends.set(key, end)
    }
  }
  const agreed = new Map<string, bigint>()
  const rows = [...ends]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { first, amounts }]): AccountEnd => {
      const of = (conserving.length > 0 ? conserving : names).map((name) => amounts.get(name) ?? 0n)
      const least = of.reduce((a, b) => (a < b ? a : b))
      const most = of.reduce((a, b) => (a > b ? a : b))
      agreed.set(first.asset, (agreed.get(first.asset) ?? 0n) + least)
      const { chain, address, asset, status, label } = first
      return {
        ...{ chain, address, asset, status, label },
        byRule: Object.fromEntries(names.map((name) => [name, (amounts.get(name) ?? 0n).toString()])),
        least: least.toString(),
        most: most.toString(),
      }
    })
  return {
    ends: rows,
    agreed: [...agreed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([asset, amount]) => ({ asset, amount: `${amount}` })),
  }
}
