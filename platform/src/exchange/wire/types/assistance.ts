/** Mutual legal assistance in general, and working together in one team. */
import { Type } from '@sinclair/typebox'
import { day, digest, flag, instant, listOf, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Deadline, Facts, Offence, Person } from '../objects.ts'
import { cite } from './citation.ts'
import { type Family, following, opening, patient } from './definition.ts'

export const assistance = {
  'mla.request': opening('A letter of request.', {
    scope: 'assistance',
    deliver: patient,
    replies: ['impossible'],
    articles: [
      cite('UNTOC', '18(15)'),
      cite('UNCAC', '46(15), 55(3)'),
      cite('COE-ETS-185', '25, 27'),
      cite('UN-CYBERCRIME-2024', '40'),
      cite('COE-CETS-224', '10'),
    ],
    body: open({
      authority: Authority,
      conductedBy: Authority,
      matter: text(4000, 'Subject and nature of the proceedings.'),
      facts: Facts,
      offence: Offence,
      assistance: text(20_000, 'What is asked for.'),
      procedure: nullable(text(10_000, 'A procedure that is to be followed.')),
      persons: listOf(Person, 200, 'Identity, location and nationality of persons, where possible.'),
      purpose: text(4000, 'For what the evidence, information or action is sought.'),
      suggested: nullable(Deadline),
      provisions: text(20_000, 'The text of the provisions.'),
      reciprocity: nullable(text(2000, 'An assurance of reciprocity.')),
      letter: digest('The SHA-256 of the letter, which comes as an attachment.'),
      emergency: flag('Whether life or safety is at risk (CETS 224 art. 10).'),
    }),
  }),
  'jit.propose': opening('Work together in one team.', {
    scope: 'assistance',
    deliver: patient,
    replies: ['jit.accept', 'jit.amend', 'jit.decline'],
    articles: [cite('COE-CETS-224', '12'), cite('UNTOC', '19', 'unverified'), cite('UNCAC', '49', 'verified')],
    body: open({
      parties: Type.Array(Authority, { minItems: 1, maxItems: 50, description: 'Who else is invited.' }),
      purpose: text(10_000, 'For what.'),
      from: day('From when.'),
      until: day('Until when.'),
      leader: Authority,
      dataRules: text(10_000, 'How data is handled.'),
      costs: text(4000, 'Who bears which costs.'),
      evidenceUse: text(4000, 'How evidence may be used.'),
      agreement: nullable(digest('The SHA-256 of the draft of the agreement, among the attachments.')),
    }),
  }),
  'jit.accept': following('Agreed.', {
    by: 'addressee',
    deliver: patient,
    articles: [cite('UNCAC', '49', 'verified')],
    body: open({
      agreement: nullable(digest('What was agreed.')),
      signedAt: instant('When.'),
      members: listOf(Authority, 50, 'Who takes part.'),
    }),
  }),
  'jit.amend': following('Agreed with changes.', {
    by: 'either',
    deliver: patient,
    articles: [cite('UNCAC', '49', 'verified')],
    body: open({ changes: text(20_000, 'The changes.'), agreement: nullable(digest('The new draft.')) }),
  }),
  'jit.decline': following('Not agreed.', {
    by: 'addressee',
    deliver: patient,
    articles: [cite('UNCAC', '49', 'verified')],
    body: open({
      reason: text(4000, 'Why.'),
      otherwise: oneOf(['mutual-assistance', 'parallel', 'none'] as const, 'What could be done.'),
    }),
  }),
} satisfies Family
