/**
 * The divergence report on account chains: what reaches each end (an address, in an asset, for a reason) under each rule.
 * Poison is shown but does not enter `least` and `agreed`, since it does not apportion.
 */
import type { AccountTraceRecord } from './account-record.ts'

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

export function compareAccountRules(records: readonly AccountTraceRecord[]): AccountDivergence {
  const rules = records.map(({ rule }) => rule.id)
  const conserving = rules.filter((rule) => rule !== 'poison')
  const ends = new Map<
    string,
    { first: AccountTraceRecord['result']['positions'][number]; amounts: Map<string, bigint> }
  >()
  for (const { rule, result } of records) {
    for (const position of result.positions) {
      const key = [position.asset, position.address ?? '', position.status, position.reference ?? ''].join(' ')
      const end = ends.get(key) ?? { first: position, amounts: new Map() }
      end.amounts.set(rule.id, (end.amounts.get(rule.id) ?? 0n) + BigInt(position.traced))
      ends.set(key, end)
    }
  }
  const agreed = new Map<string, bigint>()
  const rows = [...ends]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { first, amounts }]) => {
      const of = (conserving.length > 0 ? conserving : rules).map((rule) => amounts.get(rule) ?? 0n)
      const least = of.reduce((a, b) => (a < b ? a : b))
      const most = of.reduce((a, b) => (a > b ? a : b))
      agreed.set(first.asset, (agreed.get(first.asset) ?? 0n) + least)
      return {
        chain: first.chain,
        address: first.address,
        asset: first.asset,
        status: first.status,
        label: first.label,
        byRule: Object.fromEntries(rules.map((rule) => [rule, (amounts.get(rule) ?? 0n).toString()])),
        least: least.toString(),
        most: most.toString(),
      }
    })
  return {
    chain: records[0]?.chain ?? '',
    rules,
    ends: rows,
    agreed: [...agreed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([asset, amount]) => ({ asset, amount: `${amount}` })),
    byRule: records.map(({ rule, result, digest, data }) => ({
      rule: rule.id,
      ends: result.positions.length,
      transactions: data.transactions,
      balanced: result.ledgers.every(({ balanced }) => balanced),
      digest,
    })),
  }
}
