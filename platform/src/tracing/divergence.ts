/**
 * The divergence report: what reaches each end under each rule.
 *
 * For every end: the traced amount by rule, the least, the most, and what all conserving rules agree on at least. For
 * every pair of rules: the overlap, the sum over all ends of the smaller of the two amounts. Poison is shown but does
 * not enter `least` and `agreed`, since it does not apportion.
 */
import type { TraceRecord } from './record.ts'

export type DivergenceEnd = {
  readonly txid: string
  readonly vout: number | null
  readonly address: string | null
  /** rule id → traced base units; rules under which nothing reaches this end have "0" */
  readonly byRule: Readonly<Record<string, string>>
  readonly statusByRule: Readonly<Record<string, string>>
  readonly least: string
  readonly most: string
}

export type Divergence = {
  readonly chain: string
  readonly rules: readonly string[]
  readonly ends: readonly DivergenceEnd[]
  /** Sum over all ends of the least amount under any conserving rule: beyond dispute between these rules. */
  readonly agreed: string
  readonly root: string
  readonly overlap: readonly { readonly a: string; readonly b: string; readonly amount: string }[]
  readonly byStatus: readonly {
    readonly rule: string
    readonly unspent: string
    readonly dataEnds: string
    readonly service: string
    readonly fee: string
    readonly writtenOff: string
    readonly notFollowed: string
    readonly ends: number
    readonly transactions: number
    readonly balanced: boolean
    readonly digest: string
  }[]
}

export function compareRules(records: readonly TraceRecord[]): Divergence {
  const rules = records.map(({ rule }) => rule.id)
  const amountsByEnd = new Map<
    string,
    {
      txid: string
      vout: number | null
      address: string | null
      height: number
      amounts: Map<string, bigint>
      statuses: Map<string, string>
    }
  >()
  for (const { rule, result } of records) {
    for (const position of result.positions) {
      const key = `${position.txid}:${position.vout ?? 'fee'}`
      const end = amountsByEnd.get(key) ?? {
        txid: position.txid,
        vout: position.vout,
        address: position.address,
        height: position.height ?? -1,
        amounts: new Map(),
        statuses: new Map(),
      }
      end.amounts.set(rule.id, (end.amounts.get(rule.id) ?? 0n) + BigInt(position.traced))
      end.statuses.set(rule.id, position.status)
      amountsByEnd.set(key, end)
    }
  }
  const conserving = rules.filter((rule) => rule !== 'poison')
  let agreed = 0n
  const ordered = [...amountsByEnd.values()].sort(
    (a, b) =>
      a.height - b.height || (a.txid < b.txid ? -1 : a.txid > b.txid ? 1 : 0) || (a.vout ?? 1e12) - (b.vout ?? 1e12),
  )
  const ends = ordered.map((end) => {
    const amounts = (conserving.length > 0 ? conserving : rules).map((rule) => end.amounts.get(rule) ?? 0n)
    const least = amounts.reduce((a, b) => (a < b ? a : b))
    const most = amounts.reduce((a, b) => (a > b ? a : b))
    agreed += least
    return {
      txid: end.txid,
      vout: end.vout,
      address: end.address,
      byRule: Object.fromEntries(rules.map((rule) => [rule, (end.amounts.get(rule) ?? 0n).toString()])),
      statusByRule: Object.fromEntries(end.statuses),
      least: least.toString(),
      most: most.toString(),
    }
  })
  const overlap = rules.flatMap((a, index) =>
    rules.slice(index + 1).map((b) => {
      let amount = 0n
      for (const { amounts } of amountsByEnd.values()) {
        const [x, y] = [amounts.get(a) ?? 0n, amounts.get(b) ?? 0n]
        amount += x < y ? x : y
      }
      return { a, b, amount: amount.toString() }
    }),
  )
  return {
    chain: records[0]?.chain ?? '',
    rules,
    ends,
    agreed: agreed.toString(),
    root: records[0]?.result.ledger.root ?? '0',
    overlap,
    byStatus: records.map(({ rule, result, digest, data }) => {
      const { unspent, dataEnds, service, fee, writtenOff, notFollowed, balanced } = result.ledger
      return {
        rule: rule.id,
        unspent,
        dataEnds,
        service,
        fee,
        writtenOff,
        notFollowed,
        balanced,
        ends: result.positions.length,
        transactions: data.transactions,
        digest,
      }
    }),
  }
}
