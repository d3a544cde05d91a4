import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Result, textToBytes } from '../../../kernel/index.ts'
import type { BodyOf } from '../../wire/index.ts'
import { inventedHead as head, inventedProfile as profile } from '../testing/goaml-profile.ts'
import { answerToReport, requestToReport, suspendToReport } from './from-message.ts'
import { readGoamlReport, writeGoamlReport } from './report-xml.ts'
import { readSections, writeSections } from './sections.ts'
import { reportToAnswer, reportToPayments, reportToRequest } from './to-message.ts'

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}
const read = (xml: string) => readGoamlReport(textToBytes(xml), profile)

type Body = BodyOf<'fiu.request', 1>
const id = (kind: Body['identifiers'][number]['kind'], text: string) => ({
  kind,
  value: text,
  from: null,
  to: null,
  zone: null,
})
const body: Body = {
  facts: {
    summary: 'Money of a fraud moved.\n[not a heading of ours]\n[link]\n\\ a line that begins with a backslash',
    from: '2026-01-01T00:00:00.000Z',
    to: null,
    places: ['Wien', 'Tallinn "Old Town"'],
    transactions: [{ chain: 'bip122:000000000019d6689c085ae165831e93', id: 'ab'.repeat(32), note: 'to the exchange' }],
  },
  background: 'What is known.',
  reasons: 'Why & how <it> is asked.',
  link: 'The account is there.',
  persons: [
    {
      kind: 'natural',
      name: 'Anna Maria Berger',
      aliases: ['AMB', 'annab'],
      born: '1980-02-29',
      nationalities: ['AT', 'DE', 'EE', 'FR'],
      identifiers: [
        id('document', 'P123'),
        id('phone', '+43 1 1'),
        id('email', 'a@example.org'),
        id('email', 'b@example.org'),
        id('user-id', 'line one\nline two'),
      ],
      ledCategory: 'SUSPECT',
      position: 'OWNER',
    },
    {
      kind: 'legal',
      name: 'Shell Ltd',
      aliases: ['Shell'],
      born: null,
      nationalities: ['GB'],
      identifiers: [id('document', 'C-9')],
      ledCategory: null,
      position: null,
    },
  ],
  identifiers: [
    id('address', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'),
    id('account', 'AT611904300234573201'),
    id('ip', '192.0.2.1'),
  ],
  use: 'Intelligence.',
  priority: 'urgent',
  onward: 'The prosecutor.',
}

describe('a request between FIUs as a goAML report', () => {
  const made = value(requestToReport(body, head, profile))
  const xml = value(writeGoamlReport(made.report, profile))

  test('holds all of it, and comes back as what it was', () => {
    expect(made.notMapped).toEqual([])
    const back = value(read(xml))
    expect(back.notRead).toEqual([])
    expect(back.report).toEqual(made.report)
    const draft = value(reportToRequest(back.report, profile))
    expect(draft.body).toEqual(body)
    expect(draft.missing).toEqual([])
    expect(draft.notMapped).toEqual(['/entity_reference', '/fiu_ref_number', '/report_indicators/indicator/0'])
  })

  test('has its elements in the order of goAML, and an address as an account', () => {
    const names = [...xml.matchAll(/^ {2}<([a-z_]+)/gm)].map(([, name]) => name)
    expect(names).toEqual([
      'rentity_id',
      'submission_code',
      'report_code',
      'entity_reference',
      'fiu_ref_number',
      'submission_date',
      'currency_code_local',
      'reason',
      'action',
      'activity',
      'report_indicators',
    ])
    expect(made.report.activity?.report_parties.report_party[2]).toEqual({
      account: {
        institution_name: 'Self-hosted wallet',
        account: 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
        personal_account_type: 'W',
      },
    })
  })

  test('names what goAML has no place for', () => {
    const [address] = body.identifiers
    const dated = {
      ...body,
      identifiers: [
        { ...(address as Body['identifiers'][number]), zone: 'Europe/Vienna', from: '2026-01-01T00:00:00.000Z' },
      ],
    }
    expect(value(requestToReport(dated, head, profile)).notMapped).toEqual([
      '/identifiers/0/from',
      '/identifiers/0/zone',
    ])
  })

  test('is refused with a code of another list, and with what is too long: nothing is cut', () => {
    expect(requestToReport(body, { ...head, reportCode: 'STR' }, profile)).toMatchObject({
      refusal: { code: 'GATEWAY_GOAML_CODE' },
    })
    expect(writeGoamlReport(made.report, { ...profile, indicators: [] })).toMatchObject({
      refusal: { code: 'GATEWAY_GOAML_CODE', place: '/report/report_indicators/indicator[1]' },
    })
    expect(writeGoamlReport(made.report, { ...profile, maxText: 20 })).toMatchObject({
      refusal: { code: 'GATEWAY_GOAML_LENGTH', place: '/report/reason' },
    })
    const long = { ...body, persons: [{ ...(body.persons[0] as Body['persons'][number]), name: 'x'.repeat(101) }] }
    expect(writeGoamlReport(value(requestToReport(long, head, profile)).report, profile)).toMatchObject({
      refusal: { code: 'GATEWAY_XML_VALUE', place: '/report/activity/report_parties/report_party/person/last_name' },
    })
    const control = { ...body, link: 'a\u0007b' }
    expect(writeGoamlReport(value(requestToReport(control, head, profile)).report, profile)).toMatchObject({
      refusal: { code: 'GATEWAY_TEXT', place: '/report/reason' },
    })
  })

  test('a person comes back whole, whatever it is found by, in an order by kind', () => {
    const kinds = [
      'name',
      'date-of-birth',
      'document',
      'account',
      'address',
      'transaction',
      'email',
      'phone',
      'ip',
      'device',
      'user-id',
      'domain',
      'other',
    ] as const
    const word = fc
      .string({
        unit: fc.constantFrom('a', ' ', '"', ':', '\\', '\n', 'é', '漢', 'alias: ', '[x]'),
        minLength: 1,
        maxLength: 12,
      })
      .map((one) => `x${one}x`)
    const person = fc.record({
      kind: fc.constantFrom('natural' as const, 'legal' as const),
      name: fc.option(word),
      aliases: fc.array(word, { maxLength: 3 }),
      born: fc.constantFrom(null, '2000-02-29'),
      nationalities: fc.uniqueArray(fc.constantFrom('AT', 'EE', 'FR', 'JP', 'BR'), { maxLength: 5 }),
      identifiers: fc.array(
        fc.tuple(fc.constantFrom(...kinds), word).map(([kind, text]) => id(kind, text)),
        { maxLength: 5 },
      ),
      ledCategory: fc.constantFrom(null, 'WITNESS' as const),
      position: fc.constantFrom(null, 'THIRD_PARTY' as const),
    })
    const sorted = (one: Body['persons'][number] | undefined) => ({
      ...one,
      identifiers: one?.identifiers.map((each) => JSON.stringify(each)).sort(),
    })
    fc.assert(
      fc.property(person, (one) => {
        const made = value(requestToReport({ ...body, persons: [one] }, head, profile))
        expect(made.notMapped).toEqual([])
        const back = value(read(value(writeGoamlReport(made.report, profile))))
        expect(sorted(value(reportToRequest(back.report, profile)).body.persons?.[0])).toEqual(sorted(one))
      }),
      { numRuns: 60 },
    )
  })

  test('an answer comes back as well', () => {
    const answer: BodyOf<'fiu.answer', 1> = {
      text: 'Known here.',
      persons: body.persons,
      identifiers: body.identifiers,
      consent: 'as-asked',
    }
    const report = value(answerToReport(answer, head, profile))
    const back = value(read(value(writeGoamlReport(report.report, profile))))
    expect(value(reportToAnswer(back.report, profile)).body).toEqual(answer)
  })
})

describe('sections of text', () => {
  test('come apart as they were put together', () => {
    const text = fc
      .array(fc.constantFrom('[a]', '[b]', '\\', '\\[a]', 'x', '', ' [a]', '[a] '), { minLength: 1 })
      .map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (a, b) => {
        const written = writeSections([
          ['a', a],
          ['none', null],
          ['b', b],
        ])
        expect(readSections(written ?? '')).toEqual(
          new Map([
            ['a', a],
            ['b', b],
          ]),
        )
      }),
    )
  })

  test('are no sections where somebody else wrote the text', () => {
    expect(readSections('Dear colleagues,\n[a]\nx')).toBeNull()
    expect(writeSections([['a', null]])).toBeNull()
  })
})

describe('a payment to be stopped as a goAML report', () => {
  const { amount, asset } = { amount: '150000000', asset: 'bip122:000000000019d6689c085ae165831e93/slip44:0' }
  const payment = {
    from: id('address', 'bc1qa'),
    to: id('account', 'EE38'),
    sum: { amount, asset },
    at: '2026-11-25T08:00:00.000Z',
    reference: 'ab'.repeat(20),
  }
  const suspend: BodyOf<'fiu.suspend', 1> = {
    payment,
    entity: { name: 'Exchange AS', country: 'EE', kind: 'provider', agency: null, address: null, reference: null },
    reason: 'Fraud.',
    report: null,
    hours: 72,
    followUp: 'An order.',
  }
  const how = {
    transmode: 'VA',
    fundsCode: 'K',
    countries: { from: 'AT', to: 'EE' },
    worth: { amount: '90000.50', source: 'rate of the day' },
  }
  const suspicion = { ...head, reportCode: 'SAR' }

  test('is one transaction, with its worth as somebody states it and the asset beside it', () => {
    const made = value(suspendToReport(suspend, suspicion, profile, how))
    expect(made.notMapped).toEqual(['/entity/kind'])
    const back = value(read(value(writeGoamlReport(made.report, profile))))
    expect(back.report).toEqual(made.report)
    expect(back.report.transaction?.[0]).toMatchObject({
      amount_local: '90000.50',
      goods_services: { item: [{ item_type: 'VASSET', description: asset, comments: amount }] },
      t_from: { from_account: { institution_name: 'Self-hosted wallet', account: 'bc1qa' } },
    })
    const found = value(reportToPayments(back.report, profile))
    expect(found.payments).toEqual([{ ...payment, sum: { amount: '9000050', asset: 'iso4217:EUR' } }])
    expect(found.notMapped).toContain('/transaction/0/goods_services/item/0/description')
  })

  test('applies no rate of its own, and needs an account or an address on each side', () => {
    expect(suspendToReport(suspend, suspicion, profile, { ...how, worth: null })).toMatchObject({
      refusal: { code: 'GATEWAY_GOAML_VALUE', place: '/payment/sum' },
    })
    const inEuro = { ...suspend, payment: { ...payment, sum: { amount: '5', asset: 'iso4217:EUR' } } }
    const made = value(suspendToReport(inEuro, suspicion, profile, { ...how, worth: null }))
    expect(made.report.transaction?.[0]?.amount_local).toBe('0.05')
    const byPhone = { ...suspend, payment: { ...payment, to: id('phone', '+372') } }
    expect(suspendToReport(byPhone, suspicion, profile, how)).toMatchObject({
      refusal: { code: 'GATEWAY_GOAML_VALUE', place: '/payment/to' },
    })
  })
})

describe('a report of somebody else', () => {
  const person = '<first_name>Jo</first_name><last_name>Doe</last_name><birthdate>1970-01-01T00:00:00</birthdate>'
  const transaction = `<transaction><transactionnumber>T1</transactionnumber><date_transaction>2026-11-01T12:00:00</date_transaction>
<transmode_code>VA</transmode_code><amount_local>10.00</amount_local>
<t_from_my_client><from_funds_code>K</from_funds_code><from_account><account>A1</account><signatory><t_person>${person}</t_person></signatory></from_account><from_country>AT</from_country></t_from_my_client>
<t_to><to_funds_code>K</to_funds_code><to_person>${person}</to_person><to_country>EE</to_country></t_to></transaction>`
  const xml = `<report><rentity_id>5</rentity_id><rentity_branch/><submission_code>E</submission_code><report_code>STR</report_code>
<submission_date>2026-11-02T00:00:00</submission_date><currency_code_local>EUR</currency_code_local><reason>Odd.</reason>
${transaction}<report_indicators><indicator>VA2</indicator></report_indicators></report>`

  test('is read, in whatever order, and empty elements say nothing', () => {
    const found = value(read(xml))
    expect(found.notRead).toEqual([])
    expect(found.report.rentity_branch).toBeUndefined()
    const [, first, second] = /(<reason>.*<\/reason>)\s*(<transaction>[\s\S]*<\/transaction>)/.exec(xml) ?? []
    const turned = xml.replace(`${first}\n${second}`, `${second}${first}`)
    expect(turned).not.toBe(xml)
    expect(value(read(turned)).report).toEqual(found.report)
  })

  test('what it says and a message cannot hold is named, whole', () => {
    const { payments, notMapped } = value(reportToPayments(value(read(xml)).report, profile))
    expect(payments).toEqual([])
    expect(notMapped).toContain('/transaction/0/t_to/to_person/last_name')
    expect(notMapped).toContain('/transaction/0/amount_local')
    const draft = value(reportToRequest(value(read(xml)).report, profile))
    expect(draft.body.reasons).toBe('Odd.')
    expect(draft.missing).toEqual(['/facts', '/background', '/link', '/use', '/priority', '/onward'])
  })

  test('elements that are not known are named with line and path', () => {
    const more = xml
      .replace('<reason>', '<narrative lang="de">x</narrative><reason>')
      .replace('<account>A1', '<vault key="1"/><account>A1')
    const { notRead } = value(read(more))
    expect(notRead).toEqual([
      'line 2, /report/narrative',
      'line 5, /report/transaction/t_from_my_client/from_account/vault',
    ])
  })

  test.each<[string, [string | RegExp, string], string, string]>([
    ['is no report', [/report>/g, 'statement>'], 'GATEWAY_XML_ELEMENT', 'line 1, /statement'],
    ['lacks its code', ['<report_code>STR</report_code>', ''], 'GATEWAY_XML_MISSING', 'line 1, /report'],
    ['has a code of no list', ['>STR<', '>XYZ<'], 'GATEWAY_GOAML_CODE', '/report/report_code'],
    ['has an indicator of no list', ['>VA2<', '>VA9<'], 'GATEWAY_GOAML_CODE', 'indicator[1]'],
    ['has another currency', ['>EUR<', '>USD<'], 'GATEWAY_GOAML_CODE', '/report/currency_code_local'],
    ['has a mode of no list', ['>VA<', '>ZZ<'], 'GATEWAY_GOAML_CODE', '/report/transaction[1]/transmode_code'],
    ['has an amount with a comma', ['10.00', '10,00'], 'GATEWAY_XML_VALUE', 'line 4, /report/transaction/amount_local'],
    ['has an amount below zero', ['10.00', '-10.00'], 'GATEWAY_XML_VALUE', '/amount_local'],
    [
      'has a day for a time',
      ['2026-11-02T00:00:00', '2026-11-02'],
      'GATEWAY_XML_VALUE',
      'line 2, /report/submission_date',
    ],
    [
      'says one thing twice',
      ['<reason>Odd.</reason>', '<reason>a</reason><reason>b</reason>'],
      'GATEWAY_XML_ELEMENT',
      '/report/reason[2]',
    ],
    [
      'has two senders',
      [
        /(<t_from_my_client>[\s\S]*<\/t_from_my_client>)/,
        '$1<t_from><from_funds_code>K</from_funds_code><from_account><account>1</account></from_account><from_country>AT</from_country></t_from>',
      ],
      'GATEWAY_XML_ELEMENT',
      '/report/transaction',
    ],
    [
      'has a side of nobody',
      [/<to_person>.*<\/to_person>/, ''],
      'GATEWAY_XML_MISSING',
      'line 6, /report/transaction/t_to',
    ],
    [
      'has neither transactions nor an activity',
      [/<transaction>[\s\S]*<\/transaction>/, ''],
      'GATEWAY_XML_MISSING',
      '/report',
    ],
    [
      'has a text for a person',
      [/<to_person>.*<\/to_person>/, '<to_person>Jo Doe</to_person>'],
      'GATEWAY_XML_VALUE',
      '/to_person',
    ],
    [
      'has elements for a text',
      ['<reason>Odd.</reason>', '<reason><b>Odd.</b></reason>'],
      'GATEWAY_XML_VALUE',
      '/reason',
    ],
    ['has a document type', ['<report>', '<!DOCTYPE report SYSTEM "goaml.dtd"><report>'], 'GATEWAY_XML_DTD', 'line 1'],
  ])('that %s is refused with its place', (_, [from, to], code, place) => {
    const changed = xml.replace(from, to)
    expect(changed).not.toBe(xml)
    expect(read(changed)).toMatchObject({
      refusal: { code, place: expect.stringContaining(place), fix: expect.any(String) },
    })
  })
})
