/** Between financial intelligence units: information, and stopping a payment before it has arrived. */
import { count, instant, listOf, named, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Facts, Identifier, Money, Period, Person } from '../objects.ts'
import { holdRefusals } from '../vocabulary.ts'
import { cite } from './citation.ts'
import { atOnce, type Family, following, opening } from './definition.ts'

export const fiu = {
  'fiu.request': opening('Information of one unit for another.', {
    scope: 'fiu',
    replies: ['fiu.answer'],
    articles: [cite('EU-2024-1640', '31'), cite('EGMONT', 'guidance'), cite('COE-CETS-198', '46')],
    body: open({
      facts: Facts,
      background: text(20_000, 'What is known.'),
      reasons: text(10_000, 'Why it is asked.'),
      link: text(4000, 'The link to the country that is asked.'),
      persons: listOf(Person, 200, 'Persons.'),
      identifiers: listOf(Identifier, 500, 'Accounts, addresses and what else it is found by.'),
      use: text(2000, 'For what it is meant.'),
      priority: oneOf(['normal', 'urgent'] as const, 'How urgent.'),
      onward: text(2000, 'To whom it may have to be passed on, for which consent is asked.'),
    }),
  }),
  'fiu.answer': following('What the unit knows.', {
    by: 'addressee',
    articles: [cite('EU-2024-1640', '31'), cite('COE-CETS-198', '46')],
    body: open({
      text: text(50_000, 'The answer.'),
      persons: listOf(Person, 200, 'Persons.'),
      identifiers: listOf(Identifier, 500, 'Accounts and addresses.'),
      consent: oneOf(['intelligence-only', 'as-asked', 'on-request'] as const, 'For which use consent is given.'),
    }),
  }),
  'fiu.suspend': opening('Stop a payment or a transaction.', {
    scope: 'fiu',
    deliver: atOnce,
    replies: ['fiu.suspended', 'fiu.not-suspended'],
    articles: [cite('EU-2024-1640', '24'), cite('COE-CETS-198', '47'), cite('INTERPOL', 'I-GRIP', 'unverified')],
    body: open({
      payment: named(
        'Payment',
        {
          from: Identifier,
          to: Identifier,
          sum: Money,
          at: instant('When it was made, or will be.'),
          reference: nullable(text(200, 'Its number or transaction.')),
        },
        'The payment.',
      ),
      entity: Authority,
      reason: text(10_000, 'Why.'),
      report: nullable(text(300, 'The report to the police.')),
      hours: count(2400, 'For how many hours it is asked to be stopped.', 1),
      followUp: text(2000, 'What will follow, and from whom.'),
    }),
  }),
  'fiu.suspended': following('It is stopped.', {
    by: 'addressee',
    deliver: atOnce,
    articles: [cite('EU-2024-1640', '24'), cite('COE-CETS-198', '47')],
    body: open({
      sums: listOf(Money, 50, 'What was stopped.'),
      until: instant('Until when.'),
      lapse: text(1000, 'Under which rule it ends.'),
      period: Period,
    }),
  }),
  'fiu.not-suspended': following('It is not stopped.', {
    by: 'addressee',
    deliver: atOnce,
    articles: [cite('EU-2024-1640', '24'), cite('COE-CETS-198', '47')],
    body: open({ ground: oneOf(holdRefusals, 'Why.'), text: text(4000, 'In words.'), movedTo: nullable(Identifier) }),
  }),
} satisfies Family
