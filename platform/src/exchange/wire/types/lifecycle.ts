/** What may follow in every exchange, whatever opened it. */
import { Type } from '@sinclair/typebox'
import { digest, flag, instant, listOf, named, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Deadline, Money, Property } from '../objects.ts'
import { postponementGrounds, refusalGrounds } from '../vocabulary.ts'
import { cite, practice } from './citation.ts'
import { atOnce, type Family, following, patient } from './definition.ts'

const regulation = (article: string) => cite('EU-2018-1805', article)

const grounds = (minItems: number) =>
  Type.Array(
    named(
      'Ground',
      {
        code: oneOf(refusalGrounds, 'The ground; codes of packs/grounds.yaml.'),
        article: text(300, 'The provision.'),
        text: text(4000, 'In words.'),
      },
      'Why something is refused.',
    ),
    { minItems, maxItems: 20, description: 'The grounds; at least one where something is refused.' },
  )
const consulted = nullable(instant('When the other side was consulted (Reg. 2018/1805 art. 8(2)).'))
const appeal = nullable(text(4000, 'The remedy against it, and until when.'))
const accepted = {
  authority: Authority,
  decidedAt: instant('When.'),
  decision: nullable(digest('The SHA-256 of the decision, among the attachments.')),
  conditions: listOf(text(4000, 'A condition.'), 20, 'Conditions; whoever asked says whether it accepts them.'),
  nextStep: nullable(text(2000, 'What comes next.')),
}
const refused = { authority: Authority, decidedAt: instant('When.'), consultedAt: consulted, appeal }

export const lifecycle = {
  ack: following('It has arrived with an authority; whether that is the right one stands in it.', {
    by: 'either',
    articles: [regulation('7(2)'), practice('acknowledgement of receipt')],
    body: open({
      receivedByNodeAt: instant('When the node had it.'),
      receivedByCompetentAt: nullable(instant('When the competent authority had it: from here periods run.')),
      authority: nullable(Authority),
      next: listOf(Deadline, 20, 'What is due next.'),
    }),
  }),
  forward: following('It was passed on.', {
    by: 'addressee',
    articles: [regulation('4(9)'), cite('COE-ETS-185', '27(9)(c)')],
    body: open({ to: Authority, reason: text(2000, 'Why.'), at: instant('When.') }),
  }),
  clarify: following('Something is missing or not clear.', {
    by: 'either',
    articles: [
      cite('COE-CETS-198', '38'),
      regulation('8(2)'),
      cite('UNCAC', '46(16)'),
      cite('EU-2023-1543', '10, Annex III'),
    ],
    body: open({
      about: digest('Which message.'),
      questions: Type.Array(
        named(
          'MissingMember',
          { pointer: nullable(text(300, 'The member, by a JSON pointer.')), question: text(4000, 'The question.') },
          'What is asked.',
        ),
        { minItems: 1, maxItems: 50, description: 'What is asked.' },
      ),
      answerBy: nullable(Deadline),
    }),
  }),
  supplement: following('What was missing.', {
    by: 'either',
    articles: [cite('COE-CETS-198', '38'), cite('UNCAC', '46(16)')],
    body: open({
      about: digest('Which question.'),
      answers: Type.Array(
        named(
          'SuppliedMember',
          { pointer: nullable(text(300, 'The member.')), text: text(20_000, 'The answer.') },
          'An answer.',
        ),
        { minItems: 1, maxItems: 50, description: 'The answers.' },
      ),
    }),
  }),
  'decision.accept': following('It is recognised and will be carried out.', {
    by: 'addressee',
    articles: [regulation('7(1)'), cite('UNCAC', '46')],
    body: open(accepted),
  }),
  'decision.partly': following('It is recognised in part.', {
    by: 'addressee',
    articles: [regulation('7(1), 8')],
    body: open({
      ...accepted,
      accepted: text(10_000, 'What will be done.'),
      refused: text(10_000, 'What will not.'),
      sums: listOf(Money, 50, 'Up to which amounts.'),
      grounds: grounds(1),
      consultedAt: consulted,
      appeal,
    }),
  }),
  'decision.refuse': following('It is refused.', {
    by: 'addressee',
    articles: [regulation('8, 19'), cite('COE-ETS-185', '27, 29'), cite('UNCAC', '46, 55'), cite('COE-CETS-198', '28')],
    body: open({ ...refused, grounds: grounds(1) }),
  }),
  postpone: following('It will be carried out later.', {
    by: 'addressee',
    articles: [regulation('10(2), 21'), cite('COE-ETS-185', '27(5)'), cite('UNCAC', '46(25)')],
    body: open({
      code: oneOf(postponementGrounds, 'Why; codes of packs/grounds.yaml.'),
      text: text(4000, 'In words.'),
      expectedEnd: nullable(instant('Until when, as far as it can be said.')),
      secured: listOf(Property, 500, 'What is secured meanwhile.'),
      consultedAt: consulted,
    }),
  }),
  result: following('It was carried out.', {
    by: 'addressee',
    articles: [regulation('7(2), 18(6)')],
    body: open({
      what: text(20_000, 'What was done.'),
      at: instant('When.'),
      values: listOf(Money, 100, 'Amounts.'),
      custody: nullable(text(500, 'Where it lies.')),
      evidence: listOf(digest('A file, by its SHA-256.'), 500, 'What comes with it.'),
      last: flag('Whether nothing more will come.'),
    }),
  }),
  delay: following('It takes longer.', {
    by: 'addressee',
    articles: [regulation('9(5), 20(4)'), cite('COE-ETS-185', '27(7)')],
    body: open({ reason: text(4000, 'Why.'), proposed: Deadline }),
  }),
  extend: following('A measure or a period should last longer.', {
    by: 'either',
    articles: [regulation('12'), practice('extension of measures under the law of the executing State')],
    body: open({
      what: text(300, 'Which measure or period.'),
      until: instant('Until when.'),
      reason: text(4000, 'Why.'),
      granted: flag('Whether it is granted by this, or asked for.'),
    }),
  }),
  'status.query': following('How far is it?', {
    by: 'either',
    articles: [cite('UNCAC', '46(24)')],
    body: open({ question: nullable(text(2000, 'What exactly.')) }),
  }),
  'status.answer': following('So far.', {
    by: 'either',
    articles: [cite('UNCAC', '46(24)')],
    body: open({ step: text(500, 'Where it stands.'), next: text(2000, 'What comes next.'), due: nullable(Deadline) }),
  }),
  withdraw: following('It is not asked for any more: the restraint is to be lifted.', {
    by: 'opener',
    deliver: atOnce,
    articles: [regulation('27'), cite('COE-CETS-198', '41(2)'), cite('UNCAC', '46(24)')],
    body: open({
      cause: text(4000, 'Why.'),
      effectiveAt: instant('From when.'),
      items: listOf(Property, 500, 'What is to be free; empty: all of it.'),
    }),
  }),
  terminated: following('It has ended here.', {
    by: 'addressee',
    articles: [regulation('27')],
    body: open({
      cause: text(4000, 'Why.'),
      at: instant('When.'),
      released: listOf(Property, 500, 'What is free again.'),
    }),
  }),
  'remedy.filed': following('Somebody goes to court against it.', {
    by: 'either',
    articles: [regulation('33')],
    body: open({
      court: Authority,
      by: text(300, 'Who, as far as it may be said.'),
      suspensive: flag('Whether it stops the measure.'),
      filedAt: instant('When.'),
    }),
  }),
  'remedy.decided': following('The court has decided.', {
    by: 'either',
    articles: [regulation('33')],
    body: open({
      court: Authority,
      outcome: oneOf(['upheld', 'changed', 'annulled', 'withdrawn'] as const, 'What it decided.'),
      text: text(10_000, 'In words.'),
      decidedAt: instant('When.'),
      final: flag('Whether it is final.'),
    }),
  }),
  'person.notice': following('The person concerned was told, or will be.', {
    by: 'either',
    articles: [regulation('32, 11'), cite('EU-2016-680', '13')],
    body: open({
      sentAt: nullable(instant('When.')),
      remedies: nullable(text(10_000, 'The remedies that were named.')),
      reasons: nullable(text(10_000, 'The reasons that were given.')),
      delayedUntil: nullable(instant('Until when it is put off.')),
      delayedBy: nullable(Authority),
    }),
  }),
  'multi.order.info': following('Other orders concern the same property.', {
    by: 'addressee',
    articles: [regulation('26'), cite('COE-CETS-198', '39, 41(3)')],
    body: open({
      others: Type.Array(
        named(
          'OtherOrder',
          { authority: nullable(Authority), kind: text(200, 'What kind.'), at: nullable(instant('When.')) },
          'Another order.',
        ),
        { minItems: 1, maxItems: 50, description: 'The other orders, as far as they may be named.' },
      ),
      decision: nullable(text(10_000, 'Which goes first, and by which criteria.')),
    }),
  }),
  'data.correction': following('Something that was sent is wrong.', {
    by: 'either',
    articles: [cite('EU-2016-680', '7(3)'), cite('EU-2016-680', '16', 'unverified')],
    body: open({
      item: digest('Which message or file.'),
      pointer: nullable(text(300, 'Where in it.')),
      was: text(10_000, 'What stood there.'),
      is: text(10_000, 'What is right.'),
      told: listOf(text(300, 'Somebody who was told.'), 100, 'Who else was told.'),
    }),
  }),
  feedback: following('How useful it was.', {
    by: 'either',
    deliver: patient,
    articles: [cite('EU-2024-1640', '22'), cite('EGMONT', 'guidance')],
    body: open({
      useful: oneOf(['very', 'partly', 'not'] as const, 'How useful.'),
      outcome: text(4000, 'What came of it.'),
      grade: nullable(oneOf(['complete', 'late', 'incomplete', 'wrong'] as const, 'Of what quality it was.')),
    }),
  }),
} satisfies Family
