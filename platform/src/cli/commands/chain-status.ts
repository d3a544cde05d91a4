import { type ChainStatus, findChain, isAccountChain, shippedChainPacks } from '../../chains/index.ts'
import { type Json, orStop } from '../../kernel/index.ts'
import type { CommandDefinition } from '../command.ts'
import { count, plain, table, utc } from '../present.ts'
import { waitIn } from './chain-import.ts'
import { type AccountAnswer, accountStatusJson, accountStatusText } from './chain-status-accounts.ts'

const chainFlag = { flags: '--chain <caip2>', help: 'only this chain' }

export const chainStatus: CommandDefinition = {
  path: ['chain', 'status'],
  summary: 'Show what the ledger holds: sources, coverage, tip, defects',
  about:
    '"Complete" heights are those whose blocks hold every transaction, proven by the Merkle root of the header or declared by the source. Only there can an output be said to be unspent.',
  arguments: [],
  options: [chainFlag],
  examples: ['comity chain status', 'comity chain status --chain bitcoin --json'],
  async run(desk, _args, flags) {
    const store = await desk.store()
    const accounts = await desk.accounts()
    const named = flags.chain === undefined ? null : desk.pack(String(flags.chain)).caip2
    const isNamed = (family: 'account' | 'utxo') =>
      named !== null && isAccountChain(named) === (family === 'account') ? [named] : []
    const chains = named === null ? await store.chains() : isNamed('utxo')
    const accountChains = named === null ? await accounts.chains() : isNamed('account')
    const { waitingBlocks } = await import('../../chains/sources/index.ts')
    const answers: Answer[] = []
    for (const chain of chains) {
      answers.push({
        status: await store.status(chain),
        digest: await store.contentDigest(chain),
        stale: await store.staleTraces(chain),
        waiting: await waitingBlocks(waitIn(desk.home), orStop(findChain(shippedChainPacks, chain))),
      })
    }
    const accountAnswers: AccountAnswer[] = []
    for (const chain of accountChains)
      accountAnswers.push({
        status: await accounts.status(chain),
        digest: await accounts.contentDigest(chain),
        stale: await accounts.staleTraces(chain),
      })
    const texts = [...answers.map(toText), ...accountAnswers.map(accountStatusText)]
    const text = texts.length === 0 ? `Nothing is imported yet in ${desk.home}.` : texts.join('\n\n')
    return {
      exit: 0,
      json: { home: desk.home, chains: [...answers.map(toJson), ...accountAnswers.map(accountStatusJson)] },
      text,
    }
  },
}

export const chainDefects: CommandDefinition = {
  path: ['chain', 'defects'],
  summary: 'List every flaw found in imported data',
  arguments: [],
  options: [{ ...chainFlag, help: 'the chain', required: true }],
  examples: ['comity chain defects --chain bitcoin'],
  async run(desk, _args, flags) {
    const pack = desk.pack(String(flags.chain))
    const store = pack.family === 'account' ? await desk.accounts() : await desk.store()
    const defects = await store.defects(pack.caip2)
    const rows = defects.map((defect) => [
      defect.code,
      defect.count > 1 ? `×${defect.count}` : '',
      plain(defect.source),
      plain(defect.place),
      plain(defect.message),
    ])
    return {
      exit: 0,
      json: { chain: pack.caip2, defects: defects.map((defect) => ({ ...defect })) },
      text: rows.length === 0 ? 'No defects.' : table(rows),
    }
  },
}

type Answer = {
  readonly status: ChainStatus
  readonly digest: string
  readonly stale: readonly string[]
  /** Hashes of blocks that wait for those before them. */
  readonly waiting: readonly string[]
}

function toJson({ status, digest, stale, waiting }: Answer): Json {
  return {
    chain: status.chain,
    ...status.counts,
    tip: status.tip ? { height: status.tip.height, hash: status.tip.hash, time: status.tip.time } : null,
    complete: status.complete.map((range) => ({ ...range })),
    sources: status.sources.map(({ format, name, sha256, bytes, counts, defects }) => ({
      format,
      name,
      sha256,
      bytes,
      counts: { ...counts },
      defects,
    })),
    defects: status.defects,
    proofs: { ...status.proofs },
    contentDigest: digest,
    staleTraces: stale,
    waitingBlocks: waiting,
  }
}

function toText({ status, digest, stale, waiting }: Answer): string {
  const { counts, tip, complete, sources, proofs } = status
  return [
    `${status.chain}`,
    `  ${count(counts.blocks, 'block')}, ${count(counts.transactions, 'transaction')}, ${count(counts.inputs, 'input')}, ${count(counts.outputs, 'output')}, ${count(status.defects, 'defect')}`,
    `  tip: ${tip ? `${tip.height} ${tip.hash ?? '(hash unknown)'}, ${utc(tip.time)}` : 'none'}`,
    `  complete: ${complete.length === 0 ? 'no height (single transactions only: nothing can be said to be unspent)' : complete.map((range) => `${range.from}–${range.to} (${range.completeness === 'merkle' ? 'proven' : 'declared by the source'})`).join(', ')}`,
    `  proof: ${proofs.txid} transactions hashed to their ids, ${proofs.stated} stated, ${proofs.mismatch} do not hash to their ids, ${proofs.doubles} through floating point`,
    `  content: ${digest}`,
    ...(waiting.length === 0
      ? []
      : [`  ${count(waiting.length, 'raw block')} of unknown height waiting for the blocks before them`]),
    ...stale.map((trace) => `  ! the trace ${trace} stands on a block that was replaced`),
    ...sources.map(
      (source) =>
        `  source: ${plain(source.name)} (${source.format}), SHA-256 ${source.sha256}, ${count(source.counts.transactions, 'transaction')}`,
    ),
  ].join('\n')
}
