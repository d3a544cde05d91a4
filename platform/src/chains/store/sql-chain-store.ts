/** The chain store port over an SQL engine. */
import { canonicalJson } from '../../kernel/index.ts'
import { isAccountChain } from '../account-packs.ts'
import type { ChainStore } from '../chain-store.ts'
import { contentDigest } from './content-digest.ts'
import { type FoundDefect, findDefects } from './defects.ts'
import { asInt, asText, asTextOrNull, type Engine, type Reading, type Writing } from './engine.ts'
import { mergeSource } from './publish.ts'
import { addressEvents, addressTotals, countByHeight, countTransactionsOf, transactionsOf } from './read-addresses.ts'
import { blocksByHash, blocksByHeight, lastBlockBefore } from './read-blocks.ts'
import { outputs, outputsOf, spenders, transactions, transactionsAt } from './read-transactions.ts'
import { quoted } from './sql-text.ts'
import { abandonSource, beginSource, chainNumber, findChain, sourceRow, sourceState, stageBatch } from './staging.ts'
import { chainStatus, emptyStatus, publishReport } from './status.ts'

export function sqlChainStore(engine: Engine): ChainStore {
  // Derived defects cost a pass over the ledger; they change only with a publication.
  const derived = new Map<number, { generation: number; found: readonly FoundDefect[] }>()

  async function defectsOf(r: Reading, chain: number): Promise<readonly FoundDefect[]> {
    const [row] = await r.rows('SELECT max(g) FROM (SELECT generation AS g FROM publication UNION ALL SELECT 0 AS g) p')
    const generation = asInt(row?.[0])
    const known = derived.get(chain)
    if (known?.generation === generation) return known.found
    const found = await findDefects(r, chain)
    derived.set(chain, { generation, found })
    return found
  }

  // A chain keeps its number for ever, so it is looked up once.
  const chainIds = new Map<string, number>()

  /** Reads of a chain that this store has never heard of find nothing. */
  function onChain<T>(chain: string, nothing: T, body: (r: Reading, chainId: number) => Promise<T>): Promise<T> {
    return engine.reading(async (r) => {
      const chainId = chainIds.get(chain) ?? (await findChain(r, chain))
      if (chainId === null) return nothing
      chainIds.set(chain, chainId)
      return body(r, chainId)
    })
  }

  const published: ChainStore['published'] = (sourceId) =>
    engine.reading(async (r) => {
      const source = await sourceRow(r, sourceId)
      return publishReport(r, source, await defectsOf(r, source.chainId))
    })

  return {
    beginSource: (source) => engine.writing((w) => beginSource(w, source)),
    stage: (sourceId, batch, cursor) => engine.writing((w) => stageBatch(w, sourceId, batch, cursor)),
    publish: async (sourceId) => {
      const { state } = await engine.reading(async (r) => {
        await sourceRow(r, sourceId)
        return sourceState(r, sourceId)
      })
      if (state !== 'published') {
        await engine.publishing(sourceId, async (w) => {
          const source = await sourceRow(w, sourceId)
          const report = await mergeSource(w, source)
          await w.append('publication', {
            generation: [w.generation],
            source: [sourceId],
            chain: [source.chainId],
            report: [canonicalJson(report)],
          })
          await w.dropStage(sourceId)
        })
      }
      return published(sourceId)
    },
    published,
    abandon: (sourceId) => engine.writing((w) => abandonSource(w, sourceId)),

    status: (chain) =>
      onChain(chain, emptyStatus(chain), async (r, chainId) =>
        chainStatus(r, chain, chainId, await defectsOf(r, chainId)),
      ),
    chains: () =>
      engine.reading(async (r) => {
        const rows = await r.rows(
          'SELECT name FROM chain_name WHERE chain IN (SELECT chain FROM publication) ORDER BY name',
        )
        return rows.map((row) => asText(row[0])).filter((name) => !isAccountChain(name))
      }),
    defects: (chain) =>
      onChain(chain, [], async (r, chainId) => (await defectsOf(r, chainId)).map(({ defect }) => defect)),
    blocksByHeight: (chain, heights) => onChain(chain, [], (r, chainId) => blocksByHeight(r, chainId, heights)),
    blocksByHash: (chain, hashes) => onChain(chain, [], (r, chainId) => blocksByHash(r, chainId, hashes)),
    lastBlockBefore: (chain, time) => onChain(chain, null, (r, chainId) => lastBlockBefore(r, chainId, time)),

    transactions: (chain, txids) => onChain(chain, [], (r, chainId) => transactions(r, chainId, txids)),
    transactionsAt: (chain, heights) => onChain(chain, [], (r, chainId) => transactionsAt(r, chainId, heights)),
    outputs: (chain, outpoints) => onChain(chain, [], (r, chainId) => outputs(r, chainId, outpoints)),
    outputsOf: (chain, txids) => onChain(chain, [], (r, chainId) => outputsOf(r, chainId, txids)),
    spenders: (chain, outpoints, maxHeight) =>
      onChain(chain, [], (r, chainId) => spenders(r, chainId, outpoints, maxHeight)),
    transactionsOf: (chain, addresses, direction, from, to, limit) =>
      onChain(chain, [], (r, chainId) => transactionsOf(r, chainId, addresses, direction, from, to, limit)),
    countTransactionsOf: (chain, addresses, direction, from, to) =>
      onChain(chain, new Map(), (r, chainId) => countTransactionsOf(r, chainId, addresses, direction, from, to)),
    countByHeight: (chain, address, direction, from, to) =>
      onChain(chain, [], (r, chainId) => countByHeight(r, chainId, address, direction, from, to)),
    addressEvents: (chain, address, offset, limit) =>
      onChain(chain, [], (r, chainId) => addressEvents(r, chainId, address, offset, limit)),
    addressTotals: (chain, address) =>
      onChain(chain, { received: 0n, spent: 0n, events: 0 }, (r, chainId) => addressTotals(r, chainId, address)),

    // A chain nobody has imported reads as an empty one, whether or not its name was ever heard here.
    contentDigest: (chain) => engine.reading(async (r) => contentDigest(r, (await findChain(r, chain)) ?? 0)),

    recordTrace: (chain, digest, asOfHash, blockHashes) =>
      engine.writing((w) => keepTrace(w, chain, digest, asOfHash, blockHashes)),
    staleTraces: (chain) => onChain(chain, [], staleTraces),

    close: () => engine.close(),
  }
}

export async function keepTrace(
  w: Writing,
  chain: string,
  digest: string,
  asOfHash: string | null,
  blockHashes: readonly string[],
): Promise<void> {
  const chainId = await chainNumber(w, chain)
  const [known] = await w.rows(`SELECT digest FROM trace WHERE chain = ${chainId} AND digest = ${quoted(digest)}`)
  if (known) return
  await w.append('trace', {
    chain: [chainId],
    digest: [digest],
    as_of: [asOfHash],
    blocks: [JSON.stringify([...new Set(blockHashes)].sort())],
  })
}

export async function staleTraces(r: Reading, chain: number): Promise<readonly string[]> {
  const stale = new Set(
    (await r.rows(`SELECT id FROM ${r.ledger('block')} b WHERE chain = ${chain} AND NOT active`)).map((row) =>
      asText(row[0]),
    ),
  )
  if (stale.size === 0) return []
  const traces = await r.rows(`SELECT digest, as_of, blocks FROM trace WHERE chain = ${chain} ORDER BY digest`)
  return traces
    .filter((row) => {
      const asOf = asTextOrNull(row[1])
      const blocks = JSON.parse(asText(row[2])) as string[]
      return blocks.some((hash) => stale.has(hash)) || (asOf !== null && stale.has(asOf))
    })
    .map((row) => asText(row[0]))
}
