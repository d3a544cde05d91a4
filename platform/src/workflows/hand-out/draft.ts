/** What the parts of the mapping write into: a package in the making, and the notes on what became of each field. */
import type { EvidencePackage, Marking as PackageMarking } from '../../evidence/formats/index.ts'
import type { ItemNotes } from './notes.ts'
import type { MarkedItem } from './package-marking.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }

export type Draft = {
  readonly pack: Mutable<Omit<EvidencePackage, 'markings'>>
  readonly notes: ItemNotes[]
  readonly caseId: string
  /** The marking of the case itself: of its title, and of the people who work on it. */
  readonly head: PackageMarking
  marked(item: MarkedItem): PackageMarking
  /** Words that stay here where the marking does; where they have no row of their own, they are still looked for. */
  words(marking: PackageMarking, ...texts: readonly (string | null | undefined)[]): void
  /** An id made from what it names, the same in every package of this case. */
  idOf(name: string): string
  /** The id of the organisation of that name, made where it is new. */
  agency(name: string, marking: PackageMarking, kind: 'agency' | 'company'): string
}

/** Instants of a package are whole seconds. */
export function toSecond(instant: string): string {
  return `${instant.slice(0, 19)}Z`
}
