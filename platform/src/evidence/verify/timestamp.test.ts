import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkEd25519, checkJwk } from '../../kernel/crypto/index.ts'
import { bytesToHex, canonicalJson, textToBytes } from '../../kernel/index.ts'
import { bundleInMemory, makeBundle } from '../testing/bundles.ts'
import { ECDSA, opensslAuthorities, RSA } from '../testing/openssl-authority.ts'
import { parseRoots, type StampedDigests, timestampRequest, verifyTimestamp } from './timestamp.ts'
import { chainTo, hasTimestampingUse } from './timestamp-chain.ts'
import { verifyBundle } from './verify-bundle.ts'

/** Milliseconds for what tries every case; a loaded machine takes its time. */
const LONG = 600_000

const fixtures = fileURLToPath(new URL('../../../../vectors/rfc3161/test/fixtures/', import.meta.url))
const fixture = (path: string) => new Uint8Array(readFileSync(join(fixtures, path)))
const rootsOf = (pem: string) => {
  const roots = parseRoots(pem)
  if (!roots.ok) throw new Error(roots.refusal.message)
  return roots.value
}
const digestsOf = (bytes: Uint8Array): StampedDigests => {
  const of = (name: string) => new Uint8Array(createHash(name).update(bytes).digest())
  return { 'SHA-256': of('sha256'), 'SHA-384': of('sha384'), 'SHA-512': of('sha512') }
}
const hello = digestsOf(textToBytes('hello'))

describe('vectors of rfc3161-client', () => {
  const stage = rootsOf(readFileSync(join(fixtures, 'sigstage/ts_chain.pem'), 'utf8'))
  const tsa = rootsOf(readFileSync(join(fixtures, 'test_tsa/ts_chain.pem'), 'utf8'))
  // This file is DER, whatever its name says.
  const der = Buffer.from(fixture('identrust/ts_chain.pem')).toString('base64')
  const identrust = rootsOf(`-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----`)

  test.each(['sha256', 'sha384', 'sha512'])('sigstage %s is right', async (name) => {
    const token = fixture(`sigstage/response-${name}.tsr`)
    expect(await verifyTimestamp(token, { digests: hello, nonce: null, roots: stage })).toMatchObject({ ok: true })
  })

  test('a token without its certificate is verified with one that is given, and not without', async () => {
    const token = fixture('sigstage/response-no-embedded-cert.tsr')
    const given = await verifyTimestamp(token, { digests: hello, nonce: null, roots: stage })
    expect(given).toMatchObject({ ok: true })
    expect(await verifyTimestamp(token, { digests: hello, nonce: null, roots: null })).toMatchObject({
      refusal: { code: 'TIMESTAMP_SIGNER_UNKNOWN' },
    })
  })

  test('a wrong signature is found', async () => {
    const token = fixture('sigstage/response-invalid-signature.tsr')
    expect(await verifyTimestamp(token, { digests: hello, nonce: null, roots: stage })).toMatchObject({
      refusal: { code: 'TIMESTAMP_SIGNATURE_WRONG' },
    })
  })

  test('another authority is not trusted', async () => {
    const token = fixture('sigstage/response-sha256.tsr')
    expect(await verifyTimestamp(token, { digests: hello, nonce: null, roots: identrust })).toMatchObject({
      refusal: { code: 'TIMESTAMP_AUTHORITY_UNTRUSTED' },
    })
  })

  test('test_tsa answers its request and no other', async () => {
    const asked = requestParts(fixture('test_tsa/request.der'))
    const other = requestParts(fixture('test_tsa/other_request.der'))
    const token = fixture('test_tsa/response.tsr')
    expect(await verifyTimestamp(token, { ...asked, roots: tsa })).toMatchObject({ ok: true })
    expect(await verifyTimestamp(token, { ...other, roots: tsa })).toMatchObject({
      refusal: { code: 'TIMESTAMP_NONCE_WRONG' },
    })
    // As openssl says, other_response answers neither request, and its authority has another root.
    const second = fixture('test_tsa/other_response.tsr')
    for (const request of [asked, other])
      expect(await verifyTimestamp(second, { ...request, roots: tsa })).toMatchObject({
        refusal: { code: 'TIMESTAMP_NONCE_WRONG' },
      })
    expect(await verifyTimestamp(second, { ...asked, nonce: null, roots: tsa })).toMatchObject({
      refusal: { code: 'TIMESTAMP_AUTHORITY_UNTRUSTED' },
    })
  })

  test('certificates that somebody put into a token are not taken for that of its signer', async () => {
    const asked = requestParts(fixture('test_tsa/request.der'))
    const token = fixture('test_tsa/response-injected-certs.tsr')
    const stamped = await verifyTimestamp(token, { ...asked, roots: tsa })
    expect(stamped).toMatchObject({ ok: true, value: { authority: 'Test TSA Timestamping' } })
  })

  test('a stamp stays right when its certificate has ended since, for it was valid at the time', async () => {
    const roots = rootsOf(readFileSync(join(fixtures, 'sigstore.mock/ts_chain.pem'), 'utf8'))
    const digests = digestsOf(fixture('sigstore.mock/payload'))
    const token = fixture('sigstore.mock/response-expired.tsr')
    expect(await verifyTimestamp(token, { digests, nonce: null, roots })).toMatchObject({
      ok: true,
      value: { at: '2023-02-01T00:00:00.000Z', authority: 'tsa signing' },
    })
  })

  test('a commercial authority with RSA and a chain of three is read', async () => {
    const token = fixture('identrust/issue-104.tsr')
    const right = await verifyTimestamp(token, { digests: hello, nonce: null, roots: identrust })
    expect(right).toMatchObject({ ok: true, value: { authority: 'TrustID Timestamp Authority' } })
    const digests = digestsOf(textToBytes('hallo'))
    expect(await verifyTimestamp(token, { digests, nonce: null, roots: identrust })).toMatchObject({
      refusal: { code: 'TIMESTAMP_OF_OTHER' },
    })
  })
})

/** Digest and nonce out of a request, by openssl, which is not the code under test. */
function requestParts(der: Uint8Array): { digests: StampedDigests; nonce: Uint8Array } {
  const folder = mkdtempSync(join(tmpdir(), 'comity-tsq-'))
  writeFileSync(join(folder, 'q.tsq'), der)
  const args = ['ts', '-query', '-in', 'q.tsq', '-text']
  const text = execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  rmSync(folder, { recursive: true })
  const dump = /Message data:\n([\s\S]*?)Policy/.exec(text)?.[1] ?? ''
  const hex = [...dump.matchAll(/- ((?:[0-9a-f]{2}[ -]){1,16})/g)]
    .map(([, row = '']) => row.replace(/[^0-9a-f]/g, ''))
    .join('')
  const algorithm = /Hash Algorithm: (\w+)/.exec(text)?.[1] ?? ''
  const nonce = /Nonce: 0x([0-9A-F]+)/.exec(text)?.[1] ?? ''
  const name = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }[algorithm] ?? ''
  return {
    digests: { [name]: Uint8Array.from(Buffer.from(hex, 'hex')) },
    nonce: Uint8Array.from(Buffer.from(nonce.padStart(nonce.length + (nonce.length % 2), '0'), 'hex')),
  }
}

/** Two authorities made here by openssl, each with a certificate authority of its own. */
describe('authorities of openssl', () => {
  const { make: makeAuthority, stamp, file, remove } = opensslAuthorities()
  afterAll(remove)
  const rootOf = (name: string) => rootsOf(readFileSync(file(name, 'ca.pem'), 'utf8'))

  const digest = hello['SHA-256'] ?? new Uint8Array()
  const nonce = Uint8Array.from([0x80, 1, 2, 3, 4, 5, 6, 7])
  beforeAll(() => {
    makeAuthority('rsa', RSA)
    makeAuthority('ecdsa', ECDSA)
  })

  test('requests are those that openssl reads', () => {
    for (const own of [nonce, Uint8Array.from([0, 0, 5]), Uint8Array.from([0x7f]), new Uint8Array(randomBytes(8))]) {
      const asked = requestParts(timestampRequest(digest, own))
      expect(asked.digests['SHA-256']).toEqual(digest)
      expect(BigInt(`0x${bytesToHex(asked.nonce)}`)).toBe(BigInt(`0x${bytesToHex(own)}`))
    }
  })

  test.each(['rsa', 'ecdsa'])(
    'the stamp of the authority with %s is right under its root and no other',
    async (folder) => {
      const token = stamp(folder, timestampRequest(digest, nonce))
      const before = Date.now()
      const stamped = await verifyTimestamp(token, { digests: hello, nonce, roots: rootOf(folder) })
      expect(stamped).toMatchObject({
        ok: true,
        value: { authority: `${folder} stamps`, policy: '1.3.6.1.4.1.99999.1' },
      })
      if (stamped.ok) expect(Math.abs(Date.parse(stamped.value.at) - before)).toBeLessThan(60_000)
      const other = rootOf(folder === 'rsa' ? 'ecdsa' : 'rsa')
      expect(await verifyTimestamp(token, { digests: hello, nonce, roots: other })).toMatchObject({
        refusal: { code: 'TIMESTAMP_AUTHORITY_UNTRUSTED' },
      })
      const both = { certificates: [...other.certificates, ...rootOf(folder).certificates] }
      expect((await verifyTimestamp(token, { digests: hello, nonce, roots: both })).ok).toBe(true)
    },
  )

  test(
    'no changed byte of a token makes another statement that is believed',
    async () => {
      const token = stamp('ecdsa', timestampRequest(digest, nonce))
      const roots = rootOf('ecdsa')
      const whole = await verifyTimestamp(token, { digests: hello, nonce, roots })
      expect(whole.ok).toBe(true)
      for (let at = 0; at < token.length; at++) {
        const changed = Uint8Array.from(token)
        changed[at] = (changed[at] ?? 0) ^ 1
        const verdict = await verifyTimestamp(changed, { digests: hello, nonce, roots })
        // Some bytes say nothing (a status text, an unused certificate); the statement is then the same one.
        if (verdict.ok) expect(verdict).toEqual(whole)
      }
    },
    LONG,
  )

  test('a certificate that is for more than time-stamping is unfit', async () => {
    // openssl does not stamp with such certificates; the rule is asked directly.
    for (const [folder, usage, fit] of [
      ['only', 'critical,timeStamping', true],
      ['uncritical', 'timeStamping', false],
      ['more', 'critical,timeStamping,codeSigning', false],
      ['other', 'critical,codeSigning', false],
    ] as const) {
      makeAuthority(folder, ECDSA, usage)
      const [certificate] = rootsOf(readFileSync(file(folder, 'tsa.pem'), 'utf8')).certificates
      expect(certificate && hasTimestampingUse(certificate), folder).toBe(fit)
    }
  })

  test('a chain holds while every certificate of it is valid, and not before or after', async () => {
    const [signer] = rootsOf(readFileSync(file('rsa', 'tsa.pem'), 'utf8')).certificates
    if (signer === undefined) throw new Error('no certificate')
    const day = 86_400_000
    for (const [days, right] of [
      [-2, false],
      [1, true],
      [364, true],
      [366, false],
    ] as const)
      expect((await chainTo(signer, [], rootOf('rsa'), new Date(Date.now() + days * day))).ok, `${days}`).toBe(right)
    // A certificate for stamping is no authority for others.
    const { certificates } = rootsOf(readFileSync(file('ecdsa', 'tsa.pem'), 'utf8'))
    expect((await chainTo(signer, [], { certificates }, new Date())).ok).toBe(false)
  })

  test('a refusal of the authority is no stamp', async () => {
    const other = Uint8Array.from(timestampRequest(digest, nonce))
    // A digest that the authority does not accept: the last number of SHA-256's name becomes that of SHA-224.
    const at = Buffer.from(other).indexOf(Buffer.from('0402', 'hex')) + 2
    other[at] = 4
    expect(await verifyTimestamp(stamp('rsa', other), { digests: hello, nonce, roots: null })).toMatchObject({
      refusal: { code: 'TIMESTAMP_NOT_GRANTED' },
    })
  })

  test('stamps of two authorities in a bundle are checked, and a stamp on another file is found', async () => {
    const roots = { certificates: [...rootOf('rsa').certificates, ...rootOf('ecdsa').certificates] }
    const stampOf = (folder: string, of: string) => {
      const about = { v: 1, of, token: `timestamps/${folder}.tsr`, nonce: bytesToHex(nonce) }
      return [
        [`timestamps/${folder}.json`, textToBytes(canonicalJson(about))],
        [`timestamps/${folder}.tsr`, stamp(folder, timestampRequest(digest, nonce))],
      ] as const
    }
    const made = async (of: string) => {
      const files = await makeBundle({
        more: new Map([...stampOf('rsa', of), ...stampOf('ecdsa', 'exhibits/X-1/original.bin')]),
      })
      return verifyBundle(bundleInMemory(files), { check: checkEd25519, checkKey: checkJwk, policy: null, roots })
    }
    const right = await made('exhibits/X-1/original.bin')
    const stamps = right.statements.filter(({ part }) => part === 'timestamps')
    expect(stamps.map(({ state }) => state)).toEqual(['checked', 'checked', 'checked', 'checked'])
    const other = await made('requests/R-1/letter.pdf')
    expect(other.statements.filter(({ state }) => state === 'wrong')).toMatchObject([
      { part: 'timestamps', where: { file: 'timestamps/rsa.tsr' } },
    ])
  })
})

test.each([
  ['nothing', new Uint8Array()],
  ['text', textToBytes('hello')],
  ['an empty sequence', Uint8Array.from([0x30, 0])],
  ['a sequence that is cut', fixture('sigstage/response-sha256.tsr').subarray(0, 500)],
  ['a stamp with a byte after it', Uint8Array.from([...fixture('sigstage/response-sha256.tsr'), 0])],
  ['a request', fixture('test_tsa/request.der')],
])('%s is no stamp', async (_, bytes) => {
  expect(await verifyTimestamp(bytes, { digests: hello, nonce: null, roots: null })).toMatchObject({
    refusal: { code: 'TIMESTAMP_MALFORMED' },
  })
})

test.each([
  ['no certificate', 'hello'],
  ['what is not base64', '-----BEGIN CERTIFICATE-----\n***\n-----END CERTIFICATE-----'],
  ['what is not a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
])('roots with %s are refused', (_, pem) => {
  expect(parseRoots(pem)).toMatchObject({ refusal: { code: 'ROOTS_MALFORMED' } })
})
