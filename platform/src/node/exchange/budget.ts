/** What one member may send to this process: so many messages a minute, so many bytes a day. One member at its limit slows no other. */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import type { Peer } from './members.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** What is counted each on its own: pieces of files and questions about journals keep no message waiting. */
export type Counted = 'messages' | 'pieces' | 'proofs'

type Spent = { minute: number; counts: Record<Counted, number>; day: number; bytes: number; connections: number }

const none = (): Record<Counted, number> => ({ messages: 0, pieces: 0, proofs: 0 })

export type Budget = {
  connect(peer: Peer): boolean
  disconnect(peer: Peer): void
  spend(peer: Peer, bytes: number, now: number, counted?: Counted): Result<null>
}

export function openBudget(): Budget {
  const spentBy = new Map<string, Spent>()
  const of = ({ id }: Peer): Spent => {
    const known = spentBy.get(id) ?? { minute: 0, counts: none(), day: 0, bytes: 0, connections: 0 }
    spentBy.set(id, known)
    return known
  }
  return {
    connect(peer) {
      const spent = of(peer)
      if (spent.connections >= peer.limits.openConnections) return false
      spent.connections++
      return true
    },
    disconnect(peer) {
      of(peer).connections--
    },
    spend(peer, bytes, now, counted = 'messages') {
      const spent = of(peer)
      const [minute, day] = [Math.floor(now / MINUTE), Math.floor(now / DAY)]
      if (spent.minute !== minute) Object.assign(spent, { minute, counts: none() })
      if (spent.day !== day) Object.assign(spent, { day, bytes: 0 })
      if (spent.counts[counted] >= peer.limits.messagesPerMinute || spent.bytes + bytes > peer.limits.bytesPerDay)
        return refuse('EXCHANGE_BUDGET', 'The budget of this member is used up for now.', {
          fix: 'Try again later; the limits stand in the directory.',
        })
      spent.counts[counted]++
      spent.bytes += bytes
      return ok(null)
    },
  }
}
