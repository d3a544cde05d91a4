/**
 * The real ClickHouse engine (npm `chdb`) in a process of its own, behind as much of ClickHouse's HTTP interface as the
 * official client uses. A process of its own because the engine holds one data folder per process and brings the
 * process down when it is used from a worker thread.
 *
 * It knows a cluster, `two`, of two shards that are both itself: it plans and answers each question once for each shard, as a
 * server does for shards of its own, and no socket is needed. What lies on which shard is seen to by filters that go with
 * every statement (`shardFilters`). There is no Keeper in it, so that nothing replicated can be written.
 *
 * `node chdb-server.ts FOLDER` prints the port it listens on.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Session } from 'chdb'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('name the data folder')
const configuration = `${folder}-cluster.xml`
const shard = '<shard><replica><host>127.0.0.1</host><port>9000</port></replica></shard>'
writeFileSync(
  configuration,
  // A Keeper that forgets: tables of replicas can be made with it, to see that the engine takes them, but never written.
  `<clickhouse><tcp_port>9000</tcp_port><remote_servers><two>${shard}${shard}</two></remote_servers>
   <macros><shard>1</shard><replica>1</replica></macros>
   <zookeeper><implementation>testkeeper</implementation></zookeeper></clickhouse>`,
)
const session = new Session(folder, { connectionArgs: [`--config-file=${configuration}`] })
// The statements of these tests differ and their rows are few: each would be compiled to machine code and hardly run.
session.query('SET compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0')
process.on('exit', () => rmSync(configuration, { force: true }))

/** Parameters of a request that are not settings of a query. */
const NOT_SETTINGS = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'session_id',
  'wait_end_of_query',
  'enable_http_compression',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
])

const SHARDS = 2

/**
 * Database → table → what a shard sees of it, on a cluster of shards that share one disk:
 *
 * - of a table under a Distributed one, the rows that its sharding key puts there;
 * - of a list beside the ledger, nothing: it lies on the host that is asked, and a shard gets it only with the question.
 *
 * The host itself (`shardNum()` is 0) sees all of both, as where it deletes from a local table for every host.
 */
const shardFilters = new Map<string, Map<string, string>>()

function learnShards(wanted: string, sql: string): void {
  const distributed = /ENGINE = Distributed\('two', '(\w+)', '(\w+)', (.+)\)/.exec(sql)
  if (distributed) {
    const [, ofDatabase = '', table = '', key = ''] = distributed
    filtersOf(ofDatabase).set(table, `shardNum() = 0 OR (${key}) % ${SHARDS} = shardNum() - 1`)
  }
  const [, beside] = /^CREATE TABLE (beside_\w+) /.exec(sql) ?? []
  if (beside) filtersOf(wanted).set(beside, 'shardNum() = 0')
  const [, dropped] = /^DROP TABLE IF EXISTS (\w+)/.exec(sql) ?? []
  if (dropped) filtersOf(wanted).delete(dropped)
}

function filtersOf(wanted: string): Map<string, string> {
  const known = shardFilters.get(wanted)
  if (known) return known
  const fresh = new Map<string, string>()
  shardFilters.set(wanted, fresh)
  return fresh
}

/** Nothing where the database has no tables of a cluster. */
function filtersNow(wanted: string): string {
  const filters = [...filtersOf(wanted)]
  if (!filters.some(([table]) => table.endsWith('_local'))) return '{}'
  return `{${filters.map(([table, filter]) => `'${wanted}.${table}': '${filter.replaceAll("'", "''")}'`).join(', ')}}`
}

// After a kill the tables are there already.
const made = session.query("SELECT create_table_query FROM system.tables WHERE engine = 'Distributed'", 'TSVRaw')
for (const statement of made.split('\n')) learnShards('', statement)

/** One statement after the other: a session of the engine is serial. Its settings stay until they are set again. */
let last: Promise<unknown> = Promise.resolve()
let database = ''
const settingsNow = new Map<string, string>()

const server = createServer((request, response) => {
  const task = async () => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const body = await readBody(request)
    if (url.pathname === '/ping') return 'Ok.\n'
    const query = url.searchParams.get('query')
    const sql = query === null ? body.toString('utf8') : withBody(query, body)
    const wanted = url.searchParams.get('database') ?? 'default'
    if (wanted !== database) {
      session.query(`USE ${wanted}`)
      database = wanted
    }
    learnShards(wanted, sql)
    const quoted = [...url.searchParams].filter(([name]) => !NOT_SETTINGS.has(name))
    const wished = new Map(quoted.map(([name, value]) => [name, `'${value.replaceAll("'", "''")}'`]))
    wished.set('additional_table_filters', filtersNow(wanted))
    const forgotten = [...settingsNow.keys()].filter((name) => !wished.has(name))
    const changed = [...wished].filter(([name, value]) => settingsNow.get(name) !== value)
    if (forgotten.length + changed.length > 0) {
      const set = [
        ...forgotten.map((name) => `${name} = DEFAULT`),
        ...changed.map(([name, value]) => `${name} = ${value}`),
      ]
      session.query(`SET ${set.join(', ')}`)
      settingsNow.clear()
      for (const [name, value] of wished) settingsNow.set(name, value)
    }
    // Nobody else has to be answered meanwhile, and a statement that waits for no other thread is done sooner.
    return session.query(sql)
  }
  last = last.then(task, task).then(
    (answer) => {
      response.writeHead(200, { 'content-type': 'text/plain; charset=UTF-8' }).end(answer)
    },
    (thrown: unknown) => {
      const message = thrown instanceof Error ? thrown.message : String(thrown)
      const code = /Code: (\d+)/.exec(message)?.[1] ?? '1002'
      response.writeHead(500, { 'x-clickhouse-exception-code': code }).end(message)
    },
  )
})

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/**
 * A statement and the rows that follow it. The engine takes text after a statement, but no bytes: rows as Parquet are put
 * into a file, and what a server reads from `input(…)` is read from there.
 */
function withBody(query: string, body: Buffer): string {
  if (!query.endsWith(' FORMAT Parquet')) return `${query}\n${body.toString('utf8')}`
  const path = `${folder}-body.parquet`
  writeFileSync(path, body)
  return query.replace(' FORMAT Parquet', '').replace("FROM input('", `FROM file('${path}', 'Parquet', '`)
}

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
// The parent's end of the pipe closes when the parent dies, however it dies.
process.stdin.resume().on('end', () => process.exit(0))
