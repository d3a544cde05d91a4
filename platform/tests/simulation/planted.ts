/** Defects that a hurried hand might write, each put into delivery through its ports; the world must find every one. */
import { ok, refuse } from '../../src/kernel/index.ts'
import { type Planted, read, sealed } from './exchange-world.ts'

export const plantedBugs: readonly Planted[] = [
  {
    name: 'a message that comes again is carried out again',
    store: (tx) => ({ ...tx, received: async () => null, chain: async () => null, receivedAt: async () => null }),
  },
  {
    name: 'the effect is kept even where the transaction is not',
    store: (tx, tables) => ({
      ...tx,
      effect: (key, what) => {
        tx.effect(key, what)
        tables.effects.set(key, what)
      },
    }),
  },
  {
    name: 'the effect commits, and the inbox row does not',
    store: (tx) => ({ ...tx, putReceived: async () => {} }),
  },
  { name: 'the message is queued after its decision, in a transaction of its own', queuedLater: true },
  {
    name: 'whatever answers is taken for a receipt',
    outbox: (ports, { name }) => ({
      ...ports,
      readReceipt: (_, row) =>
        ok({ outcome: 'accepted', code: null, id: row.id, digest: row.digest, from: row.peer, to: name }),
    }),
  },
  {
    name: 'a worker that took too long writes over what another has settled',
    // Leases end at once, so that both workers have the row; and neither sees the other by its attempts or its state.
    store: (tx) => ({
      ...tx,
      outgoing: async (id) => {
        const row = await tx.outgoing(id)
        return row && { ...row, state: 'queued' }
      },
      lease: async (now, _, limit, perPeer) => {
        const leased = await tx.lease(now, now, limit, perPeer)
        const unmarked = leased.map((row) => ({ ...row, attempts: 1 }))
        for (const row of unmarked) await tx.changeOutgoing(row)
        return unmarked
      },
    }),
  },
  {
    name: 'what stands behind a message that was given up is never let through',
    outbox: (ports) => ({ ...ports, isSkipReceipt: () => false }),
  },
  {
    name: 'a message is refused that was made more than five seconds ago',
    inbox: (ports) => ({
      ...ports,
      open: (bytes, peer) => {
        const created = read(bytes)?.said?.created
        if (created !== undefined && Math.abs(ports.now() - created) > 5000) return refuse('MESSAGE_STALE', 'Too old.')
        return ports.open(bytes, peer)
      },
    }),
  },
  {
    name: 'each attempt makes the message anew, under an id of its own',
    outbox: (ports) => {
      let made = 0
      return {
        ...ports,
        post: (peer, bytes) => {
          const said = read(bytes)?.said
          return ports.post(peer, said ? sealed({ said: { ...said, id: `${said.id}#${++made}` } }) : bytes)
        },
      }
    },
  },
  {
    name: 'silence is taken for a refusal',
    outbox: (ports) => ({
      ...ports,
      post: async (peer, bytes) => {
        const answer = await ports.post(peer, bytes)
        return answer.kind === 'silence' ? { kind: 'problem', code: 'TIMEOUT', again: false } : answer
      },
    }),
  },
  {
    name: 'after the deadline nobody asks whether the message had arrived',
    outbox: (ports) => ({ ...ports, ask: async () => ({ kind: 'silence' }) }),
  },
  {
    name: 'what a rejected message had written stays',
    store: (tx) => ({ ...tx, attempt: (work) => work() }),
  },
  {
    name: 'a lease is for ever',
    store: (tx) => ({
      ...tx,
      lease: (now, _, limit, perPeer) => tx.lease(now, Number.MAX_SAFE_INTEGER, limit, perPeer),
    }),
  },
  {
    name: 'a receipt is sealed anew for another outcome when a message comes again',
    store: (tx) => ({
      ...tx,
      received: async (from, id) => {
        const row = await tx.received(from, id)
        return row?.state === 'accepted' ? { ...row, receipt: null } : row
      },
    }),
  },
  {
    name: 'the answers to what came together are given in another order',
    pouch: (answers) => [...answers.slice(1), ...answers.slice(0, 1)],
  },
  {
    name: 'one bad message refuses all that came with it',
    pouch: (answers) => {
      const bad = answers.find(({ kind }) => kind === 'problem')
      return bad ? answers.map(() => bad) : answers
    },
  },
]
