import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from './database.ts'
import { type EmbeddedServer, startEmbeddedServer } from './embedded-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'comity-database-'))
let server: EmbeddedServer
let database: Database

beforeAll(async () => {
  server = await startEmbeddedServer(folder)
  database = openDatabase(server.connection)
  await database.query('CREATE TABLE kept (n int PRIMARY KEY)')
}, 60_000)

afterAll(async () => {
  await database.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  await database.query('DELETE FROM kept')
})

const insert = 'INSERT INTO kept VALUES ($1)'
const kept = async () => (await database.query<{ n: number }>('SELECT n FROM kept ORDER BY n')).map(({ n }) => n)

describe('what a transaction ends with', () => {
  test('is committed with what came before, in order', async () => {
    const answer = await database.transaction(async (sql) => {
      await sql.query(insert, [1])
      sql.last('UPDATE kept SET n = n + 10 WHERE n = $1', [1])
      sql.last(insert, [1])
      return 'done'
    })
    expect(answer).toBe('done')
    expect(await kept()).toEqual([1, 11])
  })

  test.each([
    ['the first', 2, 3],
    ['the second', 3, 2],
  ])('fails the transaction with its own error: %s of two', async (_, first, second) => {
    await database.query(insert, [2])
    const failing = database.transaction(async (sql) => {
      await sql.query(insert, [1])
      sql.last(insert, [first])
      sql.last(insert, [second])
    })
    await expect(failing).rejects.toMatchObject({ code: '23505', table: 'kept' })
    expect(await kept()).toEqual([2])
    // The connection that it failed on is fit for the next.
    await database.transaction((sql) => sql.query(insert, [4]))
    expect(await kept()).toEqual([2, 4])
  })

  test('is undone where the work throws after it was handed over', async () => {
    const failing = database.transaction(async (sql) => {
      sql.last(insert, [1])
      throw new Error('changed its mind')
    })
    await expect(failing).rejects.toThrow('changed its mind')
    expect(await kept()).toEqual([])
  })

  test('is tried again with all of the transaction where PostgreSQL asks for it', async () => {
    let tries = 0
    await database.transaction(async (sql) => {
      tries++
      sql.last(
        tries === 1 ? "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$" : insert,
        tries === 1 ? [] : [7],
      )
    })
    expect(tries).toBe(2)
    expect(await kept()).toEqual([7])
  })
})
