/**
 * CoinJoins, by the shape that each protocol gives them. The shapes follow the published descriptions that the detectors
 * are written from, with what those leave open drawn by chance: figures measured on them are of a model, and say so.
 */
import type { Coin, Payment, Role } from './chain.ts'
import { newPlaceOf, payOut } from './everyday.ts'
import { balance, feeFor, type Person, type Scene } from './people.ts'
import type { EmulatedKind } from './truth.ts'

const WASABI_BASE = 10_000_000n
const POOLS = [
  { size: 100_000n, fee: 5_000n },
  { size: 1_000_000n, fee: 50_000n },
  { size: 5_000_000n, fee: 175_000n },
] as const

type Joined = { readonly person: Person; readonly coins: readonly Coin[]; readonly sum: bigint }

/** Wasabi 1: one denomination near 0.1 BTC, change for each, a fee to the coordinator. With levels it is version 1.1. */
export function wasabi1(scene: Scene, kind: 'wasabi-1.0' | 'wasabi-1.1'): boolean {
  const { chain, chance, period, coordinator } = scene
  const denomination = WASABI_BASE + chance.units(-150_000n, 150_000n)
  const joined = gather(scene, chance.whole(11, 45), 'v0_p2wpkh', [10_400_000n, 60_000_000n], 3)
  if (joined.length < 10) return false
  const outputs: Payment[] = []
  for (const { person, sum } of joined) {
    const fresh = () => chain.newPlace(person.id, 'v0_p2wpkh')
    let left = sum - 60_000n
    outputs.push({ value: denomination, to: fresh() })
    left -= denomination
    for (let factor = 2n; kind === 'wasabi-1.1' && left > factor * denomination; factor *= 2n) {
      outputs.push({ value: factor * denomination, to: fresh() })
      left -= factor * denomination
    }
    if (left > 5_000n) outputs.push({ value: left, to: fresh() })
  }
  const to =
    period.wasabiCoordinator === null
      ? chain.newPlace(coordinator.id, 'v0_p2wpkh')
      : chain.placeOf(period.wasabiCoordinator, coordinator.id)
  outputs.push({ value: 30_000n * BigInt(joined.length), to })
  return join(scene, kind, joined, chance.shuffled(outputs))
}

/** Wasabi 2: many inputs, outputs in standard denominations, both by falling value. A few rounds are small. */
export function wasabi2(scene: Scene): boolean {
  const { chain, chance } = scene
  const people = chance.happens(0.2) ? chance.whole(12, 20) : chance.whole(25, 60)
  const joined = gather(scene, people, 'v0_p2wpkh', [300_000n, 90_000_000n], 4)
  if (joined.length < 10) return false
  const standard = denominations()
  const outputs: Payment[] = []
  for (const { person, coins, sum } of joined) {
    const fresh = () => chain.newPlace(person.id, 'v0_p2wpkh')
    let left = sum - feeFor(coins.length, 6, 8n)
    for (const value of standard) {
      if (outputs.length > 400) break
      while (left >= value && chance.happens(0.8)) {
        outputs.push({ value, to: fresh() })
        left -= value
      }
    }
    if (left > 20_000n) outputs.push({ value: left, to: fresh() })
  }
  const falling = [...outputs].sort((a, b) => (a.value > b.value ? -1 : a.value < b.value ? 1 : 0))
  return join(scene, 'wasabi-2', joined, falling, true)
}

/** Whirlpool's preparation: equal premix outputs, the fee of the pool, change, a message in OP_RETURN. */
export function whirlpoolTx0(scene: Scene): boolean {
  const { chain, chance, users, coordinator } = scene
  const pool = chance.one(POOLS)
  const user = chance.one(users)
  const coins = chain.coins(user.id)
  const excess = chance.units(2_000n, 12_000n)
  const most = (balance(coins) - pool.fee * 2n) / (pool.size + excess) - 1n
  if (most < 1n || coins.length > 10) return false
  const parts = most > 12n ? chance.whole(3, 12) : Number(most)
  const premix = Array.from({ length: parts }, () => ({
    value: pool.size + excess,
    to: chain.newPlace(user.id, 'v0_p2wpkh', 'premix'),
  }))
  const sum = balance(coins)
  const change = sum - balanceOf(premix) - pool.fee - feeFor(coins.length, parts + 3, user.feeRate)
  if (change < 1_000n) return false
  chain.pay('whirlpool-tx0', {
    inputs: coins,
    outputs: [
      { value: 0n, to: null },
      { value: pool.fee, to: chain.newPlace(coordinator.id, 'v0_p2wpkh') },
      ...premix,
      { value: change, to: newPlaceOf(scene, user) },
    ],
    payer: user.id,
  })
  return true
}

/** A mix: five (now and then eight) in, as many out, all of the size of the pool; entrants pay for those who mix again. */
export function whirlpool(scene: Scene): boolean {
  const { chain, chance, users } = scene
  const size = chance.weighed<5 | 8>([
    [5, 9],
    [8, 1],
  ])
  for (const pool of chance.shuffled(POOLS)) {
    const of = (role: Role, fits: (value: bigint) => boolean) =>
      users.flatMap(({ id }) => chance.shuffled(chain.coins(id, role).filter(({ value }) => fits(value))).slice(0, 1))
    const entrants = chance.shuffled(of('premix', (value) => value > pool.size && value <= pool.size + 110_000n))
    const again = chance.shuffled(of('postmix', (value) => value === pool.size))
    const seats = Math.min(entrants.length, again.length > 0 ? chance.whole(2, 4) : size)
    const inputs = [...entrants.slice(0, seats), ...again.slice(0, size - seats)]
    if (inputs.length !== size || seats === 0) continue
    const outputs = inputs.map(({ place }) => ({
      value: pool.size,
      to: chain.newPlace(place.owner, 'v0_p2wpkh', chance.happens(0.85) ? 'postmix' : 'own'),
    }))
    chain.pay('whirlpool', { inputs: chance.shuffled(inputs), outputs: chance.shuffled(outputs), payer: null })
    return true
  }
  return false
}

/** JoinMarket: a taker and makers, one amount of the taker's choice, change for nearly all. */
export function joinMarket(scene: Scene): boolean {
  const { chain, chance } = scene
  const amount = chance.happens(0.5) ? chance.units(2n, 60n) * 500_000n : chance.units(1_000_000n, 30_000_000n)
  const joined = gather(scene, chance.whole(3, 9), 'v0_p2wpkh', [amount + 40_000n, amount * 3n], 3)
  if (joined.length < 3) return false
  const fee = feeFor(3 * joined.length, 2 * joined.length, 4n)
  const outputs = joined.flatMap(({ person, sum }, n): Payment[] => {
    const fresh = () => chain.newPlace(person.id, 'v0_p2wpkh')
    // The taker stands first here: he pays the fee of the chain and those of the makers.
    const change = sum - amount - (n === 0 ? fee + 500n * BigInt(joined.length) : -500n)
    return [{ value: amount, to: fresh() }, ...(change > 2_730n ? [{ value: change, to: fresh() }] : [])]
  })
  if (balanceOf(outputs) > joined.reduce((total, { sum }) => total + sum, 0n)) return false
  return join(scene, 'joinmarket', joined, chance.shuffled(outputs))
}

/** People with coins of one form worth between two bounds; whoever lacks them is paid out by an exchange first. */
function gather(
  scene: Scene,
  people: number,
  form: 'v0_p2wpkh',
  [least, most]: readonly [bigint, bigint],
  inputs: number,
): readonly Joined[] {
  const { chain, chance, users } = scene
  const chosen = chance.shuffled(users).slice(0, people)
  const fitting = (person: Person) =>
    chance.shuffled(chain.coins(person.id).filter(({ place }) => place.type === form)).slice(0, inputs)
  const short = chosen.filter((person) => balance(fitting(person)) < least)
  if (short.length > 0) {
    const owed = short.map((person) => [person, chance.units(least, most), chain.newPlace(person.id, form)] as const)
    if (!payOut(scene, owed)) return []
  }
  return chosen.flatMap((person) => {
    const largest = [...chain.coins(person.id)]
      .filter(({ place }) => place.type === form)
      .sort((a, b) => (a.value > b.value ? -1 : 1))
    const coins = largest.slice(0, chance.whole(1, inputs))
    const sum = balance(coins)
    return sum >= least ? [{ person, coins, sum }] : []
  })
}

function join(
  scene: Scene,
  kind: EmulatedKind,
  joined: readonly Joined[],
  outputs: readonly Payment[],
  falling = false,
): boolean {
  const coins = joined.flatMap((each) => each.coins)
  const inputs = falling
    ? [...coins].sort((a, b) => (a.value > b.value ? -1 : a.value < b.value ? 1 : 0))
    : scene.chance.shuffled(coins)
  scene.chain.pay(kind, { inputs, outputs, payer: null })
  return true
}

/** Powers of two, of three and their doubles, and 1-2-5, from 5,000 to 134,375,000,000 satoshi, falling: Wasabi 2's list. */
function denominations(): readonly bigint[] {
  const found = new Set<bigint>()
  for (const [radix, factors] of [
    [2n, [1n]],
    [3n, [1n, 2n]],
    [10n, [1n, 2n, 5n]],
  ] as const)
    for (let power = 1n; power <= 134_375_000_000n; power *= radix)
      for (const factor of factors) if (power * factor >= 5_000n) found.add(power * factor)
  return [...found].filter((value) => value <= 134_375_000_000n).sort((a, b) => (a > b ? -1 : 1))
}

function balanceOf(payments: readonly Payment[]): bigint {
  return payments.reduce((sum, { value }) => sum + value, 0n)
}
