import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../bytes.ts'
import { type Evaluation, loadVoprf, type Voprf } from './index.ts'
import { type Group, loadRistretto255 } from './ristretto255.ts'
import { voprfOver } from './voprf.ts'

const VECTORS = join(import.meta.dirname, '../../../../vectors/voprf/ristretto255-sha512.txt')

type Fields = Readonly<Record<string, string>>
type ModeVectors = { readonly setup: Fields; readonly vectors: readonly Fields[] }

/** Blocks between tildes; a line without an equals sign continues the one before it. */
function modeVectors(name: string): ModeVectors {
  const section = readFileSync(VECTORS, 'utf8').split(`### ${name} Mode`)[1]?.split('\n### ')[0] ?? ''
  const [setup, ...vectors] = [...section.matchAll(/~~~\n([^~]+)~~~/g)].map(([, block]) => {
    const fields: Record<string, string> = {}
    let last = ''
    for (const line of (block ?? '').trim().split('\n')) {
      const [key, value] = line.split(' = ')
      if (value !== undefined) last = key as string
      fields[last] = (fields[last] ?? '') + (value ?? line)
    }
    return fields
  })
  return { setup: setup ?? {}, vectors }
}

const list = (text: string | undefined) => (text ?? '?').split(',').map(hexToBytes)
const hex = (bytes: readonly Uint8Array[]) => bytes.map(bytesToHex).join(',')
const text = (words: string) => new TextEncoder().encode(words)

let group: Group
let voprf: Voprf
beforeAll(async () => {
  group = await loadRistretto255()
  voprf = await loadVoprf()
})

/** Random scalars in the order in which a vector uses them: a blind for each input, then that of the proof. */
function given(fields: Fields): () => Uint8Array {
  const scalars = [...list(fields.Blind), ...(fields.ProofRandomScalar ? list(fields.ProofRandomScalar) : [])]
  return () => scalars.shift() ?? expect.unreachable()
}

describe.each([
  ['OPRF', 0, 2],
  ['VOPRF', 1, 3],
] as const)('RFC 9497, mode %s', (name, mode, count) => {
  const { setup, vectors } = modeVectors(name)

  test('derives the key of the vectors', () => {
    expect(vectors).toHaveLength(count)
    const key = voprfOver(group, mode).deriveKeyPair(hexToBytes(setup.Seed ?? ''), hexToBytes(setup.KeyInfo ?? ''))
    expect(bytesToHex(key.secret)).toBe(setup.skSm)
    if (mode === 1) expect(bytesToHex(key.publicKey)).toBe(setup.pkSm)
  })

  test.each(vectors.map((fields, at) => [at + 1, fields] as const))('vector %d', (_, fields) => {
    const here = voprfOver(group, mode, given(fields))
    const key = here.deriveKeyPair(hexToBytes(setup.Seed ?? ''), hexToBytes(setup.KeyInfo ?? ''))
    const asked = list(fields.Input).map(here.blind)
    expect(hex(asked.map(({ element }) => element))).toBe(fields.BlindedElement)
    const answer = here.evaluate(
      key,
      asked.map(({ element }) => element),
    )
    if (!answer.ok) throw new Error(answer.refusal.message)
    expect(hex(answer.value.elements)).toBe(fields.EvaluationElement)
    expect(bytesToHex(answer.value.proof)).toBe(fields.Proof ?? '')
    const outputs = here.finalize(key.publicKey, asked, answer.value)
    expect(outputs.ok && hex(outputs.value)).toBe(fields.Output)
    expect(hex(list(fields.Input).map((input) => here.compute(key, input)))).toBe(fields.Output)
  })
})

function batch(size: number) {
  const key = voprf.newKey()
  const asked = Array.from({ length: size }, (_, at) => voprf.blind(text(`item ${at}`)))
  const answer = voprf.evaluate(
    key,
    asked.map(({ element }) => element),
  )
  if (!answer.ok) throw new Error(answer.refusal.message)
  return { key, asked, answer: answer.value }
}

describe('another implementation', () => {
  const theirs = ristretto255_oprf.voprf

  test('answers what we ask, and we answer what it asks', () => {
    for (const size of [1, 2, 7]) {
      const seed = createHash('sha256').update(`seed ${size}`).digest()
      const mine = voprf.deriveKeyPair(seed, text('epoch'))
      const yours = theirs.deriveKeyPair(seed, text('epoch'))
      expect(yours.secretKey).toEqual(mine.secret)
      expect(yours.publicKey).toEqual(mine.publicKey)

      const inputs = Array.from({ length: size }, (_, at) => text(`item ${size}/${at}`))
      const expected = inputs.map((input) => voprf.compute(mine, input))
      const asked = inputs.map(voprf.blind)
      const answer = theirs.blindEvaluateBatch(
        yours.secretKey,
        yours.publicKey,
        asked.map(({ element }) => element),
      )
      const here = voprf.finalize(mine.publicKey, asked, { elements: answer.evaluated, proof: answer.proof })
      expect(here).toEqual({ ok: true, value: expected })

      const blinded = inputs.map((input) => ({ input, ...theirs.blind(input) }))
      const back = voprf.evaluate(
        mine,
        blinded.map(({ blinded }) => blinded),
      )
      if (!back.ok) throw new Error(back.refusal.message)
      const items = blinded.map((one, at) => ({ ...one, evaluated: back.value.elements[at] as Uint8Array }))
      expect(theirs.finalizeBatch(items, mine.publicKey, back.value.proof)).toEqual(expected)
    }
  })
})

/** The element or scalar with one bit changed. */
function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}

describe('an answer', () => {
  test('gives what the side with the key computes, whatever the blinds are, for a batch of 128', () => {
    const { key, asked, answer } = batch(128)
    const outputs = voprf.finalize(key.publicKey, asked, answer)
    expect(outputs.ok && hex(outputs.value)).toBe(hex(asked.map(({ input }) => voprf.compute(key, input))))
    const again = asked.map(({ input }) => voprf.blind(input))
    expect(new Set([...asked, ...again].map(({ element }) => bytesToHex(element))).size).toBe(256)
  })

  test('is refused with every bit of its proof changed', () => {
    const { key, asked, answer } = batch(2)
    for (let bit = 0; bit < 512; bit++) {
      const wrong = { ...answer, proof: flipped(answer.proof, bit) }
      expect(voprf.finalize(key.publicKey, asked, wrong)).toMatchObject({ ok: false, refusal: { code: 'VOPRF_PROOF' } })
    }
  })

  test('is refused under another key than the published one, for one element or for all', () => {
    const { key, asked, answer } = batch(3)
    const other = voprf.newKey()
    expect(voprf.finalize(other.publicKey, asked, answer)).toMatchObject({ refusal: { code: 'VOPRF_PROOF' } })
    const marked = voprf.evaluate(
      other,
      asked.map(({ element }) => element),
    )
    if (!marked.ok) throw new Error(marked.refusal.message)
    expect(voprf.finalize(key.publicKey, asked, marked.value)).toMatchObject({ refusal: { code: 'VOPRF_PROOF' } })
    const one = { ...answer, elements: answer.elements.with(1, marked.value.elements[1] as Uint8Array) }
    expect(voprf.finalize(key.publicKey, asked, one)).toMatchObject({ refusal: { code: 'VOPRF_PROOF' } })
  })

  test('is refused swapped, cut, for another batch, and with a proof cut, extended or empty', () => {
    const { key, asked, answer } = batch(3)
    const refused = (wrong: Evaluation, of = asked) => {
      const result = voprf.finalize(key.publicKey, of, wrong)
      return result.ok ? 'accepted' : result.refusal.code
    }
    const [one, two, three] = answer.elements as [Uint8Array, Uint8Array, Uint8Array]
    expect(refused({ ...answer, elements: [two, one, three] })).toBe('VOPRF_PROOF')
    expect(refused({ ...answer, elements: [one, one, three] })).toBe('VOPRF_PROOF')
    expect(refused({ ...answer, elements: [one, two] })).toBe('VOPRF_BATCH')
    expect(refused(answer, asked.toReversed())).toBe('VOPRF_PROOF')
    expect(refused({ elements: [], proof: answer.proof }, [])).toBe('VOPRF_BATCH')
    for (const proof of [answer.proof.subarray(0, 63), Buffer.concat([answer.proof, Buffer.alloc(1)]), Buffer.alloc(0)])
      expect(refused({ ...answer, proof })).toBe('VOPRF_PROOF')
    expect(refused({ ...answer, proof: new Uint8Array(64) })).toBe('VOPRF_PROOF')
    expect(refused(answer)).toBe('accepted')
  })

  test('is refused where a scalar of the proof is written a second way, above the order of the group', () => {
    const { key, asked, answer } = batch(1)
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    for (const at of [0, 32]) {
      const scalar =
        BigInt(
          `0x${Buffer.from(answer.proof.subarray(at, at + 32))
            .reverse()
            .toString('hex')}`,
        ) + order
      const proof = Uint8Array.from(answer.proof)
      proof.set(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex').reverse(), at)
      expect(voprf.finalize(key.publicKey, asked, { ...answer, proof })).toMatchObject({
        refusal: { code: 'VOPRF_PROOF' },
      })
    }
  })
})

/** RFC 9496, Appendix A.2, and the neutral element. */
const noElements = [
  ['no field element', '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
  ['no field element', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['no field element', 'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['no field element', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['negative', '0100000000000000000000000000000000000000000000000000000000000000'],
  ['negative', '01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['negative', 'ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20'],
  ['negative', 'c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562'],
  ['negative', 'c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78'],
  ['negative', '47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24'],
  ['negative', 'f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72'],
  ['negative', '87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309'],
  ['of no square', '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371'],
  ['of no square', '4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f'],
  ['of no square', 'de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad7b'],
  ['of no square', 'bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042'],
  ['of no square', '2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08'],
  ['of no square', 'f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22'],
  ['of no square', '8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731'],
  ['of no square', '2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b'],
  ['of a negative product', '3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e'],
  ['of a negative product', 'a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220'],
  ['of a negative product', 'd483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e'],
  ['of a negative product', '8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32'],
  ['of a negative product', '32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b'],
  ['of a negative product', '227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165'],
  ['minus one', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['the neutral element', '0000000000000000000000000000000000000000000000000000000000000000'],
  ['too short', '00'.repeat(31)],
  ['empty', ''],
] as const

describe('bytes that are no element', () => {
  test.each(noElements)('%s: %s is refused as a key, in a question and in an answer', (_, bad) => {
    const bytes = hexToBytes(bad)
    const { key, asked, answer } = batch(2)
    const elements = answer.elements.with(1, bytes)
    expect(voprf.isPublicKey(bytes)).toBe(false)
    expect(voprf.finalize(bytes, asked, answer)).toMatchObject({ refusal: { code: 'KEY_INVALID' } })
    expect(voprf.finalize(key.publicKey, asked, { ...answer, elements })).toMatchObject({
      refusal: { code: 'VOPRF_ELEMENT', place: 'element 1' },
    })
    expect(voprf.evaluate(key, elements)).toMatchObject({ refusal: { code: 'VOPRF_ELEMENT', place: 'element 1' } })
  })

  test('too many or none are no batch, and a seed has 32 bytes', () => {
    const key = voprf.newKey()
    expect(voprf.evaluate(key, [])).toMatchObject({ refusal: { code: 'VOPRF_BATCH' } })
    const one = voprf.blind(text('x')).element
    expect(voprf.evaluate(key, new Array(65_536).fill(one))).toMatchObject({ refusal: { code: 'VOPRF_BATCH' } })
    expect(() => voprf.deriveKeyPair(new Uint8Array(31), text(''))).toThrow(RangeError)
    expect(() => voprf.blind(new Uint8Array(65_536))).toThrow(RangeError)
  })

  test('one in sixteen random strings is an element, and each is written in one way', () => {
    let elements = 0
    for (let at = 0; at < 2000; at++) {
      const bytes = createHash('sha256').update(`${at}`).digest()
      if (!voprf.isPublicKey(bytes)) continue
      elements++
      // The top bit is not ignored, and neither is what is added to the field.
      expect(voprf.isPublicKey(flipped(bytes, 255))).toBe(false)
    }
    // One in sixteen: not above the field, not negative, a square, a product that is not negative.
    expect(elements).toBeGreaterThan(60)
    expect(elements).toBeLessThan(200)
  })
})
