/** What approving a request and approving an erasure have in common: the identifier, the digest, the signature. */
import { digestOf } from './canonical.js'
import { Problem, read, send } from './node-calls.js'
import { useKey } from './security-key.js'
import { isFresh, proveNow, sessionNow } from './session.js'
import { at, element, machine, text } from './show.js'

/** What is to be approved, from behind the # of the address. */
export function idOfAddress() {
  const id = window.location.hash.slice(1).toLowerCase()
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw new Problem(text('approving.none'), text('approving.none-fix'))
  return id
}

/** Digests what the page shows; where the node has another digest, nothing is approved. @param {object} shown @param {string} digest */
export async function checkDigest(shown, digest) {
  if ((await digestOf(shown)) !== digest)
    throw new Problem(text('approving.digest-wrong'), text('approving.digest-wrong-fix'))
}

/** @param {string} digest */
export function digestRow(digest) {
  return element(
    'div',
    {},
    element('dt', {}, text('approving.digest')),
    element('dd', {}, machine(digest), element('p', { class: 'hint' }, text('approving.digest-right'))),
  )
}

/** Says what the browser is going to ask. @param {import('./session.js').Session} session */
export function sayWhatComes(session) {
  at('act-words').replaceChildren(
    session.signedInBy === 'device-bound'
      ? text(isFresh(session) ? 'approving.once' : 'approving.twice')
      : text('approving.not-bound', { by: text(`standing.${session.signedInBy}`) }),
  )
}

/**
 * Signs exactly this digest. Where the session has not the standing for it, the key is used once before, to prove to be there.
 *
 * @param {{ id: string, digest: string, version: number, challenge: string, give: string }} act
 */
export async function approveWithKey({ id, digest, version, challenge: asked, give }) {
  await beThere()
  const { challenge, digest: wanted, expiresAt } = await read(asked, { id })
  if (wanted !== digest) throw new Problem(text('approving.digest-wrong'), text('approving.digest-wrong-fix'))
  const credential = await useKey({ challenge, rpId: window.location.hostname, userVerification: 'required' })
  await send(give, { id, digest, expiresAt, credential }, version)
}

/** With a key that stays on its device, lately. */
export async function beThere() {
  const before = await sessionNow()
  if (before && before.signedInBy === 'device-bound' && isFresh(before)) return
  await proveNow()
  const after = await sessionNow()
  if (after?.signedInBy !== 'device-bound')
    throw new Problem(text('approving.still-synced'), text('approving.still-synced-fix'))
}
