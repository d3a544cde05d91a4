/** For the tests: one transaction that each rule matches, with the neighbours it needs. */
import type { LedgerTx } from '../../chains/index.ts'
import type { RuleId } from './finding.ts'
import { coins, ledgerTx, oddCoins, type Parts } from './ledger-cases.ts'
import type { AddressHistory, NeighbourShape, Neighbours } from './neighbours.ts'

export const unseen: AddressHistory = { incoming: 1, outgoing: 0, firstHeight: 800_000, firstSeenHere: true }
export const seen: AddressHistory = { incoming: 3, outgoing: 1, firstHeight: 700_000, firstSeenHere: false }

export function shape(over: Partial<NeighbourShape> = {}): NeighbourShape {
  return { inputs: 1, outputs: 1, locktime: 0, feePerKvb: null, peelingChain: null, whirlpool: null, ...over }
}

export const parts = {
  blocksci: { inputs: coins(2, 3_000_000, 'in'), outputs: [...coins(2, 1_000_000, 'mix'), [1_900_000, 'change']] },
  wasabi10: {
    inputs: coins(10, 20_000_000, 'in'),
    outputs: [...coins(10, 10_000_000, 'mix'), ...oddCoins(10, 3_333_333, 'change'), [50_000, 'fee']],
  },
  wasabi11: {
    inputs: coins(10, 40_000_000, 'in'),
    outputs: [
      ...coins(10, 10_000_000, 'mix'),
      ...coins(10, 20_000_000, 'mix2'),
      ...oddCoins(10, 3_333_333, 'change'),
      [50_000, 'fee'],
    ],
  },
  wasabi20: {
    inputs: coins(20, 1_000_000, 'in'),
    outputs: [...coins(10, 100_000, 'a'), ...coins(10, 200_000, 'b'), ...coins(10, 400_000, 'c'), [123_457, 'change']],
  },
  dumplingsWasabi1: {
    height: 620_000,
    inputs: coins(10, 20_000_000, 'in'),
    outputs: [...coins(10, 9_990_001, 'mix'), [4_000_001, 'change'], [60_001, 'fee']],
  },
  dumplingsWasabi2: {
    height: 741_213,
    inputs: coins(50, 100_500, 'in'),
    outputs: [
      ...coins(20, 100_000, 'a'),
      ...coins(15, 65_536, 'b'),
      ...coins(10, 50_000, 'c'),
      ...coins(5, 7_777, 'd'),
    ],
  },
  whirlpool: {
    inputs: [...coins(2, 1_005_000, 'new'), ...coins(3, 1_000_000, 'remix')],
    outputs: coins(5, 1_000_000, 'out'),
  },
  tx0: {
    inputs: coins(1, 2_200_000, 'in'),
    outputs: [...coins(2, 1_005_000, 'premix'), [50_000, 'fee'], [300_001, 'change'], [0, null]],
  },
  aieWhirlpool: { inputs: coins(5, 2_510_000, 'in'), outputs: coins(5, 2_500_000, 'out') },
  joinMarket: {
    inputs: coins(3, 2_000_000, 'in'),
    outputs: [...coins(3, 1_234_567, 'mix'), ...oddCoins(3, 700_001, 'change')],
  },
  other: {
    inputs: [
      [1_490_000, 'in_0'],
      [1_200_000, 'in_1'],
      [1_100_000, 'in_2'],
    ],
    outputs: [...coins(3, 1_000_000, 'mix'), [500_000, 'change_0'], [180_000, 'change_1'], [90_000, 'change_2']],
  },
  stonewall: {
    inputs: coins(2, 3_000_000, 'in'),
    outputs: [...coins(2, 1_000_000, 'pair'), [1_900_000, 'change_0'], [2_050_000, 'change_1']],
  },
  mempoolSpace: { inputs: coins(5, 1_010_000, 'in'), outputs: coins(5, 1_000_000, 'out') },
  /** A payment of 2,000,000 and change of 987,653 to a fresh address; the sender also pays himself on a used one. */
  payment: {
    inputs: [
      [1_500_001, 'alice'],
      [1_600_003, 'alice_2'],
    ],
    outputs: [
      [2_000_000, 'p2sh:shop'],
      [987_653, 'alice_change'],
      [100_000, 'alice'],
    ],
  },
  peel: {
    inputs: [[5_000_000, 'alice']],
    outputs: [
      [1_000_000, 'shop'],
      [3_990_000, 'alice_change'],
    ],
  },
} as const satisfies Record<string, Parts>

const payment = ledgerTx(parts.payment)
const peel = ledgerTx(parts.peel)
const histories = [seen, unseen, seen]

export const matching: Readonly<Record<RuleId, { readonly tx: LedgerTx; readonly neighbours: Neighbours }>> = {
  'blocksci-is-coinjoin': alone(parts.blocksci),
  'gs-wasabi-1.0': alone(parts.wasabi10),
  'gs-wasabi-1.1': alone(parts.wasabi11),
  'gs-wasabi-2.0': alone(parts.wasabi20),
  'dumplings-wasabi-1': alone(parts.dumplingsWasabi1),
  'dumplings-wasabi-2': alone(parts.dumplingsWasabi2),
  'gs-whirlpool': alone(parts.whirlpool),
  'gs-whirlpool-tx0': alone(parts.tx0),
  'dumplings-samourai': alone(parts.whirlpool),
  'aie-whirlpool': alone(parts.aieWhirlpool),
  'gs-joinmarket': alone(parts.joinMarket),
  'dumplings-other': alone(parts.other),
  'gs-stonewall': alone(parts.stonewall),
  'mempool-space-flag': alone(parts.mempoolSpace),
  'gs-direct-change': { tx: payment, neighbours: {} },
  'gs-one-time-change': { tx: payment, neighbours: { histories } },
  'gs-multi-input-change': { tx: payment, neighbours: { inputClusters: ['A', null], outputClusters: ['S', 'A', 'A'] } },
  'blocksci-address-reuse': { tx: payment, neighbours: {} },
  'blocksci-address-type': { tx: payment, neighbours: {} },
  'blocksci-optimal-change': { tx: payment, neighbours: {} },
  'blocksci-power-of-ten-6': { tx: payment, neighbours: {} },
  'blocksci-locktime': { tx: payment, neighbours: { spenders: [shape({ locktime: 5 }), shape(), 'unspent'] } },
  'blocksci-client-change-address-behavior': { tx: payment, neighbours: { histories } },
  'blocksci-fixed-fee': {
    tx: payment,
    neighbours: {
      feePerKvb: 5_000n,
      spenders: [shape({ feePerKvb: 7_000n }), shape({ feePerKvb: 5_000n }), 'unspent'],
    },
  },
  'blocksci-legacy': { tx: payment, neighbours: { histories } },
  'blocksci-peeling-chain-change': {
    tx: peel,
    neighbours: {
      predecessors: [shape({ outputs: 2 })],
      spenders: [shape({ peelingChain: 'no-match' }), shape({ outputs: 2, peelingChain: 'match' })],
    },
  },
  'blocksci-spent': { tx: payment, neighbours: { spenders: ['unspent', shape(), 'unspent'] } },
  'blocksci-peeling-chain': { tx: peel, neighbours: { predecessors: [shape({ outputs: 2 })] } },
}

function alone(of: Parts): { readonly tx: LedgerTx; readonly neighbours: Neighbours } {
  return { tx: ledgerTx(of), neighbours: {} }
}
