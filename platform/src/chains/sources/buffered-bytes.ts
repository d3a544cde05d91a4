/** Bytes on demand from chunks that arrive as they like. */

export type BufferedBytes = {
  /** The next `count` bytes without consuming them; fewer only at the end. */
  readonly peek: (count: number) => Promise<Uint8Array>
  readonly take: (count: number) => Promise<Uint8Array>
  /** Puts bytes back in front; they must be the last ones taken. */
  readonly putBack: (bytes: Uint8Array) => void
  /** Bytes taken so far. */
  readonly offset: () => number
}

export function bufferedBytes(chunks: AsyncIterable<Uint8Array>): BufferedBytes {
  const iterator = chunks[Symbol.asyncIterator]()
  let held: Uint8Array[] = []
  let heldBytes = 0
  let taken = 0
  const fill = async (count: number): Promise<void> => {
    while (heldBytes < count) {
      const next = await iterator.next()
      if (next.done) return
      if (next.value.length === 0) continue
      held.push(next.value)
      heldBytes += next.value.length
    }
  }
  const merge = (): Uint8Array => {
    const [first = new Uint8Array(0)] = held
    if (held.length <= 1) return first
    const all = new Uint8Array(heldBytes)
    let at = 0
    for (const part of held) {
      all.set(part, at)
      at += part.length
    }
    held = [all]
    return all
  }
  const peek = async (count: number): Promise<Uint8Array> => {
    await fill(count)
    const [first] = held
    return first && first.length >= count ? first.subarray(0, count) : merge().subarray(0, count)
  }
  return {
    peek,
    take: async (count) => {
      const bytes = await peek(count)
      const [first = bytes] = held
      if (first.length === bytes.length) held.shift()
      else held[0] = first.subarray(bytes.length)
      heldBytes -= bytes.length
      taken += bytes.length
      return bytes
    },
    putBack: (bytes) => {
      held.unshift(bytes)
      heldBytes += bytes.length
      taken -= bytes.length
    },
    offset: () => taken,
  }
}
