/** Who lives in a world, and how the wallet of each one behaves. */

import type { ChainMaker, Coin, Payment, Place, Role } from './chain.ts'
import type { Chance } from './chance.ts'
import type { Period, ScriptForm } from './periods.ts'
import type { EmulatedKind, OwnerKind } from './truth.ts'

export type Person = {
  readonly id: string
  readonly kind: OwnerKind
  readonly form: ScriptForm
  /** Where change goes: to a new address, or back to one that is spent. */
  readonly change: 'fresh' | 'back'
  readonly pick: 'oldest' | 'largest' | 'any'
  /** Whether its transactions carry the height as lock time, as wallets do that discourage fee sniping. */
  readonly locksAtHeight: boolean
  /** Satoshi for each virtual byte. */
  readonly feeRate: bigint
  /** How often it pays round amounts. */
  readonly rounds: number
}

export type Scene = {
  readonly chain: ChainMaker
  readonly chance: Chance
  readonly period: Period
  readonly users: readonly Person[]
  readonly exchanges: readonly Person[]
  readonly merchants: readonly Person[]
  readonly thieves: readonly Person[]
  readonly coordinator: Person
  /** The deposit address that an exchange gave to a user. */
  depositPlace(exchange: Person, user: Person): Place
}

export const DUST_LIMIT = 1_000n

export function makePerson(id: string, kind: OwnerKind, chance: Chance, period: Period): Person {
  const service = kind === 'exchange' || kind === 'merchant'
  return {
    id,
    kind,
    form: chance.weighed(period.forms),
    change: chance.happens(service ? 0.5 : 0.15) ? 'back' : 'fresh',
    pick: chance.weighed([
      ['oldest', 3],
      ['largest', 3],
      ['any', 4],
    ]),
    locksAtHeight: chance.happens(0.4),
    feeRate: chance.units(2n, 30n),
    rounds: chance.weighed([
      [0.1, 3],
      [0.5, 4],
      [0.9, 3],
    ]),
  }
}

/** An estimate: sizes differ by form, and no rule that is measured here looks at them. */
export function feeFor(inputs: number, outputs: number, rate: bigint): bigint {
  return (11n + 68n * BigInt(inputs) + 31n * BigInt(outputs)) * rate
}

/** Coins worth `amount` and the fee, as the wallet picks them; `null` where it has too little. */
export function pickCoins(
  coins: readonly Coin[],
  amount: bigint,
  outputs: number,
  { pick, feeRate }: Person,
  chance: Chance,
): readonly Coin[] | null {
  const order =
    pick === 'oldest'
      ? coins
      : pick === 'largest'
        ? [...coins].sort((a, b) => (a.value > b.value ? -1 : a.value < b.value ? 1 : 0))
        : chance.shuffled(coins)
  const picked: Coin[] = []
  let sum = 0n
  for (const coin of order) {
    picked.push(coin)
    sum += coin.value
    if (sum >= amount + feeFor(picked.length, outputs, feeRate)) return picked
  }
  return null
}

/** Pays `payments` from coins of one role; change goes back as the wallet does it. Answers false where it cannot. */
export function payFrom(
  scene: Scene,
  person: Person,
  role: Role,
  kind: EmulatedKind,
  payments: readonly Payment[],
  coins: readonly Coin[] = scene.chain.coins(person.id, role),
): readonly Coin[] | null {
  const { chain, chance } = scene
  const amount = payments.reduce((sum, { value }) => sum + value, 0n)
  const picked = pickCoins(coins, amount, payments.length + 1, person, chance)
  if (!picked) return null
  const sum = picked.reduce((total, { value }) => total + value, 0n)
  const change = sum - amount - feeFor(picked.length, payments.length + 1, person.feeRate)
  const outputs = [...payments]
  if (change >= DUST_LIMIT) {
    const back = person.change === 'back' ? picked[0]?.place : undefined
    const to = back ?? chain.newPlace(person.id, person.form, role)
    outputs.splice(chance.whole(0, outputs.length), 0, { value: change, to })
  }
  const without = kind === 'payment' && change < DUST_LIMIT
  return chain.pay(without ? 'payment-without-change' : kind, {
    inputs: picked,
    outputs,
    payer: person.id,
    locktime: person.locksAtHeight ? chain.height - 1 : 0,
  })
}

/** An amount as this person would pay it: round, or not. */
export function amountUpTo(limit: bigint, person: Person, chance: Chance): bigint {
  const amount = chance.units(limit / 20n, (limit * 6n) / 10n)
  if (!chance.happens(person.rounds)) return amount
  const step = amount > 20_000_000n ? 1_000_000n : amount > 1_000_000n ? 100_000n : 10_000n
  return (amount / step) * step
}

export function balance(coins: readonly Coin[]): bigint {
  return coins.reduce((sum, { value }) => sum + value, 0n)
}
