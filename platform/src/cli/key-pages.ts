/** Which page of a node somebody opens, where an act needs their security key: the command line has no key, the browser has. */
import type { Json } from '../kernel/index.ts'

/** Acts after which, or instead of which, people approve with their keys. */
const approved: Readonly<Record<string, string>> = {
  '/v1/request/submit': '/approve',
  '/v1/request/release': '/approve',
  '/v1/approval/challenge': '/approve',
  '/v1/approval/give': '/approve',
  '/v1/erasure/challenge': '/approve-erasure',
  '/v1/erasure/approve': '/approve-erasure',
  '/v1/case/erase': '/approve-erasure',
}

/** Refusals that a key may turn: an approval that is missing or does not count, nobody signed in, a proof that is too old. */
const byKey = /^(APPROVALS_MISSING|APPROVAL_[A-Z_]+|NOT_PERMITTED|NOT_SIGNED_IN|PROOF_NEEDED)$/

/** The page on which this very thing is approved; `null` for any other act. */
export function approvalPage(base: URL, path: string, input: Readonly<Record<string, Json>>): string | null {
  const page = approved[path]
  return page === undefined || typeof input.id !== 'string' ? null : new URL(`${page}#${input.id}`, base).href
}

/** What to open after a refusal; `null` where no key would help. */
export function pageAfterRefusal(
  base: URL,
  path: string,
  input: Readonly<Record<string, Json>>,
  code: string,
): string | null {
  if (!byKey.test(code)) return null
  if (code === 'NOT_SIGNED_IN') return new URL('/sign-in', base).href
  // Whoever may do it may still have to use their key anew: the refusal does not say which it is.
  const page = path === '/v1/request/release' && code === 'NOT_PERMITTED' ? null : approvalPage(base, path, input)
  return page ?? new URL('/prove', base).href
}
