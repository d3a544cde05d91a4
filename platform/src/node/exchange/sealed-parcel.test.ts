import { expect, test } from 'vitest'
import { hpkeKeyIdOf } from '../../exchange/attachments/crypto/index.ts'
import { newHpkeKey } from '../../kernel/crypto/index.ts'
import { textToBytes } from '../../kernel/index.ts'
import { openParcel, sealParcel } from './sealed-parcel.ts'

const key = newHpkeKey()
const keyId = hpkeKeyIdOf(key.publicKey)
const ownKey = (id: string) => (id === keyId ? key : null)
const plain = textToBytes('Freeze what is at bc1q…\n'.repeat(50))
const sealed = sealParcel(plain, 'ee-fiu', { key: key.publicKey, keyId })

test('a parcel opens for whom it names, and shows nothing of what is in it on the way', () => {
  expect(openParcel(sealed, 'ee-fiu', ownKey)).toEqual({ ok: true, value: plain })
  expect(Buffer.from(sealed).includes('Freeze')).toBe(false)
})

test('it opens for nobody else, under no other key, and with no byte changed, cut off or added', () => {
  expect(openParcel(sealed, 'de-bka', ownKey)).toMatchObject({ refusal: { code: 'EXCHANGE_RECIPIENT' } })
  expect(openParcel(sealed, 'ee-fiu', () => null)).toMatchObject({ refusal: { code: 'EXCHANGE_PARCEL' } })
  expect(openParcel(sealed, 'ee-fiu', () => newHpkeKey())).toMatchObject({ refusal: { code: 'EXCHANGE_PARCEL' } })
  for (let at = 0; at < sealed.length; at++) {
    const changed = Uint8Array.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(openParcel(changed, 'ee-fiu', ownKey).ok, `byte ${at}`).toBe(false)
  }
  for (const length of [0, 10, 300, sealed.length - 1])
    expect(openParcel(sealed.subarray(0, length), 'ee-fiu', ownKey).ok, `${length} bytes`).toBe(false)
  expect(openParcel(Uint8Array.of(...sealed, 0), 'ee-fiu', ownKey).ok).toBe(false)
})
