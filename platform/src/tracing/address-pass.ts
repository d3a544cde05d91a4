/**
 * PIFO, proceeds in, first out: a pass over what addresses own, not over single outputs.
 *
 * An address is an account. A transaction takes from an account what it spends of it, less what it pays back to it; the
 * proceeds held there leave first, whichever outputs are spent. They fill the accounts that gain, in the order of their
 * first output, and the fee last. Sources within one account, and within one payment, share alike.
 *
 * At the end the proceeds of an account are shown on its unspent outputs, oldest first. There is always room: proceeds
 * only come in with outputs of this graph, and every spend lowers them before, or together with, those outputs.
 *
 * An output without an address (bare multisig, OP_RETURN) is an account of its own.
 */
import type { TraceGraph } from './graph.ts'
import { slotParts } from './held-parts.ts'
import type { Hold, HoldQuestion, PassResult } from './pass.ts'
import { apportion } from './rules/apportion.ts'
import { bySource, NO_PARTS, type Part, type Parts, traced } from './rules/parts.ts'
import { fill, splitAmongSources } from './rules/totals.ts'
import type { Seed } from './slot-graph.ts'

export type AddressPassResult = PassResult & {
  /** Accounts that ever held proceeds → height of the block in which they first did. */
  readonly firstHeightByAccount: ReadonlyMap<string, number>
  readonly hopsByAccount: ReadonlyMap<string, number>
  /**
   * What each transaction took from accounts, by the outputs that had brought it (oldest first), and gave to accounts,
   * shown on the first output of each.
   */
  readonly flow: readonly AddressFlow[]
}

export type AddressFlow = {
  readonly txid: string
  readonly hops: number
  readonly from: readonly { readonly key: string; readonly traced: bigint }[]
  readonly to: readonly {
    readonly key: string
    readonly address: string | null
    readonly amount: bigint
    readonly traced: bigint
  }[]
}

export function addressPass(
  graph: TraceGraph,
  seeds: readonly Seed[],
  seedHeight: (slot: number) => number,
  holds: HoldQuestion,
): AddressPassResult {
  const { columns, movements } = graph
  const accounts = accountsOf(graph)
  const partsBySlot = new Map<number, Parts>()
  const consumed = new Set<number>()
  const holdBySlot = new Map<number, Hold>()
  const hopsByTx = new Map<number, number>()
  const overlapBySource = new Map<number, bigint>()
  const flow: AddressFlow[] = []

  const seedsBySlot = new Map<number, Seed[]>()
  for (const seed of seeds) seedsBySlot.set(seed.slot, [...(seedsBySlot.get(seed.slot) ?? []), seed])
  for (const [slot, ofSlot] of seedsBySlot) {
    if (graph.creator[slot] !== -1) continue
    addUnspent(slot)
    placeSeeds(slot, ofSlot)
  }

  for (let tx = 0; tx < columns.txCount; tx++) {
    const spent = [...columns.inSlot.subarray(columns.inStart[tx], columns.inStart[tx + 1])]
    const created = range(columns.outStart[tx] as number, columns.outStart[tx + 1] as number)
    const lossByAccount = new Map<Account, bigint>()
    const slotByAccount = new Map<Account, number>()
    for (const slot of spent) {
      changeBy(lossByAccount, accountOf(slot), columns.value[slot] as bigint)
      if (!slotByAccount.has(accountOf(slot))) slotByAccount.set(accountOf(slot), slot)
    }
    for (const slot of created) changeBy(lossByAccount, accountOf(slot), -(columns.value[slot] as bigint))

    const leaving: Part[] = []
    const from: { key: string; traced: bigint }[] = []
    let hops = Number.POSITIVE_INFINITY
    for (const [account, slot] of slotByAccount) {
      const { proceeds, hops: accountHops } = account
      const loss = lossByAccount.get(account) ?? 0n
      if (proceeds.length === 0 || loss <= 0n) continue
      const hold = holds(slot, traced(proceeds), accountHops)
      if (hold) freeze(account, hold)
      else {
        const taken = takeProceeds(account, loss)
        leaving.push(...taken)
        from.push(...takeCredits(account, traced(taken)))
        consumed.add(slot)
        hops = Math.min(hops, accountHops + 1)
      }
    }
    for (const slot of spent) removeUnspent(slot)
    for (const slot of created) addUnspent(slot)
    if (leaving.length > 0) {
      hopsByTx.set(tx, hops)
      const to = payOut(leaving, lossByAccount, movements[tx]?.block.height ?? 0, hops).map(
        ({ account, gain, share }) => {
          const slot = created.find((one) => accountOf(one) === account) as number
          addCredit(account, keyOf(slot), share)
          return { key: keyOf(slot), address: graph.slots[slot]?.address ?? null, amount: gain, traced: share }
        },
      )
      flow.push({ txid: movements[tx]?.txid ?? '', hops, from, to })
    }
    for (const slot of created) placeSeeds(slot, seedsBySlot.get(slot) ?? [])
  }
  for (const account of accounts.all) if (account.proceeds.length > 0) showOnOutputs(account)
  const reached = accounts.all.filter(({ firstHeight }) => firstHeight !== null)
  return {
    partsBySlot: slotParts(columns, partsBySlot),
    consumed,
    holdBySlot,
    hopsByTx,
    drawnIn: 0n,
    overlapBySource,
    firstHeightByAccount: new Map(reached.map(({ name, firstHeight }) => [name, firstHeight ?? 0])),
    hopsByAccount: new Map(reached.map(({ name, hops }) => [name, hops])),
    flow,
  }

  function accountOf(slot: number): Account {
    return accounts.bySlot[slot] as Account
  }

  /** A seed finds room only in what its account does not owe to earlier proceeds; the rest is an overlap. */
  function placeSeeds(slot: number, ofSlot: readonly Seed[]): void {
    const account = accountOf(slot)
    for (const { source, amount } of ofSlot) {
      let room = -traced(account.proceeds)
      for (const unspent of account.unspent) {
        room += (columns.value[unspent] as bigint) - traced(partsBySlot.get(unspent) ?? [])
      }
      const placed = amount < room ? amount : room
      if (placed > 0n) {
        credit(account, [{ source, amount: placed }], seedHeight(slot), 0)
        addCredit(account, keyOf(slot), placed)
      }
      if (placed < amount) overlapBySource.set(source, (overlapBySource.get(source) ?? 0n) + amount - placed)
    }
  }

  function credit(account: Account, parts: Parts, height: number, hops: number): void {
    account.proceeds = account.proceeds.length > 0 ? bySource([...account.proceeds, ...parts]) : bySource(parts)
    account.hops = account.firstHeight === null ? hops : Math.min(hops, account.hops)
    account.firstHeight ??= height
  }

  function takeProceeds(account: Account, loss: bigint): Part[] {
    const { proceeds } = account
    if (traced(proceeds) <= loss) {
      account.proceeds = NO_PARTS
      return [...proceeds]
    }
    const shares = apportion(
      loss,
      proceeds.map((part) => part.amount),
    )
    account.proceeds = proceeds
      .map(({ source, amount }, index) => ({ source, amount: amount - (shares[index] as bigint) }))
      .filter(({ amount }) => amount > 0n)
    return proceeds
      .map(({ source }, index) => ({ source, amount: shares[index] as bigint }))
      .filter(({ amount }) => amount > 0n)
  }

  function payOut(
    leaving: readonly Part[],
    lossByAccount: ReadonlyMap<Account, bigint>,
    height: number,
    hops: number,
  ): { account: Account; gain: bigint; share: bigint }[] {
    const gaining = [...lossByAccount].filter(([, loss]) => loss < 0n)
    const sources = bySource(leaving)
    const room = gaining.map(([, loss]) => -loss)
    const shares = fill(
      traced(leaving),
      room,
      room.map((_, index) => index),
    )
    const parts = splitAmongSources(
      sources.map(({ source }) => source),
      sources.map(({ amount }) => amount),
      shares,
    )
    return gaining.flatMap(([account, loss], index) => {
      const share = parts[index]
      if (!share || share.length === 0) return []
      credit(account, share, height, hops)
      return [{ account, gain: -loss, share: traced(share) }]
    })
  }

  /** A policy or a budget holds the account: its proceeds stay on the outputs that it has now, for good. */
  function freeze(account: Account, hold: Hold): void {
    for (const slot of showOnOutputs(account)) holdBySlot.set(slot, hold)
    account.proceeds = NO_PARTS
    account.credits = []
  }

  function showOnOutputs(account: Account): number[] {
    const { proceeds, unspent: slots } = account
    // An output that was shown before (its account was held, then paid again) has only the rest of its value to offer.
    const values = slots.map((slot) => (columns.value[slot] as bigint) - traced(partsBySlot.get(slot) ?? []))
    const shares = fill(
      traced(proceeds),
      values,
      values.map((_, index) => index),
    )
    const parts = splitAmongSources(
      proceeds.map(({ source }) => source),
      proceeds.map(({ amount }) => amount),
      shares,
    )
    return slots.filter((slot, index) => {
      const share = parts[index]
      if (!share || share.length === 0) return false
      partsBySlot.set(slot, bySource([...(partsBySlot.get(slot) ?? []), ...share]))
      return true
    })
  }

  function keyOf(slot: number): string {
    return graph.slots[slot]?.key ?? ''
  }

  function addCredit(account: Account, key: string, amount: bigint): void {
    account.credits.push({ key, left: amount })
  }

  function takeCredits({ credits }: Account, amount: bigint): { key: string; traced: bigint }[] {
    const taken: { key: string; traced: bigint }[] = []
    let wanted = amount
    while (wanted > 0n) {
      const oldest = credits[0]
      if (!oldest) throw new RangeError('an account pays proceeds that nothing brought it')
      const part = oldest.left < wanted ? oldest.left : wanted
      taken.push({ key: oldest.key, traced: part })
      wanted -= part
      oldest.left -= part
      if (oldest.left === 0n) credits.shift()
    }
    return taken
  }

  function addUnspent(slot: number): void {
    const { unspent } = accountOf(slot)
    if (!unspent.includes(slot)) unspent.push(slot)
  }

  function removeUnspent(slot: number): void {
    const { unspent } = accountOf(slot)
    const at = unspent.indexOf(slot)
    if (at >= 0) unspent.splice(at, 1)
  }
}

/** What an address owns while the pass goes on. */
type Account = {
  readonly name: string
  proceeds: Parts
  /** Outputs of this graph that it has not spent yet, oldest first. */
  readonly unspent: number[]
  firstHeight: number | null
  hops: number
  /** For the picture of the flow: which outputs brought its proceeds, oldest first. */
  credits: { readonly key: string; left: bigint }[]
}

function accountsOf({ slots }: TraceGraph): { readonly all: readonly Account[]; readonly bySlot: readonly Account[] } {
  const accountByName = new Map<string, Account>()
  const bySlot = slots.map(({ address, key }) => {
    const name = address ?? key
    let account = accountByName.get(name)
    if (!account) {
      account = { name, proceeds: NO_PARTS, unspent: [], firstHeight: null, hops: 0, credits: [] }
      accountByName.set(name, account)
    }
    return account
  })
  return { all: [...accountByName.values()], bySlot }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

function changeBy(amounts: Map<Account, bigint>, account: Account, change: bigint): void {
  amounts.set(account, (amounts.get(account) ?? 0n) + change)
}
