/** Answers of nodes of the EVM as values: quantities are hexadecimal with 0x, addresses and hashes are checked. */
import { hexToBytes, stop } from '../../kernel/index.ts'
import { accountAddressOf } from '../account-address.ts'
import type { LogEntry } from '../account-ledger.ts'
import type { AccountPack } from '../account-pack.ts'
import type { EvmBlock, EvmCall, EvmReceipt, EvmTransaction } from '../evm-moves.ts'
import { isArray, isNumber, isObject, type JsonObject, type JsonValue } from '../exact-json.ts'
import { asObject, listField, textField, wrongField } from '../json-fields.ts'
import type { LedgerBlock } from '../ledger.ts'

/** A whole number up to 2^256 − 1: hexadecimal with 0x, or decimal. */
export function quantity(object: JsonObject, key: string): bigint {
  const value = object.get(key)
  const text = isNumber(value) ? value.number : typeof value === 'string' ? value : ''
  if (/^0x[0-9a-f]{1,64}$/i.test(text) || /^[0-9]{1,78}$/.test(text)) {
    const number = BigInt(text)
    if (number < 1n << 256n) return number
  }
  return wrongField(key, 'a whole number of at most 256 bits', value)
}

export function optionalQuantity(object: JsonObject, key: string): bigint | null {
  const value = object.get(key)
  return value === undefined || value === null || value === '' ? null : quantity(object, key)
}

export function smallQuantity(object: JsonObject, key: string): number {
  const number = quantity(object, key)
  return number <= 2n ** 52n ? Number(number) : wrongField(key, 'a number up to 2^52', object.get(key))
}

export function optionalSmall(object: JsonObject, key: string): number | null {
  const value = object.get(key)
  return value === undefined || value === null || value === '' ? null : smallQuantity(object, key)
}

/** 32 bytes without 0x, as the ledger writes hashes. */
export function hashField(object: JsonObject, key: string): string {
  const match = /^(?:0x)?([0-9a-f]{64})$/i.exec(textField(object, key))
  return match?.[1]?.toLowerCase() ?? wrongField(key, 'a hash of 32 bytes', object.get(key))
}

export function optionalHash(object: JsonObject, key: string): string | null {
  const value = object.get(key)
  return value === undefined || value === null || value === '' ? null : hashField(object, key)
}

export function addressField(object: JsonObject, key: string, pack: AccountPack): string {
  const match = /^0x([0-9a-f]{40})$/i.exec(textField(object, key))
  if (!match?.[1]) return wrongField(key, 'an address of 20 bytes', object.get(key))
  return accountAddressOf(hexToBytes(match[1].toLowerCase()), pack.address)
}

export function optionalAddress(object: JsonObject, key: string, pack: AccountPack): string | null {
  const value = object.get(key)
  return value === undefined || value === null || value === '' ? null : addressField(object, key, pack)
}

export function bytesField(object: JsonObject, key: string): string {
  const text = textField(object, key).toLowerCase()
  return /^0x([0-9a-f]{2})*$/.test(text) ? text : wrongField(key, 'bytes in hexadecimal', object.get(key))
}

export function selectorOf(object: JsonObject, key: string): string | null {
  const value = object.get(key)
  if (typeof value !== 'string') return null
  const input = value.toLowerCase()
  return /^0x[0-9a-f]{8}/.test(input) ? input.slice(0, 10) : null
}

export type NodeBlock = {
  readonly block: LedgerBlock
  readonly header: EvmBlock
  readonly transactions: readonly JsonValue[]
  readonly uncles: number
  readonly withdrawals: readonly { readonly index: string; readonly address: string; readonly amount: bigint }[]
}

export function readNodeBlock(object: JsonObject, pack: AccountPack): NodeBlock {
  const height = smallQuantity(object, 'number')
  const hash = hashField(object, 'hash')
  const time = smallQuantity(object, 'timestamp')
  return {
    block: {
      height,
      hash,
      prevHash: hashField(object, 'parentHash'),
      time,
      merkleRoot: optionalHash(object, 'transactionsRoot'),
      bits: null,
      headerVerified: false,
      completeness: 'declared',
    },
    header: {
      height,
      hash,
      time,
      miner: optionalAddress(object, 'miner', pack),
      baseFee: optionalQuantity(object, 'baseFeePerGas'),
    },
    transactions: listField(object, 'transactions'),
    uncles: isArray(object.get('uncles')) ? listField(object, 'uncles').length : 0,
    withdrawals: (object.has('withdrawals') && object.get('withdrawals') !== null
      ? listField(object, 'withdrawals')
      : []
    ).map((value) => {
      const one = asObject(value, 'withdrawals')
      return {
        index: quantity(one, 'index').toString(),
        address: addressField(one, 'address', pack),
        // EIP-4895: the amount is in Gwei.
        amount: quantity(one, 'amount') * 1_000_000_000n,
      }
    }),
  }
}

export function readNodeTransaction(object: JsonObject, pack: AccountPack): EvmTransaction {
  return {
    txid: hashField(object, 'hash'),
    index: optionalSmall(object, 'transactionIndex'),
    from: addressField(object, 'from', pack),
    to: optionalAddress(object, 'to', pack),
    value: quantity(object, 'value'),
    nonce: nonceOf(optionalQuantity(object, 'nonce')),
    gasPrice: optionalQuantity(object, 'gasPrice'),
    selector: selectorOf(object, 'input'),
  }
}

/** Nonces have 64 bits; one that no sender can reach is not said. */
export function nonceOf(nonce: bigint | null): number | null {
  return nonce === null || nonce > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(nonce)
}

export function readNodeReceipt(object: JsonObject, pack: AccountPack): EvmReceipt {
  const status = optionalQuantity(object, 'status')
  const [gas, price] = [optionalQuantity(object, 'blobGasUsed'), optionalQuantity(object, 'blobGasPrice')]
  return {
    status: status === null ? null : status === 1n ? 'ok' : 'failed',
    gasUsed: optionalQuantity(object, 'gasUsed'),
    effectiveGasPrice: optionalQuantity(object, 'effectiveGasPrice'),
    created: optionalAddress(object, 'contractAddress', pack),
    l1Fee: optionalQuantity(object, 'l1Fee'),
    blobFee: gas === null || price === null || gas === 0n ? null : gas * price,
  }
}

export function readNodeLog(object: JsonObject, txid: string, height: number, pack: AccountPack): LogEntry {
  return {
    txid,
    height,
    logIndex: smallQuantity(object, 'logIndex'),
    address: addressField(object, 'address', pack),
    topics: listField(object, 'topics').map((topic) =>
      typeof topic === 'string' && /^0x[0-9a-f]{64}$/i.test(topic)
        ? topic.toLowerCase()
        : wrongField('topics', 'hashes of 32 bytes', topic),
    ),
    data: bytesField(object, 'data'),
  }
}

const MAX_CALLS = 1_000_000

/** The tree of calls of one transaction as geth's `callTracer` gives it. */
export function readCallFrames(frame: JsonObject, pack: AccountPack): readonly EvmCall[] {
  const calls: EvmCall[] = []
  const take = (one: JsonObject, path: readonly number[]) => {
    if (calls.length >= MAX_CALLS) stop('SOURCE_ITEM_TOO_LARGE', `A transaction has more than ${MAX_CALLS} calls.`)
    const type = textField(one, 'type')
    calls.push({
      path,
      kind: FRAME_KINDS[type] ?? 'other',
      from: addressField(one, 'from', pack),
      to: optionalAddress(one, 'to', pack),
      value: optionalQuantity(one, 'value') ?? 0n,
      failed: one.get('error') !== undefined && one.get('error') !== null,
    })
    const inner = one.get('calls')
    if (isArray(inner)) for (const [n, value] of inner.entries()) take(asObject(value, 'calls'), [...path, n])
  }
  take(frame, [])
  return calls
}

const FRAME_KINDS: Readonly<Record<string, EvmCall['kind']>> = {
  CALL: 'call',
  CREATE: 'create',
  CREATE2: 'create',
  SELFDESTRUCT: 'selfdestruct',
}

export type ParityTrace =
  | { readonly of: 'transaction'; readonly txid: string; readonly call: EvmCall }
  | { readonly of: 'block'; readonly kind: 'reward' | 'uncle'; readonly to: string; readonly amount: bigint }

/** One entry of `trace_block`. */
export function readParityTrace(object: JsonObject, pack: AccountPack): ParityTrace {
  const type = textField(object, 'type')
  const action = asObject(object.get('action'), 'action')
  if (type === 'reward')
    return {
      of: 'block',
      kind: action.get('rewardType') === 'uncle' ? 'uncle' : 'reward',
      to: addressField(action, 'author', pack),
      amount: quantity(action, 'value'),
    }
  const path = listField(object, 'traceAddress').map((step) =>
    isNumber(step) && /^[0-9]{1,6}$/.test(step.number)
      ? Number(step.number)
      : wrongField('traceAddress', 'numbers', step),
  )
  const failed = object.get('error') !== undefined && object.get('error') !== null
  const txid = hashField(object, 'transactionHash')
  if (type === 'suicide' || type === 'selfdestruct')
    return {
      of: 'transaction',
      txid,
      call: {
        path,
        kind: 'selfdestruct',
        from: addressField(action, 'address', pack),
        to: optionalAddress(action, 'refundAddress', pack),
        value: quantity(action, 'balance'),
        failed,
      },
    }
  const result = object.get('result')
  const create = type === 'create'
  const callType = action.get('callType')
  return {
    of: 'transaction',
    txid,
    call: {
      path,
      kind: create ? 'create' : type === 'call' && (callType === undefined || callType === 'call') ? 'call' : 'other',
      from: addressField(action, 'from', pack),
      to: create
        ? isObject(result)
          ? optionalAddress(result, 'address', pack)
          : null
        : optionalAddress(action, 'to', pack),
      value: optionalQuantity(action, 'value') ?? 0n,
      failed,
    },
  }
}
