/**
 * The web app, as it was built (`npm run build`, or by `npm start`): one page for every address under /app/, and files under names that
 * change with their content. It holds nothing of a case; what it shows it asks of the same interface as everybody.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { appPaths } from './page-list.ts'
import { pageHeaders } from './page-routes.ts'

/** Beside the code where it was published; in the folder of the workspace where it was not. */
const folders = ['../../../../web', '../../../../web/dist'].map((path) => fileURLToPath(new URL(path, import.meta.url)))

/** The folder of the built app, or `null` where it was not built. */
export function findApp(): string | null {
  return folders.find((folder) => existsSync(`${folder}/manifest.json`)) ?? null
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
}

const NOT_BUILT = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The app is not built</title></head>
<body><h1>The app is not built</h1><p>Run <code>npm run build</code> in the folder of Comity, and start the node again.</p></body></html>`

export function openApp(folder: string | null = findApp()): (server: FastifyInstance) => void {
  const page = folder === null ? NOT_BUILT : readFileSync(`${folder}/index.html`, 'utf8')
  const assets = new Map(folder === null ? [] : readAssets(`${folder}/assets`))
  return (server) => {
    for (const path of appPaths)
      server.get(path, async (request, reply) => {
        const name = (request.params as { '*'?: string })['*'] ?? ''
        if (!name.startsWith('assets/'))
          return reply
            .code(folder === null ? 503 : 200)
            .headers(appHeaders)
            .type('text/html; charset=utf-8')
            .send(page)
        const found = assets.get(name.slice('assets/'.length))
        if (!found) return reply.callNotFound()
        // The name changes with the content: what a browser has once, it has for good.
        return reply
          .headers({ ...appHeaders, 'cache-control': 'public, max-age=31536000, immutable' })
          .type(found.type)
          .send(found.content)
      })
  }
}

/** As the pages; besides, what the app has made itself may be shown, and its own workers may start (web/src/shared/worker.ts). */
const appHeaders: Readonly<Record<string, string>> = {
  ...pageHeaders,
  'content-security-policy': (pageHeaders['content-security-policy'] ?? '')
    .replace("img-src 'self'", "img-src 'self' blob:; font-src 'self'; worker-src 'self'")
    .replace("trusted-types 'none'", 'trusted-types comity-worker'),
}

function readAssets(folder: string): [string, { readonly content: Buffer; readonly type: string }][] {
  return readdirSync(folder).map((name) => [
    name,
    {
      content: readFileSync(`${folder}/${name}`),
      type: types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    },
  ])
}
