/** Calls of the node, from its own pages. What it refuses is thrown as a problem, in its words. */
import { texts } from './texts.js'

/** Something to tell: what is wrong, and what can be done. */
export class Problem extends Error {
  /**
   * @param {string} detail
   * @param {string | null} fix
   * @param {{ code?: string, link?: { href: string, words: string } }} [more]
   */
  constructor(detail, fix, { code = '', link } = {}) {
    super(detail)
    this.detail = detail
    this.fix = fix
    this.code = code
    this.link = link ?? null
  }
}

/** @param {string} key @returns {string} */
const said = (key) => texts[key] ?? key

/**
 * @param {string} path
 * @param {Readonly<Record<string, string>>} [query]
 * @returns {Promise<any>}
 */
export function read(path, query = {}) {
  const asked = new URLSearchParams(query)
  return call(asked.size === 0 ? path : `${path}?${asked}`, { method: 'GET' })
}

/**
 * @param {string} path
 * @param {object} body
 * @param {number} [seen] the version that was read, for a change of something that exists
 * @returns {Promise<any>}
 */
export function send(path, body, seen) {
  return call(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
    },
  })
}

/** @param {string} path @param {RequestInit} request */
async function call(path, request) {
  const { response, body } = await answerOf(path, request)
  if (response.ok && body !== undefined) return body
  if (typeof body?.detail !== 'string')
    throw new Problem(
      said('problem.not-understood').replace('{status}', String(response.status)),
      said('problem.not-understood-fix'),
    )
  const link = body.code === 'NOT_SIGNED_IN' ? { link: signInLink() } : {}
  throw new Problem(body.detail, typeof body.fix === 'string' ? body.fix : null, { code: body.code, ...link })
}

/** @param {string} path @param {RequestInit} request */
async function answerOf(path, request) {
  try {
    const response = await fetch(path, { ...request, credentials: 'same-origin', redirect: 'error', cache: 'no-store' })
    return { response, body: await response.json().catch(() => undefined) }
  } catch {
    throw new Problem(said('problem.no-answer'), said('problem.no-answer-fix'))
  }
}

/** Where to sign in, and come back to what was to be approved. */
export function signInLink() {
  const { pathname, hash } = window.location
  const back = pathname.startsWith('/approve') ? `#${pathname.slice(1)}=${hash.slice(1)}` : ''
  return { href: `/sign-in${back}`, words: said('problem.need-sign-in-link') }
}
