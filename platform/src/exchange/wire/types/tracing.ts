/** Where assets are: tracing and identifying, accounts, and what moves on them. */
import { Type } from '@sinclair/typebox'
import { digest, instant, listOf, named, nullable, oneOf, open, text } from '../fields.ts'
import { Authority, Facts, Identifier, Money, Offence, Period, Person, Property } from '../objects.ts'
import { cite, practice } from './citation.ts'
import { type Family, following, opening } from './definition.ts'

const accountData = [
  'kyc',
  'internal-transactions',
  'deposits-withdrawals',
  'asset-types',
  'access-logs',
  'other-accounts',
  'balances',
  'beneficiaries',
  'bank-accounts',
  'ip-geo',
  'devices',
  'phone-email',
] as const

export const tracing = {
  'trace.request': opening('Find assets of these persons, or where these assets are.', {
    scope: 'tracing',
    replies: ['trace.result'],
    articles: [
      cite('EU-2024-1260', '9, 10'),
      cite('CARIN', 'practice'),
      cite('COE-CETS-198', '16'),
      cite('UNCAC', '55(2)'),
      cite('INTERPOL', 'Silver Diffusion'),
    ],
    body: open({
      reason: text(10_000, 'Why it is asked, and the link to the country of the receiver.'),
      proceeding: oneOf(
        ['criminal', 'civil-forfeiture', 'administrative', 'intelligence'] as const,
        'In which proceedings.',
      ),
      offence: Offence,
      persons: listOf(Person, 200, 'Persons.'),
      property: listOf(Property, 500, 'Assets that are known.'),
      period: Period,
      dataWanted: Type.Array(text(200, 'What is wanted.'), {
        minItems: 1,
        maxItems: 50,
        description: 'What is wanted.',
      }),
      knownLinks: listOf(text(1000, 'A link.'), 100, 'What is known already.'),
      use: oneOf(['intelligence', 'evidence'] as const, 'For what it would be used.'),
      resultForm: nullable(text(500, 'In which form it would help.')),
    }),
  }),
  'trace.result': following('What was found.', {
    by: 'addressee',
    articles: [cite('EU-2024-1260', '10'), cite('COE-CETS-198', '16')],
    body: open({
      found: listOf(Property, 5000, 'Assets that were found.'),
      persons: listOf(Person, 500, 'Persons that were found.'),
      searched: listOf(text(500, 'A register or a source.'), 100, 'Where was looked.'),
      notFound: listOf(text(1000, 'What was not found.'), 100, 'What was looked for in vain.'),
      asOf: instant('As of when.'),
      traceRecords: listOf(digest('A trace record.'), 100, 'Trace records that come with it.'),
      usableAsEvidence: oneOf(
        ['yes', 'with-consent', 'by-mutual-assistance-only'] as const,
        'For what it may be used.',
      ),
    }),
  }),
  'account.request': opening('Accounts of a person with services, what moved on them, or what will.', {
    scope: 'tracing',
    replies: ['account.result', 'monitor.report'],
    articles: [cite('COE-CETS-198', '17, 18, 19'), practice('data that services for crypto-assets hold')],
    body: open({
      extent: oneOf(['accounts', 'transactions', 'monitor'] as const, 'Which accounts, what moved, or what will move.'),
      period: Period,
      identifiers: Type.Array(Identifier, { minItems: 1, maxItems: 200, description: 'By which they are found.' }),
      services: listOf(Authority, 50, 'Banks and services that may hold them.'),
      persons: listOf(Person, 100, 'Persons.'),
      value: text(4000, 'Why it is likely to be of substantial value to the investigation (CETS 198 art. 17(3)).'),
      offence: Offence,
      dataWanted: Type.Array(oneOf(accountData, 'A kind of data.'), {
        minItems: 1,
        maxItems: accountData.length,
        uniqueItems: true,
        description: 'What is wanted.',
      }),
    }),
  }),
  'account.result': following('The accounts and what they hold.', {
    by: 'addressee',
    articles: [cite('COE-CETS-198', '17, 18')],
    body: open({
      accounts: listOf(
        named(
          'Account',
          {
            property: Property,
            owners: listOf(Person, 50, 'Whose it is.'),
            openedAt: nullable(instant('Since when.')),
            closedAt: nullable(instant('Until when.')),
            balances: listOf(Money, 500, 'What it holds.'),
            identifiers: listOf(Identifier, 500, 'What is known of who uses it.'),
          },
          'An account.',
        ),
        500,
        'Accounts.',
      ),
      tables: listOf(digest('A table, by its SHA-256.'), 100, 'Tables of transactions, among the attachments.'),
      asOf: instant('As of when.'),
    }),
  }),
  'monitor.report': following('What has moved since.', {
    by: 'addressee',
    articles: [cite('COE-CETS-198', '19')],
    body: open({
      period: Period,
      facts: Facts,
      moved: listOf(Money, 500, 'What moved.'),
      last: oneOf(['yes', 'no'] as const, 'Whether monitoring ends with it.'),
    }),
  }),
} satisfies Family
