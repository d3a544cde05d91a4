/** The port of account chains over an SQL engine; bookkeeping of sources, blocks and defects is that of the chain store. */
import { canonicalJson, stop } from '../../kernel/index.ts'
import { isAccountChain } from '../account-packs.ts'
import type { AccountCounts, AccountProofs, AccountReport, AccountStatus, AccountStore } from '../account-store.ts'
import type { SourceFormat } from '../ledger.ts'
import { type FoundDefect, findDefects } from './defects.ts'
import { asInt, asText, type Engine, type Reading } from './engine.ts'
import { mergeAccountSource, type SavedAccountReport } from './publish-accounts.ts'
import { accountKinds } from './read-account-kinds.ts'
import {
  accountCounts,
  accountDigest,
  accountTransactions,
  assetsMoved,
  balancesOf,
  logsByTopic,
  logsOfTransactions,
  movesAsked,
  movesOfTransactions,
  transactionParts,
  visibleProofs,
} from './read-accounts.ts'
import { blocksByHash, blocksByHeight, tipBlock } from './read-blocks.ts'
import { keepTrace, staleTraces } from './sql-chain-store.ts'
import { stageAccountBatch } from './stage-accounts.ts'
import { abandonSource, beginSource, findChain, sourceRow, sourceState } from './staging.ts'
import { ACCOUNT_STAGES } from './tables.ts'

const NOTHING: AccountCounts = { blocks: 0, transactions: 0, moves: 0, logs: 0 }
const NO_PROOFS: AccountProofs = {
  ...{ blocks: 0, places: 0, receipts: 0 },
  transactions: { txid: 0, stated: 0, mismatch: 0, doubles: 0 },
}

export function sqlAccountStore(engine: Engine): AccountStore {
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
  const onChain = <T>(chain: string, nothing: T, body: (r: Reading, chainId: number) => Promise<T>): Promise<T> =>
    engine.reading(async (r) => {
      const chainId = await findChain(r, chain)
      return chainId === null ? nothing : body(r, chainId)
    })
  const published: AccountStore['published'] = (sourceId) =>
    engine.reading(async (r) => {
      const source = await sourceRow(r, sourceId)
      const [row] = await r.rows(`SELECT report FROM publication WHERE source = ${sourceId}`)
      if (!row)
        return stop('CHAIN_STORE_NOT_PUBLISHED', `"${source.name}" was never published.`, {
          place: source.name,
          fix: 'Import the source again; a staged import continues where it ended.',
        })
      return reportOf(row[0], sourceId, await defectsOf(r, source.chainId))
    })

  return {
    beginSource: (source) => engine.writing((w) => beginSource(w, source, ACCOUNT_STAGES)),
    stage: (sourceId, batch, cursor) => engine.writing((w) => stageAccountBatch(w, sourceId, batch, cursor)),
    publish: async (sourceId) => {
      const { state } = await engine.reading(async (r) => {
        await sourceRow(r, sourceId)
        return sourceState(r, sourceId)
      })
      if (state !== 'published')
        await engine.publishing(sourceId, async (w) => {
          const source = await sourceRow(w, sourceId)
          const report = await mergeAccountSource(w, source)
          await w.append('publication', {
            generation: [w.generation],
            source: [sourceId],
            chain: [source.chainId],
            report: [canonicalJson(report)],
          })
          await w.dropStage(sourceId)
        })
      return published(sourceId)
    },
    published,
    abandon: (sourceId) => engine.writing((w) => abandonSource(w, sourceId)),

    status: (chain) =>
      onChain<AccountStatus>(
        chain,
        {
          ...{ chain, counts: NOTHING, tip: null, sources: [], defects: 0, assets: [], traced: false },
          proofs: NO_PROOFS,
        },
        async (r, chainId) => {
          const defects = await defectsOf(r, chainId)
          const { total, traced } = await transactionParts(r, chainId)
          return {
            chain,
            counts: await accountCounts(r, chainId),
            tip: await tipBlock(r, chainId),
            sources: await sourcesOf(r, chain, chainId, defects),
            defects: defects.length,
            proofs: await visibleProofs(r, chainId),
            assets: await assetsMoved(r, chainId),
            traced: total > 0 && traced === total,
          }
        },
      ),
    chains: () =>
      engine.reading(async (r) => {
        const rows = await r.rows(
          'SELECT name FROM chain_name WHERE chain IN (SELECT chain FROM publication) ORDER BY name',
        )
        return rows.map((row) => asText(row[0])).filter(isAccountChain)
      }),
    defects: (chain) =>
      onChain(chain, [], async (r, chainId) => (await defectsOf(r, chainId)).map(({ defect }) => defect)),
    blocksByHeight: (chain, heights) => onChain(chain, [], (r, chainId) => blocksByHeight(r, chainId, heights)),
    blocksByHash: (chain, hashes) => onChain(chain, [], (r, chainId) => blocksByHash(r, chainId, hashes)),
    transactions: (chain, txids) => onChain(chain, [], (r, chainId) => accountTransactions(r, chainId, txids)),
    movesOfTransactions: (chain, txids) => onChain(chain, [], (r, chainId) => movesOfTransactions(r, chainId, txids)),
    moves: (chain, asked) => onChain(chain, { moves: [], more: false }, (r, chainId) => movesAsked(r, chainId, asked)),
    kindsOf: (chain, addresses) => onChain(chain, new Map(), (r, chainId) => accountKinds(r, chainId, addresses)),
    logsOfTransactions: (chain, txids) => onChain(chain, [], (r, chainId) => logsOfTransactions(r, chainId, txids)),
    logs: (chain, topics, from, to) => onChain(chain, [], (r, chainId) => logsByTopic(r, chainId, topics, from, to)),
    balances: (chain, address, height) =>
      onChain(chain, new Map(), (r, chainId) => balancesOf(r, chainId, address, height)),
    contentDigest: (chain) => engine.reading(async (r) => accountDigest(r, (await findChain(r, chain)) ?? 0)),
    recordTrace: (chain, digest, asOf, blocks) => engine.writing((w) => keepTrace(w, chain, digest, asOf, blocks)),
    staleTraces: (chain) => onChain(chain, [], staleTraces),
    close: () => engine.close(),
  }
}

function reportOf(text: unknown, sourceId: number, defects: readonly FoundDefect[]): AccountReport {
  return {
    ...{ proofs: null, ...saved(text) },
    defects: defects.flatMap(({ about, defect: { source: _, ...defect } }) =>
      about.includes(sourceId) ? [defect] : [],
    ),
  }
}

function saved(text: unknown): SavedAccountReport {
  const report = JSON.parse(asText(text)) as SavedAccountReport
  return report
}

async function sourcesOf(
  r: Reading,
  chain: string,
  chainId: number,
  defects: readonly FoundDefect[],
): Promise<AccountStatus['sources']> {
  const rows = await r.rows(
    `SELECT s.source, s.format, s.name, s.sha256, s.bytes, p.report FROM source s
     JOIN (SELECT source, report FROM publication) p ON p.source = s.source WHERE s.chain = ${chainId}`,
  )
  return rows
    .map((row) => ({
      sourceId: asInt(row[0]),
      chain,
      format: asText(row[1]) as SourceFormat,
      name: asText(row[2]),
      sha256: asText(row[3]),
      bytes: asInt(row[4]),
      counts: saved(row[5]).counts,
      defects: defects.filter(({ about }) => about.includes(asInt(row[0]))).length,
    }))
    .sort((a, b) => (`${a.name} ${a.sha256}` < `${b.name} ${b.sha256}` ? -1 : 1))
}
