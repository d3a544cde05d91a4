/** The whole trace as tables (RFC 4180): every node, and every payment between two of them. Text cannot become a formula. */
import { type Cell, csv, iso } from '../../../../platform/src/tracing/report/flow/index.ts'
import { type AssetAmount, certaintyOf, type Model } from './model.ts'

export function nodesCsv({ head, nodes }: Model): string {
  return csv(
    [
      'no',
      'kind',
      'status',
      'code',
      'name',
      'address',
      'label',
      'chain',
      'asset',
      'traced_base_units',
      'traced',
      'hops',
      'height',
      'time_utc',
      'reason',
    ],
    nodes.flatMap((node, number) =>
      each(node.amounts).map(({ asset, units }): Cell[] => [
        ...[number + 1, node.kind, node.status, node.code, node.name, node.address, node.label, node.chain],
        ...[
          asset,
          units,
          inCoins(asset === null ? null : head.assets[asset], units),
          node.hops,
          node.height,
          iso(node.time),
          node.reason,
        ],
      ]),
    ),
  )
}

export function paymentsCsv({ head, nodes, edges }: Model): string {
  return csv(
    ['from_no', 'from', 'to_no', 'to', 'asset', 'traced_base_units', 'traced', 'linked_by', 'certainty'],
    edges.flatMap(({ from, to, amounts, by }) =>
      each(amounts).map(({ asset, units }): Cell[] => [
        ...[from + 1, nodes[from]?.name ?? '', to + 1, nodes[to]?.name ?? ''],
        ...[asset, units, inCoins(asset === null ? null : head.assets[asset], units), by, certaintyOf(by)],
      ]),
    ),
  )
}

function each(
  amounts: readonly AssetAmount[],
): readonly { readonly asset: string | null; readonly units: bigint | null }[] {
  return amounts.length > 0 ? amounts : [{ asset: null, units: null }]
}

function inCoins(name: { readonly decimals: number } | null | undefined, units: bigint | null): string | null {
  if (!name || units === null) return null
  const digits = units.toString().padStart(name.decimals + 1, '0')
  const whole = digits.slice(0, digits.length - name.decimals)
  return name.decimals === 0 ? whole : `${whole}.${digits.slice(-name.decimals)}`
}
