/** What the rules of TAXII need to know. Whoever stands behind it has decided already what this caller may have. */

export type StixObject = { readonly type: string; readonly id: string; readonly [property: string]: unknown }

export type TaxiiCollection = {
  /** A UUID of version 4 or 5. */
  readonly id: string
  readonly title: string
  readonly description: string | null
}

export type AddedObject = {
  readonly object: StixObject
  /** When it came to this collection, as 2026-11-25T09:30:00.000Z. It never changes. */
  readonly addedAt: string
}

/** For one caller. A collection that the caller may not see is not there: no answer tells the two apart. */
export interface TaxiiSource {
  collections(): Promise<readonly TaxiiCollection[]>
  /** Null for a collection that is not there; the objects in any order, and one object in several versions. */
  objectsOf(collectionId: string): Promise<readonly AddedObject[] | null>
}

export type TaxiiSettings = {
  readonly title: string
  readonly contact: string | null
  /** Path of the API root, as /taxii2/comity. */
  readonly apiRoot: string
  /** https://node.example.org */
  readonly origin: string
}
