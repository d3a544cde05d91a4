/**
 * The TLS key of a node and a certificate around it. Nobody believes the certificate: the directory names the key. So it is made by
 * the node itself, and says whose it is for whoever looks at the connection.
 */
import { createHash, createPublicKey, webcrypto, X509Certificate } from 'node:crypto'
import { Integer, Utf8String } from 'asn1js'
import { AttributeTypeAndValue, Certificate, CryptoEngine, setEngine } from 'pkijs'

export type TlsIdentity = { readonly key: string; readonly certificate: string; readonly pin: string }

const COMMON_NAME = '2.5.4.3'
const YEARS = 20

export async function newTlsIdentity(agency: string, now: number): Promise<TlsIdentity> {
  const engine = new CryptoEngine({ name: 'node', crypto: webcrypto as never })
  setEngine('node', engine)
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const certificate = new Certificate()
  certificate.version = 2
  // 159 bits, and positive.
  const serial = webcrypto.getRandomValues(new Uint8Array(20))
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40
  certificate.serialNumber = new Integer({ valueHex: serial.buffer })
  for (const name of [certificate.issuer, certificate.subject])
    name.typesAndValues.push(new AttributeTypeAndValue({ type: COMMON_NAME, value: new Utf8String({ value: agency }) }))
  certificate.notBefore.value = new Date(now - 86_400_000)
  certificate.notAfter.value = new Date(now + YEARS * 365.25 * 86_400_000)
  await certificate.subjectPublicKeyInfo.importKey(pair.publicKey as never, engine)
  await certificate.sign(pair.privateKey as never, 'SHA-256', engine)
  const key = pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', pair.privateKey))
  const text = pem('CERTIFICATE', certificate.toSchema(true).toBER())
  return { key, certificate: text, pin: pinOfCertificate(text) }
}

export function pinOfCertificate(text: string): string {
  const spki = createPublicKey(new X509Certificate(text).publicKey.export({ type: 'spki', format: 'pem' })).export({
    type: 'spki',
    format: 'der',
  })
  return createHash('sha256').update(spki).digest('hex')
}

function pem(what: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${what}-----\n${lines.join('\n')}\n-----END ${what}-----\n`
}
