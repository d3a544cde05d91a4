/** On which chains a text is an address: asked of the very rules that read addresses everywhere. */
import { parseAddress, shippedAccountPacks, shippedChainPacks } from '../../../platform/src/chains/index.ts'

export type Place = {
  readonly chain: string
  readonly name: string
  readonly address: string
  readonly symbol: string
  readonly decimals: number
}

export function chainsOf(written: string): readonly Place[] {
  const text = written.trim()
  if (text === '') return []
  const outputs = shippedChainPacks.flatMap((pack) => placeIn(parseAddress(text, pack), pack))
  return [...outputs, ...shippedAccountPacks.flatMap((pack) => placeIn(parseAddress(text, pack), pack))]
}

type Pack = {
  readonly caip2: string
  readonly name: string
  readonly asset: { readonly symbol: string; readonly decimals: number }
}

function placeIn(
  parsed: { readonly ok: true; readonly value: { readonly text: string } } | { readonly ok: false },
  { caip2, name, asset: { symbol, decimals } }: Pack,
): readonly Place[] {
  return parsed.ok ? [{ chain: caip2, name, address: parsed.value.text, symbol, decimals }] : []
}
