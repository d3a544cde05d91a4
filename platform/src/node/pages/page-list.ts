/** The pages of the node and the files that they are made of. What is not in these lists is not served. */

/** Each page by its address: the fragment of markup, and the script that moves it. */
export const pages = [
  { path: '/', name: 'start' },
  { path: '/enrol', name: 'enrol' },
  { path: '/sign-in', name: 'sign-in' },
  { path: '/prove', name: 'prove' },
  { path: '/approve', name: 'approve' },
  { path: '/approve-erasure', name: 'approve-erasure' },
] as const
export type PageName = (typeof pages)[number]['name']

/** Files that go out as they lie in `files/`. */
export const pageFiles = [
  'page.css',
  'mark.svg',
  'node-calls.js',
  'security-key.js',
  'session.js',
  'show.js',
  'command-line.js',
  'approving.js',
  'request-parts.js',
  'letters.js',
  'canonical.js',
  ...pages.map(({ name }) => `${name}.js`),
] as const

/** Modules that are made when the node starts: of the table of texts, and of the packs of chains. */
export const madeModules = ['texts.js', 'assets.js'] as const

/** The web app answers under these, whatever it shows there. */
export const appPaths = ['/app', '/app/*'] as const

export const pageRoutes: readonly { readonly method: 'GET'; readonly path: string }[] = [
  ...pages.map(({ path }) => path),
  ...[...pageFiles, ...madeModules].map((name) => `/page/${name}`),
  ...appPaths,
].map((path) => ({ method: 'GET', path }))
