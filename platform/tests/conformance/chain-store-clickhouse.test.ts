/** The chain store on ClickHouse's engine, where it is installed. */
import { describe, expect, it } from 'vitest'
import { askChainStore } from './chain-store.ts'
import { clickHouseAbsent, clickHouseEngine } from './engines.ts'

const absent = clickHouseAbsent()
if (absent !== null) console.log(`The chain store was not tested on ClickHouse's engine: ${absent}`)

describe('the ClickHouse engine', () => {
  it('is there wherever a run has to prove both engines (CI=true)', () => {
    if (process.env.CI === 'true') expect(absent).toBeNull()
    else expect(absent === null || absent.length > 0).toBe(true)
  })
})

if (absent === null) askChainStore(clickHouseEngine())
