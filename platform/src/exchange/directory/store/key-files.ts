/** Keys of the directory on the machine of their holder: made, kept sealed under a passphrase, used to sign. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import {
  newSigningKey,
  openWithPassphrase,
  type PassphraseSealed,
  sealUnderPassphrase,
  seedOf,
  signEd25519,
  signingKeyFromSeed,
} from '../../../kernel/crypto/index.ts'
import {
  bytesToHex,
  canonicalJson,
  hexToBytes,
  isHex,
  type Json,
  ok,
  orStop,
  type Result,
  refuse,
  stop,
  strictJson,
  textToBytes,
} from '../../../kernel/index.ts'
import { formatPublicKeyFile, keyProofMessage, readHolder } from '../ceremony/key-files.ts'
import type { Signer } from '../ceremony/publish.ts'
import { keyIdOf } from '../format/keys.ts'

export type NewKey = { readonly keyid: string; readonly secretFile: string; readonly publicFile: string }

/** Two new files: the secret one for its owner alone, and the public one. `passphrase` null leaves the secret key unsealed. */
export function makeKeyFiles(path: string, holderName: string, passphrase: string | null): NewKey {
  const publicFile = `${path}.pub`
  for (const one of [path, publicFile])
    if (existsSync(one))
      stop('FILE_EXISTS', 'A file of this name is there already, and a key is never overwritten.', {
        place: one,
        fix: 'Name another file.',
      })
  const holder = readHolder(holderName)
  const key = newSigningKey()
  const publicKey = key.publicKey.bytes
  const keyid = keyIdOf(publicKey)
  const seed = seedOf(key)
  const kept =
    passphrase === null
      ? { seed: bytesToHex(seed) }
      : { sealed: sealUnderPassphrase(passphrase, seed, purposeOf(keyid)) }
  const secret = { v: 1, type: 'comity-directory-secret', keyid, holder, ...kept }
  writeNew(path, textToBytes(`${canonicalJson(secret as Json)}\n`), 0o600)
  const proof = signEd25519(key, keyProofMessage(publicKey, holder))
  try {
    writeNew(publicFile, formatPublicKeyFile(publicKey, holder, proof), 0o644)
  } catch (thrown) {
    // A secret key without its public half is of use to nobody.
    rmSync(path)
    throw thrown
  }
  return { keyid, secretFile: path, publicFile }
}

export type OpenKey = Signer & { readonly holder: string }

/** `passphraseFor` is asked only where the key is sealed. */
export async function openKeyFile(
  path: string,
  passphraseFor: (holder: string) => Promise<string>,
): Promise<Result<OpenKey>> {
  const no = (what: string) =>
    refuse('DIRECTORY_KEY_FILE', `This is no secret key file of the directory: ${what}.`, {
      place: path,
      fix: 'Give the file that `comity directory key new` wrote, without .pub.',
    })
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch {
    return no('it cannot be read')
  }
  const json = strictJson(bytes, { maxBytes: 16 * 1024 })
  if (!json.ok || typeof json.value !== 'object' || json.value === null || Array.isArray(json.value))
    return no('it is not JSON')
  const { v, type, keyid, holder, seed, sealed } = json.value as { readonly [key: string]: Json }
  if (v !== 1 || type !== 'comity-directory-secret' || typeof keyid !== 'string')
    return no('it is a file of another kind')
  const name = readHolder(holder)
  let secret: Uint8Array
  if (typeof seed === 'string') {
    if (!isHex(seed, 32)) return no('its key is malformed')
    secret = hexToBytes(seed)
  } else {
    if (typeof sealed !== 'object' || sealed === null) return no('it holds no key')
    const passphrase = await passphraseFor(name)
    secret = orStop(openWithPassphrase(passphrase, sealed as unknown as PassphraseSealed, purposeOf(keyid)))
  }
  const key = signingKeyFromSeed(secret)
  if (keyIdOf(key.publicKey.bytes) !== keyid) return no('its id does not belong to its key')
  return ok({ keyid, holder: name, sign: (message) => signEd25519(key, message) })
}

/** A sealed key moved under another id does not open. */
function purposeOf(keyid: string): string {
  return `comity-directory-secret-v1 ${keyid}`
}

function writeNew(path: string, bytes: Uint8Array, mode: number): void {
  const file = openNew(path, mode)
  try {
    writeSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function openNew(path: string, mode: number): number {
  try {
    return openSync(path, 'wx', mode)
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : 'no reason'
    return stop('FILE_NOT_WRITTEN', `The file cannot be written: ${why}.`, {
      place: path,
      fix: 'Check the folder and its permissions.',
    })
  }
}
