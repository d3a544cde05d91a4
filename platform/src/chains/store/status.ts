/** What a chain store holds of a chain, and the reports of its sources. */

import { stop } from '../../kernel/index.ts'
import type { ChainStatus, Counts, PublishReport, StoredSource } from '../chain-store.ts'
import type { Proof, SourceFormat } from '../ledger.ts'
import type { FoundDefect } from './defects.ts'
import { asInt, asText, type Reading } from './engine.ts'
import { PROOF_ORDER } from './fold-claims.ts'
import type { SavedReport } from './publish.ts'
import { completeRanges, tipBlock } from './read-blocks.ts'
import type { SourceRow } from './staging.ts'

export async function chainStatus(
  r: Reading,
  chain: string,
  chainId: number,
  defects: readonly FoundDefect[],
): Promise<ChainStatus> {
  const [blocks] = await r.rows(`SELECT count(*) FROM ${r.ledger('block')} b WHERE chain = ${chainId} AND active`)
  const proofs: Record<Proof, number> = { txid: 0, stated: 0, mismatch: 0, doubles: 0 }
  const counts = { blocks: asInt(blocks?.[0]), transactions: 0, inputs: 0, outputs: 0 }
  for (const row of await r.rows(
    `SELECT proof, count(*), sum(n_in), sum(n_out) FROM ${r.ledger('tx')} t WHERE chain = ${chainId} AND height >= 0 GROUP BY proof`,
  )) {
    const proof = PROOF_ORDER.find((name) => name === row[0])
    if (!proof) throw new TypeError(`unknown proof level ${String(row[0])}`)
    proofs[proof] = asInt(row[1])
    counts.transactions += asInt(row[1])
    counts.inputs += asInt(row[2])
    counts.outputs += asInt(row[3])
  }
  return {
    chain,
    counts,
    tip: await tipBlock(r, chainId),
    complete: await completeRanges(r, chainId),
    sources: await storedSources(r, chain, chainId, defects),
    defects: defects.length,
    proofs,
  }
}

export function emptyStatus(chain: string): ChainStatus {
  return {
    chain,
    counts: { blocks: 0, transactions: 0, inputs: 0, outputs: 0 },
    tip: null,
    complete: [],
    sources: [],
    defects: 0,
    proofs: { txid: 0, stated: 0, mismatch: 0, doubles: 0 },
  }
}

/** Published sources, ordered by name and hash. */
async function storedSources(
  r: Reading,
  chain: string,
  chainId: number,
  defects: readonly FoundDefect[],
): Promise<readonly StoredSource[]> {
  const rows = await r.rows(
    `SELECT s.source, s.format, s.name, s.sha256, s.bytes, p.report FROM source s
     JOIN (SELECT source, report FROM publication) p ON p.source = s.source WHERE s.chain = ${chainId}`,
  )
  return rows
    .map((row): StoredSource => {
      const sourceId = asInt(row[0])
      return {
        sourceId,
        chain,
        format: asText(row[1]) as SourceFormat,
        name: asText(row[2]),
        sha256: asText(row[3]),
        bytes: asInt(row[4]),
        counts: savedReport(row[5]).counts,
        defects: defects.filter(({ about }) => about.includes(sourceId)).length,
      }
    })
    .sort((a, b) => (`${a.name} ${a.sha256}` < `${b.name} ${b.sha256}` ? -1 : 1))
}

/** The counts as they were at publication, and the defects as they are now. */
export async function publishReport(
  r: Reading,
  source: SourceRow,
  defects: readonly FoundDefect[],
): Promise<PublishReport> {
  const [row] = await r.rows(`SELECT report FROM publication WHERE source = ${source.sourceId}`)
  if (!row) {
    return stop('CHAIN_STORE_NOT_PUBLISHED', `"${source.name}" was never published.`, {
      place: source.name,
      fix: 'Import the source again; a staged import continues where it ended.',
    })
  }
  const { counts, added, staleBlocks } = savedReport(row[0])
  return {
    counts,
    added,
    staleBlocks,
    defects: defects.flatMap(({ about, defect: { source: _, ...defect } }) =>
      about.includes(source.sourceId) ? [defect] : [],
    ),
  }
}

function savedReport(text: unknown): SavedReport {
  const report = JSON.parse(asText(text)) as { counts: Counts; added: Counts; staleBlocks: string[] }
  return report
}
