/** The store of account chains on ClickHouse's engine, where it is installed (see chain-store-clickhouse.test.ts). */
import { expect, test } from 'vitest'
import { askAccountStore } from './account-store.ts'
import { clickHouseAbsent, clickHouseEngine, duckDbEngine } from './engines.ts'

const absent = clickHouseAbsent()
if (absent !== null) console.log(`The store of account chains was not tested on ClickHouse's engine: ${absent}`)

test('the ClickHouse engine is there wherever a run has to prove both engines (CI=true)', () => {
  if (process.env.CI === 'true') expect(absent).toBeNull()
  else expect(absent === null || absent.length > 0).toBe(true)
})

if (absent === null) askAccountStore(clickHouseEngine(), duckDbEngine())
