/**
 * The group ristretto255 (RFC 9496) with SHA-512, as RFC 9497 section 4.1 uses it, by libsodium: its multiplication takes
 * the same time whatever the scalar is. Other libraries in JavaScript do not promise that for points that others choose,
 * and an evaluation multiplies exactly such points by a key that lives long.
 *
 * libsodium is loaded when it is first asked for; it comes as WebAssembly and must not slow every start.
 */
import { createHash, randomBytes } from 'node:crypto'

/** Both as their 32 bytes, in the one form that RFC 9496 allows; scalars little-endian, below the order of the group. */
export type Element = Uint8Array
export type Scalar = Uint8Array

export type Group = {
  /** False for the neutral element and for every encoding that is not canonical. */
  isElement(bytes: Uint8Array): boolean
  /** False for zero and for what is not below the order of the group. */
  isScalar(bytes: Uint8Array): boolean
  randomScalar(): Scalar
  hashToElement(message: Uint8Array, domain: Uint8Array): Element
  hashToScalar(message: Uint8Array, domain: Uint8Array): Scalar
  /** Null where the product is the neutral element, which no honest side comes to. */
  multiply(scalar: Scalar, element: Element): Element | null
  multiplyBase(scalar: Scalar): Element | null
  add(one: Element, other: Element): Element
  /** `a − b · c`. */
  subtractProduct(a: Scalar, b: Scalar, c: Scalar): Scalar
  invert(scalar: Scalar): Scalar
}

/** 2^252 + 27742317777372353535851937790883648493 (RFC 9496 section 4.4). */
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

export async function loadRistretto255(): Promise<Group> {
  const { default: sodium } = await import('libsodium-wrappers-sumo')
  await sodium.ready
  return {
    isElement: (bytes) =>
      bytes.length === 32 && bytes.some((byte) => byte !== 0) && sodium.crypto_core_ristretto255_is_valid_point(bytes),
    isScalar: (bytes) => bytes.length === 32 && bytes.some((byte) => byte !== 0) && numberOf(bytes) < ORDER,
    // Of twice the bits that it needs (RFC 9497 section 4.7.2): libsodium's own asks for random numbers four bytes at a
    // time, which takes longer than three multiplications.
    randomScalar: () => sodium.crypto_core_ristretto255_scalar_reduce(randomBytes(64)),
    hashToElement: (message, domain) => sodium.crypto_core_ristretto255_from_hash(expand(message, domain)),
    hashToScalar: (message, domain) => sodium.crypto_core_ristretto255_scalar_reduce(expand(message, domain)),
    multiply: (scalar, element) => orNull(() => sodium.crypto_scalarmult_ristretto255(scalar, element)),
    multiplyBase: (scalar) => orNull(() => sodium.crypto_scalarmult_ristretto255_base(scalar)),
    add: (one, other) => sodium.crypto_core_ristretto255_add(one, other),
    subtractProduct: (a, b, c) =>
      sodium.crypto_core_ristretto255_scalar_sub(a, sodium.crypto_core_ristretto255_scalar_mul(b, c)),
    invert: (scalar) => sodium.crypto_core_ristretto255_scalar_invert(scalar),
  }
}

/** libsodium throws where a product is the neutral element. */
function orNull(multiply: () => Element): Element | null {
  try {
    return multiply()
  } catch {
    return null
  }
}

/** Of public values only: BigInt takes longer for larger numbers. */
function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
}

/** expand_message_xmd with SHA-512 to 64 bytes (RFC 9380 section 5.3.1): one block. */
function expand(message: Uint8Array, domain: Uint8Array): Uint8Array {
  if (domain.length > 255) throw new RangeError('a domain separation tag has 255 bytes at most')
  const tag = Buffer.concat([domain, Buffer.from([domain.length])])
  const first = createHash('sha512')
    .update(Buffer.alloc(128))
    .update(message)
    .update(Buffer.from([0, 64, 0]))
    .update(tag)
    .digest()
  return createHash('sha512')
    .update(first)
    .update(Buffer.from([1]))
    .update(tag)
    .digest()
}
