/**
 * Handing a request over to the authority that is competent, so that no moment exists at which nobody has it.
 *
 * Who received it without competence forwards it and tells the sender (Reg. 2018/1805 art. 4(9), ETS 185 art. 27(9)(c)).
 * Forwarding ends nothing: the request stays with the one who forwarded it until the other has acknowledged it, and only
 * that acknowledgement is receipt by the competent authority, from which periods run (art. 9(3)).
 */
import { ok, type Result, refuse } from '../kernel/index.ts'

export type Referral = {
  readonly request: string
  readonly from: string
  readonly to: string
  readonly reason: string
  readonly forwardedAt: string
  readonly state: 'open' | 'acknowledged' | 'declined' | 'withdrawn'
  /** When the state was reached; null while it is open. */
  readonly answeredAt: string | null
  /** Why it was declined, and who may be competent instead. */
  readonly answer: string | null
}

export function openReferral(
  given: Pick<Referral, 'request' | 'from' | 'to' | 'reason' | 'forwardedAt'>,
): Result<Referral> {
  if (given.from === given.to)
    return refuse('REFERRAL_STATE', `${given.from} cannot refer a request to itself.`, {
      place: given.request,
      fix: 'Name the competent authority.',
    })
  return ok({ ...given, state: 'open', answeredAt: null, answer: null })
}

export function acknowledgeReferral(referral: Referral, by: string, at: string): Result<Referral> {
  return answer(referral, referral.to, by, at, { state: 'acknowledged', answer: null })
}

/** The request stays where it is; the sender must find another authority. */
export function declineReferral(referral: Referral, by: string, at: string, why: string): Result<Referral> {
  return answer(referral, referral.to, by, at, { state: 'declined', answer: why })
}

export function withdrawReferral(referral: Referral, by: string, at: string): Result<Referral> {
  return answer(referral, referral.from, by, at, { state: 'withdrawn', answer: null })
}

/** The one authority that has the request now and answers for it. */
export function holderOf({ state, from, to }: Referral): string {
  return state === 'acknowledged' ? to : from
}

/** The moments that the referral sets, for computing deadlines: receipt by the competent authority only once it is so. */
export function referralTimes({ state, forwardedAt, answeredAt }: Referral): {
  readonly forwardedAt: string
  readonly receivedByCompetentAt?: string
} {
  return state === 'acknowledged' && answeredAt !== null
    ? { forwardedAt, receivedByCompetentAt: answeredAt }
    : { forwardedAt }
}

function answer(
  referral: Referral,
  mayAnswer: string,
  by: string,
  at: string,
  change: Pick<Referral, 'state' | 'answer'>,
): Result<Referral> {
  const { request, state, forwardedAt } = referral
  if (state !== 'open')
    return refuse('REFERRAL_STATE', `The referral of ${request} was ${state} already.`, {
      place: request,
      fix: 'Open a new referral.',
    })
  if (by !== mayAnswer)
    return refuse('REFERRAL_STATE', `${by} cannot answer the referral of ${request}; ${mayAnswer} can.`, {
      place: request,
      fix: `Let ${mayAnswer} answer.`,
    })
  if (Date.parse(at) < Date.parse(forwardedAt))
    return refuse('REFERRAL_STATE', `The referral of ${request} cannot be answered before it was made.`, {
      place: request,
      fix: 'Correct the time.',
    })
  return ok({ ...referral, ...change, answeredAt: at })
}
