/**
 * Real transfers of two bridges from Ethereum to Polygon, from the labels, deposits and calldata of Connector-Tool/Connector
 * (samples/bridge-connector). The set says which two transactions belong together, and gives the deposits by transaction, but the
 * calls that paid out without theirs, in no order. Which call is whose is proven here, by nothing that the matching looks at:
 *
 * - Celer: the call carries a hash of all fields of the deposit and a number of the customer's own (`nonces.csv`); it is
 *   computed again.
 * - Poly Network: the call carries the counter of transfers out of Ethereum, which grows in the order of the deposits.
 *
 * What cannot be proven so is left out, and counted.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse as parseCsv } from 'csv-parse/sync'
import { sha256Text } from '../../../kernel/index.ts'
import type { BridgeEvent } from '../../crossing/index.ts'
import { celerDepositId, celerTransferId, type PayoutCall, readPayoutCall } from '../bridge-calldata.ts'
import type { BridgeRecords } from '../measure-bridge-records.ts'

const ETHEREUM = 1
const POLYGON = 137

type Deposit = {
  readonly args: {
    readonly sender: string
    readonly receiver: string
    readonly amount: string
    readonly asset_s: string
  }
  readonly txhash: string
  readonly timestamp: number
}

export function readBridgeRecords(folder: string): readonly BridgeRecords[] {
  return (['celer', 'polynetwork'] as const).map((bridge) => {
    const file = (name: string) => {
      const path = join(folder, bridge, name)
      return existsSync(path) ? readFileSync(path, 'utf8') : gunzipSync(readFileSync(`${path}.gz`)).toString('utf8')
    }
    const texts = [file('sample.json'), file('input.csv'), file('label.csv')] as const
    const deposits = parseDeposits(texts[0])
    const calls = rowsOf(texts[1]).flatMap((row) => readPayoutCall(row['0'] ?? '') ?? [])
    const paidBy = new Map(rowsOf(texts[2]).map((row) => [row.srcTxhash ?? '', row.dstTxhash ?? '']))
    const proven =
      bridge === 'celer' ? byHash(deposits, calls, noncesOf(file('nonces.csv'))) : byCounter(deposits, calls)
    const pairs = proven.flatMap(({ deposit, call, id }) => {
      const destination = paidBy.get(deposit.txhash)
      return destination === undefined ? [] : [{ deposit, call, id, destination }]
    })
    return {
      bridge,
      labelled: paidBy.size,
      calls: calls.length,
      digest: sha256Text(texts.join('\n')),
      events: pairs.flatMap(({ deposit, call, id, destination }) => [
        sourceOf(bridge, deposit, id),
        destinationOf(bridge, call, destination),
      ]),
      truth: pairs.map(({ deposit, destination }) => ({ source: deposit.txhash, destination })),
    }
  })
}

/** Amounts are larger than a number can hold: they are read from the text. */
function parseDeposits(text: string): readonly Deposit[] {
  return JSON.parse(text.replace(/("amount":\s*)(\d+)/g, '$1"$2"')) as readonly Deposit[]
}

function rowsOf(text: string): readonly Record<string, string>[] {
  return parseCsv(text, { columns: true, skip_empty_lines: true, max_record_size: 1_000_000 })
}

function noncesOf(text: string): ReadonlyMap<string, bigint> {
  return new Map(rowsOf(text).map(({ source = '', nonce = '0' }) => [source, BigInt(nonce)]))
}

type Proven = { readonly deposit: Deposit; readonly call: PayoutCall; readonly id: string }

function byHash(
  deposits: readonly Deposit[],
  calls: readonly PayoutCall[],
  nonces: ReadonlyMap<string, bigint>,
): readonly Proven[] {
  const callById = new Map(calls.map((call) => [call.sourceId, call]))
  return deposits.flatMap((deposit) => {
    const nonce = nonces.get(deposit.txhash)
    if (nonce === undefined) return []
    const { sender, receiver: recipient, asset_s: token, amount } = deposit.args
    const stated = {
      ...{ sender, recipient, token, nonce },
      amount: BigInt(amount),
      toChain: POLYGON,
      fromChain: ETHEREUM,
    }
    for (const id of [celerTransferId(stated), celerDepositId(stated)]) {
      const call = callById.get(id)
      if (call) return [{ deposit, call, id }]
    }
    return []
  })
}

/** Deposits of one second are left out: which of them came first is not in the set. */
function byCounter(deposits: readonly Deposit[], calls: readonly PayoutCall[]): readonly Proven[] {
  if (deposits.length !== calls.length) return []
  const inTime = [...deposits].sort((a, b) => a.timestamp - b.timestamp)
  const counted = [...calls].sort((a, b) => Number(BigInt(a.sourceId) - BigInt(b.sourceId)))
  return inTime.flatMap((deposit, at) => {
    const alone = inTime[at - 1]?.timestamp !== deposit.timestamp && inTime[at + 1]?.timestamp !== deposit.timestamp
    const call = counted[at]
    return alone && call ? [{ deposit, call, id: call.sourceId }] : []
  })
}

function sourceOf(bridge: string, { args, txhash, timestamp }: Deposit, id: string): BridgeEvent {
  return {
    ...{ side: 'source', bridge, transferId: id, txid: txhash, logIndex: null, time: timestamp, row: null },
    ...{ chain: `eip155:${ETHEREUM}`, otherChain: `eip155:${POLYGON}` },
    token: args.asset_s.toLowerCase(),
    amount: BigInt(args.amount),
    sender: args.sender.toLowerCase(),
    recipient: args.receiver.toLowerCase(),
  }
}

function destinationOf(bridge: string, call: PayoutCall, txid: string): BridgeEvent {
  return {
    ...{ side: 'destination', bridge, transferId: call.sourceId, txid, logIndex: null, time: null, row: null },
    ...{ chain: `eip155:${POLYGON}`, otherChain: `eip155:${ETHEREUM}` },
    ...{ token: call.token, amount: call.amount, sender: call.sender, recipient: call.recipient },
  }
}
