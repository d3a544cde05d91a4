/** The session of this browser; the session itself is in a cookie that no script can read. */
import { ask, queries, type ResultOf } from '../shared/node/node.tsx'
import { signWithKey } from '../shared/node/security-key.ts'
import { Told } from './told.tsx'

export type Session = NonNullable<ResultOf<'sessionRead'>['session']>

/** The policies let a proof count for this long. */
export const PROOF_MS = 300_000
/** So long before it ends a proof is given anew: to read on, and act. */
const SPARE_MS = 30_000

/** Whether grave acts are still let through for long enough to read on and act. */
export function isFresh({ provenAt, now }: Pick<Session, 'provenAt' | 'now'>): boolean {
  return now - provenAt < PROOF_MS - SPARE_MS
}

/** Proves to be there; the session takes the standing of the key. */
export async function proveHere(): Promise<number> {
  const response = await signWithKey(await ask('proveOptions', {}))
  const { provenAt } = await ask('proveFinish', { response } as never)
  return provenAt
}

/** With a key that stays on its device, lately. */
export async function beThere(): Promise<void> {
  const { session: before } = await ask('sessionRead', {})
  if (before?.signedInBy === 'device-bound' && isFresh(before)) return
  await proveHere()
  const { session: after } = await ask('sessionRead', {})
  await queries.invalidateQueries({ queryKey: ['sessionRead'] })
  if (after?.signedInBy !== 'device-bound')
    throw new Told('access.approving.still-synced', 'access.approving.still-synced-fix')
}

/** Shows to be there where the last proof is too old for a grave act; a key of any kind does. */
export async function proveLately(): Promise<void> {
  const { session } = await ask('sessionRead', {})
  if (session && isFresh(session)) return
  await proveHere()
  await queries.invalidateQueries({ queryKey: ['sessionRead'] })
}
