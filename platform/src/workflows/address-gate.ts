/** The gate for addresses, for comparisons with other agencies: what one chain pack reads, in the form of that chain. */
import { type ChainPack, findChain, parseAddress, shippedChainPacks } from '../chains/index.ts'
import type { AddressGate } from '../exchange/deconfliction/index.ts'

export function addressGate(packs: readonly ChainPack[] = shippedChainPacks): AddressGate {
  return {
    read: (chain, address) => {
      const pack = findChain(packs, chain)
      return pack.ok ? parseAddress(address, pack.value, packs) : pack
    },
  }
}
