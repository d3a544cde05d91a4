/**
 * HPKE (RFC 9180), base mode, in one suite: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; by node:crypto alone.
 *
 * It says who can read, never who wrote: the base mode has no sender, so that whoever seals signs outside. A context seals
 * in order; its nonces are its count, and what was swapped, left out or repeated does not open.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { bytesToHex } from '../bytes.ts'
import { ok, type Result, refuse } from '../refusal.ts'
import { unfilled } from './sealing.ts'

/** SubjectPublicKeyInfo and PKCS #8 of X25519 (RFC 8410): these bytes, then the 32 bytes of the key. */
const SPKI_HEAD = Buffer.from('302a300506032b656e032100', 'hex')
const PKCS8_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** RFC 9180 section 7: DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002. */
const KEM_ID = Buffer.concat([Buffer.from('KEM'), Buffer.from([0x00, 0x20])])
const SUITE_ID = Buffer.concat([Buffer.from('HPKE'), Buffer.from([0x00, 0x20, 0x00, 0x01, 0x00, 0x02])])
const BASE_MODE = Buffer.from([0])

const KEY = 32
const NONCE = 12
export const HPKE_TAG = 16

/** 2^255 − 19; a u coordinate at or above it, or with the top bit, has a second way to be written (RFC 7748 section 5). */
const FIELD = 2n ** 255n - 19n

/** RFC 9180 section 5.2 would allow 2^96 − 1; nothing here comes near the 2^32 after which a key is better replaced. */
const MOST_SEALED = 2 ** 32

/** A public key that has passed the gate; its 32 bytes as RFC 7748 writes them. */
export type HpkePublicKey = { readonly bytes: Uint8Array; readonly handle: KeyObject }

/** The secret stays in the handle of node:crypto; `hpkeSecretOf` copies it out for storage. */
export type HpkeKey = { readonly publicKey: HpkePublicKey; readonly handle: KeyObject }

export type HpkeSender = {
  /** 32 bytes, for the receiver. */
  readonly encapsulated: Uint8Array
  seal(plain: Uint8Array, aad: Uint8Array): Uint8Array
  export(context: Uint8Array, length: number): Uint8Array
}

export type HpkeReceiver = {
  /** The next value in the order of sealing; after a refusal the same one may be tried again. */
  open(sealed: Uint8Array, aad: Uint8Array): Result<Uint8Array>
  export(context: Uint8Array, length: number): Uint8Array
}

export function newHpkeKey(): HpkeKey {
  return keyOf(generateKeyPairSync('x25519').privateKey)
}

/** The key of 32 secret bytes, as `hpkeSecretOf` gives them. */
export function hpkeKeyFromSecret(secret: Uint8Array): HpkeKey {
  if (secret.length !== KEY) throw new RangeError(`an X25519 key has ${KEY} bytes, not ${secret.length}`)
  return keyOf(createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' }))
}

/** The 32 secret bytes, for storage under a key of the node; never for a log. */
export function hpkeSecretOf({ handle }: HpkeKey): Uint8Array {
  return Uint8Array.from(handle.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8_HEAD.length))
}

/** Refuses what is no key, what has a second form, and points of small order, with which every secret is zero. */
export function publicHpkeKey(bytes: Uint8Array): Result<HpkePublicKey> {
  const wrong = (what: string) => refuse('KEY_INVALID', what, { fix: 'Ask for the key again.' })
  if (bytes.length !== KEY) return wrong(`An X25519 public key has ${KEY} bytes, not ${bytes.length}.`)
  if (BigInt(`0x${bytesToHex(Uint8Array.from(bytes).reverse())}`) >= FIELD)
    return wrong('This X25519 public key is not written in its one form.')
  const handle = createPublicKey({ key: Buffer.concat([SPKI_HEAD, bytes]), format: 'der', type: 'spki' })
  // A secret scalar is a multiple of 8, so that with any of them a point of small order gives zero.
  if (agree(generateKeyPairSync('x25519').privateKey, handle) === null)
    return wrong('This X25519 public key is a point of small order: what is sealed for it can be read by everybody.')
  return ok({ bytes: Uint8Array.from(bytes), handle })
}

/** SetupBaseS: a new context for one receiver. */
export function openSender(recipient: HpkePublicKey, info: Uint8Array): HpkeSender {
  return senderWith(newHpkeKey(), recipient, info)
}

/** `openSender` with the ephemeral key given, for published vectors only: used twice, it gives both plain texts away. */
export function senderWith(ephemeral: HpkeKey, recipient: HpkePublicKey, info: Uint8Array): HpkeSender {
  const agreed = agree(ephemeral.handle, recipient.handle)
  if (agreed === null) throw new Error('a public key of small order has passed the gate')
  const encapsulated = ephemeral.publicKey.bytes
  const schedule = keySchedule(sharedSecret(agreed, encapsulated, recipient.bytes), info)
  return { encapsulated, seal: sealerFrom(schedule, 0), export: exporterOf(schedule) }
}

/** SetupBaseR. Refuses an encapsulated key that is none; another receiver's opens here, but nothing under it does. */
export function openReceiver(key: HpkeKey, encapsulated: Uint8Array, info: Uint8Array): Result<HpkeReceiver> {
  const ephemeral = publicHpkeKey(encapsulated)
  if (!ephemeral.ok) return ephemeral
  const agreed = agree(key.handle, ephemeral.value.handle)
  if (agreed === null) throw new Error('a public key of small order has passed the gate')
  const schedule = keySchedule(sharedSecret(agreed, encapsulated, key.publicKey.bytes), info)
  return ok({ open: openerFrom(schedule), export: exporterOf(schedule) })
}

type Schedule = { readonly key: Uint8Array; readonly baseNonce: Uint8Array; readonly exporterSecret: Uint8Array }

/** Seals from a given count on; `first` is zero but in tests of the limit. */
export function sealerFrom({ key, baseNonce }: Schedule, first: number): HpkeSender['seal'] {
  let sequence = first
  return (plain, aad) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceAt(baseNonce, sequence), { authTagLength: HPKE_TAG })
    cipher.setAAD(aad)
    const sealed = unfilled(plain.length + HPKE_TAG)
    sealed.set(cipher.update(plain))
    cipher.final()
    sealed.set(cipher.getAuthTag(), plain.length)
    sequence++
    return sealed
  }
}

function openerFrom({ key, baseNonce }: Schedule): HpkeReceiver['open'] {
  let sequence = 0
  return (sealed, aad) => {
    const broken = refuse('SEAL_BROKEN', 'A sealed value does not open: changed, out of order, or for another key.', {
      place: `value ${sequence}`,
      fix: 'Ask the sender for it again.',
    })
    if (sealed.length < HPKE_TAG) return broken
    const decipher = createDecipheriv('aes-256-gcm', key, nonceAt(baseNonce, sequence), { authTagLength: HPKE_TAG })
    decipher.setAAD(aad)
    decipher.setAuthTag(sealed.subarray(sealed.length - HPKE_TAG))
    try {
      const plain = decipher.update(sealed.subarray(0, sealed.length - HPKE_TAG))
      decipher.final()
      sequence++
      return ok(new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength))
    } catch {
      return broken
    }
  }
}

function exporterOf({ exporterSecret }: Schedule): HpkeSender['export'] {
  return (context, length) => labeledExpand(SUITE_ID, exporterSecret, 'sec', context, length)
}

/** ComputeNonce: the count, big-endian, over the end of the base nonce. */
function nonceAt(baseNonce: Uint8Array, sequence: number): Uint8Array {
  if (sequence >= MOST_SEALED) throw new RangeError('this HPKE context has sealed as much as it may: open another')
  const nonce = Buffer.from(baseNonce)
  nonce.writeUInt32BE((nonce.readUInt32BE(NONCE - 4) ^ sequence) >>> 0, NONCE - 4)
  return nonce
}

/** Section 4.1, ExtractAndExpand over the agreed bytes and both public keys. */
function sharedSecret(agreed: Uint8Array, encapsulated: Uint8Array, recipient: Uint8Array): Uint8Array {
  const extracted = labeledExtract(KEM_ID, new Uint8Array(), 'eae_prk', agreed)
  return labeledExpand(KEM_ID, extracted, 'shared_secret', Buffer.concat([encapsulated, recipient]), KEY)
}

/** Section 5.1, in base mode: no pre-shared key, and none has a name. */
function keySchedule(shared: Uint8Array, info: Uint8Array): Schedule {
  const none = new Uint8Array()
  const context = Buffer.concat([
    BASE_MODE,
    labeledExtract(SUITE_ID, none, 'psk_id_hash', none),
    labeledExtract(SUITE_ID, none, 'info_hash', info),
  ])
  const secret = labeledExtract(SUITE_ID, shared, 'secret', none)
  return {
    key: labeledExpand(SUITE_ID, secret, 'key', context, KEY),
    baseNonce: labeledExpand(SUITE_ID, secret, 'base_nonce', context, NONCE),
    exporterSecret: labeledExpand(SUITE_ID, secret, 'exp', context, 32),
  }
}

function labeledExtract(suite: Uint8Array, salt: Uint8Array, label: string, ikm: Uint8Array): Uint8Array {
  return createHmac('sha256', salt).update('HPKE-v1').update(suite).update(label).update(ikm).digest()
}

/** LabeledExpand over HKDF-Expand (RFC 5869 section 2.3), which node:crypto does not offer by itself. */
function labeledExpand(
  suite: Uint8Array,
  secret: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  if (!Number.isInteger(length) || length < 0 || length > 255 * 32)
    throw new RangeError(`no length of a key: ${length}`)
  const head = Buffer.from([length >> 8, length & 0xff])
  const blocks: Buffer[] = []
  for (let at = 1; at <= Math.ceil(length / 32); at++) {
    const block = createHmac('sha256', secret).update(blocks.at(-1) ?? '')
    block.update(head).update('HPKE-v1').update(suite).update(label).update(info)
    blocks.push(block.update(Buffer.from([at])).digest())
  }
  return Uint8Array.from(Buffer.concat(blocks).subarray(0, length))
}

/** X25519; `null` for the all-zero value, at which RFC 9180 section 7.1.4 says to stop. */
function agree(privateKey: KeyObject, publicKey: KeyObject): Uint8Array | null {
  try {
    const agreed = diffieHellman({ privateKey, publicKey })
    return agreed.some((byte) => byte !== 0) ? agreed : null
  } catch {
    // OpenSSL itself refuses to give out the all-zero value.
    return null
  }
}

function keyOf(handle: KeyObject): HpkeKey {
  const publicHandle = createPublicKey(handle)
  const bytes = Uint8Array.from(publicHandle.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.length))
  return { publicKey: { bytes, handle: publicHandle }, handle }
}
