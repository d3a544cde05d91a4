/**
 * For tests: a WebAuthn authenticator in software, with the browser around it. It makes one key, signs with it as WebAuthn
 * level 3 says (sections 6.1, 6.5 and 8.2), and can be told to do wrong: another origin, no user, a counter that falls.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { isoCBOR } from '@simplewebauthn/server/helpers'

export type PasskeyKind = {
  readonly origin: string
  /** It may be copied to other devices: backup eligible, and backed up. */
  readonly synced?: boolean
  readonly algorithm?: 'Ed25519' | 'ES256'
  readonly attestation?: 'none' | 'packed'
  /** A synced key counts nothing; its counter stays 0. */
  readonly counts?: boolean
}

/** What differs from an honest use. */
export type Deviation = {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly crossOrigin?: boolean
  readonly userVerified?: boolean
  readonly userPresent?: boolean
  readonly counter?: number
  readonly backupEligible?: boolean
  readonly backedUp?: boolean
  readonly userHandle?: string
  readonly tamper?: 'signature' | 'clientData' | 'authenticatorData'
}

type Options = { readonly challenge: string }
type CreateOptions = Options & { readonly rp: { readonly id?: string }; readonly user: { readonly id: string } }
type GetOptions = Options & { readonly rpId?: string }

export type SoftPasskey = ReturnType<typeof softPasskey>

export function softPasskey(kind: PasskeyKind) {
  const { origin, synced = false, algorithm = 'Ed25519', attestation = 'none', counts = !synced } = kind
  const { privateKey, publicKey } =
    algorithm === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let userHandle = ''
  let counter = 0
  return { id: id.toString('base64url'), create, get }

  function create(options: CreateOptions, deviation: Deviation = {}): RegistrationResponseJSON {
    userHandle = options.user.id
    const clientData = clientDataOf('webauthn.create', options, deviation)
    const attested = Buffer.concat([
      Buffer.alloc(16), // an AAGUID of zeros: the model of the authenticator is not told
      Buffer.from([id.length >> 8, id.length & 0xff]),
      id,
      coseKey(publicKey, algorithm),
    ])
    const authData = Buffer.concat([headOf(options.rp.id ?? '', deviation, true), attested])
    const statement: Map<string, number | Uint8Array> = new Map()
    if (attestation === 'packed') {
      statement.set('alg', algorithm === 'Ed25519' ? -8 : -7)
      statement.set('sig', new Uint8Array(signed(authData, clientData, deviation)))
    }
    const attestationObject = isoCBOR.encode(
      new Map<string, string | typeof statement | Uint8Array>([
        ['fmt', attestation],
        ['attStmt', statement],
        ['authData', new Uint8Array(authData)],
      ]),
    )
    return {
      ...named(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        attestationObject: Buffer.from(attestationObject).toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  function get(options: GetOptions, deviation: Deviation = {}): AuthenticationResponseJSON {
    if (counts) counter += 1
    const clientData = clientDataOf('webauthn.get', options, deviation)
    const authData = headOf(options.rpId ?? '', deviation, false)
    const signature = signed(authData, clientData, deviation)
    if (deviation.tamper === 'authenticatorData') authData[33] = (authData[33] ?? 0) ^ 0x02
    const sent =
      deviation.tamper === 'clientData' ? Buffer.from(clientData.toString().replace('{', '{"added":1,')) : clientData
    return {
      ...named(),
      response: {
        clientDataJSON: sent.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: deviation.userHandle ?? userHandle,
      },
    }
  }

  function named() {
    const text = id.toString('base64url')
    return { id: text, rawId: text, type: 'public-key' as const, clientExtensionResults: {} }
  }

  function clientDataOf(type: string, options: Options, deviation: Deviation): Buffer {
    return Buffer.from(
      JSON.stringify({
        type,
        challenge: deviation.challenge ?? options.challenge,
        origin: deviation.origin ?? origin,
        crossOrigin: deviation.crossOrigin ?? false,
      }),
    )
  }

  /** Hash of the relying party's id, flags, counter. */
  function headOf(rpId: string, deviation: Deviation, withKey: boolean): Buffer {
    const flags =
      bit(deviation.userPresent ?? true, 0) |
      bit(deviation.userVerified ?? true, 2) |
      bit(deviation.backupEligible ?? synced, 3) |
      bit(deviation.backedUp ?? synced, 4) |
      bit(withKey, 6)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(deviation.counter ?? counter)
    return Buffer.concat([sha256(deviation.rpId ?? rpId), Buffer.from([flags]), count])
  }

  function signed(authData: Buffer, clientData: Buffer, { tamper }: Deviation): Buffer {
    const message = Buffer.concat([authData, sha256(clientData)])
    const signature = sign(algorithm === 'Ed25519' ? null : 'sha256', message, privateKey)
    if (tamper === 'signature') signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1
    return signature
  }
}

/** RFC 9053: OKP with Ed25519, or EC2 with P-256. */
function coseKey(publicKey: KeyObject, algorithm: 'Ed25519' | 'ES256'): Uint8Array {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const key = new Map<number, number | Uint8Array>(
    algorithm === 'Ed25519'
      ? [
          [1, 1],
          [3, -8],
          [-1, 6],
        ]
      : [
          [1, 2],
          [3, -7],
          [-1, 1],
        ],
  )
  key.set(-2, new Uint8Array(Buffer.from(x, 'base64url')))
  if (algorithm === 'ES256') key.set(-3, new Uint8Array(Buffer.from(y, 'base64url')))
  return isoCBOR.encode(key)
}

function bit(on: boolean, place: number): number {
  return on ? 1 << place : 0
}

function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}
