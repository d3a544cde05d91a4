/** The same sources under several rules: what each says of the ends, and what all of them agree on at least. */
import {
  type AccountTraceRecord,
  compareAccountRules,
  compareRules,
  type TraceRecord,
} from '../../../../platform/src/tracing/report/flow/index.ts'
import { type AnyRecord, isOfAccounts } from './read-record.ts'

export type RuleEnd = {
  readonly key: string
  readonly address: string | null
  readonly asset: string
  readonly byRule: Readonly<Record<string, string>>
  readonly least: string
  readonly most: string
}

export type Comparison = {
  readonly rules: readonly {
    readonly id: string
    readonly legalName: string
    readonly trace: string
    readonly ends: number
    readonly balanced: boolean
    /** Status → base units, by asset. */
    readonly byStatus: readonly { readonly asset: string; readonly status: string; readonly amount: string }[]
  }[]
  readonly agreed: readonly { readonly asset: string; readonly amount: string }[]
  /** Ends at which the rules differ, the most disputed first; `differing` counts all of them. */
  readonly ends: readonly RuleEnd[]
  readonly differing: number
  readonly same: number
}

const LISTED = 40

/** Whether two records answer the same question, the rule excepted: chain, sources, block and parameters. */
export function isSameQuestion(a: AnyRecord, b: AnyRecord): boolean {
  const asked = ({ format, chain, seeds, asOf, parameters }: AnyRecord) =>
    JSON.stringify([
      format,
      chain,
      seeds.map((seed) => ({ ...seed, sent: undefined, rests: undefined })),
      asOf.hash,
      parameters,
    ])
  return asked(a) === asked(b)
}

export function compared(records: readonly { readonly trace: string; readonly record: AnyRecord }[]): Comparison {
  const all = records.map(({ record }) => record)
  const isAccounts = all.every(isOfAccounts)
  const asset = (all[0] as TraceRecord | undefined)?.asset?.caip19 ?? ''
  const accounts = isAccounts ? compareAccountRules(all as readonly AccountTraceRecord[]) : null
  const outputs = isAccounts ? null : compareRules(all as readonly TraceRecord[])
  const ends: RuleEnd[] = accounts
    ? accounts.ends.map(({ address, asset: own, status, byRule, least, most }) => ({
        ...{ key: `${own} ${address} ${status}`, address, asset: own, byRule, least, most },
      }))
    : (outputs?.ends ?? []).map(({ txid, vout, address, byRule, least, most }) => ({
        ...{ key: `${txid}:${vout ?? 'fee'}`, address, asset, byRule, least, most },
      }))
  const differing = ends
    .filter(({ byRule }) => new Set(Object.values(byRule)).size > 1)
    .sort((a, b) => (span(a) > span(b) ? -1 : 1))
  return {
    rules: records.map(({ trace, record }) => ({
      ...{ id: record.rule.id, legalName: record.rule.legalName, trace, ends: record.result.positions.length },
      balanced: isOfAccounts(record)
        ? record.result.ledgers.every(({ balanced }) => balanced)
        : record.result.ledger.balanced,
      byStatus: byStatus(record),
    })),
    agreed: accounts ? accounts.agreed : [{ asset, amount: outputs?.agreed ?? '0' }],
    ends: differing.slice(0, LISTED),
    differing: differing.length,
    same: ends.length - differing.length,
  }
}

function span({ byRule }: RuleEnd): bigint {
  const amounts = Object.values(byRule).map(BigInt)
  return (
    amounts.reduce((most, one) => (one > most ? one : most), 0n) -
    amounts.reduce((least, one) => (one < least ? one : least))
  )
}

function byStatus(record: AnyRecord): Comparison['rules'][number]['byStatus'] {
  const sums = new Map<string, { asset: string; status: string; amount: bigint }>()
  const ledgers = isOfAccounts(record)
    ? record.result.ledgers
    : [{ asset: record.asset.caip19, lines: record.result.ledger.lines }]
  for (const { asset, lines } of ledgers)
    for (const { status, amount } of lines) {
      const key = `${asset} ${status}`
      const known = sums.get(key) ?? { asset, status, amount: 0n }
      sums.set(key, { ...known, amount: known.amount + BigInt(amount) })
    }
  return [...sums.values()].map((one) => ({ ...one, amount: `${one.amount}` }))
}
