import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../bytes.ts'
import { sealerFrom, senderWith } from './hpke.ts'
import {
  type HpkeReceiver,
  hpkeKeyFromSecret,
  hpkeSecretOf,
  newHpkeKey,
  newSecret,
  openReceiver,
  openSender,
  publicHpkeKey,
} from './index.ts'

const VECTOR = join(import.meta.dirname, '../../../../vectors/hpke/x25519-sha256-aes256gcm.txt')
const text = (words: string) => new TextEncoder().encode(words)
const nothing = new Uint8Array()

type Section = { readonly name: string; readonly fields: Record<string, string> }

/** The setup, then one section for each encryption and each export. */
function sections(): readonly Section[] {
  const found: Section[] = [{ name: 'setup', fields: {} }]
  for (const line of readFileSync(VECTOR, 'utf8').split('\n')) {
    if (line.startsWith('# ')) found.push({ name: line.slice(2), fields: {} })
    const [key, value] = line.split(' =')
    if (key && value !== undefined) (found.at(-1) as Section).fields[key] = value.trim()
  }
  return found
}

const [setup, ...rest] = sections()
const field = (section: Section | undefined, name: string) => hexToBytes(section?.fields[name] ?? '?')
const numberOf = ({ name }: Section) => Number(/\[(\d+)\]/.exec(name)?.[1])
const encryptions = rest.filter(({ name }) => name.startsWith('encryptions'))
const exports = rest.filter(({ name }) => name.startsWith('exports'))

function receiverOf(key = newHpkeKey(), info = nothing) {
  const sender = openSender(key.publicKey, info)
  const receiver = openReceiver(key, sender.encapsulated, info)
  if (!receiver.ok) throw new Error(receiver.refusal.message)
  return { sender, receiver: receiver.value as HpkeReceiver }
}

describe('HPKE as RFC 9180 has it', () => {
  const recipient = hpkeKeyFromSecret(field(setup, 'skRm'))
  const ephemeral = hpkeKeyFromSecret(field(setup, 'skEm'))
  const sender = () => senderWith(ephemeral, recipient.publicKey, field(setup, 'info'))

  test('computes the public keys of the vector', () => {
    expect(bytesToHex(recipient.publicKey.bytes)).toBe(setup?.fields.pkRm)
    expect(bytesToHex(sender().encapsulated)).toBe(setup?.fields.pkEm)
    expect([encryptions.length, exports.length]).toEqual([12, 3])
  })

  test('seals and opens every encryption at its place', () => {
    const sealing = sender()
    const opening = openReceiver(recipient, field(setup, 'pkEm'), field(setup, 'info'))
    if (!opening.ok) throw new Error(opening.refusal.message)
    const bySequence = new Map(encryptions.map((section) => [numberOf(section), section]))
    let compared = 0
    for (let at = 0; at <= 256; at++) {
      const expected = bySequence.get(at)
      const aad = text(`Count-${at}`)
      const sealed = sealing.seal(field(encryptions[0], 'pt'), aad)
      if (expected) {
        expect(aad).toEqual(field(expected, 'aad'))
        expect(bytesToHex(sealed)).toBe(expected.fields.ct)
        compared++
      }
      expect(opening.value.open(sealed, aad)).toEqual({ ok: true, value: field(encryptions[0], 'pt') })
    }
    expect(compared).toBe(12)
  })

  test('exports the secrets of the vector, on both sides', () => {
    const opening = openReceiver(recipient, field(setup, 'pkEm'), field(setup, 'info'))
    if (!opening.ok) throw new Error(opening.refusal.message)
    for (const one of exports) {
      const length = Number(one.fields.L)
      expect(bytesToHex(sender().export(field(one, 'exporter_context'), length))).toBe(one.fields.exported_value)
      expect(bytesToHex(opening.value.export(field(one, 'exporter_context'), length))).toBe(one.fields.exported_value)
    }
    // Longer than one block of HKDF: RFC 5869 makes it of blocks, but the length is part of the label.
    expect(sender().export(nothing, 70)).toHaveLength(70)
    expect(() => sender().export(nothing, 255 * 32 + 1)).toThrow(RangeError)
  })
})

describe('an X25519 key', () => {
  // RFC 7748 section 7 and the curve equation: the points whose order divides 8, on the curve and on its twist.
  test.each([
    ['zero', '00'.repeat(32)],
    ['one', `01${'00'.repeat(31)}`],
    ['order 8', 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'],
    ['order 8, the other', '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157'],
    ['minus one', `ec${'ff'.repeat(30)}7f`],
    ['the field', `ed${'ff'.repeat(30)}7f`],
    ['the field and one', `ee${'ff'.repeat(30)}7f`],
    ['nine, with the bit that is ignored', `09${'00'.repeat(30)}80`],
    ['31 bytes', '09'.repeat(31)],
    ['33 bytes', '09'.repeat(33)],
  ])('is refused as %s, as a key and as an encapsulated one', (_, hex) => {
    expect(publicHpkeKey(hexToBytes(hex))).toMatchObject({ ok: false, refusal: { code: 'KEY_INVALID' } })
    expect(openReceiver(newHpkeKey(), hexToBytes(hex), nothing)).toMatchObject({ ok: false })
  })

  test('passes the gate when it was made here, and comes back from its secret', () => {
    for (let at = 0; at < 20; at++) {
      const key = newHpkeKey()
      expect(publicHpkeKey(key.publicKey.bytes)).toMatchObject({ ok: true })
      expect(hpkeKeyFromSecret(hpkeSecretOf(key)).publicKey.bytes).toEqual(key.publicKey.bytes)
    }
    expect(() => hpkeKeyFromSecret(new Uint8Array(31))).toThrow(RangeError)
  })
})

describe('a context', () => {
  test('opens in order only, and a refusal does not move it on', () => {
    const { sender, receiver } = receiverOf()
    const first = sender.seal(text('one'), nothing)
    const second = sender.seal(text('two'), nothing)
    expect(receiver.open(second, nothing)).toMatchObject({ ok: false, refusal: { code: 'SEAL_BROKEN' } })
    expect(receiver.open(first, text('other'))).toMatchObject({ ok: false })
    expect(receiver.open(first, nothing)).toEqual({ ok: true, value: text('one') })
    expect(receiver.open(first, nothing)).toMatchObject({ ok: false })
    expect(receiver.open(second, nothing)).toEqual({ ok: true, value: text('two') })
    expect(receiver.open(new Uint8Array(15), nothing)).toMatchObject({ ok: false })
  })

  test('opens for its receiver and its information only', () => {
    const key = newHpkeKey()
    const sender = openSender(key.publicKey, text('info'))
    const sealed = sender.seal(text('who'), nothing)
    for (const [at, info] of [
      [newHpkeKey(), 'info'],
      [key, 'other'],
    ] as const) {
      const receiver = openReceiver(at, sender.encapsulated, text(info))
      expect(receiver.ok && receiver.value.open(sealed, nothing).ok).toBe(false)
    }
    const another = openReceiver(key, newHpkeKey().publicKey.bytes, text('info'))
    expect(another.ok && another.value.open(sealed, nothing).ok).toBe(false)
    expect(openSender(key.publicKey, text('info')).encapsulated).not.toEqual(sender.encapsulated)
  })

  test('finds every changed bit', () => {
    const { sender, receiver } = receiverOf()
    const sealed = sender.seal(text('who, where'), text('aad'))
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Uint8Array.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(receiver.open(changed, text('aad')).ok).toBe(false)
    }
    expect(receiver.open(sealed, text('aad')).ok).toBe(true)
  })

  test('stops before a nonce would come again', () => {
    const schedule = { key: newSecret(), baseNonce: newSecret(12), exporterSecret: newSecret() }
    const seal = sealerFrom(schedule, 2 ** 32 - 1)
    expect(seal(nothing, nothing)).toHaveLength(16)
    expect(() => seal(nothing, nothing)).toThrow(RangeError)
  })
})
