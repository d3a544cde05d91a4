/**
 * The keys with which this node answers comparisons, one for each epoch, each sealed in a file of its own beside the other keys.
 * They are in no backup. When its epoch is over a key is destroyed: what was compared with it can then be found out by nobody.
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
import { join } from 'node:path'
import type { Epoch } from '../../exchange/deconfliction/index.ts'
import { newSecret, seal, unseal, type Voprf, type VoprfKey } from '../../kernel/crypto/index.ts'
import { bytesToHex, hexToBytes, orStop } from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'

export type KeptEpoch = Epoch & { readonly publicKey: string }

/** Where the keys of the epochs are kept; a folder here, and whatever keeps secrets better where there is such a thing. */
export interface EpochKeys {
  /** In the order of their numbers. */
  list(): readonly KeptEpoch[]
  /** Makes the key of an epoch; where it is there already, nothing changes. */
  make(epoch: Epoch): KeptEpoch
  /** Null where there is none, or none any more. */
  key(epoch: number): VoprfKey | null
  /** Doing it again changes nothing. */
  destroy(epoch: number): void
}

const FILE = /^(\d{1,7})\.key$/

export function openEpochKeys(folder: string, keys: Pick<NodeKeys, 'nodeKey'>, voprf: Voprf): EpochKeys {
  // Under a key that a rotation of the node's key does not change.
  const sealing = () => keys.nodeKey('oprf epochs')
  const pathOf = (epoch: number) => join(folder, `${epoch}.key`)
  const info = new TextEncoder().encode('comity oprf epoch')
  return {
    list: () =>
      existsSync(folder)
        ? readdirSync(folder)
            .flatMap((name) => FILE.exec(name)?.[1] ?? [])
            .flatMap((number) => read(Number(number))?.epoch ?? [])
            .sort((a, b) => a.number - b.number)
        : [],
    make: (epoch) => {
      const known = read(epoch.number)
      if (known) return known.epoch
      const seed = newSecret()
      const made = { ...epoch, publicKey: bytesToHex(voprf.deriveKeyPair(seed, info).publicKey) }
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const text = JSON.stringify({ ...made, sealed: bytesToHex(seal(sealing(), seed, purposeOf(made))) })
      const draft = `${pathOf(epoch.number)}.${process.pid}.draft`
      writeFileSync(draft, `${text}\n`, { mode: 0o600, flush: true })
      renameSync(draft, pathOf(epoch.number))
      syncFolder(folder)
      return made
    },
    key: (epoch) => read(epoch)?.key() ?? null,
    destroy: (epoch) => {
      const path = pathOf(epoch)
      if (!existsSync(path)) return
      const file = openSync(path, 'r+')
      writeSync(file, newSecret(statSync(path).size))
      fsyncSync(file)
      closeSync(file)
      rmSync(path)
      syncFolder(folder)
    },
  }

  function read(number: number): { readonly epoch: KeptEpoch; readonly key: () => VoprfKey } | null {
    const path = pathOf(number)
    if (!existsSync(path)) return null
    const { sealed, ...epoch } = JSON.parse(readFileSync(path, 'utf8')) as KeptEpoch & { readonly sealed: string }
    return {
      epoch,
      key: () => voprf.deriveKeyPair(orStop(unseal(sealing(), hexToBytes(sealed), purposeOf(epoch))), info),
    }
  }
}

/** Period and public key are part of it: in another file, or with another period, the seed does not open. */
function purposeOf({ number, from, until, publicKey }: KeptEpoch): string {
  return `oprf epoch ${number} ${from} ${until} ${publicKey}`
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  fsyncSync(folder)
  closeSync(folder)
}
