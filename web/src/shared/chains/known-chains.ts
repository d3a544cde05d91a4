/** Chains, their assets and their addresses by the rules of the node itself. Large: fetched when a screen needs it, through use-chains. */
import { parseAddress, shippedAccountPacks, shippedChainPacks } from '../../../../platform/src/chains/index.ts'
import { formatDecimal, parseDecimal } from '../../../../platform/src/kernel/index.ts'

export type KnownAsset = { readonly id: string; readonly symbol: string; readonly decimals: number }
export type KnownChain = {
  readonly id: string
  readonly name: string
  readonly isMain: boolean
  readonly asset: KnownAsset
}

const packs = [...shippedChainPacks, ...shippedAccountPacks]

/** Main networks first, as the packs stand. */
export const chains: readonly KnownChain[] = packs
  .map(({ caip2, name, network, asset }) => ({
    id: caip2,
    name,
    isMain: network === 'mainnet',
    asset: { id: asset.caip19, symbol: asset.symbol, decimals: asset.decimals },
  }))
  .sort((a, b) => Number(b.isMain) - Number(a.isMain))

export function chainOf(id: string): KnownChain | undefined {
  return chains.find((one) => one.id === id)
}

export function assetOf(id: string): KnownAsset | undefined {
  const own = chains.find(({ asset }) => asset.id === id)?.asset
  if (own) return own
  const [chain, token] = id.split('/erc20:')
  const found = shippedAccountPacks
    .find(({ caip2 }) => caip2 === chain)
    ?.tokens.find(({ address }) => address.toLowerCase() === token?.toLowerCase())
  return found && { id, symbol: found.symbol, decimals: found.decimals }
}

/** Digits with a point as base units of an asset; what is wrong, in words of the node, otherwise. */
export function toBaseUnits(text: string, decimals: number): { readonly base: string } | { readonly wrong: string } {
  const read = parseDecimal(text.trim(), decimals)
  return read.ok ? { base: String(read.value) } : { wrong: read.refusal.message }
}

export type ReadAddress =
  | { readonly chains: readonly KnownChain[]; readonly address: string; readonly notice: string | null }
  | { readonly wrong: string; readonly code: string }

/** Of which chains a text is an address; where it is of none, what is wrong with it on the chain that it is nearest to. */
export function readAnyAddress(text: string): ReadAddress {
  const found = packs.flatMap((pack) => {
    const read = parseAddress(text, pack)
    return read.ok ? [{ pack, value: read.value }] : []
  })
  const [first] = found
  if (!first) {
    const nearest = /^0x/i.test(text) ? packs.find(({ family }) => family === 'account') : packs[0]
    const read = nearest && parseAddress(text, nearest)
    const refusal = read && !read.ok ? read.refusal : null
    return { wrong: refusal?.message ?? '', code: refusal?.code ?? '' }
  }
  const main = found.filter(({ pack }) => pack.network === 'mainnet')
  const taken = main.length > 0 ? main : found
  return {
    chains: taken.flatMap(({ pack }) => chainOf(pack.caip2) ?? []),
    address: (taken[0] ?? first).value.text,
    notice: (taken[0] ?? first).value.notice,
  }
}

export function toDecimal(base: string, decimals: number): string {
  return formatDecimal(BigInt(base), decimals)
}

/** The chain that people call so: by its id, an alias, its name or the symbol of its coin. */
export function chainNamed(text: string): string | undefined {
  const wanted = text.trim().toLowerCase()
  const found = packs.find(
    ({ caip2, aliases, name }) => caip2 === text || aliases.includes(wanted) || name.toLowerCase() === wanted,
  )
  return (found ?? packs.find(({ asset }) => asset.symbol.toLowerCase() === wanted))?.caip2
}

/** The asset that people call so: by its id, or the symbol of a coin; a symbol that tokens of several chains have is none. */
export function assetNamed(text: string): KnownAsset | undefined {
  const wanted = text.trim().toLowerCase()
  return assetOf(text.trim()) ?? chains.find(({ asset }) => asset.symbol.toLowerCase() === wanted)?.asset
}
