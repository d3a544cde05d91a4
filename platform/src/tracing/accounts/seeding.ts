/** Where seeds start: the clean part of what leaves a seed's address (or of a seed's move) becomes its source's. */
import type { Move } from '../../chains/index.ts'
import { CLEAN, mergeSources, type Part, type Parts, pushPart } from '../rules/parts.ts'
import { type AccountRule, worth } from './account-rules.ts'
import type { AccountSeed } from './request.ts'
import { isClean, sourcesIn } from './sources-in.ts'

export type PlacedSeed = {
  readonly seed: AccountSeed
  /** By asset: what of it set out, and with how many moves; what of it still rests at its address. */
  readonly sent: Map<string, { amount: bigint; moves: number }>
  readonly rests: Map<string, bigint>
}

export type Seeding = {
  readonly placed: readonly PlacedSeed[]
  /** Says of a move that leaves: the parts with what seeds add to them, and how much that is. */
  add(move: Move, parts: Parts): { readonly parts: Parts; readonly added: bigint }
  /** What a seed at this address still may take from its clean value there. */
  rest(asset: string, address: string, clean: bigint): Parts
  isSeed(move: Move): 'address' | 'move' | null
}

export function openSeeding(
  rule: AccountRule,
  seeds: readonly AccountSeed[],
  sources: ReadonlyMap<string, number>,
  allows: (asset: string) => boolean,
): Seeding {
  const placed = seeds.map((seed) => ({ seed, sent: new Map(), rests: new Map(), left: seed.amount }))
  const byAddress = Map.groupBy(placed, ({ seed }) => seed.address ?? '')
  const byMove = Map.groupBy(placed, ({ seed }) => (seed.move ? `${seed.move.txid}#${seed.move.place}` : ''))
  return { placed, add, rest, isSeed }

  function seedsOf(move: Move): typeof placed {
    const atMove = byMove.get(`${move.txid}#${move.place}`) ?? []
    const atAddress = move.from !== null && allows(move.asset) ? (byAddress.get(move.from) ?? []) : []
    return atAddress.length === 0 ? atMove : [...atMove, ...atAddress]
  }

  function isSeed(move: Move): 'address' | 'move' | null {
    if (byMove.has(`${move.txid}#${move.place}`)) return 'move'
    return move.from !== null && byAddress.has(move.from) && allows(move.asset) ? 'address' : null
  }

  function add(move: Move, before: Parts): { parts: Parts; added: bigint } {
    let parts = before
    let added = 0n
    for (const one of seedsOf(move)) {
      const clean = move.amount - worth(rule, parts)
      const amount = one.left === null || one.left > clean ? clean : one.left
      if (amount === 0n) continue
      if (one.left !== null) one.left -= amount
      const carried = worth(rule, parts)
      parts = relabel(rule, move.amount, parts, sources.get(one.seed.label) as number, amount)
      const sent = one.sent.get(move.asset) ?? { amount: 0n, moves: 0 }
      one.sent.set(move.asset, { amount: sent.amount + amount, moves: sent.moves + 1 })
      // Under poison claims of several seeds lie over each other.
      added += worth(rule, parts) - carried
    }
    return { parts, added }
  }

  function rest(asset: string, address: string, clean: bigint): Parts {
    let open = clean
    let parts: Parts = []
    for (const one of byAddress.get(address) ?? []) {
      if (one.left === null || one.left === 0n || open === 0n || !allows(asset)) continue
      const amount = one.left < open ? one.left : open
      one.left -= amount
      open -= amount
      one.rests.set(asset, (one.rests.get(asset) ?? 0n) + amount)
      parts = mergeSources(parts, [{ source: sources.get(one.seed.label) as number, amount }])
    }
    return parts
  }
}

/** Makes the first `amount` clean units of a move a source's; there are as many. */
export function relabel(rule: AccountRule, moved: bigint, parts: Parts, source: number, amount: bigint): Parts {
  if (!rule.ordered) return mergeSources(sourcesIn(parts), [{ source, amount }])
  const line: Part[] = []
  let open = amount
  for (const part of parts.length === 0 ? [{ source: CLEAN, amount: moved }] : parts) {
    if (!isClean(part) || open === 0n) {
      pushPart(line, part.source, part.amount)
      continue
    }
    const taken = part.amount < open ? part.amount : open
    pushPart(line, source, taken)
    pushPart(line, part.source, part.amount - taken)
    open -= taken
  }
  return line
}
