/**
 * What the hashes of a block of the EVM prove: its header gives the hash of the block and names the roots of its transactions,
 * receipts and withdrawals; each transaction gives its id, and its signature the sender. Pure.
 *
 * What no hash proves: what contracts passed on (traces), blob prices and the fee for the layer below, and that the block is of
 * the chain at all; these are stated by whoever gives them.
 */
import { bytesToHex, type HashFunction } from '../kernel/index.ts'
import { createdAddress } from './account-address.ts'
import {
  addToBloom,
  DEPOSIT,
  type EvmEnvelope,
  envelopeBytes,
  isSigned,
  type ReceiptContent,
  receiptBytes,
  signedBytes,
  type WithdrawalContent,
  withdrawalBytes,
} from './evm-envelope.ts'
import type { Proof } from './ledger.ts'
import { orderedTrieRoot } from './ordered-trie.ts'
import { encodeRlp } from './rlp.ts'

export type EvmCheckers = {
  readonly keccak256: HashFunction
  /** The public key that signed; `null` where the signature is none. */
  readonly recoverKey: (hash: Uint8Array, r: Uint8Array, s: Uint8Array, recovery: 0 | 1) => Uint8Array | null
}

/** Something that a source states and its own bytes contradict. Both values as the source writes such values. */
export type EvmFlaw = {
  readonly code:
    | 'BLOCK_HASH_MISMATCH'
    | 'BLOCK_MERKLE_MISMATCH'
    | 'RECEIPTS_MISMATCH'
    | 'TXID_MISMATCH'
    | 'SENDER_MISMATCH'
  readonly field: string
  readonly stated: string
  readonly computed: string
  readonly txid?: string
}

export type StatedTx = {
  readonly txid: string
  readonly index: number | null
  /** Hexadecimal with 0x. */
  readonly from: string
  /** `null`: fields are missing, or the type is not known here. */
  readonly envelope: EvmEnvelope | null
}

export type StatedReceipt = {
  /** `null`: fields are missing, or the type is not known here. */
  readonly content: ReceiptContent | null
  readonly gasUsed: bigint | null
  readonly gasPrice: bigint | null
  readonly created: string | null
  readonly logIndexes: readonly number[]
}

export type StatedBlock = {
  readonly hash: string
  /** The fields of the header in their order; `null` where one is missing. */
  readonly header: readonly Uint8Array[] | null
  readonly baseFee: bigint | null
  readonly gasUsed: bigint | null
  /** Hexadecimal without 0x; `null` where not stated. */
  readonly roots: {
    readonly transactions: string | null
    readonly receipts: string | null
    readonly withdrawals: string | null
    readonly uncles: string | null
    readonly bloom: string | null
  }
  /** `null`: they are not here, or not all. */
  readonly transactions: readonly StatedTx[] | null
  readonly receipts: readonly StatedReceipt[] | null
  readonly withdrawals: readonly WithdrawalContent[] | null
  readonly uncles: readonly (readonly Uint8Array[])[] | null
}

export type EvmProof = {
  /** The header gives the hash of the block. The roots below count only where it does. */
  readonly header: boolean
  readonly transactions: boolean
  readonly receipts: boolean
  readonly withdrawals: boolean
  /** By transaction, in the order of the block: `txid` where the id and the sender follow from the bytes. */
  readonly proofs: readonly Proof[]
  readonly flaws: readonly EvmFlaw[]
}

export function proveBlock(block: StatedBlock, with_: EvmCheckers): EvmProof {
  const flaws: EvmFlaw[] = []
  const { keccak256 } = with_
  const { roots } = block
  const same = (code: EvmFlaw['code'], field: string, stated: string | null, computed: string | null): boolean => {
    if (stated === null || computed === null) return false
    if (stated !== computed) flaws.push({ code, field, stated, computed })
    return stated === computed
  }
  const hashOf = (fields: readonly Uint8Array[]) => bytesToHex(keccak256(encodeRlp(fields)))
  const header = same('BLOCK_HASH_MISMATCH', 'hash', block.hash, block.header && hashOf(block.header))
  const uncles = block.uncles && bytesToHex(keccak256(encodeRlp(block.uncles)))
  same('BLOCK_HASH_MISMATCH', 'sha3Uncles', roots.uncles, uncles)
  const checked = (block.transactions ?? []).map((tx) => proveTransaction(tx, with_))
  for (const { flaw } of checked) if (flaw) flaws.push(flaw)
  const transactions =
    block.transactions !== null &&
    same(
      'BLOCK_MERKLE_MISMATCH',
      'transactionsRoot',
      roots.transactions,
      rootOf(
        checked.map(({ bytes }) => bytes),
        keccak256,
      ),
    )
  for (const [n, { index, txid }] of (block.transactions ?? []).entries())
    if (index !== null && index !== n)
      flaws.push({
        ...{ code: 'BLOCK_MERKLE_MISMATCH', field: 'transactionIndex', stated: `${index}`, computed: `${n}`, txid },
      })
  const receipts =
    block.receipts !== null && block.transactions !== null && proveReceipts(block, same, flaws, keccak256)
  const withdrawals =
    block.withdrawals !== null &&
    same(
      'BLOCK_MERKLE_MISMATCH',
      'withdrawalsRoot',
      roots.withdrawals,
      rootOf(block.withdrawals.map(withdrawalBytes), keccak256),
    )
  return {
    header,
    transactions: header && transactions,
    receipts: header && transactions && receipts,
    withdrawals: header && withdrawals,
    proofs: checked.map(({ proof }) => proof),
    flaws,
  }
}

/** Whether the id and the sender of a transaction follow from its fields and its signature. */
export function proveTransaction(
  { txid, from, envelope }: StatedTx,
  { keccak256, recoverKey }: EvmCheckers,
): { readonly proof: Proof; readonly bytes: Uint8Array | null; readonly flaw: EvmFlaw | null } {
  const bytes = envelope && envelopeBytes(envelope)
  if (!envelope || !bytes) return { proof: 'stated', bytes: null, flaw: null }
  const isDeposit = envelope.type === DEPOSIT
  // A development node gives an id of its own to what nobody signed; chains do so to what they insert themselves.
  if (!isDeposit && !isSigned(envelope)) return { proof: 'stated', bytes, flaw: null }
  const wrong = (code: EvmFlaw['code'], field: string, stated: string, computed: string) => ({
    ...{ proof: 'mismatch' as const, bytes, flaw: { code, field, stated, computed, txid } },
  })
  const id = bytesToHex(keccak256(bytes))
  if (id !== txid) return wrong('TXID_MISMATCH', 'hash', txid, id)
  const sender = isDeposit
    ? `0x${bytesToHex(envelope.deposit?.from ?? new Uint8Array())}`
    : signerOf(envelope, { keccak256, recoverKey })
  if (sender === from) return { proof: 'txid', bytes, flaw: null }
  return wrong('SENDER_MISMATCH', 'from', from, sender ?? 'no address: the signature is none')
}

function signerOf(envelope: EvmEnvelope, { keccak256, recoverKey }: EvmCheckers): string | null {
  const signed = signedBytes(envelope)
  if (!signed || !envelope.signature) return null
  const [r, s] = [word(envelope.signature.r), word(envelope.signature.s)]
  const key = recoverKey(keccak256(signed.bytes), r, s, signed.recovery)
  return key && `0x${bytesToHex(keccak256(key).subarray(12))}`
}

function word(number: bigint): Uint8Array {
  const hex = number.toString(16).padStart(64, '0')
  return Uint8Array.from({ length: 32 }, (_, n) => Number.parseInt(hex.slice(2 * n, 2 * n + 2), 16))
}

function rootOf(items: readonly (Uint8Array | null)[], keccak256: HashFunction): string | null {
  const known = items.filter((bytes) => bytes !== null)
  return known.length === items.length ? bytesToHex(orderedTrieRoot(known, keccak256)) : null
}

type Same = (code: EvmFlaw['code'], field: string, stated: string | null, computed: string | null) => boolean

/** The root of the receipts, and what nodes derive from receipts and state beside them. */
function proveReceipts(block: StatedBlock, same: Same, flaws: EvmFlaw[], keccak256: HashFunction): boolean {
  const [transactions, receipts] = [block.transactions ?? [], block.receipts ?? []]
  const all = new Uint8Array(256)
  let gas = 0n
  let log = 0
  const items = receipts.map((stated, n) => {
    const [tx, { content }] = [transactions[n], stated]
    if (content === null || tx === undefined) return null
    const differs = (field: string, told: string | null, computed: string | null) => {
      if (told !== null && computed !== null && told !== computed)
        flaws.push({ code: 'RECEIPTS_MISMATCH', field, stated: told, computed, txid: tx.txid })
    }
    differs('gasUsed', stated.gasUsed?.toString() ?? null, `${content.cumulativeGas - gas}`)
    gas = content.cumulativeGas
    const price = tx.envelope && priceOf(tx.envelope, block.baseFee)
    differs('effectiveGasPrice', stated.gasPrice?.toString() ?? null, price?.toString() ?? null)
    if (tx.envelope && tx.envelope.type !== DEPOSIT && tx.envelope.to === null)
      differs('contractAddress', stated.created, createdAddress(tx.from, Number(tx.envelope.nonce)))
    for (const index of stated.logIndexes) differs('logIndex', `${index}`, `${log++}`)
    const bloom = new Uint8Array(256)
    addToBloom(bloom, content, keccak256)
    bloom.forEach((byte, at) => {
      all[at] = (all[at] ?? 0) | byte
    })
    return receiptBytes(content, bloom)
  })
  if (receipts.length !== transactions.length || items.includes(null)) return false
  const root = same('RECEIPTS_MISMATCH', 'receiptsRoot', block.roots.receipts, rootOf(items, keccak256))
  const bloom = same('RECEIPTS_MISMATCH', 'logsBloom', block.roots.bloom, bytesToHex(all))
  const used = same('RECEIPTS_MISMATCH', 'gasUsed', block.gasUsed?.toString() ?? null, gas.toString())
  return root && bloom && used
}

/** What a unit of gas cost (EIP-1559); `null` where it cannot be said. */
function priceOf(tx: EvmEnvelope, baseFee: bigint | null): bigint | null {
  if (tx.type === DEPOSIT) return null
  if (tx.maxFee === null || tx.maxPriorityFee === null) return tx.gasPrice
  if (baseFee === null) return null
  const price = baseFee + tx.maxPriorityFee
  return price < tx.maxFee ? price : tx.maxFee
}
