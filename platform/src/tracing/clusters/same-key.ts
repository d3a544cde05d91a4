/**
 * The same key on other chains. One key pair of secp256k1 gives an address on every chain of the Bitcoin family by the same
 * hash, and, where the public key is known, on the chains of the EVM and on Tron. These are statements about keys; nothing is
 * ever merged into a cluster by them.
 */
import { type AccountPack, accountAddressOf, accountBytes, type ChainPack, describeScript } from '../../chains/index.ts'
import { bytesToHex, hash160, hexToBytes, keccak256, ok, type Result, refuse } from '../../kernel/index.ts'

export const SAME_KEY = {
  rule: 'same-key',
  version: '1',
  source:
    'BIP 141 and 143 (P2WPKH), BIP 16 (P2SH), Yellow Paper appendix F (addresses of the EVM), TRON account documentation',
} as const

export type SameKey = {
  readonly chain: string
  readonly address: string
  readonly form: 'p2pkh' | 'p2wpkh' | 'p2sh-p2wpkh' | 'account'
  readonly says: string
}

/** The hash of the key that a script asks for; `null` where it asks for something else. */
export function keyHashOf(script: string): string | null {
  return /^76a914([0-9a-f]{40})88ac$/.exec(script)?.[1] ?? /^0014([0-9a-f]{40})$/.exec(script)?.[1] ?? null
}

/** A key that is paid bare (P2PK): the ledger itself shows it. */
export function bareKeyOf(script: string): string | null {
  const match = /^(?:21(0[23][0-9a-f]{64})|41(04[0-9a-f]{128}))ac$/.exec(script)
  return match?.[1] ?? match?.[2] ?? null
}

/** Where the holder of this key hash can be paid on chains of the Bitcoin family of one kind of network. */
export function sameHashOn(
  keyHash: string,
  packs: readonly ChainPack[],
  network: ChainPack['network'],
): readonly SameKey[] {
  return packs
    .filter((pack) => pack.network === network)
    .flatMap((pack): SameKey[] => {
      const at = (script: string, form: SameKey['form'], says: string): SameKey[] => {
        const { address } = describeScript(script, pack)
        return address === null ? [] : [{ chain: pack.caip2, address, form, says }]
      }
      const nested = bytesToHex(hash160(hexToBytes(`0014${keyHash}`)))
      const segwit = 'The same hash of a key, in a witness program: only for a key in its compressed form (BIP 143).'
      return [
        ...at(`76a914${keyHash}88ac`, 'p2pkh', 'The same hash of a key.'),
        ...(pack.segwit ? at(`0014${keyHash}`, 'p2wpkh', segwit) : []),
        ...(pack.segwit ? at(`a914${nested}87`, 'p2sh-p2wpkh', segwit) : []),
      ]
    })
}

/** Where the 20 bytes of an account address stand on other chains of accounts, by the same key. */
export function sameAccountOn(address: string, own: AccountPack, packs: readonly AccountPack[]): readonly SameKey[] {
  const bytes = accountBytes(address, own.address)
  return packs.map((pack) => ({
    chain: pack.caip2,
    address: accountAddressOf(bytes, pack.address),
    form: 'account',
    says: 'The same 20 bytes: of the same key, unless it is a contract, whose address says nothing of keys.',
  }))
}

/** Where the holder of a public key is on chains of accounts. */
export function accountsOfKey(publicKey: string, packs: readonly AccountPack[]): Result<readonly SameKey[]> {
  const point = uncompressed(publicKey)
  if (point === null) {
    return refuse('PUBLIC_KEY_MALFORMED', 'The text is no public key of secp256k1.', {
      fix: 'Give 33 bytes that begin with 02 or 03, or 65 bytes that begin with 04, in hexadecimal.',
    })
  }
  const bytes = keccak256(hexToBytes(point.slice(2))).slice(12)
  return ok(
    packs.map((pack) => ({
      chain: pack.caip2,
      address: accountAddressOf(bytes, pack.address),
      form: 'account',
      says: 'The address of the public key that is shown.',
    })),
  )
}

/** Hashes of a key in both of its forms: a wallet may have used either. */
export function hashesOfKey(publicKey: string): readonly string[] {
  const point = uncompressed(publicKey)
  if (point === null) return []
  const odd = Number.parseInt(point.at(-1) ?? '0', 16) % 2 === 1
  return [`${odd ? '03' : '02'}${point.slice(2, 66)}`, point].map((key) => bytesToHex(hash160(hexToBytes(key))))
}

const P = 2n ** 256n - 2n ** 32n - 977n

/** SEC 1, section 2.3.4: from the compressed form, or checked to lie on the curve; nothing secret passes here. */
function uncompressed(publicKey: string): string | null {
  const key = publicKey.toLowerCase()
  if (!/^(0[23][0-9a-f]{64}|04[0-9a-f]{128})$/.test(key)) return null
  const x = BigInt(`0x${key.slice(2, 66)}`)
  if (x >= P) return null
  const square = (x ** 3n + 7n) % P
  if (key.startsWith('04')) {
    const y = BigInt(`0x${key.slice(66)}`)
    return y < P && (y * y) % P === square ? key : null
  }
  const root = power(square, (P + 1n) / 4n)
  if ((root * root) % P !== square) return null
  const y = root % 2n === BigInt(key[1] ?? '0') % 2n ? root : P - root
  return `04${key.slice(2, 66)}${y.toString(16).padStart(64, '0')}`
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square, rest] = [1n, base % P, exponent]
  while (rest > 0n) {
    if (rest % 2n === 1n) result = (result * square) % P
    square = (square * square) % P
    rest /= 2n
  }
  return result
}
