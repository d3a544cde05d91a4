/** The door out of the streams: a `Stop` becomes its refusal. */
import { ok, type Result, Stop } from '../../kernel/index.ts'

/** Everything that is yielded goes to `write`, one after the other; the value is what the stream returns. */
export async function written<T>(
  stream: AsyncGenerator<Uint8Array, T, void>,
  write: (bytes: Uint8Array) => Promise<void> | void,
): Promise<Result<T>> {
  try {
    for (;;) {
      const step = await stream.next()
      if (step.done) return ok(step.value)
      await write(step.value)
    }
  } catch (thrown) {
    if (thrown instanceof Stop) return { ok: false, refusal: thrown.refusal }
    throw thrown
  } finally {
    // Where `write` failed, the stream closes what it reads.
    await stream.return(undefined as T)
  }
}
