/** What moved at an address of an account chain: transfers with others, one flow for each transaction, asset and direction. */
import type { AccountStore, Move } from '../../chains/index.ts'
import { type Activity, type Flow, MOST_MOVEMENTS } from './activity.ts'

/** Fees, rewards and wrapping are the ledger's own business: nobody else is paid, or pays. */
const TRANSFERS: readonly Move['kind'][] = ['value', 'call', 'create', 'selfdestruct', 'token', 'flow']

export async function accountFlows(
  store: AccountStore,
  chain: string,
  subject: ReadonlySet<string>,
): Promise<Pick<Activity, 'subject' | 'flows' | 'whole' | 'movements'>> {
  const { moves, more } = await store.moves(chain, {
    addresses: [...subject],
    direction: 'both',
    fromHeight: 0,
    toHeight: Number.MAX_SAFE_INTEGER,
    limit: MOST_MOVEMENTS,
  })
  return {
    subject,
    flows: flowsOf(moves, subject),
    // Nobody says here that every block is in the data.
    whole: false,
    movements: { read: moves.length, of: more ? moves.length + 1 : moves.length },
  }
}

export function flowsOf(moves: readonly Move[], subject: ReadonlySet<string>): readonly Flow[] {
  type Growing = { -readonly [K in keyof Flow]: Flow[K] } & { others: { address: string; value: bigint }[] }
  const flows = new Map<string, Growing>()
  for (const { txid, height, time, kind, asset, from, to, amount } of moves) {
    const sends = from !== null && subject.has(from)
    const gets = to !== null && subject.has(to)
    if (amount === 0n || sends === gets || !TRANSFERS.includes(kind)) continue
    const direction = sends ? 'out' : 'in'
    const other = sends ? to : from
    const key = `${txid} ${asset} ${direction}`
    const known = flows.get(key) ?? {
      txid,
      height,
      time,
      asset,
      direction,
      value: 0n,
      others: [],
      coinJoin: [],
      stonewall: false,
    }
    known.value += amount
    if (other !== null) known.others.push({ address: other, value: amount })
    flows.set(key, known)
  }
  return [...flows.values()]
}
