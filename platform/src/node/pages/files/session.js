/** Who is signed in in this browser. The session itself is in a cookie that no script can read. */
import { Problem, read, send, signInLink } from './node-calls.js'
import { useKey } from './security-key.js'
import { at, orProblem, text } from './show.js'

/**
 * @typedef {{ personId: string, name: string, role: string, signedInBy: 'passkey' | 'device-bound' | 'oidc', provenAt: number,
 *   expiresAt: number, purpose: string, now: number }} Session
 */

/** The session, shown in the band of the page; `null` for nobody. @returns {Promise<Session | null>} */
export async function sessionNow() {
  const { session } = await read('/v1/session')
  at('who').hidden = session === null
  at('who-name').textContent = session === null ? '' : text('who.signed-in', { name: session.name })
  return session
}

/** @returns {Promise<Session>} */
export async function sessionNeeded() {
  const session = await sessionNow()
  if (session) return session
  throw new Problem(text('problem.need-sign-in'), text('problem.need-sign-in-fix'), { link: signInLink() })
}

/** Proves to be there; the session takes the standing of the key. @returns {Promise<number>} when */
export async function proveNow() {
  const response = await useKey(await send('/v1/prove/options', {}))
  return (await send('/v1/prove/finish', { response })).provenAt
}

/** Whether grave acts are still let through for long enough to read on and act. @param {Session} session */
export function isFresh({ provenAt, now }) {
  return now - provenAt < (PROOF_SECONDS - 30) * 1000
}

/** The policies let a proof count for this long. */
export const PROOF_SECONDS = 300

at('sign-out').addEventListener('click', () =>
  orProblem(async () => {
    await send('/v1/sign-out', {})
    window.location.assign('/')
  }),
)
