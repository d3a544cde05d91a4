/** Whether others are after the same, who leads, and what differs. */
import { Type } from '@sinclair/typebox'
import { count, digest, flag, instant, named, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Identifier, Property } from '../objects.ts'
import { cite, practice } from './citation.ts'
import { type Family, following, opening, patient } from './definition.ts'

const tiers = ['yes-no', 'contact', 'case-number', 'details'] as const

export const deconfliction = {
  'deconf.check': opening('Is somebody else after the same? The values themselves are not shown.', {
    scope: 'deconfliction',
    replies: ['deconf.hit', 'deconf.nohit'],
    articles: [cite('EU-2018-1805', '26', 'verified'), practice('deconfliction of INTERPOL and Europol')],
    body: open({
      /** Blinded values travel by the oblivious protocol, never as hashes: the addresses of a chain can be listed and hashed. */
      run: digest('The run of the blinded comparison on which it stands.'),
      epoch: text(60, 'The epoch of the key that was used.'),
      handles: Type.Array(text(100, 'A handle that the comparison gave.'), {
        minItems: 1,
        maxItems: 128,
        uniqueItems: true,
        description: 'What was found in common, by handles that mean nothing elsewhere.',
      }),
      minimumTier: oneOf(tiers, 'The least that the sender would have to show.'),
      leadRequested: flag('Whether the sender asks to lead.'),
      expiry: instant('Until when an answer is of use.'),
    }),
  }),
  'deconf.hit': following('Yes: so much may be said.', {
    by: 'addressee',
    articles: [cite('EU-2018-1805', '26', 'verified')],
    body: open({
      handles: Type.Array(text(100, 'A handle.'), { minItems: 1, maxItems: 128, description: 'Which of them.' }),
      tier: oneOf(tiers, 'How much is said.'),
      contact: nullable(Authority),
      suggestedLead: nullable(text(300, 'Who should lead.')),
    }),
  }),
  'deconf.nohit': following('Nothing may be said, or nothing is known: both read alike.', {
    by: 'addressee',
    articles: [cite('EU-2018-1805', '26', 'verified')],
    body: open({
      handles: Type.Array(text(100, 'A handle.'), { minItems: 1, maxItems: 128, description: 'Which of them.' }),
    }),
  }),
  'deconf.contact': opening('Your tags and my question met at this handle: shall people of both sides talk?', {
    scope: 'deconfliction',
    replies: ['deconf.consent', 'deconf.reveal', 'deconf.nohit'],
    articles: [cite('EU-2018-1805', '26', 'verified'), practice('deconfliction of INTERPOL and Europol')],
    body: open({
      run: digest('The run of the comparison, with which the handle was made.'),
      epoch: count(1_000_000, 'The epoch of the key that was used.', 1),
      handle: digest(
        'The handle: HMAC-SHA256 of the run under the tag. Only who has published the tag knows what it is.',
      ),
      commitment: digest('To the case of the sender, opened by deconf.reveal.'),
      expiry: instant('Until when both may say yes and reveal; then it is over.'),
    }),
  }),
  'deconf.consent': following('Yes: here is what I commit to, and who reveals first.', {
    by: 'addressee',
    articles: [cite('EU-2018-1805', '26', 'verified')],
    body: open({
      handle: digest('Which handle.'),
      commitment: digest('To the case of the sender, opened by deconf.reveal.'),
      first: oneOf(['opener', 'addressee'] as const, 'Who reveals first; the other follows when it has arrived.'),
    }),
  }),
  'deconf.reveal': following('What was committed to: the case, and whom to talk to.', {
    by: 'either',
    articles: [cite('EU-2018-1805', '26', 'verified')],
    body: open({
      handle: digest('Which handle.'),
      caseRef: text(300, 'The file number of the sender.'),
      contact: text(1000, 'Whom to talk to, and how.'),
      salt: digest('The salt of the commitment: 32 random bytes.'),
    }),
  }),
  'attribution.share': opening('What the sender says an address or an account is, with basis and confidence.', {
    scope: 'deconfliction',
    deliver: patient,
    replies: ['attribution.answer'],
    articles: [practice('sharing of attributions among agencies')],
    body: open({
      statements: Type.Array(
        named(
          'AttributionStatement',
          {
            subject: Identifier,
            property: nullable(Property),
            says: text(500, 'What it is said to be.'),
            category: text(100, 'The category of service, as the packs name it.'),
            basis: text(4000, 'On what it stands.'),
            method: text(500, 'How it was found.'),
            confidence: count(100, 'How sure, of 100.'),
            madeAt: instant('When it was stated.'),
            statementDigest: digest('The digest of the statement in the sender’s case.'),
          },
          'An attribution statement: what somebody says, not what is.',
        ),
        { minItems: 1, maxItems: 500, description: 'The statements.' },
      ),
    }),
  }),
  'attribution.answer': following('Agreed, disputed or not known.', {
    by: 'addressee',
    deliver: patient,
    articles: [practice('sharing of attributions among agencies')],
    body: open({
      answers: Type.Array(
        named(
          'AttributionAnswer',
          {
            statementDigest: digest('Which statement.'),
            view: oneOf(['agreed', 'disputed', 'not-known'] as const, 'How it is seen.'),
            reason: nullable(text(4000, 'Why; statements that differ stand side by side.')),
          },
          'What the receiver says of one statement.',
        ),
        { minItems: 1, maxItems: 500, description: 'One for each.' },
      ),
    }),
  }),
} satisfies Family
