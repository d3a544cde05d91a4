/** Messages for tests and vectors: a header that is plain, and the example of each body. */
import type { Json } from '../../../kernel/index.ts'
import { type Draft, type Header, messageTypes } from '../index.ts'
import { tallinn, vienna } from './agencies.ts'
import { exampleOf } from './example-of.ts'

export const anExchange = 'c0'.repeat(32)

export function plainHeader(changes: Partial<Header> = {}): Header {
  return {
    v: 1,
    id: '01936c3a-5f00-7a10-8b20-0000000000a1',
    exchange: null,
    from: vienna.agency,
    to: tallinn.agency,
    seq: 1,
    prev: null,
    created: '2026-11-25T09:30:00.000Z',
    deadline: '2026-11-29T09:30:00.000Z',
    relatesTo: [],
    critical: [],
    training: false,
    marking: { tlp: 'amber', handling: null, onwardUse: false, purpose: 'asset-recovery', needToKnow: false },
    caseRef: { mine: 'St 17/26', theirs: [] },
    instrument: null,
    legalBasis: null,
    urgency: null,
    confidentiality: { secret: false, providerNotice: 'allowed', until: null },
    useConditions: [],
    languages: { original: 'en', translations: [] },
    dataProtection: { categories: [], factOrAssessment: 'facts', retentionUntil: null, onwardTransfer: 'with-consent' },
    unit: null,
    officer: null,
    via: [],
    approvals: [],
    policyVersion: 'policies-2026-11',
    attachments: [],
    ...changes,
  }
}

/** A message of the type with the example of its body, at a place where it may stand. */
export function exampleDraft(type: string, major: number, changes: Partial<Header> = {}): Draft {
  const definition = messageTypes.get(type)
  const schema = definition?.majors[major]
  if (!definition || !schema) throw new Error(`no message ${type} of version ${major}`)
  const exchange = definition.place === 'follows' ? anExchange : null
  return { type, major, header: plainHeader({ exchange, ...changes }), body: exampleOf(schema) }
}

/** Every type in every version. */
export const everyForm: readonly (readonly [string, number])[] = [...messageTypes].flatMap(([type, { majors }]) =>
  Object.keys(majors).map((major) => [type, Number(major)] as const),
)

export function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
