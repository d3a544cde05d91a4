/** The audit of the engine: how often its heuristics are right, how far they reach, what each contributes. */
export { type Period, periods } from './emulated/periods.ts'
export type { EmulatedBlock, EmulatedKind, Theft, TxTruth, World } from './emulated/truth.ts'
export { playWorld } from './emulated/world.ts'
export { worldLedger } from './emulated/world-ledger.ts'
export { DEFAULT_SEED, type Figures, measureEngine, VALIDATION_FORMAT } from './figures.ts'
export type { PublishedSets } from './published.ts'
export { type Rate, rate, sumOfRates } from './rate.ts'
export { validationReport } from './report.ts'
