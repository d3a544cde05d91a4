import { expect, it } from 'vitest'
import { canonicalJson, type Json, sha256Text } from '../../kernel/index.ts'
import { exhibitIndex } from './exhibit-index.ts'
import { languages } from './languages.ts'
import { machineValues, sampleBundle, textOfModel } from './testing/sample-requests.ts'

it.each(languages)('in %s shows every hash whole, every custody event and the checkpoint', (language) => {
  const result = exhibitIndex(sampleBundle, language)
  if (!result.ok) throw new Error(result.refusal.message)
  const values = machineValues(result.value)
  const text = textOfModel(result.value)
  for (const { number, sha256, acquirer, authority, custody } of sampleBundle.exhibits) {
    expect(values).toEqual(expect.arrayContaining([number, sha256]))
    for (const words of [acquirer, authority, ...custody.flatMap(({ what, by }) => [what.text, by])])
      expect(text).toContain(words)
  }
  const { checkpoint } = sampleBundle
  expect(values).toEqual(expect.arrayContaining([checkpoint?.root, checkpoint?.size, checkpoint?.origin]))
  expect(result.value.digest.join('')).toBe(sha256Text(canonicalJson(sampleBundle as unknown as Json)))
})

it('says so where nothing is in it', () => {
  const result = exhibitIndex({ ...sampleBundle, exhibits: [], checkpoint: null }, 'en')
  if (!result.ok) throw new Error(result.refusal.message)
  expect(textOfModel(result.value)).toContain('The bundle holds no exhibit.')
  expect(textOfModel(result.value)).toContain('not stated')
})

it('refuses a hash that cannot be typed again', () => {
  const exhibits = sampleBundle.exhibits.map((exhibit) => ({ ...exhibit, sha256: `${exhibit.sha256}\u200b` }))
  expect(exhibitIndex({ ...sampleBundle, exhibits }, 'en')).toMatchObject({
    ok: false,
    refusal: { code: 'LETTER_MACHINE_VALUE_UNPRINTABLE' },
  })
})
