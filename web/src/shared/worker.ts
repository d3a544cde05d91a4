/** Workers of the app: the policy of the page lets a worker begin only from a file of the app itself (trusted types). */

type Policy = { createScriptURL(address: string): unknown }
type Policies = {
  createPolicy(name: string, rules: { readonly createScriptURL: (address: string) => string }): Policy
}

let policy: Policy | null = null

function trusted(address: string): string {
  const of = (globalThis as { trustedTypes?: Policies }).trustedTypes
  // A browser without trusted types has only the rest of the policy, which names this node alone too.
  if (!of) return address
  policy ??= of.createPolicy('comity-worker', {
    createScriptURL: (wanted) => {
      const { origin, pathname } = new URL(wanted, window.location.href)
      if (origin !== window.location.origin || !pathname.startsWith('/app/assets/'))
        throw new TypeError('a worker begins from a file of the app')
      return wanted
    },
  })
  return policy.createScriptURL(address) as string
}

/** `address` as `import address from './x.worker.ts?worker&url'` gives it. */
export function openWorker(address: string): Worker {
  return new Worker(trusted(address), { type: 'module' })
}
