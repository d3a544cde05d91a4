/**
 * Two chains with one bridge between them, on which people pay, swap, wrap, mix and deposit, and thieves hide what they took:
 * played on real nodes from a seed. What each act moved, who holds which key, which transfers of the bridge belong together and
 * what was given for what is written down while it is played, and is nowhere read from the chains.
 */

import { sha256Text } from '../../../src/kernel/index.ts'
import { chanceFrom } from '../../../src/tracing/validation/emulated/chance.ts'
import { compileContracts } from './compile.ts'
import type { EvmNode } from './evm-node.ts'
import { type Act, type Address, type Asset, type Hand, handOn, type Receipt, type TrueMove } from './hand.ts'

export type TrueConversion = {
  readonly chainId: number
  readonly txid: string
  readonly kind: 'swap' | 'wrap' | 'unwrap'
  readonly holder: Address
  readonly given: { readonly asset: Asset; readonly amount: bigint }
  readonly received: { readonly asset: Asset; readonly amount: bigint }
}

export type TrueCrossing = {
  readonly nonce: number
  readonly sender: Address
  readonly recipient: Address
  readonly source: { readonly chainId: number; readonly txid: string; readonly amount: bigint }
  /** `null`: never relayed. */
  readonly destination: { readonly chainId: number; readonly txid: string; readonly amount: bigint } | null
}

export type TrueMixing = {
  readonly chainId: number
  readonly deposit: string
  readonly withdrawal: string | null
  readonly depositor: Address
  readonly recipient: Address | null
}

export type EvmSide = {
  readonly node: EvmNode
  readonly token: Address
  readonly wrapped: Address
  readonly pool: Address
  readonly router: Address
  readonly bridge: Address
  readonly mixer: Address
  readonly acts: readonly Act[]
  readonly receipts: readonly Receipt[]
}

export type EvmWorld = {
  readonly sides: readonly [EvmSide, EvmSide]
  readonly conversions: readonly TrueConversion[]
  readonly crossings: readonly TrueCrossing[]
  readonly mixings: readonly TrueMixing[]
  /** Address → who holds its key, or the name of the contract. */
  readonly ownerByAddress: ReadonlyMap<Address, string>
  readonly depositAddresses: readonly Address[]
  readonly hotWallets: readonly Address[]
  readonly thefts: readonly { readonly chainId: number; readonly txid: string; readonly thief: Address }[]
}

export const COIN = 10n ** 18n
const SIZE = COIN
/** What the bridge keeps: a thousandth, at least one unit. */
const bridgeFee = (amount: bigint) => amount / 1_000n + 1n

type Side = Omit<EvmSide, 'acts' | 'receipts'> & {
  readonly hand: Hand
  readonly funder: Address
  readonly splitter: Address
  readonly refusing: Address
  reserves: { token: bigint; wrapped: bigint }
  readonly held: Map<string, bigint>
}

/** `firstTime`: seconds; the first block of the nodes is made then. */
export type EvmWorldAsked = { readonly seed: string; readonly rounds: number; readonly firstTime: number }

/** The world whose bridge events are shipped in vectors/validation/evm-world. */
export const SHIPPED = { seed: '2026', rounds: 10, firstTime: 1_700_000_000, chainIds: [31_337, 31_338] } as const

export async function playEvmWorld(
  nodes: readonly [EvmNode, EvmNode],
  { seed, rounds, firstTime }: EvmWorldAsked,
): Promise<EvmWorld> {
  const chance = chanceFrom(`evm ${seed}`)
  const contracts = compileContracts()
  const ownerByAddress = new Map<Address, string>()
  const conversions: TrueConversion[] = []
  const crossings: TrueCrossing[] = []
  const mixings: TrueMixing[] = []
  const thefts: { chainId: number; txid: string; thief: Address }[] = []
  const depositAddresses = new Set<Address>()
  /** What the operator of the bridge has still to relay: in whatever order it comes to it. */
  const relays: (() => Promise<void>)[] = []
  let time = firstTime + 60
  const clock = () => (time += 12)
  let people = 0
  let nonce = 0
  const person = (owner: string): Address => {
    const address: Address = `0x${sha256Text(`${seed} ${owner} ${people++}`).slice(0, 40)}`
    ownerByAddress.set(address, owner)
    return address
  }
  const operator = person('bridge operator')
  const maker = person('market maker')
  const relayer = person('relayer')
  const hot = person('exchange')
  const users = Array.from({ length: 8 }, (_, n) => person(`user ${n + 1}`))
  const depositOf = new Map<Address, Address>(users.map((user) => [user, person('exchange')]))
  for (const address of depositOf.values()) depositAddresses.add(address)
  const [home, other] = [await openSide(nodes[0], false), await openSide(nodes[1], true)]

  for (let round = 0; round < rounds; round++) {
    for (let n = 0; n < 8; n++) await everyday(chance.happens(0.65) ? home : other)
    await theft(round)
    while (relays.length > 4) await relayOne()
    if (round % 3 === 2) for (const side of [home, other]) await sweep(side)
  }
  while (relays.length > 0) await relayOne()
  for (const side of [home, other]) await sweep(side)

  const open = ({ hand, node, token, wrapped, pool, router, bridge, mixer }: Side): EvmSide => ({
    ...{ node, token, wrapped, pool, router, bridge, mixer, acts: hand.acts, receipts: hand.receipts },
  })
  return {
    sides: [open(home), open(other)],
    conversions,
    crossings,
    mixings,
    ownerByAddress,
    depositAddresses: [...depositAddresses],
    hotWallets: [hot],
    thefts,
  }

  async function openSide(node: EvmNode, minted: boolean): Promise<Side> {
    await node.ask('anvil_autoImpersonateAccount', true)
    const [funder] = await node.ask<[Address]>('eth_accounts')
    const hand = handOn(node, contracts, clock)
    ownerByAddress.set(funder, 'funder')
    for (const address of [operator, maker, relayer, hot, ...users])
      await hand.act('is funded', funder, address, {
        value: 300n * COIN,
        moves: [{ asset: 'coin', from: funder, to: address, amount: 300n * COIN }],
      })
    const token = await hand.deploy(operator, 'Token', [6])
    const wrapped = await hand.deploy(maker, 'Wrapped', [])
    const pool = await hand.deploy(maker, 'Pool', [token, wrapped])
    const router = await hand.deploy(maker, 'Router', [wrapped])
    const bridge = await hand.deploy(operator, 'Bridge', [token, minted])
    const mixer = await hand.deploy(maker, 'Mixer', [SIZE])
    const splitter = await hand.deploy(maker, 'Splitter', [])
    const refusing = await hand.deploy(maker, 'Refusing', [])
    const names = { token, wrapped, pool, router, bridge, mixer, splitter, refusing }
    for (const [name, address] of Object.entries(names)) ownerByAddress.set(address, name)
    const side: Side = {
      ...{ node, hand, funder, token, wrapped, pool, router, bridge, mixer, splitter, refusing },
      reserves: { token: 0n, wrapped: 0n },
      held: new Map(),
    }
    const supply = [maker, ...(minted ? [] : users)]
    for (const to of supply) {
      const amount = to === maker ? 900_000_000_000n : 40_000_000_000n
      await hand.act('is minted', operator, token, {
        call: 'Token mint(address,uint256)',
        words: [to, amount],
        moves: [{ asset: token, from: null, to, amount }],
      })
      give(side, to, amount)
    }
    await wrap(side, maker, 200n * COIN)
    await pay(side, maker, pool, wrapped, 200n * COIN)
    await pay(side, maker, pool, token, 600_000_000_000n)
    await hand.act('opens the pool', maker, pool, { call: 'Pool sync()' })
    side.reserves = { token: 600_000_000_000n, wrapped: 200n * COIN }
    if (minted) await hand.act('hands over', operator, token, { call: 'Token handOver(address)', words: [bridge] })
    return side
  }

  async function everyday(side: Side): Promise<void> {
    const [user, friend] = chance.shuffled(users).slice(0, 2) as [Address, Address]
    const tokens = tokensOf(side, user)
    const kind = chance.weighed([
      ['coin', 4],
      ['token', 4],
      ['swap', 5],
      ['wrap', 3],
      ['bridge', 12],
      ['mix', 2],
      ['deposit', 3],
      ['fail', 1],
    ] as const)
    const share = tokens / chance.units(4n, 20n)
    // Round amounts are what makes transfers look alike.
    const part = chance.happens(0.4) && share > 100_000_000n ? 100_000_000n : share
    if (kind === 'coin') await pay(side, user, friend, 'coin', chance.units(COIN / 100n, COIN))
    else if (kind === 'deposit')
      await pay(side, user, depositOf.get(user) as Address, 'coin', chance.units(COIN / 10n, COIN))
    else if (kind === 'wrap') {
      const amount = chance.units(COIN / 10n, COIN)
      await wrap(side, user, amount)
      if (chance.happens(0.7)) await unwrap(side, user, amount)
    } else if (kind === 'mix')
      await mix(side, user, chance.happens(0.6) ? person(ownerByAddress.get(user) ?? '') : null)
    else if (kind === 'fail')
      await side.hand.act('fails', user, side.refusing, { value: COIN, call: 'Refusing pay()', fails: true })
    else if (kind === 'swap' && (part === 0n || chance.happens(0.5)))
      await swapCoin(side, user, chance.units(COIN / 10n, COIN))
    else if (part === 0n) return
    else if (kind === 'token') await pay(side, user, friend, side.token, part)
    else if (kind === 'swap') await swapTokens(side, user, part, chance.happens(0.5))
    else await cross(side, user, chance.happens(0.8) ? user : friend, part, chance.happens(0.92) ? 'later' : 'never')
    if (relays.length > 0 && chance.happens(0.4)) await relayOne()
  }

  /** A thief with a stolen key empties a user, splits, and goes four ways at once. */
  async function theft(round: number): Promise<void> {
    const victim = users[round % users.length] as Address
    const name = `thief ${(round % 3) + 1}`
    const [first, ...rest] = Array.from({ length: 5 }, () => person(name)) as [Address, ...Address[]]
    const [swaps, wraps, mixes, holds] = rest as [Address, Address, Address, Address]
    const deposit = person('exchange')
    depositAddresses.add(deposit)
    const stolen = await pay(home, victim, first, 'coin', 12n * COIN)
    thefts.push({ chainId: home.node.chainId, txid: stolen.txid, thief: first })
    await split(home, first, rest, 10n * COIN)
    // Through a pool and the bridge, and into the exchange on the other chain.
    const bought = await swapCoin(home, swaps, 2n * COIN)
    const arrived = await cross(home, swaps, swaps, bought, 'now')
    await fund(other, swaps)
    await pay(other, swaps, deposit, other.token, arrived)
    // Wrapped, moved, unwrapped by another key of his, into the exchange here.
    await wrap(home, wraps, 2n * COIN)
    await pay(home, wraps, first, home.wrapped, 2n * COIN)
    await unwrap(home, first, 2n * COIN)
    await pay(home, first, deposit, 'coin', 2n * COIN)
    // Through the mixer, out to a key that nobody saw before.
    await mix(home, mixes, person(name))
    // Into a contract that ends, and so pays out without a call.
    const last = person(name)
    const holder = await home.hand.deploy(holds, 'Holder', [], COIN, 'hides in a contract')
    ownerByAddress.set(holder, 'holder')
    await home.hand.act('ends the contract', holds, holder, {
      call: 'Holder leave(address)',
      words: [last],
      moves: [{ asset: 'coin', from: holder, to: last, amount: COIN }],
    })
    await home.hand.act('fails', holds, home.refusing, { value: COIN / 2n, call: 'Refusing pay()', fails: true })
  }

  async function pay(side: Side, from: Address, to: Address, asset: Asset, amount: bigint): Promise<Act> {
    const moves: TrueMove[] = [{ asset, from, to, amount }]
    if (asset === 'coin') return side.hand.act('pays', from, to, { value: amount, moves })
    if (asset === side.token) {
      give(side, from, -amount)
      give(side, to, amount)
    }
    const call = asset === side.token ? 'Token transfer(address,uint256)' : 'Wrapped transfer(address,uint256)'
    return side.hand.act('pays tokens', from, asset, { call, words: [to, amount], moves })
  }

  async function wrap(side: Side, who: Address, amount: bigint): Promise<void> {
    const { wrapped } = side
    const { txid } = await side.hand.act('wraps', who, wrapped, {
      value: amount,
      call: 'Wrapped deposit()',
      moves: [
        { asset: 'coin', from: who, to: wrapped, amount },
        { asset: wrapped, from: null, to: who, amount },
      ],
    })
    note(side, txid, 'wrap', who, { asset: 'coin', amount }, { asset: wrapped, amount })
  }

  async function unwrap(side: Side, who: Address, amount: bigint): Promise<void> {
    const { wrapped } = side
    const { txid } = await side.hand.act('unwraps', who, wrapped, {
      call: 'Wrapped withdraw(uint256)',
      words: [amount],
      moves: [
        { asset: wrapped, from: who, to: null, amount },
        { asset: 'coin', from: wrapped, to: who, amount },
      ],
    })
    note(side, txid, 'unwrap', who, { asset: wrapped, amount }, { asset: 'coin', amount })
  }

  async function swapCoin(side: Side, who: Address, amount: bigint): Promise<bigint> {
    const { router, wrapped, pool, token, reserves } = side
    const out = bought(reserves.wrapped, reserves.token, amount)
    const { txid } = await side.hand.act('swaps coins', who, router, {
      value: amount,
      call: 'Router swapCoin(address,address)',
      words: [pool, who],
      moves: [
        { asset: 'coin', from: who, to: router, amount },
        { asset: 'coin', from: router, to: wrapped, amount },
        { asset: wrapped, from: null, to: router, amount },
        { asset: wrapped, from: router, to: pool, amount },
        { asset: token, from: pool, to: who, amount: out },
      ],
    })
    side.reserves = { token: reserves.token - out, wrapped: reserves.wrapped + amount }
    give(side, who, out)
    note(side, txid, 'swap', who, { asset: 'coin', amount }, { asset: token, amount: out })
    return out
  }

  async function swapTokens(side: Side, who: Address, amount: bigint, forCoin: boolean): Promise<void> {
    const { router, wrapped, pool, token, reserves } = side
    const out = bought(reserves.token, reserves.wrapped, amount)
    await allow(side, who, router, amount)
    const into: TrueMove[] = [{ asset: token, from: who, to: pool, amount }]
    const { txid } = forCoin
      ? await side.hand.act('swaps for coins', who, router, {
          call: 'Router swapForCoin(address,address,uint256,address)',
          words: [pool, token, amount, who],
          moves: [
            ...into,
            { asset: wrapped, from: pool, to: router, amount: out },
            { asset: wrapped, from: router, to: null, amount: out },
            { asset: 'coin', from: wrapped, to: router, amount: out },
            { asset: 'coin', from: router, to: who, amount: out },
          ],
        })
      : await side.hand.act('swaps tokens', who, router, {
          call: 'Router swapTokens(address,address,uint256,address)',
          words: [pool, token, amount, who],
          moves: [...into, { asset: wrapped, from: pool, to: who, amount: out }],
        })
    side.reserves = { token: reserves.token + amount, wrapped: reserves.wrapped - out }
    give(side, who, -amount)
    note(side, txid, 'swap', who, { asset: token, amount }, { asset: forCoin ? 'coin' : wrapped, amount: out })
  }

  /** Over the bridge; the operator relays it, less its fee. Answers what arrives. */
  async function cross(
    side: Side,
    sender: Address,
    recipient: Address,
    amount: bigint,
    relayed: 'now' | 'later' | 'never',
  ): Promise<bigint> {
    const far = side === home ? other : home
    const number = nonce++
    const gone: TrueMove = { asset: side.token, from: sender, to: side === home ? side.bridge : null, amount }
    if (side === home) await allow(side, sender, side.bridge, amount)
    const sent = await side.hand.act('sends over the bridge', sender, side.bridge, {
      call: 'Bridge send(address,uint256,uint64,uint64)',
      words: [recipient, amount, far.node.chainId, number],
      moves: [gone],
    })
    give(side, sender, -amount)
    const source = { chainId: side.node.chainId, txid: sent.txid, amount }
    // What is kept as fee stays locked on the home side, or is never minted on the far side.
    const out = amount - bridgeFee(amount)
    const relay = async () => {
      time += chance.whole(30, 1_800)
      const done = await far.hand.act('relays', operator, far.bridge, {
        call: 'Bridge relay(address,address,uint256,uint64,bytes32)',
        words: [sender, recipient, out, side.node.chainId, await transferId(side, sent.txid)],
        moves: [{ asset: far.token, from: far === home ? far.bridge : null, to: recipient, amount: out }],
      })
      give(far, recipient, out)
      const destination = { chainId: far.node.chainId, txid: done.txid, amount: out }
      crossings.push({ nonce: number, sender, recipient, source, destination })
    }
    if (relayed === 'now') await relay()
    else if (relayed === 'later') relays.push(relay)
    else crossings.push({ nonce: number, sender, recipient, source, destination: null })
    return out
  }

  async function relayOne(): Promise<void> {
    const [next] = relays.splice(chance.whole(0, relays.length - 1), 1)
    await next?.()
  }

  async function mix(side: Side, who: Address, to: Address | null): Promise<void> {
    const { mixer } = side
    const secret = sha256Text(`${seed} secret ${mixings.length}`)
    const put = await side.hand.act('mixes', who, mixer, {
      value: SIZE,
      call: 'Mixer deposit(bytes32)',
      words: [secret],
      moves: [{ asset: 'coin', from: who, to: mixer, amount: SIZE }],
    })
    const recipient = to
    let withdrawal: string | null = null
    if (recipient !== null) {
      const fee = SIZE / 200n
      const taken = await side.hand.act('takes from the mixer', relayer, mixer, {
        call: 'Mixer withdraw(address,bytes32,address,uint256)',
        words: [recipient, sha256Text(secret), relayer, fee],
        moves: [
          { asset: 'coin', from: mixer, to: recipient, amount: SIZE - fee },
          { asset: 'coin', from: mixer, to: relayer, amount: fee },
        ],
      })
      withdrawal = taken.txid
    }
    mixings.push({ chainId: side.node.chainId, deposit: put.txid, withdrawal, depositor: who, recipient })
  }

  async function split(side: Side, from: Address, to: readonly Address[], amount: bigint): Promise<void> {
    const part = amount / BigInt(to.length)
    await side.hand.act('splits', from, side.splitter, {
      value: amount,
      call: 'Splitter split(address[])',
      words: [to],
      moves: [
        { asset: 'coin', from, to: side.splitter, amount },
        ...to.map((each, n): TrueMove => {
          const whole = n === to.length - 1 ? amount - part * BigInt(to.length - 1) : part
          return { asset: 'coin', from: side.splitter, to: each, amount: whole }
        }),
      ],
    })
  }

  /** The exchange gathers what was deposited: tokens first, for which it sends coins to pay the gas. */
  async function sweep(side: Side): Promise<void> {
    for (const address of depositAddresses) {
      const tokens = tokensOf(side, address)
      if (tokens > 0n) {
        await pay(side, hot, address, 'coin', COIN / 50n)
        await pay(side, address, hot, side.token, tokens)
      }
      const coins = BigInt(await side.node.ask<string>('eth_getBalance', address, 'latest'))
      if (coins > COIN / 10n) await pay(side, address, hot, 'coin', coins - COIN / 100n)
    }
  }

  async function fund(side: Side, who: Address): Promise<void> {
    await pay(side, hot, who, 'coin', COIN / 10n)
  }

  async function allow({ hand, token }: Side, who: Address, spender: Address, amount: bigint): Promise<void> {
    await hand.act('approves', who, token, { call: 'Token approve(address,uint256)', words: [spender, amount] })
  }

  function note(
    { node }: Side,
    txid: string,
    kind: TrueConversion['kind'],
    holder: Address,
    given: TrueConversion['given'],
    received: TrueConversion['received'],
  ): void {
    conversions.push({ chainId: node.chainId, txid, kind, holder, given, received })
  }
}

function bought(from: bigint, into: bigint, amount: bigint): bigint {
  return (amount * 997n * into) / (from * 1_000n + amount * 997n)
}

function give({ held }: Side, who: Address, amount: bigint): void {
  held.set(who, (held.get(who) ?? 0n) + amount)
}

function tokensOf({ held }: Side, who: Address): bigint {
  return held.get(who) ?? 0n
}

/** The operator of a bridge reads the id from the log of its contract, as it does in life. */
async function transferId({ node, bridge }: Side, txid: string): Promise<string> {
  type Log = { readonly address: string; readonly data: string }
  const { logs } = await node.ask<{ logs: readonly Log[] }>('eth_getTransactionReceipt', `0x${txid}`)
  const log = logs.find(({ address }) => address.toLowerCase() === bridge.toLowerCase())
  return (log?.data ?? '0x').slice(2, 66)
}
