/**
 * All the ways in which people write the address of one script on one chain: Litecoin's script addresses have two
 * version bytes, Bitcoin Cash writes cashaddr with or without its prefix beside the older base58 form, and programs
 * before Bitcoin Core 22 gave bare public keys the address of their hash.
 */
import { bytesToHex, hash160, hexToBytes } from '../kernel/index.ts'
import type { ChainPack } from './chain-pack.ts'
import { describeScript } from './script.ts'

export function addressForms(script: string, pack: ChainPack): readonly string[] {
  const scripts = [script, ...keyHashScript(script)]
  const forms = new Set<string>()
  for (const each of scripts) {
    for (const variant of variantsOf(pack)) {
      const { address } = describeScript(each, variant)
      if (address === null) continue
      forms.add(address)
      const colon = address.indexOf(':')
      if (colon >= 0) forms.add(address.slice(colon + 1))
    }
  }
  return [...forms]
}

/** The chain among `others` on which the script has this address; `null` if none, or if it fits the own chain too. */
export function chainOfAddress(
  script: string,
  address: string,
  own: ChainPack,
  others: readonly ChainPack[],
): ChainPack | null {
  // Almost every address is the usual one of its script.
  if (describeScript(script, own).address === address || addressForms(script, own).includes(address)) return null
  return others.find((pack) => pack.caip2 !== own.caip2 && addressForms(script, pack).includes(address)) ?? null
}

function variantsOf(pack: ChainPack): readonly ChainPack[] {
  const variants = pack.address.p2sh.map((version) => ({ ...pack, address: { ...pack.address, p2sh: [version] } }))
  return pack.address.cashaddr === null
    ? variants
    : [...variants, ...variants.map((variant) => ({ ...variant, address: { ...variant.address, cashaddr: null } }))]
}

/** `<key> OP_CHECKSIG` → the script that pays the hash of the key. */
function keyHashScript(script: string): readonly string[] {
  const bare = (script.length === 70 && script.startsWith('21')) || (script.length === 134 && script.startsWith('41'))
  if (!bare || !script.endsWith('ac')) return []
  return [`76a914${bytesToHex(hash160(hexToBytes(script.slice(2, -2))))}88ac`]
}
