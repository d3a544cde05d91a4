/** Work that goes on until it is stopped: round after round while there is something to do, else after a pause. */

/** `round` answers whether there may be more to do at once. A fault is told, and the work goes on after the pause. */
export function running(
  round: () => Promise<boolean>,
  pauseMs: number,
  alarm: (fault: unknown) => void,
): () => Promise<void> {
  let wanted = true
  let wake: () => void = () => {}
  const loop = (async () => {
    while (wanted) {
      const more = await round().catch((fault: unknown) => {
        alarm(fault)
        return false
      })
      if (!wanted || more) continue
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return async () => {
    wanted = false
    wake()
    await loop
  }
}
