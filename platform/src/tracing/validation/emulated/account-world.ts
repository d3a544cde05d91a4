/**
 * A chain of accounts with services of three sizes and the people who use them, from a seed, as flows: who paid whom, in order.
 * Deposit addresses are filled and emptied as services do it; beside them are people whose own wallets look much alike. The
 * shares are assumptions.
 */
import type { Flow } from '../../indicators/activity.ts'
import { type Chance, chanceFrom } from './chance.ts'

export type AccountWorld = {
  readonly flowsByAddress: ReadonlyMap<string, readonly Flow[]>
  readonly hotByService: ReadonlyMap<string, readonly string[]>
  /** Those that were emptied. */
  readonly serviceByDeposit: ReadonlyMap<string, string>
  readonly kindByAddress: ReadonlyMap<string, string>
}

/** Customers, and hot wallets between which payments in and out are spread. */
const SERVICES = [
  { name: 'large', customers: 400, hot: 6 },
  { name: 'middle', customers: 80, hot: 3 },
  { name: 'small', customers: 16, hot: 1 },
] as const
const ASSET = 'eip155:1/slip44:60'
const SECONDS = 12

export function playAccountWorld(seed: string): AccountWorld {
  const chance = chanceFrom(`accounts ${seed}`)
  const flows = new Map<string, Flow[]>()
  const kinds = new Map<string, string>()
  const deposits = new Map<string, string>()
  const hot = new Map(SERVICES.map(({ name, hot: count }) => [name, addresses(name, 'hot', count)]))
  let height = 0

  for (const { name, customers } of SERVICES) {
    const wallets = hot.get(name) ?? []
    for (let n = 0; n < customers; n++) {
      deposit(name, wallets, `${name}-customer-${n}`)
      // Somebody who is paid for his work and brings all of it to one service: the shape is the same.
      if (chance.happens(0.08)) cashOut(`${name}-earner-${n}`, wallets)
      if (chance.happens(0.3)) trader(`${name}-trader-${n}`)
    }
  }
  return {
    flowsByAddress: flows,
    hotByService: new Map([...hot].map(([name, its]) => [name, its])),
    serviceByDeposit: deposits,
    kindByAddress: kinds,
  }

  function deposit(service: string, wallets: readonly string[], customer: string): void {
    const [address = ''] = addresses(customer, 'deposit', 1)
    kinds.set(address, 'deposit address of another service')
    let has = 0n
    for (let times = chance.whole(1, 5); times > 0; times--) {
      const [payer = ''] = addresses(`${customer}-${chance.happens(0.7) ? 0 : times}`, 'own', 1)
      const value = amount(chance)
      move(payer, address, value)
      has += value
    }
    // Some services gather at an address that nobody has tagged, some leave small sums where they are.
    if (chance.happens(0.1)) return
    const [collector = ''] = addresses(`${service}-collector`, 'hot', 1)
    move(address, chance.happens(0.15) ? collector : chance.one(wallets), has)
    deposits.set(address, service)
  }

  function cashOut(name: string, wallets: readonly string[]): void {
    const [address = ''] = addresses(name, 'own', 1)
    kinds.set(address, 'person who pays one service only')
    let has = 0n
    for (let times = chance.whole(1, 4); times > 0; times--) {
      const value = amount(chance)
      move(addresses(`${name}-${times}`, 'employer', 1)[0] ?? '', address, value)
      has += value
    }
    move(address, chance.one(wallets), has)
  }

  /** Pays services and others from his own wallet: between nothing and nearly all to one. */
  function trader(name: string): void {
    const [address = ''] = addresses(name, 'own', 1)
    kinds.set(address, 'person who pays several')
    const value = 10n * amount(chance)
    move(addresses(name, 'friend', 1)[0] ?? '', address, value)
    const part = (value * BigInt(chance.whole(5, 99))) / 100n
    move(address, chance.one(hot.get(chance.one(SERVICES).name) ?? []), part)
    if (part < value) move(address, addresses(name, 'shop', 1)[0] ?? '', value - part)
  }

  function move(from: string, to: string, value: bigint): void {
    height += 1
    const common = { txid: `0x${height.toString(16).padStart(64, '0')}`, height, time: height * SECONDS, asset: ASSET }
    const plain = { ...common, value, coinJoin: [], stonewall: false }
    const add = (address: string, flow: Flow) => flows.set(address, [...(flows.get(address) ?? []), flow])
    add(from, { ...plain, direction: 'out', others: [{ address: to, value }] })
    add(to, { ...plain, direction: 'in', others: [{ address: from, value }] })
  }
}

function addresses(owner: string, role: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `${owner}/${role}/${n}`)
}

function amount(chance: Chance): bigint {
  return chance.units(1n, 5_000n) * 10n ** 15n
}
