/** Parts that all objects of a bundle share. */
import type { Row } from '../fields.ts'
import { filled } from '../marking-line.ts'
import { COMITY_EXTENSION } from './vocabulary.ts'

export type StixJson = null | boolean | number | string | readonly StixJson[] | { readonly [key: string]: StixJson }
export type StixObject = { readonly [key: string]: StixJson }

/** `object_marking_refs` of these markings: of each our own definition and the TLP of OASIS. */
export type RefsOf = (ids: readonly (string | null)[]) => StixObject

/** Our property extension with the named fields that hold something. */
export function own(row: Row, names: readonly string[]): StixObject {
  return { [COMITY_EXTENSION]: { extension_type: 'property-extension', ...(filled(row, names) as StixObject) } }
}

/** The published schema wants three digits of a second (STIX 2.1 section 3.2 asks for them in created and modified). */
export function stixTime(instant: string): string {
  return instant.replace('Z', '.000Z')
}
