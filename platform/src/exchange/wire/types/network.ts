/** Notices that go to many: each receiver gets a message of its own, so that each answers and each can be counted. */
import { Type } from '@sinclair/typebox'
import { day, listOf, nullable, oneOf, open, text } from '../fields.ts'
import { Facts, Identifier, Offence, Person, Property } from '../objects.ts'
import { cite } from './citation.ts'
import { type Family, following, opening, patient } from './definition.ts'

export const network = {
  'network.notice': opening('Look out for these persons or assets.', {
    scope: 'network',
    deliver: patient,
    replies: ['notice.response'],
    articles: [cite('INTERPOL', 'Silver Notice')],
    body: open({
      notice: text(200, 'The notice, by its number.'),
      subject: Person,
      offences: Type.Array(Offence, { minItems: 1, maxItems: 20, description: 'For what.' }),
      facts: Facts,
      assets: listOf(Property, 500, 'Assets that are sought.'),
      action: oneOf(['locate', 'identify', 'inform', 'monitor'] as const, 'What is asked for.'),
      validUntil: day('Until when.'),
    }),
  }),
  'notice.response': following('What was found.', {
    by: 'addressee',
    deliver: patient,
    articles: [cite('INTERPOL', 'Silver Notice')],
    body: open({
      outcome: oneOf(['found', 'not-found', 'not-searched'] as const, 'What came of it.'),
      assets: listOf(Property, 500, 'Assets.'),
      identifiers: listOf(Identifier, 500, 'What else was found.'),
      note: nullable(text(10_000, 'In words.')),
    }),
  }),
} satisfies Family
