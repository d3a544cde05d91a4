/**
 * A world: people and services that pay each other on a chain of their own, from a seed, with everything known that an
 * analyst would have to guess. The same name and seed give the same bytes.
 */
import { type ChainPack, shippedChainPacks } from '../../../chains/index.ts'
import { startChain } from './chain.ts'
import { chanceFrom } from './chance.ts'
import {
  batchPayout,
  consolidation,
  depositSweep,
  dusting,
  equalPayout,
  equalSplit,
  hot,
  newPlaceOf,
  payJoin,
  payment,
  peel,
  selfTransfer,
  stonewall,
} from './everyday.ts'
import { joinMarket, wasabi1, wasabi2, whirlpool, whirlpoolTx0 } from './mixing.ts'
import { makePerson, type Person, payFrom, type Scene } from './people.ts'
import type { Period } from './periods.ts'
import type { EmulatedKind, Theft, World } from './truth.ts'

export type WorldSize = {
  readonly transactions: number
  readonly users: number
}

const FIRST_COINS = 60
const PER_BLOCK = 16

export function playWorld(
  period: Period,
  seed: string,
  size: WorldSize,
  pack: ChainPack = shippedChainPacks[0] as ChainPack,
): World {
  const chance = chanceFrom(`${period.name} ${seed}`)
  const chain = startChain(pack, `${period.name} ${seed}`, period.firstHeight, period.firstTime)
  const people = (kind: Person['kind'], count: number) =>
    Array.from({ length: count }, (_, n) => makePerson(`${kind}-${n + 1}`, kind, chance, period))
  const users = people('user', size.users)
  const exchanges = people('exchange', 3)
  const merchants = people('merchant', 4)
  const thieves = people('thief', 3)
  const miners = people('miner', 3)
  const [coordinator] = people('coordinator', 1) as [Person]
  const deposits = new Map<string, ReturnType<typeof chain.newPlace>>()
  const thefts: Theft[] = []
  const scene: Scene = { chain, chance, period, users, exchanges, merchants, thieves, coordinator, depositPlace }

  // The exchanges begin with what was mined for them; later blocks go to miners, who sell to exchanges.
  for (let n = 0; n < FIRST_COINS; n++) {
    const exchange = exchanges[n % exchanges.length] as Person
    chain.closeBlock(chain.newPlace(exchange.id, exchange.form, 'hot'))
  }
  for (let n = 0; n < 3; n++) batchPayout(scene)
  while (chain.transactions.length < size.transactions) {
    play(chance.weighed(period.scenes))
    if (chain.pending >= PER_BLOCK) close()
  }
  if (chain.pending > 0) close()

  const everybody = [...users, ...exchanges, ...merchants, ...thieves, ...miners, coordinator]
  const depositAddresses = new Set([...deposits.values()].flatMap(({ address }) => address ?? []))
  const spent = chain.transactions.flatMap(({ inputs }) => inputs.flatMap(({ prevout }) => prevout?.address ?? []))
  const isHot = (address: string) =>
    !depositAddresses.has(address) && (chain.ownerByAddress.get(address) ?? '').startsWith('exchange-')
  return {
    name: period.name,
    seed,
    transactions: chain.transactions,
    blocks: chain.blocks,
    truthByTxid: chain.truthByTxid,
    ownerByAddress: chain.ownerByAddress,
    kindByOwner: new Map(everybody.map(({ id, kind }) => [id, kind])),
    depositAddresses,
    hotAddresses: new Set(spent.filter(isHot)),
    thefts,
  }

  function close(): void {
    const miner = chance.one(miners)
    chain.closeBlock(newPlaceOf(scene, miner))
    const poor = [...exchanges].sort((a, b) => (hot(scene, a) < hot(scene, b) ? -1 : 1))[0] as Person
    const sold = chain.coins(miner.id).slice(0, 1)
    const to = chain.newPlace(poor.id, poor.form, 'hot')
    const [coin] = sold
    if (coin) payFrom(scene, miner, 'own', 'payment', [{ value: (coin.value * 9n) / 10n, to }], sold)
  }

  function play(kind: Exclude<EmulatedKind, 'coinbase' | 'payment-without-change'>): boolean {
    switch (kind) {
      case 'payment':
        return payment(scene)
      case 'batch-payout':
        return batchPayout(scene)
      case 'equal-payout':
        return equalPayout(scene)
      case 'deposit-sweep':
        return depositSweep(scene)
      case 'consolidation':
        return consolidation(scene)
      case 'self-transfer':
        return selfTransfer(scene)
      case 'equal-split':
        return equalSplit(scene)
      case 'peel':
        return peel(scene)
      case 'dusting':
        return dusting(scene)
      case 'payjoin':
        return payJoin(scene)
      case 'stonewall':
        return stonewall(scene)
      case 'theft':
        return theft()
      case 'whirlpool-tx0':
        return whirlpoolTx0(scene)
      case 'whirlpool':
        return whirlpool(scene)
      case 'joinmarket':
        return joinMarket(scene)
      case 'wasabi-2':
        return wasabi2(scene)
      case 'wasabi-1.0':
      case 'wasabi-1.1':
        return wasabi1(scene, kind)
    }
  }

  /** A thief takes from an exchange: half is peeled off, half he keeps to mix and spend. */
  function theft(): boolean {
    const thief = chance.one(thieves)
    const victim = chance.one(exchanges)
    const amount = chance.units(500_000_000n, 3_000_000_000n)
    const peeled = chain.newPlace(thief.id, thief.form, 'peel')
    const kept = newPlaceOf(scene, thief)
    const coins = payFrom(scene, victim, 'hot', 'theft', [
      { value: amount, to: peeled },
      { value: amount / 3n, to: kept },
    ])
    for (const coin of coins ?? [])
      if (coin.place.owner === thief.id)
        thefts.push({ txid: coin.txid, vout: coin.vout, amount: coin.value, thief: thief.id })
    return coins !== null
  }

  function depositPlace(exchange: Person, user: Person) {
    const key = `${exchange.id} ${user.id}`
    const known = deposits.get(key) ?? chain.newPlace(exchange.id, exchange.form, 'deposit')
    deposits.set(key, known)
    return known
  }
}
