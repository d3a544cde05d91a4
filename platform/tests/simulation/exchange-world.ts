/**
 * Three agencies that run the outbox and the inbox of a node, unchanged, in a world that loses, delays, repeats and garbles what
 * they send, cuts them off from one another, ends their processes at any step, and sets their clocks wrong by up to a day. One number
 * decides all of it. At the end the world heals, and everything must be accounted for.
 *
 * Past four hundred lines on purpose: one number decides all that happens in here, and whoever replays it reads it in one place.
 */
import { createHash } from 'node:crypto'
import { openInbox, type Reply, receiptOf } from '../../src/exchange/delivery/inbox.ts'
import { openSettling, queueMessage, type Settling, sendDue } from '../../src/exchange/delivery/outbox.ts'
import type {
  Answer,
  Arrived,
  DeliveryStore,
  InboxPorts,
  OutboxPorts,
  Outgoing,
  Receipt,
  Settled,
  Skip,
} from '../../src/exchange/delivery/ports.ts'
import { openPosting } from '../../src/exchange/delivery/posting.ts'
import {
  emptyTables,
  type MemoryTx,
  memoryStore,
  type Tables,
} from '../../src/exchange/delivery/testing/memory-store.ts'
import { ok, type Result, refuse } from '../../src/kernel/index.ts'
import { openWorld, type World } from './world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** How long faults go on, and how long the world is given to settle afterwards. */
const TROUBLE = 6 * HOUR
const SETTLED_BY = 3 * DAY
const NAMES = ['aa-prosecutor', 'bb-fiu', 'cc-exchange'] as const

/** A defect put into the ports or the steps of delivery, to see that the checks find it. */
export type Planted = {
  readonly name: string
  readonly store?: (tx: MemoryTx, tables: Tables) => MemoryTx
  readonly inbox?: (ports: InboxPorts<MemoryTx>, node: NodeView) => InboxPorts<MemoryTx>
  readonly outbox?: (ports: OutboxPorts<MemoryTx>, node: NodeView) => OutboxPorts<MemoryTx>
  /** The message is queued after the act that it belongs to, in a transaction of its own. */
  readonly queuedLater?: true
  /** What is answered to several messages in one request, from what would be answered to each. */
  readonly pouch?: (answers: readonly Answer[]) => readonly Answer[] | null
}

export type NodeView = { readonly name: string; readonly tables: Tables; readonly world: World }

export type Outcome = {
  readonly digest: string
  readonly events: number
  readonly messages: number
  readonly drops: number
  readonly repeats: number
  readonly crashes: number
  readonly partitions: number
  /** Messages that travelled with others. */
  readonly pouched: number
  /** What does not add up; empty where all is well. */
  readonly wrong: readonly string[]
}

type Node = NodeView & {
  readonly skew: number
  /** Counts the lives of the process; what an earlier life still had in hand goes nowhere. */
  life: number
  alive: boolean
  store: DeliveryStore<MemoryTx>
  inbox: (bytes: Uint8Array, peer: string) => Promise<Reply>
  settling: Settling
  post: OutboxPorts<MemoryTx>['post']
  readonly acts: number
  /** Workers at rest. */
  readonly sleepers: Set<() => void>
}

export async function runExchangeWorld(seed: number, planted?: Planted): Promise<Outcome> {
  const world = openWorld(seed)
  const counts = { messages: 0, drops: 0, repeats: 0, crashes: 0, partitions: 0, pouched: 0 }
  const wrong: string[] = []
  const cut = new Set<string>()
  let isTroubled = true
  // Each seed has a character of its own, so that rare mixtures come up.
  const lossy = world.chance(0.8) ? world.random() * 0.4 : 0
  const repeating = world.chance(0.7) ? world.random() * 0.3 : 0
  const garbling = world.chance(0.4) ? world.random() * 0.1 : 0
  const deadly = world.chance(0.8) ? world.random() * 0.02 : 0
  const slow = world.chance(0.3) ? 30_000 : 2_000

  const nodes = new Map(NAMES.map((name) => [name as string, bornNode(name)]))
  for (const node of nodes.values()) {
    rise(node)
    // Some come one by one, some all in one moment, as after an operation.
    const moment = world.random() * TROUBLE * 0.8
    for (let act = 0; act < node.acts; act++)
      world.at(world.chance(0.4) ? moment : world.random() * TROUBLE * 0.8, () => void act_(node, act))
  }
  for (let at = 0; at < 4; at++) world.at(world.random() * TROUBLE, cutOff)
  await world.runUntil(TROUBLE)
  isTroubled = false
  cut.clear()
  for (const node of nodes.values()) if (!node.alive) rise(node)
  await world.runUntil(SETTLED_BY)
  check()
  return { digest: world.digest(), events: world.events(), ...counts, wrong }

  function bornNode(name: string): Node {
    return {
      name,
      tables: emptyTables(),
      world,
      skew: Math.round((world.random() * 2 - 1) * DAY),
      life: 0,
      alive: false,
      store: undefined as never,
      inbox: undefined as never,
      settling: undefined as never,
      post: undefined as never,
      acts: 8 + world.draw(9),
      sleepers: new Set(),
    }
  }

  function rise(node: Node): void {
    node.alive = true
    node.life++
    node.sleepers.clear()
    const { life } = node
    const plain = memoryStore(node.tables, (what) => step(node, life, what))
    const plant = planted?.store
    node.store = plant ? { transaction: (work) => plain.transaction((tx) => work(plant(tx, node.tables))) } : plain
    // What arrives within a second is often one group, and what is answered within one as well.
    const gather = () => wait(node, life, world.chance(0.5) ? world.random() * 1000 : 0)
    node.inbox = openInbox(inboxPorts(node), gather)
    node.post = openPosting({ now: () => clock(node), ...lines(node, life), gather })
    node.settling = openSettling(outboxPorts(node, life), gather)
    // Two processes of one node on one database.
    void work(node, life)
    void work(node, life)
  }

  function fall(node: Node): void {
    if (!node.alive) return
    node.alive = false
    counts.crashes++
    world.note(`fall ${node.name}`)
    world.at(1000 + world.random() * 60_000, () => {
      if (!node.alive) rise(node)
    })
  }

  /** Where a process may be ended; one that has been ended waits here for ever. */
  function step(node: Node, life: number, what: string): Promise<void> {
    return new Promise((resolve) => {
      if (node.life !== life || !node.alive) return
      if (isTroubled && world.chance(deadly)) {
        // Killed in the middle of a commit: it may have been kept all the same, and nobody here learns of it.
        fall(node)
        return
      }
      // Only the disk takes time; everything else follows at once.
      if (what !== 'commit') resolve()
      else
        world.at(world.random() * 5, () => {
          if (node.life === life && node.alive) resolve()
        })
    })
  }

  /** Until the time has passed, or something is queued. */
  function wait(node: Node, life: number, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        node.sleepers.delete(wake)
        if (node.life === life && node.alive) resolve()
      }
      node.sleepers.add(wake)
      world.at(ms, () => {
        if (node.sleepers.has(wake)) wake()
      })
    })
  }

  function ring(node: Node): void {
    world.at(50, () => {
      for (const wake of [...node.sleepers]) wake()
    })
  }

  async function work(node: Node, life: number): Promise<void> {
    const ports = outboxPorts(node, life)
    while (node.life === life) {
      const seen = await sendDue(ports, { limit: 20, perPeer: 4 }, node.settling)
      await wait(node, life, seen > 0 ? 200 : pause(node))
    }
  }

  /** Until something may be due: a node at work looks more often, and finds nothing. */
  function pause(node: Node): number {
    const now = clock(node)
    let next = now + HOUR
    const isWaiting = new Set<string>()
    for (const { state, exchange, nextAt, leasedUntil, deadline } of node.tables.outgoing.values()) {
      if (state !== 'queued' && state !== 'non-delivered') continue
      if (state === 'queued') next = Math.min(next, Math.max(deadline, leasedUntil))
      // Rows stand in the order in which they were queued: one behind another of its exchange has to wait for that one.
      if (state === 'non-delivered' || !isWaiting.has(exchange)) next = Math.min(next, Math.max(nextAt, leasedUntil))
      if (state === 'queued') isWaiting.add(exchange)
    }
    return Math.max(200, next - now) + world.random() * 1000
  }

  /** An act of the business: it opens an exchange, or adds to one, with the decision that it follows from. */
  async function act_(node: Node, number: number): Promise<void> {
    if (!node.alive) {
      world.at(30_000, () => void act_(node, number))
      return
    }
    const { life, store } = node
    const others = NAMES.filter((name) => name !== node.name)
    const own = [...node.tables.exchanges.values()]
    const exchange = own.length > 0 && world.chance(0.6) ? (own[world.draw(own.length)] ?? null) : null
    const peer = exchange
      ? exchange.opener === node.name
        ? exchange.other
        : exchange.opener
      : (others[world.draw(others.length)] as string)
    // Some have little time; most have longer than the trouble lasts.
    const hours = world.chance(0.1) ? world.random() * 2 : 24 + world.random() * 24
    const id = `${node.name}-act-${number}-${life}`
    const poison = world.chance(0.08)
    const refusing = world.chance(0.1)
    const key = `decided ${id}`
    const queue = (tx: MemoryTx) =>
      say(node, tx, { id, peer, exchange: exchange?.id ?? null, hours, poison, refusing, reply: world.chance(0.5) })
    if (planted?.queuedLater) {
      await store.transaction(async (tx) => tx.effect(key, 'sent'))
      await store.transaction(queue)
      return
    }
    await store.transaction(async (tx) => {
      tx.effect(key, 'sent')
      await queue(tx)
    })
  }

  type Saying = {
    readonly id: string
    readonly peer: string
    readonly exchange: string | null
    readonly hours: number
    readonly poison: boolean
    readonly refusing: boolean
    readonly reply: boolean
  }

  async function say(node: Node, tx: MemoryTx, { id, peer, exchange, hours, ...more }: Saying): Promise<void> {
    const deadline = clock(node) + hours * HOUR
    await queueMessage(
      tx,
      { me: node.name, now: clock(node) },
      {
        peer,
        exchange,
        caseId: null,
        deadline,
        pack: (place) => {
          const said: Said = { id, from: node.name, to: peer, ...place, created: clock(node), ...more }
          const envelope = sealed({ said })
          return { id, type: 'note', digest: digestOf(envelope), envelope }
        },
      },
    )
    counts.messages++
    ring(node)
  }

  function clock(node: Node): number {
    return Math.round(world.now() + node.skew + DAY)
  }

  function outboxPorts(node: Node, life: number): OutboxPorts<MemoryTx> {
    const ports: OutboxPorts<MemoryTx> = {
      me: node.name,
      store: node.store,
      now: () => clock(node),
      random: world.random,
      post: node.post,
      ask: async (peer, id) =>
        one(
          await travel(node, life, peer, 1, async (to) => {
            const bytes = await receiptOf(inboxPorts(to), node.name, id)
            return [answerOf(bytes ? { kind: 'receipt', bytes } : { kind: 'held' })]
          }),
        ),
      readReceipt: (bytes, row) => readReceipt(bytes, row, node.name),
      isConflict: () => true,
      sealSkip: ({ exchange, peer, seq, id, digest }) =>
        sealed({ skip: { exchange, from: node.name, to: peer, seq, id, digest } }),
      isSkipReceipt: (bytes, row) => isSkipReceipt(bytes, row),
      mayOpen: () => true,
      settled: async (tx, row, why) => settle(node, tx, row, why),
    }
    return planted?.outbox ? planted.outbox(ports, node) : ports
  }

  function inboxPorts(node: Node): InboxPorts<MemoryTx> {
    const ports: InboxPorts<MemoryTx> = {
      me: node.name,
      store: node.store,
      now: () => clock(node),
      open: (bytes, peer) => openBytes(bytes, peer, node.name),
      apply: (tx, message) => apply(node, tx, message),
      sealReceipt: (receipt) => sealed({ receipt }),
      sealSkipReceipt: ({ exchange, from, seq, digest }) =>
        sealed({
          receipt: {
            outcome: 'accepted',
            code: null,
            id: `skip ${exchange} ${seq}`,
            digest,
            from: node.name,
            to: from,
          },
        }),
      conflict: async (tx, held, came) => {
        tx.effect(`conflict ${digestOf(came)}`, 'conflict')
        return sealed({ conflict: [digestOf(held), digestOf(came)] })
      },
    }
    return planted?.inbox ? planted.inbox(ports, node) : ports
  }

  /** How messages get to another node: alone, or several in one request. */
  function lines(node: Node, life: number) {
    const taken = async (to: Node, bytes: Uint8Array): Promise<Answer> =>
      answerOf(
        await to.inbox(bytes, node.name).catch((thrown: unknown): Reply => {
          wrong.push(`${to.name}: a fault: ${thrown}`)
          return { kind: 'problem', refusal: { code: 'FAULT', message: 'Something is broken here.' } }
        }),
      )
    return {
      post: async (peer: string, bytes: Uint8Array) =>
        one(await travel(node, life, peer, 1, async (to) => [await taken(to, bytes)])),
      // One of the three is older, and takes no pouches.
      postPouch: async (peer: string, messages: readonly Uint8Array[]) => {
        if (peer === NAMES[2]) return null
        counts.pouched += messages.length
        return travel(node, life, peer, messages.length, async (to) => {
          const answers = await Promise.all(messages.map((bytes) => taken(to, bytes)))
          return planted?.pouch ? planted.pouch(answers) : answers
        })
      },
    }
  }

  function one(answers: readonly Answer[] | null): Answer {
    return answers?.[0] ?? { kind: 'silence' }
  }

  /** One way there and back through the network, with so many messages. */
  function travel(
    node: Node,
    life: number,
    peer: string,
    messages: number,
    act: (to: Node) => Promise<readonly Answer[] | null>,
  ): Promise<readonly Answer[] | null> {
    return new Promise((resolve) => {
      let isAnswered = false
      const answer = (given: readonly Answer[] | null, after: number) =>
        world.at(after, () => {
          if (isAnswered || node.life !== life || !node.alive) return
          isAnswered = true
          resolve(given)
        })
      answer(
        Array.from({ length: messages }, () => ({ kind: 'silence' })),
        35_000,
      )
      const copies = isTroubled && world.chance(repeating) ? 2 : 1
      if (copies === 2) counts.repeats++
      for (let copy = 0; copy < copies; copy++) world.at(delay(), () => void arrive())

      async function arrive(): Promise<void> {
        const to = nodes.get(peer)
        if (!to?.alive || lost(node.name, peer)) return
        const answers = await act(to)
        if (lost(peer, node.name)) return
        answer(answers && garbled(answers), delay())
      }
    })
  }

  function delay(): number {
    return 5 + world.random() * (isTroubled ? slow : 50)
  }

  function lost(from: string, to: string): boolean {
    const isLost = cut.has([from, to].sort().join()) || (isTroubled && world.chance(lossy))
    if (isLost) counts.drops++
    return isLost
  }

  /** Something between the two that answers in the name of the other. */
  function garbled(answers: readonly Answer[]): readonly Answer[] {
    if (!isTroubled || !world.chance(garbling)) return answers
    const bytes = new TextEncoder().encode('<html>Welcome to the network of this hotel</html>')
    return answers.map(() => ({ kind: 'receipt', bytes }))
  }

  function cutOff(): void {
    const [one, other] = [NAMES[world.draw(3)], NAMES[world.draw(3)]]
    if (one === other) return
    const pair = [one, other].sort().join()
    cut.add(pair)
    counts.partitions++
    world.at(world.random() * 2 * HOUR, () => cut.delete(pair))
  }

  async function apply(
    node: Node,
    tx: MemoryTx,
    { id, from, exchange, digest, seq, envelope }: Arrived,
  ): Promise<Result<{ caseId: string | null }>> {
    const said = read(envelope)?.said as Said
    const key = `effect ${from} ${id}`
    tx.effect(key, `${Number(tx.effectOf(key)?.split(' ')[0] ?? 0) + 1} ${exchange ?? digest} ${seq}`)
    if (said.refusing) return refuse('NOT_COMPETENT', 'Not ours.')
    if (said.reply) {
      await say(node, tx, {
        id: `re-${id}`,
        peer: from,
        exchange: exchange ?? digest,
        hours: 48,
        poison: false,
        refusing: false,
        reply: false,
      })
    }
    return ok({ caseId: null })
  }

  function settle(node: Node, tx: MemoryTx, row: Outgoing, why: Settled): void {
    const key = `settled ${row.id} ${why.how}`
    tx.effect(key, String(Number(tx.effectOf(key) ?? 0) + 1))
    world.note(`${node.name} ${key}`)
  }

  /** What must hold once everything has settled. */
  function check(): void {
    for (const node of nodes.values()) {
      const { outgoing, effects } = node.tables
      for (const [key, what] of effects) {
        if (key.startsWith('decided') && !outgoing.has(key.slice(8)))
          wrong.push(`${node.name}: ${key}, and nothing was queued`)
        if (key.startsWith('settled') && what !== '1') wrong.push(`${node.name}: ${key} ${what} times`)
        if (key.startsWith('conflict')) wrong.push(`${node.name}: ${key} between honest nodes`)
        if (key.startsWith('effect') && !what.startsWith('1 ')) wrong.push(`${node.name}: ${key} ${what}`)
      }
      for (const row of outgoing.values()) checkRow(node, row)
      checkOrder(node)
    }
  }

  function checkRow(node: Node, row: Outgoing): void {
    const to = nodes.get(row.peer) as Node
    const at = `${node.name} to ${row.peer}, ${row.id} (${row.state})`
    const there = to.tables.received.get(`${node.name} ${row.id}`)
    const effect = to.tables.effects.get(`effect ${node.name} ${row.id}`)
    const said = read(row.envelope)?.said as Said
    if (row.state === 'queued') wrong.push(`${at}: still queued`)
    if (row.state === 'accepted' && !effect) wrong.push(`${at}: a receipt and no effect`)
    if (row.state !== 'accepted' && effect) wrong.push(`${at}: an effect and no receipt`)
    if ((row.state === 'accepted' || row.state === 'rejected') && there?.state !== row.state)
      wrong.push(`${at}: there it is ${there?.state ?? 'unknown'}`)
    if (there?.receipt && row.receipt === null) wrong.push(`${at}: its receipt never came back`)
    if (row.receipt && !readReceipt(row.receipt, row, node.name).ok) wrong.push(`${at}: a receipt that does not verify`)
    const hasEnd = [...node.tables.effects.keys()].some((key) => key.startsWith(`settled ${row.id} `))
    if (!hasEnd) wrong.push(`${at}: nobody was told`)
    const opening = [...node.tables.outgoing.values()].find((one) => one.exchange === row.exchange && one.opens) ?? row
    const isDoomed = said.poison || read(opening.envelope)?.said?.poison === true || isShort(node, opening)
    const isPlain = !isDoomed && !isShort(node, row)
    if (isPlain && row.state !== 'accepted' && row.state !== 'rejected') wrong.push(`${at}: lost`)
    if (isPlain && (row.state === 'rejected') !== said.refusing) wrong.push(`${at}: rejected without reason`)
  }

  /** Had so little time that it may rightly not have arrived. */
  function isShort(node: Node, row: Outgoing): boolean {
    return row.deadline - DAY - node.skew < TROUBLE + HOUR
  }

  /** What a sender said in an exchange took effect in the order in which it was said. */
  function checkOrder({ name, tables }: Node): void {
    const lastSeq = new Map<string, number>()
    for (const [key, what] of tables.effects) {
      if (!key.startsWith('effect')) continue
      const [, exchange, seq] = what.split(' ')
      const chain = `${key.split(' ')[1]} ${exchange}`
      if (Number(seq) <= (lastSeq.get(chain) ?? 0)) wrong.push(`${name}: ${key} out of order`)
      lastSeq.set(chain, Number(seq))
    }
  }
}

export type Said = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly exchange: string | null
  readonly seq: number
  readonly prev: string | null
  readonly created: number
  readonly poison: boolean
  readonly refusing: boolean
  readonly reply: boolean
}

type Sealed = {
  readonly said?: Said
  readonly skip?: Omit<Skip, 'note'>
  readonly receipt?: Receipt
  readonly conflict?: readonly string[]
}

/** In place of signatures, which cost more than all the rest: a hash under a word that only this world knows. */
export function sealed(what: Sealed): Uint8Array {
  const text = JSON.stringify(what)
  return new TextEncoder().encode(JSON.stringify({ text, seal: sealOf(text) }))
}

function sealOf(text: string): string {
  return createHash('sha256').update(`the word ${text}`).digest('hex').slice(0, 16)
}

export function read(bytes: Uint8Array): Sealed | null {
  try {
    const { text, seal } = JSON.parse(new TextDecoder().decode(bytes)) as { text: string; seal: string }
    return sealOf(text) === seal ? (JSON.parse(text) as Sealed) : null
  } catch {
    return null
  }
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function openBytes(bytes: Uint8Array, peer: string, me: string): Result<{ message: Arrived } | { skip: Skip }> {
  const opened = read(bytes)
  if (opened?.skip) return ok({ skip: { ...opened.skip, note: bytes } })
  const said = opened?.said
  if (!said || said.from !== peer || said.to !== me || said.poison) return refuse('MESSAGE_INVALID', 'Not a message.')
  const { id, from, to, exchange, seq, prev } = said
  return ok({ message: { id, type: 'note', exchange, from, to, seq, prev, digest: digestOf(bytes), envelope: bytes } })
}

export function readReceipt(bytes: Uint8Array, row: Outgoing, me: string): Result<Receipt> {
  const receipt = read(bytes)?.receipt
  const isHis =
    receipt?.id === row.id && receipt.digest === row.digest && receipt.from === row.peer && receipt.to === me
  return receipt && isHis ? ok(receipt) : refuse('RECEIPT_INVALID', 'Not a receipt of this message.')
}

export function isSkipReceipt(bytes: Uint8Array, row: Outgoing): boolean {
  const receipt = read(bytes)?.receipt
  return receipt?.id === `skip ${row.exchange} ${row.seq}` && receipt.digest === row.digest && receipt.from === row.peer
}

function answerOf(reply: Reply): Answer {
  return reply.kind === 'problem' ? { kind: 'problem', code: reply.refusal.code, again: false } : reply
}
