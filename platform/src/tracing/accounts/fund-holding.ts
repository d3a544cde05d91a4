/**
 * Pari passu: whoever put value into one fund shares in what is left of it in proportion to all that each put in,
 * whenever that was (Barlow Clowes International Ltd v Vaughan [1992] 4 All ER 22, as one of its three solutions).
 *
 * A ledger is read forwards, and what has gone to others cannot be called back; so each payment is charged such that
 * what stays is as near to that proportion as it can be. Where nobody has taken out more than a fair share before others
 * came, it is that proportion exactly. Clean value is one contributor more. An account that is empty is a fund that has
 * ended: what comes afterwards makes a new one.
 */
import { apportion } from '../rules/apportion.ts'
import { CLEAN, type Part, type Parts } from '../rules/parts.ts'
import type { Holding } from './holding.ts'

type Contributor = { readonly source: number; given: bigint; left: bigint }

export function openFund(): Holding {
  const contributors = new Map<number, Contributor>()
  let balance = 0n
  return { balance: () => balance, held, receive, suppose: (amount) => receive(amount, []), send }

  function held(): Parts {
    return bySourceOrder()
      .filter(({ source, left }) => source !== CLEAN && left > 0n)
      .map(({ source, left }) => ({ source, amount: left }))
  }

  function receive(amount: bigint, parts: Parts): void {
    let clean = amount
    for (const { source, amount: piece } of parts) {
      if (source === CLEAN) continue
      contribute(source, piece)
      clean -= piece
    }
    contribute(CLEAN, clean)
    balance += amount
  }

  function contribute(source: number, amount: bigint): void {
    if (amount === 0n) return
    const contributor = contributors.get(source) ?? { source, given: 0n, left: 0n }
    contributor.given += amount
    contributor.left += amount
    contributors.set(source, contributor)
  }

  function send(amount: bigint): Parts {
    balance -= amount
    const staying = whatStays(balance)
    const pieces: Part[] = []
    for (const contributor of bySourceOrder()) {
      const stays = staying.get(contributor.source) ?? 0n
      const leaves = contributor.left - stays
      contributor.left = stays
      if (contributor.source !== CLEAN && leaves > 0n) pieces.push({ source: contributor.source, amount: leaves })
    }
    if (balance === 0n) contributors.clear()
    return pieces
  }

  /** In proportion to what each gave, as far as each still has it: whoever has less than that keeps what there is. */
  function whatStays(total: bigint): Map<number, bigint> {
    const open = bySourceOrder().sort((a, b) => {
      const [x, y] = [a.left * b.given, b.left * a.given]
      return x < y ? -1 : x > y ? 1 : a.source - b.source
    })
    const stays = new Map<number, bigint>()
    let left = total
    let weight = 0n
    for (const { given } of open) weight += given
    while (open[0] && open[0].left * weight <= left * open[0].given) {
      const short = open.shift() as Contributor
      stays.set(short.source, short.left)
      left -= short.left
      weight -= short.given
    }
    open.sort((a, b) => a.source - b.source)
    const shares = apportion(
      left,
      open.map(({ given }) => given),
    )
    open.forEach(({ source }, at) => {
      stays.set(source, shares[at] as bigint)
    })
    return stays
  }

  function bySourceOrder(): Contributor[] {
    return [...contributors.values()].sort((a, b) => a.source - b.source)
  }
}
