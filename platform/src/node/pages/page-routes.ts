/**
 * What the node shows to everybody: its public page, which needs no script, and what it says of itself as JSON. Screens for its people
 * are those of the web app (app-routes.ts).
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { publicOperation } from '../http/sign-in-operations.ts'
import { pageFiles, shortcuts } from './page-list.ts'
import { pageLanguage, readCatalogues, renderPublicPage } from './public-page.ts'
import type { PublicFacts, PublicState } from './public-state.ts'

/**
 * Scripts, styles and pictures of the node itself and nothing else; no inline script, no form that the browser sends, no frame
 * around it. Trusted types: no script of ours may turn text into markup, so that no text of others can.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    ...['script-src', 'style-src', 'connect-src', 'img-src'].map((what) => `${what} 'self'`),
    ...['form-action', 'frame-ancestors', 'base-uri'].map((what) => `${what} 'none'`),
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'permissions-policy':
    'publickey-credentials-create=(self), publickey-credentials-get=(self), clipboard-write=(self), camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
}

/** The public page runs no script at all. */
const publicHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders,
  'content-security-policy': (pageHeaders['content-security-policy'] ?? '')
    .replace("script-src 'self'", "script-src 'none'")
    .replace("connect-src 'self'", "connect-src 'none'"),
  'cache-control': 'public, max-age=60',
  vary: 'accept-language',
}

const types: Readonly<Record<string, string>> = { css: 'text/css; charset=utf-8', svg: 'image/svg+xml' }

/** Anybody may ask, so that the database is asked this often at most. */
const STATE_MS = 5000

export function openPages(facts: PublicFacts, read: () => Promise<PublicState>): (server: FastifyInstance) => void {
  const catalogues = readCatalogues()
  const files = pageFiles.map((name) => [name, fileText(name)] as const)
  const state = keptFor(STATE_MS, read)
  return (server) => {
    server.get('/', async (request, reply) => {
      const { lang } = request.query as { readonly lang?: unknown }
      const language = pageLanguage(typeof lang === 'string' ? lang : null, request.headers['accept-language'] ?? '')
      const page = renderPublicPage(facts, await state(), language, catalogues)
      return reply
        .headers(publicHeaders)
        .header('content-language', language.locale)
        .type('text/html; charset=utf-8')
        .send(page)
    })
    server.get(publicOperation.path, async () => facts)
    for (const name of shortcuts)
      server.get(`/${name}`, async (_request, reply) => reply.headers(pageHeaders).redirect(`/app/${name}`, 302))
    for (const [name, content] of files) {
      const etag = `"${createHash('sha256').update(content).digest('base64url')}"`
      const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? ''
      server.get(`/page/${name}`, async (request, reply) => sendFile(request, reply, { content, etag, type }))
    }
  }
}

/** What was read, for so long; those who ask meanwhile wait for one reading. A failure is kept for nobody. */
function keptFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly until: number; readonly value: Promise<T> } | null = null
  return () => {
    const now = performance.now()
    if (kept !== null && now < kept.until) return kept.value
    const value = read()
    kept = { until: now + ms, value }
    value.catch(() => {
      kept = null
    })
    return value
  }
}

/** Kept by the browser and asked about each time, so that a newer release is there at once. */
function sendFile(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { content, etag, type }: { readonly content: string; readonly etag: string; readonly type: string },
): FastifyReply {
  reply.headers({ ...pageHeaders, 'cache-control': 'no-cache', etag })
  return headers['if-none-match'] === etag ? reply.code(304).send() : reply.type(type).send(content)
}

function fileText(name: string): string {
  return readFileSync(fileURLToPath(new URL(`./files/${name}`, import.meta.url)), 'utf8')
}
