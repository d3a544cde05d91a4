/** The erasure of a case: what is proposed and approved, what is ordered, and the proof that it was done. */
import { type Static, Type } from '@sinclair/typebox'
import type { Json, Marking } from '../kernel/index.ts'
import type { Approval } from './approvals.ts'
import { CaseId, closed, Digest, Id, Instant, nullable, oneOf, text } from './fields.ts'

export const ErasureBasis = Type.Union(
  [
    closed({ kind: Type.Literal('period'), rules: Type.Array(Type.String(), { minItems: 1 }) }),
    closed({ kind: Type.Literal('order'), order: text(300, 'Authority, date and file number of the order.') }),
  ],
  { description: 'Why the case is erased: its periods have ended, or an authority has ordered it.' },
)

/** What will be destroyed. The key is named by a digest, so that the proof can say which one it was. */
export const Extent = closed({
  caseId: CaseId,
  caseVersion: Type.Integer({ minimum: 1 }),
  countByKind: Type.Record(Type.String(), Type.Integer()),
  keyIdDigest: Digest,
})
export type Extent = Static<typeof Extent>

/** A proposal, within the case; it goes with it. */
export type ErasureBody = {
  readonly basis: Static<typeof ErasureBasis>
  readonly extent: Extent
  readonly state: 'proposed' | 'withdrawn' | 'ordered'
  readonly approvals: readonly Approval[]
  readonly marking: Marking
  readonly author: string
}

/** Outside the case, so that it outlives it: it holds no word of what the case was about. */
export const ErasureOrder = closed({
  caseId: CaseId,
  basis: ErasureBasis,
  extent: Extent,
  /** The digest that was approved. */
  digest: Digest,
  approvers: Type.Array(Id),
  proposedBy: Id,
  orderedBy: Id,
  orderedAt: Instant,
  state: oneOf(['ordered', 'destroyed'], 'ordered: decided. destroyed: the key is gone.'),
  destroyedAt: nullable(Instant),
})
export type ErasureOrder = Static<typeof ErasureOrder>

export const ErasureProof = closed({
  format: Type.Literal('comity-erasure/1'),
  erasureId: Id,
  caseId: CaseId,
  basis: ErasureBasis,
  extent: Extent,
  approvedDigest: Digest,
  approvers: Type.Array(Id),
  proposedBy: Id,
  orderedBy: Id,
  orderedAt: Instant,
  destroyedAt: Instant,
  digest: Digest,
})
export type ErasureProof = Static<typeof ErasureProof>

/** All that an approval of an erasure covers. */
export function approvedErasure(facts: {
  readonly erasureId: string
  readonly basis: ErasureBody['basis']
  readonly extent: Extent
  readonly policies: string
  readonly needed: number
}): Json {
  return { format: 'comity-erasure-proposal/1', ...facts } as unknown as Json
}

export function proofOf(
  erasureId: string,
  order: ErasureOrder,
  digestOf: (value: Json) => string,
): ErasureProof | null {
  const { caseId, basis, extent, digest, approvers, proposedBy, orderedBy, orderedAt, destroyedAt } = order
  if (destroyedAt === null) return null
  const body = {
    format: 'comity-erasure/1' as const,
    erasureId,
    caseId,
    basis,
    extent,
    approvedDigest: digest,
    approvers,
    proposedBy,
    orderedBy,
    orderedAt,
    destroyedAt,
  }
  return { ...body, digest: digestOf(body as unknown as Json) }
}

/** Whether there is still exactly what was approved: the same case, the same records, the same key. */
export function sameExtent(a: Extent, b: Extent): boolean {
  const kinds = [...new Set([...Object.keys(a.countByKind), ...Object.keys(b.countByKind)])]
  return (
    a.caseId === b.caseId &&
    a.caseVersion === b.caseVersion &&
    a.keyIdDigest === b.keyIdDigest &&
    kinds.every((kind) => a.countByKind[kind] === b.countByKind[kind])
  )
}
