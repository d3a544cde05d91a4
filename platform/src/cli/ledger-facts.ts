/** What the data folder holds, and what it has of an address, for people of the node beside which it lies. */
import { findChain, shippedAccountPacks, shippedChainPacks } from '../chains/index.ts'
import { stop } from '../kernel/index.ts'
import type { AddressFacts, Held } from '../node/index.ts'
import { assess, type IndicatorText, MOST_MOVEMENTS, NOTICE } from '../tracing/index.ts'
import { findAddress, readActivity } from './address-activity.ts'
import { openPacks } from './commands/legal-options.ts'
import type { Desk } from './desk.ts'

/** The newest movements that are shown of an address. */
const MOST = 200

export async function heldChains(desk: Desk): Promise<Held['chains']> {
  const [store, accounts] = [await desk.store(), await desk.accounts()]
  const held: Held['chains'][number][] = []
  for (const chain of await store.chains()) {
    const { tip, counts, complete } = await store.status(chain)
    held.push({
      ...{ chain, family: 'utxo', transactions: counts.transactions },
      tip: tip && { height: tip.height, time: tip.time },
      complete: complete.map(({ from, to }) => ({ from, to })),
    })
  }
  for (const chain of await accounts.chains()) {
    const { tip, counts } = await accounts.status(chain)
    held.push({
      ...{ chain, family: 'account', transactions: counts.transactions },
      tip: tip && { height: tip.height, time: tip.time },
      complete: [],
    })
  }
  return held
}

export async function addressFacts(desk: Desk, chain: string, text: string): Promise<AddressFacts> {
  const { pack, address } = await findAddress(desk, text, { chain })
  const activity = await readActivity(desk, pack, new Set([address]))
  const tags = activity.tagsByAddress.get(address) ?? []
  const [pages] = (await openPacks({})).indicators.filter(({ id }) => id === 'fatf-2020')
  if (!pages)
    return stop('INDICATORS_MISSING', 'The packs hold no indicators of FATF 2020.', {
      fix: 'Start the node with the packs that come with Comity.',
    })
  const { fired, notFired, notChecked } = assess(activity, pages.indicators)
  const named = ({ id, page, text: said, verified }: IndicatorText) => ({
    id,
    page,
    text: said,
    verified,
  })
  return {
    ...{ chain: pack.caip2, address, whole: activity.whole },
    ...(pack.family === 'account'
      ? await ofAccount(desk, pack.caip2, address)
      : await ofOutputs(desk, pack.caip2, address)),
    tags: tags.map(({ label, source, category, confidence }) => ({
      ...{ label, source, category: category ?? null },
      confidence: confidence?.id ?? null,
    })),
    indicators: {
      notice: NOTICE,
      fired: fired.map((one) => ({
        ...{ ...named(one), says: one.says, txids: [...one.txids] },
        questions: one.questions.map((asked) => ({ ...asked })),
      })),
      notFired: notFired.map((one) => ({ ...named(one), why: one.why })),
      notChecked: notChecked.map((one) => ({ ...named(one), why: one.why })),
    },
  }
}

type Moved = Pick<AddressFacts, 'balances' | 'movements' | 'isCut'>

async function ofOutputs(desk: Desk, chain: string, address: string): Promise<Moved> {
  const store = await desk.store()
  const { events, received, spent } = await store.addressTotals(chain, address)
  const asset = coinOf(chain)
  const newest = await store.addressEvents(chain, address, Math.max(0, events - MOST), MOST)
  return {
    balances: [{ asset, amount: (received - spent).toString() }],
    isCut: events > MOST,
    movements: newest.map(({ txid, place, direction, value, height, time }) => ({
      ...{ txid, place: String(place), direction, asset, amount: value.toString(), other: null, height, time },
    })),
  }
}

async function ofAccount(desk: Desk, chain: string, address: string): Promise<Moved> {
  const store = await desk.accounts()
  const balances = await store.balances(chain, address, Number.MAX_SAFE_INTEGER)
  const asked = { addresses: [address], direction: 'both', fromHeight: 0, toHeight: Number.MAX_SAFE_INTEGER } as const
  const { moves, more } = await store.moves(chain, { ...asked, limit: MOST_MOVEMENTS })
  return {
    balances: [...balances].map(([asset, amount]) => ({ asset, amount: amount.toString() })),
    isCut: more || moves.length > MOST,
    movements: moves.slice(-MOST).map(({ txid, place, from, to, asset, amount, height, time }) => ({
      ...{ txid, place: String(place), direction: to === address ? 'in' : 'out', asset, amount: amount.toString() },
      ...{ other: to === address ? from : to, height, time },
    })),
  }
}

function coinOf(chain: string): string {
  const found = findChain([...shippedChainPacks, ...shippedAccountPacks], chain)
  return found.ok ? found.value.asset.caip19 : chain
}
