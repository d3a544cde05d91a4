import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { orStop } from '../../kernel/index.ts'
import type { AccountBatch } from '../account-ledger.ts'
import type { AccountPack } from '../account-pack.ts'
import { shippedAccountPacks } from '../shipped-chain-packs.ts'
import { openAccountImporter } from './open-account-importer.ts'
import { folderOf, sample } from './reading-samples.ts'

const ethereum = shippedAccountPacks.find(({ caip2 }) => caip2 === 'eip155:1') as AccountPack

/** The sample of ethereum-etl in the columns of the public data set, whose amounts are floating point numbers. */
async function parquetFolder(): Promise<string> {
  const folder = folderOf({})
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const from = (name: string) => `read_json('${sample(`etl-eth/stream/expected_${name}`)}')`
  const files = {
    blocks: `SELECT * EXCLUDE (withdrawals, "timestamp"), to_timestamp("timestamp")::TIMESTAMP AS "timestamp" FROM ${from('blocks.json')}`,
    transactions: `SELECT * EXCLUDE (value, block_timestamp), value::DOUBLE AS value, to_timestamp(block_timestamp)::TIMESTAMP AS block_timestamp FROM ${from('transactions.json.gz')}`,
    logs: `SELECT * FROM ${from('logs.json.gz')}`,
  }
  for (const [name, select] of Object.entries(files))
    await connection.run(`COPY (${select}) TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`)
  connection.closeSync()
  instance.closeSync()
  return folder
}

async function read(format: string, paths: readonly string[]) {
  const importer = orStop(await openAccountImporter(format, paths, ethereum, { knownPacks: [] }))
  const all = { transactions: [], moves: [], defects: [] } as {
    [Key in 'transactions' | 'moves' | 'defects']: AccountBatch[Key][number][]
  }
  for await (const { batch } of importer.read({ cursor: null })) {
    all.transactions.push(...batch.transactions)
    all.moves.push(...batch.moves)
    all.defects.push(...batch.defects)
  }
  return all
}

test('the public data set gives the ledger of the export, and every transaction says that its amounts were doubles', async () => {
  const parquet = await read('aws-parquet', [await parquetFolder()])
  const etl = await read(
    'ethereum-etl',
    ['blocks.json', 'transactions.json.gz', 'logs.json.gz'].map((name) => sample(`etl-eth/stream/expected_${name}`)),
  )
  expect(parquet.defects.map(({ code, count }) => [code, count])).toEqual([['AMOUNT_DOUBLE', 298]])
  expect(new Set(parquet.transactions.map(({ proof }) => proof))).toEqual(new Set(['doubles']))
  expect(parquet.transactions.map((tx) => ({ ...tx, proof: 'stated' }))).toEqual(etl.transactions)
  const exact = (moves: typeof etl.moves) => moves.filter(({ kind }) => kind === 'token' || kind === 'burn')
  expect(exact(parquet.moves)).toEqual(exact(etl.moves))
  const values = (moves: typeof etl.moves) => moves.filter(({ kind }) => kind === 'value')
  expect(values(parquet.moves).map(({ amount }) => Number(amount))).toEqual(
    values(etl.moves).map(({ amount }) => Number(amount)),
  )
})
