/** Where a trace on a chain of outputs went on, in words, for the terminal. */
import type { AccountPack, ChainPack } from '../../chains/index.ts'
import type { TraceRecord } from '../../tracing/index.ts'
import { coins, plain } from '../present.ts'
import { assetAmount } from './account-words.ts'
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

function amountOf(amount: string, pack: ChainPack | AccountPack): string {
  return pack.family === 'account' ? amount : coins(amount, pack)
}
