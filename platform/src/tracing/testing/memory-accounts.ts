/**
 * A small honest account store in memory, for tests of this room. It answers the reading questions of the port from a
 * list of moves; the rest of the port it refuses.
 */
import {
  type AccountKind,
  type AccountStatus,
  type AccountStore,
  type AccountTx,
  compareMoves,
  type Move,
  type MoveKind,
  type StoredBlock,
} from '../../chains/index.ts'

/** `from`, `to`: names of accounts; an asset is `eth` where none is named. Moves in the order of the ledger. */
export type PlainMove = {
  readonly from: string | null
  readonly to: string | null
  readonly amount: number | bigint
  readonly asset?: string
  readonly kind?: MoveKind
  /** The transaction; of one of its own where none is named. */
  readonly tx?: string
  readonly height?: number
  readonly time?: number
  readonly chain?: string
  readonly place?: string
  /** Whether its transaction has no known place in its block. */
  readonly loose?: boolean
}

export function toMoves(plain: readonly PlainMove[]): Move[] {
  const txs = new Map<string, number>()
  return plain.map((move, at) => {
    const txid = move.tx ?? `tx${at}`
    if (!txs.has(txid)) txs.set(txid, txs.size)
    const height = move.height ?? at + 1
    const chain = move.chain ?? 'test'
    return {
      txid,
      height,
      time: move.time ?? 1_700_000_000 + 12 * height,
      txIndex: move.loose || move.kind === 'flow' ? null : (txs.get(txid) as number),
      order: at,
      place: move.place ?? `m${at}`,
      kind: move.kind ?? 'value',
      asset: `${chain}/${move.asset ?? (move.kind === 'flow' ? 'usd:flow' : 'eth')}`,
      from: move.from,
      to: move.to,
      amount: BigInt(move.amount),
    }
  })
}

export type MemoryAccounts = {
  readonly traced?: boolean
  readonly complete?: boolean
  readonly doubles?: readonly string[]
}

export function memoryAccounts(
  list: readonly Move[],
  { traced = true, complete = true, doubles = [] }: MemoryAccounts = {},
): AccountStore {
  const moves = [...list].sort(compareMoves)
  const chainOf = ({ asset }: Move) => asset.slice(0, asset.indexOf('/'))
  const byChain = Map.groupBy(moves, chainOf)
  const of = (chain: string) => byChain.get(chain) ?? []
  /** Places of the moves that touch an address, by chain. */
  const placesByChain = new Map(
    [...byChain].map(([chain, group]) => {
      const places = new Map<string, number[]>()
      for (const [place, { from, to }] of group.entries())
        for (const address of new Set([from, to]))
          if (address !== null) {
            const known = places.get(address)
            if (known) known.push(place)
            else places.set(address, [place])
          }
      return [chain, places] as const
    }),
  )
  const touching = (chain: string, addresses: ReadonlySet<string>): Move[] => {
    const places = new Set([...addresses].flatMap((address) => placesByChain.get(chain)?.get(address) ?? []))
    return [...places].sort((a, b) => a - b).map((place) => of(chain)[place] as Move)
  }
  const timeByBlock = new Map(moves.map((move) => [`${chainOf(move)} ${move.height}`, move.time]))
  const tipOf = (chain: string) => of(chain).reduce((most, { height }) => Math.max(most, height), 0)
  const block = (chain: string, height: number): StoredBlock => ({
    height,
    hash: `${chain}-block-${height}`,
    prevHash: `${chain}-block-${height - 1}`,
    time: timeByBlock.get(`${chain} ${height}`) ?? null,
    merkleRoot: null,
    bits: null,
    headerVerified: false,
    active: true,
    transactions: 0,
    completeness: complete ? 'declared' : 'partial',
  })
  const status = (chain: string): AccountStatus => {
    const assets = Map.groupBy(of(chain), ({ asset }) => asset)
    return {
      chain,
      counts: { blocks: tipOf(chain), transactions: 0, moves: of(chain).length, logs: 0 },
      tip: of(chain).length === 0 ? null : block(chain, tipOf(chain)),
      sources: [
        {
          chain,
          format: 'core-rpc',
          name: 'test',
          sha256: '0'.repeat(64),
          bytes: 1,
          sourceId: 1,
          counts: { blocks: 0, transactions: 0, moves: 0, logs: 0 },
          defects: 0,
        },
      ],
      defects: 0,
      proofs: {
        ...{ blocks: 0, places: 0, receipts: 0 },
        transactions: { txid: 0, stated: 0, mismatch: 0, doubles: 0 },
      },
      assets: [...assets].map(([asset, group]) => ({ asset, moves: group.length })),
      traced,
    }
  }
  const kinds = new Map<string, AccountKind>()
  const kindOf = (chain: string, address: string): AccountKind => {
    const key = `${chain} ${address}`
    const known = kinds.get(key)
    if (known) return known
    const shown = (test: (move: Move) => boolean) => touching(chain, new Set([address])).some(test)
    const kind: AccountKind = {
      signed: shown((move) => move.kind === 'fee' && move.from === address),
      code: shown((move) => move.kind === 'call' && move.from === address) ? ['passed-on'] : [],
      producer: shown((move) => (move.kind === 'fee' || move.kind === 'reward') && move.to === address),
    }
    kinds.set(key, kind)
    return kind
  }
  const refuse = () => Promise.reject(new Error('the ledger in memory does not write'))
  return {
    beginSource: refuse,
    stage: refuse,
    publish: refuse,
    published: refuse,
    abandon: refuse,
    status: async (chain) => status(chain),
    chains: async () => [...new Set(moves.map(chainOf))].sort(),
    defects: async () => [],
    blocksByHeight: async (chain, heights) =>
      heights.filter((height) => height <= tipOf(chain)).map((height) => block(chain, height)),
    blocksByHash: async (chain, hashes) =>
      hashes.map((hash) => block(chain, Number(hash.slice(hash.lastIndexOf('-') + 1)))),
    transactions: async (chain, txids) =>
      txids.flatMap((txid): AccountTx[] => {
        const first = of(chain).find((move) => move.txid === txid)
        if (!first) return []
        return [
          {
            txid,
            block: { height: first.height, hash: null, time: first.time },
            index: first.txIndex,
            from: first.from,
            to: first.to,
            created: null,
            nonce: null,
            status: 'ok',
            selector: null,
            parts: ['transaction', 'place-proven', 'receipt-proven'],
            proof: doubles.includes(txid) ? 'doubles' : 'txid',
          },
        ]
      }),
    movesOfTransactions: async (chain, txids) => of(chain).filter(({ txid }) => txids.includes(txid)),
    moves: async (chain, asked) => {
      const addresses = new Set(asked.addresses)
      const found = touching(chain, addresses).filter(
        ({ from, to, asset, height }) =>
          ((asked.direction !== 'in' && from !== null && addresses.has(from)) ||
            (asked.direction !== 'out' && to !== null && addresses.has(to))) &&
          (asked.assets?.includes(asset) ?? true) &&
          height >= asked.fromHeight &&
          height <= asked.toHeight,
      )
      const limit = asked.limit ?? found.length
      return { moves: found.slice(0, limit), more: found.length > limit }
    },
    kindsOf: async (chain, addresses) => new Map(addresses.map((address) => [address, kindOf(chain, address)])),
    logsOfTransactions: async () => [],
    logs: async () => [],
    balances: async (chain, address, height) => {
      const sums = new Map<string, bigint>()
      for (const move of of(chain)) {
        if (move.height > height) continue
        if (move.to === address) sums.set(move.asset, (sums.get(move.asset) ?? 0n) + move.amount)
        if (move.from === address) sums.set(move.asset, (sums.get(move.asset) ?? 0n) - move.amount)
      }
      return sums
    },
    contentDigest: async () => 'd',
    recordTrace: async () => {},
    staleTraces: async () => [],
    close: async () => {},
  }
}
