/** What trace records of both families of chains share: how they are digested, and how they name blocks and the engine. */
import { canonicalJson, type Json, sha256Text } from '../kernel/index.ts'

export const ENGINE_VERSION = '0.1.0'

export type BlockName = { readonly height: number; readonly hash: string | null; readonly time: number | null }

/** SHA-256 of the canonical JSON of a value. */
export function digestOf(value: object): string {
  return sha256Text(canonicalJson(value as unknown as Json))
}
