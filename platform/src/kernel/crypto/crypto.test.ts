import { describe, expect, test } from 'vitest'
import { hexToBytes } from '../bytes.ts'
import {
  deriveKey,
  newSecret,
  newSigningKey,
  parsePublicKey,
  seal,
  seedOf,
  signEd25519,
  signingKeyFromSeed,
  unseal,
  verifyEd25519,
} from './index.ts'

describe('Ed25519', () => {
  test('signs as RFC 8032 section 7.1, test 2, does', () => {
    const key = signingKeyFromSeed(hexToBytes('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'))
    expect(key.publicKey.bytes).toEqual(hexToBytes('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'))
    const signature = signEd25519(key, hexToBytes('72'))
    expect(signature).toEqual(
      hexToBytes(
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      ),
    )
    expect(verifyEd25519(key.publicKey, hexToBytes('72'), signature)).toBe(true)
    expect(verifyEd25519(key.publicKey, hexToBytes('73'), signature)).toBe(false)
    expect(seedOf(key)).toEqual(hexToBytes('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'))
  })

  test.each([
    ['the neutral point', `01${'00'.repeat(31)}`],
    ['order 2', `ec${'ff'.repeat(30)}7f`],
    ['order 4', '00'.repeat(32)],
    ['order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['order 8, the other', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
    ['the neutral point with a sign', `01${'00'.repeat(30)}80`],
    ['a y above the field', `ee${'ff'.repeat(30)}7f`],
    ['31 bytes', '01'.repeat(31)],
  ])('refuses %s as a key', (_, hex) => {
    expect(parsePublicKey(hexToBytes(hex))).toMatchObject({ ok: false, refusal: { code: 'KEY_INVALID' } })
  })

  test('accepts every key that it makes', () => {
    for (let at = 0; at < 50; at++) expect(parsePublicKey(newSigningKey().publicKey.bytes).ok).toBe(true)
  })
})

describe('sealing', () => {
  const key = newSecret()
  const plain = new TextEncoder().encode('who, where')
  test('opens what it sealed, for the same purpose only, and never the same bytes twice', () => {
    const sealed = seal(key, plain, 'record/case/1')
    expect(unseal(key, sealed, 'record/case/1')).toEqual({ ok: true, value: plain })
    expect(unseal(key, sealed, 'record/case/2').ok).toBe(false)
    expect(unseal(deriveKey(key, 'other'), sealed, 'record/case/1').ok).toBe(false)
    expect(seal(key, plain, 'record/case/1')).not.toEqual(sealed)
  })

  test('finds every changed byte', () => {
    const sealed = seal(key, plain, 'p')
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(unseal(key, changed, 'p')).toMatchObject({ ok: false, refusal: { code: 'SEAL_BROKEN' } })
    }
  })
})
