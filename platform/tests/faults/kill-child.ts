/**
 * Runs calls through the door until each has come to its step, and then ends itself by SIGKILL: what a power cut leaves
 * when it meets many calls at once, each at another place. A call that has come to its step goes no further: its next word
 * to the database is never sent. Run as: node kill-child.ts HOME CONNECTION; the calls come as a message.
 */
import { readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { type Database, openDatabase, type Sql } from '../../src/io/postgres/index.ts'
import type { LegalPacks } from '../../src/legal/index.ts'
import type { Call } from '../../src/node/door/door.ts'
import { openFaultDoor, openFaultKeys, openPolicies } from './fault-door.ts'

export type KillOrder = {
  readonly now: number
  readonly calls: readonly { readonly call: Call; readonly step: string }[]
}

const [home = '', connection = ''] = process.argv.slice(2)
const database = openDatabase({ ...JSON.parse(connection), max: 48 })
const keys = openFaultKeys(home)
const policies = openPolicies()
const packs = JSON.parse(readFileSync(join(home, 'packs.json'), 'utf8')) as LegalPacks

process.on('message', ({ now, calls }: KillOrder) => {
  let running = calls.length
  for (const { call, step } of calls) {
    let isStopped = false
    const door = openFaultDoor({
      database: stoppingDatabase(() => isStopped),
      keys,
      policies,
      packs,
      clock: () => now,
      failpoint: (reached) => {
        if (reached !== step || isStopped) return
        isStopped = true
        running -= 1
        if (running === 0) process.kill(process.pid, 'SIGKILL')
      },
    })
    const report = (what: unknown) => {
      if (!isStopped) process.send?.({ action: call.action, step, what: JSON.stringify(what) })
    }
    door.run(call).then(report, (thrown: unknown) => report(String(thrown)))
  }
})
// What this process has compiled, it leaves to the next before it is killed.
flushCompileCache()
process.send?.('ready')

function stoppingDatabase(isStopped: () => boolean): Database {
  const goOn = async () => {
    if (isStopped()) await new Promise<never>(() => {})
  }
  return {
    ...database,
    transaction: (work) =>
      database.transaction(async (sql) => {
        const stopping: Sql = {
          query: async (text, values) => {
            await goOn()
            return sql.query(text, values)
          },
          last: (text, values) => {
            if (!isStopped()) sql.last(text, values)
          },
        }
        const result = await work(stopping)
        await goOn()
        return result
      }),
  }
}
