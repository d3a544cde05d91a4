/** What goes wrong and how it is put right: incidents, recall, erasure, disputes; and the figures. */
import { Type } from '@sinclair/typebox'
import { count, digest, flag, instant, KeyId, listOf, named, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Period } from '../objects.ts'
import { erasureBases, recallReasons } from '../vocabulary.ts'
import { cite, practice } from './citation.ts'
import { atOnce, type Family, following, opening, patient } from './definition.ts'

const led = (article: string) => cite('EU-2016-680', article)

export const supervision = {
  incident: opening('A breach of security concerns what was exchanged.', {
    scope: 'supervision',
    place: 'either',
    deliver: atOnce,
    replies: ['incident.answer'],
    articles: [led('30'), cite('COE-CETS-224', '14(7)')],
    body: open({
      severity: oneOf(['low', 'high', 'critical'] as const, 'How grave.'),
      what: text(20_000, 'What happened.'),
      noticedAt: instant('When it was noticed: from here the 72 hours of Directive 2016/680 art. 30(1) run.'),
      happenedAt: nullable(instant('When it happened.')),
      exchanges: listOf(digest('An exchange, by the digest that opened it.'), 1000, 'Which exchanges.'),
      keys: listOf(KeyId, 50, 'Keys that must not be trusted any more; the directory says so too.'),
      dataSent: text(4000, 'Which data of the receiver or for the receiver is concerned.'),
      harm: text(4000, 'Which harm it may do.'),
      measures: text(10_000, 'What was done.'),
    }),
  }),
  'incident.answer': following('What the other side has done about it.', {
    by: 'either',
    deliver: atOnce,
    articles: [led('30')],
    body: open({
      seen: flag('Whether the receiver finds itself concerned.'),
      measures: text(10_000, 'What was done.'),
      at: instant('When.'),
    }),
  }),
  recall: following('Take back what was sent: it is asked for, and cannot be forced.', {
    by: 'either',
    deliver: patient,
    articles: [led('7(3)'), practice('recall of a message')],
    body: open({
      messages: Type.Array(digest('A message.'), {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'Which messages of the sender.',
      }),
      reason: oneOf(recallReasons, 'Why.'),
      text: text(4000, 'In words.'),
      replacedBy: nullable(digest('What stands in their place.')),
      passedOn: flag('Whether the receiver is asked to name to whom it was passed on.'),
    }),
  }),
  'recall.answer': following('What became of what was recalled.', {
    by: 'either',
    deliver: patient,
    articles: [led('7(3)')],
    body: open({
      recall: digest('Which recall.'),
      outcome: oneOf(
        ['removed', 'restricted', 'kept-under-law', 'used-already', 'not-found'] as const,
        'What became of it.',
      ),
      at: instant('When.'),
      passedOn: listOf(text(300, 'To whom it was passed on.'), 100, 'To whom it was passed on.'),
      text: nullable(text(4000, 'In words.')),
    }),
  }),
  erase: opening('Erase what was sent.', {
    scope: 'supervision',
    place: 'either',
    deliver: patient,
    replies: ['erase.answer'],
    articles: [led('5'), cite('EU-2016-680', '4(1)(e), 16', 'unverified')],
    body: open({
      extent: oneOf(['messages', 'exchange', 'attachments'] as const, 'What.'),
      exchanges: listOf(digest('An exchange.'), 100, 'Which exchanges.'),
      messages: listOf(digest('A message.'), 1000, 'Which messages.'),
      attachments: listOf(digest('An attachment, by the digest of its cipher.'), 1000, 'Which attachments.'),
      basis: oneOf(erasureBases, 'On what ground.'),
      text: text(4000, 'In words.'),
      by: nullable(instant('Until when.')),
    }),
  }),
  'erase.answer': following('It was erased, or must be kept.', {
    by: 'either',
    deliver: patient,
    articles: [led('5'), cite('EU-2016-680', '16(3)', 'unverified')],
    body: open({
      request: digest('Which request.'),
      outcome: oneOf(['erased', 'partly', 'refused-legal-hold', 'refused-other'] as const, 'What was done.'),
      at: instant('When.'),
      kept: listOf(text(1000, 'What is kept, and why.'), 100, 'What is kept.'),
      proof: nullable(digest('The proof of the erasure.')),
    }),
  }),
  'dispute.raise': following('The sender sees something of this exchange differently.', {
    by: 'either',
    articles: [practice('consultation between authorities')],
    body: open({
      about: digest('Which message or file.'),
      kind: oneOf(['facts', 'amount', 'custody', 'attribution', 'competence', 'use', 'other'] as const, 'About what.'),
      text: text(20_000, 'What is seen differently.'),
      wanted: text(4000, 'What the sender asks for.'),
    }),
  }),
  'dispute.answer': following('What the other side says to it.', {
    by: 'either',
    articles: [practice('consultation between authorities')],
    body: open({
      dispute: digest('Which dispute.'),
      outcome: oneOf(['agreed', 'partly', 'not-agreed', 'escalated'] as const, 'What is said.'),
      text: text(20_000, 'In words.'),
      to: nullable(Authority),
    }),
  }),
  'stats.batch': opening('Figures of a period, without cells so small that they name somebody.', {
    scope: 'supervision',
    deliver: patient,
    replies: ['stats.answer'],
    articles: [cite('EU-2018-1805', '35'), cite('EU-2023-1543', '28', 'unverified'), practice('FATF R.33')],
    body: open({
      period: Period,
      smallest: count(1000, 'Cells below this number were left out.', 2),
      counters: Type.Array(
        named(
          'Counter',
          { name: text(100, 'What was counted.'), count: count(Number.MAX_SAFE_INTEGER, 'How many.') },
          'A figure.',
        ),
        { minItems: 1, maxItems: 1000, description: 'The figures.' },
      ),
    }),
  }),
  'stats.answer': following('Taken in, or something is odd.', {
    by: 'addressee',
    deliver: patient,
    articles: [cite('EU-2018-1805', '35')],
    body: open({ accepted: flag('Whether they were taken in.'), text: nullable(text(4000, 'What is odd.')) }),
  }),
} satisfies Family
