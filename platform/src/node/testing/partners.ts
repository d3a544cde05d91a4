/**
 * For tests: nodes of different agencies that exchange messages. Each has its database, keys, outbox and inbox as a node has; what is
 * handed over in memory is the sealed bytes, in the order that the test wants. Only the transport and the directory are the test's.
 */
import { ports } from '../../exchange/desk/index.ts'
import { keyIdOf, type Message, openMessage, ownForms } from '../../exchange/wire/index.ts'
import { checkEd25519, newSigningKey, signEd25519 } from '../../kernel/crypto/index.ts'
import { orStop } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import { type Agency, openAgency } from '../exchange/agency.ts'
import { messageDesk } from '../exchange/message-desk.ts'
import { messageStore, type NodeTx } from '../exchange/message-store.ts'
import { messageHandlers } from '../exchange/takers.ts'
import type { NodeKeys } from '../keys.ts'
import { openDirectory, self } from './peer-post.ts'

type Node = {
  readonly door: Door
  readonly keys: NodeKeys
  readonly ports: Map<string, unknown>
  readonly clock: { readonly now: number }
  readonly database: { query<R>(text: string, values?: readonly unknown[]): Promise<R[]> }
}
export type Partner = { readonly id: string; readonly node: Node }
export type Letter = {
  readonly from: string
  readonly to: string
  readonly id: string
  readonly type: string
  readonly bytes: Uint8Array
}

export function partners(all: readonly Partner[]) {
  const secrets = new Map(all.map(({ id }) => [id, newSigningKey()]))
  const keyOf = (keyId: string) => {
    for (const [agency, { publicKey }] of secrets)
      if (keyIdOf(publicKey.bytes) === keyId) return { agency, publicKey: publicKey.bytes }
    return null
  }
  const members = { peer: () => null, byPin: () => null, keyOf }
  const agencies = new Map(all.map((partner) => [partner.id, open(partner)]))
  const handedOver = new Set<string>()
  return { waiting, hand, deliver, messagesOf, keyOf }

  function open({ id: me, node }: Partner): Agency {
    const secret = secrets.get(me) as ReturnType<typeof newSigningKey>
    const agency: Agency = openAgency({
      me,
      store: messageStore(node.door, node.keys),
      members,
      standing: { mayOpen: () => true, mayStill: () => true, maySend: () => true },
      signer: { keyId: keyIdOf(secret.publicKey.bytes), sign: (bytes) => signEd25519(secret, bytes) },
      handlers: messageHandlers(),
      now: () => node.clock.now,
      random: Math.random,
      post: unused,
      ask: unused,
      settled: async () => {},
    })
    node.ports.set(
      ports.messages,
      messageDesk({ me, keys: node.keys, agency: () => agency, directory: () => openDirectory, self }),
    )
    return agency
  }

  /** Messages of all that nobody has been handed yet, in the order in which they were queued. */
  async function waiting(): Promise<Letter[]> {
    const found: Letter[] = []
    for (const { id: from, node } of all) {
      const rows = await node.database.query<{ id: string }>('SELECT id FROM message_out ORDER BY id')
      for (const { id } of rows) {
        if (handedOver.has(id)) continue
        const row = await messageStore(node.door, node.keys).transaction((tx: NodeTx) => tx.outgoing(id))
        if (row) found.push({ from, to: row.peer, id, type: row.type, bytes: row.envelope })
      }
    }
    return found
  }

  /** The code of the receipt, or what else was answered; null where it was accepted. */
  async function hand({ from, to, id, bytes }: Letter): Promise<string | null> {
    handedOver.add(id)
    const reply = await (agencies.get(to) as Agency).receive(bytes, from)
    if (reply.kind !== 'receipt') return reply.kind
    const [row] = await (all.find((one) => one.id === to) as Partner).node.database.query<{ state: string }>(
      'SELECT state FROM message_in WHERE sender = $1 AND id = $2',
      [from, id],
    )
    return row?.state === 'accepted' ? null : (row?.state ?? 'nothing')
  }

  /** Everything that waits, and what follows from it; `order` says in which order. */
  async function deliver(order: (letters: Letter[]) => Letter[] = (letters) => letters): Promise<(string | null)[]> {
    const outcomes: (string | null)[] = []
    for (;;) {
      const [next, ...rest] = order(await waiting())
      if (!next) return outcomes
      void rest
      outcomes.push(await hand(next))
    }
  }

  /** What one has written, as its receivers read it. */
  async function messagesOf(from: string): Promise<Message[]> {
    const { node } = all.find((one) => one.id === from) as Partner
    const rows = await node.database.query<{ id: string }>('SELECT id FROM message_out ORDER BY id')
    const store = messageStore(node.door, node.keys)
    const read: Message[] = []
    for (const { id } of rows) {
      const row = await store.transaction((tx: NodeTx) => tx.outgoing(id))
      if (row) read.push(orStop(openMessage(row.envelope, { keyOf, check: checkEd25519 }, row.peer, ownForms)))
    }
    return read
  }
}

async function unused(): Promise<never> {
  throw new Error('messages of this test are handed over, and not sent')
}
