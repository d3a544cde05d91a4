/** A DuckDB file in which a moved store arrives. It bears another name until all of it is there. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import { type DuckDb, openDuckDb } from '../../io/duckdb.ts'
import { stop } from '../../kernel/index.ts'
import { duckDbEngineOn, readingOn } from './duckdb-engine.ts'
import { asText } from './engine.ts'
import type { MoveTarget } from './move.ts'
import { pieceName } from './move-pieces.ts'
import { quoted } from './sql-text.ts'
import { ARRIVAL, lastingTables } from './tables.ts'

export async function openDuckDbTarget(path: string): Promise<MoveTarget> {
  const arriving = `${path}.arriving`
  let duck: DuckDb | undefined
  let move = ''

  async function open(file: string): Promise<DuckDb> {
    duck = await openDuckDb(file)
    await duckDbEngineOn(duck)
    return duck
  }

  async function close(): Promise<void> {
    const closing = duck
    duck = undefined
    await closing?.close()
  }

  async function arrivedIn(file: DuckDb): Promise<readonly string[]> {
    const rows = await file.reading((session) => session.rows('SELECT move, piece FROM arrival'))
    return rows.map((row) => `${asText(row[0])} ${asText(row[1])}`)
  }

  return {
    begin: async (id) => {
      move = id
      if (existsSync(path)) {
        const here = await arrivedIn(await open(path))
        if (here.includes(`${move} ${ARRIVAL.finished}`)) return { arrived: new Set(), finished: true }
        stop('CHAIN_STORE_NOT_EMPTY', 'There is a store already.', {
          place: path,
          fix: 'Name a file that is not there yet.',
        })
      }
      let here = existsSync(arriving) ? await arrivedIn(await open(arriving)) : []
      if (here.some((one) => !one.startsWith(move))) {
        // What was on its way is not what is being moved now, and nobody has ever seen it.
        await close()
        for (const file of [arriving, `${arriving}.wal`]) rmSync(file, { force: true })
        here = []
      }
      const file = duck ?? (await open(arriving))
      if (here.length === 0) await file.writing((session) => session.run(arrival(move, ARRIVAL.begun)))
      return {
        arrived: new Set(here.map((one) => one.slice(move.length + 1)).filter((one) => one.includes('/'))),
        finished: false,
      }
    },
    take: async (piece, paths) => {
      const names = Object.keys(lastingTables[piece.table] ?? {}).join(', ')
      await opened(duck).writing(async (session) => {
        await session.run(
          `INSERT INTO ${piece.table} (${names}) SELECT ${names} FROM read_parquet([${paths.map(quoted).join(', ')}])`,
        )
        await session.run(arrival(move, pieceName(piece)))
      })
    },
    reading: (body) => opened(duck).reading((session) => body(readingOn(session, () => 'beside_move', []))),
    finish: async () => {
      await opened(duck).writing((session) => session.run(arrival(move, ARRIVAL.finished)))
      await close()
      renameSync(arriving, path)
    },
    close,
  }
}

function arrival(move: string, piece: string): string {
  return `INSERT INTO arrival (move, piece) VALUES (${quoted(move)}, ${quoted(piece)})`
}

function opened(duck: DuckDb | undefined): DuckDb {
  if (!duck) throw new Error('the move has not begun')
  return duck
}
