/** The store of account chains on DuckDB. */
import { askAccountStore } from './account-store.ts'
import { duckDbEngine } from './engines.ts'

askAccountStore(duckDbEngine())
