import { describe, expect, it } from 'vitest'
import { canonicalJson, sha256Text } from '../../kernel/index.ts'
import { languages } from './languages.ts'
import { letterDocument, twoLanguageLetter } from './letter-document.ts'
import { wordsFor } from './letter-words.ts'
import type { LetterModel } from './model.ts'
import type { LetterRequest, LetterValue } from './request.ts'
import { textOf } from './runs.ts'
import { machineValues, sampleLabels, sampleNames, sampleRequest, textOfModel } from './testing/sample-requests.ts'

const freezing = sampleRequest('freezing-nl-de')
const mla = sampleRequest('mla-fr-ae')

function modelOf(result: ReturnType<typeof letterDocument>): LetterModel {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

/** The request with one field, in its record too. */
function withField(value: LetterValue, record: LetterRequest['record'] = { id: freezing.id }): LetterRequest {
  const field = { label: { list: 'field', code: 'amount' }, value }
  return { ...freezing, sections: [{ id: 'D', fields: [field] }], record }
}

const codeOf = (result: { ok: true } | { ok: false; refusal: { code: string } }) =>
  result.ok ? null : result.refusal.code

describe('a letter', () => {
  it.each(sampleNames.flatMap((name) => languages.map((language) => [name, language] as const)))(
    'of %s in %s is plain JSON and names the digest of what it attaches',
    (name, language) => {
      const request = sampleRequest(name)
      const model = modelOf(letterDocument(request, sampleLabels, language))
      expect(JSON.parse(JSON.stringify(model))).toEqual(model)
      expect(model.attachment.text).toBe(canonicalJson(request.record))
      expect(model.digest.join('')).toBe(sha256Text(canonicalJson(request.record)))
      expect(model.editions[0]?.direction).toBe(language === 'ar' ? 'rtl' : 'ltr')
    },
  )

  it('without a form has the sections of UNODC in their order, also those that nothing is stated for', () => {
    const shuffled = { ...mla, sections: [...mla.sections].reverse() }
    const headings = modelOf(letterDocument(shuffled, sampleLabels, 'en')).editions[0]?.sections.map(({ heading }) =>
      textOf(heading),
    )
    expect(headings).toEqual([
      '1. Requesting authority and contact',
      '2. Requested authority',
      '3. Legal basis',
      '4. Case',
      '5. Facts',
      '6. Offences and penalties',
      '7. Assistance requested',
      '8. Link between the case and the requested State',
      '9. Confidentiality',
      '10. Urgency and reasons',
      '11. Special procedures',
      '12. Reciprocity and undertakings',
      '13. Enclosures',
      '14. Signature and approvals',
    ])
  })

  it('with a form has the sections of the form, A to P, and then the signature', () => {
    const headings = modelOf(letterDocument(freezing, sampleLabels, 'de')).editions[0]?.sections.map(({ heading }) =>
      textOf(heading),
    )
    expect(headings?.map((heading) => heading.slice(0, 2))).toEqual(
      [...'ABCDEFGHIJKLMNOP'].map((letter) => `${letter}.`).concat('Un'),
    )
    expect(headings?.[3]).toBe('D. Vermögensgegenstände')
  })

  it('says of its text whether it is translated, and by whom', () => {
    const inGerman = textOfModel(modelOf(letterDocument(freezing, sampleLabels, 'de')))
    expect(inGerman).toContain('menschliche Übersetzung; Originalsprache: Niederländisch')
    expect(inGerman).toContain('J. Voorbeeld (beëdigd vertaler)')
    expect(textOfModel(modelOf(letterDocument(freezing, sampleLabels, 'en')))).toContain(
      'machine translation from Dutch, to be checked',
    )
    expect(textOfModel(modelOf(letterDocument(freezing, sampleLabels, 'zh')))).toContain('未翻译；原文语言：荷兰语')
  })

  it('in two languages prints an original once, and text in its own language without a mark', () => {
    const model = modelOf(twoLanguageLetter(mla, sampleLabels, ['en', 'ar'], 'beside'))
    const text = textOfModel(model)
    expect(text.split('Le prestataire qui gère l’adresse est établi à Dubaï.')).toHaveLength(2)
    expect(model.layout).toBe('beside')
    expect(model.editions.map(({ sections }) => sections.map(({ fields }) => fields.length))).toSatisfy(
      ([first, second]: number[][]) => JSON.stringify(first) === JSON.stringify(second),
    )
  })

  it('says which rule is verified and which is not', () => {
    expect(textOfModel(modelOf(letterDocument(freezing, sampleLabels, 'en')))).toContain('unverified rule: ')
    expect(textOfModel(modelOf(letterDocument(mla, sampleLabels, 'en')))).not.toContain('unverified rule')
  })

  it('prints a code without words as the code, and says so', () => {
    const text = textOfModel(
      modelOf(
        letterDocument(withField({ kind: 'code', code: { list: 'urgency', code: 'toString' } }), sampleLabels, 'fr'),
      ),
    )
    expect(text).toContain('toString')
    expect(text).toContain(wordsFor('noLabel', 'fr'))
  })

  it('prints amounts exactly, in the asset and in base units', () => {
    const baseUnits = '123456789012345678901234567890'
    const request = withField(
      { kind: 'amount', baseUnits, decimals: 18, symbol: 'ETH', asset: null },
      { id: freezing.id, baseUnits },
    )
    expect(machineValues(modelOf(letterDocument(request, sampleLabels, 'en')))).toEqual(
      expect.arrayContaining(['123456789012.345678901234567890 ETH', baseUnits]),
    )
  })

  it('carries banners until it is approved, and in training', () => {
    const banners = (request: LetterRequest) =>
      modelOf(letterDocument(request, sampleLabels, 'en')).editions[0]?.banners.map(textOf)
    expect(banners(freezing)).toEqual([])
    expect(banners({ ...freezing, state: 'draft' })).toEqual(['DRAFT – not approved, not to be sent'])
    expect(banners({ ...freezing, training: true })).toEqual(['TRAINING – no legal effect, invented persons'])
    expect(banners(sampleRequest('preservation-budapest'))).toHaveLength(2)
  })

  it('names each approval with role, time and credential', () => {
    const values = machineValues(modelOf(letterDocument(freezing, sampleLabels, 'en')))
    for (const { credentialId } of freezing.approvals) expect(values).toContain(credentialId)
    expect(values).toContain('2026-11-24 09:41:07 Europe/Amsterdam (UTC+01:00)')
    expect(values).toContain('2026-11-24 08:41:07 UTC')
  })

  it('says that its labels are not official where they are not', () => {
    const closing = (official: boolean) =>
      modelOf(letterDocument(freezing, { ...sampleLabels, official }, 'en')).editions[0]?.closing.map(textOf)
    expect(closing(false)?.[1]).toContain('not the official wording')
    expect(closing(true)?.[1]).not.toContain('not the official wording')
  })
})

describe('a letter is refused', () => {
  const address = { kind: 'address', value: 'bc1qpx7vyv5tp7dm0g475ev527krg764t73dh77gls', chain: null } as const

  it.each<[string, LetterRequest, string]>([
    ['that prints an address its record does not hold', withField(address), 'LETTER_VALUE_NOT_IN_RECORD'],
    [
      'that prints an address which differs in one character',
      withField(address, { id: freezing.id, to: address.value.replace('px7v', 'px7w') }),
      'LETTER_VALUE_NOT_IN_RECORD',
    ],
    [
      'that prints an amount its record does not hold',
      withField(
        { kind: 'money', minorUnits: '100', decimals: 2, currency: 'EUR' },
        { id: freezing.id, amount: '1000' },
      ),
      'LETTER_VALUE_NOT_IN_RECORD',
    ],
    ['whose record has another identifier', { ...freezing, id: 'OTHER' }, 'LETTER_VALUE_NOT_IN_RECORD'],
    ['that is approved by nobody', { ...freezing, approvals: [] }, 'LETTER_APPROVED_BY_NOBODY'],
    [
      'with a section twice',
      { ...freezing, sections: [...freezing.sections, ...freezing.sections] },
      'LETTER_SECTION_UNKNOWN',
    ],
    ['with a section of another form', { ...mla, sections: freezing.sections }, 'LETTER_SECTION_UNKNOWN'],
    [
      'whose record holds a fraction',
      { ...freezing, record: { id: freezing.id, amount: 0.5 } },
      'LETTER_RECORD_UNHASHABLE',
    ],
    [
      'whose record holds a lone surrogate',
      { ...freezing, record: { id: freezing.id, text: '\ud800' } },
      'LETTER_RECORD_UNHASHABLE',
    ],
    [
      'with an amount that is a decimal',
      withField(
        { kind: 'amount', baseUnits: '1.5', decimals: 8, symbol: 'BTC', asset: null },
        { id: freezing.id, amount: '1.5' },
      ),
      'LETTER_AMOUNT_UNREADABLE',
    ],
    ['with an override in a name', withField({ kind: 'plain', text: 'Jansen\u202e' }), 'LETTER_TEXT_CONTROL'],
    [
      'with text in no language',
      withField({ kind: 'text', text: { language: 'en"', text: 'x', translations: [] } }),
      'LETTER_LANGUAGE_UNREADABLE',
    ],
    [
      'with a translation that changes an address',
      withField({
        kind: 'text',
        text: {
          language: 'nl',
          text: `naar ${address.value}`,
          translations: [
            { language: 'en', text: `to ${address.value.replace('px7v', 'px7w')}`, by: 'machine', translator: null },
          ],
        },
      }),
      'LETTER_TRANSLATION_DIFFERS',
    ],
    [
      'with a translation that drops a hash',
      withField({
        kind: 'text',
        text: {
          language: 'nl',
          text: `transactie ${'ab12'.repeat(16)}`,
          translations: [{ language: 'en', text: 'a transaction', by: 'human', translator: null }],
        },
      }),
      'LETTER_TRANSLATION_DIFFERS',
    ],
    ['issued at no time', { ...freezing, issued: { instant: 'now', zone: 'UTC' } }, 'LETTER_TIME_UNREADABLE'],
  ])('%s', (_, request, code) => {
    expect(codeOf(letterDocument(request, sampleLabels, 'en'))).toBe(code)
  })

  it('in one language twice', () => {
    expect(codeOf(twoLanguageLetter(mla, sampleLabels, ['fr', 'fr'], 'after'))).toBe('LETTER_LANGUAGE_TWICE')
  })
})
