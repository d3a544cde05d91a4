/** Where a trace on a chain of outputs went on, in words, for the terminal. */
import { type AccountPack, type ChainPack, shippedAccountPacks } from '../../chains/index.ts'
import type { Divergence, TraceRecord } from '../../tracing/index.ts'
import { coins, plain, table } from '../present.ts'
import { assetAmount, party } from './account-words.ts'
import { accountTraceToText } from './trace-accounts-text.ts'

export function continuationToText(record: TraceRecord, packOf: (chain: string) => ChainPack | AccountPack): string {
  const { crossings = [], bridgeStops = [], records = [] } = record.continuation ?? {}
  const pack = packOf(record.chain)
  const money = (chain: string, asset: string, amount: string) => {
    const of = packOf(chain)
    return of.family === 'account' ? assetAmount(BigInt(amount), asset, of) : `${amount} of ${plain(asset)}`
  }
  return [
    'Across bridges, each side in its own units:',
    ...crossings.flatMap(({ id, bridge, tier, source, destination, traced, arrives, halt }) => [
      `  ${plain(bridge)} (${tier}): ${source.txid}:${source.place} → ${destination.chain} ${plain(destination.txid)}, log ${destination.logIndex} [${id}]`,
      `    traced ${amountOf(traced, pack)} of ${amountOf(source.amount, pack)} paid in; paid out ${money(destination.chain, destination.asset, destination.amount)}, of it traced ${Object.entries(
        arrives,
      )
        .map(([label, amount]) => `${money(destination.chain, destination.asset, amount)} (${plain(label)})`)
        .join(', ')}`,
      ...(halt === null ? [] : [`    not followed on there: ${plain(halt)}`]),
    ]),
    ...bridgeStops.map(
      ({ bridge, source, reason, candidates }) =>
        `  ${plain(bridge)}: ${source.txid}:${source.place}, ${amountOf(source.amount, pack)}, no link is made: ${plain(reason)}${candidates.length === 0 ? '' : `; ${candidates.length} could be it, none is attributed`}`,
    ),
    ...records.flatMap((one) => {
      const of = packOf(one.chain)
      return of.family === 'account' ? ['', `On ${of.name}:`, accountTraceToText(one, of)] : []
    }),
  ].join('\n')
}

/** What came out elsewhere under each rule, and the ends there on which most is at stake. */
export function divergenceBeyondToText(
  { byRule, ends, agreed }: NonNullable<Divergence['beyond']>,
  pack: ChainPack,
): string {
  // A trace may have come to a chain of which nothing is known but its events.
  const money = (asset: string, amount: string) => {
    const of = shippedAccountPacks.find(({ caip2 }) => asset.startsWith(`${caip2}/`))
    return of ? assetAmount(BigInt(amount), asset, of) : `${amount} of ${plain(asset)}`
  }
  const largest = [...ends].sort((a, b) => (BigInt(a.most) > BigInt(b.most) ? -1 : 1)).slice(0, ENDS_SHOWN)
  return [
    'Across bridges, each side in its own units:',
    table(
      [
        ['  rule', 'came out elsewhere', 'followed on there', 'ends there', ''],
        ...byRule.map(({ rule, crossed, arrived, ends: there, balanced }) => [
          `  ${rule}`,
          coins(crossed, pack),
          arrived.map(({ asset, amount }) => money(asset, amount)).join(' and ') || 'nothing',
          String(there),
          balanced ? 'adds up' : 'DOES NOT ADD UP',
        ]),
      ],
      [1, 2, 3],
    ),
    ...agreed.map(
      ({ asset, amount }) => `What every rule that apportions agrees on at least: ${money(asset, amount)}.`,
    ),
    table(
      largest.map(({ chain, address, status, label, asset, least, most }) => [
        `  ${chain} ${party(address)}`,
        status,
        plain(label),
        money(asset, least),
        money(asset, most),
      ]),
      [3, 4],
    ),
    ...(largest.length < ends.length ? [`  … and ${ends.length - largest.length} more ends (--json)`] : []),
  ].join('\n')
}

const ENDS_SHOWN = 15

function amountOf(amount: string, pack: ChainPack | AccountPack): string {
  return pack.family === 'account' ? amount : coins(amount, pack)
}
