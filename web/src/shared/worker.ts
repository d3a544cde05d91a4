/**
 * Workers of the app. The policy of the page lets no text become a script; this is the one gate, and it lets through files of this app
 * only. Name the file as `import url from './x.worker.ts?worker&url'`.
 */
type Policy = { createScriptURL(url: string): unknown }
type Trusted = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy }

const trusted = (globalThis as { readonly trustedTypes?: Trusted }).trustedTypes

const policy = trusted?.createPolicy('comity-worker', { createScriptURL: ownFile })

export function openWorker(url: string): Worker {
  return new Worker((policy ? policy.createScriptURL(url) : ownFile(url)) as string, { type: 'module' })
}

function ownFile(url: string): string {
  const { origin, pathname, href } = new URL(url, window.location.href)
  if (origin !== window.location.origin || !pathname.startsWith('/app/assets/'))
    throw new TypeError(`${url} is no file of this app`)
  return href
}
