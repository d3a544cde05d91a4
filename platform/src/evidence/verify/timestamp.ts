/**
 * Time-stamps (RFC 3161) by pkijs and asn1js: requests in DER, and the verification of responses and tokens.
 *
 * The signer's certificate is the one that the token itself is bound to by its ESSCertID (RFC 5035 section 5, RFC 5816),
 * never merely one that happens to lie in the token: tokens carry certificates that anybody may have added.
 */
import { fromBER, Integer, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import * as pkijs from 'pkijs'
import { bytesToHex, catchRefusal, ok, type Result, refuse, stop } from '../../kernel/index.ts'
import { sameBytes } from '../journal/merkle-tree.ts'
import { certificateDer, chainTo, hasTimestampingUse, nameOf, type TrustedRoots } from './timestamp-chain.ts'

export { parseRoots, type TrustedRoots } from './timestamp-chain.ts'

export type StampedDigests = { readonly [algorithm in HashName]?: Uint8Array }
type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512'

export type Expected = {
  /** Digests of what should be stamped, by algorithm; the one that the token names is compared. */
  readonly digests: StampedDigests
  /** The nonce of the request; null where it is not known. */
  readonly nonce: Uint8Array | null
  /** Whom to trust; null to check everything but that. */
  readonly roots: TrustedRoots | null
}

export type Timestamp = {
  /** ISO 8601, UTC, milliseconds: the time that the authority states. */
  readonly at: string
  readonly authority: string
  readonly policy: string
  readonly serial: string
}

const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const SIGNED_DATA = '1.2.840.113549.1.7.2'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47'
const HASHES: Readonly<Record<string, HashName>> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

/** A request for a stamp on a SHA-256 digest, asking for the certificate; the nonce is a positive number of up to 64 bits. */
export function timestampRequest(digest: Uint8Array, nonce: Uint8Array): Uint8Array {
  if (digest.length !== 32) throw new RangeError(`a SHA-256 digest has 32 bytes, not ${digest.length}`)
  if (nonce.length === 0 || nonce.length > 8) throw new RangeError('a nonce has one to eight bytes')
  const algorithm = new pkijs.AlgorithmIdentifier({ algorithmId: '2.16.840.1.101.3.4.2.1' })
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: algorithm,
      hashedMessage: new OctetString({ valueHex: toBuffer(digest) }),
    }),
    nonce: new Integer({ valueHex: toBuffer(derInteger(nonce)) }),
    certReq: true,
  })
  return new Uint8Array(request.toSchema().toBER(false))
}

/** Verifies a response (TimeStampResp) or a bare token. */
export async function verifyTimestamp(bytes: Uint8Array, expected: Expected): Promise<Result<Timestamp>> {
  try {
    return await verifyParts(bytes, expected)
  } catch {
    // asn1js and pkijs throw errors of many kinds, late too, at input that is not what they hope for; the input is hostile.
    return refuse('TIMESTAMP_MALFORMED', 'This is not a time-stamp: a part of it cannot be read.', {
      fix: 'Ask the authority for it again.',
    })
  }
}

async function verifyParts(bytes: Uint8Array, expected: Expected): Promise<Result<Timestamp>> {
  const opened = catchRefusal(() => openToken(bytes))
  if (!opened.ok) return opened
  const { signed, content, info } = opened.value
  const stated = catchRefusal(() => checkInfo(info, expected))
  if (!stated.ok) return stated
  const signer = await findSigner(signed, expected.roots)
  if (!signer.ok) return signer
  const verified = await checkSignature(signed, signer.value, content)
  if (!verified.ok) return verified
  if (!hasTimestampingUse(signer.value))
    return refuse('TIMESTAMP_SIGNER_UNFIT', 'The certificate of the signer is not one for time-stamping only.', {
      fix: 'Do not rely on this stamp.',
    })
  const at = info.genTime
  if (expected.roots !== null) {
    const chain = await chainTo(signer.value, certificatesOf(signed), expected.roots, at)
    if (!chain.ok) return chain
  }
  return ok({
    at: at.toISOString(),
    authority: nameOf(signer.value),
    policy: info.policy,
    serial: bytesToHex(new Uint8Array(info.serialNumber.valueBlock.valueHexView)),
  })
}

type Token = {
  readonly signed: pkijs.SignedData
  readonly content: Uint8Array
  readonly info: pkijs.TSTInfo
}

function openToken(bytes: Uint8Array): Token {
  const schema = fromBER(toBuffer(bytes))
  if (schema.offset !== bytes.length) malformed('it is not one DER value')
  const [first] = schema.result instanceof Sequence ? schema.result.valueBlock.value : []
  let info: pkijs.ContentInfo
  if (first instanceof ObjectIdentifier) info = new pkijs.ContentInfo({ schema: schema.result })
  else {
    const response = new pkijs.TimeStampResp({ schema: schema.result })
    // RFC 3161 section 2.4.2: 0 is granted, 1 granted with modifications; a refusal carries no token.
    if (response.status.status > 1 || response.timeStampToken === undefined)
      return stop('TIMESTAMP_NOT_GRANTED', `The authority granted no time-stamp (status ${response.status.status}).`, {
        fix: 'Ask the authority again.',
      })
    info = response.timeStampToken
  }
  if (info.contentType !== SIGNED_DATA) malformed('it is not signed data')
  const signed = new pkijs.SignedData({ schema: info.content })
  const { eContentType, eContent } = signed.encapContentInfo
  if (eContentType !== TST_INFO || eContent === undefined) return malformed('it holds no time-stamp')
  const content = new Uint8Array(eContent.getValue())
  const inner = fromBER(toBuffer(content))
  if (inner.offset !== content.length) malformed('its content is not one DER value')
  return { signed, content, info: new pkijs.TSTInfo({ schema: inner.result }) }
}

function checkInfo(info: pkijs.TSTInfo, { digests, nonce }: Expected): void {
  if (info.version !== 1) malformed(`its version is ${info.version}`)
  const name = HASHES[info.messageImprint.hashAlgorithm.algorithmId]
  const digest = name === undefined ? undefined : digests[name]
  if (digest === undefined)
    stop('TIMESTAMP_HASH_UNKNOWN', 'The stamp is on a digest of a kind that is not accepted here.', {
      fix: 'Ask for a stamp on a SHA-256 or SHA-512 digest.',
    })
  else if (!sameBytes(new Uint8Array(info.messageImprint.hashedMessage.valueBlock.valueHexView), digest))
    stop('TIMESTAMP_OF_OTHER', 'The stamp is on other bytes.', {
      fix: 'Compare the file with the one that was stamped.',
    })
  if (nonce === null) return
  const given = info.nonce === undefined ? null : new Uint8Array(info.nonce.valueBlock.valueHexView)
  if (given === null || !sameBytes(derInteger(given), derInteger(nonce)))
    stop('TIMESTAMP_NONCE_WRONG', 'The stamp answers another request: its nonce is another one.', {
      fix: 'Ask the authority again.',
    })
}

/** The certificate to which the token is bound; from the token, or, where it carries none, from what the reader trusts. */
async function findSigner(signed: pkijs.SignedData, roots: TrustedRoots | null): Promise<Result<pkijs.Certificate>> {
  const none = refuse('TIMESTAMP_SIGNER_UNKNOWN', 'The certificate that the stamp is bound to cannot be had.', {
    fix: 'Ask for a stamp that carries its certificate, or give the certificate with the roots.',
  })
  const [info, ...more] = signed.signerInfos
  // RFC 3161 section 2.4.2: the token holds no signature but that of the authority.
  if (info === undefined || more.length > 0) return none
  const bound = boundCertificate(info)
  if (bound === null) return none
  for (const certificate of [...certificatesOf(signed), ...(roots?.certificates ?? [])]) {
    const hash = new Uint8Array(await digestOf(bound.algorithm, certificateDer(certificate)))
    if (sameBytes(hash, bound.hash) && isNamedBy(info, certificate)) return ok(certificate)
  }
  return none
}

/** ESSCertID (SHA-1, RFC 2634) or ESSCertIDv2 (RFC 5035; SHA-256 where it names no other). */
function boundCertificate(info: pkijs.SignerInfo): { algorithm: 'SHA-1' | HashName; hash: Uint8Array } | null {
  for (const type of [SIGNING_CERTIFICATE_V2, SIGNING_CERTIFICATE]) {
    const value = attributeOf(info, type)
    const [ids] = value instanceof Sequence ? value.valueBlock.value : []
    const [id] = ids instanceof Sequence ? ids.valueBlock.value : []
    const members = id instanceof Sequence ? id.valueBlock.value : []
    const hash = members.find((one) => one instanceof OctetString)
    if (!(hash instanceof OctetString)) continue
    const [algorithm] = members[0] instanceof Sequence ? members[0].valueBlock.value : []
    const named = algorithm instanceof ObjectIdentifier ? HASHES[algorithm.valueBlock.toString()] : 'SHA-256'
    if (type === SIGNING_CERTIFICATE_V2 && named === undefined) return null
    const name = type === SIGNING_CERTIFICATE ? 'SHA-1' : (named ?? 'SHA-256')
    return { algorithm: name, hash: new Uint8Array(hash.valueBlock.valueHexView) }
  }
  return null
}

function isNamedBy({ sid }: pkijs.SignerInfo, certificate: pkijs.Certificate): boolean {
  if (!(sid instanceof pkijs.IssuerAndSerialNumber)) return true
  return sid.issuer.isEqual(certificate.issuer) && sid.serialNumber.isEqual(certificate.serialNumber)
}

/** RFC 5652 section 5.4: the signature covers the signed attributes, and these the content by its digest. */
async function checkSignature(
  signed: pkijs.SignedData,
  certificate: pkijs.Certificate,
  content: Uint8Array,
): Promise<Result<null>> {
  const no = refuse('TIMESTAMP_SIGNATURE_WRONG', 'The signature of the time-stamp is wrong.', {
    fix: 'Do not rely on this stamp.',
  })
  const [info] = signed.signerInfos
  const hash = info === undefined ? undefined : HASHES[info.digestAlgorithm.algorithmId]
  if (info?.signedAttrs === undefined || hash === undefined) return no
  const type = attributeOf(info, CONTENT_TYPE)
  const digest = attributeOf(info, MESSAGE_DIGEST)
  if (!(type instanceof ObjectIdentifier) || type.valueBlock.toString() !== TST_INFO) return no
  const computed = new Uint8Array(await digestOf(hash, content))
  if (!(digest instanceof OctetString) || !sameBytes(new Uint8Array(digest.valueBlock.valueHexView), computed))
    return no
  try {
    const right = await pkijs
      .getCrypto(true)
      .verifyWithPublicKey(
        info.signedAttrs.encodedValue,
        info.signature,
        certificate.subjectPublicKeyInfo,
        info.signatureAlgorithm,
        hash,
      )
    return right ? ok(null) : no
  } catch {
    // A key or an algorithm that does not fit the signature.
    return no
  }
}

/** The only value of a signed attribute that stands once; undefined otherwise (RFC 5652 section 11). */
function attributeOf(info: pkijs.SignerInfo, type: string): unknown {
  const [attribute, ...more] = (info.signedAttrs?.attributes ?? []).filter((one) => one.type === type)
  return more.length === 0 && attribute?.values.length === 1 ? attribute.values[0] : undefined
}

function certificatesOf(signed: pkijs.SignedData): readonly pkijs.Certificate[] {
  return (signed.certificates ?? []).filter((one) => one instanceof pkijs.Certificate)
}

function digestOf(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer> {
  // pkijs describes its engine by the browser's types, which rule files are compiled without.
  const engine = pkijs.getCrypto(true) as unknown as { digest(name: string, bytes: ArrayBuffer): Promise<ArrayBuffer> }
  return engine.digest(algorithm, toBuffer(bytes))
}

/** The shortest two's complement of a positive number, as DER asks (X.690 section 8.3). */
function derInteger(bytes: Uint8Array): Uint8Array {
  let first = 0
  while (first < bytes.length - 1 && bytes[first] === 0) first += 1
  const short = bytes.subarray(first)
  return (short[0] ?? 0) < 0x80 ? short : Uint8Array.from([0, ...short])
}

function toBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

function malformed(what: string): never {
  return stop('TIMESTAMP_MALFORMED', `This is not a time-stamp: ${what}.`, { fix: 'Ask the authority for it again.' })
}
