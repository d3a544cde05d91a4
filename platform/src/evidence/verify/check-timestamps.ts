/** Time-stamps of outside authorities (RFC 3161): that a file of the bundle existed at a time that nobody here chose. */
import { catchRefusal, hexToBytes, isHex, type Json } from '../../kernel/index.ts'
import { malformed, openObject, textAt, versionAt } from './fields.ts'
import { type OpenedBundle, pathsUnder, readIntact, readJson } from './opened-bundle.ts'
import { checked, notChecked, refusedAs, type Statement } from './statement.ts'
import { type TrustedRoots, verifyTimestamp } from './timestamp.ts'

type Stamp = { readonly of: string; readonly token: string; readonly nonce: Uint8Array | null }

export async function checkTimestamps(bundle: OpenedBundle, roots: TrustedRoots | null): Promise<readonly Statement[]> {
  const statements: Statement[] = []
  for (const path of pathsUnder(bundle, 'timestamps')) {
    if (!path.endsWith('.json')) continue
    const says = `${path} names a time-stamp.`
    const json = await readJson(bundle, path)
    const stamp = json.ok ? parseStamp(json.value) : json
    if (stamp.ok) statements.push(...(await checkStamp(bundle, stamp.value, roots)))
    else if (bundle.intact.has(path)) statements.push(refusedAs('timestamps', says, path, stamp.refusal))
    else statements.push(notChecked('timestamps', says, stamp.refusal.message))
  }
  return statements
}

function parseStamp(json: Json) {
  return catchRefusal((): Stamp => {
    const members = openObject(json, '$', ['v', 'of', 'token', 'nonce'])
    versionAt(members, '$')
    const { nonce } = members
    if (nonce !== null && (typeof nonce !== 'string' || !isHex(nonce))) malformed('$.nonce', 'is not hexadecimal')
    return {
      of: textAt(members, 'of', '$'),
      token: textAt(members, 'token', '$'),
      nonce: typeof nonce === 'string' ? hexToBytes(nonce) : null,
    }
  })
}

async function checkStamp(
  bundle: OpenedBundle,
  { of, token, nonce }: Stamp,
  roots: TrustedRoots | null,
): Promise<readonly Statement[]> {
  const says = `${of} existed when a time-stamping authority signed its digest.`
  const digest = bundle.intact.get(of)
  if (digest === undefined) return [notChecked('timestamps', says, `${of} is missing or was changed.`)]
  const bytes = await readIntact(bundle, token, 1 << 20)
  if (!bytes.ok) return [notChecked('timestamps', says, bytes.refusal.message)]
  const digests = { 'SHA-256': hexToBytes(digest.sha256), 'SHA-512': hexToBytes(digest.sha512) }
  const stamp = await verifyTimestamp(bytes.value, { digests, nonce, roots })
  if (!stamp.ok) return [refusedAs('timestamps', says, token, stamp.refusal)]
  const { at, authority } = stamp.value
  const seen = checked('timestamps', `${says} (${at}, ${authority}.)`)
  const trusted = `The authority ${authority} is one that you trust.`
  if (roots !== null) return [seen, checked('timestamps', trusted)]
  return [
    seen,
    notChecked('timestamps', trusted, 'No roots were given: you have not said which authorities you trust.'),
  ]
}
