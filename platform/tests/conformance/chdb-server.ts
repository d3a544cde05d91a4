/**
 * The real ClickHouse engine (npm `chdb`) in a process of its own, behind as much of ClickHouse's HTTP interface as the
 * official client uses. A process of its own because the engine holds one data folder per process and brings the
 * process down when it is used from a worker thread.
 *
 * It knows a cluster, `one`, of one shard that is itself. There is no Keeper in it, so nothing replicated can be made.
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
writeFileSync(
  configuration,
  `<clickhouse><tcp_port>9000</tcp_port><remote_servers><one><shard><replica>
   <host>127.0.0.1</host><port>9000</port></replica></shard></one></remote_servers></clickhouse>`,
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
    const wished = new Map([...url.searchParams].filter(([name]) => !NOT_SETTINGS.has(name)))
    const forgotten = [...settingsNow.keys()].filter((name) => !wished.has(name))
    const changed = [...wished].filter(([name, value]) => settingsNow.get(name) !== value)
    if (forgotten.length + changed.length > 0) {
      const set = [
        ...forgotten.map((name) => `${name} = DEFAULT`),
        ...changed.map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`),
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
