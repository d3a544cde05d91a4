/**
 * The next event of an exhibit's custody, or why it cannot be. The database refuses the same things; these rules say so in
 * words that a person can act on.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { eventDigest } from './chain.ts'
import type { ActDetails, ChainTx, CustodyEvent, Exhibit, Holder } from './exhibit.ts'
import { type CustodyAct, needsWitness, possibleActs, stateAfter } from './life.ts'

export type ActRequest = {
  readonly act: CustodyAct
  readonly actor: string
  readonly authority: string
  readonly place: string
  readonly details: ActDetails
  readonly began: string
  readonly ended: string
  readonly recordedAt: string
  readonly salt: string
  readonly witness?: string | undefined
  /** A document among the exhibits of the case that stands for a signature outside this node. */
  readonly proof?: string | undefined
  /** For a release. */
  readonly recipient?: Holder | undefined
  /** For a seal, and for the first event of a device. */
  readonly sealNumber?: string | undefined
  /** For a copy: the exhibit that came of it. */
  readonly derived?: string | undefined
  readonly chainTx?: ChainTx | undefined
}

export function nextEvent(exhibit: Exhibit, before: CustodyEvent | null, request: ActRequest): Result<CustodyEvent> {
  const place = `exhibit/${exhibit.id}`
  const { act } = request
  const from = before?.to ?? 'none'
  const to = stateAfter(exhibit.kind, from, act)
  if (to === null) return impossible(exhibit, before, act)
  const holderBefore = before?.holderAfter ?? exhibit.acquirer
  const recipient = act === 'receive' ? (before?.recipient ?? null) : (request.recipient ?? null)
  const mustAct = act === 'receive' ? recipient : holderBefore
  if (before && mustAct !== `person/${request.actor}` && request.proof === undefined)
    return refuse(
      'CUSTODY_NOT_YOURS',
      act === 'receive'
        ? 'It was released to somebody else, who must receive it in person.'
        : 'Only who holds the exhibit may act on it.',
      { place, fix: 'Have it handed over to you, or name the signed form (an exhibit of this case) as proof.' },
    )
  if (request.proof === exhibit.id)
    return refuse('CUSTODY_PROOF', 'An exhibit cannot prove its own custody.', {
      place,
      fix: 'Name the exhibit that is the signed form.',
    })
  if (act === 'release' && recipient === holderBefore)
    return refuse('CUSTODY_RECIPIENT', 'It is released to who holds it already.', { place, fix: 'Name who gets it.' })
  if (request.witness === request.actor || (needsWitness(exhibit.kind, act) && request.witness === undefined))
    return refuse('CUSTODY_WITNESS', 'Two persons must be present: the one who acts and another who sees it.', {
      place,
      fix: 'Name the second person as witness.',
    })
  const wrongTime = timesRefusal(exhibit, before, request)
  if (wrongTime) return wrongTime
  const sealBefore = before?.sealAfter ?? ''
  const sealAfter =
    act === 'seal' || act === 'seize-device' ? (request.sealNumber ?? '') : act === 'unseal' ? '' : sealBefore
  if ((act === 'seal' || act === 'seize-device') && sealAfter === '')
    return refuse('CUSTODY_SEAL', 'The number of the seal is missing.', { place, fix: 'Give the number on the seal.' })
  const controlBefore = before?.controlAfter ?? false
  if (act === 'move-coins' && !controlBefore)
    return refuse('KEY_NOT_CONTROLLED', 'Nobody has shown yet that the agency can sign with these keys.', {
      place,
      fix: 'Record control-key first, with how it was shown (a signed message, a test transfer).',
    })
  const undigested = {
    exhibit: exhibit.id,
    caseId: exhibit.caseId,
    kind: exhibit.kind,
    seq: (before?.seq ?? 0) + 1,
    act,
    from,
    to,
    actor: request.actor,
    witness: request.witness ?? null,
    holderBefore,
    holderAfter: act === 'receive' && recipient !== null ? recipient : holderBefore,
    recipient,
    releaseSeq: act === 'receive' || act === 'withdraw' ? (before?.seq ?? null) : null,
    sealBefore,
    sealAfter,
    controlBefore,
    controlAfter: act === 'control-key' || (controlBefore && act !== 'return' && act !== 'dispose'),
    proof: request.proof ?? null,
    derived: request.derived ?? null,
    began: request.began,
    ended: request.ended,
    recordedAt: request.recordedAt,
    authority: request.authority,
    place: request.place,
    details: stated(request.details),
    chainTx: request.chainTx ?? null,
    salt: request.salt,
    prev: before?.digest ?? exhibit.digest,
  }
  return ok({ ...undigested, digest: eventDigest(undigested) })
}

function impossible(exhibit: Exhibit, before: CustodyEvent | null, act: CustodyAct): Result<never> {
  const place = `exhibit/${exhibit.id}`
  const from = before?.to ?? 'none'
  if (from === 'returned' || from === 'disposed')
    return refuse('CUSTODY_ENDED', `The custody of this exhibit has ended: it was ${from}.`, {
      place,
      fix: 'Record an exhibit that came back as a new one.',
    })
  if (from === 'released' || from === 'released-sealed')
    return refuse(
      'CUSTODY_RELEASED',
      'The exhibit is released and not yet received; until then nothing else can happen.',
      {
        place,
        fix: 'Have the recipient receive it, or withdraw the release.',
      },
    )
  return refuse('CUSTODY_ACT', `An exhibit of kind ${exhibit.kind} that is ${from} does not know the act ${act}.`, {
    place,
    fix: `Possible now: ${possibleActs(exhibit.kind, from).join(', ')}.`,
  })
}

function timesRefusal(
  exhibit: Exhibit,
  before: CustodyEvent | null,
  { began, ended, recordedAt }: ActRequest,
): Result<never> | null {
  const since = before?.ended ?? exhibit.acquiredAt
  if (since <= began && began <= ended && ended <= recordedAt) return null
  return refuse('CUSTODY_TIME', `The act must lie between ${since}, when the one before it ended, and now.`, {
    place: `exhibit/${exhibit.id}`,
    fix: 'Correct the times; an act that was forgotten is described in the remarks of the next one.',
  })
}

/** Only what was said: a field that is left out and one that says nothing are the same. */
function stated(details: ActDetails): ActDetails {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined))
}
