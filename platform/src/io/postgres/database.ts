/** The pool of connections, transactions that are tried again where PostgreSQL asks for it, and migrations. */
import { Socket } from 'node:net'
import pg from 'pg'
import { sha256Text, stop } from '../../kernel/index.ts'

/** One connection inside a transaction. Rows come back as arrays of objects; bytea as Uint8Array, bigint as string. */
export interface Sql {
  query<R extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<R[]>
  /**
   * A statement that travels with the commit instead of before it, for what a transaction ends with: no statement that asks may
   * follow. Where it fails, the transaction does, with its error.
   */
  last(text: string, values: readonly unknown[]): void
}

export type Database = {
  /** Runs `work` in a transaction: commits what returns, rolls back what throws. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** A single statement on its own. */
  query<R extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<R[]>
  /** Runs while no other process of the same database runs work of this name; `null` at once where one does. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | null>
  /** Calls back for each NOTIFY on the channel, and after each reconnection; the function returned stops it. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  readonly config: pg.PoolConfig
  close(): Promise<void>
}

export type Migration = {
  /** `0001-records`: applied in this order, once, and never changed afterwards. */
  readonly id: string
  readonly sql: string
}

/** What PostgreSQL answers where only trying again helps: serialization failure and deadlock. */
const TRY_AGAIN = new Set(['40001', '40P01'])
const TRIES = 5
/** Statements that a connection keeps prepared, at most. Ours are some dozens; more means that a text is put together anew each time. */
const PREPARED = 500

export function openDatabase(config: pg.PoolConfig): Database {
  const pool = new pg.Pool({
    max: 16,
    connectionTimeoutMillis: 10_000,
    ...config,
    application_name: 'comity',
    // What is not waited for travels together: a transaction begins with its first statements, in one way there and back.
    pipeline: true,
    stream: gatheringSocket,
  } as pg.PoolConfig)
  // An idle connection that breaks (a server restart) is replaced by the pool; the next query says what is wrong.
  pool.on('error', () => {})
  // One that breaks in the middle of a transaction says so to its query, too; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const nameByText = new Map<string, string>()
  const prepared = (text: string, values: readonly unknown[] = []): pg.QueryConfig => {
    const name = nameByText.get(text)
    if (name !== undefined) return { text, values: [...values], name }
    if (values.length > 0 && nameByText.size < PREPARED) nameByText.set(text, `comity${nameByText.size}`)
    return { text, values: [...values] }
  }
  const sqlOf = (client: pg.ClientBase, ending: Promise<unknown>[]): Sql => ({
    query: async (text, values) => (await client.query(prepared(text, values))).rows,
    last: (text, values) => {
      const sent = client.query(prepared(text, values))
      sent.catch(() => {})
      ending.push(sent)
    },
  })

  async function once<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    const ending: Promise<unknown>[] = []
    let broken = false
    try {
      const begun = client.query('BEGIN')
      // Where it fails, so does the first statement, which says why.
      begun.catch(() => {})
      const result = await work(sqlOf(client, ending))
      const committed = client.query('COMMIT')
      committed.catch(() => {})
      for (const statement of ending) await statement
      const { command } = await committed
      // A statement that failed and was passed over: PostgreSQL has rolled back, and says so in this way only.
      if (command !== 'COMMIT')
        throw new Error(`the transaction ended with ${command}: one of its statements had failed`)
      return result
    } catch (thrown) {
      await client.query('ROLLBACK').catch(() => {
        broken = true
      })
      // One that was not waited for and failed made those after it fail: it is the cause.
      for (const statement of ending) await statement
      throw thrown
    } finally {
      client.release(broken)
    }
  }

  return {
    config,
    transaction: async (work) => {
      for (let tries = 1; ; tries++) {
        try {
          return await once(work)
        } catch (thrown) {
          if (tries === TRIES || !TRY_AGAIN.has((thrown as { code?: string }).code ?? '')) throw thrown
        }
      }
    },
    query: async (text, values) => (await pool.query(prepared(text, values))).rows,
    exclusively: async (name, work) => {
      const client = await pool.connect()
      const key = lockKey(name)
      let broken = false
      try {
        const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS got', [key])
        if (rows[0]?.got !== true) return null
        try {
          return await work()
        } finally {
          await client.query('SELECT pg_advisory_unlock($1)', [key]).catch(() => {
            broken = true
          })
        }
      } finally {
        client.release(broken)
      }
    },
    listen: (channel, heard) => listenOn(config, channel, heard),
    close: () => pool.end(),
  }
}

/** A socket that sends what was written in one turn of the program in one piece. */
function gatheringSocket(): Socket {
  const socket = new Socket()
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean
  let gathering = false
  // Not before: connecting gives a socket the write of its class back.
  socket.once('connect', () => {
    socket.write = (...given: unknown[]) => {
      if (!gathering) {
        gathering = true
        socket.cork()
        process.nextTick(() => {
          gathering = false
          socket.uncork()
        })
      }
      return write(...given)
    }
  })
  return socket
}

/** A connection of its own, made again for as long as it is wanted. */
async function listenOn(config: pg.PoolConfig, channel: string, heard: (payload: string) => void) {
  let wanted = true
  let client: pg.Client | null = null
  const connect = async () => {
    const fresh = new pg.Client({ ...config, application_name: `comity listening to ${channel}` })
    fresh.on('notification', ({ payload }) => heard(payload ?? ''))
    fresh.on('error', () => {})
    fresh.on('end', () => {
      if (wanted) setTimeout(() => void connect().catch(() => fresh.emit('end')), 500).unref()
    })
    await fresh.connect()
    await fresh.query(`LISTEN ${channel}`)
    client = fresh
    heard('')
  }
  await connect()
  return async () => {
    wanted = false
    await client?.end().catch(() => {})
  }
}

/**
 * Brings the schema up to date: forward only. A migration that was applied and then changed is refused, and so is a
 * database that is newer than this release.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  await database.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [lockKey('migrate')])
    await sql.query(
      'CREATE TABLE IF NOT EXISTS migration (id text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
    )
    const applied = new Map(
      (await sql.query<{ id: string; checksum: string }>('SELECT id, checksum FROM migration')).map((row) => [
        row.id,
        row.checksum,
      ]),
    )
    const known = new Set(migrations.map(({ id }) => id))
    const newer = [...applied.keys()].find((id) => !known.has(id))
    if (newer !== undefined)
      stop('DATABASE_NEWER', `The database was brought forward by a newer release (${newer}).`, {
        fix: 'Use that release, or restore a backup of this one.',
      })
    for (const { id, sql: text } of migrations) {
      const checksum = sha256Text(text)
      const before = applied.get(id)
      if (before === checksum) continue
      if (before !== undefined)
        stop('MIGRATION_CHANGED', `The migration ${id} is not the one that was applied.`, {
          place: id,
          fix: 'Use the release that the database belongs to: an applied migration never changes.',
        })
      await sql.query(text)
      await sql.query('INSERT INTO migration (id, checksum) VALUES ($1, $2)', [id, checksum])
    }
  })
}

/** A signed 64-bit number for a name; every process computes the same. */
function lockKey(name: string): string {
  return BigInt.asIntN(64, BigInt(`0x${sha256Text(`comity ${name}`).slice(0, 16)}`)).toString()
}

const PORTION = 500

/** Rows one by one, through a cursor of the transaction. */
export async function* eachRow<R extends object>(
  sql: Sql,
  query: string,
  values: readonly unknown[] = [],
): AsyncGenerator<R> {
  const name = `c${Math.floor(Math.random() * 2 ** 48)}`
  await sql.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${query}`, values)
  for (;;) {
    const rows = await sql.query<R>(`FETCH ${PORTION} FROM ${name}`)
    yield* rows
    if (rows.length < PORTION) break
  }
  await sql.query(`CLOSE ${name}`)
}
