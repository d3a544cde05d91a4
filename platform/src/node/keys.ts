/**
 * The keys of a node, in a folder apart from the database: `node.key` seals everything else, `signing.key` signs
 * checkpoints, `cases/ID.key` seals all that the database holds of one case.
 *
 * To erase a case is to destroy its key: what the database, its write-ahead log and its backups hold of the case is then
 * noise. So these files are small, few, backed up apart and for a short time only. Overwriting cannot be promised on
 * journalled or flash storage; what is overwritten here is itself sealed under the node's key.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import {
  deriveKey,
  newSecret,
  newSigningKey,
  type SigningKey,
  seal,
  seedOf,
  signingKeyFromSeed,
  unseal,
} from '../kernel/crypto/index.ts'
import { bytesToHex, hexToBytes, orStop, stop } from '../kernel/index.ts'

export type NodeKeys = {
  /** A key of the node for one use, as `records` or `refs`. */
  nodeKey(use: string): Uint8Array
  signingKey(): SigningKey
  /** Public keys of signing keys that were used before, oldest first. */
  formerSigners(): readonly Uint8Array[]
  makeCaseKey(caseId: string): void
  /** `null`: never made, or destroyed. */
  caseKey(caseId: string): Uint8Array | null
  destroyCaseKey(caseId: string): void
  /** A new node key, under which every case key is sealed again, and a new signing key. */
  rotate(): void
}

export function initKeys(folder: string): void {
  if (existsSync(join(folder, 'node.key')))
    stop('KEYS_EXIST', 'This folder holds keys already.', {
      place: folder,
      fix: 'Start the node, or choose another --home.',
    })
  mkdirSync(join(folder, 'cases'), { recursive: true, mode: 0o700 })
  const root = newSecret()
  writeWhole(join(folder, 'signing.key'), sealedText(root, 'signing.key', seedOf(newSigningKey())))
  // Last: a folder with node.key is complete.
  writeWhole(join(folder, 'node.key'), `${bytesToHex(root)}\n`)
}

export function openKeys(folder: string): NodeKeys {
  finishRotation(folder)
  let root = readRoot(folder)
  let signing: SigningKey | null = null
  // Refs and other lookups must survive a rotation, so their key is drawn from a secret of its own, sealed under the root.
  const lookup = () => {
    const path = join(folder, 'lookup.key')
    if (!existsSync(path)) writeWhole(path, sealedText(root, 'lookup.key', newSecret()))
    return unsealedFile(root, path, 'lookup.key')
  }
  // They never change, so they are kept. Keys of cases are not: once destroyed, by whichever process, they are gone.
  const nodeKeyByUse = new Map<string, Uint8Array>()
  return {
    nodeKey: (use) => {
      const key = nodeKeyByUse.get(use) ?? deriveKey(lookup(), use)
      nodeKeyByUse.set(use, key)
      return key
    },
    signingKey: () => {
      signing ??= signingKeyFromSeed(unsealedFile(root, join(folder, 'signing.key'), 'signing.key'))
      return signing
    },
    formerSigners: () => {
      const path = join(folder, 'former-signers')
      return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map(hexToBytes) : []
    },
    makeCaseKey: (caseId) => {
      const path = casePath(folder, caseId)
      if (!existsSync(path)) writeWhole(path, sealedText(root, `case ${caseId}`, newSecret()))
    },
    caseKey: (caseId) => {
      const text = textIfThere(casePath(folder, caseId))
      return text === null ? null : unsealedText(root, text, `case ${caseId}`)
    },
    destroyCaseKey: (caseId) => {
      const path = casePath(folder, caseId)
      if (!existsSync(path)) return
      const size = statSync(path).size
      const file = openSync(path, 'r+')
      writeSync(file, newSecret(size))
      fsyncSync(file)
      closeSync(file)
      rmSync(path)
      syncFolder(dirname(path))
    },
    rotate: () => {
      const next = newSecret()
      const staging = join(folder, 'next')
      rmSync(staging, { recursive: true, force: true })
      mkdirSync(join(staging, 'cases'), { recursive: true, mode: 0o700 })
      for (const name of readdirSync(join(folder, 'cases'))) {
        const caseId = name.replace(/\.key$/, '')
        const secret = unsealedFile(root, casePath(folder, caseId), `case ${caseId}`)
        writeWhole(casePath(staging, caseId), sealedText(next, `case ${caseId}`, secret))
      }
      writeWhole(join(staging, 'lookup.key'), sealedText(next, 'lookup.key', lookup()))
      const old = signingKeyFromSeed(unsealedFile(root, join(folder, 'signing.key'), 'signing.key'))
      const former = join(folder, 'former-signers')
      const before = existsSync(former) ? readFileSync(former, 'utf8') : ''
      writeWhole(join(staging, 'former-signers'), `${before}${bytesToHex(old.publicKey.bytes)}\n`)
      writeWhole(join(staging, 'signing.key'), sealedText(next, 'signing.key', seedOf(newSigningKey())))
      writeWhole(join(staging, 'node.key'), `${bytesToHex(next)}\n`)
      // From here on the rotation is decided: opening the folder finishes it, however often it is interrupted.
      renameSync(staging, join(folder, 'decided'))
      syncFolder(folder)
      finishRotation(folder)
      root = readRoot(folder)
      signing = null
    },
  }
}

/** Moves what a decided rotation has prepared into place; node.key last. Doing it again changes nothing. */
function finishRotation(folder: string): void {
  const decided = join(folder, 'decided')
  if (!existsSync(decided)) return
  const cases = join(decided, 'cases')
  if (existsSync(cases)) {
    for (const name of readdirSync(cases)) renameSync(join(cases, name), join(folder, 'cases', name))
    rmSync(cases, { recursive: true })
  }
  for (const name of ['lookup.key', 'former-signers', 'signing.key', 'node.key']) {
    if (existsSync(join(decided, name))) renameSync(join(decided, name), join(folder, name))
  }
  rmSync(decided, { recursive: true })
  syncFolder(folder)
}

function readRoot(folder: string): Uint8Array {
  const path = join(folder, 'node.key')
  if (!existsSync(path))
    return stop('KEYS_MISSING', 'The folder holds no keys of a node.', { place: path, fix: 'Run: comity node init.' })
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    stop('KEYS_EXPOSED', "Others can read the node's key.", { place: path, fix: `Run: chmod 600 ${path}` })
  const text = readFileSync(path, 'utf8').trim()
  if (!/^[0-9a-f]{64}$/.test(text))
    stop('KEYS_MISSING', 'The key of the node is not 64 hexadecimal digits.', {
      place: path,
      fix: 'Restore the key from its backup.',
    })
  return hexToBytes(text)
}

function casePath(folder: string, caseId: string): string {
  if (!/^[0-9a-f-]{36}$/.test(caseId)) throw new RangeError(`not the id of a case: ${caseId}`)
  return join(folder, 'cases', `${caseId}.key`)
}

function sealedText(root: Uint8Array, purpose: string, secret: Uint8Array): string {
  return `${bytesToHex(seal(root, secret, purpose))}\n`
}

function unsealedFile(root: Uint8Array, path: string, purpose: string): Uint8Array {
  return unsealedText(root, readFileSync(path, 'utf8'), purpose)
}

function unsealedText(root: Uint8Array, text: string, purpose: string): Uint8Array {
  return orStop(unseal(root, hexToBytes(text.trim()), purpose))
}

function textIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
}

function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  renameSync(draft, path)
  syncFolder(dirname(path))
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
