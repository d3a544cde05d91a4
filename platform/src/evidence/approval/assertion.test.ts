/** Assertions made here by node:crypto, as an authenticator makes them (WebAuthn level 3 sections 5.8.1, 6.1). */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { checkJwk } from '../../kernel/crypto/index.ts'
import { type AssertionProof, checkAssertion, keyName, type PublicJwk, readProof } from './assertion.ts'

const CHALLENGE = 'c2F5IHdoYXQ'
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest()
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })

type Deviation = {
  readonly client?: object | string
  readonly flags?: number
  readonly rpId?: string
  readonly origin?: string
  readonly hashOf?: string
  readonly cut?: number
}

function assert(
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject },
  {
    client = {},
    flags = 0x05,
    rpId = 'agency.example',
    origin = 'https://agency.example',
    hashOf = rpId,
    cut,
  }: Deviation = {},
): AssertionProof {
  const said = { type: 'webauthn.get', challenge: CHALLENGE, origin, crossOrigin: false }
  const clientData = Buffer.from(typeof client === 'string' ? client : JSON.stringify({ ...said, ...client }))
  const authenticator = Buffer.concat([sha256(hashOf), Buffer.from([flags, 0, 0, 0, 1])]).subarray(0, cut)
  const message = Buffer.concat([authenticator, sha256(clientData)])
  const signature = sign(publicKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', message, privateKey)
  const key = publicKey.export({ format: 'jwk' }) as unknown as PublicJwk
  return {
    publicKey: key,
    rpId,
    origin,
    authenticatorData: text(authenticator),
    clientDataJSON: text(clientData),
    signature: text(signature),
  }
}

const isRight = (proof: AssertionProof, challenge = CHALLENGE) => checkAssertion(proof, challenge, checkJwk).ok

describe('an assertion', () => {
  test.each([
    ['P-256', ec],
    ['Ed25519', generateKeyPairSync('ed25519')],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ])('of a key of %s is right over its challenge and no other', (_, keys) => {
    const proof = assert(keys)
    expect(isRight(proof)).toBe(true)
    expect(isRight(proof, 'b3RoZXI')).toBe(false)
    expect(readProof(JSON.parse(JSON.stringify(proof)))).toEqual(proof)
  })

  test('of a page below the host of the key, or of a node on its own machine, is right', () => {
    expect(isRight(assert(ec, { origin: 'https://comity.agency.example:8443' }))).toBe(true)
    expect(isRight(assert(ec, { rpId: 'localhost', origin: 'http://localhost:8460' }))).toBe(true)
  })

  test.each<[string, Deviation]>([
    ['made for enrolling', { client: { type: 'webauthn.create' } }],
    ['over another challenge', { client: { challenge: 'b3RoZXI' } }],
    ['that states another origin', { client: { origin: 'https://evil.example' } }],
    ['made in a frame', { client: { crossOrigin: true } }],
    ['with a name twice', { client: `{"type":"webauthn.create","type":"webauthn.get","challenge":"${CHALLENGE}"}` }],
    ['with no object', { client: '[]' }],
    ['on a host that only ends alike', { origin: 'https://evilagency.example' }],
    ['in the clear', { origin: 'http://agency.example' }],
    ['of a key of another site', { hashOf: 'evil.example' }],
    ['without a user', { flags: 0x04 }],
    ['without verifying its user', { flags: 0x01 }],
    ['of a key that can be copied', { flags: 0x0d }],
    ['that is cut', { cut: 36 }],
  ])('%s is wrong', (_, deviation) => {
    expect(checkAssertion(assert(ec, deviation), CHALLENGE, checkJwk)).toMatchObject({
      refusal: { code: 'ASSERTION_WRONG' },
    })
  })

  test('no changed bit of it is right', () => {
    const proof = assert(ec)
    for (const part of ['authenticatorData', 'clientDataJSON', 'signature'] as const) {
      const bytes = Buffer.from(proof[part], 'base64url')
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] as number) ^ 1
        expect(isRight({ ...proof, [part]: text(changed) }), `${part} ${at}`).toBe(false)
      }
    }
  })

  test.each([
    ['null', null],
    ['a key on another curve', { ...assert(ec), publicKey: { ...assert(ec).publicKey, crv: 'P-384' } }],
    ['no key', { ...assert(ec), publicKey: {} }],
    ['a signature that is no text', { ...assert(ec), signature: 1 }],
  ])('is not read from %s', (_, json) => {
    expect(readProof(JSON.parse(JSON.stringify(json)))).toBeNull()
  })

  test('a key has one name, whatever else stands in its JWK', () => {
    const { publicKey } = assert(ec)
    expect(keyName({ ...publicKey, ...{ use: 'sig' } })).toBe(keyName(publicKey))
    // RFC 7638 section 3.1: the example of the specification.
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw'
    const expected = Buffer.from('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', 'base64url')
    expect(keyName({ kty: 'RSA', n, e: 'AQAB' })).toBe(expected.toString('hex').slice(0, 32))
  })
})
