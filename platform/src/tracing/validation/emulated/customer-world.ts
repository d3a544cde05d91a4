/**
 * Customers of exchanges on a chain of accounts, from a seed: whose each address is, and who pays into which deposit address.
 * Most pay into their own, from several addresses; some are paid there by others, which is what the clustering rule must not take
 * for one person. The shares are assumptions. Every move has its fee, so that the ledger shows who signs.
 */
import type { Move } from '../../../chains/index.ts'
import { type Chance, chanceFrom } from './chance.ts'

export type CustomerWorld = {
  readonly chain: string
  readonly coin: { readonly asset: string; readonly decimals: number }
  readonly moves: readonly Move[]
  readonly hotByService: ReadonlyMap<string, readonly string[]>
  /** Tagged as a service that is no exchange. */
  readonly mixer: string
  /** Whose each address is. A deposit address has its customer as owner; where several share it, the service. */
  readonly ownerByAddress: ReadonlyMap<string, string>
  readonly kindByOwner: ReadonlyMap<string, string>
  readonly serviceByDeposit: ReadonlyMap<string, string>
}

const CHAIN = 'eip155:1'
const COIN = `${CHAIN}/slip44:60`
const TOKEN = `${CHAIN}/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7`
const ETHER = 10n ** 18n
const FEE = ETHER / 1_000n
const SECONDS = 12
/** Blocks in which a payment is passed on, and those that are too many for the rule. */
const SOON = 300
const LATE = 5_000

const SERVICES = [
  // `renews`: gives a second deposit address later. `untagged`: gathers at an address that nobody has tagged.
  { name: 'large', customers: 160, hot: 6, renews: 0.1, untagged: 0 },
  { name: 'middle', customers: 80, hot: 3, renews: 0.3, untagged: 0.15 },
  { name: 'small', customers: 24, hot: 1, renews: 0, untagged: 0 },
] as const
/** How many customers of a service that tells them apart by a memo share one deposit address. */
const SHARED = [3, 8, 30] as const
/** Who pays others where they are customers, and how many: of each kind some below the limits of the rule, some above. */
const PAYERS = [
  { kind: 'employer', pays: [6, 12, 40] },
  { kind: 'dealer (OTC)', pays: [4, 50] },
  { kind: 'swap service without a tag', pays: [10] },
] as const

export function playCustomers(seed: string): CustomerWorld {
  const chance = chanceFrom(`customers ${seed}`)
  const moves: Move[] = []
  const owners = new Map<string, string>()
  const kinds = new Map<string, string>()
  const services = new Map<string, string>()
  const hot = new Map(SERVICES.map(({ name, hot: count }) => [name, addresses(name, 'hot', count, name)]))
  const deposits: { readonly address: string; readonly service: (typeof SERVICES)[number] }[] = []
  const [mixer = ''] = addresses('mixer', 'hot', 1, 'mixer')
  const [producer = ''] = addresses('producer', 'own', 1, 'producer')
  kinds.set('producer', 'producer of blocks')
  let height = 1

  for (const service of SERVICES) {
    kinds.set(service.name, 'service')
    for (let n = 0; n < service.customers; n++) customer(service, `${service.name}-${n}`)
  }
  for (const [n, customers] of SHARED.entries()) shared(`memo-${n}`, customers)
  for (const { kind, pays } of PAYERS)
    for (const count of pays) paysOthers(kind, count, (from, to) => pay(from, to, amount(chance), COIN))
  // What the ledger itself shows to be no customer: a contract, a tagged mixer, a producer of blocks.
  const [router = ''] = addresses('router', 'code', 1, 'router')
  kinds.set('router', 'contract')
  for (const { address } of some(8)) paidBy(address, router, 'call')
  kinds.set('mixer', 'mixer')
  for (const { address } of some(8)) paidBy(address, mixer, 'value')
  for (const { address } of some(8)) paidBy(address, producer, 'value')
  gathering('payment processor (contract)', 'call')
  gathering('producer of blocks', 'value')
  return {
    ...{ chain: CHAIN, coin: { asset: COIN, decimals: 18 }, moves, hotByService: hot, mixer },
    ...{ ownerByAddress: owners, kindByOwner: kinds, serviceByDeposit: services },
  }

  /** Pays into his deposit addresses from his own, now in the coin, now in a token; some is passed on too late. */
  function customer(service: (typeof SERVICES)[number], name: string): void {
    kinds.set(name, 'customer')
    const own = addresses(name, 'own', chance.whole(1, 4), name)
    const accounts = addresses(name, 'deposit', chance.happens(service.renews) ? 2 : 1, name)
    // A wallet that is a contract cannot be told from a router: its payments join nothing.
    const wallet = chance.happens(0.08) ? addresses(name, 'wallet', 1, name)[0] : undefined
    for (const account of accounts) {
      services.set(account, service.name)
      deposits.push({ address: account, service })
      for (let times = chance.whole(1, 4); times > 0; times--) {
        const asset = chance.happens(0.4) ? TOKEN : COIN
        const value = amount(chance)
        if (wallet && chance.happens(0.5)) move('call', wallet, account, value, asset, own[0] ?? '')
        else pay(chance.one(own), account, value, asset)
        passOn(service, account, value, asset)
      }
    }
    // A friend, or whoever buys from him, is told the address.
    if (chance.happens(0.07)) {
      const [account = ''] = accounts
      for (let n = chance.whole(1, 3); n > 0; n--) paidBy(account, stranger(`${name}-buyer-${n}`), 'value')
    }
  }

  function shared(name: string, customers: number): void {
    const service = SERVICES[2]
    const [account = ''] = addresses(name, 'deposit', 1, name)
    kinds.set(name, 'customers whom a memo tells apart')
    services.set(account, service.name)
    for (let n = 0; n < customers; n++) {
      const value = amount(chance)
      pay(stranger(`${name}-customer-${n}`), account, value, COIN)
      passOn(service, account, value, COIN)
    }
  }

  function paysOthers(kind: string, count: number, give: (from: string, to: string) => void): void {
    const name = `${kind}-${count}`
    kinds.set(name, kind)
    const [from = ''] = addresses(name, 'own', 1, name)
    for (const { address, service } of some(count)) {
      const before = moves.length
      give(from, address)
      passOn(service, address, moves[before]?.amount ?? 0n, COIN)
    }
  }

  function paidBy(account: string, from: string, kind: 'value' | 'call'): void {
    const service = deposits.find(({ address }) => address === account)?.service ?? SERVICES[0]
    const value = amount(chance)
    if (kind === 'call') move('call', from, account, value, COIN, stranger(`caller-${height}`))
    else pay(from, account, value, COIN)
    passOn(service, account, value, COIN)
  }

  /** Whoever is paid by several and brings it to an exchange, though it gave him no address. */
  function gathering(kind: string, by: 'value' | 'call'): void {
    const [service] = SERVICES
    const [address = ''] = addresses(kind, 'own', 1, kind)
    kinds.set(kind, kind)
    services.set(address, service.name)
    for (let n = 0; n < 6; n++) {
      const value = amount(chance)
      pay(stranger(`${kind}-payer-${n}`), address, value, COIN)
      const to = chance.one(hot.get(service.name) ?? [])
      if (by === 'call') move('call', address, to, value, COIN, stranger(`${kind}-operator`))
      else {
        pay(address, to, value - FEE, COIN)
        // Of the fees of the next block he is paid one, which he keeps.
        if (n === 0)
          move('value', stranger('somebody'), stranger('somebody else'), FEE, COIN, stranger('somebody'), address)
      }
    }
  }

  function some(count: number): typeof deposits {
    return chance.shuffled(deposits).slice(0, count)
  }

  function stranger(name: string): string {
    kinds.set(name, 'stranger')
    return addresses(name, 'own', 1, name)[0] ?? ''
  }

  /** All of it but the fee; a token whole, with coins for the fee from the service. */
  function passOn(service: (typeof SERVICES)[number], account: string, value: bigint, asset: string): void {
    height += chance.happens(0.06) ? LATE : chance.whole(1, SOON)
    const gathers = chance.happens(service.untagged)
    const wallets = hot.get(service.name) ?? []
    const to = gathers ? (addresses(`${service.name}-collector`, 'hot', 1, service.name)[0] ?? '') : chance.one(wallets)
    if (asset !== COIN) pay(chance.one(wallets), account, FEE, COIN)
    pay(account, to, asset === COIN ? value - FEE : value, asset)
  }

  function pay(from: string, to: string, value: bigint, asset: string): void {
    move(asset === COIN ? 'value' : 'token', from, to, value, asset, from)
  }

  function move(
    kind: Move['kind'],
    from: string,
    to: string,
    value: bigint,
    asset: string,
    signer: string,
    feeTo = producer,
  ): void {
    height += 1
    const time = height * SECONDS
    const common = { txid: `0x${height.toString(16).padStart(64, '0')}`, height, time, txIndex: 0 }
    const fee = { ...common, order: 1, place: 'fee', kind: 'fee', asset: COIN, from: signer, to: feeTo } as const
    moves.push({ ...common, order: 0, place: 'value', kind, asset, from, to, amount: value }, { ...fee, amount: FEE })
  }

  function addresses(name: string, role: string, count: number, owner: string): readonly string[] {
    const found = Array.from({ length: count }, (_, n) => `${name}/${role}/${n}`)
    for (const address of found) owners.set(address, owner)
    return found
  }
}

function amount(chance: Chance): bigint {
  return chance.units(100n, 5_000n) * (ETHER / 1_000n)
}
