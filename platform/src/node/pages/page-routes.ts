/**
 * The pages with which people use their keys at a node: enrolling, signing in, proving, approving. Plain files, read when the
 * node starts. They hold nothing of a case: what they show, their scripts ask of the same interface as everybody, as whoever is
 * signed in.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { shippedChainPacks } from '../../chains/index.ts'
import { pageFiles, pages } from './page-list.ts'
import { type PublicFacts, renderPage, type Texts } from './render-page.ts'

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

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

export function openPages(facts: PublicFacts): (server: FastifyInstance) => void {
  const texts = JSON.parse(read('texts.json')) as Texts
  const frame = read('frame.html')
  const made: Readonly<Record<string, string>> = {
    'texts.js': `export const texts = ${JSON.stringify(texts)}\n`,
    'assets.js': `export const assets = ${JSON.stringify(nativeAssets())}\n`,
  }
  const files = [...pageFiles.map((name) => [name, read(name)] as const), ...Object.entries(made)]
  return (server) => {
    for (const { path, name } of pages) {
      const page = renderPage(name, { frame, fragment: read(`${name}.html`) }, texts, facts)
      server.get(path, async (_request, reply) =>
        reply.headers(pageHeaders).type('text/html; charset=utf-8').send(page),
      )
    }
    for (const [name, content] of files) {
      const etag = `"${createHash('sha256').update(content).digest('base64url')}"`
      const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? ''
      server.get(`/page/${name}`, async (request, reply) => sendFile(request, reply, { content, etag, type }))
    }
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

/** How amounts of a chain are written: what a page needs to show base units as people know them. */
function nativeAssets(): Readonly<Record<string, { name: string; symbol: string; decimals: number; caip19: string }>> {
  return Object.fromEntries(
    shippedChainPacks.map(({ caip2, name, asset: { symbol, decimals, caip19 } }) => [
      caip2,
      { name, symbol, decimals, caip19 },
    ]),
  )
}

function read(name: string): string {
  return readFileSync(fileURLToPath(new URL(`./files/${name}`, import.meta.url)), 'utf8')
}
