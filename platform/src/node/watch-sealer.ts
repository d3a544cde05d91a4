/**
 * Seals what the node keeps of its watches beside the database: under the key of the case, which goes with the case, and found
 * by tokens under a key of the node. Alarms and tasks in a case are named by such tokens too: an id made of public facts
 * alone would tell whoever tries all transactions of a chain which of them are watched.
 */
import { deriveKey, hmacSha256, seal, unseal } from '../kernel/crypto/index.ts'
import { bytesToHex, canonicalJson, textToBytes } from '../kernel/index.ts'
import { idOf } from '../tracing/watch/index.ts'
import type { Sealer } from '../tracing/watch/store/index.ts'
import type { NodeKeys } from './keys.ts'

export type WatchSealer = Sealer & {
  /** Of which case a watch is; of a watch that was not named nothing can be sealed or opened. */
  belongs(watch: string, caseId: string): void
}

export function openWatchSealer(keys: Pick<NodeKeys, 'caseKey' | 'nodeKey'>): WatchSealer {
  const caseByWatch = new Map<string, string>()
  const tokenKey = keys.nodeKey('watch tokens')
  const keyOf = (watch: string): Uint8Array | null => {
    const caseId = caseByWatch.get(watch)
    const key = caseId === undefined ? null : keys.caseKey(caseId)
    return key === null ? null : deriveKey(key, 'watch')
  }
  return {
    belongs: (watch, caseId) => {
      caseByWatch.set(watch, caseId)
    },
    token: (kind, text) => bytesToHex(hmacSha256(tokenKey, textToBytes(`${kind} ${text}`))),
    seal: (watch, text) => {
      const key = keyOf(watch)
      return key === null ? null : Buffer.from(seal(key, textToBytes(text), purposeOf(watch))).toString('base64')
    },
    open: (watch, sealed) => {
      const key = keyOf(watch)
      if (key === null) return null
      const plain = unseal(key, Buffer.from(sealed, 'base64'), purposeOf(watch))
      return plain.ok ? new TextDecoder().decode(plain.value) : null
    },
  }
}

function purposeOf(watch: string): string {
  return canonicalJson(['watch', watch])
}

/** The id of a record that the node itself makes of an alarm; the same whenever it is made. */
export function keyedId(keys: Pick<NodeKeys, 'nodeKey'>, what: 'alarm' | 'task', ...parts: readonly string[]): string {
  return idOf(bytesToHex(hmacSha256(keys.nodeKey('watch ids'), textToBytes(canonicalJson([what, ...parts])))))
}
