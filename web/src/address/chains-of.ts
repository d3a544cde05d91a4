/** On which chains a text is an address: asked of the very rules that read addresses everywhere. */
import { parseAddress, shippedAccountPacks, shippedChainPacks } from '../../../platform/src/chains/index.ts'

export type Place = {
  readonly chain: string
  readonly name: string
  readonly address: string
  readonly symbol: string
  readonly decimals: number
}

export function chainsOf(text: string): readonly Place[] {
  return [...shippedChainPacks, ...shippedAccountPacks].flatMap((pack) => {
    const parsed = parseAddress(pack, text.trim())
    const { caip2, name, asset } = pack
    return parsed.ok
      ? [{ chain: caip2, name, address: parsed.value.address, symbol: asset.symbol, decimals: asset.decimals }]
      : []
  })
}
