/**
 * What an approval of a message is bound to, computed here from what is on the screen, by the node's own rules: where the node asks a
 * key to sign anything else, nothing is signed.
 */
import type { ShownMessage } from './message-in-case.tsx'

export type ToSign = { readonly digest: string; readonly challenge: string }

export async function toSign(me: string, { message }: ShownMessage): Promise<ToSign> {
  // One by one and by name: so the build takes along what is named, not all that the doors give.
  const { headerFor } = await import('../../../platform/src/exchange/desk/index.ts')
  const { approvedPart, messageChallenge } = await import('../../../platform/src/exchange/index.ts')
  const { canonicalJson, sha256Text } = await import('../../../platform/src/kernel/index.ts')
  const shown = { header: headerFor({ me }, message as never), body: message.body as never }
  return { digest: sha256Text(canonicalJson(approvedPart(shown))), challenge: messageChallenge(shown) }
}
