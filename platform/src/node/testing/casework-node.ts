/** For tests: a door with the acts of casework, people of every kind, and a clock that the test moves. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { ports as caseworkPorts } from '../../casework/index.ts'
import {
  type Authenticator,
  addressGate,
  approvalDesk,
  law,
  retentionRules,
  signWith,
} from '../../casework/testing/fakes.ts'
import { migrate } from '../../io/postgres/index.ts'
import type { Action, Result } from '../../kernel/index.ts'
import { type Caller, openDoor } from '../door/door.ts'
import { initKeys, openKeys } from '../keys.ts'
import { openDecisionPoint } from '../policy/decision-point.ts'
import { reminderSetting } from '../ports.ts'
import { openShredder } from '../shredder.ts'
import { migrations } from '../store/migrations.ts'
import { recordWork } from '../store/records.ts'
import { testDatabase } from './test-database.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const roleByName = {
  anna: 'investigator',
  bert: 'investigator',
  carla: 'prosecutor',
  dora: 'judge',
  emil: 'senior-official',
  fritz: 'senior-official',
  gina: 'auditor',
  hugo: 'administrator',
  tina: 'training',
  lisa: 'liaison-officer',
} as const
export type Name = keyof typeof roleByName

const periods = [
  {
    ruleId: 'ours-5y',
    purpose: 'criminal-proceedings',
    basis: 'A rule of our own, for tests',
    clockStart: 'closed',
    period: 'P5Y',
  },
] as const

export async function caseworkNode(actions: readonly Action[]) {
  const folder = mkdtempSync(join(tmpdir(), 'comity-casework-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const database = await testDatabase()
  await migrate(database, migrations)
  initKeys(join(folder, 'keys'))
  const keys = openKeys(join(folder, 'keys'))
  const names = Object.keys(roleByName) as Name[]
  const idOf = Object.fromEntries(
    names.map((name, at) => [name, `00000000-0000-7000-8000-0000000000${(at + 16).toString(16)}`]),
  ) as Record<Name, string>
  await database.transaction(async (sql) => {
    const records = recordWork(sql, keys, new Date(0).toISOString())
    for (const name of names)
      await records.put(
        'person',
        idOf[name],
        { name, role: roleByName[name], suspended: false },
        { caseId: null, seen: 0 },
      )
  })
  const authenticatorOf = Object.fromEntries(
    names.map((name) => [name, { credentialId: `key-${name}`, secret: name, deviceBound: true, userVerified: true }]),
  ) as Record<Name, Authenticator>
  const setting = { needed: 2 }
  const clock = { now: Date.parse('2026-11-25T09:00:00Z') }
  const held = new Map(names.map((name) => [idOf[name], [authenticatorOf[name]] as Authenticator[]]))
  const policies = openDecisionPoint(fileURLToPath(new URL('../../../../policies', import.meta.url)))
  const houseLaw = { version: policies.version }
  const reminders = reminderSetting('UTC', undefined)
  const ports = new Map<string, unknown>([
    [caseworkPorts.addresses, addressGate],
    [caseworkPorts.law, law],
    [caseworkPorts.approvals, approvalDesk(held, setting)],
    [caseworkPorts.policies, houseLaw],
    [caseworkPorts.retention, retentionRules(periods)],
    [caseworkPorts.reminders, reminders],
    [caseworkPorts.shredder, openShredder(keys)],
  ])
  const door = openDoor({
    database,
    keys,
    policies,
    actions,
    ports,
    clock: () => clock.now,
    watch: { decided: () => {}, acted: () => {} },
  })
  const caller = (name: Name, more: Partial<Caller> = {}): Caller => ({
    personId: idOf[name],
    signedInBy: 'device-bound',
    provenAt: clock.now,
    purpose: 'criminal-proceedings',
    scopes: null,
    ...more,
  })

  /** The answer to a call of somebody. */
  async function run(name: Name, action: string, input: object, more: Partial<Caller> = {}): Promise<Result<unknown>> {
    // Ids follow the clock: a millisecond for each call keeps things in the order in which they were made.
    clock.now += 1
    const answer = await door.run({ caller: caller(name, more), action, input })
    return answer.ok ? { ok: true, value: answer.value.result } : answer
  }

  /** The result of a call that must succeed. */
  async function did<T = Written>(name: Name, action: string, input: object, more: Partial<Caller> = {}): Promise<T> {
    const answer = await run(name, action, input, more)
    if (!answer.ok) throw new Error(`${action} by ${name}: ${JSON.stringify(answer.refusal)}`)
    return answer.value as T
  }

  /** The code with which a call was refused; `done` where it was not. */
  async function codeOf(name: Name, action: string, input: object, more: Partial<Caller> = {}): Promise<string> {
    const answer = await run(name, action, input, more)
    return answer.ok ? 'done' : answer.refusal.code
  }

  /** Approves a submitted request with the authenticator of the person (or another one). */
  async function approve(name: Name, id: string, seen: number, key: Authenticator = authenticatorOf[name]) {
    const asked = await run(name, 'approval.challenge', { id })
    if (!asked.ok) return asked
    const { digest, expiresAt, challenge } = asked.value as { digest: string; expiresAt: string; challenge: string }
    return run(name, 'approval.give', { id, seen, digest, expiresAt, credential: signWith(key, challenge) })
  }

  /** Writes the next version of a person, as they were at first but for what is given. */
  async function putPerson(name: Name, more: object): Promise<void> {
    await database.transaction(async (sql) => {
      const records = recordWork(sql, keys, new Date(clock.now).toISOString())
      const seen = (await records.get('person', idOf[name]))?.version ?? 0
      const body = { name, role: roleByName[name], suspended: false, ...more }
      await records.put('person', idOf[name], body, { caseId: null, seen })
    })
  }

  return {
    putPerson,
    folder,
    reminders,
    database,
    keys,
    door,
    ports,
    policies: houseLaw,
    idOf,
    held,
    authenticatorOf,
    setting,
    clock,
    caller,
    run,
    did,
    codeOf,
    approve,
  }
}

export type Written = {
  readonly id: string
  readonly version: number
  readonly digest: string
  readonly findings: readonly { readonly code: string; readonly message: string; readonly with: readonly unknown[] }[]
}
export type CaseworkNode = Awaited<ReturnType<typeof caseworkNode>>
