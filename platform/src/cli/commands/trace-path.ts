import { type ChainPack, type ChainStore, parseAddress } from '../../chains/index.ts'
import { isHex, orStop, stop } from '../../kernel/index.ts'
import { findPaths, openLedgerWindow } from '../../tracing/index.ts'
import type { CommandDefinition } from '../command.ts'
import { coins, count, utc } from '../present.ts'
import { chainOption, readCount } from './shared-options.ts'
import { accountPath } from './trace-path-accounts.ts'

export const tracePath: CommandDefinition = {
  path: ['trace', 'path'],
  summary: 'Find the shortest ways from one place to another',
  about:
    'A path says that outputs are connected, not whose money arrived: for that, trace under a rule. Both ends may be an address, a transaction or an output (TXID:VOUT); on chains of accounts both are addresses, and a path goes through conversions and over bridges, to whichever chain the second is on.',
  arguments: [],
  options: [
    chainOption,
    { flags: '--from <place>', help: 'address, TXID or TXID:VOUT', required: true },
    { flags: '--to <place>', help: 'address, TXID or TXID:VOUT', required: true },
    { flags: '--max-hops <n>', help: 'give up after this many transactions in a row (default 100)' },
    { flags: '--max-transactions <n>', help: 'give up after this many transactions in all (default 100000)' },
    { flags: '--max-paths <n>', help: 'show at most this many of the shortest paths (default 10)' },
  ],
  examples: ['comity trace path --chain bitcoin --from TXID:0 --to bc1q…'],
  async run(desk, _args, flags) {
    const pack = desk.pack(String(flags.chain))
    const budget = {
      maxHops: readCount(flags.maxHops, '--max-hops') ?? 100,
      maxTransactions: readCount(flags.maxTransactions, '--max-transactions') ?? 100_000,
      maxPaths: readCount(flags.maxPaths, '--max-paths') ?? 10,
    }
    if (pack.family === 'account')
      return accountPath(desk, pack, { from: String(flags.from), to: String(flags.to) }, budget)
    const store = await desk.store()
    const { tip } = await store.status(pack.caip2)
    if (!tip)
      stop('LEDGER_EMPTY', `The ledger of ${pack.name} is empty.`, { fix: 'Import data first: comity chain import.' })
    const window = openLedgerWindow(store, pack, tip?.height ?? 0)
    const start = await outputsOf(String(flags.from), pack, store)
    const goal = readPlace(String(flags.to), pack)
    const isGoal = (txid: string) => {
      const tx = window.seen.get(txid)
      if ('address' in goal) return tx?.outputs.some(({ address }) => address === goal.address) ?? false
      return txid === goal.txid
    }
    const answer = await findPaths(window, start, isGoal, budget)
    const ended = {
      found: '',
      exhausted: 'every spend in the imported data was followed',
      'max-transactions': `the budget of ${budget.maxTransactions} transactions was used up`,
      'max-hops': `the budget of ${budget.maxHops} hops was used up`,
    }
    return {
      exit: answer.found ? 0 : 1,
      json: {
        chain: pack.caip2,
        ...answer,
        paths: answer.paths.map((path) =>
          path.map((hop) => ({ ...hop, via: hop.via ? { ...hop.via, value: hop.via.value.toString() } : null })),
        ),
      },
      text: answer.found
        ? answer.paths
            .map((path, index) =>
              [
                `Path ${index + 1} of ${answer.paths.length}, ${count(answer.hops ?? 0, 'hop')}:`,
                ...path.map(
                  (hop) =>
                    `  ${hop.via ? `${coins(hop.via.value, pack)} of ${hop.via.txid}:${hop.via.vout} ${hop.via.address ?? ''}\n  → ` : ''}${hop.txid} (height ${hop.height}, ${utc(hop.time)})`,
                ),
              ].join('\n'),
            )
            .join('\n\n')
        : `No path found: ${ended[answer.ended]} (${count(answer.transactions, 'transaction')} looked at).`,
    }
  },
}

type Place = { readonly txid: string; readonly vout: number | null } | { readonly address: string }

function readPlace(text: string, pack: ChainPack): Place {
  const [txid = '', vout] = text.toLowerCase().split(':')
  if (isHex(txid, 32) && (vout === undefined || /^[0-9]{1,10}$/.test(vout)))
    return { txid, vout: vout === undefined ? null : Number(vout) }
  return { address: orStop(parseAddress(text, pack)).text }
}

async function outputsOf(text: string, pack: ChainPack, store: ChainStore): Promise<{ txid: string; vout: number }[]> {
  const place = readPlace(text, pack)
  const txids =
    'txid' in place
      ? [place.txid]
      : await store.transactionsOf(pack.caip2, [place.address], 'in', 0, Number.MAX_SAFE_INTEGER)
  const outputs = (await store.outputsOf(pack.caip2, txids)).filter(({ outpoint, address }) =>
    'txid' in place ? place.vout === null || outpoint.vout === place.vout : address === place.address,
  )
  if (outputs.length === 0)
    stop('SEED_UNKNOWN', `No imported data shows an output of ${text}.`, {
      place: '--from',
      fix: 'Import the transaction first, or check what was typed.',
    })
  return outputs.map(({ outpoint }) => ({ txid: outpoint.txid, vout: outpoint.vout }))
}
