/**
 * Attribution tags: somebody says who holds an address, or what a transaction was.
 *
 * A tag is a statement by its creator, never a fact of the ledger. It is kept as it was made, with the file it came
 * from; what happens to it afterwards (retraction, supersession, an end of validity) is appended beside it.
 * The fields are those of the TagPack format; validity and life-cycle are ours, because TagPack has neither.
 *
 * Times are whole seconds since 1970-01-01 UTC, as block times are.
 */
import { canonicalJson, type Json, sha256Text } from '../../kernel/index.ts'

/**
 * How far the text of an address was checked:
 * - `verified`: it carries a checksum, and the checksum holds on this chain
 * - `form`: it has the form of an address of this chain, which carries no checksum that is checked here
 * - `unchecked`: no rule for this currency is known here
 * - `refused`: it is no address of this chain, or nobody can hold it; the tag is kept and never matches
 */
export type AddressCheck = 'verified' | 'form' | 'unchecked' | 'refused'

export type TagSubject = {
  readonly kind: 'address' | 'transaction'
  /** CAIP-2 id; `null` where the file does not say on which chain. */
  readonly chain: string | null
  /** The address (or transaction hash) as the ledger of this chain writes it. */
  readonly text: string
  /** As the file writes it. */
  readonly stated: string
  readonly currency: string | null
  readonly network: string | null
  readonly check: AddressCheck
}

/** `level` is `null` for an id that is not one of packs/tags/confidence.json. */
export type TagConfidence = { readonly id: string; readonly level: number | null }

/** Where a tag stands: the file by the hash of its bytes as read, its place among the entries, its line where it has one. */
export type TagProvenance = {
  readonly file: string
  readonly sha256: string
  readonly index: number
  readonly line: number | null
}

/** Who said so, when (seconds) and why; belongs to every event of a tag's life. */
export type TagAct = { readonly at: number; readonly by: string; readonly reason: string }

/** What a file says. */
export type StatedTag = {
  readonly subject: TagSubject
  readonly label: string
  readonly source: string
  /** `lastmod`, as ISO 8601 in UTC with the precision that was stated. */
  readonly date: string | null
  readonly confidence: TagConfidence | null
  readonly category: string | null
  readonly concepts: readonly string[]
  readonly abuse: string | null
  readonly actor: string | null
  readonly tagType: string | null
  readonly isClusterDefiner: boolean | null
  readonly context: string | null
  readonly creator: string | null
  /** The statement holds from this moment on; `null`: the source sets no beginning. */
  readonly validFrom: number | null
  /** The statement holds no longer from this moment on; `null`: open. */
  readonly validTo: number | null
  readonly provenance: TagProvenance
}

export type Tag = StatedTag & {
  /** SHA-256 of what the file says and of its place there; the name of the file does not enter. */
  readonly id: string
  readonly retracted: TagAct | null
  readonly superseded: (TagAct & { readonly replacedBy: string }) | null
  /** An end of validity that was declared after the import; it comes before `validTo`. */
  readonly ended: (TagAct & { readonly validTo: number }) | null
}

/** The tag as imported: nothing has happened to it yet. */
export function newTag(stated: StatedTag): Tag {
  return { ...stated, id: tagId(stated), retracted: null, superseded: null, ended: null }
}

export function tagId(stated: StatedTag): string {
  const { subject, confidence, provenance } = stated
  const content: Json = {
    subject: [subject.kind, subject.chain, subject.text, subject.stated, subject.currency, subject.network],
    label: stated.label,
    source: stated.source,
    date: stated.date,
    confidence: confidence && [confidence.id, confidence.level],
    category: stated.category,
    concepts: stated.concepts,
    abuse: stated.abuse,
    actor: stated.actor,
    tagType: stated.tagType,
    isClusterDefiner: stated.isClusterDefiner,
    context: stated.context,
    creator: stated.creator,
    validFrom: stated.validFrom,
    validTo: stated.validTo,
    provenance: [provenance.sha256, provenance.index],
  }
  return sha256Text(canonicalJson(content))
}

/** One key per subject; tags with equal keys speak of the same place on the ledger. */
export function subjectKey(subject: { readonly chain: string | null; readonly text: string }): string {
  return `${subject.chain ?? ''} ${subject.text}`
}

/** A flaw in a tag file that did not stop the import: what, where, and what was done about it. */
export type TagDefect = {
  readonly code: string
  readonly message: string
  /** File, entry and line. */
  readonly place: string
  /** How many entries have the same flaw, where it is recorded once for all; 1 otherwise. */
  readonly count: number
}

/** A real-world actor whom tags refer to by id (ActorPack). */
export type Actor = {
  readonly id: string
  readonly label: string
  readonly uri: string | null
  /** `lastmod`, as for tags. */
  readonly date: string | null
  readonly categories: readonly string[]
  /** ISO 3166-1 alpha-2. */
  readonly jurisdictions: readonly string[]
  readonly aliases: readonly string[]
  /** Canonical JSON of the rest (links, names, notes), every scalar as the text of the file. */
  readonly context: string | null
  readonly provenance: TagProvenance
}

export type TagFileKind = 'tagpack' | 'actorpack' | 'address-list' | 'list-history' | 'csv' | 'stix' | 'misp' | 'ftm'

/** What one file holds. `read` entries = tags (or actors) + `refused` entries. */
export type TagFileContent = {
  readonly kind: TagFileKind
  readonly title: string
  readonly creator: string | null
  readonly tags: readonly Tag[]
  readonly actors: readonly Actor[]
  readonly read: number
  readonly refused: number
  readonly defects: readonly TagDefect[]
}

/** A file as it was read: `sha256` and `bytes` of what lies on disk, `text` after decompression. */
export type TagFile = { readonly name: string; readonly sha256: string; readonly bytes: number; readonly text: string }
