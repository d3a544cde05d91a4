/**
 * Published data of which something is known that a rule should get right. Each set says what is known of it, and on what
 * that rests; where nothing is known, only how often rules can speak at all is counted.
 */
import type { LedgerTx } from '../../chains/index.ts'
import { type BridgeEvent, eventName, makeBridgeWorld } from '../crossing/index.ts'
import { applyRule, defaultStopPolicy, detect, isCoinJoin, type RuleId, rules } from '../detectors/index.ts'
import { joinedAddresses } from './joined-addresses.ts'
import { judgeAll } from './judged.ts'
import { type BridgeRecordFigure, type BridgeRecords, measureBridgeRecords } from './measure-bridge-records.ts'
import { measureBridges } from './measure-bridges.ts'
import { anyCoinJoinRule, type HeuristicName } from './measure-coinjoins.ts'
import { type CountryFigure, measureCountries } from './measure-countries.ts'
import { type DepositFigure, measureNamedDeposits } from './measure-deposits.ts'
import { type FlowCase, type FlowFigure, measureFlows } from './measure-flows.ts'
import type { LinkFigure, TruePair } from './measure-links.ts'
import { measurePool, type PoolEvents, type PoolFigure } from './measure-pools.ts'
import { measureTags, type TagFigures, type TagSets } from './measure-tags.ts'
import { type Rate, rate } from './rate.ts'

export type PublishedSets = {
  /** Every transaction of 2009, with what its inputs spend. */
  readonly year2009: readonly LedgerTx[]
  readonly graphsense: {
    readonly transactions: readonly LedgerTx[]
    /** Txids that the set marks as CoinJoins. */
    readonly marked: readonly string[]
    /** Its own clusters, as lists of addresses: with the marked ones left out, and with them. */
    readonly guarded: readonly (readonly string[])[]
    readonly unguarded: readonly (readonly string[])[]
  }
  readonly detectorCases: readonly {
    readonly rule: string
    readonly tx: LedgerTx
    readonly theirs: 'accept' | 'reject'
    /** Why ours differs, where it is meant to. */
    readonly differs: string | null
  }[]
  readonly bitfinex: {
    /** Addresses that the thief was paid to, one a theft. */
    readonly destinations: readonly string[]
    readonly seizure: LedgerTx
    readonly theft: LedgerTx
  }
  /** Of the emulated chains of the EVM, which need a node to be played: their events are shipped. */
  readonly bridges: { readonly events: readonly BridgeEvent[]; readonly truth: readonly TruePair[] }
  /** Measured on the same chains, with the nodes at hand. */
  readonly conversions: readonly LinkFigure[]
  /** Blocks of the main chain with all that they spend: nothing is known of them but how far rules can speak. */
  readonly blocks: readonly { readonly name: string; readonly transactions: readonly LedgerTx[] }[]
  readonly bridgeRecords: readonly BridgeRecords[]
  readonly flows: readonly FlowCase[]
  readonly pools: readonly PoolEvents[]
  readonly tags: TagSets
}

export type NegativeFigure = { readonly heuristic: HeuristicName; readonly wrong: Rate; readonly undecided: number }

export type PublishedFigures = {
  /** No CoinJoin existed: every match is wrong. */
  readonly year2009: {
    readonly transactions: number
    readonly judged: number
    readonly detectors: readonly NegativeFigure[]
    readonly peelingChains: number
  }
  readonly graphsense: { readonly guarded: Rate; readonly unguarded: Rate; readonly markedFound: Rate }
  readonly detectorCases: readonly {
    readonly rule: string
    readonly same: Rate
    readonly differs: number
    readonly reasons: readonly string[]
  }[]
  readonly bitfinex: {
    readonly inSeizure: Rate
    readonly joined: number
    readonly takenForCoinJoin: readonly HeuristicName[]
    readonly theftTakenForCoinJoin: readonly HeuristicName[]
  }
  readonly bridges: {
    readonly events: number
    readonly transfers: number
    readonly relayed: number
    readonly links: readonly LinkFigure[]
    /** Of events made from a number alone: many, and with decoys. */
    readonly madeTransfers: number
    readonly madeLinks: readonly LinkFigure[]
  }
  readonly conversions: readonly LinkFigure[]
  readonly blocks: readonly {
    readonly name: string
    readonly transactions: number
    readonly decided: readonly { readonly heuristic: RuleId; readonly decided: Rate; readonly matched: number }[]
  }[]
  readonly bridgeRecords: readonly BridgeRecordFigure[]
  readonly flows: readonly FlowFigure[]
  /** Deposit addresses that the analysts of these crimes named. */
  readonly namedDeposits: readonly DepositFigure[]
  readonly pools: readonly PoolFigure[]
  readonly tags: TagFigures
  readonly countries: readonly CountryFigure[]
}

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'

export async function measurePublished(sets: PublishedSets): Promise<PublishedFigures> {
  const bridgeRecords = measureBridgeRecords(sets.bridgeRecords)
  const flows = await measureFlows(sets.flows)
  const namedDeposits = measureNamedDeposits(sets.flows)
  const named = { cases: sets.flows, flows, namedDeposits, bridgeRecords }
  return {
    year2009: negatives(sets.year2009),
    graphsense: referenceClusters(sets.graphsense),
    detectorCases: cases(sets.detectorCases),
    bitfinex: seizure(sets.bitfinex),
    bridges: bridges(sets.bridges),
    conversions: sets.conversions,
    blocks: sets.blocks.map(({ name, transactions }) => spoken(name, transactions)),
    bridgeRecords,
    flows,
    namedDeposits,
    pools: sets.pools.map(measurePool),
    tags: measureTags(sets.tags),
    countries: measureCountries(named, sets.tags.actors),
  }
}

/** CoinJoins were proposed in August 2013 (Maxwell, bitcointalk.org, "CoinJoin: Bitcoin privacy for the real world"). */
function negatives(transactions: readonly LedgerTx[]): PublishedFigures['year2009'] {
  const judged = judgeAll(transactions, BITCOIN)
  const verdicts = (id: RuleId, verdict: string) =>
    judged.filter(({ said }) => said.get(id)?.verdict === verdict).length
  const ofRules = rules
    .filter(({ kind }) => kind === 'coinjoin' || kind === 'premix')
    .map(({ id }) => ({
      heuristic: id,
      wrong: rate(verdicts(id, 'match'), judged.length - verdicts(id, 'unknown')),
      undecided: verdicts(id, 'unknown'),
    }))
  const combined = (heuristic: HeuristicName, count: number) => ({
    heuristic,
    wrong: rate(count, judged.length),
    undecided: 0,
  })
  return {
    transactions: transactions.length,
    judged: judged.length,
    detectors: [
      ...ofRules,
      combined('default-stop-policy', judged.filter(({ stops }) => stops).length),
      combined('any-coinjoin-rule', judged.filter(anyCoinJoinRule).length),
    ],
    peelingChains: verdicts('blocksci-peeling-chain', 'match'),
  }
}

/** Pairs of addresses: together here exactly where they are together there. */
function referenceClusters(set: PublishedSets['graphsense']): PublishedFigures['graphsense'] {
  const plain = set.transactions.filter(({ coinbase }) => !coinbase)
  const unmarked = plain.filter(({ txid }) => !set.marked.includes(txid))
  const found = plain.filter((tx) => set.marked.includes(tx.txid) && isCoinJoin(detect(tx, { chain: BITCOIN })).stop)
  return {
    guarded: agreement(unmarked, set.guarded),
    unguarded: agreement(plain, set.unguarded),
    markedFound: rate(found.length, set.marked.length),
  }
}

function agreement(transactions: readonly LedgerTx[], clusters: readonly (readonly string[])[]): Rate {
  const clusterOf = joinedAddresses(transactions)
  const theirs = new Map(clusters.flatMap((addresses, n) => addresses.map((address) => [address, n])))
  const addresses = [...theirs.keys()]
  let [same, pairs] = [0, 0]
  addresses.forEach((left, n) => {
    for (const right of addresses.slice(n + 1)) {
      pairs++
      if ((clusterOf(left) === clusterOf(right)) === (theirs.get(left) === theirs.get(right))) same++
    }
  })
  return rate(same, pairs)
}

function cases(all: PublishedSets['detectorCases']): PublishedFigures['detectorCases'] {
  return [...new Set(all.map(({ rule }) => rule))].sort().flatMap((id) => {
    const rule = rules.find((each) => each.id === id)
    if (!rule) return []
    const its = all.filter((each) => each.rule === id)
    const same = its.filter(({ tx, theirs }) => (applyRule(rule, tx).verdict === 'match') === (theirs === 'accept'))
    const reasons = [...new Set(its.flatMap(({ differs }) => differs ?? []))].sort()
    return [{ rule: id, same: rate(same.length, its.length), differs: its.length - same.length, reasons }]
  })
}

/** The seed of the made events: any would do. */
const MADE = 2026

function bridges({ events, truth }: PublishedSets['bridges']): PublishedFigures['bridges'] {
  const made = makeBridgeWorld(MADE)
  const pairs = [...made.truth].map(([source, destination]) => ({ source, destination }))
  return {
    events: events.length,
    transfers: truth.length,
    relayed: truth.filter(({ destination }) => destination !== null).length,
    links: measureBridges('evm-world', events, truth, ({ txid }) => txid),
    madeTransfers: pairs.length,
    madeLinks: measureBridges('made', made.events, pairs, eventName),
  }
}

/** All inputs of a seizure were held by one: what joining them would have found of the thief's addresses. */
function seizure({ destinations, seizure: tx, theft }: PublishedSets['bitfinex']): PublishedFigures['bitfinex'] {
  const spent = new Set(tx.inputs.flatMap(({ prevout }) => prevout?.address ?? []))
  const taken = (one: LedgerTx): readonly HeuristicName[] => {
    const findings = detect(one, { chain: BITCOIN })
    const fired = findings.filter(({ kind, verdict }) => kind === 'coinjoin' && verdict === 'match')
    const stops = isCoinJoin(findings, defaultStopPolicy).stop
    return [...fired.map(({ rule }) => rule), ...(stops ? (['default-stop-policy'] as const) : [])]
  }
  return {
    inSeizure: rate(destinations.filter((address) => spent.has(address)).length, destinations.length),
    joined: spent.size,
    takenForCoinJoin: taken(tx),
    theftTakenForCoinJoin: taken(theft),
  }
}

/** How often a rule can decide at all, from what one block and its spent outputs say. */
function spoken(name: string, transactions: readonly LedgerTx[]): PublishedFigures['blocks'][number] {
  const plain = transactions.filter(({ coinbase }) => !coinbase)
  const findings = plain.map((tx) => detect(tx, { chain: BITCOIN }))
  return {
    name,
    transactions: plain.length,
    decided: rules.map(({ id }, n) => {
      const its = findings.map((each) => each[n]?.verdict ?? 'unknown')
      const decided = its.filter((verdict) => verdict !== 'unknown').length
      return {
        heuristic: id,
        decided: rate(decided, its.length),
        matched: its.filter((verdict) => verdict === 'match').length,
      }
    }),
  }
}
