/**
 * How slowly bytes may come. A limit on the whole time would cut every large message on a thin line: 1 MiB takes two minutes at
 * 64 kbit/s. So what moves goes on, and what only drips is ended: within each window so many bytes, or it is over.
 */

/** Below what a line of 64 kbit/s gives each of eight connections when a third of it is lost. */
export const LEAST_BYTES_PER_S = 256
export const WINDOW_MS = 30_000
/** How often a sender is told that its body is being read (102, RFC 2518): it cannot see that itself past its own buffers. */
export const TOLD_EVERY_MS = 5_000

/** Asks `bytesSoFar` again and again; `stalled` where a window has brought too little. The function returned ends it. */
export function watchPace(
  bytesSoFar: () => number,
  windowMs: number,
  { moving, stalled }: { readonly moving: () => void; readonly stalled: () => void },
): () => void {
  const ticks = 6
  const least = (LEAST_BYTES_PER_S * windowMs) / 1000
  const seen: number[] = [bytesSoFar()]
  const timer = setInterval(
    () => {
      const now = bytesSoFar()
      if (now > (seen.at(-1) as number)) moving()
      seen.push(now)
      if (seen.length <= ticks) return
      if (now - (seen.shift() as number) < least) stalled()
    },
    Math.min(TOLD_EVERY_MS, windowMs / ticks),
  )
  return () => clearInterval(timer)
}

/** At most so many at once; the others wait in the order in which they came. */
export function openSlots(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let taken = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (taken < most) taken++
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else taken--
    }
  }
}
