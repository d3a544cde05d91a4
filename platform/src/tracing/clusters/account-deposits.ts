/**
 * Deposit addresses as a ledger of accounts holds them: which of many addresses are some, whom an address pays, and which
 * payers a guard leaves out. Moves are read in portions, so that no address can fill the memory.
 */
import type { AccountKind, AccountStore, Move } from '../../chains/index.ts'
import type { Tag } from '../tags/index.ts'
import { isService } from '../tags/index.ts'
import { type DepositGuard, depositLimits } from './deposit-guards.ts'
import { type Deposit, type Exchange, exchangeOf, PAYMENTS, readDeposit } from './read-deposit.ts'

/** What clusters of accounts are made of. */
export type AccountLedger = {
  readonly store: AccountStore
  readonly chain: string
  readonly coin: { readonly asset: string; readonly decimals: number }
  /** Tags in force, by address. */
  readonly tagsOf: (addresses: readonly string[]) => Promise<ReadonlyMap<string, readonly Tag[]>>
}

/** Addresses that are asked for together. */
const BATCH = 200

/** The deposit addresses among these, guards not asked. One that is tagged as a service itself is none. */
export async function depositsAmong(ledger: AccountLedger, addresses: readonly string[]): Promise<readonly Deposit[]> {
  const found: Deposit[] = []
  for (const batch of batches([...new Set(addresses)])) {
    const tags = await ledger.tagsOf(batch)
    const asked = batch.filter((address) => !isTaggedService(tags.get(address)))
    const out = await movesWithin(ledger, asked, 'out')
    const exchanges = await exchangesAmong(ledger, recipients(out.values()))
    const candidates = [...out].flatMap(([address, moves]) =>
      moves.some(({ to }) => to !== null && exchanges.has(to)) ? [address] : [],
    )
    const all = await movesWithin(ledger, candidates, 'both')
    const payers = [...all.values()].flatMap((moves) => moves.flatMap(({ from }) => from ?? []))
    const known = new Map([...exchanges, ...(await exchangesAmong(ledger, [...new Set(payers)]))])
    for (const [address, moves] of all) {
      const signedByOthers = await strangers(ledger, address, moves, known)
      const deposit = readDeposit(address, moves, {
        coin: ledger.coin,
        exchangeOf: (one) => known.get(one) ?? null,
        signedByOthers,
      })
      if (deposit) found.push(deposit)
    }
  }
  return found
}

/** Whom an address pays, each once. */
export async function paidBy(ledger: AccountLedger, payer: string): Promise<readonly string[]> {
  const found = new Set<string>()
  for await (const moves of portions(ledger, [payer], 'out'))
    for (const one of recipients([moves])) if (one !== payer) found.add(one)
  return [...found]
}

/** The same for each of many; whoever pays more than can be read at once is absent. */
export async function paidByEach(
  ledger: AccountLedger,
  payers: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const batch of batches(payers)) {
    const moves = await movesWithin(ledger, batch, 'out')
    for (const [payer, own] of moves)
      found.set(
        payer,
        recipients([own]).filter((address) => address !== payer),
      )
  }
  return found
}

/** Who pays these addresses, each once. */
export async function payersOf(ledger: AccountLedger, addresses: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const batch of batches(addresses)) {
    for await (const moves of portions(ledger, batch, 'in'))
      for (const { from, kind, amount } of moves)
        if (from !== null && amount > 0n && PAYMENTS.includes(kind)) found.add(from)
  }
  return found
}

/** The guard that keeps a deposit address from linking anybody; `null` where none does. */
export function guardOfDeposit(
  { payments }: Deposit,
  kind: AccountKind | undefined,
  without: ReadonlySet<DepositGuard>,
): DepositGuard | null {
  if (kind?.producer && !without.has('deposit-producer')) return 'deposit-producer'
  if (kind && isContract(kind) && !without.has('deposit-contract')) return 'deposit-contract'
  const payers = new Set(payments.map(({ payer }) => payer)).size
  return payers > depositLimits.payersOfDeposit && !without.has('deposit-many-payers') ? 'deposit-many-payers' : null
}

/** The guard that leaves a payer out by what it is, before its deposits are counted. */
export function guardOfPayer(
  tags: readonly Tag[] | undefined,
  kind: AccountKind | undefined,
  without: ReadonlySet<DepositGuard>,
): DepositGuard | null {
  if (isTaggedService(tags) && !without.has('payer-service')) return 'payer-service'
  if (kind?.producer && !without.has('payer-producer')) return 'payer-producer'
  return kind && isContract(kind) && !without.has('payer-contract') ? 'payer-contract' : null
}

/** Who signs is no contract, whatever code it runs besides (EIP-7702). */
export function isContract({ signed, code }: AccountKind): boolean {
  return !signed && code.length > 0
}

export function* batches<T>(items: readonly T[], size = BATCH): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size)
}

function isTaggedService(tags: readonly Tag[] | undefined): boolean {
  return (tags ?? []).some((tag) => isService(tag, { minConfidence: 0 }))
}

async function exchangesAmong(
  ledger: AccountLedger,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, Exchange>> {
  const found = new Map<string, Exchange>()
  for (const [address, tags] of await ledger.tagsOf(addresses)) {
    const exchange = exchangeOf(tags)
    if (exchange) found.set(address, exchange)
  }
  return found
}

function recipients(groups: Iterable<readonly Move[]>): readonly string[] {
  const found = new Set<string>()
  for (const moves of groups)
    for (const { to, kind, amount } of moves) if (to !== null && amount > 0n && PAYMENTS.includes(kind)) found.add(to)
  return [...found]
}

/** All moves of each address that has no more of them than an address of one customer may have; the others are left away. */
async function movesWithin(
  ledger: AccountLedger,
  addresses: readonly string[],
  direction: 'out' | 'both',
): Promise<ReadonlyMap<string, readonly Move[]>> {
  if (addresses.length === 0) return new Map()
  const limit = depositLimits.movements
  const { moves, more } = await ledger.store.moves(ledger.chain, { addresses, direction, ...WHOLE, limit })
  if (more) {
    if (addresses.length === 1) return new Map()
    const half = Math.ceil(addresses.length / 2)
    const parts = [addresses.slice(0, half), addresses.slice(half)]
    const found = []
    for (const part of parts) found.push(...(await movesWithin(ledger, part, direction)))
    return new Map(found)
  }
  const byAddress = new Map<string, Move[]>(addresses.map((address) => [address, []]))
  for (const move of moves) {
    const touched = direction === 'out' ? [move.from] : [...new Set([move.from, move.to])]
    for (const address of touched) {
      if (address !== null) byAddress.get(address)?.push(move)
    }
  }
  return byAddress
}

/** Transactions in which tokens left an address for others than exchanges, and which it did not sign. */
async function strangers(
  { store, chain }: AccountLedger,
  address: string,
  moves: readonly Move[],
  exchanges: ReadonlyMap<string, Exchange>,
): Promise<ReadonlySet<string>> {
  const doubtful = moves.flatMap(({ kind, from, to, txid }) =>
    kind === 'token' && from === address && !(to !== null && exchanges.has(to)) ? [txid] : [],
  )
  if (doubtful.length === 0) return new Set()
  const txs = await store.transactions(chain, [...new Set(doubtful)])
  return new Set(txs.flatMap(({ txid, from }) => (from !== null && from !== address ? [txid] : [])))
}

/** The moves of addresses in portions; a block is never divided. */
async function* portions(
  { store, chain }: AccountLedger,
  addresses: readonly string[],
  direction: 'in' | 'out',
): AsyncGenerator<readonly Move[]> {
  let limit: number = depositLimits.movements
  for (let fromHeight = 0; ; ) {
    const { moves, more } = await store.moves(chain, { addresses, direction, ...WHOLE, fromHeight, limit })
    if (!more) {
      yield moves
      return
    }
    const last = moves.at(-1)?.height ?? fromHeight
    if (last === fromHeight) {
      // One block holds more than a portion: it is asked for again, in a larger one.
      limit *= 2
      continue
    }
    yield moves.filter(({ height }) => height < last)
    fromHeight = last
  }
}

const WHOLE = { fromHeight: 0, toHeight: Number.MAX_SAFE_INTEGER }
