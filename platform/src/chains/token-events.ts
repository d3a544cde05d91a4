/**
 * Movements of tokens from their events. ERC-20 and ERC-721 share one signature and differ in how many fields are indexed:
 * three topics and the amount in the data, or four topics and the last is the number of the token, which is no amount.
 */
import { bytesToHex, hexToBytes, keccak256, utf8 } from '../kernel/index.ts'
import { accountAddressOf } from './account-address.ts'
import type { LogEntry, Move } from './account-ledger.ts'
import type { AccountPack } from './account-pack.ts'

const topicOf = (signature: string): string => `0x${bytesToHex(keccak256(utf8(signature)))}`

export const TRANSFER = topicOf('Transfer(address,address,uint256)')
export const TRANSFER_SINGLE = topicOf('TransferSingle(address,address,address,uint256,uint256)')
export const TRANSFER_BATCH = topicOf('TransferBatch(address,address,address,uint256[],uint256[])')
export const DEPOSIT = topicOf('Deposit(address,uint256)')
export const WITHDRAWAL = topicOf('Withdrawal(address,uint256)')

type Place = Pick<Move, 'txid' | 'height' | 'time' | 'txIndex'>

/** Events of moves stand after all calls of the transaction, in their own order. */
const FIRST_LOG = 1_000_000

export function logOrder(logIndex: number): number {
  return FIRST_LOG + logIndex * 4
}

/** The moves that events of one transaction report. Events that are none, or not as their signature says, give none. */
export function tokenMoves(logs: readonly LogEntry[], where: Place, pack: AccountPack): readonly Move[] {
  return logs.flatMap((log) => movesOfLog(log, logs, where, pack))
}

function movesOfLog(log: LogEntry, all: readonly LogEntry[], where: Place, pack: AccountPack): readonly Move[] {
  if (pack.nativeContracts.includes(log.address)) return []
  const words = wordsOf(log.data)
  const place = { txid: where.txid, height: where.height, time: where.time, txIndex: where.txIndex }
  const of = (
    kind: Move['kind'],
    standard: string,
    from: string | null,
    to: string | null,
    amount: bigint,
    part = '',
  ): Move => ({
    ...place,
    order: logOrder(log.logIndex),
    place: `log:${log.logIndex}${part}`,
    kind,
    asset: `${pack.caip2}/${standard}`,
    from,
    to,
    amount,
  })
  const [topic, one, two, three] = log.topics
  const address = (word: string | undefined) => addressIn(word, pack)
  if (topic === TRANSFER && log.topics.length === 3 && words.length >= 1) {
    const [from, to] = [address(one), address(two)]
    if (from === undefined || to === undefined || words[0] === undefined) return []
    return [of('token', `erc20:${log.address}`, from, to, words[0])]
  }
  if (topic === TRANSFER && log.topics.length === 4 && words.length === 0) {
    const [from, to] = [address(one), address(two)]
    if (from === undefined || to === undefined) return []
    return [of('token', `erc721:${log.address}/${BigInt(three ?? '0x0')}`, from, to, 1n)]
  }
  if ((topic === TRANSFER_SINGLE || topic === TRANSFER_BATCH) && log.topics.length === 4) {
    const [from, to] = [address(two), address(three)]
    const pairs = topic === TRANSFER_SINGLE ? [[words[0], words[1]] as const] : batchOf(words)
    if (from === undefined || to === undefined) return []
    return pairs.flatMap(([id, amount], n) =>
      id === undefined || amount === undefined
        ? []
        : [of('token', `erc1155:${log.address}/${id}`, from, to, amount, topic === TRANSFER_BATCH ? `:${n}` : '')],
    )
  }
  const wraps = pack.wrapped.some((token) => token.address === log.address)
  if (wraps && (topic === DEPOSIT || topic === WITHDRAWAL) && log.topics.length === 2 && words[0] !== undefined) {
    const who = address(one)
    if (who === undefined || who === null) return []
    const [from, to] = topic === DEPOSIT ? [null, who] : [who, null]
    // Some wrapped coins report the same by a Transfer from or to nobody: it is counted once.
    if (all.some((other) => saysTransfer(other, log.address, from, to, words[0] ?? 0n, pack))) return []
    return [of(topic === DEPOSIT ? 'wrap' : 'unwrap', `erc20:${log.address}`, from, to, words[0])]
  }
  return []
}

function saysTransfer(
  log: LogEntry,
  token: string,
  from: string | null,
  to: string | null,
  amount: bigint,
  pack: AccountPack,
): boolean {
  const [topic, one, two] = log.topics
  return (
    log.address === token &&
    topic === TRANSFER &&
    log.topics.length === 3 &&
    addressIn(one, pack) === from &&
    addressIn(two, pack) === to &&
    wordsOf(log.data)[0] === amount
  )
}

/** The address in a topic: `null` for the zero address, which stands for nobody; `undefined` where it is none. */
function addressIn(topic: string | undefined, pack: AccountPack): string | null | undefined {
  const match = /^0x0{24}([0-9a-f]{40})$/.exec(topic ?? '')
  if (!match) return undefined
  return /^0+$/.test(match[1] ?? '') ? null : accountAddressOf(hexToBytes(match[1] ?? ''), pack.address)
}

function wordsOf(data: string): readonly bigint[] {
  const digits = data.slice(2)
  if (digits.length % 64 !== 0) return []
  return Array.from({ length: digits.length / 64 }, (_, n) => BigInt(`0x${digits.slice(n * 64, n * 64 + 64)}`))
}

/** Two arrays, ABI-encoded: two offsets, then each array with its length. */
function batchOf(words: readonly bigint[]): readonly (readonly [bigint | undefined, bigint | undefined])[] {
  const list = (offset: bigint | undefined): readonly bigint[] | null => {
    if (offset === undefined || offset % 32n !== 0n || offset / 32n >= BigInt(words.length)) return null
    const start = Number(offset / 32n)
    const size = words[start] ?? 0n
    if (size > BigInt(words.length - start - 1)) return null
    return words.slice(start + 1, start + 1 + Number(size))
  }
  const [ids, amounts] = [list(words[0]), list(words[1])]
  if (!ids || !amounts || ids.length !== amounts.length) return []
  return ids.map((id, n) => [id, amounts[n]] as const)
}
