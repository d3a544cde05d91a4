/**
 * The divergence report: what reaches each end under each rule.
 *
 * For every end: the traced amount by rule, the least, the most, and what all conserving rules agree on at least. For
 * every pair of rules: the overlap, the sum over all ends of the smaller of the two amounts. Poison is shown but does
 * not enter `least` and `agreed`, since it does not apportion.
 */
import { type AccountDivergence, compareAccountColumns } from './accounts/account-divergence.ts'
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
  /** Where rules go on over bridges to chains of accounts; only where one does. */
  readonly beyond?: Pick<AccountDivergence, 'ends' | 'agreed'> & {
    readonly byRule: readonly {
      readonly rule: string
      /** Traced value that came out elsewhere, in base units of this chain. */
      readonly crossed: string
      /** What is followed on there: by asset, what the ledgers there begin with. */
      readonly arrived: readonly { readonly asset: string; readonly amount: string }[]
      readonly ends: number
      readonly balanced: boolean
      readonly digests: readonly string[]
    }[]
  }
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
    ...(records.some(({ continuation }) => continuation !== undefined) ? { beyond: compareBeyond(records) } : {}),
  }
}

function compareBeyond(records: readonly TraceRecord[]): NonNullable<Divergence['beyond']> {
  const tracesOf = ({ continuation }: TraceRecord) => continuation?.records ?? []
  return {
    ...compareAccountColumns(
      records.map((record) => ({
        name: record.rule.id,
        conserves: record.rule.id !== 'poison',
        positions: tracesOf(record).flatMap(({ result }) => result.positions),
      })),
    ),
    byRule: records.map((record) => {
      const arrived = new Map<string, bigint>()
      let crossed = 0n
      for (const { traced } of record.continuation?.crossings ?? []) crossed += BigInt(traced)
      const ledgers = tracesOf(record).flatMap(({ result }) => result.ledgers)
      for (const { asset, root } of ledgers)
        if (root !== '0') arrived.set(asset, (arrived.get(asset) ?? 0n) + BigInt(root))
      return {
        rule: record.rule.id,
        crossed: crossed.toString(),
        arrived: [...arrived].sort(([a], [b]) => (a < b ? -1 : 1)).map(([asset, of]) => ({ asset, amount: `${of}` })),
        ends: tracesOf(record).reduce((sum, { result }) => sum + result.positions.length, 0),
        balanced: ledgers.every(({ balanced }) => balanced),
        digests: tracesOf(record).map(({ digest }) => digest),
      }
    }),
  }
}
