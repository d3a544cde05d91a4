/**
 * Transactions of every type, signed with the well-known key of the second account of development nodes. The node decodes them
 * and names them by hashes of its own making: what we encode is held against that.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { type EvmEnvelope, envelopeBytes, signedBytes } from '../../src/chains/evm-envelope.ts'
import { encodeRlp, rlpNumber } from '../../src/chains/rlp.ts'
import { bytesToHex, concatBytes, hexToBytes, keccak256, sha256 } from '../../src/kernel/index.ts'

const KEY = hexToBytes('59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d')
const CHAIN = 31_337n
const GWEI = 1_000_000_000n
const to = hexToBytes('3c44cdddb6a900fa2b585dd299e03d12fa4293bc')

/** Types 0 to 4, as `eth_sendRawTransaction` takes them. */
export function everyType(nonce: bigint): readonly string[] {
  const list = [
    { type: 0, gasPrice: 9n * GWEI },
    { type: 1, gasPrice: 9n * GWEI },
    { type: 2 },
    { type: 3 },
    { type: 4 },
  ]
  return list.map((given, n) => {
    const tx = signed({ ...PLAIN, ...EXTRA[n], ...given, nonce: nonce + BigInt(n), value: BigInt(1 + n) })
    const bytes = envelopeBytes(tx) as Uint8Array
    return `0x${bytesToHex(given.type === 3 ? withBlob(bytes) : bytes)}`
  })
}

const PLAIN: EvmEnvelope = {
  ...{ type: 0, chainId: CHAIN, nonce: 0n, gasPrice: null, maxPriorityFee: null, maxFee: null, gas: 200_000n },
  ...{ to, value: 0n, input: new Uint8Array(), accessList: null, maxBlobFee: null, blobHashes: null },
  ...{ authorizations: null, deposit: null, signature: null },
}
const accessList = [[to, [new Uint8Array(32), keccak256(to)]]]
const fees = { maxPriorityFee: 2n * GWEI, maxFee: 20n * GWEI, accessList }

/** Of a blob of zeros everything is known: its commitment and its proof are the point at infinity. */
const INFINITY = concatBytes(Uint8Array.of(0xc0), new Uint8Array(47))
const blobHash = concatBytes(Uint8Array.of(1), sha256(INFINITY).subarray(1))

const EXTRA: readonly Partial<EvmEnvelope>[] = [
  {},
  { accessList },
  fees,
  { ...fees, maxBlobFee: 10n * GWEI, blobHashes: [blobHash] },
  { ...fees, authorizations: [authorization()] },
]

function signed(tx: EvmEnvelope): EvmEnvelope {
  const content = signedBytes({ ...tx, signature: { r: 1n, s: 1n, v: tx.type === 0 ? 35n + 2n * CHAIN : 0n } })
  const { r, s, parity } = sign(content?.bytes ?? new Uint8Array())
  return { ...tx, signature: { r, s, v: tx.type === 0 ? 35n + 2n * CHAIN + parity : parity } }
}

function sign(content: Uint8Array): { r: bigint; s: bigint; parity: bigint } {
  const bytes = secp256k1.sign(keccak256(content), KEY, { prehash: false, format: 'recovered' })
  const number = (part: Uint8Array) => BigInt(`0x${bytesToHex(part)}`)
  return { parity: BigInt(bytes[0] ?? 0), r: number(bytes.subarray(1, 33)), s: number(bytes.subarray(33)) }
}

/** EIP-7702: whoever signs this lets the account run the code of an address; that of another chain is passed over. */
function authorization() {
  const fields = [rlpNumber(5n), to, rlpNumber(7n)]
  const { r, s, parity } = sign(concatBytes(Uint8Array.of(5), encodeRlp(fields)))
  return [...fields, rlpNumber(parity), rlpNumber(r), rlpNumber(s)]
}

/** EIP-4844: on the wire the blob goes beside the transaction. */
function withBlob(bytes: Uint8Array): Uint8Array {
  const lists = encodeRlp([[new Uint8Array(131_072)], [INFINITY], [INFINITY]])
  const body = concatBytes(bytes.subarray(1), lists.subarray(4))
  const size = rlpNumber(body.length)
  return concatBytes(Uint8Array.of(3, 0xf7 + size.length), size, body)
}
