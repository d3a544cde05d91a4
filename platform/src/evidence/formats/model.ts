/**
 * The neutral evidence package: what every exchange format is written from and read into.
 *
 * Plain JSON. Ids are lower-case UUIDs, because that is the one form of id that CASE, STIX, MISP and FollowTheMoney can
 * all carry unchanged. Times are whole seconds in UTC (`2026-03-01T09:00:00Z`), as block times and custody forms are.
 * Amounts are base units in decimal text. What a source did not say is `null` or an empty list, never a guess.
 */
export type Tlp = 'red' | 'amber+strict' | 'amber' | 'green' | 'clear'

/** What may be done with what carries this marking. Recipients are ids of parties or names of agencies. */
export type Marking = {
  readonly id: string
  /** TLP 2.0 (FIRST, August 2022). */
  readonly tlp: Tlp
  /** Purposes for which it may be used; an empty list sets no limit of purpose. */
  readonly purposes: readonly string[]
  /** Third-party rule: `no` never onward, `ask` only with the originator's permission, `yes` freely within the TLP. */
  readonly onwardUse: 'no' | 'ask' | 'yes'
  /** Handling code in the manner of SIENA (H0 to H3), or the sender's own. */
  readonly handlingCode: string | null
  readonly recipients: readonly string[]
  /** Under seal: goes to nobody until the seal is opened for the audience by name. */
  readonly sealed: boolean
}

export type Item = { readonly id: string; readonly marking: string | null }

export type Investigation = Item & {
  readonly name: string | null
  readonly form: string | null
  readonly status: string | null
  readonly focus: string | null
  readonly start: string | null
  readonly end: string | null
}

/** The permission under which something was done: a warrant, an order, consent. */
export type Authorisation = Item & {
  readonly type: string | null
  readonly identifier: string | null
  readonly legalBasis: string | null
  readonly issuer: string | null
  readonly start: string | null
  readonly end: string | null
}

export type Party = Item & {
  readonly kind: 'agency' | 'person' | 'company'
  readonly name: string | null
  readonly role: string | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
}

export type ExhibitKind = 'file' | 'device' | 'key-control' | 'trace-record' | 'document' | 'chain-data'

export type Exhibit = Item & {
  readonly exhibitNumber: string | null
  readonly kind: ExhibitKind | null
  readonly description: string | null
  readonly mediaType: string | null
  /** Bytes. */
  readonly size: number | null
  readonly sha256: string | null
  readonly sha512: string | null
  readonly acquiredAt: string | null
  /** Id of a party. */
  readonly acquirer: string | null
  /** Id of an authorisation. */
  readonly authority: string | null
  readonly place: string | null
  readonly toolName: string | null
  readonly toolVersion: string | null
  readonly toolConfig: string | null
  /** Id of the exhibit that this one was derived from. */
  readonly sourceExhibit: string | null
}

/** ISO/IEC 27037:2012 knows identification, collection, acquisition and preservation; the rest is the custody form. */
export type CustodyType =
  | 'identified'
  | 'collected'
  | 'acquired'
  | 'hashed'
  | 'sealed'
  | 'released'
  | 'received'
  | 'examined'
  | 'copied'
  | 'returned'
  | 'disposed'

export type CustodyEvent = Item & {
  readonly exhibit: string | null
  readonly type: CustodyType | null
  readonly actor: string | null
  /** The other side of a hand-over: of a release the receiver, of a receipt the releaser. */
  readonly counterpart: string | null
  readonly authority: string | null
  readonly start: string | null
  readonly end: string | null
  readonly place: string | null
  readonly remarks: string | null
}

/** How an asset is shown. Without decimals no decimal amount of it is written or read. */
export type AssetNote = { readonly asset: string; readonly symbol: string; readonly decimals: number }

export type Wallet = Item & {
  /** CAIP-2. */
  readonly chain: string
  readonly address: string
  /** Id of a party. */
  readonly holder: string | null
  readonly labels: readonly string[]
}

export type Transfer = Item & {
  readonly chain: string
  readonly txid: string
  readonly from: string | null
  readonly to: string | null
  /** CAIP-19. */
  readonly asset: string | null
  readonly amountBaseUnits: string | null
  /** An amount that could not be read exactly, as its source wrote it. */
  readonly amountStated: string | null
  readonly time: string | null
}

/** Somebody says something about a wallet; never a fact of the ledger. */
export type Statement = Item & {
  /** Id of the wallet that is spoken of. */
  readonly wallet: string | null
  readonly kind: 'held-by' | 'account-at' | 'sanctioned' | 'other'
  readonly claim: string | null
  /** `held-by`: id of the party who is said to hold it. */
  readonly party: string | null
  /** `account-at`: the service, and the account there. */
  readonly service: string | null
  readonly account: string | null
  /** `sanctioned`: who listed it, and under which number. */
  readonly listedBy: string | null
  readonly listing: string | null
  readonly basis: string | null
  readonly method: string | null
  /** 0 to 100. */
  readonly confidence: number | null
  readonly sourceExhibit: string | null
  /** Id of a party. */
  readonly author: string | null
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly retracted: string | null
}

export type EvidencePackage = {
  readonly id: string
  readonly caseReference: string | null
  readonly title: string | null
  readonly createdAt: string | null
  readonly marking: string | null
  readonly investigations: readonly Investigation[]
  readonly authorisations: readonly Authorisation[]
  readonly parties: readonly Party[]
  readonly exhibits: readonly Exhibit[]
  readonly custody: readonly CustodyEvent[]
  readonly assets: readonly AssetNote[]
  readonly wallets: readonly Wallet[]
  readonly transfers: readonly Transfer[]
  readonly statements: readonly Statement[]
  readonly markings: readonly Marking[]
}
