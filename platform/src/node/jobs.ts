/**
 * Work by the clock, on pg-boss: whichever node process of a database is free does it, and none does it twice at once. A job
 * holds nothing but its name; what there is to do is read from the records when it runs.
 */
import { PgBoss } from 'pg-boss'
import type { Database } from '../io/postgres/index.ts'

export type Job = {
  readonly name: string
  /** Five fields of cron, in UTC. */
  readonly every: string
  /** Seconds after which another process may take it over; 900 where nothing is said. */
  readonly within?: number
  /** Answers what was done, for the log: numbers only. `ending` is aborted when the node stops. */
  readonly run: (ending: AbortSignal) => Promise<Readonly<Record<string, number>>>
}

export type Jobs = {
  /** Runs a job now, besides its time. */
  ring(name: string): Promise<void>
  stop(): Promise<void>
}

export async function startJobs(
  database: Database,
  jobs: readonly Job[],
  told: (name: string, done: Readonly<Record<string, number>>) => void,
  alarm: (name: string, fault: unknown) => void,
): Promise<Jobs> {
  const { connectionString, host, port, user, database: name } = database.config
  const boss = new PgBoss({
    schema: 'jobs',
    application_name: 'comity jobs',
    max: 4,
    ...(connectionString === undefined
      ? { host: host as string, port: port as number, user: user as string, database: name as string }
      : { connectionString }),
  })
  boss.on('error', (fault) => alarm('pg-boss', fault))
  await boss.start()
  const ending = new AbortController()
  for (const job of jobs) {
    await boss.createQueue(job.name, {
      policy: 'singleton',
      retryLimit: 3,
      retryBackoff: true,
      expireInSeconds: job.within ?? 900,
    })
    await boss.work(job.name, { pollingIntervalSeconds: 1 }, async () => {
      try {
        told(job.name, await job.run(ending.signal))
      } catch (fault) {
        alarm(job.name, fault)
        throw fault
      }
    })
    await boss.schedule(job.name, job.every, null, { tz: 'UTC' })
  }
  return {
    ring: async (name) => {
      await boss.send(name)
    },
    stop: () => {
      ending.abort()
      return boss.stop({ graceful: true, timeout: 10_000, close: true })
    },
  }
}
