/** Ends of bridge transfers, read from the logs of one transaction by the field maps of the decoders. */
import type { LogEntry } from '../../chains/index.ts'
import type { AbiValue, AbiValues } from './abi-decode.ts'
import { type BridgeEvent, normalAddress, normalTransferId, normalTxid } from './bridge-event.ts'
import { chainName, type Network, networks } from './bridge-packs.ts'
import type { DecodedLog, Decoders } from './decoders.ts'

export type BridgeEnd = { readonly event: BridgeEvent; readonly decoder: string; readonly log: LogEntry }

/** Logs that look like ends of bridges and cannot be read as such: said, and nothing is taken from them. */
export type BridgeEnds = {
  readonly ends: readonly BridgeEnd[]
  readonly unread: readonly { readonly logIndex: number; readonly why: string }[]
}

const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

/** `logs`: all of one transaction, in order. `time`: that of its block. */
export function bridgeEndsIn(
  decoders: Decoders,
  chain: string,
  logs: readonly LogEntry[],
  time: number | null,
): BridgeEnds {
  const ends: BridgeEnd[] = []
  const unread: { logIndex: number; why: string }[] = []
  logs.forEach((log, index) => {
    const decoded = decoders.decode(chain, log)
    if (decoded === null) return
    if (!decoded.ok) {
      unread.push({ logIndex: log.logIndex, why: decoded.refusal.message })
      return
    }
    if (decoded.value.decoder.bridge === null) return
    const event = endOf(decoded.value, chain, logs.slice(0, index), time)
    if (typeof event === 'string') unread.push({ logIndex: log.logIndex, why: event })
    else if (event !== null) ends.push({ event, decoder: decoded.value.decoder.name, log })
  })
  return { ends, unread }
}

/** `null`: the message is of another kind. A text: why the end cannot be read. */
function endOf(
  { decoder, log, values }: DecodedLog,
  chain: string,
  before: readonly LogEntry[],
  time: number | null,
): BridgeEvent | string | null {
  const whole = withMessage(decoder.message, values)
  if (whole === null) return null
  const { fields } = decoder
  const field = (name: string): string | null => {
    const value = fields[name]
    return typeof value === 'string' ? value : null
  }
  const transfer = [...before].reverse().find((one) => one.topics[0] === TRANSFER && one.topics.length === 3) ?? null
  const amount = readAmount(field('amount'), whole, transfer)
  if (amount === null) return `${decoder.name} states no amount, and no transfer stands before it`
  const party = (name: string): string | null => {
    const from = field(name)
    if (from === null) return null
    if (from === '@transfer') return transfer === null ? null : normalAddress(transfer.topics[2] ?? '')
    const value = valueAt(whole, from)
    // Addresses as bytes, as PolyNetwork writes them, have 20 of them on chains of the EVM.
    return typeof value === 'string' && value !== '0x' ? normalAddress(value) : null
  }
  return {
    side: decoder.role === 'bridge-source' ? 'source' : 'destination',
    bridge: decoder.bridge,
    transferId: readTransferId(field('transferId'), whole, chain, log),
    chain,
    txid: normalTxid(log.txid),
    logIndex: log.logIndex,
    time,
    token: readToken(field('token'), whole, log, transfer),
    amount,
    sender: party('sender'),
    recipient: party('recipient'),
    otherChain: readOtherChain(field('otherChain'), whole),
    row: null,
  }
}

/** The values with the parts of the message among them; `null` where the message is none that the decoder reads. */
function withMessage(message: DecodedLog['decoder']['message'], values: AbiValues): AbiValues | null {
  if (message === null) return values
  const hex = values[message.field]
  if (typeof hex !== 'string') return null
  const parts: Record<string, AbiValue> = {}
  let at = 2
  for (const [name, bytes] of message.layout) {
    const part = hex.slice(at, at + 2 * bytes)
    if (part.length !== 2 * bytes) return null
    // Numbers are short, or are summed: a party is 32 bytes that begin with zeros, which both readings keep.
    parts[name] = `0x${part}`
    at += 2 * bytes
  }
  const [name, accepted] = message.when
  const value = parts[name]
  if (typeof value !== 'string' || !accepted.includes(BigInt(value).toString())) return null
  return { ...values, ...parts }
}

function valueAt(values: AbiValues, path: string): AbiValue | undefined {
  let at: AbiValue | undefined = values as { readonly [name: string]: AbiValue }
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || Array.isArray(at)) return undefined
    at = (at as { readonly [name: string]: AbiValue })[name]
  }
  return at
}

function numberAt(values: AbiValues, path: string): bigint | null {
  const value = valueAt(values, path)
  if (typeof value === 'bigint') return value
  return typeof value === 'string' && /^0x[0-9a-f]{1,64}$/.test(value) ? BigInt(value) : null
}

/** A parameter, a difference of two, or the amount of the transfer before the log. */
function readAmount(from: string | null, values: AbiValues, transfer: LogEntry | null): bigint | null {
  if (from === null) return null
  if (from === '@transfer')
    return transfer !== null && /^0x[0-9a-f]{64}$/.test(transfer.data) ? BigInt(transfer.data) : null
  const [first = '', less] = from.split('-')
  const amount = numberAt(values, first)
  if (amount === null || less === undefined) return amount
  const part = numberAt(values, less)
  return part === null || part > amount ? null : amount - part
}

function readToken(from: string | null, values: AbiValues, log: LogEntry, transfer: LogEntry | null): string | null {
  if (from === '@log') return log.address
  if (from === '@native') return 'ETH'
  if (from === '@transfer') return transfer?.address ?? null
  // Bridges of one contract per token move the coin itself or a token; which, only a transfer shows.
  if (from === '@transfer-or-native') return transfer?.address ?? null
  const value = from === null ? undefined : valueAt(values, from)
  return typeof value === 'string' ? normalAddress(value) : null
}

function readOtherChain(from: string | null, values: AbiValues): string | null {
  if (from === null) return null
  if (from.startsWith('=')) return from.slice(1)
  const [numbering = '', path = ''] = from.split(':')
  const number = numberAt(values, path)
  if (number === null) return null
  if (numbering === 'eip155') return chainName(number.toString())
  return networks.find((network) => numbersOf(network, numbering).includes(Number(number)))?.caip2 ?? null
}

function numbersOf(network: Network, numbering: string): readonly number[] {
  if (numbering === 'layerzero') return network.layerzero ?? []
  const number = { wormhole: network.wormhole, cctp: network.cctp, poly: network.poly }[numbering]
  return number === undefined ? [] : [number]
}

/** A pattern such as `{originChainId}/{depositId}`; `null` where one of its parts is not there. */
function readTransferId(pattern: string | null, values: AbiValues, chain: string, log: LogEntry): string | null {
  if (pattern === null) return null
  let complete = true
  const text = pattern.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const part = partOfId(name, values, chain, log)
    if (part === null) complete = false
    return part ?? ''
  })
  return complete ? normalTransferId(text) : null
}

function partOfId(name: string, values: AbiValues, chain: string, log: LogEntry): string | null {
  if (name === 'txid') return normalTransferId(log.txid)
  if (name === 'chain') return /^eip155:([0-9]+)$/.exec(chain)?.[1] ?? null
  const [first = '', ...rest] = name.split(':')
  if (first === 'number') {
    const network = networks.find(({ caip2 }) => caip2 === chain)
    const number = network === undefined ? undefined : numbersOf(network, rest[0] ?? '')[0]
    return number === undefined ? null : `${number}`
  }
  const value = valueAt(values, first)
  if (rest.length > 0) {
    // A memo that begins with a word and names the transaction that it answers.
    const found = typeof value === 'string' ? new RegExp(`^${rest[0]}:([0-9A-Fa-f]{64})$`).exec(value)?.[1] : undefined
    return found === undefined ? null : normalTransferId(found)
  }
  if (typeof value === 'bigint') return value.toString()
  return typeof value === 'string' ? normalAddress(value) : null
}
