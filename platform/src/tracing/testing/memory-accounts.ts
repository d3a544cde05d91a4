/** The account store in memory that emulated chains rest on, as tests of this room use it. */
export { type MemoryAccounts, memoryAccounts, type PlainMove, toMoves } from '../validation/emulated/memory-accounts.ts'
