/** The ledger of a data folder, moved to ClickHouse's engine and used there, by the command line alone. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickHouseAbsent, clickHouseEngine } from './conformance/engines.ts'
import { askComity, type Refused, sample, temporaryFolder } from './run-comity.ts'

const home = join(temporaryFolder(), 'home')
const ask = <Answer>(args: readonly string[], exit = 0) => askComity<Answer>(home, args, exit)
const code = async (args: readonly string[], exit = 1) => (await ask<Refused>(args, exit)).error.code
const trace = ['trace', 'run', '--chain', 'bitcoin', '--rule', 'pifo', '--from']
const SEED = 'daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9:0'

type Status = { chains: { contentDigest: string; transactions: number }[] }
type Store = {
  engine: string
  place: string
  cluster: string | null
  tables: { name: string; rows: number }[]
  shards: object[]
  problems: string[]
}

beforeAll(async () => {
  expect(await ask<Store>(['chain', 'store'])).toMatchObject({ engine: 'DuckDB', version: null, tables: [] })
  expect(await code(['chain', 'migrate', '--to', join(home, 'other.duckdb')])).toBe('LEDGER_EMPTY')
  await ask(['chain', 'import', '--chain', 'bitcoin', '--format', 'esplora', sample('colonial2021')])
})

describe('the choice of a store', () => {
  it('says what the data folder holds', async () => {
    const store = await ask<Store>(['chain', 'store'])
    expect(store).toMatchObject({ engine: 'DuckDB', place: join(home, 'chain.duckdb'), problems: [] })
    expect(store.tables.find(({ name }) => name === 'publication')?.rows).toBeGreaterThan(0)
  })

  it('refuses addresses that it cannot or must not keep', async () => {
    for (const url of ['ftp://a', 'clickhouse://', 'clickhouse://ann:secret@host/db', 'clickhouse://host/db?a=b'])
      expect(await code(['chain', 'store', '--url', url]), url).toBe('CHAIN_STORE_URL')
    expect(await code(['chain', 'store', '--url', 'clickhouse://host/a-b'])).toBe('CHAIN_STORE_NAME')
    // Port 9 (discard) is listened to by nobody here.
    expect(await code(['chain', 'store', '--url', 'clickhouse://127.0.0.1:9/db'])).toBe('CHAIN_STORE_UNREACHABLE')
    expect(await code(['chain', 'store', '--cluster', 'one'], 2)).toBe('FLAG_VALUE')
    expect(existsSync(join(home, 'chain-store.json'))).toBe(false)
  })

  it('says so where what it remembered cannot be read', async () => {
    writeFileSync(join(home, 'chain-store.json'), '{')
    expect(await code(['chain', 'status'])).toBe('CHAIN_STORE_CHOICE')
    await ask(['chain', 'store', '--embedded'])
    await ask(['chain', 'status'])
  })
})

describe.skipIf(clickHouseAbsent() !== null)('a ledger on a cluster', () => {
  const engine = clickHouseEngine()
  afterAll(() => engine.stop())

  it('is moved there, chosen, and read and traced as before', async () => {
    const host = (await engine.url()).replace('http://', 'clickhouse://')
    const url = `${host}/moved?cluster=two&keeper=no`
    const before = await ask<Status>(['chain', 'status'])
    const traced = await ask<{ resultDigest: string }>([...trace, SEED])
    expect(await ask(['chain', 'migrate', '--to', url])).toMatchObject({
      state: 'moved',
      chains: [{ contentDigest: before.chains[0]?.contentDigest }],
    })
    expect(existsSync(join(home, 'migration'))).toBe(false)
    expect(await code(['chain', 'store', '--url', `${host}/moved?cluster=three`])).toBe('CHAIN_STORE_CLUSTER')
    expect(await code(['chain', 'store', '--url', `${host}/moved`])).toBe('CHAIN_STORE_LAYOUT')
    const store = await ask<Store>(['chain', 'store', '--url', url])
    expect(store).toMatchObject({
      engine: 'ClickHouse',
      cluster: 'two',
      shards: [{ shard: 1 }, { shard: 2 }],
      problems: [],
    })
    expect(readFileSync(join(home, 'chain-store.json'), 'utf8')).not.toMatch(/user|pass/i)
    expect((await ask<Store>(['chain', 'store'])).tables).toEqual(store.tables)
    expect((await ask<Status>(['chain', 'status'])).chains).toEqual(before.chains)
    expect((await ask<{ resultDigest: string }>([...trace, SEED])).resultDigest).toBe(traced.resultDigest)
    await ask(['chain', 'store', '--embedded'])
    expect(await ask<Store>(['chain', 'store'])).toMatchObject({ engine: 'DuckDB' })
  })
})
