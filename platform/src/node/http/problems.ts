/** Refusals as RFC 9457 problem details. A fault says nothing but a number by which the log knows it. */
import type { Refusal } from '../../kernel/index.ts'

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly place?: string
  readonly fix?: string
}

/** Any other refusal is 409: the request was understood, and the present state does not allow it. */
export const statusByCode: Readonly<Record<string, number>> = {
  ACTION_UNKNOWN: 404,
  BODY_INVALID: 400,
  CASE_ERASED: 410,
  ENROLMENT_INVALID: 401,
  IDEMPOTENCY_KEY_MISSING: 400,
  IDEMPOTENCY_MISMATCH: 422,
  IDENTITY_PROVIDER_DOWN: 503,
  INPUT_INVALID: 400,
  JSON_DUPLICATE_KEY: 400,
  JSON_MALFORMED: 400,
  JSON_NUMBER_UNSAFE: 400,
  JSON_TOO_DEEP: 400,
  JSON_TOO_LARGE: 413,
  NOT_PERMITTED: 403,
  NOT_SIGNED_IN: 401,
  OWN_RIGHTS: 403,
  PRECONDITION_MISSING: 428,
  PROOF_NEEDED: 401,
  RECORD_UNKNOWN: 404,
  TEXT_NOT_UTF8: 400,
  TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  VERSION_CONFLICT: 412,
}

export function toProblem({ code, message, place, fix }: Refusal): Problem {
  return {
    type: `urn:comity:problem:${code}`,
    title: code,
    status: statusByCode[code] ?? 409,
    detail: message,
    code,
    ...(place === undefined ? {} : { place }),
    ...(fix === undefined ? {} : { fix }),
  }
}

export function faultProblem(incident: string): Problem {
  return {
    type: 'urn:comity:problem:FAULT',
    title: 'FAULT',
    status: 500,
    detail: `Something is broken in this node. Tell its administrator the number ${incident}.`,
    code: 'FAULT',
    place: incident,
  }
}
