/**
 * Transactions, receipts, headers and withdrawals of the EVM as the bytes whose hashes name them. Pure.
 *
 * Transactions: before EIP-2718 as a plain list (the Yellow Paper; with the chain in the signature since EIP-155), then by type:
 * 1 EIP-2930, 2 EIP-1559, 3 EIP-4844, 4 EIP-7702, and 0x7e the deposits of the OP Stack (its specification, "Deposits"), which
 * nobody signs. Of other types, such as those of Arbitrum, the bytes are not known here: they give `null`.
 */
import type { HashFunction } from '../kernel/index.ts'
import { encodeRlp, type Rlp, rlpNumber } from './rlp.ts'

export type EvmSignature = { readonly r: bigint; readonly s: bigint; readonly v: bigint }

/** Everything that the id of a transaction depends on. Which fields must be there depends on the type. */
export type EvmEnvelope = {
  readonly type: number
  readonly chainId: bigint | null
  readonly nonce: bigint
  readonly gasPrice: bigint | null
  readonly maxPriorityFee: bigint | null
  readonly maxFee: bigint | null
  readonly gas: bigint
  /** `null`: a contract is created. */
  readonly to: Uint8Array | null
  readonly value: bigint
  readonly input: Uint8Array
  readonly accessList: Rlp | null
  readonly maxBlobFee: bigint | null
  readonly blobHashes: readonly Uint8Array[] | null
  readonly authorizations: Rlp | null
  readonly deposit: {
    readonly sourceHash: Uint8Array
    readonly from: Uint8Array
    readonly mint: bigint
    readonly isSystem: boolean
  } | null
  /** `v` of a typed transaction is 0 or 1. `null`: there is none, as in deposits. */
  readonly signature: EvmSignature | null
}

export const DEPOSIT = 0x7e

/** The fields that are signed; `null` where one is missing or the type is not known. */
function fieldsOf(tx: EvmEnvelope): readonly Rlp[] | null {
  const { type, chainId, gasPrice, maxPriorityFee, maxFee, accessList } = tx
  const to = tx.to ?? EMPTY
  const [nonce, gas, value] = [rlpNumber(tx.nonce), rlpNumber(tx.gas), rlpNumber(tx.value)]
  if (type === 0) return gasPrice === null ? null : [nonce, rlpNumber(gasPrice), gas, to, value, tx.input]
  if (type === DEPOSIT) {
    if (tx.deposit === null) return null
    const { sourceHash, from, mint, isSystem } = tx.deposit
    return [sourceHash, from, to, rlpNumber(mint), value, gas, rlpNumber(isSystem ? 1 : 0), tx.input]
  }
  if (chainId === null || accessList === null) return null
  const chain = rlpNumber(chainId)
  if (type === 1)
    return gasPrice === null ? null : [chain, nonce, rlpNumber(gasPrice), gas, to, value, tx.input, accessList]
  if (maxPriorityFee === null || maxFee === null) return null
  const since1559 = [
    ...[chain, nonce, rlpNumber(maxPriorityFee), rlpNumber(maxFee), gas, to, value, tx.input],
    accessList,
  ]
  if (type === 2) return since1559
  if (type === 3)
    return tx.maxBlobFee === null || tx.blobHashes === null
      ? null
      : [...since1559, rlpNumber(tx.maxBlobFee), tx.blobHashes]
  if (type === 4) return tx.authorizations === null ? null : [...since1559, tx.authorizations]
  return null
}

const EMPTY = new Uint8Array()

function typed(type: number, body: Rlp): Uint8Array {
  const rlp = encodeRlp(body)
  if (type === 0) return rlp
  const bytes = new Uint8Array(rlp.length + 1)
  bytes[0] = type
  bytes.set(rlp, 1)
  return bytes
}

/** The bytes in the tree of the block, whose hash is the id. */
export function envelopeBytes(tx: EvmEnvelope): Uint8Array | null {
  const fields = fieldsOf(tx)
  if (fields === null) return null
  if (tx.type === DEPOSIT) return typed(DEPOSIT, fields)
  if (tx.signature === null) return null
  const { v, r, s } = tx.signature
  return typed(tx.type, [...fields, rlpNumber(v), rlpNumber(r), rlpNumber(s)])
}

/** The bytes that the sender signed, and which of the possible keys it was; `null` where there is no signature. */
export function signedBytes(tx: EvmEnvelope): { readonly bytes: Uint8Array; readonly recovery: 0 | 1 } | null {
  const fields = fieldsOf(tx)
  if (fields === null || !isSigned(tx)) return null
  const { v } = tx.signature as EvmSignature
  if (tx.type !== 0) return v > 1n ? null : { bytes: typed(tx.type, fields), recovery: v === 0n ? 0 : 1 }
  if (v === 27n || v === 28n) return { bytes: encodeRlp(fields), recovery: v === 27n ? 0 : 1 }
  if (v < 35n) return null
  // EIP-155: v = 35 + 2 · chain + parity.
  const chain = rlpNumber((v - 35n) / 2n)
  return { bytes: encodeRlp([...fields, chain, EMPTY, EMPTY]), recovery: (v - 35n) % 2n === 0n ? 0 : 1 }
}

/** Whether there is a signature at all: what a chain itself inserts, and what a development node pretends, has zeros. */
export function isSigned({ signature }: EvmEnvelope): boolean {
  return signature !== null && signature.r !== 0n && signature.s !== 0n
}

export type ReceiptContent = {
  readonly type: number
  /** The state after the transaction (before Byzantium, EIP-658), else whether it was executed to its end. */
  readonly outcome: Uint8Array | boolean
  readonly cumulativeGas: bigint
  readonly logs: readonly {
    readonly address: Uint8Array
    readonly topics: readonly Uint8Array[]
    readonly data: Uint8Array
  }[]
  /** Deposits of the OP Stack since Canyon. */
  readonly deposit: { readonly nonce: bigint; readonly version: bigint } | null
}

export function receiptBytes(receipt: ReceiptContent, bloom: Uint8Array): Uint8Array {
  const { outcome, deposit } = receipt
  return typed(receipt.type, [
    typeof outcome === 'boolean' ? rlpNumber(outcome ? 1 : 0) : outcome,
    rlpNumber(receipt.cumulativeGas),
    bloom,
    receipt.logs.map(({ address, topics, data }) => [address, topics, data]),
    ...(deposit ? [rlpNumber(deposit.nonce), rlpNumber(deposit.version)] : []),
  ])
}

/** Adds events to the filter of 2,048 bits in which their addresses and topics can be looked up (Yellow Paper, section 4.3.1). */
export function addToBloom(bloom: Uint8Array, { logs }: ReceiptContent, keccak: HashFunction): void {
  for (const { address, topics } of logs)
    for (const entry of [address, ...topics]) {
      const hash = keccak(entry)
      for (const at of [0, 2, 4]) {
        const bit = (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 0x7ff
        bloom[255 - (bit >> 3)] = (bloom[255 - (bit >> 3)] ?? 0) | (1 << (bit & 7))
      }
    }
}

export type WithdrawalContent = {
  readonly index: bigint
  readonly validator: bigint
  readonly address: Uint8Array
  /** In Gwei (EIP-4895). */
  readonly amount: bigint
}

export function withdrawalBytes({ index, validator, address, amount }: WithdrawalContent): Uint8Array {
  return encodeRlp([rlpNumber(index), rlpNumber(validator), address, rlpNumber(amount)])
}
