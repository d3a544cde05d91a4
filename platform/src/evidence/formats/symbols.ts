/** Symbols are names that anybody may give; one is used only where it means one asset among those the caller gives. */
import type { ImportDesk } from './build-package.ts'
import type { AssetNote } from './model.ts'

/** The one asset of that symbol, without regard to case; `null` where there is none or more than one. */
export function assetBySymbol(symbol: string | null, assets: readonly AssetNote[]): AssetNote | null {
  if (symbol === null) return null
  const wanted = symbol.toUpperCase()
  // Two old names of bitcoin: ISO-like XBT, as tag packs and exchanges write it.
  const found = assets.filter((one) => one.symbol.toUpperCase() === (wanted === 'XBT' ? 'BTC' : wanted))
  return found.length === 1 ? (found[0] ?? null) : null
}

/** The one chain of the desk's assets on which the gate takes the address; `null` for none or several. */
export function onlyChain(address: string, desk: ImportDesk): string | null {
  const chains = [...new Set(desk.assets.map(({ asset }) => asset.split('/')[0] ?? ''))]
  const fitting = chains.filter((chain) => desk.gate(chain, address).ok)
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}
