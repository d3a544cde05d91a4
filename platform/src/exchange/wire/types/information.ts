import { digest, flag, listOf, nullable, open, text } from '../fields.ts'
import { Facts, Person, Property } from '../objects.ts'
import { cite } from './citation.ts'
import { type Family, following, opening } from './definition.ts'

const consentOfUse = [
  cite('UNCAC', '46(19)'),
  cite('COE-CETS-198', '42, 46(7)', 'verified'),
  cite('EU-2024-1640', '33'),
]

export const information = {
  'info.spontaneous': opening('Information that may help the receiver, without having been asked.', {
    scope: 'information',
    replies: ['cond.accept', 'cond.refuse'],
    articles: [
      cite('COE-ETS-185', '26'),
      cite('UNTOC', '18(4)-(5)'),
      cite('UNCAC', '46(4)-(5), 56'),
      cite('COE-CETS-198', '20'),
    ],
    body: open({
      facts: Facts,
      usefulness: text(4000, 'Why it may help the receiver.'),
      /** Budapest Convention art. 26(2): conditions are told before the information is. */
      conditionsFirst: flag('Whether it is only announced, and given once its conditions are accepted.'),
      conditions: nullable(text(4000, 'The conditions, in words.')),
      persons: listOf(Person, 100, 'Persons in it.'),
      assets: listOf(Property, 500, 'Assets in it.'),
    }),
  }),
  'cond.accept': following('The conditions bind whoever says this.', {
    by: 'either',
    articles: [cite('COE-ETS-185', '26(2), 28(2)'), cite('UNCAC', '46(5)')],
    body: open({ conditions: digest('The message with the conditions.'), note: nullable(text(2000, 'What else.')) }),
  }),
  'cond.refuse': following('The conditions cannot be kept.', {
    by: 'either',
    articles: [cite('COE-ETS-185', '26(2), 28(3)'), cite('UNCAC', '46(5)')],
    body: open({ conditions: digest('The message with the conditions.'), reason: text(4000, 'Why.') }),
  }),
  'use.report': following('What was done with it.', {
    by: 'either',
    articles: [cite('COE-ETS-185', '28(4)')],
    body: open({ item: digest('Which message or file.'), use: text(10_000, 'What was done with it.') }),
  }),
  'use.consent.request': following('May it be used for something else?', {
    by: 'either',
    articles: consentOfUse,
    body: open({
      item: digest('Which message or file.'),
      purpose: text(4000, 'For what.'),
      newProceeding: nullable(text(500, 'In which proceedings.')),
      recipients: listOf(text(300, 'To whom it would go.'), 50, 'To whom.'),
      exculpatory: flag('Whether it is needed because it speaks for an accused (UNCAC art. 46(19)).'),
    }),
  }),
  'use.consent.grant': following('It may.', {
    by: 'either',
    articles: consentOfUse,
    body: open({
      request: digest('Which request.'),
      extent: text(4000, 'To which extent.'),
      conditions: listOf(text(2000, 'A condition.'), 20, 'Conditions.'),
    }),
  }),
  'use.consent.refuse': following('It may not.', {
    by: 'either',
    articles: consentOfUse,
    body: open({ request: digest('Which request.'), reason: text(4000, 'Why.') }),
  }),
} satisfies Family

/** Whatever was handed over, in whichever exchange: under which conditions, for what it may be used, and for what it was. */
export const usage: readonly string[] = [
  'cond.accept',
  'cond.refuse',
  'use.consent.request',
  'use.consent.grant',
  'use.consent.refuse',
  'use.report',
]
