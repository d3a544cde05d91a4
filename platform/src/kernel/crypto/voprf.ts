/**
 * A verifiable oblivious pseudorandom function (RFC 9497, ristretto255-SHA512, mode VOPRF).
 *
 * One side has a key, the other an input. The other learns the function of its input, and by a proof (DLEQ, one for a whole
 * batch) that it was the published key; the first learns nothing. Whoever may ask without limit can try every input there
 * is, so that callers count what they answer.
 */
import { createHash } from 'node:crypto'
import { ok, type Result, refuse } from '../refusal.ts'
import { type Element, type Group, loadRistretto255, type Scalar } from './ristretto255.ts'

export type VoprfKey = { readonly secret: Scalar; readonly publicKey: Element }

/** What the asking side keeps of an input until the answer comes; `element` is what it sends. */
export type Blinded = { readonly input: Uint8Array; readonly blind: Scalar; readonly element: Element }

/** The answer to a batch: one element for each, and one proof of 64 bytes for all. */
export type Evaluation = { readonly elements: readonly Element[]; readonly proof: Uint8Array }

export type Voprf = {
  newKey(): VoprfKey
  /** DeriveKeyPair: the key of a secret seed of 32 bytes. */
  deriveKeyPair(seed: Uint8Array, info: Uint8Array): VoprfKey
  isPublicKey(bytes: Uint8Array): boolean
  blind(input: Uint8Array): Blinded
  /** BlindEvaluate, for 1 to 65,535 elements. Refuses encodings that are not canonical, and the neutral element. */
  evaluate(key: VoprfKey, blinded: readonly Element[]): Result<Evaluation>
  /** Finalize: 64 bytes for each input, in order, or a refusal for all where the proof does not hold. */
  finalize(publicKey: Element, asked: readonly Blinded[], answer: Evaluation): Result<readonly Uint8Array[]>
  /** Evaluate: what `finalize` gives, for the side that has the key. */
  compute(key: VoprfKey, input: Uint8Array): Uint8Array
}

export async function loadVoprf(): Promise<Voprf> {
  return voprfOver(await loadRistretto255(), 1)
}

const LONGEST = 0xffff

/** `mode` 0 is the function without proofs: only its published vectors are computed with it. */
export function voprfOver(group: Group, mode: 0 | 1, randomScalar = group.randomScalar): Voprf {
  const context = Buffer.concat([Buffer.from('OPRFV1-'), Buffer.from([mode]), Buffer.from('-ristretto255-SHA512')])
  const domain = (name: string) => Buffer.concat([Buffer.from(name), context])
  const [toGroup, toScalar, toKey, toSeed] = ['HashToGroup-', 'HashToScalar-', 'DeriveKeyPair', 'Seed-'].map(
    domain,
  ) as [Buffer, Buffer, Buffer, Buffer]

  const keyOf = (secret: Scalar): VoprfKey => ({ secret, publicKey: known(group.multiplyBase(secret)) })

  /** ComputeComposites: the batch as one pair, weighted by hashes of all of it; with the key, the second costs one product. */
  const composites = (publicKey: Element, asked: readonly Element[], answered: readonly Element[], key?: Scalar) => {
    const seed = sha512(prefixed(publicKey), prefixed(toSeed))
    let one: Element | null = null
    let other: Element | null = null
    for (const [at, element] of asked.entries()) {
      const answer = answered[at] as Element
      const transcript = Buffer.concat([prefixed(seed), twoBytes(at), prefixed(element), prefixed(answer), COMPOSITE])
      const weight = group.hashToScalar(transcript, toScalar)
      one = summed(one, group.multiply(weight, element))
      if (key === undefined) other = summed(other, group.multiply(weight, answer))
    }
    return { one: known(one), other: known(key === undefined ? other : group.multiply(key, known(one))) }
  }
  const summed = (sum: Element | null, more: Element | null) => (sum ? group.add(sum, known(more)) : known(more))

  const challenge = (...points: readonly Element[]): Scalar =>
    group.hashToScalar(Buffer.concat([...points.map(prefixed), CHALLENGE]), toScalar)

  const prove = ({ secret, publicKey }: VoprfKey, asked: readonly Element[], answered: readonly Element[]) => {
    const { one, other } = composites(publicKey, asked, answered, secret)
    const random = randomScalar()
    const c = challenge(publicKey, one, other, known(group.multiplyBase(random)), known(group.multiply(random, one)))
    return new Uint8Array(Buffer.concat([c, group.subtractProduct(random, c, secret)]))
  }

  /** VerifyProof. A scalar of zero, or a sum that is the neutral element, is no proof of anybody honest. */
  const proves = (publicKey: Element, asked: readonly Element[], { elements, proof }: Evaluation): boolean => {
    const [c, s] = [proof.subarray(0, 32), proof.subarray(32)]
    if (!group.isScalar(c) || !group.isScalar(s)) return false
    try {
      const { one, other } = composites(publicKey, asked, elements)
      const sum = (a: Element | null, b: Element | null) => group.add(known(a), known(b))
      const expected = challenge(
        publicKey,
        one,
        other,
        sum(group.multiplyBase(s), group.multiply(c, publicKey)),
        sum(group.multiply(s, one), group.multiply(c, other)),
      )
      return Buffer.compare(expected, c) === 0
    } catch (thrown) {
      if (thrown instanceof NeutralElement) return false
      throw thrown
    }
  }

  const outputOf = (input: Uint8Array, element: Element) => sha512(prefixed(input), prefixed(element), FINALIZE)
  const elementOf = (input: Uint8Array): Element => {
    if (input.length > LONGEST) throw new RangeError(`an input has ${LONGEST} bytes at most, not ${input.length}`)
    return group.hashToElement(input, toGroup)
  }

  return {
    newKey: () => keyOf(randomScalar()),
    deriveKeyPair: (seed, info) => {
      if (seed.length !== 32) throw new RangeError(`a seed has 32 bytes, not ${seed.length}`)
      for (let counter = 0; counter <= 255; counter++) {
        const secret = group.hashToScalar(Buffer.concat([seed, prefixed(info), Buffer.from([counter])]), toKey)
        if (secret.some((byte) => byte !== 0)) return keyOf(secret)
      }
      throw new Error('no key comes of this seed')
    },
    isPublicKey: group.isElement,
    blind: (input) => {
      const blind = randomScalar()
      return { input, blind, element: known(group.multiply(blind, elementOf(input))) }
    },
    evaluate: (key, blinded) => {
      if (blinded.length === 0 || blinded.length > LONGEST)
        return refuse('VOPRF_BATCH', `A batch has 1 to ${LONGEST} elements, not ${blinded.length}.`, {
          fix: 'Ask for as many as one batch has.',
        })
      const flaw = badElement(blinded)
      if (flaw) return flaw
      const elements = blinded.map((element) => known(group.multiply(key.secret, element)))
      return ok({ elements, proof: mode === 1 ? prove(key, blinded, elements) : new Uint8Array() })
    },
    finalize: (publicKey, asked, answer) => {
      if (!group.isElement(publicKey))
        return refuse('KEY_INVALID', 'These bytes are not a public key of ristretto255.', {
          fix: 'Ask for the key again.',
        })
      if (asked.length === 0 || asked.length !== answer.elements.length)
        return refuse('VOPRF_BATCH', `To ${asked.length} elements ${answer.elements.length} were answered.`, {
          fix: 'Ask for the whole batch again.',
        })
      const flaw = badElement(answer.elements)
      if (flaw) return flaw
      const sent = asked.map(({ element }) => element)
      if (mode === 1 && (answer.proof.length !== 64 || !proves(publicKey, sent, answer)))
        return refuse('VOPRF_PROOF', 'An answer was not computed with the key that was published.', {
          place: 'proof',
          fix: 'Use none of it; tell the directory: another key for you than for others would mark you.',
        })
      return ok(
        asked.map(({ input, blind }, at) =>
          outputOf(input, known(group.multiply(group.invert(blind), answer.elements[at] as Element))),
        ),
      )
    },
    compute: (key, input) => outputOf(input, known(group.multiply(key.secret, elementOf(input)))),
  }

  function badElement(elements: readonly Element[]) {
    const at = elements.findIndex((element) => !group.isElement(element))
    if (at < 0) return null
    return refuse('VOPRF_ELEMENT', `Element ${at} is not an element of ristretto255 in its one form.`, {
      place: `element ${at}`,
      fix: 'Ask for the batch again, and tell its sender.',
    })
  }
}

const [COMPOSITE, CHALLENGE, FINALIZE] = ['Composite', 'Challenge', 'Finalize'].map((name) => Buffer.from(name)) as [
  Buffer,
  Buffer,
  Buffer,
]

class NeutralElement extends Error {}

/** With checked elements and scalars the neutral element comes of a forged answer only, or of a fault. */
function known(element: Element | null): Element {
  if (element === null) throw new NeutralElement('a product is the neutral element')
  return element
}

function twoBytes(number: number): Uint8Array {
  return Uint8Array.of(number >> 8, number & 0xff)
}

function prefixed(bytes: Uint8Array): Uint8Array {
  if (bytes.length > LONGEST) throw new RangeError(`no more than ${LONGEST} bytes, not ${bytes.length}`)
  return Buffer.concat([twoBytes(bytes.length), bytes])
}

function sha512(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(createHash('sha512').update(Buffer.concat(parts)).digest())
}
