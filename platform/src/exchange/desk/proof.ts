/** What shows that a message is genuine, for people: who signed it, whose approvals in it count, and which receipt was given. */
import { type Static, Type } from '@sinclair/typebox'
import { closed, Digest, Instant, nullable, oneOf } from '../../casework/index.ts'
import { base64ToBytes, orStop, roles } from '../../kernel/index.ts'
import { approvalsOf } from '../approvals.ts'
import { type Receipt, readEnvelope, readKept, receiptKinds } from '../wire/index.ts'
import type { MessageDesk } from './ports.ts'

const kinds = Object.keys(receiptKinds) as (keyof typeof receiptKinds)[]

export const Proof = closed({
  digest: Digest,
  keys: Type.Array(Type.String(), {
    description: 'The ids of the keys whose signatures it bears; checked when it came.',
  }),
  approvals: Type.Array(
    closed({
      name: Type.String(),
      role: Type.Union(roles.map((role) => Type.Literal(role))),
      at: Instant,
      void: nullable(Type.String({ description: 'Why it does not count; null where it does.' })),
    }),
    { description: 'Approvals inside the message, each checked now against what the authenticator signed.' },
  ),
  receipt: nullable(
    closed({ kind: oneOf(kinds, 'What became of the message.'), at: Instant, code: nullable(Type.String()) }),
  ),
})
export type Proof = Static<typeof Proof>

/** Null for what was not sent yet, and where the message was erased. */
export async function proofOf(
  desk: MessageDesk,
  direction: 'in' | 'out',
  peer: string,
  id: string,
): Promise<Proof | null> {
  const kept = await desk.kept(direction, peer, id)
  if (kept === null) return null
  const message = orStop(readKept(bytesOf(kept.envelope)))
  // How many the rule of the instrument asks for was checked on the way in; here each is shown for itself.
  const { counted, void: voided } = approvalsOf(message, { needed: 2, demands: [] }, desk.checkJwk)
  const all = [
    ...counted.map((approval) => ({ approval, why: null })),
    ...voided.map(({ approval, why }) => ({ approval, why })),
  ]
  return {
    digest: message.digest,
    keys: [...message.keyIds],
    approvals: all.map(({ approval: { approver, givenAt }, why }) => ({
      ...{ name: approver.name, role: approver.role, at: givenAt, void: why },
    })),
    receipt: kept.receipt === null ? null : receiptIn(kept.receipt),
  }
}

/** Its signature was checked when it came, or it is our own. */
function receiptIn(base64: string): Proof['receipt'] {
  const { payload } = orStop(readEnvelope(bytesOf(base64)))
  const { kind, at, code = null } = JSON.parse(new TextDecoder().decode(payload)) as Receipt
  return { kind, at, code }
}

function bytesOf(base64: string): Uint8Array {
  const bytes = base64ToBytes(base64)
  if (bytes === null) throw new Error('what the node keeps is not base64')
  return bytes
}
