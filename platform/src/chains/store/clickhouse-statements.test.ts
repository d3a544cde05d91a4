/** What is written down for those who run a cluster: its statements (docs/spec/clickhouse-cluster.sql), and how large it must be. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { capacityNow } from '../../../../scripts/write-capacity.ts'
import { clusterDocument } from '../../../../scripts/write-clickhouse-statements.ts'
import { createTable, deleteRows, dropTable, layoutSettings, readLayout } from './clickhouse-statements.ts'
import { macroProblems } from './describe-store.ts'
import { ledgerTables, stageTables } from './tables.ts'

const one = readLayout('comity', null)
const cluster = readLayout('comity', 'chains')

it('the statements of a cluster are those that are written down', () => {
  const written = readFileSync(new URL('../../../../docs/spec/clickhouse-cluster.sql', import.meta.url), 'utf8')
  expect(clusterDocument()).toBe(written)
})

it('the capacity plan is what its measurements and facts give', () => {
  expect(capacityNow()).toBe(readFileSync(new URL('../../../../docs/capacity.md', import.meta.url), 'utf8'))
})

it('every row of a transaction goes to the shard of its chain and id, whatever the table', () => {
  for (const [name, columns] of Object.entries(ledgerTables)) {
    const [, distributed = ''] = createTable(cluster, name, columns)
    const key = 'txid' in columns ? 'cityHash64(chain, txid)' : '0'
    expect(distributed).toContain(`Distributed('chains', 'comity', '${name}_local', ${key})`)
  }
})

it('one server has one table for each, no replica and no setting of clusters', () => {
  for (const [name, columns] of Object.entries({ ...ledgerTables, ...stageTables })) {
    const statements = createTable(one, name, columns)
    expect(statements).toHaveLength(1)
    expect(statements[0]).not.toMatch(/Replicated|Distributed|ON CLUSTER/)
  }
  expect(layoutSettings(one)).toEqual({})
})

it('on a cluster everything is done on every host, to the local tables', () => {
  expect(deleteRows(cluster, 'batch', 'source = 1')).toBe(
    "DELETE FROM batch_local ON CLUSTER 'chains' WHERE source = 1",
  )
  expect(dropTable(cluster, 'stage_tx_1')).toEqual([
    "DROP TABLE IF EXISTS stage_tx_1 ON CLUSTER 'chains'",
    "DROP TABLE IF EXISTS stage_tx_1_local ON CLUSTER 'chains' SYNC",
  ])
})

it.each(["a'b", 'a b', '1a', '', 'a'.repeat(65), 'a;b'])('refuses %j as a name', (name) => {
  expect(() => readLayout(name, null)).toThrow('CHAIN_STORE_NAME')
  expect(() => readLayout('comity', name)).toThrow('CHAIN_STORE_NAME')
})

it('says which host lacks a macro, and which hosts have the same', () => {
  const host = (name: string, shard: string, replica: string) => [
    [name, 'shard', shard],
    [name, 'replica', replica],
  ]
  expect(macroProblems([...host('a', '1', 'a'), ...host('b', '1', 'b'), ...host('c', '2', 'a')])).toEqual([])
  expect(macroProblems([...host('a', '1', 'a'), ...host('b', '1', 'a')])).toEqual([
    'a and b have the same macros ({shard} 1, {replica} a)',
  ])
  expect(macroProblems([['a', 'shard', '1']])).toEqual(['a: the macro {replica} is not defined'])
  expect(macroProblems([])).toEqual(['no host defines the macros {shard} and {replica}'])
})
