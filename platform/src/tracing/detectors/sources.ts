/** Who published what, and which state of it these rules follow. Definitions are facts; no code of theirs is here. */

export const GRAPHSENSE =
  'GraphSense, graphsense-lib 2.16.0, db/asynchronous/services/heuristics_service.py (MIT), after Schnoering & Vazirgiannis 2023, arXiv 2311.12491'
export const BLOCKSCI_TX =
  'BlockSci 0.7, src/heuristics/tx_identification.cpp; Kalodner et al., USENIX Security 2020, arXiv 1709.02489'
export const BLOCKSCI_CHANGE =
  'BlockSci 0.7, src/heuristics/change_address.cpp; Kalodner et al., USENIX Security 2020, arXiv 1709.02489'
export const DUMPLINGS =
  'Dumplings, Scanning/Scanner.cs at 0addd31; Stütz, Stockinger, Moreno-Sanchez, Haslhofer & Maffei 2022, arXiv 2109.10229 (Samourai rule)'
export const AM_I_EXPOSED = 'am-i-exposed, src/lib/analysis/heuristics/coinjoin-detectors.ts at 069bd57 (MIT)'
export const MEMPOOL_SPACE = 'mempool.space, backend/src/api/common.ts, coinjoin flag after pull request 6548 (2026)'

/** CAIP-2 ids of the chains for which GraphSense and Dumplings run their rules. */
export const BITCOIN = ['bip122:000000000019d6689c085ae165831e93']
export const BITCOIN_LIKE = [
  'bip122:000000000019d6689c085ae165831e93',
  'bip122:12a765e31ffd4059bada1e25190f6e98',
  'bip122:000000000000000000651ef99cb9fcbe',
]

/** Pools of the Samourai Whirlpool with the fee that its coordinator asked of a Tx0, in satoshi. */
export const WHIRLPOOL_POOLS: readonly { readonly size: bigint; readonly fee: bigint }[] = [
  { size: 100_000n, fee: 5_000n },
  { size: 1_000_000n, fee: 50_000n },
  { size: 5_000_000n, fee: 175_000n },
  { size: 50_000_000n, fee: 1_750_000n },
]

/**
 * Critical questions after Deuber, Gruber, Humml, Ronge & Scheler, "Argumentation Schemes for Blockchain
 * Deanonymisation", FinTech 3(2) 2024, 236–248.
 */
export const QUESTIONS = {
  coinJoin: 'Is it a CoinJoin (by the default stop rules)?',
  stonewall: 'Is the shape that of a Stonewall, which one owner can make alone?',
  custodial: 'Is it a custodial wallet, whose coins belong to many customers?',
  batch: "Is it an exchange's or a miner's batch payout of equal amounts?",
  payJoin: 'Is it a PayJoin, in which the payee also contributes an input?',
  sameWallet: 'Do all inputs belong to one wallet, so that the joining is only apparent?',
  coordinator: 'Does a list of the coordinator or of its users name the transaction?',
  premixSpent: 'Is a premix output spent in a mix of the same pool?',
  ownPayment: 'Does the sender pay himself, so that every output is his?',
  consolidation: 'Is it a sweep or consolidation by one owner?',
  freshAddress: 'Does the wallet software in question use a fresh address for change?',
  forced: 'Could somebody else have paid to a used address to provoke this finding (dust)?',
} as const
