/** A world that one number decides: time, chance, and what happens next. Nothing in it looks at a real clock. */

export type World = {
  readonly random: () => number
  /** A whole number from 0 up to, not including, `below`. */
  readonly draw: (below: number) => number
  readonly chance: (share: number) => boolean
  readonly now: () => number
  readonly at: (delay: number, happen: () => void) => void
  /** Lets everything happen that is due up to a time. */
  readonly runUntil: (end: number) => Promise<void>
  readonly note: (what: string) => void
  /** A digest of all that happened, in order. */
  readonly digest: () => string
  readonly events: () => number
}

/** So many things happen in one turn of the loop of Node.js. */
const TURN = 200

type Happening = { readonly time: number; readonly order: number; readonly happen: () => void }

export function openWorld(seed: number): World {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1
  let time = 0
  let order = 0
  let happened = 0
  let digest = 0x811c9dc5
  const heap: Happening[] = []
  return {
    random,
    draw: (below) => Math.floor(random() * below),
    chance: (share) => random() < share,
    now: () => time,
    at: (delay, happen) => {
      push({ time: time + Math.max(0, delay), order: order++, happen })
    },
    runUntil,
    note,
    digest: () => (digest >>> 0).toString(16).padStart(8, '0'),
    events: () => happened,
  }

  /** Mulberry32. */
  function random(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  function note(what: string): void {
    for (let at = 0; at < what.length; at++) digest = Math.imul(digest ^ what.charCodeAt(at), 0x01000193)
  }

  function runUntil(end: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let isOver = false
      const happen = () => {
        const next = heap[0]
        if (isOver || !next || next.time > end) {
          isOver = true
          time = Math.max(time, end)
          resolve()
          return
        }
        pop()
        time = next.time
        happened++
        note(`${next.time}/${next.order}`)
        try {
          next.happen()
        } catch (thrown) {
          isOver = true
          reject(thrown)
        }
      }
      // After each callback come all promises that follow from it, in the order in which they were made; many in one turn, since
      // between two turns Node.js asks the system whether anything has come.
      const turn = () => {
        for (let one = 0; one < TURN; one++) setImmediate(happen)
        setImmediate(() => {
          if (!isOver) turn()
        })
      }
      happen()
      turn()
    })
  }

  function before(a: Happening, b: Happening): boolean {
    return a.time === b.time ? a.order < b.order : a.time < b.time
  }

  function push(one: Happening): void {
    let at = heap.push(one) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(one, heap[parent] as Happening)) break
      heap[at] = heap[parent] as Happening
      at = parent
    }
    heap[at] = one
  }

  function pop(): void {
    const last = heap.pop() as Happening
    if (heap.length === 0) return
    let at = 0
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && before(heap[child + 1] as Happening, heap[child] as Happening)) child++
      if (!before(heap[child] as Happening, last)) break
      heap[at] = heap[child] as Happening
      at = child
    }
    heap[at] = last
  }
}
