/**
 * What was refused at the gate of the exchange, for the journal: counted by partner and code, and written as one entry now and then, so
 * that whoever knocks a million times makes a number and not a million entries.
 */
import { ok, orStop } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'

/** Of different partners and codes as many are told apart between two entries; what comes beyond is counted together. */
const MOST = 500
const OTHERS = 'others'

type Counted = {
  readonly peer: string | null
  readonly code: string
  count: number
  readonly first: string
  last: string
}

export type RefusalRecord = { add(peer: string | null, code: string): void; flush(): Promise<void> }

export function openRefusalRecord(door: Pick<Door, 'asNode'>, now: () => number): RefusalRecord {
  let counted = new Map<string, Counted>()
  return { add, flush }

  function add(peer: string | null, code: string, times = 1): void {
    const at = new Date(now()).toISOString()
    const known = counted.get(`${peer} ${code}`)
    if (known) {
      known.count += times
      known.last = at
      return
    }
    if (counted.size < MOST) counted.set(`${peer} ${code}`, { peer, code, count: times, first: at, last: at })
    else if (code !== OTHERS) add(null, OTHERS, times)
    else counted.set(`null ${OTHERS}`, { peer: null, code: OTHERS, count: times, first: at, last: at })
  }

  /** What could not be written is counted on. */
  async function flush(): Promise<void> {
    if (counted.size === 0) return
    const refusals = [...counted.values()]
    counted = new Map()
    try {
      orStop(
        await door.asNode(async () =>
          ok({
            result: null,
            events: [{ name: 'exchange.refused', of: 'exchange', id: 'gate', caseId: null, body: { refusals } }],
          }),
        ),
      )
    } catch (thrown) {
      for (const { peer, code, count } of refusals) add(peer, code, count)
      throw thrown
    }
  }
}
