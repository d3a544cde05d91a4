/** The walk of PIFO, which follows addresses: from the accounts that hold proceeds, whatever spends from them. */
import { type AddressPassResult, addressPass } from './address-pass.ts'
import { buildGraph, type TraceGraph } from './graph.ts'
import type { Movement, SlotRef } from './movement.ts'
import { DEFAULT_MAX_PER_ADDRESS } from './request.ts'
import { graphSeeds, holds, seedHeight, type TraceWork } from './trace-work.ts'

export async function walkAddresses(
  work: TraceWork,
): Promise<{ graph: TraceGraph; result: AddressPassResult; rounds: number }> {
  const { request, setting, rule, walk, placed, seedSlots, serviceAt, noteServices, hotAddresses } = work
  let rounds = 0
  const first = await walk.step(seedSlots.map(({ key }) => key))
  await noteServices(first.flatMap(({ ins, outs }) => [...ins, ...outs]))
  const asked = new Map<string, number>()
  const spread = spreadingAccounts()
  let quick = spread([...walk.movements.values()])
  while (true) {
    while (quick.size > 0) {
      rounds++
      const added = await askAccounts(quick)
      setting.progress.report(
        walk.movements.size,
        undefined,
        `${rule.id}: round ${rounds}, transactions walked: ${walk.movements.size}`,
      )
      quick = spread(added)
    }
    const graph = buildGraph([...walk.movements.values()], seedSlots, request.direction)
    const result = addressPass(
      graph,
      graphSeeds(work, graph),
      (slot) => seedHeight(work, graph, slot),
      holds(work, graph),
    )
    const { maxHops } = request.budget
    const news = new Map<string, number>()
    for (const { account, height, hops } of result.reached())
      if (asked.get(account) !== height && (maxHops === null || hops < maxHops)) news.set(account, height)
    const added = await askAccounts(news)
    if (added.length === 0) return { graph, result, rounds }
    quick = spread(added)
  }

  /** Whatever spends from these accounts after they first held proceeds; an output without an address is its own account. */
  async function askAccounts(fromHeightByAccount: ReadonlyMap<string, number>): Promise<readonly Movement[]> {
    for (const [account, height] of fromHeightByAccount) asked.set(account, height)
    const open = [...fromHeightByAccount].filter(([account]) => !serviceAt(account) && !isVault(account))
    const byAddress = new Map(open.filter(([account]) => !account.includes(':')))
    const { txids, hot } = await setting.window.spendsFrom(
      byAddress,
      request.direction === 'forward' ? 'out' : 'in',
      request.budget.maxPerAddress ?? DEFAULT_MAX_PER_ADDRESS,
    )
    for (const [account, of] of hot) hotAddresses.set(account, of)
    const added = [
      ...(await walk.add([...txids])),
      ...(await walk.step(open.flatMap(([account]) => (account.includes(':') ? [account] : [])))),
    ]
    await noteServices(added.flatMap(({ ins, outs }) => [...ins, ...outs]))
    return added
  }

  /** What a vault of a bridge pays is not followed, so it is not read. */
  function isVault(account: string): boolean {
    const address = account.includes(':') ? null : account
    return work.bridgeHold({ key: address === null ? account : `${account}:subsidy`, value: 0n, address }) !== null
  }

  /** Which accounts gain proceeds, from what is known so far; as with outputs, only the pass counts. */
  function spreadingAccounts(): (added: readonly Movement[]) => Map<string, number> {
    const proceedsByAccount = new Map<string, bigint>()
    for (const [index, seed] of placed.entries())
      addTo(proceedsByAccount, accountOf(seedSlots[index] as SlotRef), seed.amount)
    return (added) => {
      const found = new Map<string, number>()
      for (const movement of added) {
        const lossByAccount = new Map<string, bigint>()
        for (const slot of movement.ins) addTo(lossByAccount, accountOf(slot), slot.value)
        for (const slot of movement.outs) addTo(lossByAccount, accountOf(slot), -slot.value)
        let leaving = 0n
        for (const [account, loss] of lossByAccount) {
          const taken = loss > 0n ? least(proceedsByAccount.get(account) ?? 0n, loss) : 0n
          if (taken > 0n) addTo(proceedsByAccount, account, -taken)
          leaving += taken
        }
        for (const [account, loss] of lossByAccount) {
          const share = loss < 0n ? least(leaving, -loss) : 0n
          if (share === 0n) continue
          leaving -= share
          addTo(proceedsByAccount, account, share)
          const height = movement.block.height
          const known = asked.get(account) ?? found.get(account)
          if (known === undefined || (request.direction === 'forward' ? height < known : height > known))
            found.set(account, height)
        }
      }
      return found
    }
  }
}

function accountOf({ address, key }: SlotRef): string {
  return address ?? key
}

function addTo(amounts: Map<string, bigint>, account: string, change: bigint): void {
  amounts.set(account, (amounts.get(account) ?? 0n) + change)
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
