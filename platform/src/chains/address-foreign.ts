/** Well-formed text that belongs elsewhere: addresses of other chains, and keys that were taken for addresses. */
import { refuse } from '../kernel/index.ts'
import { readBase58 } from './address-base58.ts'
import { readBech32 } from './address-bech32.ts'
import type { ChainPack } from './chain-pack.ts'

type Refused = ReturnType<typeof refuse>

/** MWEB stealth addresses carry two public keys of 33 bytes, more than the 90 characters of BIP-173. */
const MWEB_MAX = 128

/** `chains`: those of the `known` chains on which the text is an address. `null` where nothing foreign is recognised. */
export function refuseForeignAddress(
  text: string,
  pack: ChainPack,
  chains: readonly ChainPack[],
  known: readonly ChainPack[],
): Refused | null {
  if (chains.length > 0) return refuseOther(joinNames(chains.map(({ name }) => name)), pack)
  if (/^0x[0-9a-f]{40}$/i.test(text))
    return refuseOther('Ethereum (or a chain with the same form, such as BNB Smart Chain or Polygon)', pack)
  return refuseBase58Foreign(text, pack) ?? refuseMweb(text, known)
}

function refuseBase58Foreign(text: string, pack: ChainPack): Refused | null {
  const reading = readBase58(text)
  if (!reading?.checksumHolds) return null
  const { bytes } = reading
  if (bytes.length === 21 && bytes[0] === 0x41 && text.startsWith('T')) return refuseOther('Tron', pack)
  // Wallet import format: a version byte, 32 bytes of key, and 01 where the public key is compressed.
  if (bytes.length === 33 || (bytes.length === 34 && bytes[33] === 1))
    return refuseSecret('private key (wallet import format)')
  // BIP-32: 78 bytes; private keys are padded with a zero byte before their 32 bytes.
  if (bytes.length === 78) return bytes[45] === 0 ? refuseSecret('extended private key (BIP-32)') : refuseExtended()
  // BIP-38: 39 bytes that begin with 0142 or 0143.
  if (bytes.length === 39 && bytes[0] === 1) return refuseSecret('private key encrypted with a passphrase (BIP-38)')
  return null
}

function refuseMweb(text: string, known: readonly ChainPack[]): Refused | null {
  const lower = text.toLowerCase()
  const owner = known.find(({ address }) => address.mweb !== null && lower.startsWith(`${address.mweb}1`))
  if (!owner || !readBech32(text, MWEB_MAX)) return null
  return refuse(
    'ADDRESS_MWEB',
    `This is an MWEB stealth address of ${owner.name}; payments to it never appear in the public ledger.`,
    { fix: 'Trace the peg-in and peg-out transactions instead.' },
  )
}

function refuseOther(names: string, pack: ChainPack): Refused {
  return refuse('ADDRESS_OTHER_CHAIN', `This is an address of ${names}, not of ${pack.name}.`, {
    fix: `Name that chain instead, or ask for the address on ${pack.name}.`,
  })
}

/** The key itself is never repeated: refusals are shown, logged and sent. */
function refuseSecret(kind: string): Refused {
  return refuse('ADDRESS_SECRET_KEY', `This is a ${kind}, not an address. It is not repeated here.`, {
    fix: 'Treat the key as seized evidence or as compromised; do not send it on.',
  })
}

function refuseExtended(): Refused {
  return refuse('ADDRESS_EXTENDED_KEY', 'This is an extended public key (BIP-32), which stands for many addresses.', {
    fix: 'Derive the addresses with the wallet software and write them one by one.',
  })
}

function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`
}
