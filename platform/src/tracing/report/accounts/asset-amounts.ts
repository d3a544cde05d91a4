/**
 * Amounts of many assets in one report. What the chain packs know is written with its symbol and all decimals; of any other token
 * the ledger knows no decimals, and its base units are written.
 */
import { shippedAccountPacks } from '../../../chains/index.ts'
import { chainOf } from '../../accounts/request.ts'
import { coin } from '../measures.ts'

type AssetName = { readonly symbol: string; readonly decimals: number }

export type Amounts = ReadonlyMap<string, bigint>

export function nameOfAsset(asset: string): AssetName | null {
  const pack = shippedAccountPacks.find(({ caip2 }) => caip2 === chainOf(asset))
  if (pack?.asset.caip19 === asset) return pack.asset
  const is = ({ address }: { readonly address: string }) => asset === `${pack?.caip2}/erc20:${address}`
  const wrapped = pack?.wrapped.find(is)
  // One for one with the coin.
  if (pack && wrapped) return { symbol: wrapped.symbol, decimals: pack.asset.decimals }
  return pack?.tokens.find(is) ?? null
}

/** A single token (ERC-721), or units of one kind of several (ERC-1155); `null` for what is neither. */
export function tokenInWords(asset: string, units: string | bigint): string | null {
  const [, standard, contract, id] = /\/erc(721|1155):(0x[0-9a-f]{40})\/([0-9]+)$/.exec(asset) ?? []
  if (standard === undefined) return null
  const token = `token ${id} of ${contract} (ERC-${standard})`
  return standard === '721' && BigInt(units) === 1n ? token : `${units} of ${token}`
}

/** `"2 ETH"`, or `"5,922,948,206 units of erc20:0xfb25f1…"`: short enough for a card. */
export function amountOf(asset: string, units: string | bigint): string {
  const token = tokenInWords(asset, units)
  if (token) return token
  const name = nameOfAsset(asset)
  return name ? `${coin(units, name.decimals)} ${name.symbol}` : `${coin(units, 0)} units of ${shortAsset(asset)}`
}

/** For a card: at most eight decimals, and no zeros at the end; the key has all. */
export function shortAmountOf(asset: string, units: bigint): string {
  const name = nameOfAsset(asset)
  if (tokenInWords(asset, units)) return `${units} of ${shortAsset(asset)}`
  const digits = units.toString()
  if (!name)
    return digits.length > 12
      ? `${digits.slice(0, 1)}.${digits.slice(1, 5)}…e${digits.length - 1} units`
      : `${coin(units, 0)} units`
  const [whole = '', part = ''] = coin(units, name.decimals).split('.')
  const shown = part.replace(/0+$/, '')
  return `${whole}${shown === '' ? '' : `.${shown.slice(0, 8)}${shown.length > 8 ? '…' : ''}`} ${name.symbol}`
}

export function amountsOf(amounts: Amounts, write: typeof amountOf | typeof shortAmountOf = amountOf): string {
  const parts = [...amounts].filter(([, units]) => units !== 0n).sort(([a], [b]) => (a < b ? -1 : 1))
  return parts.map(([asset, units]) => write(asset, units)).join(' and ')
}

export function shortAsset(asset: string): string {
  return (
    nameOfAsset(asset)?.symbol ?? asset.slice(asset.indexOf('/') + 1).replace(/0x([0-9a-f]{6})[0-9a-f]{30,}/, '0x$1…')
  )
}

export function addTo(amounts: Map<string, bigint>, asset: string, units: bigint): void {
  amounts.set(asset, (amounts.get(asset) ?? 0n) + units)
}
