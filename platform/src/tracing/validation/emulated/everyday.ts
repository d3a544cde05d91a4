/** What happens on a chain every day. Each scene answers whether it could be played. */
import type { Payment, Place } from './chain.ts'
import { amountUpTo, balance, feeFor, type Person, payFrom, type Scene } from './people.ts'

/** A user pays another, a merchant, or into his account at an exchange. */
export function payment(scene: Scene): boolean {
  const { chain, chance, users, merchants, exchanges } = scene
  const user = chance.one(users)
  const has = balance(chain.coins(user.id))
  if (has < 100_000n) return false
  const target = chance.weighed<'user' | 'exchange' | 'merchant'>([
    ['user', 5],
    ['exchange', 3],
    ['merchant', 2],
  ])
  const to =
    target === 'exchange'
      ? scene.depositPlace(chance.one(exchanges), user)
      : target === 'merchant'
        ? newPlaceOf(scene, chance.one(merchants))
        : newPlaceOf(scene, chance.one(users.filter(({ id }) => id !== user.id)))
  const whole = chance.happens(0.05)
  const coins = chain.coins(user.id)
  if (whole) {
    // Everything goes: no change, as when an account is emptied.
    const value = has - feeFor(coins.length, 1, user.feeRate)
    if (value < 1_000n || coins.length > 20) return false
    chain.pay('payment-without-change', { inputs: coins, outputs: [{ value, to }], payer: user.id })
    return true
  }
  return payFrom(scene, user, 'own', 'payment', [{ value: amountUpTo(has, user, chance), to }]) !== null
}

/** An exchange pays customers out, together. */
export function batchPayout(scene: Scene): boolean {
  const { chance, users } = scene
  const customers = chance.shuffled(users).slice(0, chance.whole(3, 40))
  return payOut(
    scene,
    customers.map((user) => [user, chance.units(500_000n, 60_000_000n)]),
  )
}

export function payOut(scene: Scene, owed: readonly (readonly [Person, bigint, Place?])[]): boolean {
  const { chain, chance, exchanges } = scene
  const richest = [...exchanges].sort((a, b) => (hot(scene, a) > hot(scene, b) ? -1 : 1))[0] as Person
  const exchange = chance.happens(0.7) ? richest : chance.one(exchanges)
  const payments = owed.map(([user, value, place]) => ({ value, to: place ?? newPlaceOf(scene, user) }))
  const coins = chain.coins(exchange.id, 'hot')
  return payFrom(scene, exchange, 'hot', 'batch-payout', payments, coins) !== null
}

/** The same amount to many: a promotion, a payout of a pool of miners. Looks like a CoinJoin to some. */
export function equalPayout(scene: Scene): boolean {
  const { chain, chance, exchanges, users } = scene
  const exchange = chance.one(exchanges)
  const value = chance.happens(0.25) ? 10_000_000n : chance.units(10n, 400n) * 50_000n
  const people = chance.shuffled(users).slice(0, chance.whole(3, 24))
  const others = chance.shuffled(users).slice(0, chance.happens(0.5) ? chance.whole(0, 12) : 0)
  const payments = [
    ...people.map((user): Payment => ({ value, to: newPlaceOf(scene, user) })),
    ...others.map((user): Payment => ({ value: chance.units(500_000n, 20_000_000n), to: newPlaceOf(scene, user) })),
  ]
  // Some exchanges pay straight from deposits: many small inputs, the shape of many participants.
  const deposits = chain.coins(exchange.id, 'deposit')
  const fromDeposits = chance.happens(0.5) && balance(deposits) > 2n * balanceOf(payments)
  const from = fromDeposits ? deposits : chain.coins(exchange.id, 'hot')
  const payer: Person = { ...exchange, pick: 'any', change: 'fresh' }
  return payFrom(scene, payer, 'hot', 'equal-payout', chance.shuffled(payments), from) !== null
}

/** An exchange gathers what its customers deposited. */
export function depositSweep(scene: Scene): boolean {
  const { chain, chance, exchanges } = scene
  const exchange = chance.one(exchanges)
  const coins = chance.shuffled(chain.coins(exchange.id, 'deposit')).slice(0, chance.whole(2, 60))
  if (coins.length < 2) return false
  return gather(scene, exchange, 'deposit-sweep', coins, chain.newPlace(exchange.id, exchange.form, 'hot'))
}

/** A user gathers small coins. */
export function consolidation(scene: Scene): boolean {
  const { chain, chance, users } = scene
  const user = chance.one(users)
  const coins = chance.shuffled(chain.coins(user.id)).slice(0, 12)
  if (coins.length < 3) return false
  return gather(scene, user, 'consolidation', coins, chain.newPlace(user.id, user.form))
}

function gather(
  { chain }: Scene,
  person: Person,
  kind: 'deposit-sweep' | 'consolidation',
  coins: Parameters<typeof balance>[0],
  to: Place,
): boolean {
  const value = balance(coins) - feeFor(coins.length, 1, person.feeRate)
  if (value < 1_000n) return false
  chain.pay(kind, { inputs: coins, outputs: [{ value, to }], payer: person.id })
  return true
}

/** A user pays himself: to another wallet of his, of another form. Every output is his. */
export function selfTransfer(scene: Scene): boolean {
  const { chain, chance, users, period } = scene
  const user = chance.one(users)
  const has = balance(chain.coins(user.id))
  if (has < 200_000n) return false
  const to = chain.newPlace(user.id, chance.weighed(period.forms))
  return payFrom(scene, user, 'own', 'self-transfer', [{ value: amountUpTo(has, user, chance), to }]) !== null
}

/** A user splits coins into equal ones. One owner; the shape of a CoinJoin. */
export function equalSplit(scene: Scene): boolean {
  const { chain, chance, users } = scene
  const user = chance.one(users)
  const coins = chain.coins(user.id)
  const parts = chance.whole(3, 8)
  const value = (balance(coins) / BigInt(parts * 2) / 10_000n) * 10_000n
  if (value < 20_000n) return false
  const payments = Array.from({ length: parts }, () => ({ value, to: chain.newPlace(user.id, user.form) }))
  return payFrom(scene, user, 'own', 'equal-split', payments) !== null
}

/** One step of a peeling chain: a thief pays a little out of one large coin, and goes on with the rest. */
export function peel(scene: Scene): boolean {
  const { chain, chance, thieves, exchanges, users } = scene
  const thief = chance.one(thieves)
  const coin = [...chain.coins(thief.id, 'peel')].sort((a, b) => (a.value > b.value ? -1 : 1))[0]
  if (!coin || coin.value < 5_000_000n) return false
  const value = (coin.value * chance.units(10n, 120n)) / 1_000n
  const to = chance.happens(0.7)
    ? scene.depositPlace(chance.one(exchanges), thief)
    : newPlaceOf(scene, chance.one(users))
  const rest = coin.value - value - feeFor(1, 2, thief.feeRate)
  const outputs = [
    { value, to },
    { value: rest, to: chain.newPlace(thief.id, thief.form, 'peel') },
  ]
  chain.pay('peel', { inputs: [coin], outputs: chance.shuffled(outputs), payer: thief.id })
  return true
}

/** Somebody pays dust to addresses that were used, so that they are spent together. */
export function dusting(scene: Scene): boolean {
  const { chain, chance, users } = scene
  const sender = chance.one(users)
  const others = users.filter(({ id }) => id !== sender.id)
  const places = chance
    .shuffled(others)
    .slice(0, 20)
    .flatMap(({ id }) => chain.coins(id).slice(0, 1))
    .map(({ place }) => place)
  if (places.length < 4) return false
  const payments = places.map((to) => ({ value: 546n, to }))
  return payFrom(scene, sender, 'own', 'dusting', payments) !== null
}

/** The payee adds a coin of his own (BIP 78): two owners, and nothing in the shape that says so. */
export function payJoin(scene: Scene): boolean {
  const { chain, chance, users } = scene
  const [payer, payee] = chance.shuffled(users).slice(0, 2) as [Person, Person]
  const theirs = chance.shuffled(chain.coins(payee.id))[0]
  const coins = chain.coins(payer.id)
  const has = balance(coins)
  if (!theirs || has < 500_000n) return false
  const amount = amountUpTo(has, payer, chance)
  const mine = coins.slice(0, coins.findIndex((_, n) => balance(coins.slice(0, n + 1)) > (amount * 11n) / 10n) + 1)
  const change = balance(mine) - amount - feeFor(mine.length + 1, 2, payer.feeRate)
  if (mine.length === 0 || change < 1_000n) return false
  const outputs = [
    { value: theirs.value + amount, to: newPlaceOf(scene, payee) },
    { value: change, to: chain.newPlace(payer.id, payer.form) },
  ]
  chain.pay('payjoin', {
    inputs: chance.shuffled([...mine, theirs]),
    outputs: chance.shuffled(outputs),
    payer: payer.id,
  })
  return true
}

/** One owner imitates a CoinJoin of two: two equal outputs, one of which pays somebody, and two changes. */
export function stonewall(scene: Scene): boolean {
  const { chain, chance, users } = scene
  const user = chance.one(users)
  const coins = chance.shuffled(chain.coins(user.id))
  const half = Math.floor(coins.length / 2)
  if (half < 1) return false
  const [left, right] = [coins.slice(0, Math.min(half, 3)), coins.slice(half, half + 3)]
  const least = balance(left) < balance(right) ? balance(left) : balance(right)
  const value = (least * 6n) / 10n
  const fee = feeFor(left.length + right.length, 4, user.feeRate) / 2n + 1n
  if (value < 10_000n || least - value - fee < 1_000n) return false
  const to = newPlaceOf(scene, chance.one(users.filter(({ id }) => id !== user.id)))
  const mine = () => chain.newPlace(user.id, user.form)
  const outputs = [
    { value, to },
    { value, to: mine() },
    { value: balance(left) - value - fee, to: mine() },
    { value: balance(right) - value - fee, to: mine() },
  ]
  chain.pay('stonewall', {
    inputs: chance.shuffled([...left, ...right]),
    outputs: chance.shuffled(outputs),
    payer: user.id,
  })
  return true
}

export function newPlaceOf({ chain }: Scene, person: Person): Place {
  return chain.newPlace(person.id, person.form)
}

export function hot({ chain }: Scene, exchange: Person): bigint {
  return balance(chain.coins(exchange.id, 'hot'))
}

function balanceOf(payments: readonly Payment[]): bigint {
  return payments.reduce((sum, { value }) => sum + value, 0n)
}
