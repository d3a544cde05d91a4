/** Text of a case, sealed under a key derived from the key of the case; bound to its place, so that it opens nowhere else. */
import { deriveKey, seal, unseal } from '../../kernel/crypto/index.ts'
import { canonicalJson, type Json, orStop, stop } from '../../kernel/index.ts'

/** The part of the node's keys that the stores of this room need. `null`: never made, or destroyed. */
export type CaseKeys = { caseKey(caseId: string): Uint8Array | null }

export type CaseSeal = {
  seal(value: Json, purpose: readonly (string | number)[]): Uint8Array
  /** `null` where the case was erased: nothing of it can be read, and nothing is invented in its place. */
  open<T>(sealed: Uint8Array, purpose: readonly (string | number)[]): T | null
}

export function caseSeal(keys: CaseKeys, caseId: string, use: string): CaseSeal {
  const caseKey = keys.caseKey(caseId)
  const key = caseKey === null ? null : deriveKey(caseKey, use)
  return {
    seal: (value, purpose) => {
      if (key === null)
        return stop('CASE_ERASED', 'The case was erased; nothing can be added to it.', { place: caseId })
      return seal(key, new TextEncoder().encode(canonicalJson(value)), canonicalJson(purpose as Json))
    },
    open: <T>(sealed: Uint8Array, purpose: readonly (string | number)[]) => {
      if (key === null) return null
      return JSON.parse(new TextDecoder().decode(orStop(unseal(key, sealed, canonicalJson(purpose as Json))))) as T
    },
  }
}
