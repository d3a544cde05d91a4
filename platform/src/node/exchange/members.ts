/** What the transport asks of the directory. Keys and addresses come from there, never from a message. */

export type Limits = {
  readonly messagesPerMinute: number
  readonly bytesPerDay: number
  readonly openConnections: number
  /** The largest file that it may send, as it travels; nothing said is none at all. */
  readonly attachmentBytes?: number
}

export type Peer = {
  readonly id: string
  /** Where its node takes messages: https, no slash at the end. */
  readonly endpoint: string
  /** SHA-256 of the SubjectPublicKeyInfo of each TLS key that it may show, in hex. */
  readonly tlsPins: readonly string[]
  readonly limits: Limits
}

export interface Members {
  peer(id: string): Peer | null
  /** The member that shows a TLS key of this pin; null where none does. */
  byPin(pin: string): Peer | null
  /** Whose signing key this is, now; null where it is nobody's. */
  keyOf(keyId: string): { readonly agency: string; readonly publicKey: Uint8Array } | null
}
