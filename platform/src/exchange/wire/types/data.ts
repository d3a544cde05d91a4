/** Data of services: kept, disclosed in part, produced, and produced in an emergency. */
import { type TSchema, Type } from '@sinclair/typebox'
import { day, digest, flag, instant, listOf, named, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Facts, Identifier, Offence, Period } from '../objects.ts'
import { impossibilities, nonExecutionReasons, refusalGrounds } from '../vocabulary.ts'
import { cite } from './citation.ts'
import { atOnce, type Family, following, opening } from './definition.ts'

const produceReplies = ['data.result', 'annex.iii', 'notify.objection', 'impossible']
const evidence = (article: string) => cite('EU-2023-1543', article)

const production = {
  authority: Authority,
  validatedBy: nullable(Authority),
  category: oneOf(['subscriber', 'identification', 'traffic', 'content'] as const, 'Which data.'),
  identifiers: Type.Array(Identifier, { minItems: 1, maxItems: 200, description: 'By which it is found.' }),
  period: Period,
  provider: Authority,
  offence: Offence,
  threshold: text(2000, 'How the threshold of the offence is met (Reg. 2023/1543 art. 5(3)-(4)).'),
  /** CETS 224 art. 8(3): what supports the order is for the authority and not for the provider. */
  support: nullable(text(20_000, 'What supports it; not for the provider.')),
  notifyAuthority: nullable(Authority),
  returnChannel: text(500, 'How the data is to come back.'),
  userNotice: oneOf(['provider-may', 'delayed', 'by-issuing-authority'] as const, 'Who tells the person, and when.'),
} satisfies Record<string, TSchema>

export const data = {
  'preserve.request': opening('Keep data that is there now, until it is asked for.', {
    scope: 'data',
    deliver: atOnce,
    replies: ['preserved', 'preserve.extend', 'preserve.confirm', 'preserve.release', 'impossible'],
    articles: [
      cite('COE-ETS-185', '29'),
      evidence('4, 11, Annex II'),
      cite('US-CODE', '18 USC 2703(f)'),
      cite('UN-CYBERCRIME-2024', '42'),
    ],
    body: open({
      authority: Authority,
      offence: Offence,
      facts: Facts,
      identifiers: Type.Array(Identifier, { minItems: 1, maxItems: 200, description: 'The data, and how it relates.' }),
      custodian: Authority,
      period: Period,
      necessity: text(4000, 'Why it must be kept (Budapest Convention art. 29(2)(e)).'),
      intent: text(4000, 'That a request for the data will follow (Budapest Convention art. 29(2)(f)).'),
      requestedUntil: nullable(day('Until when it is asked to be kept.')),
      userNoticeSuppressed: flag('Whether the person must not be told.'),
    }),
  }),
  preserved: following('It is kept.', {
    by: 'addressee',
    deliver: atOnce,
    articles: [cite('COE-ETS-185', '29(7)'), evidence('11')],
    body: open({
      from: instant('Since when.'),
      minimumUntil: day('At least until when.'),
      what: text(4000, 'What is kept.'),
      providers: listOf(Authority, 20, 'With whom.'),
    }),
  }),
  'preserve.extend': following('Keep it for longer.', {
    by: 'opener',
    deliver: atOnce,
    articles: [evidence('11, Annex VI'), cite('US-CODE', '18 USC 2703(f)')],
    body: open({ until: day('Until when.'), reason: text(4000, 'Why.') }),
  }),
  'preserve.confirm': following('The request for the data was made.', {
    by: 'opener',
    articles: [evidence('11, Annex V'), cite('COE-ETS-185', '29(7)')],
    body: open({
      request: nullable(digest('The request, where it is a message.')),
      reference: text(200, 'Its number.'),
      madeOn: day('When.'),
    }),
  }),
  'preserve.release': following('It need not be kept any more.', {
    by: 'opener',
    articles: [evidence('11')],
    body: open({ reason: text(2000, 'Why.') }),
  }),
  'traffic.disclose': opening('Name the providers in the path of a communication.', {
    scope: 'data',
    deliver: atOnce,
    replies: ['traffic.data'],
    articles: [cite('COE-ETS-185', '17, 30')],
    body: open({
      preservation: digest('The request to preserve.'),
      identifiers: listOf(Identifier, 50, 'Which communication.'),
    }),
  }),
  'traffic.data': following('The providers and the path.', {
    by: 'addressee',
    articles: [cite('COE-ETS-185', '30')],
    body: open({
      providers: Type.Array(Authority, { minItems: 1, maxItems: 50, description: 'The providers.' }),
      path: text(10_000, 'The path.'),
    }),
  }),
  'data.produce': opening('Produce data of subscribers, of identification, of traffic or of content.', {
    scope: 'data',
    replies: produceReplies,
    articles: [evidence('4, 5(3)-(4), Annex I'), cite('COE-CETS-224', '7, 8'), cite('COE-ETS-185', '18, 31')],
    body: open(production),
  }),
  'data.emergency': opening('Produce data at once: somebody is in danger.', {
    scope: 'data',
    deliver: atOnce,
    replies: produceReplies,
    articles: [cite('COE-CETS-224', '9'), evidence('10(4)')],
    body: open({
      ...production,
      /** CETS 224 art. 3(2)(c): a risk to the life or safety of a human being; that assets vanish is none. */
      emergency: text(10_000, 'The facts of the emergency.'),
      riskTo: text(2000, 'Whose life or safety.'),
      imminence: text(2000, 'Why now.'),
      relation: text(2000, 'How the data helps.'),
      confirmationDue: nullable(day('By when a written confirmation follows.')),
    }),
  }),
  'data.result': following('The data.', {
    by: 'addressee',
    articles: [evidence('10'), cite('COE-ETS-185', '31')],
    body: open({
      items: Type.Array(
        named(
          'DataItem',
          {
            name: text(200, 'The attachment.'),
            sha256: digest('Its SHA-256.'),
            what: text(1000, 'What it is.'),
            period: Period,
          },
          'One file of data.',
        ),
        { minItems: 1, maxItems: 1000, description: 'The files, which come as attachments.' },
      ),
      producedAt: instant('When it was produced.'),
      complete: flag('Whether it is all that was asked for.'),
      missing: nullable(text(4000, 'What is missing, and why.')),
    }),
  }),
  'annex.iii': following('The order cannot be executed as it is, for these reasons.', {
    by: 'addressee',
    articles: [evidence('10, Annex III')],
    body: open({
      reasons: Type.Array(oneOf(nonExecutionReasons, 'A reason.'), {
        minItems: 1,
        maxItems: nonExecutionReasons.length,
        uniqueItems: true,
        description: 'The reasons of Annex III section D.',
      }),
      text: text(10_000, 'In words.'),
      needed: nullable(text(4000, 'What would be needed to execute it.')),
      conflictingLaw: nullable(text(4000, 'The law of a third country that stands against it.')),
      preserved: flag('Whether the data is kept meanwhile.'),
    }),
  }),
  'notify.objection': following('The authority that was notified objects.', {
    by: 'addressee',
    deliver: atOnce,
    articles: [evidence('12'), cite('COE-CETS-224', '7(5)(c)')],
    body: open({
      grounds: Type.Array(oneOf(refusalGrounds, 'A ground.'), {
        minItems: 1,
        maxItems: 10,
        uniqueItems: true,
        description: 'The grounds.',
      }),
      text: text(10_000, 'In words.'),
      effect: oneOf(['not-to-be-produced', 'not-to-be-used', 'with-conditions'] as const, 'What it means.'),
      conditions: listOf(text(2000, 'A condition.'), 20, 'Conditions.'),
    }),
  }),
  impossible: following('It cannot be done.', {
    by: 'addressee',
    articles: [cite('EU-2018-1805', '13, 22'), evidence('10, Annex III')],
    body: open({
      code: oneOf(impossibilities, 'Why; codes of packs/grounds.yaml.'),
      text: text(4000, 'In words.'),
      revivable: flag('Whether it can be taken up again without a new certificate (Reg. 2018/1805 arts 13(4), 22(4)).'),
    }),
  }),
} satisfies Family
