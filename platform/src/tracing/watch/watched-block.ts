/** A block as watching looks at it: what moves in it, in the order in which it moves. */
import type { LedgerBlock, LedgerTx, Move } from '../../chains/index.ts'

/** Seen from an address or an output: `out` leaves it, `in` comes to it. */
export type Movement = {
  readonly txid: string
  /** Names the movement within its transaction for good: `in:0`, `out:1`; on account chains `log:17:from`, `value:to`, … */
  readonly place: string
  readonly direction: 'in' | 'out'
  /** `null` where the script has no address, or where no source says which output was spent by what address. */
  readonly address: string | null
  /** `TXID:VOUT` of what is spent or made; `null` on account chains. */
  readonly output: string | null
  /** CAIP-19. */
  readonly asset: string
  /** In base units; `null` where no source says what a spent output was worth. */
  readonly amount: bigint | null
}

export type WatchedBlock = {
  readonly chain: string
  readonly height: number
  readonly hash: string
  readonly prevHash: string | null
  readonly time: number | null
  readonly movements: readonly Movement[]
}

/** What is known of a block beside its movements; the header says it. */
export type FollowedHeader = Pick<WatchedBlock, 'chain' | 'height' | 'hash' | 'prevHash' | 'time'>

export function headerOf(chain: string, block: LedgerBlock & { readonly hash: string }): FollowedHeader {
  return { chain, height: block.height, hash: block.hash, prevHash: block.prevHash, time: block.time }
}

/** `transactions` in the order of the block: what is made is made before it is spent. */
export function outputBlock(header: FollowedHeader, asset: string, transactions: readonly LedgerTx[]): WatchedBlock {
  return { ...header, movements: transactions.flatMap((transaction) => movementsOf(transaction, asset)) }
}

function movementsOf({ txid, inputs, outputs }: LedgerTx, asset: string): Movement[] {
  const spent = inputs.flatMap(({ prev, prevout }, vin): Movement[] =>
    prev === null
      ? []
      : [
          {
            txid,
            place: `in:${vin}`,
            direction: 'out',
            address: prevout?.address ?? null,
            output: `${prev.txid}:${prev.vout}`,
            asset,
            amount: prevout?.value ?? null,
          },
        ],
  )
  const made = outputs.map(
    ({ value, address }, vout): Movement => ({
      txid,
      place: `out:${vout}`,
      direction: 'in',
      address,
      output: `${txid}:${vout}`,
      asset,
      amount: value,
    }),
  )
  return [...spent, ...made]
}

/** Moves of an account chain, in their order: each is seen from both of its ends. Fees are no movement that anybody waits for. */
export function accountBlock(header: FollowedHeader, moves: readonly Move[]): WatchedBlock {
  return { ...header, movements: moves.flatMap(endsOf) }
}

function endsOf({ txid, place, kind, asset, from, to, amount }: Move): Movement[] {
  if (kind === 'fee' || kind === 'burn') return []
  const end = (direction: 'in' | 'out', address: string): Movement => ({
    txid,
    place: `${place}:${direction === 'out' ? 'from' : 'to'}`,
    direction,
    address,
    output: null,
    asset,
    amount,
  })
  return [...(from === null ? [] : [end('out', from)]), ...(to === null ? [] : [end('in', to)])]
}
