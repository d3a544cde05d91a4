/**
 * The digests that chain the custody of an exhibit. Each event names the digest of the one before, the first that of the
 * exhibit, so that no event can be changed, taken out or put in without the rest showing it (ISO/IEC 27037, 5.4: integrity of
 * the chain of custody record).
 *
 * A digest is over lines of text that the database writes in the same way and checks. What people wrote (place, authority,
 * remarks) goes in as a salted commitment: the chain can be verified by who may not read it, and still when a case is erased.
 */
import { canonicalJson, type Json, sha256Text } from '../../kernel/index.ts'
import type { CustodyEvent, Exhibit } from './exhibit.ts'
import { stateAfter } from './life.ts'

type Undigested<T> = Omit<T, 'digest'>

export function exhibitCommitment({ salt, authority, place }: Pick<Exhibit, 'salt' | 'authority' | 'place'>): string {
  return sha256Text(canonicalJson({ salt, authority, place }))
}

export function eventCommitment(
  event: Pick<CustodyEvent, 'salt' | 'authority' | 'place' | 'details' | 'chainTx'>,
): string {
  const { salt, authority, place, details, chainTx } = event
  return sha256Text(canonicalJson({ salt, authority, place, details, chainTx } as Json))
}

export function exhibitDigest(exhibit: Undigested<Exhibit>): string {
  return sha256Text(
    lines(
      'comity exhibit 1',
      exhibit.id,
      exhibit.caseId,
      exhibit.number,
      exhibit.kind,
      exhibit.hashOf,
      exhibit.sha256,
      exhibit.sha512,
      exhibit.vaultObject,
      exhibit.sourceExhibit,
      exhibit.acquirer,
      exhibit.recordedBy,
      exhibit.acquiredAt,
      exhibit.recordedAt,
      exhibitCommitment(exhibit),
    ),
  )
}

export function eventDigest(event: Undigested<CustodyEvent>): string {
  return sha256Text(
    lines(
      'comity custody event 1',
      event.exhibit,
      event.caseId,
      event.kind,
      event.seq,
      event.act,
      event.from,
      event.to,
      event.actor,
      event.witness,
      event.holderBefore,
      event.holderAfter,
      event.recipient,
      event.releaseSeq,
      event.sealBefore,
      event.sealAfter,
      event.controlBefore ? 'yes' : 'no',
      event.controlAfter ? 'yes' : 'no',
      event.proof,
      event.derived,
      event.began,
      event.ended,
      event.recordedAt,
      eventCommitment(event),
      event.prev,
    ),
  )
}

/** What breaks the custody of an exhibit, as sentences; empty where it is whole. */
export function custodyFlaws(exhibit: Exhibit, events: readonly CustodyEvent[]): readonly string[] {
  const flaws: string[] = []
  if (exhibitDigest(exhibit) !== exhibit.digest) flaws.push('The exhibit is not what its digest says.')
  if (events.length === 0) flaws.push('There is no event of custody.')
  let before: CustodyEvent | null = null
  for (const [index, event] of events.entries()) {
    const at = `Event ${event.seq}`
    if (event.exhibit !== exhibit.id || event.kind !== exhibit.kind || event.caseId !== exhibit.caseId)
      flaws.push(`${at} is of another exhibit.`)
    if (event.seq !== index + 1) flaws.push(`${at} stands where event ${index + 1} belongs.`)
    if (eventDigest(event) !== event.digest) flaws.push(`${at} is not what its digest says.`)
    if (event.prev !== (before?.digest ?? exhibit.digest)) flaws.push(`${at} does not follow the one before it.`)
    if (event.from !== (before?.to ?? 'none') || stateAfter(event.kind, event.from, event.act) !== event.to)
      flaws.push(`${at} (${event.act}) cannot happen to an exhibit that is ${before?.to ?? 'none'}.`)
    if (event.holderBefore !== (before?.holderAfter ?? exhibit.acquirer))
      flaws.push(`${at} is by another holder than the one before it left.`)
    if (event.sealBefore !== (before?.sealAfter ?? '')) flaws.push(`${at} names another seal.`)
    if (before && event.began < before.ended) flaws.push(`${at} began before the one before it had ended.`)
    if (event.act === 'receive' && event.recipient !== before?.recipient)
      flaws.push(`${at} is a receipt by somebody to whom nothing was released.`)
    before = event
  }
  return flaws
}

/** One value a line; a dash where there is none. No value holds a line break: the schemas and the database see to it. */
function lines(...values: readonly (string | number | null)[]): string {
  return `${values.map((value) => (value === null || value === '' ? '-' : String(value))).join('\n')}\n`
}
