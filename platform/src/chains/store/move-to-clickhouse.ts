/** A database of a ClickHouse server, or of a cluster, in which a moved store arrives. */
import type { ClickHouse } from '../../io/clickhouse.ts'
import { stop } from '../../kernel/index.ts'
import { append, clickHouseTables, createTables, newestGeneration, readingOn, withTables } from './clickhouse-engine.ts'
import { deleteRows, emptyTable, insertParquet, type Layout } from './clickhouse-statements.ts'
import { asInt, asText } from './engine.ts'
import type { MoveTarget } from './move.ts'
import { type Piece, pieceName } from './move-pieces.ts'
import { quoted } from './sql-text.ts'
import { ARRIVAL, lastingTables, moveTables } from './tables.ts'

export async function openClickHouseTarget(server: ClickHouse, layout: Layout): Promise<MoveTarget> {
  let move = ''
  const note = (piece: string) => append(server, 'arrival', moveTables.arrival, { move: [move], piece: [piece] })
  const count = async (table: string, where = '1') =>
    asInt((await server.rows(`SELECT count() FROM ${table} WHERE ${where}`))[0]?.[0])

  return {
    begin: async (id) => {
      move = id
      await createTables(server, layout)
      const rows = await server.rows('SELECT move, piece FROM arrival')
      const own = rows.filter((row) => row[0] === move).map((row) => asText(row[1]))
      if (own.includes(ARRIVAL.finished)) return { arrived: new Set(), finished: true }
      if (rows.some((row) => row[1] === ARRIVAL.finished)) refuseFull(layout)
      if (rows.length > own.length) {
        // What was on its way is not what is being moved now, and nobody has ever seen it. Its marks go last.
        for (const table of Object.keys(clickHouseTables).sort((a) => (a === 'arrival' ? 1 : -1)))
          await server.run(emptyTable(layout, table))
        own.length = 0
      } else if (rows.length === 0) {
        for (const table of Object.keys(clickHouseTables)) if ((await count(table)) > 0) refuseFull(layout)
      }
      if (own.length === 0) await note(ARRIVAL.begun)
      return { arrived: new Set(own.filter((piece) => piece.includes('/'))), finished: false }
    },
    take: async (piece, paths) => {
      // There is no transaction: rows of an attempt that was never noted are in the way, and go first.
      if ((await count(piece.table, rowsOf(piece))) > 0) {
        await server.run(
          piece.prefix === '' ? emptyTable(layout, piece.table) : deleteRows(layout, piece.table, rowsOf(piece)),
        )
      }
      const statement = insertParquet(piece.table, lastingTables[piece.table] ?? {})
      for (const path of paths) await server.insertFile(statement, path)
      await note(pieceName(piece))
    },
    // Publications arrive last; until then the attempts, which moved with them, say how far what will count reaches.
    reading: async (body) => {
      const newest = await newestGeneration(server, 'attempt')
      return withTables(server, (beside) => body(readingOn(server, beside, newest)))
    },
    finish: () => note(ARRIVAL.finished),
    close: () => server.close(),
  }
}

function rowsOf({ prefix }: Piece): string {
  return prefix === '' ? '1' : `startsWith(txid, ${quoted(prefix)})`
}

function refuseFull(layout: Layout): never {
  return stop('CHAIN_STORE_NOT_EMPTY', 'The database holds a chain store already.', {
    place: layout.database,
    fix: 'Create an empty database and name that.',
  })
}
