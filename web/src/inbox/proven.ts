/** Showing one's key again where the node needs it shown lately: the policies let a proof count for five minutes. */
import { ask, Refusal } from '../shared/node/node.tsx'
import { proveNow } from '../shared/node/security-key.ts'

/** Less than half a minute left, and it is made anew. */
const PROOF_MS = 270_000

/** Shows the key, unless that was done just now. */
export async function proveIfOld(): Promise<void> {
  const { session } = await ask('sessionRead', {})
  if (session?.signedInBy !== 'device-bound' || session.now - session.provenAt > PROOF_MS) await proveNow()
}

/** Does it; where it is not permitted and the proof is old, once more with a new one: the node does not say which of the two it was. */
export async function doneWithProof<T>(does: () => Promise<T>): Promise<T> {
  try {
    return await does()
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.problem.code !== 'NOT_PERMITTED') throw thrown
    const { session } = await ask('sessionRead', {})
    if (session === null || session.now - session.provenAt <= PROOF_MS) throw thrown
    await proveNow()
    return does()
  }
}
