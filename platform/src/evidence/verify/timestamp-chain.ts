/**
 * The chain of certificates from a time-stamping authority to a root that the reader trusts (RFC 5280 section 6, what a
 * time-stamp needs of it), as of the time of the stamp. Revocation is not looked up: the verifier asks nobody.
 */
import { fromBER } from 'asn1js'
import * as pkijs from 'pkijs'
import { base64ToBytes, ok, type Result, refuse } from '../../kernel/index.ts'
import { sameBytes } from '../journal/merkle-tree.ts'

/** Certificates that the reader trusts without further proof. */
export type TrustedRoots = { readonly certificates: readonly pkijs.Certificate[] }

const BASIC_CONSTRAINTS = '2.5.29.19'
const KEY_USAGE = '2.5.29.15'
const EXTENDED_KEY_USAGE = '2.5.29.37'
/** Extensions that may be critical because they are looked at here. */
const UNDERSTOOD = new Set([BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE])
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const MAX_CHAIN = 6

/** The self-signed and other certificates of a PEM text, as the reader gives them. */
export function parseRoots(pem: string): Result<TrustedRoots> {
  const certificates: pkijs.Certificate[] = []
  for (const [, body = ''] of pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g)) {
    const der = base64ToBytes(body.replace(/\s/g, ''))
    const certificate = der === null ? null : readCertificate(der)
    if (certificate === null)
      return refuse('ROOTS_MALFORMED', `Certificate ${certificates.length + 1} of the roots cannot be read.`, {
        fix: 'Give a file of certificates in PEM form.',
      })
    certificates.push(certificate)
  }
  if (certificates.length > 0) return ok({ certificates })
  return refuse('ROOTS_MALFORMED', 'The file of roots holds no certificate.', {
    fix: 'Give a file of certificates in PEM form.',
  })
}

function readCertificate(der: Uint8Array): pkijs.Certificate | null {
  try {
    const schema = fromBER(Uint8Array.from(der).buffer)
    if (schema.offset !== der.length) return null
    return new pkijs.Certificate({ schema: schema.result })
  } catch {
    return null
  }
}

/** RFC 3161 section 2.3: extended key usage is critical and time-stamping is all that it allows. */
export function hasTimestampingUse(certificate: pkijs.Certificate): boolean {
  const [usage, ...more] = (certificate.extensions ?? []).filter(({ extnID }) => extnID === EXTENDED_KEY_USAGE)
  if (usage === undefined || more.length > 0 || !usage.critical) return false
  const uses = (usage.parsedValue as { readonly keyPurposes?: readonly string[] } | undefined)?.keyPurposes
  return uses?.length === 1 && uses[0] === TIME_STAMPING
}

/** A chain of certificates that were all valid at the time, from the signer to one of the roots. */
export async function chainTo(
  signer: pkijs.Certificate,
  others: readonly pkijs.Certificate[],
  roots: TrustedRoots,
  at: Date,
): Promise<Result<null>> {
  if (await leadsToRoot(signer, others, roots, at, 0)) return ok(null)
  return refuse('TIMESTAMP_AUTHORITY_UNTRUSTED', `No chain leads from ${nameOf(signer)} to a root that you trust.`, {
    fix: 'Check whether the authority is one of yours; if it is, give its root.',
  })
}

async function leadsToRoot(
  certificate: pkijs.Certificate,
  others: readonly pkijs.Certificate[],
  roots: TrustedRoots,
  at: Date,
  depth: number,
): Promise<boolean> {
  if (depth > MAX_CHAIN || !isFit(certificate, at, depth)) return false
  const der = certificateDer(certificate)
  if (roots.certificates.some((root) => sameBytes(certificateDer(root), der))) return true
  for (const issuer of [...roots.certificates, ...others]) {
    if (!issuer.subject.isEqual(certificate.issuer) || sameBytes(certificateDer(issuer), der)) continue
    if ((await isIssuedBy(certificate, issuer)) && (await leadsToRoot(issuer, others, roots, at, depth + 1)))
      return true
  }
  return false
}

async function isIssuedBy(certificate: pkijs.Certificate, issuer: pkijs.Certificate): Promise<boolean> {
  try {
    return await certificate.verify(issuer)
  } catch {
    return false
  }
}

/** Valid at the time, nothing critical that is not understood, and, above the signer, an authority for certificates. */
function isFit(certificate: pkijs.Certificate, at: Date, depth: number): boolean {
  if (at < certificate.notBefore.value || at > certificate.notAfter.value) return false
  const extensions = certificate.extensions ?? []
  if (extensions.some(({ critical, extnID }) => critical && !UNDERSTOOD.has(extnID))) return false
  if (depth === 0) return true
  const constraints = extensions.find(({ extnID }) => extnID === BASIC_CONSTRAINTS)?.parsedValue as
    | { readonly cA?: boolean; readonly pathLenConstraint?: number }
    | undefined
  if (constraints?.cA !== true) return false
  // The certificates between this one and the signer.
  if (typeof constraints.pathLenConstraint === 'number' && depth - 1 > constraints.pathLenConstraint) return false
  const usage = extensions.find(({ extnID }) => extnID === KEY_USAGE)?.parsedValue as
    | { readonly valueBlock?: { readonly valueHexView?: Uint8Array } }
    | undefined
  // Bit 5 of KeyUsage is keyCertSign (RFC 5280 section 4.2.1.3); without the extension every use is allowed.
  return usage === undefined || ((usage.valueBlock?.valueHexView?.[0] ?? 0) & 0x04) !== 0
}

export function certificateDer(certificate: pkijs.Certificate): Uint8Array {
  return new Uint8Array(certificate.toSchema(false).toBER(false))
}

/** The common name or, where there is none, the organisation. */
export function nameOf({ subject }: pkijs.Certificate): string {
  for (const type of ['2.5.4.3', '2.5.4.10']) {
    const found = subject.typesAndValues.find((one) => one.type === type)
    if (found !== undefined) return String(found.value.valueBlock.value)
  }
  return 'an authority without a name'
}
