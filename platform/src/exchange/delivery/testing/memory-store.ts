/** A store in memory with what a transaction promises: all or nothing, one after the other. What is kept outlives the process that the simulator kills. */
import type { Result } from '../../../kernel/index.ts'
import { ASKED_FOR_MS } from '../outbox.ts'
import type { Chain, DeliveryStore, DeliveryTx, Exchange, Leased, Outgoing, Received } from '../ports.ts'

export type Tables = {
  outgoing: Map<string, Outgoing>
  received: Map<string, Received>
  exchanges: Map<string, Exchange>
  /** What the messages did, and what else the business wrote: a list of lines. */
  effects: Map<string, string>
}

export interface MemoryTx extends DeliveryTx {
  effect(key: string, what: string): void
  effectOf(key: string): string | undefined
}

export function emptyTables(): Tables {
  return { outgoing: new Map(), received: new Map(), exchanges: new Map(), effects: new Map() }
}

/** `step` is awaited at each read, write and commit: there the simulator lets time pass, or ends the process. */
export function memoryStore(tables: Tables, step: (what: string) => Promise<void>): DeliveryStore<MemoryTx> {
  let last: Promise<unknown> = Promise.resolve()
  return {
    transaction(work) {
      const run = last.then(async () => {
        await step('begin')
        const staged = { ...tables }
        const value = await work(txOf(staged, tables, step))
        await step('commit')
        Object.assign(tables, staged)
        await step('committed')
        return value
      })
      last = run.catch(() => {})
      return run
    },
  }
}

/** Reads and writes `staged`; a table is copied before its first write, so that `kept` stays as it is until the commit. */
function txOf(staged: Tables, kept: Readonly<Tables>, step: (what: string) => Promise<void>): MemoryTx {
  const write = <Name extends keyof Tables>(name: Name): Tables[Name] => {
    if (staged[name] === kept[name]) staged[name] = new Map(kept[name] as Map<string, never>) as Tables[Name]
    return staged[name]
  }
  const rows = () => [...staged.outgoing.values()]
  const isReady = (row: Outgoing, now: number) => row.leasedUntil <= now && row.nextAt <= now
  const mine = (exchange: string) => rows().filter((row) => row.exchange === exchange)
  const gaps = (exchange: string, seq: number) =>
    mine(exchange)
      .filter((row) => row.skip !== null && !row.skipped && row.seq < seq)
      .filter(({ state }) => state !== 'accepted' && state !== 'rejected')
      .sort((a, b) => a.seq - b.seq)
  return {
    lock: () => step('lock'),
    exchange: async (id) => staged.exchanges.get(id) ?? null,
    putExchange: async (exchange) => {
      write('exchanges').set(exchange.id, exchange)
    },
    chain: async (exchange, sender) => {
      let last: Chain | null = null
      const taken = [
        ...rows().filter((row) => row.exchange === exchange && sender !== row.peer),
        ...[...staged.received.values()].filter(
          (row) => row.exchange === exchange && row.from === sender && row.state !== 'held',
        ),
      ]
      for (const { seq, digest } of taken) if (seq > (last?.seq ?? 0)) last = { seq, digest }
      return last
    },
    outgoing: async (id) => staged.outgoing.get(id) ?? null,
    addOutgoing: async (row) => {
      await step('queue')
      if (staged.outgoing.has(row.id)) throw new Error(`a second message ${row.id}`)
      write('outgoing').set(row.id, row)
    },
    changeOutgoing: async (row) => {
      await step('change')
      write('outgoing').set(row.id, row)
    },
    lease: async (now, until, limit, perPeer) => {
      await step('lease')
      const atWork = new Map<string, number>()
      for (const row of rows()) if (row.leasedUntil > now) atWork.set(row.peer, (atWork.get(row.peer) ?? 0) + 1)
      const leased: Leased[] = []
      for (const row of rows().sort((a, b) => a.nextAt - b.nextAt || a.seq - b.seq)) {
        const isAsked = row.state === 'non-delivered' && row.deadline + ASKED_FOR_MS > now
        const isNext =
          row.state === 'queued' &&
          row.deadline > now &&
          !mine(row.exchange).some((other) => other.state === 'queued' && other.seq < row.seq)
        if (!isReady(row, now) || !(isAsked || isNext)) continue
        if (leased.length === limit || (atWork.get(row.peer) ?? 0) >= perPeer) continue
        atWork.set(row.peer, (atWork.get(row.peer) ?? 0) + 1)
        const taken = { ...row, attempts: row.attempts + 1, leasedUntil: until }
        write('outgoing').set(row.id, taken)
        leased.push({ ...taken, afterGap: gaps(row.exchange, row.seq).length > 0 })
      }
      return leased
    },
    overdue: async (now, limit) =>
      rows()
        .filter((row) => row.state === 'queued' && row.deadline <= now && row.leasedUntil <= now)
        .slice(0, limit),
    behind: async (exchange, seq) => mine(exchange).filter((row) => row.state === 'queued' && row.seq > seq),
    gapsBefore: async (exchange, seq) => gaps(exchange, seq),
    waitingFor: async (peer, now, limit) =>
      rows()
        .filter((row) => row.peer === peer)
        .filter(({ state, deadline, skip, skipped }) =>
          state === 'queued'
            ? deadline > now
            : skip !== null && !skipped && state !== 'accepted' && state !== 'rejected',
        )
        .sort((a, b) => (a.exchange < b.exchange ? -1 : a.exchange > b.exchange ? 1 : a.seq - b.seq))
        .slice(0, limit),
    endedFrom: async (peer, limit) =>
      [...staged.received.values()]
        .filter(({ from, state }) => from === peer && state !== 'held')
        .reverse()
        .slice(0, limit),
    received: async (from, id) => staged.received.get(`${from} ${id}`) ?? null,
    receivedAt: async (exchange, from, seq) =>
      [...staged.received.values()].find((row) => row.exchange === exchange && row.from === from && row.seq === seq) ??
      null,
    putReceived: async (row) => {
      await step('receive')
      write('received').set(`${row.from} ${row.id}`, row)
    },
    attempt: async <T>(work: () => Promise<Result<T>>) => {
      const before: Tables = {
        outgoing: new Map(staged.outgoing),
        received: new Map(staged.received),
        exchanges: new Map(staged.exchanges),
        effects: new Map(staged.effects),
      }
      const done = await work()
      if (!done.ok) Object.assign(staged, before)
      return done
    },
    effect: (key, what) => {
      write('effects').set(key, what)
    },
    effectOf: (key) => staged.effects.get(key),
  }
}
