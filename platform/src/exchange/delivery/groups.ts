/**
 * What comes while other work is under way waits for it, and is then done together: in one transaction, with one write to the disk.
 * Who comes alone waits for nobody. Where work for several fails, each is done by itself, so that one that is broken takes none with it.
 */

export type Grouping<Item> = {
  /** Of one group. */
  readonly most: number
  /** Groups under way at one time. */
  readonly atOnce: number
  /** Two items of one key are never in one group, and the second waits until the first is done. */
  readonly keyOf: (item: Item) => string
  /** What the items of one group weigh at most, taken together; one that weighs more goes alone. */
  readonly weight?: { readonly of: (item: Item) => number; readonly most: number }
  /** What is waited for before a group is closed. */
  readonly gather?: (() => Promise<void>) | undefined
}

/** `work` answers for each item, in their order; it must bear to be done again for one item after it has failed for several. */
export function inGroups<Item, Answer>(
  work: (items: readonly Item[]) => Promise<readonly Answer[]>,
  { most, atOnce, keyOf, weight, gather }: Grouping<Item>,
): (item: Item) => Promise<Answer> {
  let waiting: Waiting<Item, Answer>[] = []
  let underWay = 0
  const busy = new Set<string>()
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, key: keyOf(item), resolve, reject })
      if (underWay < atOnce) void go()
    })

  async function go(): Promise<void> {
    underWay++
    while (waiting.length > 0) {
      if (gather) await gather()
      const group = nextGroup()
      // What waits behind a key that is under way is done by whoever has that one.
      if (group.length === 0) break
      for (const { key } of group) busy.add(key)
      await doTogether(group)
      for (const { key } of group) busy.delete(key)
    }
    underWay--
  }

  function nextGroup(): readonly Waiting<Item, Answer>[] {
    const group = new Map<string, Waiting<Item, Answer>>()
    const later: Waiting<Item, Answer>[] = []
    // Of one key the first goes first, also where only the second would fit.
    const passed = new Set(busy)
    let weighs = 0
    for (const one of waiting) {
      const more = weight?.of(one.item) ?? 0
      const fits = group.size === 0 || (group.size < most && weighs + more <= (weight?.most ?? 0))
      if (fits && !passed.has(one.key)) {
        group.set(one.key, one)
        weighs += more
      } else later.push(one)
      passed.add(one.key)
    }
    waiting = later
    return [...group.values()]
  }

  async function doTogether(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    if (group.length === 0) return
    try {
      const answers = await work(group.map(({ item }) => item))
      for (const [at, { resolve }] of group.entries()) resolve(answers[at] as Answer)
    } catch (fault) {
      const [only] = group
      if (only && group.length === 1) only.reject(fault)
      else for (const one of group) await doTogether([one])
    }
  }
}

type Waiting<Item, Answer> = {
  readonly item: Item
  readonly key: string
  readonly resolve: (answer: Answer) => void
  readonly reject: (fault: unknown) => void
}
