/**
 * Headers under which evidence leaves the node. Evidence is hostile until shown otherwise: it is saved, never shown. Were a
 * browser to open it all the same, it would run in an origin of its own with nothing allowed.
 */

export type Download = {
  readonly fileName: string
  readonly size: number
  /** First and last byte, where a part was asked for. */
  readonly range?: { readonly first: number; readonly last: number }
}

export function downloadHeaders({ fileName, size, range }: Download): Readonly<Record<string, string>> {
  return {
    // Never the media type that was claimed: a type that a browser would render is what an attacker wants.
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${asciiName(fileName)}"; filename*=UTF-8''${encodeName(fileName)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
    'content-length': String(range ? range.last - range.first + 1 : size),
    ...(range ? { 'content-range': `bytes ${range.first}-${range.last}/${size}` } : {}),
  }
}

export type AskedRange = 'all' | 'unsatisfiable' | { readonly first: number; readonly last: number }

/** One range of bytes (RFC 9110, 14.2). Several at once, or anything else not understood, is answered with all of it. */
export function parseRange(header: string | undefined, size: number): AskedRange {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return 'all'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 }
  }
  const first = Number(from)
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < first) return 'all'
  return first >= size ? 'unsatisfiable' : { first, last }
}

/** Without path, control and direction characters: a name must not read otherwise than it is. */
function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  return clean === '' || /^\.+$/.test(clean) ? 'exhibit' : clean
}

function asciiName(name: string): string {
  return cleanName(name).replace(/[^A-Za-z0-9. _-]/g, '_')
}

/** RFC 8187: what encodeURIComponent leaves and the grammar does not allow is encoded too. */
function encodeName(name: string): string {
  return encodeURIComponent(cleanName(name)).replace(
    /['()*!]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
