/**
 * The door: the only way to a node's state.
 *
 * One call is one database transaction: the input is parsed, the actor and the subject are read, the policies are asked, the
 * effect runs, the journal is appended, and all of it commits together or not at all. A refusal of the effect rolls back. A
 * denial is journalled in a transaction of its own. What was read is journalled as what was changed.
 *
 * Past four hundred lines on purpose: whoever asks what one call does, and in which order, reads it in one place.
 */
import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs'
import type { RowDigest } from '../../evidence/index.ts'
import type { Database, Sql } from '../../io/postgres/index.ts'
import { newNonce, newSecret, seal, unseal } from '../../kernel/crypto/index.ts'
import {
  type Access,
  type Action,
  type ActionContext,
  type Actor,
  canonicalJson,
  type Event,
  eventsOf,
  type Json,
  orStop,
  type Protected,
  type Question,
  type Refusal,
  type Result,
  refuse,
  Stop,
  sha256,
} from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'
import { caseEntity, type Decision, type DecisionPoint, personEntity, recordEntity } from '../policy/decision-point.ts'
import { appendEntries } from '../store/journal-append.ts'
import { type RecordWork, recordWork, type WrittenRow } from '../store/records.ts'
import { noTelemetry, type Telemetry } from '../telemetry.ts'
import { checkOutput, misfit } from './schemas.ts'
import { uuidV7 } from './uuid-v7.ts'

/** Who calls, as the session or the key says. Role and standing are read anew in every transaction. */
export type Caller = {
  readonly personId: string
  readonly signedInBy: 'passkey' | 'device-bound' | 'oidc' | 'api-key'
  /** Milliseconds since the epoch at which the person last proved to be there; 0 for never. */
  readonly provenAt: number
  readonly purpose: string
  /** Names of the actions that an API key may call; `null` for a person. */
  readonly scopes: readonly string[] | null
  /** The WebAuthn credential of the session, where there is one. */
  readonly credentialId?: string
}

export type Call = {
  readonly caller: Caller
  readonly action: string
  readonly input: unknown
  readonly idempotencyKey?: string
}

export type Answer = { readonly result: Json; readonly repeated: boolean }

export type DoorSetting = {
  readonly database: Database
  readonly keys: NodeKeys
  readonly policies: DecisionPoint
  readonly actions: readonly Action[]
  /** What rooms are wired with, by name; a function is asked for each action, with its transaction and its records. */
  readonly ports: ReadonlyMap<string, unknown>
  readonly clock: () => number
  /** Told of decisions, with their time in milliseconds; and of alarms. */
  readonly watch: {
    decided(ms: number, decision: Decision): void
    acted(action: string, outcome: string, ms: number): void
  }
  readonly telemetry?: Telemetry
  /** For tests: called at each step, may end the process. */
  readonly failpoint?: (step: string) => void
}

export type Door = {
  readonly actions: ReadonlyMap<string, Action>
  run(call: Call): Promise<Result<Answer>>
  /** For the live stream: may this caller see what an event is about? */
  maySee(caller: Caller, question: Question): Promise<boolean>
  /**
   * An act of the node itself, before anybody is signed in or by its clock: signing in, deadlines, checkpoints. It asks no
   * policy, and is journalled like any other.
   */
  asNode<T>(
    work: (work: NodeWork) => Promise<Result<{ readonly result: T; readonly events: readonly Event[] }>>,
  ): Promise<Result<T>>
}

export type NodeWork = {
  readonly sql: Sql
  readonly records: RecordWork
  readonly now: number
  newId(): string
  /** For rules of rooms that are written for a caller: the node acts, and further questions to the policies are answered with no. */
  context(): ActionContext
}

export type PersonBody = { readonly name: string; readonly role: string; readonly suspended: boolean }

export function openDoor(setting: DoorSetting): Door {
  const { database, keys, policies, clock } = setting
  const actions = new Map(setting.actions.map((one) => [one.name, one]))
  if (actions.size !== setting.actions.length) throw new Error('two actions have the same name')
  const failpoint = setting.failpoint ?? (() => {})
  const telemetry = setting.telemetry ?? noTelemetry
  const ring = openBell(database)
  return { actions, run, maySee, asNode }

  async function run(call: Call): Promise<Result<Answer>> {
    const started = performance.now()
    const action = actions.get(call.action)
    if (!action)
      return refuse('ACTION_UNKNOWN', `There is no action ${call.action.slice(0, 80)}.`, {
        fix: 'See the OpenAPI document.',
      })
    return telemetry.span(action.name, async (note) => {
      const answer = await runKnown(action, call)
      const outcome = answer.ok ? 'done' : answer.refusal.code
      note({ 'comity.outcome': outcome })
      setting.watch.acted(action.name, outcome, performance.now() - started)
      return answer
    })
  }

  async function runKnown(action: Action, call: Call): Promise<Result<Answer>> {
    const wrong = misfit(action.input, call.input)
    if (wrong) return { ok: false, refusal: wrong }
    const denial: { entry: Denial | null } = { entry: null }
    try {
      const result = await database.transaction((sql) => {
        denial.entry = null
        return within(sql, action, call, (entry) => {
          denial.entry = entry
        })
      })
      ring()
      failpoint('after-commit')
      return { ok: true, value: result }
    } catch (thrown) {
      if (!(thrown instanceof Stop)) throw thrown
      if (denial.entry) await journalDenial(denial.entry)
      return { ok: false, refusal: thrown.refusal }
    }
  }

  async function within(sql: Sql, action: Action, call: Call, denied: (entry: Denial) => void): Promise<Answer> {
    const { caller } = call
    const now = clock()
    const at = new Date(now).toISOString()
    const records = recordWork(sql, keys, at)
    failpoint('begun')
    const question = action.asks(call.input as never)
    const decision = await telemetry.span('decision', () => decide(records, caller, action.name, question, now))
    failpoint('decided')
    if (!decision.allowed) {
      denied({ caller, action: action.name, question, decision })
      throw new Stop(notPermitted(question))
    }
    const requestDigest = sha256(new TextEncoder().encode(canonicalJson([action.name, call.input as Json])))
    const before = await earlierAnswer(sql, call, requestDigest)
    if (before) return before
    const actor = await actorOf(records, caller)
    const context: ActionContext = {
      actor,
      now: at,
      records,
      newId: () => uuidV7(now, newNonce(16)),
      random: newSecret,
      may: async (further) => (await decide(records, caller, action.name, further, now)).allowed,
      port: portsOf(sql, records),
    }
    const readForDecision = new Set(records.read)
    const outcome = orStop(await telemetry.span('effect', () => action.run(context, call.input as never)))
    failpoint('effect-ran')
    const events = action.kind === 'read' ? [readEvent(action, question, records, readForDecision)] : outcome.events
    if (events.length === 0) throw new Error(`${action.name} changed something without an event`)
    const undeclared = action.kind === 'change' && events.find(({ name }) => !eventsOf(action).includes(name))
    if (undeclared) throw new Error(`${action.name} wrote ${undeclared.name}, which it does not declare`)
    if (action.kind === 'read' && records.written.length > 0) throw new Error(`${action.name} reads, and wrote`)
    checkOutput(action, outcome.result as Json)
    const entries = withRows(events, records.written).map((event) => ({
      id: context.newId(),
      at,
      event: event.name,
      of: event.of,
      recordId: event.id,
      caseId: event.caseId,
      actor: { kind: actor.kind, id: actor.id, role: actor.role },
      decision: { policies: policies.version, reasons: [...decision.reasons] },
      body: event.body,
      rows: event.rows,
    }))
    appendEntries(sql, keys, entries)
    failpoint('journalled')
    keepAnswer(sql, call, requestDigest, events, outcome.result as Json, at)
    failpoint('before-commit')
    return { result: outcome.result as Json, repeated: false }
  }

  function portsOf(sql: Sql, records: RecordWork): ActionContext['port'] {
    return <T>(name: string) => {
      const port = setting.ports.get(name)
      if (port === undefined) throw new Error(`no port ${name}`)
      return (typeof port === 'function' ? (port as (sql: Sql, records: RecordWork) => T)(sql, records) : port) as T
    }
  }

  async function decide(
    records: RecordWork,
    caller: Caller,
    actionName: string,
    { right, subject }: Question,
    now: number,
  ): Promise<Decision> {
    if (caller.scopes !== null && !caller.scopes.includes(actionName))
      return { allowed: false, reasons: ['the key is not for this action'], faults: [] }
    const entities: EntityJson[] = []
    const asCase = (id: string) => records.get<{ access: Access }>('case', id)
    const [person, record, named] = await Promise.all([
      records.get<PersonBody>('person', caller.personId),
      subject.type === 'record' ? records.get<Protected>(subject.kind, subject.id) : null,
      subject.type === 'case' ? asCase(subject.id) : null,
    ])
    if (person) entities.push(personEntity(person.id, { role: person.body.role, suspended: person.body.suspended }))
    let resource: { type: 'Node' | 'Case' | 'Record'; id: string } = { type: 'Node', id: 'node' }
    if (subject.type === 'node') entities.push({ uid: resource, attrs: {}, parents: [] })
    else {
      const caseId = subject.type === 'case' ? subject.id : (record?.caseId ?? null)
      const opened = named ?? (caseId === null || subject.type === 'case' ? null : await asCase(caseId))
      if (opened) entities.push(caseEntity(opened.id, opened.body.access, caller.personId))
      resource = { type: subject.type === 'case' ? 'Case' : 'Record', id: subject.id }
      if (record && caseId !== null) {
        const { marking, author } = record.body
        entities.push(recordEntity(record.id, { ...marking, caseId, kind: record.kind, author }, caller.personId))
      }
    }
    const started = performance.now()
    const decision = policies.decide({
      personId: caller.personId,
      right,
      resource,
      circumstances: {
        signedInBy: caller.signedInBy,
        provenAgo: Math.min(Math.max(0, Math.floor((now - caller.provenAt) / 1000)), 1_000_000_000),
        purpose: caller.purpose,
      },
      entities,
    })
    setting.watch.decided(performance.now() - started, decision)
    return decision
  }

  async function actorOf(records: RecordWork, caller: Caller): Promise<Actor> {
    const person = await records.get<PersonBody>('person', caller.personId)
    if (!person) throw new Error('a permitted caller has no record')
    return {
      kind: caller.signedInBy === 'api-key' ? 'machine' : 'person',
      id: person.id,
      name: person.body.name,
      role: person.body.role as Actor['role'],
    }
  }

  type Denial = {
    readonly caller: Caller
    readonly action: string
    readonly question: Question
    readonly decision: Decision
  }

  async function journalDenial({ caller, action, question, decision }: Denial): Promise<void> {
    await database.transaction(async (sql) => {
      const now = clock()
      appendEntries(sql, keys, [
        {
          id: uuidV7(now, newNonce(16)),
          at: new Date(now).toISOString(),
          event: 'access.denied',
          of: question.subject.type,
          recordId: 'id' in question.subject ? question.subject.id : 'node',
          caseId: null,
          actor: { kind: caller.signedInBy === 'api-key' ? 'machine' : 'person', id: caller.personId, role: 'unknown' },
          decision: { policies: policies.version, reasons: [...decision.reasons], faults: [...decision.faults] },
          body: { action, right: question.right },
          rows: [],
        },
      ])
    })
    ring()
  }

  async function asNode<T>(work: Parameters<Door['asNode']>[0]): Promise<Result<T>> {
    try {
      const done = await database.transaction(async (sql) => {
        const now = clock()
        const at = new Date(now).toISOString()
        const records = recordWork(sql, keys, at)
        const newId = () => uuidV7(now, newNonce(16))
        const context = (): ActionContext => ({
          // The role of whoever runs it, to which no case is open.
          actor: { kind: 'machine', id: 'node', name: 'node', role: 'administrator' },
          now: at,
          records,
          newId,
          random: newSecret,
          may: async () => false,
          port: portsOf(sql, records),
        })
        const outcome = orStop(await work({ sql, records, now, newId, context }))
        if (records.written.length > 0 && outcome.events.length === 0) throw new Error('a change without an event')
        appendEntries(
          sql,
          keys,
          withRows(outcome.events, records.written).map((event) => ({
            id: newId(),
            at,
            event: event.name,
            of: event.of,
            recordId: event.id,
            caseId: event.caseId,
            actor: { kind: 'machine', id: 'node', role: 'node' },
            decision: { policies: policies.version, reasons: ['the node itself'] },
            body: event.body,
            rows: event.rows,
          })),
        )
        return outcome
      })
      if (done.events.length > 0) ring()
      failpoint('after-commit')
      return { ok: true, value: done.result as T }
    } catch (thrown) {
      if (thrown instanceof Stop) return { ok: false, refusal: thrown.refusal }
      throw thrown
    }
  }

  async function maySee(caller: Caller, question: Question): Promise<boolean> {
    return database.transaction(async (sql) => {
      const now = clock()
      return (await decide(recordWork(sql, keys, new Date(now).toISOString()), caller, 'events', question, now)).allowed
    })
  }

  /** The answer to the same call before; the same key for another call is refused. */
  async function earlierAnswer(
    sql: Sql,
    { caller, idempotencyKey }: Call,
    request: Uint8Array,
  ): Promise<Answer | null> {
    if (idempotencyKey === undefined) return null
    // Two calls with one key at the same time: the second waits here until the first has ended.
    // Two statements, sent together: only one that begins after the wait sees what the first call has left.
    const [, [row]] = await Promise.all([
      sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${caller.personId} ${idempotencyKey}`]),
      sql.query<{ request: Uint8Array; answer: Uint8Array; case_id: string | null }>(
        'SELECT request, answer, case_id FROM idempotency WHERE actor = $1 AND key = $2',
        [caller.personId, idempotencyKey],
      ),
    ])
    if (!row) return null
    if (Buffer.compare(row.request, request) !== 0)
      throw new Stop({
        code: 'IDEMPOTENCY_MISMATCH',
        message: 'This Idempotency-Key was used for another call.',
        place: 'Idempotency-Key',
        fix: 'Use a new key for each new act, and the same key only to repeat one.',
      })
    const key = row.case_id === null ? keys.nodeKey('records') : keys.caseKey(row.case_id)
    if (key === null) throw new Stop({ code: 'CASE_ERASED', message: 'The case was erased since.' })
    const plain = orStop(unseal(key, row.answer, `answer ${idempotencyKey}`))
    return { result: JSON.parse(new TextDecoder().decode(plain)) as Json, repeated: true }
  }

  function keepAnswer(
    sql: Sql,
    { caller, action, idempotencyKey }: Call,
    request: Uint8Array,
    events: readonly Event[],
    result: Json,
    at: string,
  ): void {
    if (idempotencyKey === undefined) return
    const caseId = events.find((event) => event.caseId !== null)?.caseId ?? null
    const caseKey = caseId === null ? null : keys.caseKey(caseId)
    const sealed = seal(
      caseKey ?? keys.nodeKey('records'),
      new TextEncoder().encode(canonicalJson(result)),
      `answer ${idempotencyKey}`,
    )
    sql.last(
      'INSERT INTO idempotency (actor, key, action, request, answer, case_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [caller.personId, idempotencyKey, action, request, sealed, caseKey === null ? null : caseId, at],
    )
  }
}

/** The least time from one ring of the bell to the next. */
const RING_MS = 20

/**
 * Tells the sequencer and the live streams that entries wait: after the commit, not in it. Of the transactions that hold a
 * NOTIFY, PostgreSQL lets one commit at a time, and so no two of them could share a write to the disk. Rings that come while one
 * is under way, or within `RING_MS` of it, become one. A ring that is lost with the process is made up for by the pulse of the sequencer.
 */
function openBell(database: Database): () => void {
  let ringing = false
  let again = false
  return () => {
    again = true
    if (!ringing) void swing()
  }

  async function swing(): Promise<void> {
    ringing = true
    while (again) {
      again = false
      await database.query("SELECT pg_notify('comity_journal', '')").catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, RING_MS))
    }
    ringing = false
  }
}

/** The same answer whether there is no such thing or it is not for the one who asks: that it exists is content too. */
function notPermitted({ subject }: Question): Refusal {
  return {
    code: 'NOT_PERMITTED',
    message:
      subject.type === 'node' ? 'You may not do this.' : 'There is no such thing, or you may not do this with it.',
    ...(subject.type === 'node' ? {} : { place: `${subject.type}/${subject.id}` }),
    fix: 'Ask a lead of the case, or the administrator of the node, for the right.',
  }
}

/**
 * Each row is named once, in the journal of whom it belongs to: with the first event of its case, or of the node. Where
 * there is no such event, an entry of its own names it. So the journal of a case does not name what was written elsewhere,
 * and what a case takes with it when it is erased is no more and no less than its own.
 */
function withRows(
  events: readonly Event[],
  written: readonly WrittenRow[],
): readonly (Event & { rows: RowDigest[] })[] {
  const entries = events.map((event) => ({ ...event, rows: [] as RowDigest[] }))
  for (const { caseId, ...row } of written) {
    let own = entries.find((event) => event.caseId === caseId)
    if (!own) {
      const of = caseId === null ? { of: 'node', id: 'node' } : { of: 'case', id: caseId }
      own = { name: 'records.written', ...of, caseId, body: {}, rows: [] }
      entries.push(own)
    }
    own.rows.push({ ...row })
  }
  return entries
}

function readEvent(
  { name }: Action,
  { subject }: Question,
  records: RecordWork,
  forDecision: ReadonlySet<string>,
): Event {
  const read = [...records.read].filter((one) => !forDecision.has(one) || !/^(person|case)\//.test(one))
  const caseId = subject.type === 'case' ? subject.id : null
  return {
    name,
    of: subject.type === 'record' ? subject.kind : subject.type,
    id: subject.type === 'node' ? 'node' : subject.id,
    caseId,
    body: { read },
  }
}
