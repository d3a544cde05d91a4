/** Security keys and passkeys, through the browser (WebAuthn level 3): what is asked and answered is JSON, as the node has it. */
import { Problem } from './node-calls.js'
import { text } from './show.js'

/**
 * Makes a key for this node.
 *
 * @param {PublicKeyCredentialCreationOptionsJSON} options
 * @returns {Promise<object>}
 */
export async function makeKey(options) {
  checkPlace()
  return told(navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }))
}

/**
 * Signs with a key of this node.
 *
 * @param {PublicKeyCredentialRequestOptionsJSON} options
 * @returns {Promise<object>}
 */
export async function useKey(options) {
  checkPlace()
  return told(navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }))
}

/** Keys are bound to the address of the node: elsewhere the browser would say something that nobody understands. */
export function checkPlace() {
  const publicUrl = new URL(document.body.dataset.publicUrl ?? '')
  if (window.location.origin !== publicUrl.origin) {
    const href = new URL(window.location.pathname, publicUrl).href
    throw new Problem(text('problem.elsewhere'), text('problem.elsewhere-fix', { url: publicUrl.origin }), {
      link: { href, words: href },
    })
  }
  const able = typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === 'function'
  if (!able) throw new Problem(text('problem.too-old'), text('problem.too-old-fix'))
}

/** @param {Promise<Credential | null>} asked */
async function told(asked) {
  try {
    const credential = await asked
    if (!(credential instanceof PublicKeyCredential)) throw new DOMException('none', 'NotAllowedError')
    return credential.toJSON()
  } catch (thrown) {
    throw problemOf(thrown)
  }
}

/** @param {unknown} thrown */
function problemOf(thrown) {
  const { name, message } = thrown instanceof Error ? thrown : { name: '', message: String(thrown) }
  // Browsers give one name for a refusal, for a time that ran out and for no key at all, so as not to say which.
  if (name === 'NotAllowedError' || name === 'AbortError')
    return new Problem(text('problem.not-used'), text('problem.not-used-fix'))
  if (name === 'InvalidStateError') return new Problem(text('problem.known-key'), text('problem.known-key-fix'))
  return new Problem(text('problem.key-refused', { reason: message || name }), text('problem.key-refused-fix'))
}
