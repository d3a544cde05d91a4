/** The cryptography that attachments need; `exchange/attachments/crypto` is it, over kernel/crypto. */
import type { Result } from '../../kernel/index.ts'

/** A running SHA-256. */
export interface RunningHash {
  update(bytes: Uint8Array): void
  /** Once, at the end. */
  digest(): Uint8Array
}

export interface SealingPorts {
  newSalt(): Uint8Array
  newHash(): RunningHash
  /** The id of the receiver's key. */
  readonly recipientKeyId: string
  /** A new HPKE context for the receiver's key. */
  openSender(info: Uint8Array): {
    readonly encapsulated: Uint8Array
    seal(plain: Uint8Array, aad: Uint8Array): Uint8Array
  }
}

export interface OpeningPorts {
  newHash(): RunningHash
  /** The id of the key that opens. */
  readonly keyId: string
  openReceiver(
    encapsulated: Uint8Array,
    info: Uint8Array,
  ): Result<{ open(sealed: Uint8Array, aad: Uint8Array): Result<Uint8Array> }>
}
