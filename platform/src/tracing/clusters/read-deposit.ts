/**
 * Whether an address is a deposit address of a tagged exchange, and which payments it passed on, as its own moves show it.
 * Amounts are held against what the address had, fees included, asset by asset.
 */
import type { Move } from '../../chains/index.ts'
import { isService, type Tag } from '../tags/index.ts'
import { depositLimits } from './deposit-guards.ts'

/** Fees, rewards and wrapping pay nobody and are paid by nobody. A table of an analyst (`flow`) is no evidence. */
export const PAYMENTS: readonly Move['kind'][] = ['value', 'call', 'create', 'selfdestruct', 'token']

export type DepositPayment = {
  readonly payer: string
  readonly txid: string
  readonly height: number
  readonly index: number | null
  readonly time: number | null
  readonly asset: string
  readonly amount: bigint
  /** The transaction with which it went on to the exchange. */
  readonly forwardedBy: string
  readonly forwardedHeight: number
}

export type Deposit = {
  readonly address: string
  /** The actor that the tags name, or else their label. */
  readonly service: string
  /** Addresses of the exchange that it paid. */
  readonly to: readonly string[]
  readonly tags: readonly string[]
  readonly assets: readonly string[]
  /** That were passed on in time, in the order of the chain; the exchange's own payments (for gas) left out. */
  readonly payments: readonly DepositPayment[]
  /** Payments that were passed on, of whom no source says who paid. */
  readonly unknownPayers: number
  /** Whether more left than had come: then the data does not hold all of it. */
  readonly hadMore: boolean
}

/** What one address passed to an exchange. `others`: transactions that somebody else signed. */
export type DepositFacts = {
  readonly coin: { readonly asset: string; readonly decimals: number }
  readonly exchangeOf: (address: string) => Exchange | null
  readonly signedByOthers: ReadonlySet<string>
}

export type Exchange = { readonly name: string; readonly tag: string }

/** The tag that says that this is an exchange; the most confident first. Mixers, casinos and the like give no such account. */
export function exchangeOf(tags: readonly Tag[]): Exchange | null {
  const tag = tags.find(
    (one) => isService(one, { minConfidence: 0 }) && (one.category === 'exchange' || one.concepts.includes('exchange')),
  )
  return tag ? { name: tag.actor ?? tag.label, tag: tag.id } : null
}

/** `moves`: all of the address, in the order of the ledger. */
export function readDeposit(address: string, moves: readonly Move[], facts: DepositFacts): Deposit | null {
  const service = oneService(address, moves, facts)
  if (service === null) return null
  const payments: DepositPayment[] = []
  const found = { to: new Set<string>(), tags: new Set<string>(), assets: new Set<string>() }
  let [unknownPayers, hadMore] = [0, false]
  for (const [asset, ofAsset] of Map.groupBy(moves, (move) => move.asset)) {
    const book: Book = { held: 0n, pending: [], hadMore: false }
    for (const group of Map.groupBy(ofAsset, ({ txid }) => txid).values()) {
      const passed = applyGroup(address, group, book, facts, service)
      if (passed.length === 0 || !isWhole(book.held, sum(passed), asset, facts.coin)) continue
      for (const { to } of passed) {
        const exchange = to === null ? null : facts.exchangeOf(to)
        if (to === null || exchange === null) continue
        found.to.add(to)
        found.tags.add(exchange.tag)
        found.assets.add(asset)
      }
      const [last] = passed
      for (const one of book.pending) {
        if (!last || !inTime(one, last)) continue
        if (one.from === null) unknownPayers++
        else if (facts.exchangeOf(one.from)?.name !== service) payments.push(paymentOf(one, one.from, last))
      }
      book.pending = []
    }
    hadMore ||= book.hadMore
  }
  if (payments.length === 0) return null
  const sorted = (all: ReadonlySet<string>) => [...all].sort()
  return {
    address,
    service,
    ...{ to: sorted(found.to), tags: sorted(found.tags), assets: sorted(found.assets) },
    payments: payments.sort(byPlace),
    unknownPayers,
    hadMore,
  }
}

/** The one exchange to which (nearly) everything went that left by the address's own hand, in each asset; else `null`. */
function oneService(address: string, moves: readonly Move[], facts: DepositFacts): string | null {
  let name: string | null = null
  const leftByAsset = new Map<string, { all: bigint; toOne: bigint }>()
  for (const { kind, from, to, asset, amount, txid } of moves) {
    if (from !== address || to === address || amount === 0n || !PAYMENTS.includes(kind)) continue
    const exchange = to === null ? null : facts.exchangeOf(to)
    // A forged Transfer event, or a pull by approval: not its own hand.
    if (exchange === null && kind === 'token' && facts.signedByOthers.has(txid)) continue
    if (exchange !== null && name !== null && exchange.name !== name) return null
    name ??= exchange?.name ?? null
    const left = leftByAsset.get(asset) ?? { all: 0n, toOne: 0n }
    leftByAsset.set(asset, {
      all: left.all + amount,
      toOne: left.toOne + (exchange === null ? 0n : amount),
    })
  }
  for (const { all, toOne } of leftByAsset.values())
    if (toOne * 100n < BigInt(depositLimits.toOnePercent) * all) return null
  return name
}

type Book = { held: bigint; pending: Move[]; hadMore: boolean }

/** Applies the moves of one transaction; gives those that pass on to the exchange. */
function applyGroup(
  address: string,
  group: readonly Move[],
  book: Book,
  facts: DepositFacts,
  service: string,
): readonly Move[] {
  const passed: Move[] = []
  for (const move of group) {
    const { from, to, amount, kind } = move
    if (from === to || amount === 0n || kind === 'flow') continue
    const isPayment = PAYMENTS.includes(kind)
    if (to === address) {
      book.held += amount
      if (isPayment) book.pending.push(move)
    } else {
      book.held -= amount
      if (isPayment && to !== null && facts.exchangeOf(to)?.name === service) passed.push(move)
    }
  }
  if (book.held < 0n) {
    book.held = 0n
    book.hadMore = true
  }
  return passed
}

/** Whether (nearly) all that was there went. */
function isWhole(stays: bigint, passed: bigint, asset: string, coin: DepositFacts['coin']): boolean {
  const allowed =
    asset === coin.asset ? (BigInt(depositLimits.staysThousandths) * 10n ** BigInt(coin.decimals)) / 1_000n : 0n
  return stays <= allowed && stays * 100n <= BigInt(depositLimits.staysPercent) * (stays + passed)
}

function inTime(paid: Move, passedOn: Move): boolean {
  if (passedOn.height - paid.height <= depositLimits.withinBlocks) return true
  return paid.time !== null && passedOn.time !== null && passedOn.time - paid.time <= depositLimits.withinSeconds
}

function paymentOf(move: Move, payer: string, last: Move): DepositPayment {
  const { txid, height, txIndex: index, time, asset, amount } = move
  const passedOn = { forwardedBy: last.txid, forwardedHeight: last.height }
  return { payer, txid, height, index, time, asset, amount, ...passedOn }
}

function byPlace(a: DepositPayment, b: DepositPayment): number {
  return (
    a.height - b.height ||
    (a.index ?? Number.MAX_SAFE_INTEGER) - (b.index ?? Number.MAX_SAFE_INTEGER) ||
    compare(a.txid, b.txid) ||
    compare(a.payer, b.payer)
  )
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function sum(moves: readonly Move[]): bigint {
  return moves.reduce((all, { amount }) => all + amount, 0n)
}
