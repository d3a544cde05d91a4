/** The chain store on DuckDB. */
import { askChainStore } from './chain-store.ts'
import { duckDbEngine } from './engines.ts'

askChainStore(duckDbEngine())
