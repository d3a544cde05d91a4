/** An emulated world as a ledger that is read from memory, so that a trace can run on it as on any other. */
import type { ChainStatus, ChainStore, KnownOutput, LedgerTx, Spend, StoredBlock } from '../../../chains/index.ts'
import type { World } from './truth.ts'

export function worldLedger(world: World, chain: string): ChainStore {
  const { transactions } = world
  const byTxid = new Map(transactions.map((tx) => [tx.txid, tx]))
  const byHeight = new Map<number, LedgerTx[]>()
  const spends = new Map<string, Spend>()
  const outputs = new Map<string, KnownOutput>()
  for (const tx of transactions) {
    const { height } = tx.block
    byHeight.set(height, [...(byHeight.get(height) ?? []), tx])
    tx.inputs.forEach(({ prev }, vin) => {
      if (prev) spends.set(`${prev.txid}:${prev.vout}`, { outpoint: prev, txid: tx.txid, vin, height })
    })
    tx.outputs.forEach(({ value, script, address }, vout) => {
      const outpoint = { txid: tx.txid, vout }
      outputs.set(`${tx.txid}:${vout}`, { outpoint, value, script, address, knownFrom: 'ledger' })
    })
  }
  const blocks = world.blocks.map(({ height, hash }, n): StoredBlock => {
    const mined = byHeight.get(height) ?? []
    return {
      height,
      hash,
      prevHash: world.blocks[n - 1]?.hash ?? null,
      time: mined[0]?.block.time ?? null,
      merkleRoot: null,
      bits: null,
      headerVerified: true,
      completeness: 'merkle',
      active: true,
      transactions: mined.length,
    }
  })
  const [first, last] = [blocks[0]?.height ?? 0, blocks.at(-1)?.height ?? 0]
  const status: ChainStatus = {
    chain,
    counts: { blocks: blocks.length, transactions: transactions.length, inputs: spends.size, outputs: outputs.size },
    tip: blocks.at(-1) ?? null,
    complete: [{ from: first, to: last, completeness: 'merkle' }],
    sources: [],
    defects: 0,
    proofs: { txid: transactions.length, stated: 0, mismatch: 0, doubles: 0 },
  }
  const found = <T>(values: readonly (T | undefined)[]) =>
    values.flatMap((value) => (value === undefined ? [] : [value]))
  const readOnly = () => Promise.reject(new TypeError('an emulated world is read only'))
  const touches = (tx: LedgerTx, addresses: ReadonlySet<string>, direction: 'in' | 'out') =>
    direction === 'out'
      ? tx.inputs.some(({ prevout }) => prevout?.address && addresses.has(prevout.address))
      : tx.outputs.some(({ address }) => address !== null && addresses.has(address))
  const touching = (addresses: readonly string[], direction: 'in' | 'out', from: number, to: number) => {
    const wanted = new Set(addresses)
    return transactions.filter(
      (tx) => tx.block.height >= from && tx.block.height <= to && touches(tx, wanted, direction),
    )
  }

  return {
    beginSource: readOnly,
    stage: readOnly,
    publish: readOnly,
    published: readOnly,
    abandon: readOnly,
    recordTrace: readOnly,
    addressEvents: readOnly,
    addressTotals: readOnly,
    contentDigest: readOnly,
    status: async () => status,
    chains: async () => [chain],
    defects: async () => [],
    blocksByHeight: async (_, heights) => found(heights.map((height) => blocks[height - first])),
    blocksByHash: async (_, hashes) => blocks.filter(({ hash }) => hash !== null && hashes.includes(hash)),
    lastBlockBefore: async (_, time) => blocks.findLast((block) => (block.time ?? 0) <= time) ?? null,
    transactions: async (_, txids) => found(txids.map((txid) => byTxid.get(txid))),
    transactionsAt: async (_, heights) => heights.flatMap((height) => byHeight.get(height) ?? []),
    outputs: async (_, outpoints) => found(outpoints.map(({ txid, vout }) => outputs.get(`${txid}:${vout}`))),
    outputsOf: async (_, txids) =>
      txids.flatMap((txid) =>
        found((byTxid.get(txid)?.outputs ?? []).map((_out, vout) => outputs.get(`${txid}:${vout}`))),
      ),
    spenders: async (_, outpoints, maxHeight) =>
      found(outpoints.map(({ txid, vout }) => spends.get(`${txid}:${vout}`))).filter(
        ({ height }) => height <= maxHeight,
      ),
    transactionsOf: async (_, addresses, direction, from, to, limit) =>
      touching(addresses, direction, from, to)
        .map(({ txid }) => txid)
        .slice(0, limit),
    countTransactionsOf: async (_, addresses, direction, from, to) =>
      new Map(
        addresses
          .map((address) => [address, touching([address], direction, from, to).length] as const)
          .filter(([, count]) => count > 0),
      ),
    countByHeight: async (_, address, direction, from, to) =>
      [...Map.groupBy(touching([address], direction, from, to), ({ block: { height } }) => height)]
        .map(([height, of]) => ({ height, transactions: of.length }))
        .sort((a, b) => a.height - b.height),
    staleTraces: async () => [],
    close: async () => {},
  }
}
