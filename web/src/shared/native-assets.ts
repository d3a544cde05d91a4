/** The native asset of each chain, of the packs of chains, which are fetched where they are needed: name, symbol, decimals. */
import { useQuery } from '@tanstack/react-query'

export type NativeAsset = {
  readonly name: string
  readonly symbol: string
  readonly decimals: number
  readonly caip19: string
}
export type NativeAssets = Readonly<Record<string, NativeAsset | undefined>>

const none: NativeAssets = {}

export function useNativeAssets(): NativeAssets {
  const { data } = useQuery({
    queryKey: ['native-assets'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<NativeAssets> => {
      const { shippedAccountPacks, shippedChainPacks } = await import('../../../platform/src/chains/index.ts')
      return Object.fromEntries(
        [...shippedChainPacks, ...shippedAccountPacks].map(({ caip2, name, asset }) => [
          caip2,
          { name, symbol: asset.symbol, decimals: asset.decimals, caip19: asset.caip19 },
        ]),
      )
    },
  })
  return data ?? none
}

/** The pack's asset where this is it: an asset that is not named is the one of its chain, and a token is none. */
export function nativeOf(
  assets: NativeAssets,
  { chain, asset }: { readonly chain: string; readonly asset: string | null },
): NativeAsset | undefined {
  const native = assets[chain]
  return asset === null || asset === native?.caip19 ? native : undefined
}

type Place = { readonly chain: string; readonly address: string }

/** Which asset was secured: what was secured names its place only, and is of the asset that was asked for there. */
export function assetAsked(
  asked: readonly (Place & { readonly asset: string | null })[],
  secured: Place,
): string | null {
  return asked.find(({ chain, address }) => chain === secured.chain && address === secured.address)?.asset ?? null
}

/** Base units of what a person wrote, as 1.5 of an asset with eight decimals; `null` where it is no such number. */
export function baseUnits(text: string, decimals: number): string | null {
  const match = /^(\d{1,60})(?:\.(\d+))?$/.exec(text.replaceAll(/[\s\u202f]/g, ''))
  if (!match) return null
  const [, whole = '', part = ''] = match
  if (part.length > decimals) return null
  return `${whole}${part.padEnd(decimals, '0')}`.replace(/^0+(?=\d)/, '')
}
