/** Letters as PDF, read back by another program. */
import { describe, expect, it } from 'vitest'
import {
  exhibitIndex,
  type LetterModel,
  type LetterRequest,
  languages,
  letterDocument,
  twoLanguageLetter,
  typesettingOf,
} from '../../src/casework/letter/index.ts'
import {
  machineValues,
  sampleBundle,
  sampleLabels,
  sampleNames,
  sampleRequest,
} from '../../src/casework/letter/testing/sample-requests.ts'
import { renderDocument } from '../../src/io/typst.ts'
import type { Result } from '../../src/kernel/index.ts'
import { attached, drawnText, drawnWords, fonts, information, popplerIsThere, squeezed, structure } from './poppler.ts'

function reached<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

async function pdfOf(model: LetterModel): Promise<Uint8Array> {
  return reached(await renderDocument(typesettingOf(model)))
}

const letters: readonly (readonly [string, () => LetterModel])[] = [
  ...sampleNames.flatMap((name) =>
    languages.map(
      (language) =>
        [`${name} in ${language}`, () => reached(letterDocument(sampleRequest(name), sampleLabels, language))] as const,
    ),
  ),
  ...languages.map(
    (language) => [`the exhibits in ${language}`, () => reached(exhibitIndex(sampleBundle, language))] as const,
  ),
  [
    'UNCAC, English beside Arabic',
    () => reached(twoLanguageLetter(sampleRequest('mla-fr-ae'), sampleLabels, ['en', 'ar'], 'beside')),
  ],
  [
    'UNCAC, Arabic beside Chinese',
    () => reached(twoLanguageLetter(sampleRequest('mla-fr-ae'), sampleLabels, ['ar', 'zh'], 'beside')),
  ],
  [
    'the freezing certificate, German after French',
    () => reached(twoLanguageLetter(sampleRequest('freezing-nl-de'), sampleLabels, ['fr', 'de'], 'after')),
  ],
]

function timesIn(text: string, part: string): number {
  return text.split(part).length - 1
}

/** Widths of one monospaced character, in points, at the sizes of the template. */
const advances = [10, 8, 9.2, 7.5, 8.5, 6].map((size) => size * 0.88 * 0.6)

describe.skipIf(!popplerIsThere).each(letters)('%s', (_, make) => {
  it('gives back every machine value, each character in its place', async () => {
    const model = make()
    const pdf = await pdfOf(model)
    const text = drawnText(pdf)
    // The digest and the identifier stand in the head of each page, the digest also in the box of each edition.
    const pages = Number(/Pages: +(\d+)/.exec(information(pdf))?.[1])
    const heads = Array.from({ length: pages }, () => [model.identifier, model.digest.join('')]).flat()
    const boxes = model.editions.map(() => model.digest.join(''))
    const values = [...machineValues(model), ...heads, ...boxes].map(squeezed)
    expect(values.length).toBeGreaterThan(5)
    // As often as it was printed: one that is right in a table may still be in disorder inside Arabic prose.
    const tooFew = [...new Set(values)].filter((one) => timesIn(text, one) < timesIn(values.join('\n'), one))
    expect(tooFew).toEqual([])
    // Characters that were drawn over each other, or apart, would be read in order and seen in disorder.
    const drawn = drawnWords(pdf).filter(
      ({ text: word }) => word.length >= 10 && values.some((value) => value.includes(word)),
    )
    expect(drawn.length).toBeGreaterThan(3)
    expect(
      drawn.filter(({ text: word, width }) => !advances.some((one) => Math.abs(width / word.length - one) < 0.02)),
    ).toEqual([])
  })

  it('is a tagged A4 PDF in its language with our fonts only', async () => {
    const model = make()
    const pdf = await pdfOf(model)
    expect(information(pdf)).toMatch(/Tagged: +yes/)
    expect(information(pdf)).toMatch(/Page size: +595[0-9.]* x 841[0-9.]* pts \(A4\)/)
    expect(structure(pdf)).toMatch(/H1[\s\S]*H2[\s\S]*Table[\s\S]*TH/)
    expect(Buffer.from(pdf).toString('latin1')).toMatch(new RegExp(`/Lang \\(${model.editions[0]?.language}`))
    expect(fonts(pdf).filter((name) => !/^NotoSans(Arabic|SC|Mono)?-(Regular|Bold)$/.test(name))).toEqual([])
  })

  it('has the machine-readable data inside, byte for byte', async () => {
    const model = make()
    const bytes = attached(await pdfOf(model), model.attachment.name)
    expect(bytes.toString('utf8')).toBe(model.attachment.text)
  })

  it('is the same bytes when it is made again', async () => {
    const first = await pdfOf(make())
    expect(Buffer.from(await pdfOf(make())).equals(first)).toBe(true)
  })
})

describe.skipIf(!popplerIsThere)('hostile content', () => {
  const hostile = [
    '#eval("1+1")',
    '#panic("out")',
    '#import "@preview/x:1.0.0"',
    '$x^2$',
    '\\u{41} \\',
    ']]]#[[',
    '}}}{{{',
    '*a* _b_ `c`',
    '= heading',
    '"); #read("/etc/passwd")',
    '<label> @ref // comment /* x',
    '{n} {m} {file} {source}',
    '%PDF-1.7 endobj',
  ]
  const request = (): LetterRequest => {
    const sample = sampleRequest('mla-fr-ae')
    const field = (text: string) =>
      ({
        label: { list: 'field', code: 'facts' },
        value: { kind: 'text', text: { language: 'en', text, translations: [] } },
      }) as const
    const references = [
      '#eval("1")',
      '\\\\n\\',
      ']]]',
      '$$',
      '~`!@#$%^&*()_+-={}|[]:";\'<>?,./',
      'end.',
      '.start',
      'a/b-c:d.e_f@g,h;i(j)k',
    ]
    return {
      ...sample,
      record: { id: sample.id, references },
      sections: [
        { id: 'facts', fields: hostile.map(field) },
        {
          id: 'case',
          fields: references.map(
            (value) => ({ label: { list: 'field', code: 'file' }, value: { kind: 'reference', value } }) as const,
          ),
        },
      ],
    }
  }

  it.each(languages)('is printed as it is in %s', async (language) => {
    const model = reached(letterDocument(request(), sampleLabels, language))
    const text = drawnText(await pdfOf(model))
    expect(hostile.filter((one) => !text.includes(squeezed(one)))).toEqual([])
    expect(machineValues(model).filter((one) => !text.includes(squeezed(one)))).toEqual([])
  })

  it('of great length loses nothing, in a row longer than a page', async () => {
    const long = Array.from({ length: 600 }, (_, index) => `word${index}`).join(' ')
    const sample = sampleRequest('mla-fr-ae')
    const text = { kind: 'text', text: { language: 'en', text: long, translations: [] } } as const
    const columns = ['facts', 'file'].map((code) => ({ list: 'field', code }))
    const table = { kind: 'table', columns, rows: [[text, text]] } as const
    const model = reached(
      twoLanguageLetter(
        {
          ...sample,
          record: { id: sample.id },
          sections: [{ id: 'facts', fields: [{ label: { list: 'field', code: 'facts' }, value: table }] }],
        },
        sampleLabels,
        ['en', 'ar'],
        'beside',
      ),
    )
    const drawn = drawnText(await pdfOf(model))
    const counts = Array.from({ length: 600 }, (_, index) => drawn.split(`word${index}word`).length - 1)
    expect(counts.slice(0, -1).filter((count) => count < 2)).toHaveLength(0)
  })
})
