/**
 * What the calls say by which two bridges pay out on the destination chain: the messages of Celer (`relay`, `mint`: protocol
 * buffers) and of Poly Network (`verifyHeaderAndExecuteTx`: length-prefixed bytes). Read for the audit alone, whose calls are
 * recorded ones; traces decode logs.
 */
import { bytesToHex, hexToBytes, keccak256 } from '../../kernel/index.ts'

export type PayoutCall = {
  /** How the source chain names the transfer: Celer's hash, Poly's counter of transfers. */
  readonly sourceId: string
  readonly sender: string | null
  readonly recipient: string
  readonly token: string
  readonly amount: bigint
}

const RELAY = 'cdd1b25d'
const MINT = 'f8734302'
const EXECUTE = 'd450e04c'

/** `null` for a call that is none of these, or says less. */
export function readPayoutCall(calldata: string): PayoutCall | null {
  const bytes = hexToBytes(calldata.replace(/^0x/, ''))
  const selector = bytesToHex(bytes.slice(0, 4))
  const message = firstBytesOf(bytes)
  if (selector === RELAY || selector === MINT) return ofCeler(selector, message)
  return selector === EXECUTE ? ofPoly(message) : null
}

/** The first argument, which is `bytes` in all three (Solidity ABI, dynamic types). */
function firstBytesOf(call: Uint8Array): Uint8Array {
  const at = 4 + Number(bigEndian(call.slice(4, 36)))
  const length = Number(bigEndian(call.slice(at, at + 32)))
  return call.slice(at + 32, at + 32 + length)
}

/** Fields: Relay 1 sender, 2 receiver, 3 token, 4 amount, 7 source transfer id; Mint 1 token, 2 account, 3 amount, 4 depositor, 6 reference id. */
function ofCeler(selector: string, message: Uint8Array): PayoutCall | null {
  const fields = protocolBuffer(message)
  const [sender, recipient, token, amount, id] = (selector === RELAY ? [1, 2, 3, 4, 7] : [4, 2, 1, 3, 6]).map((field) =>
    fields.get(field),
  )
  if (!recipient || !token || !amount || !id) return null
  return {
    sourceId: `0x${bytesToHex(id)}`,
    sender: sender ? `0x${bytesToHex(sender)}` : null,
    recipient: `0x${bytesToHex(recipient)}`,
    token: `0x${bytesToHex(token)}`,
    amount: bigEndian(amount),
  }
}

/** Fields of wire type 2 (lengths); numbers are passed over. */
function protocolBuffer(message: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>()
  let at = 0
  const varint = () => {
    let [value, shift] = [0, 0]
    for (;;) {
      const byte = message[at++] ?? 0
      value += (byte & 127) * 2 ** shift
      shift += 7
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const key = varint()
    if ((key & 7) === 0) {
      varint()
      continue
    }
    const length = varint()
    fields.set(key >> 3, message.slice(at, at + length))
    at += length
  }
  return fields
}

/** The proven value: hash on the relay chain, source chain, then counter, id, contracts, chain, method and arguments of the transfer. */
function ofPoly(proof: Uint8Array): PayoutCall | null {
  const value = lengthPrefixed(proof)
  const message = lengthPrefixed(value.next())
  message.next()
  message.skip(8)
  const counter = message.next()
  message.next()
  message.next()
  message.skip(8)
  message.next()
  if (new TextDecoder().decode(message.next()) !== 'unlock') return null
  const args = lengthPrefixed(message.next())
  const token = args.next()
  const recipient = args.next()
  return {
    sourceId: bigEndian(counter).toString(),
    sender: null,
    recipient: `0x${bytesToHex(recipient)}`,
    token: `0x${bytesToHex(token)}`,
    amount: bigEndian(args.skip(32).reverse()),
  }
}

/** Lengths below 0xfd in one byte; 0xfd, then two bytes, the lower first. Messages here are never longer. */
function lengthPrefixed(bytes: Uint8Array) {
  let at = 0
  const skip = (length: number) => {
    at += length
    return bytes.slice(at - length, at)
  }
  return {
    skip,
    next() {
      const first = bytes[at++] ?? 0
      const length = first < 0xfd ? first : (bytes[at++] ?? 0) + 256 * (bytes[at++] ?? 0)
      return skip(length)
    },
  }
}

export type CelerDeposit = {
  readonly sender: string
  readonly recipient: string
  readonly token: string
  readonly amount: bigint
  readonly toChain: number
  readonly fromChain: number
  readonly nonce: bigint
}

/** The id that Celer's contract on the source chain gives a transfer (`send` of its pool contract): a hash of all its fields. */
export function celerTransferId(one: CelerDeposit): string {
  return packedHash(
    `${plain(one.sender)}${plain(one.recipient)}${plain(one.token)}${word(one.amount, 32)}${word(BigInt(one.toChain), 8)}${word(one.nonce, 8)}${word(BigInt(one.fromChain), 8)}`,
  )
}

/** The same for what is deposited to be minted on the other side (`deposit` of its vault). */
export function celerDepositId(one: CelerDeposit): string {
  return packedHash(
    `${plain(one.sender)}${plain(one.token)}${word(one.amount, 32)}${word(BigInt(one.toChain), 8)}${plain(one.recipient)}${word(one.nonce, 8)}${word(BigInt(one.fromChain), 8)}`,
  )
}

function packedHash(hex: string): string {
  return `0x${bytesToHex(keccak256(hexToBytes(hex)))}`
}

function plain(address: string): string {
  return address.replace(/^0x/i, '').toLowerCase()
}

function word(value: bigint, bytes: number): string {
  return value.toString(16).padStart(bytes * 2, '0')
}

function bigEndian(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`)
}
