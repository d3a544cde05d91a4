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

/**
 * A file, which is not shown but kept: a refusal in its place is told on the page, and not as a file.
 *
 * @param {string} path
 * @returns {Promise<{ content: Blob, name: string }>}
 */
export async function readFile(path) {
  const response = await fetchHere(path, { method: 'GET' })
  if (!response.ok) throw problemOf(response.status, await response.json().catch(() => undefined))
  const [, name = 'file'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { content: await response.blob(), name }
}

/** @param {string} path @param {RequestInit} request */
async function call(path, request) {
  const response = await fetchHere(path, request)
  const body = await response.json().catch(() => undefined)
  if (response.ok && body !== undefined) return body
  throw problemOf(response.status, body)
}

/** @param {number} status @param {any} body */
function problemOf(status, body) {
  if (typeof body?.detail !== 'string')
    return new Problem(
      said('problem.not-understood').replace('{status}', String(status)),
      said('problem.not-understood-fix'),
    )
  const link = body.code === 'NOT_SIGNED_IN' ? { link: signInLink() } : {}
  return new Problem(body.detail, typeof body.fix === 'string' ? body.fix : null, { code: body.code, ...link })
}

/** @param {string} path @param {RequestInit} request */
async function fetchHere(path, request) {
  try {
    return await fetch(path, { ...request, credentials: 'same-origin', redirect: 'error', cache: 'no-store' })
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
