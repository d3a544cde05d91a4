/** What becomes of assets: sale, costs, victims, sharing and return. */
import { Type } from '@sinclair/typebox'
import { day, digest, flag, instant, listOf, named, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Deadline, Money, Property, Valuation, Victim } from '../objects.ts'
import { cite, practice } from './citation.ts'
import { type Family, following, opening, patient } from './definition.ts'

const sale = [cite('EU-2018-1805', '28'), cite('EU-2024-1260', '21')]
const costs = [cite('EU-2018-1805', '31(2)'), cite('UNCAC', '46(28)'), cite('COE-CETS-198', '44')]
const returning = [
  cite('UNCAC', '57'),
  cite('EU-2018-1805', '30'),
  cite('UNTOC', '14'),
  cite('COE-CETS-198', '25'),
  cite('US-CODE', '18 USC 981(i)'),
  cite('UN-CYBERCRIME-2024', '52'),
]

export const disposal = {
  'sale.consult': opening('Assets should be sold before the end; what is thought of it?', {
    scope: 'disposal',
    replies: ['sale.consent', 'sale.object', 'sale.done'],
    articles: sale,
    body: open({
      items: Type.Array(Property, { minItems: 1, maxItems: 500, description: 'What would be sold.' }),
      reasons: Type.Array(oneOf(['volatility', 'depreciation', 'cost', 'security'] as const, 'A reason.'), {
        minItems: 1,
        maxItems: 4,
        uniqueItems: true,
        description: 'Why now.',
      }),
      method: text(2000, 'How it would be sold.'),
      priceRule: text(2000, 'By which rule of price.'),
      proceedsAccount: text(500, 'Where the proceeds would lie.'),
      objectionsBy: Deadline,
      heard: listOf(text(300, 'Somebody who was heard.'), 50, 'Who was heard.'),
    }),
  }),
  'sale.consent': following('No objection.', {
    by: 'addressee',
    articles: sale,
    body: open({ conditions: listOf(text(2000, 'A condition.'), 20, 'Conditions.') }),
  }),
  'sale.object': following('It should not be sold.', {
    by: 'addressee',
    articles: sale,
    body: open({ reason: text(4000, 'Why.'), alternative: nullable(text(4000, 'What could be done.')) }),
  }),
  'sale.done': following('It was sold.', {
    by: 'opener',
    articles: sale,
    body: open({
      items: Type.Array(
        named(
          'SoldItem',
          {
            property: Property,
            proceeds: Money,
            fees: Money,
            at: instant('When.'),
            transactions: listOf(text(128, 'A transaction.'), 100, 'Transactions on the chain.'),
            valuation: nullable(Valuation),
          },
          'What was sold.',
        ),
        { minItems: 1, maxItems: 500, description: 'What was sold, each with its price.' },
      ),
    }),
  }),
  'cost.proposal': opening('Large or unusual costs should be shared.', {
    scope: 'disposal',
    deliver: patient,
    replies: ['cost.agree', 'cost.counter', 'cost.refuse'],
    articles: costs,
    body: open({
      items: Type.Array(named('Cost', { what: text(500, 'For what.'), sum: Money }, 'A cost.'), {
        minItems: 1,
        maxItems: 200,
        description: 'The costs.',
      }),
      proposed: Type.Array(Money, { minItems: 1, maxItems: 20, description: 'What the receiver would bear.' }),
      reason: text(4000, 'Why.'),
    }),
  }),
  'cost.agree': following('Agreed.', {
    by: 'either',
    deliver: patient,
    articles: costs,
    body: open({ proposal: digest('Which proposal.') }),
  }),
  'cost.counter': following('Rather so.', {
    by: 'either',
    deliver: patient,
    articles: costs,
    body: open({
      proposal: digest('Which proposal.'),
      proposed: Type.Array(Money, { minItems: 1, maxItems: 20, description: 'What is offered.' }),
      reason: text(4000, 'Why.'),
    }),
  }),
  'cost.refuse': following('Not agreed.', {
    by: 'either',
    deliver: patient,
    articles: costs,
    body: open({ proposal: digest('Which proposal.'), reason: text(4000, 'Why.') }),
  }),
  'victim.decision': opening('A decision gives property back to a victim, or compensates one.', {
    scope: 'disposal',
    deliver: patient,
    replies: ['victim.paid', 'victim.hold'],
    articles: [cite('EU-2018-1805', '29, 30')],
    body: open({
      decision: digest('The SHA-256 of the decision, which comes as an attachment.'),
      authority: Authority,
      final: flag('Whether it is final.'),
      kind: oneOf(['restitution', 'compensation'] as const, 'Of what kind.'),
      victim: Victim,
      property: listOf(Property, 500, 'Which property.'),
      sums: listOf(Money, 50, 'Which sums.'),
      conditions: listOf(text(2000, 'A condition.'), 20, 'Conditions.'),
    }),
  }),
  'victim.paid': following('It was given back or paid.', {
    by: 'addressee',
    deliver: patient,
    articles: [cite('EU-2018-1805', '29, 30')],
    body: open({
      sums: listOf(Money, 50, 'What was paid.'),
      property: listOf(Property, 500, 'What was given back.'),
      at: instant('When.'),
      proof: listOf(digest('A file, by its SHA-256.'), 50, 'What shows it.'),
    }),
  }),
  'victim.hold': following('It cannot be given back yet.', {
    by: 'addressee',
    deliver: patient,
    articles: [cite('EU-2018-1805', '29')],
    body: open({
      reason: text(4000, 'Why: needed as evidence, a right that is contested, a remedy that is pending.'),
      until: nullable(Deadline),
    }),
  }),
  'dispose.propose': opening('How confiscated assets should be shared or returned.', {
    scope: 'disposal',
    deliver: patient,
    replies: ['return.agree', 'dispose.amend'],
    articles: [...returning, practice('principles of the Global Forum on Asset Recovery')],
    body: open({
      assets: Type.Array(Property, { minItems: 1, maxItems: 500, description: 'What it is about.' }),
      rule: text(80, 'The rule of sharing or return, by its id in the packs, or a name.'),
      total: Type.Array(Money, { minItems: 1, maxItems: 50, description: 'What there is.' }),
      expenses: listOf(Money, 50, 'Expenses that are deducted (UNCAC art. 57(4)).'),
      shares: Type.Array(
        named(
          'Share',
          {
            to: Authority,
            sums: Type.Array(Money, { minItems: 1, maxItems: 50, description: 'How much.' }),
            why: text(2000, 'Why.'),
          },
          'What one side gets.',
        ),
        { minItems: 1, maxItems: 50, description: 'Who gets what.' },
      ),
      basis: oneOf(
        ['prior-ownership', 'damage', 'embezzlement', 'agreement', 'priority-of-victims', 'other'] as const,
        'On what ground.',
      ),
      beneficiaries: listOf(Victim, 1000, 'Victims.'),
      monitoring: nullable(text(4000, 'How the use is watched.')),
      conditions: listOf(text(2000, 'A condition.'), 50, 'Conditions.'),
      answerBy: nullable(Deadline),
    }),
  }),
  'return.agree': following('Agreed and signed.', {
    by: 'either',
    deliver: patient,
    articles: returning,
    body: open({
      proposal: digest('Which proposal.'),
      agreement: nullable(digest('The signed agreement, among the attachments.')),
      signedOn: day('When.'),
    }),
  }),
  'dispose.amend': following('Rather so.', {
    by: 'either',
    deliver: patient,
    articles: returning,
    body: open({
      proposal: digest('Which proposal.'),
      changes: text(20_000, 'The changes.'),
      shares: listOf(Money, 50, 'What the sender asks for.'),
    }),
  }),
  'transfer.notice': opening('Assets or money are on their way.', {
    scope: 'disposal',
    replies: ['transfer.confirm', 'transfer.dispute'],
    articles: returning,
    body: open({
      agreement: nullable(digest('On which agreement or decision it stands.')),
      sums: Type.Array(Money, { minItems: 1, maxItems: 50, description: 'How much.' }),
      reference: text(200, 'The transaction on the chain, or the reference of the bank.'),
      at: instant('When.'),
      from: text(200, 'The sending address or account.'),
      to: text(200, 'The receiving address or account.'),
      control: listOf(digest('A proof that the receiver controls the address.'), 20, 'Proofs of control over keys.'),
    }),
  }),
  'transfer.confirm': following('They have arrived.', {
    by: 'addressee',
    articles: returning,
    body: open({
      sums: Type.Array(Money, { minItems: 1, maxItems: 50, description: 'What arrived.' }),
      at: instant('When.'),
      transaction: text(200, 'As what.'),
    }),
  }),
  'transfer.dispute': following('They have not, or not all.', {
    by: 'addressee',
    articles: returning,
    body: open({
      arrived: listOf(Money, 50, 'What arrived.'),
      missing: listOf(Money, 50, 'What did not.'),
      reason: text(4000, 'What is known.'),
    }),
  }),
} satisfies Family
