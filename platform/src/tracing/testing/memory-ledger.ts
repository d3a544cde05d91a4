/**
 * A small honest chain store in memory, for tests of this room. It answers the reading questions of the port from a list
 * of transactions; the rest of the port it refuses.
 */
import type {
  ChainStatus,
  ChainStore,
  CompleteRange,
  KnownOutput,
  LedgerTx,
  ScriptType,
  StoredBlock,
} from '../../chains/index.ts'

export type PlainTx = {
  readonly id: string
  readonly height: number
  readonly index?: number
  /** `"a:0"` spends output 0 of a; `["x:0", 500]` spends an output from outside that is worth 500. */
  readonly ins: readonly (string | readonly [string, number | bigint, string?])[]
  /** Value, or value and address; each output without an address named gets one of its own. */
  readonly outs: readonly (number | bigint | readonly [number | bigint, string])[]
  readonly coinbase?: boolean
  readonly type?: ScriptType
  /** The text of an OP_RETURN output, the last of its outputs. */
  readonly memo?: string
}

/** A readable id as 64 hexadecimal digits. */
export function txidOf(id: string): string {
  return [...id]
    .map((char) => char.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
    .padEnd(64, '0')
    .slice(0, 64)
}

export function blockHashOf(height: number): string {
  return height.toString(16).padStart(64, 'b')
}

export function toLedger(plain: readonly PlainTx[]): LedgerTx[] {
  const outByKey = new Map<string, { value: bigint; address: string }>()
  for (const tx of plain) {
    tx.outs.forEach((out, vout) => {
      const [value, address] = typeof out === 'object' ? out : [out, `${tx.id}-${vout}`]
      outByKey.set(`${tx.id}:${vout}`, { value: BigInt(value), address })
    })
  }
  return plain.map((tx) => ({
    txid: txidOf(tx.id),
    coinbase: tx.coinbase ?? false,
    block: { height: tx.height, hash: blockHashOf(tx.height), time: 1_600_000_000 + tx.height * 600 },
    index: tx.index ?? null,
    version: 1,
    locktime: 0,
    inputs: tx.coinbase
      ? [{ prev: null, prevout: null, sequence: null }]
      : tx.ins.map((input) => {
          const [key, stated, address] = typeof input === 'string' ? [input, undefined, undefined] : input
          const [id = '', vout = '0'] = key.split(':')
          const known = outByKey.get(key)
          const value = stated === undefined ? known?.value : BigInt(stated)
          return {
            prev: { txid: txidOf(id), vout: Number(vout) },
            prevout: value === undefined ? null : { value, script: null, address: known?.address ?? address ?? key },
            sequence: null,
          }
        }),
    outputs: [
      ...tx.outs.map((_, vout) => {
        const out = outByKey.get(`${tx.id}:${vout}`) as { value: bigint; address: string }
        return { value: out.value, script: null, type: tx.type ?? 'p2pkh', address: out.address } as const
      }),
      ...(tx.memo === undefined ? [] : [memoOutput(tx.memo)]),
    ],
    proof: 'txid',
  }))
}

function memoOutput(memo: string) {
  const hex = (number: number) => number.toString(16).padStart(2, '0')
  const text = [...memo].map((char) => hex(char.charCodeAt(0))).join('')
  const push = memo.length <= 0x4b ? hex(memo.length) : `4c${hex(memo.length)}`
  return { value: 0n, script: `6a${push}${text}`, type: 'op_return', address: null } as const
}

export function memoryLedger(txs: readonly LedgerTx[], complete: readonly CompleteRange[] = []): ChainStore {
  const tip = Math.max(0, ...txs.map(({ block }) => block.height), ...complete.map(({ to }) => to))
  const block = (height: number): StoredBlock => ({
    height,
    hash: blockHashOf(height),
    prevHash: blockHashOf(height - 1),
    time: 1_600_000_000 + height * 600,
    merkleRoot: null,
    bits: null,
    headerVerified: true,
    active: true,
    transactions: txs.filter((tx) => tx.block.height === height).length,
    completeness: complete.some(({ from, to }) => from <= height && height <= to) ? 'merkle' : 'partial',
  })
  const outputs = new Map<string, KnownOutput>()
  for (const tx of txs)
    for (const { prev, prevout } of tx.inputs)
      if (prev && prevout)
        outputs.set(`${prev.txid}:${prev.vout}`, { outpoint: prev, ...prevout, knownFrom: 'prevout' })
  for (const tx of txs)
    tx.outputs.forEach((out, vout) => {
      outputs.set(`${tx.txid}:${vout}`, {
        outpoint: { txid: tx.txid, vout },
        value: out.value,
        script: out.script,
        address: out.address,
        knownFrom: 'ledger',
      })
    })
  const touching = (addresses: readonly string[], direction: 'in' | 'out', from: number, to: number) =>
    txs
      .filter(({ block: { height } }) => height >= from && height <= to)
      .filter((tx) =>
        direction === 'out'
          ? tx.inputs.some(({ prevout }) => prevout?.address && addresses.includes(prevout.address))
          : tx.outputs.some(({ address }) => address && addresses.includes(address)),
      )
      .sort((a, b) => a.block.height - b.block.height || (a.txid < b.txid ? -1 : 1))
  const refuse = () => Promise.reject(new Error('the ledger in memory does not write'))
  const status: ChainStatus = {
    chain: 'test',
    counts: { blocks: tip + 1, transactions: txs.length, inputs: 0, outputs: 0 },
    tip: block(tip),
    complete,
    sources: [],
    defects: 0,
    proofs: { txid: txs.length, stated: 0, mismatch: 0, doubles: 0 },
  }
  return {
    beginSource: refuse,
    stage: refuse,
    publish: refuse,
    published: refuse,
    abandon: refuse,
    recordTrace: refuse,
    status: async () => status,
    chains: async () => ['test'],
    defects: async () => [],
    blocksByHeight: async (_, heights) => heights.map(block),
    blocksByHash: async (_, hashes) => hashes.map((hash) => block(Number.parseInt(hash.replace(/^b+/, '') || '0', 16))),
    lastBlockBefore: async (_, time) => block(Math.floor((time - 1_600_000_000) / 600)),
    transactions: async (_, txids) => txs.filter(({ txid }) => txids.includes(txid)),
    transactionsAt: async (_, heights) =>
      txs.filter(({ block: { height } }) => heights.includes(height)).sort((a, b) => (a.index ?? 0) - (b.index ?? 0)),
    outputs: async (_, outpoints) => outpoints.flatMap(({ txid, vout }) => outputs.get(`${txid}:${vout}`) ?? []),
    outputsOf: async (_, txids) => [...outputs.values()].filter(({ outpoint }) => txids.includes(outpoint.txid)),
    spenders: async (_, outpoints, maxHeight) => {
      const wanted = new Set(outpoints.map(({ txid, vout }) => `${txid}:${vout}`))
      return txs.flatMap((tx) =>
        tx.block.height > maxHeight
          ? []
          : tx.inputs.flatMap(({ prev }, vin) =>
              prev && wanted.has(`${prev.txid}:${prev.vout}`)
                ? [{ outpoint: prev, txid: tx.txid, vin, height: tx.block.height }]
                : [],
            ),
      )
    },
    transactionsOf: async (_, addresses, direction, from, to, limit) =>
      touching(addresses, direction, from, to)
        .map(({ txid }) => txid)
        .slice(0, limit),
    countTransactionsOf: async (_, addresses, direction, from, to) =>
      new Map(addresses.map((address) => [address, touching([address], direction, from, to).length])),
    countByHeight: async (_, address, direction, from, to) =>
      [...Map.groupBy(touching([address], direction, from, to), ({ block: { height } }) => height)].map(
        ([height, of]) => ({ height, transactions: of.length }),
      ),
    addressEvents: async () => [],
    addressTotals: async () => ({ received: 0n, spent: 0n, events: 0 }),
    contentDigest: async () => '',
    staleTraces: async () => [],
    close: async () => {},
  }
}
