/** What is known of an exhibit and of each act of its custody, and the store that keeps them. */
import type { CustodyAct, CustodyState, ExhibitKind } from './life.ts'

/** Who can hold an exhibit: a person of this node, or somebody outside whose details are a record of the case. */
export type Holder = `person/${string}` | `outside/${string}`

/**
 * What the hash is over. `content`: the bytes kept in the vault. `image`: the forensic image of a device. `seizure-record`:
 * the canonical record of a device or of key control that has no image yet, with a random salt, for what stands in such a
 * record could be guessed. The hash is never of "the device": a device has no hash, its image has.
 */
export const hashSubjects = ['content', 'image', 'seizure-record'] as const
export type HashSubject = (typeof hashSubjects)[number]

export type Exhibit = {
  readonly id: string
  readonly caseId: string
  /** Counted from 1 within the case. */
  readonly number: number
  readonly kind: ExhibitKind
  readonly hashOf: HashSubject
  /** 64 and 128 lower-case hexadecimal digits. SHA-512 is there for all that lies in the vault. */
  readonly sha256: string
  readonly sha512: string | null
  /** The finished upload that holds the bytes. */
  readonly vaultObject: string | null
  readonly sourceExhibit: string | null
  readonly acquirer: Holder
  /** The person who put it on record. */
  readonly recordedBy: string
  readonly authority: string
  readonly place: string
  /** ISO 8601, UTC, milliseconds. */
  readonly acquiredAt: string
  readonly recordedAt: string
  /** Hexadecimal; hides authority and place from who sees only digests. */
  readonly salt: string
  readonly digest: string
}

export type Tool = { readonly name: string; readonly version: string; readonly settings?: string | undefined }

export type ChainTx = {
  readonly network: string
  readonly txid: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** Digits only: satoshi, wei. Never a fiat value. */
  readonly amountBaseUnits: string
  readonly blockHeight: number | null
  readonly confirmations: number
}

/** What people say of an act; sealed as a whole. */
export type ActDetails = {
  readonly remarks?: string | undefined
  readonly condition?: string | undefined
  readonly method?: string | undefined
  readonly tool?: Tool | undefined
}

export type CustodyEvent = {
  readonly exhibit: string
  readonly caseId: string
  readonly kind: ExhibitKind
  /** Counted from 1 within the exhibit, without gaps. */
  readonly seq: number
  readonly act: CustodyAct
  readonly from: CustodyState
  readonly to: CustodyState
  readonly actor: string
  readonly witness: string | null
  readonly holderBefore: Holder
  readonly holderAfter: Holder
  /** To whom it is released; the same in the receipt. */
  readonly recipient: Holder | null
  /** In a receipt or a withdrawal: the release that it closes. */
  readonly releaseSeq: number | null
  /** The number on the seal; empty while unsealed. */
  readonly sealBefore: string
  readonly sealAfter: string
  /** Whether the agency has shown that it can sign. */
  readonly controlBefore: boolean
  readonly controlAfter: boolean
  /** A document among the exhibits of the case, as a signed form, for an act on behalf of somebody else. */
  readonly proof: string | null
  /** In a copy: the exhibit that came of it. */
  readonly derived: string | null
  readonly began: string
  readonly ended: string
  readonly recordedAt: string
  readonly authority: string
  readonly place: string
  readonly details: ActDetails
  readonly chainTx: ChainTx | null
  readonly salt: string
  /** Digest of the event before; of the exhibit for the first. */
  readonly prev: string
  readonly digest: string
}

export type Listed<T> = { readonly items: readonly T[]; readonly next: number | null }

/** The port `custody`: rows inside the transaction of an action. */
export interface CustodyStore {
  /** The next free number of the case; nobody else gets it before this transaction ends. */
  nextNumber(caseId: string): Promise<number>
  exhibit(id: string): Promise<Exhibit | null>
  exhibitsOf(caseId: string, after: number, limit: number): Promise<Listed<Exhibit>>
  /** The last event, with the exhibit locked until the transaction ends, so that acts on it follow one another. */
  last(exhibit: string): Promise<CustodyEvent | null>
  /** Every event, oldest first. */
  history(exhibit: string): Promise<readonly CustodyEvent[]>
  /** The database refuses one without the other. */
  add(exhibit: Exhibit, first: CustodyEvent): Promise<void>
  append(event: CustodyEvent): Promise<void>
}
