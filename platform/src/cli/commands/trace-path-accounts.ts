/** `trace path` on chains of accounts: from address to address, through conversions and over bridges. */
import { type AccountPack, parseAccountAddress } from '../../chains/index.ts'
import type { Json } from '../../kernel/index.ts'
import { orStop, stop } from '../../kernel/index.ts'
import { type AccountHop, findAccountPaths } from '../../tracing/index.ts'
import type { Outcome } from '../command.ts'
import type { Desk } from '../desk.ts'
import { count, utc } from '../present.ts'
import { assetAmount, moveJson, party } from './account-words.ts'
import { accountBench } from './trace-accounts.ts'

export async function accountPath(
  desk: Desk,
  pack: AccountPack,
  ends: { readonly from: string; readonly to: string },
  budget: { readonly maxHops: number; readonly maxTransactions: number; readonly maxPaths: number },
): Promise<Outcome> {
  const addressOf = (text: string) => orStop(parseAccountAddress(text, pack)).text
  const { store, crossing } = await accountBench(desk, pack.caip2, 0)
  const { tip } = await store.status(pack.caip2)
  if (!tip || crossing === null)
    stop('LEDGER_EMPTY', `The ledger of ${pack.name} is empty.`, { fix: 'Import data first: comity chain import.' })
  const here = new Set(await store.chains())
  const topOf = async (chain: string) => (here.has(chain) ? ((await store.status(chain)).tip?.height ?? null) : null)
  const start = { chain: pack.caip2, address: addressOf(ends.from) }
  const answer = await findAccountPaths({ store, crossing, topOf }, start, addressOf(ends.to), budget)
  const ended = {
    found: '',
    exhausted:
      'every payment in the imported data was followed, but into pools, mixers and bridges to no known destination',
    'max-transactions': `the budget of ${budget.maxTransactions} transactions was used up`,
    'max-hops': `the budget of ${budget.maxHops} hops was used up`,
  }
  return {
    exit: answer.found ? 0 : 1,
    json: { chain: pack.caip2, ...answer, paths: answer.paths.map((path) => path.map(hopJson)) } as unknown as Json,
    text: answer.found
      ? answer.paths
          .map((path, index) =>
            [
              `Path ${index + 1} of ${answer.paths.length}, ${count(answer.hops ?? 0, 'hop')}:`,
              `  ${party(path[0]?.move.from ?? null)}`,
              ...path.map((hop) => hopText(hop, pack)),
            ].join('\n'),
          )
          .join('\n\n')
      : `No path found: ${ended[answer.ended]} (${count(answer.transactions, 'transaction')} looked at).`,
  }
}

function hopJson({ kind, chain, move, to, reference }: AccountHop): Json {
  return { kind, chain, move: moveJson(move), to: { ...to }, reference }
}

function hopText({ kind, chain, move, to }: AccountHop, pack: AccountPack): string {
  const what = { payment: '', conversion: `, converted into ${to.asset}`, crossing: `, over a bridge to ${to.chain}` }[
    kind
  ]
  const amount =
    chain === pack.caip2 ? assetAmount(move.amount, move.asset, pack) : `${move.amount} base units of ${move.asset}`
  return `  → ${party(to.address)}: ${amount}${what} (${move.txid}, ${chain} height ${move.height}, ${utc(move.time)})`
}
