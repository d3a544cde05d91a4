/** The engines against each other: DuckDB, ClickHouse's, and the latter with every table distributed over two shards. */
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { arbitraryImports, LITTLE_WORLD } from './arbitrary-sources.ts'
import { clickHouseAbsent, clickHouseEngine, duckDbEngine } from './engines.ts'
import { everythingIn, importSource } from './scenes.ts'

const absent = clickHouseAbsent()
const engines = absent === null ? [duckDbEngine(), clickHouseEngine(), clickHouseEngine('two')] : []
afterAll(async () => {
  for (const engine of engines) await engine.stop()
})

describe.skipIf(absent !== null)('every engine', () => {
  it('read the same ledger as the same bytes, each from an order and from batches of its own', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryImports(engines.length), async (imports) => {
        const found: unknown[] = []
        for (const [at, engine] of engines.entries()) {
          const store = await (await engine.place()).open()
          for (const { source, size } of imports[at] ?? []) await importSource(store, source, size)
          found.push(await everythingIn(store, LITTLE_WORLD))
          await store.close()
        }
        for (const other of found.slice(1)) expect(other).toEqual(found[0])
      }),
      { numRuns: 3, endOnFailure: false },
    )
  })
})
