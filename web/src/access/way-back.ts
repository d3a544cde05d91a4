/** Where signing in leads back to: an address inside the app, and nowhere else, whoever made the link. */

/** The path behind `#app=`, within the app; `null` where there is none or where it would lead anywhere else. */
export function wayBack(hash: string): string | null {
  const given = /^#app=(.+)$/.exec(hash)?.[1]
  if (given === undefined) return null
  let path: string
  try {
    path = decodeURIComponent(given)
  } catch {
    return null
  }
  // A path of one origin reads as a path of another where it begins with two slashes or holds a backslash or a control character.
  if (!/^\/(?![/\\])[^\\\p{Cc}\p{Cf}]*$/u.test(path)) return null
  const within = path === '/app' || path.startsWith('/app/') ? path : `/app${path}`
  const read = new URL(within, 'https://app.invalid')
  const inside = read.origin === 'https://app.invalid' && /^\/app(\/|$)/.test(read.pathname)
  if (!inside || /^\/app\/(sign-in|enrol)(\/|$)/.test(read.pathname)) return null
  return `${read.pathname}${read.search}${read.hash}`
}

/** The link to signing in, from where one is. */
export function signInHref({ pathname, search }: { readonly pathname: string; readonly search: string }): string {
  return `/app/sign-in#app=${encodeURIComponent(`${pathname}${search}`)}`
}
