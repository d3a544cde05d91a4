/**
 * From what a node or an export says of one transaction to the moves of the ledger. Pure; the same for every source.
 *
 * Order of the moves of a transaction: fee, burnt part, value, calls in their order, events in theirs.
 */
import { createdAddress } from './account-address.ts'
import { type AccountPart, type AccountTx, AFTER_TRANSACTIONS, type LogEntry, type Move } from './account-ledger.ts'
import type { AccountPack } from './account-pack.ts'
import type { BlockRef, Proof } from './ledger.ts'
import { tokenMoves } from './token-events.ts'

export type EvmBlock = BlockRef & {
  readonly miner: string | null
  /** `null`: there is none, or nobody says. */
  readonly baseFee: bigint | null
}

export type EvmTransaction = {
  readonly txid: string
  readonly index: number | null
  readonly from: string
  readonly to: string | null
  readonly value: bigint
  readonly nonce: number | null
  readonly gasPrice: bigint | null
  readonly selector: string | null
}

export type EvmReceipt = {
  readonly status: 'ok' | 'failed' | null
  readonly gasUsed: bigint | null
  readonly effectiveGasPrice: bigint | null
  readonly created: string | null
  readonly l1Fee: bigint | null
  /** Gas for blobs (EIP-4844), destroyed in full. */
  readonly blobFee: bigint | null
}

export type EvmCall = {
  /** Where it stands in the tree of calls; the root is the empty list. */
  readonly path: readonly number[]
  readonly kind: 'call' | 'create' | 'selfdestruct' | 'other'
  readonly from: string
  readonly to: string | null
  readonly value: bigint
  readonly failed: boolean
}

export type EvmParts = {
  readonly block: EvmBlock
  readonly transaction: EvmTransaction | null
  readonly txid: string
  readonly index: number | null
  readonly receipt: EvmReceipt | null
  /** `null`: nobody says what events there were. */
  readonly logs: readonly LogEntry[] | null
  /** `null`: nobody says what contracts did. */
  readonly calls: readonly EvmCall[] | null
  readonly proof: Proof
}

export function evmTransaction(parts: EvmParts, pack: AccountPack): { tx: AccountTx; moves: readonly Move[] } {
  const { block, transaction, receipt, calls } = parts
  const root = calls?.find(({ path }) => path.length === 0)
  const status = receipt?.status ?? (root === undefined ? null : root.failed ? 'failed' : 'ok')
  const creates = transaction ? transaction.to === null : root?.kind === 'create'
  const created = creates
    ? (receipt?.created ??
      root?.to ??
      (transaction && transaction.nonce !== null && pack.address.form === 'eip55'
        ? createdAddress(transaction.from, transaction.nonce)
        : null))
    : null
  const tx: AccountTx = {
    txid: parts.txid,
    block: { height: block.height, hash: block.hash, time: block.time },
    index: parts.index,
    from: transaction?.from ?? root?.from ?? null,
    to: transaction ? transaction.to : root?.kind === 'call' ? root.to : null,
    created: status === 'failed' ? null : created,
    nonce: transaction?.nonce ?? null,
    status,
    selector: transaction?.selector ?? null,
    parts: partsOf(parts),
    proof: parts.proof,
  }
  const place = {
    txid: parts.txid,
    height: block.height,
    time: block.time,
    txIndex: parts.index,
    asset: pack.asset.caip19,
  }
  const moves: Move[] = feeMoves(parts, pack).map((move) => ({ ...place, ...move }))
  if (status === 'failed') return { tx, moves }
  const first = transaction ?? (root ? { from: root.from, to: root.to, value: root.value } : null)
  if (first && first.value > 0n)
    moves.push({
      ...place,
      order: 4,
      place: 'value',
      kind: creates ? 'create' : 'value',
      from: first.from,
      to: creates ? created : first.to,
      amount: first.value,
    })
  for (const call of callMoves(calls ?? [])) moves.push({ ...place, ...call })
  moves.push(...tokenMoves(parts.logs ?? [], place, pack))
  return { tx, moves }
}

function partsOf({ transaction, receipt, logs, calls }: EvmParts): readonly AccountPart[] {
  return [
    ...(transaction ? (['transaction'] as const) : []),
    ...(receipt ? (['receipt'] as const) : []),
    ...(logs ? (['logs'] as const) : []),
    ...(calls ? (['traces'] as const) : []),
  ]
}

type FeeMove = Pick<Move, 'order' | 'place' | 'kind' | 'from' | 'to' | 'amount'>

/** What the sender paid for gas, and where it went. A transaction that failed pays all the same. */
function feeMoves({ block, transaction, receipt }: EvmParts, pack: AccountPack): readonly FeeMove[] {
  const price = receipt?.effectiveGasPrice ?? transaction?.gasPrice ?? null
  if (!transaction || !receipt || receipt.gasUsed === null || price === null) return []
  const { from } = transaction
  const moves: FeeMove[] = []
  const add = (order: number, place: string, kind: 'fee' | 'burn', to: string | null, amount: bigint) => {
    if (amount > 0n) moves.push({ order, place, kind, from, to, amount })
  }
  const rule = pack.fees.baseFee.findLast(({ from: start }) => start <= block.height)
  const producer = pack.fees.rest === 'producer' ? block.miner : null
  if (rule && block.baseFee === null) add(0, 'fee:whole', 'fee', null, receipt.gasUsed * price)
  else {
    const base = rule ? receipt.gasUsed * min(block.baseFee ?? 0n, price) : 0n
    add(0, 'fee', 'fee', producer, receipt.gasUsed * price - base)
    if (rule) add(1, 'burn', rule.to === null ? 'burn' : 'fee', rule.to, base)
  }
  if (receipt.blobFee !== null) add(2, 'fee:blob', 'burn', null, receipt.blobFee)
  if (receipt.l1Fee !== null) add(3, 'fee:l1', 'fee', pack.fees.l1Fee, receipt.l1Fee)
  return moves
}

/** The value that contracts passed on. What a call did that failed, or a call within one that failed, was undone. */
function callMoves(calls: readonly EvmCall[]): readonly FeeMove[] {
  const failed = new Set(calls.filter((call) => call.failed).map(({ path }) => path.join('.')))
  const undone = (path: readonly number[]) => path.some((_, n) => failed.has(path.slice(0, n + 1).join('.')))
  return [...calls]
    .sort((a, b) => comparePaths(a.path, b.path))
    .flatMap((call, n): FeeMove[] => {
      if (call.path.length === 0 || call.kind === 'other' || call.value === 0n || undone(call.path)) return []
      return [
        {
          order: 10 + n,
          place: `trace:${call.path.join('.')}`,
          kind: call.kind,
          from: call.from,
          to: call.to,
          amount: call.value,
        },
      ]
    })
}

function comparePaths(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) if (a[at] !== b[at]) return (a[at] ?? 0) - (b[at] ?? 0)
  return a.length - b.length
}

/** A move of the block itself. */
export function blockMove(
  block: BlockRef,
  pack: AccountPack,
  move: Pick<Move, 'place' | 'kind' | 'to' | 'amount' | 'order'>,
): Move {
  return {
    txid: block.hash ?? `block:${block.height}`,
    height: block.height,
    time: block.time,
    txIndex: AFTER_TRANSACTIONS,
    asset: pack.asset.caip19,
    from: null,
    ...move,
  }
}

/** The reward of a block and of those who mined its uncles (Yellow Paper, section 11.3). */
export function rewardMoves(
  block: EvmBlock,
  uncles: readonly { readonly height: number; readonly miner: string }[],
  pack: AccountPack,
): readonly Move[] {
  const step = pack.rewards.findLast(({ from }) => from <= block.height)
  const reward = BigInt(step?.amount ?? '0')
  if (reward === 0n || block.miner === null || block.height === 0) return []
  return [
    blockMove(block, pack, {
      place: 'reward',
      kind: 'reward',
      order: 0,
      to: block.miner,
      amount: reward + (reward / 32n) * BigInt(uncles.length),
    }),
    ...uncles.map(({ height, miner }, n) =>
      blockMove(block, pack, {
        place: `uncle:${n}`,
        kind: 'uncle',
        order: 1 + n,
        to: miner,
        amount: (reward * BigInt(8 + height - block.height)) / 8n,
      }),
    ),
  ]
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
