/** What is known already is in the form before anybody writes. */
import { expect, test } from 'vitest'
import { type Content, mirrored, prefilled, withItems, withMirrored } from './first-draft.ts'
import type { FormField } from './form-paths.ts'

const field = (path: string, codes: readonly string[] | null = null): FormField => ({
  ...{ path, label: path, kind: 'text', required: true, article: '1', when: null, entryNeeded: true },
  codes: codes?.map((code) => ({ code, label: code })) ?? null,
})
const fields = [
  field('issuingState'),
  field('executingState'),
  field('urgency.code', ['IMMINENT_DISSIPATION']),
  field('urgency.reasons'),
  field('issuer.type', ['AUTHORITY_JUDGE', 'AUTHORITY_PROSECUTOR']),
  field('issuer.fileNumber'),
  field('order.covers', ['SPECIFIC_ITEM']),
  field('facts'),
  field('assets[].amount'),
  field('assets[].network'),
  field('assets[].asset'),
  field('items[].description'),
]
const content: Content = {
  ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST', measure: 'FREEZE_SPECIFIC', data: {} },
  languages: { original: 'en', theirs: ['de'] },
  recipients: [{ authority: 'Staatsanwaltschaft', country: 'DE', role: 'to' }],
  clock: { country: 'DE', zone: 'Europe/Berlin' },
  urgency: { code: 'IMMINENT_DISSIPATION', ground: 'They move.' },
  facts: 'Coins paid as ransom.',
  assets: [{ chain: 'btc', address: 'bc1q', asset: null, amount: '123456789000', value: null }],
  ...{ trace: null, useConditions: [] },
}
const known = {
  agency: { name: 'Parket', country: 'NL', kind: 'prosecutor' },
  ...{ person: 'Ines', reference: null, to: 'DE', language: 'English' },
}
const chains = { btc: { name: 'Bitcoin', symbol: 'BTC', decimals: 8, caip19: 'x' } }

test('agency, countries and kind of order are filled in where the form asks; what is unknown stays open', () => {
  expect(prefilled(fields, content, known)).toEqual({
    ...{ issuingState: 'NL', executingState: 'DE', 'issuer.type': 'AUTHORITY_PROSECUTOR' },
    'order.covers': 'SPECIFIC_ITEM',
  })
  const written = { ...content, data: { issuingState: 'FR' } }
  expect(prefilled(fields, written, known).issuingState).toBe('FR')
})

test('what the request says elsewhere follows it, and goes with it', () => {
  expect(mirrored(fields, content, chains)).toEqual({
    ...{ facts: 'Coins paid as ransom.', 'urgency.code': 'IMMINENT_DISSIPATION', 'urgency.reasons': 'They move.' },
    ...{ 'assets[0].amount': '123456789000', 'assets[0].network': 'Bitcoin' },
    'assets[0].asset': 'BTC',
  })
  const before = withMirrored(fields, content, chains)
  const after = withMirrored(fields, { ...before, urgency: null, assets: [] }, chains)
  expect(after.data).toEqual({ facts: 'Coins paid as ransom.' })
})

test('property is described by the assets as long as nobody has described it otherwise', () => {
  const described = withItems(fields, { ...content, assets: [] }, content, chains)
  expect(described.data).toEqual({ 'items[0].description': '1234.56789 BTC, Bitcoin, bc1q' })
  const [asset] = described.assets
  const more = { ...described, assets: [{ ...(asset as NonNullable<typeof asset>), amount: '1' }] }
  expect(withItems(fields, described, more, chains).data['items[0].description']).toBe('0.00000001 BTC, Bitcoin, bc1q')
  const written = { ...described, data: { 'items[0].description': 'A wallet' } }
  expect(withItems(fields, written, { ...written, assets: [] }, chains).data).toEqual(written.data)
})

test('a token is never called by the name of the coin of its chain, and the coin is known by its full name', () => {
  const [coin] = content.assets as [Content['assets'][number]]
  const token = { ...coin, asset: 'btc/token:1', amount: '5' }
  const named = { ...coin, asset: 'x' }
  const described = withItems(fields, { ...content, assets: [] }, { ...content, assets: [token, named] }, chains)
  expect(described.data).toEqual({
    'items[0].description': '5, btc/token:1, Bitcoin, bc1q',
    'items[1].description': '1234.56789 BTC, Bitcoin, bc1q',
  })
  expect(mirrored(fields, described, chains)).toMatchObject({
    'assets[0].asset': 'btc/token:1',
    'assets[1].asset': 'BTC',
  })
})
