/** Writes docs/spec/clickhouse-cluster.sql: what the chain store asks of a ClickHouse cluster. `node scripts/write-clickhouse-statements.ts` */
import { writeFileSync } from 'node:fs'
import { clickHouseTables } from '../platform/src/chains/store/clickhouse-engine.ts'
import {
  createDatabase,
  createTable,
  deleteRows,
  dropTable,
  emptyTable,
  insertParquet,
  layoutSettings,
  readLayout,
} from '../platform/src/chains/store/clickhouse-statements.ts'
import { ledgerTables, stageTable, stageTables } from '../platform/src/chains/store/tables.ts'

export const clusterLayout = readLayout('comity', 'chains')

/** Every statement that defines, empties or removes a table of a cluster, for the database comity and the cluster chains. */
export function clusterStatements(): readonly string[] {
  const staged = Object.entries(stageTables).map(([name, columns]) => [stageTable(name as never, 1), columns] as const)
  return [
    createDatabase(clusterLayout),
    ...[...Object.entries(clickHouseTables), ...staged].flatMap(([name, columns]) =>
      createTable(clusterLayout, name, columns),
    ),
    ...dropTable(clusterLayout, stageTable('stage_tx', 1)),
    deleteRows(clusterLayout, 'tx', 'generation IN (7)'),
    emptyTable(clusterLayout, 'tx'),
  ]
}

export function clusterDocument(): string {
  return [
    '-- What Comity asks of a ClickHouse cluster, for the database `comity` and the cluster `chains`.',
    '-- Written by scripts/write-clickhouse-statements.ts; `comity chain store --url … --cluster chains` runs it.',
    '-- Settings sent with every statement:',
    ...Object.entries(layoutSettings(clusterLayout)).map(([name, value]) => `--   ${name} = ${value}`),
    '',
    ...clusterStatements().map((statement) => `${statement};\n`),
    '-- One piece of a moved store; its rows follow as Parquet.',
    `-- ${insertParquet('tx_out', ledgerTables.tx_out)}`,
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(new URL('../docs/spec/clickhouse-cluster.sql', import.meta.url), clusterDocument())
