/** The pages of the node, and the files that they are made of. What is not in these lists is not served. */

/** Files that go out as they lie in `files/`. */
export const pageFiles = ['page.css', 'mark.svg'] as const

/** The web app answers under these, whatever it shows there. */
export const appPaths = ['/app', '/app/*'] as const

/** Short addresses, as they are printed and sent: each leads to its screen. A browser takes along what stands behind the #. */
export const shortcuts = ['enrol', 'sign-in', 'prove', 'approve', 'approve-erasure'] as const

export const pageRoutes: readonly { readonly method: 'GET'; readonly path: string }[] = [
  '/',
  ...shortcuts.map((name) => `/${name}`),
  ...pageFiles.map((name) => `/page/${name}`),
  ...appPaths,
].map((path) => ({ method: 'GET', path }))
