/** What a node of the EVM answers, as the facts whose hashes are recomputed. What is missing is `null`, never guessed. */
import { hexToBytes } from '../../kernel/index.ts'
import { DEPOSIT, type EvmEnvelope, type ReceiptContent, type WithdrawalContent } from '../evm-envelope.ts'
import type { StatedReceipt, StatedTx } from '../evm-proof.ts'
import { isArray, isObject, type JsonObject, type JsonValue } from '../exact-json.ts'
import { type Rlp, rlpNumber } from '../rlp.ts'
import { hashField, optionalQuantity, optionalSmall } from './evm-json.ts'

/** Bytes in hexadecimal with 0x; `null` where the field is missing or is none. */
export function bytesOrNull(object: JsonObject, key: string): Uint8Array | null {
  const value = object.get(key)
  return typeof value === 'string' ? bytesOfText(value) : null
}

function bytesOfText(text: string): Uint8Array | null {
  return /^0x([0-9a-f]{2})*$/i.test(text) ? hexToBytes(text.slice(2).toLowerCase()) : null
}

/** The fields of a header that came with later forks, in their order: London, Shanghai, Cancun, Prague. */
const LATER = [
  ['baseFeePerGas', 'number'],
  ['withdrawalsRoot', 'bytes'],
  ['blobGasUsed', 'number'],
  ['excessBlobGas', 'number'],
  ['parentBeaconBlockRoot', 'bytes'],
  ['requestsHash', 'bytes'],
] as const

const FIRST = [
  ['parentHash', 'bytes'],
  ['sha3Uncles', 'bytes'],
  ['miner', 'bytes'],
  ['stateRoot', 'bytes'],
  ['transactionsRoot', 'bytes'],
  ['receiptsRoot', 'bytes'],
  ['logsBloom', 'bytes'],
  ['difficulty', 'number'],
  ['number', 'number'],
  ['gasLimit', 'number'],
  ['gasUsed', 'number'],
  ['timestamp', 'number'],
  ['extraData', 'bytes'],
  ['mixHash', 'bytes'],
  ['nonce', 'bytes'],
] as const

/** What nodes state of a block beside its header. A field that is neither here nor there is of a fork that is not known here. */
const BESIDE = new Set([
  ...['hash', 'size', 'totalDifficulty', 'uncles', 'transactions', 'withdrawals', 'author', 'sealFields'],
  ...['l1BlockNumber', 'sendCount', 'sendRoot', 'blockHash', 'transactionCount'],
])

/** The fields of a header in their order (Yellow Paper, section 4.3, and the forks since); `null` where they are not all here. */
export function headerFields(block: JsonObject): readonly Uint8Array[] | null {
  const fields: Uint8Array[] = []
  for (const [key, kind] of FIRST) {
    const field = fieldOf(block, key, kind)
    if (field === null) return null
    fields.push(field)
  }
  let ended = false
  for (const [key, kind] of LATER) {
    const field = fieldOf(block, key, kind)
    if (field === null) ended = true
    else if (ended) return null
    else fields.push(field)
  }
  const known = new Set<string>([...FIRST, ...LATER].map(([key]) => key))
  for (const [key, value] of block) if (value !== null && !known.has(key) && !BESIDE.has(key)) return null
  return fields
}

function fieldOf(block: JsonObject, key: string, kind: 'bytes' | 'number'): Uint8Array | null {
  if (kind === 'bytes') return bytesOrNull(block, key)
  const number = optionalQuantity(block, key)
  return number === null ? null : rlpNumber(number)
}

export function statedTx(tx: JsonObject): StatedTx {
  const from = tx.get('from')
  return {
    txid: hashField(tx, 'hash'),
    index: optionalSmall(tx, 'transactionIndex'),
    from: typeof from === 'string' ? from.toLowerCase() : '',
    envelope: envelopeOf(tx),
  }
}

export function envelopeOf(tx: JsonObject): EvmEnvelope | null {
  const type = optionalSmall(tx, 'type') ?? 0
  const [nonce, gas, value] = ['nonce', 'gas', 'value'].map((key) => optionalQuantity(tx, key))
  const input = bytesOrNull(tx, 'input')
  const to = tx.get('to')
  const target = typeof to === 'string' ? bytesOfText(to) : null
  if (gas === null || value === null || gas === undefined || value === undefined || !input) return null
  if (to !== null && to !== undefined && target?.length !== 20) return null
  const [r, s, v] = [optionalQuantity(tx, 'r'), optionalQuantity(tx, 's'), signOf(tx, type)]
  if (type !== DEPOSIT && (nonce === null || nonce === undefined || r === null || s === null || v === null)) return null
  return {
    type,
    chainId: optionalQuantity(tx, 'chainId'),
    nonce: nonce ?? 0n,
    gasPrice: optionalQuantity(tx, 'gasPrice'),
    maxPriorityFee: type >= 2 ? optionalQuantity(tx, 'maxPriorityFeePerGas') : null,
    maxFee: type >= 2 ? optionalQuantity(tx, 'maxFeePerGas') : null,
    gas,
    to: target,
    value,
    input,
    accessList: accessListOf(tx.get('accessList')),
    maxBlobFee: optionalQuantity(tx, 'maxFeePerBlobGas'),
    blobHashes: bytesListOf(tx.get('blobVersionedHashes')),
    authorizations: authorizationsOf(tx.get('authorizationList')),
    deposit: type === DEPOSIT ? depositOf(tx) : null,
    signature: r === null || s === null || v === null ? null : { r, s, v },
  }
}

/** Typed transactions state the parity as `yParity`, as `v`, or as both. */
function signOf(tx: JsonObject, type: number): bigint | null {
  return (type === 0 ? null : optionalQuantity(tx, 'yParity')) ?? optionalQuantity(tx, 'v')
}

function depositOf(tx: JsonObject): EvmEnvelope['deposit'] {
  const [sourceHash, from] = [bytesOrNull(tx, 'sourceHash'), bytesOrNull(tx, 'from')]
  if (!sourceHash || from?.length !== 20) return null
  const system = tx.get('isSystemTx')
  return { sourceHash, from, mint: optionalQuantity(tx, 'mint') ?? 0n, isSystem: system === true }
}

function bytesListOf(list: JsonValue | undefined): readonly Uint8Array[] | null {
  return isArray(list) ? allOrNull(list.map((one) => (typeof one === 'string' ? bytesOfText(one) : null))) : null
}

function accessListOf(list: JsonValue | undefined): Rlp | null {
  if (!isArray(list)) return null
  return allOrNull(
    list.map((entry): Rlp | null => {
      if (!isObject(entry)) return null
      const [address, keys] = [bytesOrNull(entry, 'address'), bytesListOf(entry.get('storageKeys'))]
      return address && keys ? [address, keys] : null
    }),
  )
}

/** EIP-7702: chain, address, nonce, and a signature. */
function authorizationsOf(list: JsonValue | undefined): Rlp | null {
  if (!isArray(list)) return null
  return allOrNull(
    list.map((entry): Rlp | null => {
      if (!isObject(entry)) return null
      const address = bytesOrNull(entry, 'address')
      const numbers = allOrNull([
        ...['chainId', 'nonce'].map((key) => optionalQuantity(entry, key)),
        optionalQuantity(entry, 'yParity') ?? optionalQuantity(entry, 'v'),
        ...['r', 's'].map((key) => optionalQuantity(entry, key)),
      ])
      if (!address || !numbers) return null
      const [chain, nonce, ...signature] = numbers.map(rlpNumber)
      return [chain ?? new Uint8Array(), address, nonce ?? new Uint8Array(), ...signature]
    }),
  )
}

export function statedReceipt(receipt: JsonObject): StatedReceipt {
  const created = receipt.get('contractAddress')
  const logs = receipt.get('logs')
  return {
    content: receiptContent(receipt),
    gasUsed: optionalQuantity(receipt, 'gasUsed'),
    gasPrice: optionalQuantity(receipt, 'effectiveGasPrice'),
    created: typeof created === 'string' && created !== '' ? created.toLowerCase() : null,
    logIndexes: (isArray(logs) ? logs : []).flatMap((log) =>
      isObject(log) ? (optionalSmall(log, 'logIndex') ?? []) : [],
    ),
  }
}

function receiptContent(receipt: JsonObject): ReceiptContent | null {
  const type = optionalSmall(receipt, 'type') ?? 0
  const [cumulativeGas, status] = [optionalQuantity(receipt, 'cumulativeGasUsed'), optionalQuantity(receipt, 'status')]
  const root = bytesOrNull(receipt, 'root')
  const list = receipt.get('logs')
  if (cumulativeGas === null || !isArray(list) || (type > 4 && type !== DEPOSIT)) return null
  const outcome = root?.length === 32 ? root : status === null ? null : status === 1n
  const logs = allOrNull(
    list.map((log) => {
      if (!isObject(log)) return null
      const [address, topics, data] = [
        bytesOrNull(log, 'address'),
        bytesListOf(log.get('topics')),
        bytesOrNull(log, 'data'),
      ]
      return address && topics && data ? { address, topics, data } : null
    }),
  )
  if (outcome === null || !logs) return null
  const [nonce, version] = [
    optionalQuantity(receipt, 'depositNonce'),
    optionalQuantity(receipt, 'depositReceiptVersion'),
  ]
  return {
    ...{ type, outcome, cumulativeGas, logs },
    deposit: type === DEPOSIT && nonce !== null && version !== null ? { nonce, version } : null,
  }
}

export function withdrawalContents(block: JsonObject): readonly WithdrawalContent[] | null {
  const list = block.get('withdrawals')
  if (!isArray(list)) return null
  return allOrNull(
    list.map((one) => {
      if (!isObject(one)) return null
      const address = bytesOrNull(one, 'address')
      const numbers = allOrNull(
        [one.has('validatorIndex') ? 'validatorIndex' : 'validator_index', 'index', 'amount'].map((key) =>
          optionalQuantity(one, key),
        ),
      )
      if (!address || !numbers) return null
      const [validator = 0n, index = 0n, amount = 0n] = numbers
      return { index, validator, address, amount }
    }),
  )
}

function allOrNull<Value>(values: readonly (Value | null)[]): readonly Value[] | null {
  return values.some((value) => value === null) ? null : (values as readonly Value[])
}
