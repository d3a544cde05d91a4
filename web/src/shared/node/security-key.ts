/** Security keys and passkeys, through the browser (WebAuthn level 3): what is asked and answered is JSON, as the node has it. */
import { callNode } from '../request.ts'

/** Why a key was not used; `id` is a message of the app. */
export class KeyTrouble extends Error {
  readonly id: 'key.not-used' | 'key.known' | 'key.refused' | 'key.too-old'
  constructor(id: KeyTrouble['id'], reason = '') {
    super(reason)
    this.id = id
  }
}

export async function makeKey(options: object): Promise<object> {
  checkBrowser()
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as never)
  return told(navigator.credentials.create({ publicKey }))
}

export async function signWithKey(options: object): Promise<object> {
  checkBrowser()
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never)
  return told(navigator.credentials.get({ publicKey }))
}

/** Shows to the node that its user is there; the policies let that count for five minutes. */
export async function proveNow(): Promise<void> {
  const response = await signWithKey(await sent('/v1/prove/options', {}))
  await sent('/v1/prove/finish', { response })
}

async function sent(path: string, input: object): Promise<object> {
  const answer = await callNode<object>({}, { method: 'POST', path, input })
  if (!answer.ok) throw new Error(answer.problem.detail)
  return answer.value
}

function checkBrowser(): void {
  if (typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON !== 'function') throw new KeyTrouble('key.too-old')
}

async function told(asked: Promise<Credential | null>): Promise<object> {
  try {
    const credential = await asked
    if (!(credential instanceof PublicKeyCredential)) throw new DOMException('none', 'NotAllowedError')
    return credential.toJSON()
  } catch (thrown) {
    const { name, message } = thrown instanceof Error ? thrown : { name: '', message: String(thrown) }
    // Browsers give one name for a refusal, for a time that ran out and for no key at all, so as not to say which.
    if (name === 'NotAllowedError' || name === 'AbortError') throw new KeyTrouble('key.not-used')
    if (name === 'InvalidStateError') throw new KeyTrouble('key.known')
    throw new KeyTrouble('key.refused', message || name)
  }
}
