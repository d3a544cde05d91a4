/** An amount of an asset, or of money of a State by its ISO 4217 code: exact, in the units that people use. */
import { AssetAmount } from '../shared/chains/use-chains.tsx'
import { Amount } from '../shared/ui/values.tsx'

export function HoldingAmount({ asset, amount }: { readonly asset: string; readonly amount: string }) {
  const code = currencyOf(asset)
  if (code === null) return <AssetAmount base={amount} asset={asset} />
  return <Amount base={amount} decimals={currencyDecimals(code)} symbol={code} />
}

export function currencyOf(asset: string): string | null {
  return /^iso4217:([A-Z]{3})$/.exec(asset)?.[1] ?? null
}

/** How many digits its minor unit has, as the browser knows: two of the euro, none of the yen. */
export function currencyDecimals(code: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions().maximumFractionDigits ?? 2
}
