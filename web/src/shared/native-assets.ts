/** The native asset of each chain, as the node has it of the packs: name, symbol, decimals. */
import { useQuery } from '@tanstack/react-query'

export type NativeAsset = {
  readonly name: string
  readonly symbol: string
  readonly decimals: number
  readonly caip19: string
}
export type NativeAssets = Readonly<Record<string, NativeAsset | undefined>>

const PATH = '/page/assets.js'
const none: NativeAssets = {}

export function useNativeAssets(): NativeAssets {
  const { data } = useQuery({
    queryKey: ['native-assets'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => ((await import(/* @vite-ignore */ PATH)) as { assets: NativeAssets }).assets,
  })
  return data ?? none
}

/** Base units of what a person wrote, as 1.5 of an asset with eight decimals; `null` where it is no such number. */
export function baseUnits(text: string, decimals: number): string | null {
  const match = /^(\d{1,60})(?:\.(\d+))?$/.exec(text.replaceAll(/[\s\u202f]/g, ''))
  if (!match) return null
  const [, whole = '', part = ''] = match
  if (part.length > decimals) return null
  return `${whole}${part.padEnd(decimals, '0')}`.replace(/^0+(?=\d)/, '')
}
