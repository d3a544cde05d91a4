/** What the rules on the vault need of the node. */

export type Upload = {
  readonly id: string
  readonly caseId: string
  readonly actor: string
  readonly size: number
  readonly begunAt: string
  readonly abandoned: boolean
}

export type VaultObject = {
  readonly id: string
  readonly caseId: string
  readonly size: number
  readonly sha256: string
  readonly sha512: string
}

/** The port `vault`: rows on uploads, finished objects and tickets, inside the transaction of an action. */
export interface VaultStore {
  /** Bytes of the case: finished, and declared by uploads that are still open. Nobody else declares more meanwhile. */
  bytesOf(caseId: string): Promise<{ finished: number; open: number }>
  begin(upload: Upload): Promise<void>
  upload(id: string): Promise<Upload | null>
  object(id: string): Promise<VaultObject | null>
  finish(object: VaultObject, at: string): Promise<void>
  abandon(id: string, at: string): Promise<void>
  /** Keeps the SHA-256 of a ticket. */
  issueTicket(ticket: {
    readonly token: Uint8Array
    readonly exhibit: string
    readonly object: string
    readonly actor: string
    readonly expiresAt: string
  }): Promise<void>
}

/** The port `vault-content`: what has arrived whole and is sealed in the blob store. */
export interface VaultContent {
  /** `null` while bytes are missing or being sealed. */
  sealedObject(uploadId: string, caseId: string): Promise<VaultObject | null>
  /** The bytes, opened; stops where they are not what was sealed. */
  read(object: VaultObject): AsyncIterable<Uint8Array>
}

/** The port `vault-limits`, in bytes. */
export type VaultLimits = {
  readonly largestFile: number
  readonly largestCase: number
}
