/** Finding the right authority and its form, and showing a draft before it is sent. */
import { Type } from '@sinclair/typebox'
import { Country, count, digest, flag, instant, Language, listOf, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Offence } from '../objects.ts'
import { urgencyCodes } from '../vocabulary.ts'
import { cite, practice } from './citation.ts'
import { atOnce, type Family, following, opening } from './definition.ts'

export const contact = {
  'contact.query': opening('Who is competent, and how is it reached?', {
    scope: 'contact',
    replies: ['contact.answer', 'refer'],
    articles: [cite('EU-2018-1805', '4(8)', 'verified'), cite('CARIN', 'practice')],
    body: open({
      subject: text(4000, 'What it is about, without naming persons.'),
      country: Country,
      need: text(60, 'What is needed, as a need of the packs: freeze, trace, preserve.'),
      urgency: nullable(oneOf(urgencyCodes, 'Why it cannot wait.')),
      language: Language,
    }),
  }),
  'contact.answer': following('The authority, its channel, form, languages and hours.', {
    by: 'addressee',
    articles: [cite('EU-2018-1805', '4(8)', 'verified'), cite('CARIN', 'practice')],
    body: open({
      authority: Authority,
      channel: text(300, 'How it is reached.'),
      form: nullable(text(300, 'The form it wants.')),
      languages: Type.Array(Language, { minItems: 1, maxItems: 20, description: 'Languages that it takes.' }),
      hours: text(300, 'When somebody is there, with the time zone.'),
    }),
  }),
  refer: following('Ask somebody else.', {
    by: 'addressee',
    articles: [cite('CARIN', 'practice')],
    body: open({ to: Authority, reason: text(2000, 'Why.') }),
  }),
  'draft.review': opening('Look at a draft before it is sent formally.', {
    scope: 'contact',
    replies: ['draft.comment'],
    articles: [cite('COE-CETS-198', '34(6)'), practice('guideline 9 on mutual legal assistance')],
    body: open({
      draft: digest('The SHA-256 of the draft, which comes as an attachment.'),
      requestType: text(60, 'What it would become, as a type of message.'),
      intendedArticle: text(300, 'The provision on which it would stand.'),
      questions: listOf(text(2000, 'A question.'), 50, 'What is asked about it.'),
      checklist: listOf(text(500, 'What was checked.'), 100, 'What the sender has checked.'),
    }),
  }),
  'draft.comment': following('What is missing; it binds nobody.', {
    by: 'addressee',
    articles: [cite('COE-CETS-198', '34(6)')],
    body: open({
      missing: listOf(text(500, 'A member or a document.'), 100, 'What is missing.'),
      advice: text(10_000, 'What would help.'),
      dualCriminality: nullable(text(4000, 'How it would probably be seen.')),
      offence: nullable(Offence),
      wouldSuffice: flag('Whether it would suffice as it is.'),
    }),
  }),
  'contact.call': opening('Somebody of the point of contact is needed now; or a test whether somebody is there.', {
    scope: 'contact',
    deliver: atOnce,
    replies: ['contact.call.answer'],
    articles: [cite('COE-ETS-185', '35(1)'), cite('COE-CETS-224', '9'), practice('test calls among points of contact')],
    body: open({
      matter: text(4000, 'What it is about; of a test call, that it is one.'),
      urgency: nullable(oneOf(urgencyCodes, 'Why it cannot wait.')),
      test: flag('Whether it only asks if somebody is there.'),
      within: count(1440, 'Within how many minutes a person is hoped to answer.', 1),
      language: Language,
    }),
  }),
  'contact.call.answer': following('A person has taken the call.', {
    by: 'addressee',
    deliver: atOnce,
    articles: [cite('COE-ETS-185', '35(1)')],
    body: open({
      call: digest('Which call.'),
      takenAt: instant('When a person took it.'),
      by: text(200, 'The function of the person.'),
      note: nullable(text(4000, 'What comes next.')),
    }),
  }),
} satisfies Family
