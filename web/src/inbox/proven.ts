/** Showing one's key again where the node needs it shown lately: the policies let a proof count for five minutes. */
import { ask, isProvenLately } from '../shared/node/node.tsx'
import { proveNow } from '../shared/node/security-key.ts'

/** Shows the key, unless that was done just now. */
export async function proveIfOld(): Promise<void> {
  const { session } = await ask('sessionRead', {})
  if (session?.signedInBy !== 'device-bound' || !isProvenLately(session)) await proveNow()
}
