/** What `chain status` says of a chain of accounts. */
import type { AccountStatus } from '../../chains/index.ts'
import type { Json } from '../../kernel/index.ts'
import { count, plain, utc } from '../present.ts'
import { proofsJson, proofsText } from './account-proofs-text.ts'
import { SECONDARY } from './chain-import-accounts.ts'

export type AccountAnswer = {
  readonly status: AccountStatus
  readonly digest: string
  readonly stale: readonly string[]
}

export function accountStatusJson({ status, digest, stale }: AccountAnswer): Json {
  return {
    chain: status.chain,
    ...status.counts,
    tip: status.tip ? { height: status.tip.height, hash: status.tip.hash, time: status.tip.time } : null,
    traced: status.traced,
    assets: status.assets.map((asset) => ({ ...asset })),
    notice: hasFlows(status) ? SECONDARY : null,
    sources: status.sources.map(({ format, name, sha256, bytes, counts, defects }) => ({
      format,
      name,
      sha256,
      bytes,
      counts: { ...counts },
      defects,
    })),
    defects: status.defects,
    proofs: proofsJson(status.proofs),
    contentDigest: digest,
    staleTraces: [...stale],
  }
}

export function accountStatusText({ status, digest, stale }: AccountAnswer): string {
  const { counts, tip, assets, sources } = status
  return [
    status.chain,
    `  ${count(counts.blocks, 'block')}, ${count(counts.transactions, 'transaction')}, ${count(counts.moves, 'move')}, ${count(counts.logs, 'event')}, ${count(status.defects, 'defect')}`,
    `  tip: ${tip ? `${tip.height} ${tip.hash ?? '(hash unknown)'}, ${utc(tip.time)}` : 'none'}`,
    status.traced
      ? '  what contracts passed on is here for every transaction'
      : '  what contracts passed on is not here for every transaction: balances cannot be relied on',
    `  assets: ${assets
      .slice(0, 5)
      .map(({ asset, moves }) => `${asset} (${count(moves, 'move')})`)
      .join(', ')}${assets.length > 5 ? ` and ${assets.length - 5} more` : ''}`,
    `  proof: ${proofsText(status.proofs, counts)}`,
    `  content: ${digest}`,
    ...(hasFlows(status) ? [`  ${SECONDARY}`] : []),
    ...stale.map((trace) => `  ! the trace ${trace} stands on a block that was replaced`),
    ...sources.map(
      (source) =>
        `  source: ${plain(source.name)} (${source.format}), SHA-256 ${source.sha256}, ${count(source.counts.transactions, 'transaction')}`,
    ),
  ].join('\n')
}

function hasFlows({ assets }: AccountStatus): boolean {
  return assets.some(({ asset }) => asset.endsWith('/usd:flow'))
}
