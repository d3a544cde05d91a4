/** A request becomes a message, and a message becomes a request, without losing what is asked. */
import { describe, expect, it } from 'vitest'
import type { RequestContent } from '../../casework/index.ts'
import { type Json, orStop } from '../../kernel/index.ts'
import { packFolder, readPacks } from '../../legal/sources/index.ts'
import type { MemberFacts, Self } from '../desk/index.ts'
import { checkDraft, messageOfRequestType, messageTypes, openMessage, ownForms, packMessage } from '../wire/index.ts'
import { directory, tallinn, vienna } from '../wire/testing/agencies.ts'
import { plainHeader } from '../wire/testing/messages.ts'
import { bodyOfRequest, type RequestFacts } from './compose.ts'
import { contentOfMessage } from './content-of.ts'

const packs = orStop(readPacks(orStop(packFolder())))
const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const asset = {
  ...{ chain: CHAIN, address: '1BoatSLRHtKNngkdXEeobR76b53LETtpyT', asset: `${CHAIN}/slip44:0` },
  ...{ amount: '6369984900', value: null },
}
const self: Self = { name: 'Prosecutor', country: 'AT', kind: 'prosecutor', timeZone: 'Europe/Vienna' }
const to: MemberFacts = {
  ...{ id: tallinn.agency, name: 'FIU', country: 'EE', kind: 'fiu', roles: [], status: 'active' },
  ...{ contact: { hours: '24/7', languages: ['et'], dutyLine: '+372' }, mayOpen: true, because: null },
  ...{ scopes: [], keys: [] },
}
const content: RequestContent = {
  ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST', measure: 'FREEZE_SPECIFIC', data: {} },
  languages: { original: 'en', theirs: [] },
  recipients: [{ authority: 'FIU', country: 'EE', role: 'to' }],
  clock: { country: 'EE', zone: 'Europe/Tallinn' },
  urgency: { code: 'IMMINENT_DISSIPATION', ground: 'They move.' },
  facts: 'Coins were paid as ransom.',
  ...{ assets: [asset], trace: null, useConditions: [{ code: 'INTEL_ONLY' }] },
}
const offence = {
  ...{ conduct: 'Extortion', provision: 'Law', penaltyMonths: 60, life: false, iccs: null, euList: null },
  ...{ budapest: null, dualCriminality: 'met' },
}
const stated = {
  offence,
  order: 'ab'.repeat(32),
  orderedAt: '2026-11-25T09:00:00.000Z',
  grounds: 'They move.',
  remedies: 'Court',
}
const factsOf = (more: Partial<RequestContent> = {}): RequestFacts => ({
  ...{ content: { ...content, ...more }, caseId: 'case 1', me: vienna.agency, self, to, silent: true },
})

/** Signed, sent and opened by the other side. */
function arrived(type: string, major: number, body: Json, header: object = {}) {
  const whole = plainHeader({ instrument: { id: 'EU-2018-1805', article: '4', packVersion: '1' }, ...header })
  const { envelope } = orStop(packMessage({ type, major, header: whole, body }, [vienna], ownForms))
  return orStop(openMessage(envelope, directory, tallinn.agency, ownForms))
}

describe('composing', () => {
  it('takes from the request what it says, and from the person what it does not', () => {
    const body = orStop(bodyOfRequest('freeze.request', 2, factsOf(), stated)) as Record<string, Json>
    expect(checkDraft({ type: 'freeze.request', major: 2, header: plainHeader(), body }, ownForms)).toMatchObject({
      ok: true,
    })
    expect(body.assets).toMatchObject([
      {
        property: { chain: CHAIN, address: asset.address, amount: '6369984900' },
        maximum: { amount: '6369984900' },
        extent: 'specific',
      },
    ])
    expect(body.authority).toMatchObject({ name: 'Prosecutor', agency: vienna.agency, reference: 'case 1' })
    // What may be absent is absent, and not made up.
    expect(body).toMatchObject({ validatedBy: null, persons: [], stayFrozenUntil: null, earlierOrders: [] })
  })

  it('names every member that is missing, at once', () => {
    expect(bodyOfRequest('freeze.request', 2, factsOf(), { offence })).toMatchObject({
      ok: false,
      refusal: {
        code: 'MESSAGE_MEMBER',
        place: '/body/order',
        message: expect.stringContaining('order, orderedAt, grounds, remedies'),
      },
    })
  })

  it('refuses a member that the type does not have: it is a slip of the pen', () => {
    expect(bodyOfRequest('freeze.request', 2, factsOf(), { ...stated, ofence: offence })).toMatchObject({
      refusal: { code: 'MESSAGE_MEMBER', place: '/body/ofence' },
    })
  })

  it('says of a person what keeps a secret from it only where that is meant', () => {
    const more = { offence, necessity: 'It would go.', intent: 'A request follows.' }
    const loud = orStop(bodyOfRequest('preserve.request', 1, { ...factsOf(), silent: false }, more))
    expect(loud).toMatchObject({
      userNoticeSuppressed: false,
      identifiers: [{ kind: 'address', value: `${CHAIN}:${asset.address}` }],
    })
    expect(orStop(bodyOfRequest('preserve.request', 1, factsOf(), more))).toMatchObject({ userNoticeSuppressed: true })
  })

  it('every type of request of the packs has its message in the catalogue', () => {
    for (const { id, requestTypes } of packs.instruments)
      for (const { id: requestType } of requestTypes)
        expect(messageTypes.has(messageOfRequestType[requestType] ?? ''), `${id} ${requestType}`).toBe(true)
  })
})

describe('taking in', () => {
  it('gives back the request that was composed', () => {
    const body = orStop(bodyOfRequest('freeze.request', 2, factsOf(), stated))
    const urgency = { code: 'IMMINENT_DISSIPATION', ground: 'art. 9(3)', text: 'They move.' } as const
    const useConditions = [{ code: 'INTEL_ONLY', until: null, text: null }] as const
    const message = arrived('freeze.request', 2, body, { urgency, useConditions })
    const { content: taken, left } = orStop(contentOfMessage(message, {}, self, packs))
    expect(left).toEqual([])
    expect(taken).toMatchObject({
      ...{
        instrument: 'EU-2018-1805',
        requestType: 'FREEZE.REQUEST',
        measure: 'FREEZE_SPECIFIC',
        facts: content.facts,
      },
      ...{ assets: [asset], urgency: content.urgency, useConditions: [{ code: 'INTEL_ONLY' }] },
      clock: { country: 'AT', zone: 'Europe/Vienna' },
    })
  })

  it('an older major says the same as it can: one asset', () => {
    const {
      assets: _,
      total: _t,
      otherStates: _o,
      earlierOrders: _e,
      ...rest
    } = orStop(bodyOfRequest('freeze.request', 2, factsOf(), stated)) as Record<string, Json>
    const property = {
      ...((
        orStop(bodyOfRequest('hold.urgent', 1, factsOf(), { until: '2026-12-01T00:00:00.000Z' })) as { assets: Json[] }
      ).assets[0] as object),
    }
    const body = { ...rest, property, maximum: { amount: asset.amount, asset: asset.asset } } as Json
    expect(orStop(contentOfMessage(arrived('freeze.request', 1, body), {}, self, packs)).content.assets).toEqual([
      asset,
    ])
  })

  it('a freeze by value is one, and a hold has its danger for facts', () => {
    const value = orStop(bodyOfRequest('freeze.request', 2, factsOf({ measure: 'FREEZE_VALUE' }), stated))
    expect(orStop(contentOfMessage(arrived('freeze.request', 2, value), {}, self, packs)).content.measure).toBe(
      'FREEZE_VALUE',
    )
    const hold = orStop(bodyOfRequest('hold.urgent', 1, factsOf(), { until: '2026-12-01T00:00:00.000Z' }))
    const law = { instrument: { id: 'EU-2024-1260', article: '11', packVersion: '1' } }
    expect(orStop(contentOfMessage(arrived('hold.urgent', 1, hold, law), {}, self, packs)).content).toMatchObject({
      ...{ measure: 'HOLD_TX', requestType: 'HOLD.URGENT', facts: 'They move.', assets: [asset] },
    })
  })

  it('what lies at no address is told, and never dropped without a word', () => {
    const body = orStop(bodyOfRequest('freeze.request', 2, factsOf(), stated)) as { assets: { property: Json }[] }
    const account = { ...(body.assets[0]?.property as object), chain: null, address: null, account: 'user 7' }
    const both = { ...body, assets: [{ ...body.assets[0], property: account }, body.assets[0]] } as unknown as Json
    const { content: taken, left } = orStop(contentOfMessage(arrived('freeze.request', 2, both), {}, self, packs))
    expect(taken.assets).toEqual([asset])
    expect(left).toEqual(['asset 1: it lies at no address of a chain; see the message'])
  })

  it('what a message leaves open is asked of the person, with its place', () => {
    const body = orStop(bodyOfRequest('freeze.request', 2, factsOf(), stated))
    const open = arrived('freeze.request', 2, body, { instrument: null })
    expect(contentOfMessage(open, {}, self, packs)).toMatchObject({
      refusal: { code: 'INBOX_INSTRUMENT', place: '/instrument' },
    })
    expect(contentOfMessage(open, { instrument: 'EGMONT' }, self, packs)).toMatchObject({
      refusal: { code: 'INBOX_REQUEST_TYPE', place: '/requestType' },
    })
    expect(contentOfMessage(open, { instrument: 'UNCAC' }, self, packs)).toMatchObject({
      value: { content: { instrument: 'UNCAC', requestType: 'FREEZE.REQUEST' } },
    })
  })
})
