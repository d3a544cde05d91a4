/**
 * What is known of bridges, networks and bridged tokens: packs/bridges. Read and checked when the program starts; a name that no
 * pack knows is no fault, it only gets the rules for bridges of which nothing is known.
 */
import bridgePack from '../../../../packs/bridges/bridges.json' with { type: 'json' }
import networkPack from '../../../../packs/bridges/networks.json' with { type: 'json' }
import tokenPack from '../../../../packs/bridges/tokens.json' with { type: 'json' }

export type BridgePack = {
  readonly id: string
  readonly names: readonly string[]
  /** How long after the source a destination may come where no id says that they belong together. */
  readonly windowSeconds: number
  /** Slower between these chains: withdrawals that wait out a challenge. */
  readonly slow: readonly { readonly from: string; readonly windowSeconds: number }[]
  /** By how much more than was given a destination may pay (pools that pay rewards), in millionths. */
  readonly gainPpm: number
  readonly source: string
  readonly verified: boolean
}

export type Network = {
  readonly caip2: string
  readonly names: readonly string[]
  /** The chain's number in the protocols that have numbers of their own. */
  readonly wormhole?: number
  readonly layerzero?: readonly number[]
  readonly cctp?: number
  readonly poly?: number
}

export type BridgedToken = { readonly symbol: string; readonly decimals: number }

export const DEFAULT_WINDOW_SECONDS = bridgePack.windowSeconds
export const bridgePacks: readonly BridgePack[] = bridgePack.bridges
export const networks: readonly Network[] = networkPack.networks

const bridgeByName = new Map(
  bridgePacks.flatMap((pack) => [pack.id, ...pack.names].map((name) => [name, pack] as const)),
)
const networkByName = new Map(
  networks.flatMap(({ caip2, names }) => [caip2, ...names].map((name) => [name, caip2] as const)),
)
const tokens = tokenPack.tokens as readonly {
  readonly symbol: string
  readonly decimals: number
  /** `caip2/address`, and where the token has other decimals there, `caip2/address/decimals`. */
  readonly places: readonly string[]
}[]
const tokenByPlace = new Map<string, BridgedToken>(
  tokens.flatMap(({ symbol, decimals, places }) =>
    places.map((place) => {
      const [chain, address, own] = place.split('/')
      return [
        `${chain}/${address?.toLowerCase()}`,
        { symbol, decimals: own === undefined ? decimals : Number(own) },
      ] as const
    }),
  ),
)
const sameSymbol = new Map<string, string>(
  tokenPack.same.flatMap(([name = '', ...others]) => others.map((one) => [one, name] as const)),
)

export function bridgeName(text: string): string {
  const name = text.toLowerCase().replace(/[\s_]+/g, '-')
  return bridgeByName.get(name)?.id ?? name
}

export function bridgePackOf(bridge: string | null): BridgePack | null {
  return bridge === null ? null : (bridgeByName.get(bridge) ?? null)
}

/** A CAIP-2 id, a name or the bare number of an EVM chain. */
export function chainName(text: string): string {
  const name = text.toLowerCase()
  return networkByName.get(name) ?? (/^[1-9][0-9]{0,17}$/.test(name) ? `eip155:${name}` : name)
}

/** How long a destination may take from this chain over this bridge. */
export function windowOf(bridge: string | null, from: string): number {
  const pack = bridgePackOf(bridge)
  if (pack === null) return DEFAULT_WINDOW_SECONDS
  return pack.slow.find((one) => one.from === from)?.windowSeconds ?? pack.windowSeconds
}

/** What a token is for comparing: its symbol where that is known, else its address. */
export type TokenKey = {
  readonly symbol: string | null
  readonly address: string | null
  readonly decimals: number | null
}

export function tokenKey(chain: string, text: string): TokenKey {
  const reference = (/^[^/]+\/[-a-z0-9]+:([^/]+)$/i.exec(text)?.[1] ?? text).trim()
  if (/^0x[0-9a-f]{40}$/i.test(reference)) {
    const address = reference.toLowerCase()
    const known = tokenByPlace.get(`${chain}/${address}`)
    return { symbol: known ? symbolName(known.symbol) : null, address, decimals: known?.decimals ?? null }
  }
  if (/^[a-z0-9.₮$+-]{1,16}$/i.test(reference)) return { symbol: symbolName(reference), address: null, decimals: null }
  return { symbol: null, address: reference, decimals: null }
}

/** Wrapped, bridged and plain forms of one asset under one name. */
function symbolName(text: string): string {
  const name = text.toUpperCase()
  return sameSymbol.get(name) ?? name
}
