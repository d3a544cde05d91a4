/**
 * Times of Bitcoin that differ in what the rules meet: the forms of script in use, the CoinJoins there were, the heights
 * from which rules are defined. The shares are assumptions of these worlds, not measurements of the chain.
 */
import type { EmulatedKind } from './truth.ts'

export type ScriptForm = 'p2pkh' | 'p2sh' | 'v0_p2wpkh' | 'v1_p2tr'

export type Period = {
  readonly name: string
  readonly firstHeight: number
  /** Unix time of the first block. */
  readonly firstTime: number
  readonly forms: readonly (readonly [ScriptForm, number])[]
  /** How often a scene is chosen among the others. */
  readonly scenes: readonly (readonly [Exclude<EmulatedKind, 'coinbase' | 'payment-without-change'>, number])[]
  /** Script of the coordinator of Wasabi 1, where rounds paid a known one (until height 610,000). */
  readonly wasabiCoordinator: string | null
}

const everyday: Period['scenes'] = [
  ['payment', 46],
  ['batch-payout', 5],
  ['equal-payout', 2],
  ['deposit-sweep', 4],
  ['consolidation', 3],
  ['self-transfer', 3],
  ['equal-split', 1.5],
  ['peel', 16],
  ['dusting', 1.5],
  ['payjoin', 3],
  ['stonewall', 2],
  ['theft', 0.4],
  ['joinmarket', 2.5],
  ['whirlpool-tx0', 2.5],
  ['whirlpool', 4],
]

export const periods: readonly Period[] = [
  {
    name: '2019',
    firstHeight: 575_000,
    firstTime: 1_557_200_000,
    forms: [
      ['p2pkh', 40],
      ['p2sh', 30],
      ['v0_p2wpkh', 30],
    ],
    scenes: [...everyday, ['wasabi-1.0', 1.6]],
    wasabiCoordinator: '0014869f5c7a4cd7776ae0c0fcd9c3315abb239a9f0d',
  },
  {
    name: '2021',
    firstHeight: 665_000,
    firstTime: 1_610_000_000,
    forms: [
      ['p2pkh', 25],
      ['p2sh', 25],
      ['v0_p2wpkh', 50],
    ],
    scenes: [...everyday, ['wasabi-1.0', 1], ['wasabi-1.1', 1]],
    wasabiCoordinator: null,
  },
  {
    name: '2024',
    firstHeight: 830_000,
    firstTime: 1_707_800_000,
    forms: [
      ['p2pkh', 10],
      ['p2sh', 10],
      ['v0_p2wpkh', 65],
      ['v1_p2tr', 15],
    ],
    scenes: [...everyday, ['wasabi-2', 1.6]],
    wasabiCoordinator: null,
  },
]
