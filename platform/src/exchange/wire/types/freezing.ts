/** Holding and freezing: first at once and for days, then by an order until the end of the proceedings. */
import { Type } from '@sinclair/typebox'
import { digest, flag, instant, listOf, named, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Deadline, Facts, Money, Offence, Person, Property, Victim } from '../objects.ts'
import { holdRefusals } from '../vocabulary.ts'
import { cite, practice } from './citation.ts'
import { atOnce, type Family, following, opening, openingIn } from './definition.ts'

const Held = named(
  'SecuredItem',
  {
    property: Property,
    secured: Money,
    at: instant('When it was secured.'),
    custody: oneOf(
      ['held-by-service', 'moved-to-custody', 'key-seized', 'device-seized', 'contract-block', 'other'] as const,
      'How.',
    ),
    transaction: nullable(text(128, 'The transaction by which it was moved, where it was.')),
    note: nullable(text(2000, 'What else must be known.')),
  },
  'What was secured.',
)

const order = {
  authority: Authority,
  validatedBy: nullable(Authority),
  order: digest('The SHA-256 of the order, which comes as an attachment.'),
  orderedAt: instant('When it was issued.'),
  persons: listOf(Person, 100, 'Whom the order concerns.'),
  offence: Offence,
  facts: Facts,
}

const freezeCommon = {
  ...order,
  grounds: text(10_000, 'Why the property is to be frozen (Reg. 2018/1805, Annex I section E).'),
  stayFrozenUntil: nullable(Deadline),
  dualCriminality: nullable(text(4000, 'What the receiver needs to test it, where it is tested.')),
  formalities: nullable(text(4000, 'Formalities and procedures that are asked for.')),
  restitution: listOf(Victim, 500, 'Victims to whom property is to go back.'),
  remedies: text(4000, 'Remedies in the issuing State, and with whom.'),
}

/** Version 1 knew one asset. A case rarely has one: later ones name several, each with its amount. */
export const freezeRequestV1 = open({ ...freezeCommon, property: Property, maximum: Money }, 'Freeze one asset.')

export const freezeRequestV2 = open(
  {
    ...freezeCommon,
    assets: Type.Array(
      named(
        'AssetToFreeze',
        {
          property: Property,
          maximum: Money,
          extent: oneOf(['specific', 'value'] as const, 'specific: this very property. value: property of this worth.'),
        },
        'One asset, and how much of it.',
      ),
      { minItems: 1, maxItems: 500, description: 'What is to be frozen, each with its amount.' },
    ),
    total: listOf(Money, 50, 'At most so much of each asset in all countries together (Reg. 2018/1805 art. 16(2)).'),
    otherStates: listOf(Authority, 50, 'Where else the same order was sent.'),
    earlierOrders: listOf(text(300, 'An earlier order.'), 50, 'Earlier orders on the same property.'),
  },
  'Freeze one asset or several.',
)

export const freezing = {
  'hold.urgent': opening('Hold an asset for a short time, until a formal request follows.', {
    scope: 'freezing',
    deliver: atOnce,
    replies: ['held', 'not-held', 'hold.extend', 'hold.lapsed'],
    articles: [
      cite('EU-2024-1260', '11'),
      cite('US-CODE', '18 USC 981(b)(4)'),
      practice('courtesy freeze of a service'),
    ],
    body: open({
      authority: Authority,
      assets: Type.Array(Property, { minItems: 1, maxItems: 500, description: 'What is to be held.' }),
      danger: text(4000, 'Why it would be gone otherwise.'),
      until: instant('Until when it is asked to be held.'),
      promised: nullable(
        named(
          'FollowUp',
          { type: text(60, 'The type of the request that follows.'), due: instant('By when.') },
          'What follows.',
        ),
      ),
      offence: nullable(Offence),
    }),
  }),
  held: following('The asset is held.', {
    by: 'addressee',
    deliver: atOnce,
    articles: [cite('EU-2024-1260', '11')],
    body: open({
      items: Type.Array(Held, { minItems: 1, maxItems: 500, description: 'What is held.' }),
      until: instant('Until when.'),
      lapse: nullable(text(1000, 'Under which rule it ends.')),
    }),
  }),
  'not-held': following('The asset is not held.', {
    by: 'addressee',
    deliver: atOnce,
    articles: [cite('EU-2024-1260', '11')],
    body: open({
      reason: oneOf(holdRefusals, 'Why.'),
      text: text(4000, 'In words.'),
      alternative: nullable(text(2000, 'Who could do it.')),
    }),
  }),
  'hold.extend': following('Hold it for longer, as the formal request is under way.', {
    by: 'opener',
    deliver: atOnce,
    articles: [cite('EU-2024-1260', '11')],
    body: open({
      until: instant('Until when.'),
      reason: text(4000, 'Why.'),
      followUp: nullable(digest('The formal request.')),
    }),
  }),
  'hold.lapsed': following('The hold has ended.', {
    by: 'addressee',
    deliver: atOnce,
    articles: [cite('EU-2024-1260', '11')],
    body: open({
      at: instant('When it ended.'),
      cause: text(2000, 'Why.'),
      released: listOf(Property, 500, 'What is free again.'),
    }),
  }),
  'freeze.request': openingIn('Freeze assets under an order.', {
    scope: 'freezing',
    deliver: {
      hours: 96,
      reason:
        'Who asks to freeze must hear within days that the other side cannot be reached, while another way still helps.',
    },
    replies: ['freeze.executed', 'impossible', 'lift.intent', 'limit.duration'],
    articles: [
      cite('EU-2018-1805', '4, 6, Annex I'),
      cite('UNCAC', '54(2), 55(2)'),
      cite('COE-CETS-198', '21, 37'),
      cite('UNTOC', '13(2)'),
      cite('US-CODE', '28 USC 2467(d)(3)'),
      cite('UN-CYBERCRIME-2024', '31, 50'),
    ],
    majors: { 1: freezeRequestV1, 2: freezeRequestV2 },
  }),
  'freeze.executed': following('The assets are frozen.', {
    by: 'addressee',
    articles: [cite('EU-2018-1805', '7(2), 10(2)', 'verified')],
    body: open({
      items: Type.Array(Held, { minItems: 1, maxItems: 500, description: 'What was frozen.' }),
      executedAt: instant('When.'),
      notFrozen: listOf(text(2000, 'What was not, and why.'), 100, 'What was asked for and not done.'),
      duration: text(2000, 'How long it lasts under the law of the executing State.'),
      evidence: listOf(digest('An exhibit or file, by its SHA-256.'), 200, 'What shows it.'),
    }),
  }),
  'seize.request': opening('Take into custody keys, devices or assets that a person controls.', {
    scope: 'freezing',
    deliver: { hours: 96, reason: 'As for a freeze: another way still helps within days.' },
    replies: ['seize.executed', 'impossible', 'lift.intent'],
    articles: [cite('UNCAC', '54(2), 55(2)'), cite('UNTOC', '13(2)'), cite('COE-CETS-198', '21, 37')],
    body: open({
      ...order,
      assets: Type.Array(Property, { minItems: 1, maxItems: 500, description: 'What is to be taken.' }),
      places: listOf(text(500, 'A place.'), 50, 'Where it may be found.'),
      custodyAddress: nullable(text(200, 'Where assets are to be moved to, and who controls it.')),
      precautions: text(4000, 'What could destroy or move the assets meanwhile.'),
    }),
  }),
  'seize.executed': following('They were taken into custody.', {
    by: 'addressee',
    articles: [cite('UNCAC', '54(2)')],
    body: open({
      items: Type.Array(Held, { minItems: 1, maxItems: 500, description: 'What was taken.' }),
      executedAt: instant('When.'),
      custodian: Authority,
      keysCopied: flag('Whether somebody else may still hold a copy of a key.'),
      evidence: listOf(digest('An exhibit or file, by its SHA-256.'), 200, 'What shows it.'),
    }),
  }),
  'lift.intent': following('A measure is about to be lifted; whoever asked for it may still argue.', {
    by: 'addressee',
    articles: [cite('UNCAC', '55(8)'), cite('COE-CETS-198', '22(2), 41(1)(e)')],
    body: open({
      reason: text(4000, 'Why.'),
      liftsAt: instant('When it will be lifted.'),
      argueUntil: instant('Until when reasons for going on are heard.'),
      items: listOf(Property, 500, 'What would be free.'),
    }),
  }),
  'limit.duration': following('The measure should end; a term is proposed.', {
    by: 'addressee',
    articles: [cite('EU-2018-1805', '12(2)')],
    body: open({ reasons: text(4000, 'Why.'), proposedEnd: instant('When it should end.'), answerDue: Deadline }),
  }),
} satisfies Family
