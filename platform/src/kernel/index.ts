/** The kernel: values and pure functions that every room may use. It imports no room and no Node module. */
export {
  type Action,
  type ActionContext,
  type Actor,
  action,
  type Event,
  eventsOf,
  type Outcome,
  type Page,
  type PutOptions,
  type Question,
  type Records,
  type Role,
  roles,
  type Stored,
  type Subject,
} from './action.ts'
export { formatDecimal, parseBaseUnits, parseDecimal } from './amount.ts'
export { base64ToBytes, bytesToBase64 } from './base64.ts'
export { bytesToHex, concatBytes, hexToBytes, isHex, reversed } from './bytes.ts'
export { canonicalJson, type Json } from './canonical.ts'
export { kernelCodes } from './codes.ts'
export { gateEd25519 } from './ed25519-gate.ts'
export {
  doubleSha256,
  type HashFunction,
  hash160,
  hmacSha256,
  keccak256,
  sha1,
  sha256,
  sha256Stream,
  sha256Text,
  sha512,
  utf8,
} from './hash.ts'
export type { Progress } from './ports.ts'
export {
  Access,
  amber,
  Marking,
  PersonId,
  type Protected,
  Purpose,
  purposes,
  Tlp,
} from './protection.ts'
export { type CodeEntry, catchRefusal, ok, orStop, type Refusal, type Result, refuse, Stop, stop } from './refusal.ts'
export { type StrictJsonLimits, strictJson } from './strict-json.ts'
export { bytesToText, textToBytes } from './utf8.ts'
