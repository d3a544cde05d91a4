/** The chains that are known, once they are fetched; `null` until then. */
import { useEffect, useState } from 'react'
import { Amount, MachineValue } from '../ui/values.tsx'

export type Chains = typeof import('./known-chains.ts')

let fetched: Chains | null = null

export function useChains(): Chains | null {
  const [chains, setChains] = useState(fetched)
  useEffect(() => {
    if (fetched) return
    let isShown = true
    void import('./known-chains.ts').then((found) => {
      fetched = found
      if (isShown) setChains(found)
    })
    return () => {
      isShown = false
    }
  }, [])
  return chains
}

/** A chain by its name. */
export function ChainName({ id }: { readonly id: string }) {
  const chains = useChains()
  const name = chains?.chainOf(id)?.name
  return name === undefined ? <MachineValue value={id} short /> : <bdi>{name}</bdi>
}

/** An amount of an asset by its id: in coins where its decimals are known, else in base units beside the id. */
export function AssetAmount({ base, asset }: { readonly base: string | bigint; readonly asset: string }) {
  const chains = useChains()
  const known = chains?.assetOf(asset)
  return known ? (
    <Amount base={base} decimals={known.decimals} symbol={known.symbol} />
  ) : (
    <>
      <MachineValue value={String(base)} /> <MachineValue value={asset} short />
    </>
  )
}
