/** The store of account chains on DuckDB. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDuckDbStores } from '../../src/chains/store/index.ts'
import { askAccountStore } from './account-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'comity-accounts-'))
let places = 0

askAccountStore({
  name: 'DuckDB',
  place: async () => {
    const path = join(folder, `${++places}.duckdb`)
    return { open: async () => (await openDuckDbStores(path)).accounts }
  },
  stop: async () => rmSync(folder, { recursive: true, force: true }),
})
