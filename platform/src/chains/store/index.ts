/** The chain stores: one set of rules, two engines. */
import type { ChainStore } from '../chain-store.ts'
import { openDuckDbEngine } from './duckdb-engine.ts'
import { sqlChainStore } from './sql-chain-store.ts'

/**
 * Opens or creates the store in one DuckDB file. One process at a time: DuckDB refuses a second one.
 *
 * `const store = await openDuckDbChainStore('home/chain.duckdb')`
 */
export async function openDuckDbChainStore(path: string): Promise<ChainStore> {
  return sqlChainStore(await openDuckDbEngine(path))
}
