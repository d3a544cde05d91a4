/**
 * What somebody gave and received within one transaction. A trace follows the holder, never the pools between: however many hops
 * a route has, it is one conversion of whoever set it going. The balance changes of the transaction say who gave and received
 * what; the logs of known protocols say whether they stand behind it:
 *
 * - `protocol`: amounts of their logs are those that the holder gave and received;
 * - `fields`: their logs are there, but a fee or a part went elsewhere, so that the amounts are not the same;
 * - `balance-change`: no known protocol wrote anything; two assets changed hands, in the same transaction, at the same holder.
 */
import type { AccountTx, AssetId, LogEntry, Move } from '../../chains/index.ts'
import { canonicalJson, sha256Text } from '../../kernel/index.ts'
import type { Conversion, ConversionLeg, Tier } from '../crossing.ts'
import type { DecodedLog, DecoderRole, Decoders } from './decoders.ts'

const conversionRoles: readonly DecoderRole[] = ['swap', 'wrap', 'unwrap', 'deposit', 'withdraw']

export type TransactionFacts = {
  readonly chain: string
  readonly tx: Pick<AccountTx, 'txid' | 'from' | 'to'>
  readonly moves: readonly Move[]
  readonly logs: readonly LogEntry[]
}

type Holding = { readonly holder: string; readonly gave: readonly AssetId[]; readonly got: readonly AssetId[] }

export function conversionsIn(decoders: Decoders, facts: TransactionFacts): readonly Conversion[] {
  const moves = facts.moves.filter(({ kind }) => kind !== 'fee' && kind !== 'burn' && kind !== 'flow')
  const changes = changesByHolder(moves)
  const decoded = facts.logs.flatMap((log) => {
    const one = decoders.decode(facts.chain, log)
    return one?.ok && conversionRoles.includes(one.value.decoder.role) ? [one.value] : []
  })
  const venues = new Set(decoded.map(({ log }) => log.address))
  const parties = [...changes]
    .map(([holder, byAsset]) => holdingOf(holder, byAsset))
    .filter(({ holder }) => !venues.has(holder))
  const both = parties.filter(({ gave, got }) => gave.length > 0 && got.length > 0)
  const chosen = decoded.length > 0 ? both : onlyInitiator(both, facts.tx.from)
  if (chosen.length > 0) return chosen.map((party) => conversion(facts, moves, changes, decoded, party, party))
  return toAnother(facts, moves, changes, decoded, parties)
}

/** Without a protocol that says what is a pool, either side could be the holder: only who sent the transaction counts. */
function onlyInitiator(both: readonly Holding[], from: string | null): readonly Holding[] {
  return both.filter(({ holder }) => holder === from)
}

/** A swap whose proceeds go to another: the sender gave, and one other alone received something else. */
function toAnother(
  facts: TransactionFacts,
  moves: readonly Move[],
  changes: Changes,
  decoded: readonly DecodedLog[],
  parties: readonly Holding[],
): readonly Conversion[] {
  if (decoded.length === 0) return []
  const giver = parties.find(({ holder, gave }) => holder === facts.tx.from && gave.length > 0)
  const receivers = parties.filter(
    ({ holder, got, gave }) => holder !== facts.tx.from && got.length > 0 && gave.length === 0,
  )
  const [receiver] = receivers
  if (giver === undefined || receiver === undefined || receivers.length > 1) return []
  // What arrives is what was sent: a payment, not a conversion.
  if (receiver.got.some((asset) => giver.gave.includes(asset))) return []
  return [conversion(facts, moves, changes, decoded, giver, receiver)]
}

type Changes = ReadonlyMap<string, ReadonlyMap<AssetId, bigint>>

function changesByHolder(moves: readonly Move[]): Changes {
  const changes = new Map<string, Map<AssetId, bigint>>()
  const add = (holder: string | null, asset: AssetId, amount: bigint) => {
    if (holder === null) return
    const byAsset = changes.get(holder) ?? new Map<AssetId, bigint>()
    changes.set(holder, byAsset.set(asset, (byAsset.get(asset) ?? 0n) + amount))
  }
  for (const { asset, from, to, amount } of moves) {
    add(from, asset, -amount)
    add(to, asset, amount)
  }
  return changes
}

function holdingOf(holder: string, byAsset: ReadonlyMap<AssetId, bigint>): Holding {
  const assets = [...byAsset].filter(([, change]) => change !== 0n)
  return {
    holder,
    gave: assets.filter(([, change]) => change < 0n).map(([asset]) => asset),
    got: assets.filter(([, change]) => change > 0n).map(([asset]) => asset),
  }
}

function conversion(
  facts: TransactionFacts,
  moves: readonly Move[],
  changes: Changes,
  decoded: readonly DecodedLog[],
  giver: Holding,
  receiver: Holding,
): Conversion {
  const net = (holder: string, asset: AssetId) => changes.get(holder)?.get(asset) ?? 0n
  const given = giver.gave.flatMap((asset) => legs(moves, giver.holder, 'from', asset, -net(giver.holder, asset)))
  const received = receiver.got.flatMap((asset) =>
    legs(moves, receiver.holder, 'to', asset, net(receiver.holder, asset)),
  )
  const nets = [
    ...giver.gave.map((asset) => -net(giver.holder, asset)),
    ...receiver.got.map((asset) => net(receiver.holder, asset)),
  ]
  const tier = tierOf(decoded, nets)
  const first = decoded.find(({ decoder }) => decoder.role === 'swap') ?? decoded[0]
  const said = {
    chain: facts.chain,
    txid: facts.tx.txid,
    kind: kindOf(decoded, moves, giver, receiver),
    decoder: first?.decoder.name ?? 'balance-change@1',
    tier,
    given,
    received,
    logs: decoded.map(({ log }) => log.logIndex),
  }
  const inText = (list: readonly ConversionLeg[]) => list.map((leg) => ({ ...leg, amount: leg.amount.toString() }))
  return { id: sha256Text(canonicalJson({ ...said, given: inText(given), received: inText(received) })), ...said }
}

/** Each amount that changed hands is in a log, or is the sum of several that were filled side by side. */
function tierOf(decoded: readonly DecodedLog[], nets: readonly bigint[]): Tier {
  if (decoded.length === 0) return 'balance-change'
  const amounts = decoded.flatMap(amountsOf)
  const sums = new Set([...amounts, ...sumsByName(decoded)])
  return nets.every((net) => sums.has(net)) ? 'protocol' : 'fields'
}

function amountsOf({ decoder, values }: DecodedLog): readonly bigint[] {
  const names = decoder.fields.amounts
  if (names === undefined || typeof names === 'string') return []
  return names.flatMap((name) => {
    const value = values[name]
    return typeof value === 'bigint' && value !== 0n ? [value < 0n ? -value : value] : []
  })
}

function sumsByName(decoded: readonly DecodedLog[]): readonly bigint[] {
  const sums = new Map<string, bigint>()
  for (const one of decoded) {
    amountsOf(one).forEach((amount, index) => {
      const key = `${one.decoder.id}|${index}`
      sums.set(key, (sums.get(key) ?? 0n) + amount)
    })
  }
  return [...sums.values()]
}

function kindOf(
  decoded: readonly DecodedLog[],
  moves: readonly Move[],
  giver: Holding,
  receiver: Holding,
): Conversion['kind'] {
  const roles = new Set(decoded.map(({ decoder }) => decoder.role))
  if (roles.has('swap')) return 'swap'
  for (const role of ['deposit', 'withdraw', 'wrap', 'unwrap'] as const) if (roles.has(role)) return role
  // The chain pack names wrapped coins; where no decoder lists them, the moves of the ledger still say so.
  if (moves.some(({ kind, asset }) => kind === 'wrap' && receiver.got.includes(asset))) return 'wrap'
  if (moves.some(({ kind, asset }) => kind === 'unwrap' && giver.gave.includes(asset))) return 'unwrap'
  // A share in a pool is made for what is given, or destroyed for what is given back.
  const made = receiver.got.some((asset) => moves.some((move) => move.asset === asset && move.from === null))
  const destroyed = giver.gave.some((asset) => moves.some((move) => move.asset === asset && move.to === null))
  return made ? 'deposit' : destroyed ? 'withdraw' : 'swap'
}

/** The moves that make up a net amount, in their order; what came back is taken off the last. */
function legs(
  moves: readonly Move[],
  holder: string,
  side: 'from' | 'to',
  asset: AssetId,
  net: bigint,
): ConversionLeg[] {
  const found: ConversionLeg[] = []
  let left = net
  for (const move of moves) {
    if (left === 0n) break
    if (move.asset !== asset || move[side] !== holder || move.amount === 0n || move.from === move.to) continue
    const amount = move.amount < left ? move.amount : left
    left -= amount
    found.push({ move: { txid: move.txid, place: move.place }, holder, asset, amount })
  }
  return found
}
