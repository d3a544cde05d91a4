import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hpkeKeyFromSecret } from '../../kernel/crypto/index.ts'
import { type AttachmentVector, attachmentVectors } from './testing/attachment-vectors.ts'
import { opened } from './testing/sealed.ts'

const FILE = join(import.meta.dirname, '../../../../vectors/attachments/vectors.json')
const vectors = JSON.parse(readFileSync(FILE, 'utf8')) as readonly AttachmentVector[]

test('are what sealing gives today, bit for bit', async () => {
  expect(await attachmentVectors()).toEqual(vectors)
})

const bytes = (base64: string | null) => new Uint8Array(Buffer.from(base64 ?? '', 'base64'))

test.each(vectors.filter(({ cipher }) => cipher !== null).map((vector) => [vector.claim, vector] as const))(
  '%s',
  async (_, { receiver, place, attachment, cipher, plain, refused }) => {
    const result = await opened({
      plain: bytes(plain),
      cipher: bytes(cipher),
      part: attachment,
      place,
      key: hpkeKeyFromSecret(bytes(receiver)),
    })
    if (refused === null) expect(result).toEqual({ ok: true, value: bytes(plain) })
    else expect(result).toMatchObject({ ok: false, refusal: { code: refused } })
  },
)
