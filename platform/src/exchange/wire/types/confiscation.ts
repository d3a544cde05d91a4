/** Confiscation of a court, carried out in another country. */
import { Type } from '@sinclair/typebox'
import { day, digest, flag, instant, listOf, named, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Facts, Money, Offence, Person, Property, Victim } from '../objects.ts'
import { cite } from './citation.ts'
import { type Family, following, opening, patient } from './definition.ts'

const regulation = (article: string) => cite('EU-2018-1805', article)

export const confiscation = {
  'confiscate.request': opening('Carry out an order of confiscation.', {
    scope: 'confiscation',
    deliver: patient,
    replies: ['confiscate.executed', 'excess.alert', 'impossible', 'lift.intent'],
    articles: [
      regulation('14, 17, Annex II'),
      cite('UNCAC', '54, 55'),
      cite('COE-CETS-198', '23, 37(3)'),
      cite('UNTOC', '13(1)'),
      cite('US-CODE', '28 USC 2467(b)'),
      cite('UN-CYBERCRIME-2024', '50'),
    ],
    body: open({
      authority: Authority,
      order: digest('The SHA-256 of the certified copy, which comes as an attachment.'),
      orderedAt: instant('When it was made.'),
      finalOn: nullable(day('Since when it is final; null: it is enforceable and not final.')),
      type: oneOf(['conviction-based', 'extended', 'third-party', 'non-conviction', 'other'] as const, 'What kind.'),
      extent: oneOf(['specific', 'value', 'both'] as const, 'Specific property, or property of a worth.'),
      assets: Type.Array(
        named('AssetToConfiscate', { property: Property, sum: Money }, 'One asset, and how much of it.'),
        { minItems: 1, maxItems: 500, description: 'What is confiscated.' },
      ),
      persons: listOf(Person, 100, 'Against whom.'),
      offence: Offence,
      facts: Facts,
      inAbsentia: nullable(text(4000, 'Where the person did not appear: how the rights of defence were kept.')),
      thirdParties: text(10_000, 'How third parties were told and heard.'),
      conversion: flag('Whether assets may be turned into money.'),
      payTo: nullable(text(500, 'To which account or address.')),
      victims: listOf(Victim, 500, 'Victims who have rights in it.'),
      paid: listOf(Money, 50, 'What was recovered already, here or elsewhere.'),
    }),
  }),
  'confiscate.executed': following('It was carried out.', {
    by: 'addressee',
    articles: [regulation('18(6)')],
    body: open({
      items: Type.Array(
        named('ConfiscatedItem', { property: Property, sum: Money, at: instant('When.') }, 'What was confiscated.'),
        {
          minItems: 1,
          maxItems: 500,
          description: 'What was confiscated.',
        },
      ),
      costs: listOf(Money, 20, 'What it cost.'),
      held: text(2000, 'Where it lies.'),
      evidence: listOf(digest('A file, by its SHA-256.'), 200, 'What shows it.'),
    }),
  }),
  'excess.alert': following('More could be recovered than the order allows.', {
    by: 'either',
    articles: [regulation('16(3), 18(4)')],
    body: open({
      remaining: listOf(Money, 50, 'What may still be recovered.'),
      reason: text(4000, 'Why.'),
      at: instant('As of when.'),
    }),
  }),
} satisfies Family
