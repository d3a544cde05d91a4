/**
 * One end of a bridge transfer, as a log or a table states it, in the forms in which ends are compared: ids, addresses and
 * chains that mean the same are written the same. What a source did not say is `null`.
 */
export type BridgeEvent = {
  readonly side: 'source' | 'destination'
  /** The id of a pack of packs/bridges where the name is known there, else the name in lower case. */
  readonly bridge: string | null
  /** What the protocol itself calls the transfer: a hash, a nonce, a sequence. */
  readonly transferId: string | null
  /** CAIP-2 where the name is known, else as stated, in lower case. */
  readonly chain: string
  readonly txid: string
  readonly logIndex: number | null
  /** Seconds since 1970-01-01 UTC. */
  readonly time: number | null
  /** An address, a symbol or a CAIP-19 id, as stated. */
  readonly token: string | null
  readonly amount: bigint
  readonly sender: string | null
  readonly recipient: string | null
  readonly otherChain: string | null
  /** Where it was read: the line of a table. */
  readonly row: number | null
}

export const MOST_UINT256 = (1n << 256n) - 1n

/**
 * Hexadecimal with 0x in lower case; numbers below 2^64, whether decimal or padded to 32 bytes, as decimal; anything else as it
 * stands, for base58 knows upper and lower case.
 */
export function normalTransferId(text: string): string {
  if (/^[0-9]+$/.test(text) && text.length <= 78) return BigInt(text).toString()
  const hex = /^(?:0x)?([0-9a-f]+)$/i.exec(text)?.[1]
  if (hex === undefined || (!/^0x/i.test(text) && hex.length !== 64)) return text
  const value = BigInt(`0x${hex}`)
  return value < 1n << 64n ? value.toString() : `0x${hex.toLowerCase()}`
}

/** Addresses of 20 bytes, alone or padded to 32 as messages carry them, in lower case; others as they stand. */
export function normalAddress(text: string): string {
  const padded = /^0x0{24}([0-9a-f]{40})$/i.exec(text)?.[1]
  if (padded !== undefined) return `0x${padded.toLowerCase()}`
  return /^0x[0-9a-f]*$/i.test(text) ? text.toLowerCase() : text
}

/** Hashes in hexadecimal in lower case; others (base58) as they stand. */
export function normalTxid(text: string): string {
  return /^(0x)?[0-9a-f]+$/i.test(text) ? text.toLowerCase() : text
}

/** A fixed order that does not depend on the order of rows. */
export function compareEvents(a: BridgeEvent, b: BridgeEvent): number {
  return (
    order(a.side === 'source' ? 0 : 1, b.side === 'source' ? 0 : 1) ||
    order(a.chain, b.chain) ||
    order(a.txid, b.txid) ||
    order(a.logIndex ?? -1, b.logIndex ?? -1) ||
    order(a.bridge ?? '', b.bridge ?? '') ||
    order(a.transferId ?? '', b.transferId ?? '') ||
    order(a.amount, b.amount) ||
    order(a.token ?? '', b.token ?? '') ||
    order(a.recipient ?? '', b.recipient ?? '') ||
    order(a.sender ?? '', b.sender ?? '') ||
    order(a.otherChain ?? '', b.otherChain ?? '') ||
    order(a.time ?? -1, b.time ?? -1) ||
    order(a.row ?? 0, b.row ?? 0)
  )
}

function order<T extends string | number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
