/** The worked example of docs/spec/exchange.md: a request to freeze, as a prosecutor would send it. All of it is invented. */
import type { BodyOf, Header } from '../index.ts'
import { plainHeader } from './messages.ts'

type Body = BodyOf<'freeze.request', 2>

const bitcoin = 'bip122:000000000019d6689c085ae165831e93'
const coin = `${bitcoin}/slip44:0`

const property = (address: string, holder: string | null): Body['assets'][number]['property'] => ({
  kind: holder === null ? 'self-hosted-wallet' : 'vasp-account',
  chain: bitcoin,
  asset: coin,
  address,
  account: null,
  amount: null,
  valuations: [],
  holder,
  jurisdiction: holder === null ? null : 'EE',
  interests: [],
  traceRecord: '5c'.repeat(32),
})
const authority = (name: string, kind: Body['authority']['kind']): Body['authority'] => ({
  name,
  country: 'AT',
  kind,
  agency: 'at-prosecutor-vienna',
  address: null,
  reference: '17 St 26/26x',
})

export const freezeHeader: Header = plainHeader({
  caseRef: { mine: '17 St 26/26x', theirs: [] },
  instrument: { id: 'EU-2018-1805', article: '4, 6, Annex I', packVersion: '2026.11.1' },
  legalBasis: 'Example Code of Criminal Procedure § 1',
  urgency: {
    code: 'IMMINENT_DISSIPATION',
    ground: 'Reg. 2018/1805 art. 9(3)',
    text: 'Coins of the same source were moved twice since yesterday.',
  },
  useConditions: [{ code: 'ONLY_STATED_PROCEEDING', until: null, text: null }],
  dataProtection: {
    categories: ['SUSPECT', 'VICTIM'],
    factOrAssessment: 'facts',
    retentionUntil: null,
    onwardTransfer: 'with-consent',
  },
  unit: 'Cybercrime',
  officer: { name: 'A. Example', role: 'prosecutor' },
})

export const freezeBody: Body = {
  authority: authority('Public Prosecutor Vienna', 'prosecutor'),
  validatedBy: authority('Regional Criminal Court Vienna', 'judge'),
  order: 'a7'.repeat(32),
  orderedAt: '2026-11-25T08:00:00.000Z',
  persons: [],
  offence: {
    conduct: 'Somebody entered the computers of a hospital, encrypted its records and demanded coins for the key.',
    provision: 'Example Penal Code §§ 1, 2',
    penaltyMonths: 120,
    life: false,
    iccs: null,
    euList: 'computer-related crime',
    budapest: '4, 5',
    dualCriminality: 'not-asked',
  },
  facts: {
    summary: 'The ransom was paid on 20 November 2026 and followed to the two addresses below.',
    from: '2026-11-20T06:00:00.000Z',
    to: null,
    places: ['Vienna'],
    transactions: [],
  },
  grounds: 'The coins are proceeds of the offence and would be confiscated.',
  stayFrozenUntil: null,
  dualCriminality: null,
  formalities: null,
  restitution: [],
  remedies: 'An appeal to the Higher Regional Court Vienna within 14 days.',
  assets: [
    {
      property: property('1BoatSLRHtKNngkdXEeobR76b53LETtpyT', 'Example Exchange OÜ'),
      maximum: { amount: '185000000', asset: coin },
      extent: 'specific',
    },
    {
      property: property('bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', null),
      maximum: { amount: '40000000', asset: coin },
      extent: 'specific',
    },
  ],
  total: [{ amount: '225000000', asset: coin }],
  otherStates: [],
  earlierOrders: [],
}
