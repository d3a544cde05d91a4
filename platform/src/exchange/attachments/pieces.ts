/** A stream in pieces of given lengths, however it arrives; holds one piece in memory. */
import { stop } from '../../kernel/index.ts'

/** Stops with EXCHANGE_ATTACHMENT_SIZE where the stream is shorter or longer than all the lengths; `what` names it. */
export async function* piecesOf<T extends { readonly length: number }>(
  source: AsyncIterable<Uint8Array>,
  wanted: Iterable<T>,
  what: string,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly of: T }> {
  const next = wanted[Symbol.iterator]()
  let current = next.next()
  let piece = new Uint8Array(current.done ? 0 : current.value.length)
  let filled = 0
  let read = 0
  for await (const arrived of source) {
    let at = 0
    while (at < arrived.length) {
      if (current.done) return wrong(`${what} is longer than was stated.`, read)
      const taken = Math.min(piece.length - filled, arrived.length - at)
      piece.set(arrived.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      read += taken
      if (filled < piece.length) continue
      yield { bytes: piece, of: current.value }
      current = next.next()
      piece = new Uint8Array(current.done ? 0 : current.value.length)
      filled = 0
    }
  }
  if (!current.done) wrong(`${what} ends before its stated length.`, read)
}

function wrong(message: string, read: number): never {
  return stop('EXCHANGE_ATTACHMENT_SIZE', message, {
    place: `byte ${read}`,
    fix: 'Send the whole file again, with its true size.',
  })
}
