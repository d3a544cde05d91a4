/**
 * The kernels of tracing: exact passes over columns, by WebAssembly, each with a reference in plain TypeScript
 * (`…Reference`) that gives the same answer.
 */
export {
  type AccountFifo,
  type AccountHaircut,
  type AccountTransfers,
  accountFifo,
  accountHaircut,
  loadAccountTransfers,
  type SeededAccount,
} from './account-passes.ts'
export { accountFifoReference, accountHaircutReference } from './account-passes-reference.ts'
export { isMarked } from './columns.ts'
export type { FifoResult, HaircutResult, Lots, PoisonResult } from './results.ts'
export { arrangeSeeds, CLEAN, type SeedColumns } from './seeds.ts'
export { fifoPass, haircutPass, type LoadedSlotGraph, loadSlotGraph, type Outcome, poisonPass } from './slot-passes.ts'
export { checkSlotGraph, fifoReference, haircutReference, poisonReference } from './slot-passes-reference.ts'
export {
  buildCsr,
  type Components,
  type Csr,
  components,
  expand,
  loadCsr,
  loadTransfers,
  reach,
  type Transfers,
} from './transfer-graph.ts'
export { buildCsrReference, componentsReference, reachReference } from './transfer-graph-reference.ts'
