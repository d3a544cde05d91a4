/** A freezing certificate that fills Annex I of Reg. 2018/1805; an example of our own. */
export const freezingCertificate = {
  issuingState: 'NL',
  executingState: 'DE',
  urgency: { code: 'IMMINENT_DISSIPATION', reasons: 'The suspect moves coins every night.' },
  persons: [
    {
      kind: 'NATURAL_PERSON',
      position: 'ORDER_TARGET',
      natural: { surname: 'Example', givenNames: 'Eva', birthDate: '1990-02-28' },
    },
    { kind: 'LEGAL_PERSON', position: 'OWNER', legal: { name: 'Example Wallets GmbH' } },
  ],
  order: {
    covers: 'AMOUNT_OF_MONEY',
    amountHere: '40000.00 EUR',
    totalAmount: '100000.00 EUR',
    locationGrounds: 'The service is established in Germany.',
  },
  assets: [{ network: 'bitcoin', asset: 'BTC', address: 'bc1qexample', amount: '150000000' }],
  facts: 'On 3 November 2026 the victim was made to pay.',
  stage: 'investigation',
  groundsForFreezing: 'The coins are proceeds.',
  offence: { provisions: 'Article 138ab of the Criminal Code', threeYears: true, listed: '11, 21' },
  followUp: { code: 'STAY_FROZEN', estimatedDate: '2027-06-01' },
  remedies: { contact: 'District court of Amsterdam' },
  issuer: {
    type: 'AUTHORITY_PROSECUTOR',
    name: 'Public prosecutor',
    contact: 'A. Example',
    post: 'prosecutor',
    fileNumber: '2026/1',
    address: 'Example street 1, Amsterdam',
    phone: '+31 20 555 0100',
    email: 'office@prosecutor.example',
    languages: 'nl, en',
    signature: 'A. Example',
  },
}
