/**
 * The flow of a record as a graph for drawing: sources, transactions and ends, and what passed between them.
 *
 * Rules on outputs say for each transaction which outputs it took from and gave to; one output joins two transactions.
 * Rules on addresses say the same of addresses: there what an address holds is a node of its own, and begins anew
 * whenever something arrives after something left, so that the graph never turns back in time.
 *
 * `column` is the longest way from a source: every node stands to the right of everything that feeds it. The shortest
 * way, which the records call hops, is kept beside.
 */

import type { RecordPosition, TraceRecord } from '../record.ts'
import { findRule } from '../rules/index.ts'
import { entriesInOrder, larger, slotKeyOf, smaller } from './measures.ts'
import type { EndStatus } from './words.ts'

export type FlowKind = 'source' | 'transaction' | 'address' | 'end' | 'unlinked'

export type FlowNode = {
  readonly id: string
  readonly kind: FlowKind
  readonly column: number
  readonly amount: bigint
  /** Full and unshortened: a label, a transaction id, an output. */
  readonly name: string
  readonly address: string | null
  /** The name that a tag gives to the address. */
  readonly tag: string | null
  readonly status: EndStatus | null
  readonly reason: string
  readonly hops: number | null
  readonly height: number | null
  readonly time: number | null
}

export type FlowEdge = { readonly from: string; readonly to: string; readonly amount: bigint }

export type FlowGraph = { readonly nodes: readonly FlowNode[]; readonly edges: readonly FlowEdge[] }

export type Draft = {
  nodes: Map<string, Omit<FlowNode, 'column' | 'amount' | 'tag'> & { amount: bigint }>
  edges: Map<string, { from: string; to: string; amount: bigint }>
}

export function flowGraph(record: TraceRecord, tagByAddress: ReadonlyMap<string, string> = new Map()): FlowGraph {
  const draft: Draft = { nodes: new Map(), edges: new Map() }
  addSources(draft, record)
  for (const { txid, hops, height, time } of record.result.flow) {
    draft.nodes.set(`tx ${txid}`, {
      id: `tx ${txid}`,
      kind: 'transaction',
      amount: 0n,
      name: txid,
      address: null,
      status: null,
      reason: '',
      hops,
      height,
      time,
    })
  }
  if (findRule(record.rule.id)?.unit === 'address') {
    joinByAddress(draft, record)
    leaveOutLastAddresses(draft)
  } else joinByOutput(draft, record)
  return withColumns(draft, tagByAddress)
}

function addSources(draft: Draft, record: TraceRecord): void {
  for (const seed of record.seeds) {
    const id = `source ${seed.label}`
    const known = draft.nodes.get(id)
    draft.nodes.set(id, {
      id,
      kind: 'source',
      amount: (known?.amount ?? 0n) + BigInt(seed.amount),
      name: seed.label,
      address: known ? null : seed.address,
      status: null,
      reason: '',
      hops: 0,
      height: null,
      time: null,
    })
  }
}

/** An output is fed by the transaction that made it and by the seeds on it, and feeds one transaction or ends. */
function joinByOutput(draft: Draft, record: TraceRecord): void {
  const makerBySlot = new Map<string, string>()
  const takerBySlot = new Map<string, { id: string; amount: bigint }>()
  for (const { txid, from, to } of record.result.flow) {
    for (const { key } of to) makerBySlot.set(key, `tx ${txid}`)
    for (const { key, traced } of from) takerBySlot.set(key, { id: `tx ${txid}`, amount: BigInt(traced) })
  }
  for (const position of record.result.positions)
    takerBySlot.set(slotKeyOf(position), { id: addEnd(draft, position), amount: BigInt(position.traced) })
  const seedsBySlot = Map.groupBy(record.seeds, ({ txid, vout, known }) =>
    known === 'declared' ? txid : `${txid}:${vout}`,
  )
  for (const [slot, taker] of takerBySlot) {
    const maker = makerBySlot.get(slot)
    let left = taker.amount
    for (const { label, amount } of seedsBySlot.get(slot) ?? []) {
      const given = smaller(BigInt(amount), left)
      addEdge(draft, `source ${label}`, taker.id, given)
      left -= given
    }
    if (maker) addEdge(draft, maker, taker.id, left)
  }
  addOverlap(draft, record)
}

/** Deposits to an address wait in one node until the address pays; the node then ends when new value arrives. */
function joinByAddress(draft: Draft, record: TraceRecord): void {
  const addressByKey = new Map<string, string>()
  for (const { txid, vout, address } of record.seeds)
    if (address !== null) addressByKey.set(`${txid}:${vout ?? 0}`, address)
  for (const { to } of record.result.flow)
    for (const { key, address } of to) if (address !== null) addressByKey.set(key, address)
  for (const position of record.result.positions)
    if (position.address !== null) addressByKey.set(slotKeyOf(position), position.address)
  const accountOf = (key: string) => addressByKey.get(key) ?? key
  const pools = new Map<string, { epoch: number; held: bigint; paid: boolean }>()
  const idOf = (account: string) => `address ${account} ${pools.get(account)?.epoch ?? 0}`

  for (const seed of record.seeds)
    if (seed.known !== 'declared')
      deposit(accountOf(`${seed.txid}:${seed.vout ?? 0}`), `source ${seed.label}`, BigInt(seed.amount))
  for (const { txid, from, to } of record.result.flow) {
    for (const { key, traced } of from) withdraw(accountOf(key), `tx ${txid}`, BigInt(traced))
    for (const { key, address, traced } of to) {
      if (/^[0-9a-f]{64}:(?:[0-9]+)$/.test(key)) deposit(address ?? key, `tx ${txid}`, BigInt(traced))
    }
  }
  const feeMakers = new Map(
    record.result.flow.flatMap(({ txid, to }) => to.map(({ key }) => [key, `tx ${txid}`] as const)),
  )
  for (const position of record.result.positions) {
    const end = addEnd(draft, position)
    const key = slotKeyOf(position)
    if (position.code === 'declared-only')
      for (const [label, amount] of entriesInOrder(position.bySeed))
        addEdge(draft, `source ${label}`, end, BigInt(amount))
    else if (position.vout === null)
      addEdge(draft, feeMakers.get(key) ?? `tx ${position.txid}`, end, BigInt(position.traced))
    else withdraw(position.address ?? key, end, BigInt(position.traced))
  }
  for (const [account, { held }] of pools) if (held > 0n) addEdge(draft, idOf(account), addUnlinked(draft, 'out'), held)
  addOverlap(draft, record)

  function deposit(account: string, maker: string, amount: bigint): void {
    const pool = pools.get(account)
    if (!pool) pools.set(account, { epoch: 0, held: 0n, paid: false })
    else if (pool.paid) {
      const old = idOf(account)
      pools.set(account, { epoch: pool.epoch + 1, held: pool.held, paid: false })
      openAddress(account)
      addEdge(draft, old, idOf(account), pool.held)
    }
    openAddress(account)
    const now = pools.get(account)
    if (now) now.held += amount
    addEdge(draft, maker, idOf(account), amount)
  }

  /** What the record does not let us link to an address is shown as such. */
  function withdraw(account: string, taker: string, amount: bigint): void {
    const pool = pools.get(account)
    const given = smaller(amount, pool?.held ?? 0n)
    if (pool && given > 0n) {
      pool.held -= given
      pool.paid = true
      addEdge(draft, idOf(account), taker, given)
    }
    if (given < amount) addEdge(draft, addUnlinked(draft, 'in'), taker, amount - given)
  }

  function openAddress(account: string): void {
    const id = idOf(account)
    if (!draft.nodes.has(id))
      draft.nodes.set(id, {
        id,
        kind: 'address',
        amount: 0n,
        name: account,
        address: account,
        status: null,
        reason: '',
        hops: null,
        height: null,
        time: null,
      })
  }
}

/** An address from which everything goes to one end says nothing that the end does not say. */
export function leaveOutLastAddresses({ nodes, edges }: Draft): void {
  const leaving = Map.groupBy(edges.values(), ({ from }) => from)
  const entering = Map.groupBy(edges.values(), ({ to }) => to)
  for (const { id, kind } of [...nodes.values()]) {
    const [end, another] = leaving.get(id) ?? []
    if (kind !== 'address' || !end || another || nodes.get(end.to)?.kind !== 'end') continue
    for (const { from, amount } of entering.get(id) ?? []) {
      edges.delete(`${from}\n${id}`)
      addEdge({ nodes, edges }, from, end.to, amount)
    }
    edges.delete(`${id}\n${end.to}`)
    nodes.delete(id)
  }
}

function addUnlinked(draft: Draft, side: 'in' | 'out'): string {
  const id = `unlinked ${side}`
  const reason =
    side === 'in'
      ? 'paid from addresses that the trace had reached; the record names the output spent, not the address'
      : 'spent on from these addresses under another output'
  if (!draft.nodes.has(id))
    draft.nodes.set(id, {
      id,
      kind: 'unlinked',
      amount: 0n,
      name: 'Link not in the record',
      address: null,
      status: null,
      reason,
      hops: null,
      height: null,
      time: null,
    })
  return id
}

function addEnd(draft: Draft, position: RecordPosition): string {
  const id = `end ${slotKeyOf(position)}`
  const { status, reason, address, hops, height, time } = position
  draft.nodes.set(id, {
    id,
    kind: 'end',
    amount: BigInt(position.traced),
    name: slotKeyOf(position),
    address,
    status,
    reason,
    hops,
    height,
    time,
  })
  return id
}

/** Value of sources that others had brought there already leaves the picture at once, as a line of its own. */
function addOverlap(draft: Draft, record: TraceRecord): void {
  const overlap = BigInt(record.result.ledger.overlap)
  if (overlap === 0n) return
  const id = 'end overlap'
  draft.nodes.set(id, {
    id,
    kind: 'end',
    amount: overlap,
    name: 'named by two sources',
    address: null,
    status: 'overlap',
    reason: 'other sources had already brought this value to the same place',
    hops: 0,
    height: null,
    time: null,
  })
  const given = new Map<string, bigint>()
  for (const { from, amount } of draft.edges.values()) given.set(from, (given.get(from) ?? 0n) + amount)
  let left = overlap
  for (const { id: source, kind, amount } of [...draft.nodes.values()]) {
    if (kind !== 'source' || left === 0n) continue
    const kept = amount - (given.get(source) ?? 0n)
    const part = smaller(kept > 0n ? kept : 0n, left)
    addEdge(draft, source, id, part)
    left -= part
  }
}

export function addEdge({ edges }: Draft, from: string, to: string, amount: bigint): void {
  if (amount <= 0n || from === to) return
  const id = `${from}\n${to}`
  const known = edges.get(id)
  if (known) known.amount += amount
  else edges.set(id, { from, to, amount })
}

/** Longest ways, in the order in which everything that feeds a node is placed (Kahn 1962). */
export function withColumns({ nodes, edges }: Draft, tagByAddress: ReadonlyMap<string, string>): FlowGraph {
  const columnById = new Map<string, number>()
  const waiting = new Map<string, number>()
  const inAmount = new Map<string, bigint>()
  const outAmount = new Map<string, bigint>()
  const nextById = Map.groupBy(edges.values(), ({ from }) => from)
  for (const { from, to, amount } of edges.values()) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1)
    inAmount.set(to, (inAmount.get(to) ?? 0n) + amount)
    outAmount.set(from, (outAmount.get(from) ?? 0n) + amount)
  }
  const ready = [...nodes.keys()].filter((id) => !waiting.has(id))
  for (let at = 0; at < ready.length; at++) {
    const id = ready[at] as string
    const column = columnById.get(id) ?? 0
    columnById.set(id, column)
    for (const { to } of nextById.get(id) ?? []) {
      columnById.set(to, Math.max(columnById.get(to) ?? 0, column + 1))
      const open = (waiting.get(to) ?? 1) - 1
      waiting.set(to, open)
      if (open === 0) ready.push(to)
    }
  }
  return {
    nodes: [...nodes.values()].map((node) => {
      const through = larger(inAmount.get(node.id) ?? 0n, outAmount.get(node.id) ?? 0n)
      return {
        ...node,
        tag: tagByAddress.get(node.address ?? '') ?? null,
        column: columnById.get(node.id) ?? 0,
        amount: node.amount > 0n ? node.amount : through,
      }
    }),
    edges: [...edges.values()],
  }
}
