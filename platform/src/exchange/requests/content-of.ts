/**
 * A message that asks for something, as the request that casework answers. What the message states is taken over; what it leaves open
 * whoever takes it in states; what our form of a request has no place for is told, and stays in the message.
 */
import type { Asset, Measure, RequestContent } from '../../casework/index.ts'
import { type Json, ok, type Result, refuse } from '../../kernel/index.ts'
import { findInstrument, findRequestType, type LegalPacks } from '../../legal/index.ts'
import type { Self } from '../desk/index.ts'
import { type Message, messageOfRequestType, newestBody } from '../wire/index.ts'
import { measureOf, valueMeasures } from './vocabulary.ts'

/** What somebody here states where the message leaves it open. */
export type Stated = {
  readonly instrument?: string | undefined
  readonly requestType?: string | undefined
  readonly measure?: Measure | undefined
  readonly facts?: string | undefined
}

export type TakenContent = { readonly content: RequestContent; readonly left: readonly string[] }

export function contentOfMessage(
  message: Message,
  stated: Stated,
  self: Self,
  packs: LegalPacks,
): Result<TakenContent> {
  const { type, header } = message
  const body = newestBody(message).body as { readonly [name: string]: Json }
  const law = lawOf(type, header.instrument?.id, stated, packs)
  if (!law.ok) return law
  const measure = stated.measure ?? (isByValue(body) ? byValue(measureOf[type]) : measureOf[type])
  if (measure === undefined)
    return refuse('INBOX_MEASURE', `From ${type} alone it does not follow what is asked for.`, {
      place: '/measure',
      fix: 'State the measure, as PRESERVE.',
    })
  const facts = stated.facts ?? factsOf(body)
  if (facts === null)
    return refuse('INBOX_FACTS', 'The message states no facts of the case.', {
      place: '/facts',
      fix: 'State them, from the attachments or by asking back.',
    })
  const { assets, left } = assetsOf(body)
  return ok({
    content: {
      ...law.value,
      measure,
      data: {},
      languages: { original: header.languages.original, theirs: [] },
      recipients: [{ authority: self.name, country: self.country, role: 'to' }],
      clock: { country: self.country, zone: self.timeZone },
      urgency: header.urgency === null ? null : { code: header.urgency.code, ground: header.urgency.text },
      facts,
      assets,
      trace: null,
      useConditions: header.useConditions.map(({ code, until, text }) => ({
        code,
        ...(until === null ? {} : { until }),
        ...(text === null ? {} : { text }),
      })),
    },
    left,
  })
}

function lawOf(
  type: string,
  named: string | undefined,
  stated: Stated,
  packs: LegalPacks,
): Result<{ readonly instrument: string; readonly requestType: string }> {
  const instrument = stated.instrument ?? named
  if (instrument === undefined)
    return refuse('INBOX_INSTRUMENT', 'The message names no instrument of the law.', {
      place: '/instrument',
      fix: 'State the one under which you treat it, by its id in the packs.',
    })
  const found = findInstrument(packs, instrument)
  if (!found.ok) return { ok: false, refusal: { ...found.refusal, place: '/instrument' } }
  const requestType =
    stated.requestType ??
    Object.keys(messageOfRequestType).find(
      (one) => messageOfRequestType[one] === type && findRequestType(found.value, one).ok,
    )
  if (requestType !== undefined) return ok({ instrument, requestType })
  return refuse('INBOX_REQUEST_TYPE', `${instrument} knows no request that ${type} would be.`, {
    place: '/requestType',
    fix: 'State the type of request, by its id in the pack; or another instrument.',
  })
}

function byValue(measure: Measure | undefined): Measure | undefined {
  return measure === undefined ? undefined : (valueMeasures[measure] ?? measure)
}

function isByValue(body: { readonly [name: string]: Json }): boolean {
  if (body.extent === 'value') return true
  return (
    Array.isArray(body.assets) &&
    body.assets.length > 0 &&
    body.assets.every((one) => memberOf(one, 'extent') === 'value')
  )
}

function factsOf(body: { readonly [name: string]: Json }): string | null {
  const summary = memberOf(body.facts ?? null, 'summary')
  for (const words of [summary, body.danger, body.reason, body.matter, body.summary])
    if (typeof words === 'string') return words
  return null
}

/** Every property with an address; others are told, since casework knows assets by their addresses. */
function assetsOf(body: { readonly [name: string]: Json }): { readonly assets: Asset[]; readonly left: string[] } {
  const assets: Asset[] = []
  const left: string[] = []
  const lists = [body.assets, body.property, body.items].filter(Array.isArray) as (readonly Json[])[]
  for (const [at, item] of lists.flat().entries()) {
    const property = memberOf(item, 'property') ?? item
    const money = memberOf(item, 'maximum') ?? memberOf(item, 'sum') ?? null
    const chain = memberOf(property, 'chain')
    const address = memberOf(property, 'address')
    if (typeof chain !== 'string' || typeof address !== 'string') {
      left.push(`asset ${at + 1}: it lies at no address of a chain; see the message`)
      continue
    }
    const asset = memberOf(property, 'asset') ?? memberOf(money, 'asset')
    const amount = memberOf(money, 'amount') ?? memberOf(property, 'amount')
    assets.push({
      chain,
      address,
      asset: typeof asset === 'string' && !asset.startsWith('iso4217:') ? asset : null,
      amount: typeof amount === 'string' ? amount : null,
      value: null,
    })
  }
  for (const identifier of Array.isArray(body.identifiers) && lists.length === 0 ? body.identifiers : []) {
    const value = memberOf(identifier, 'value')
    const place = typeof value === 'string' ? /^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}):(\S+)$/.exec(value) : null
    if (memberOf(identifier, 'kind') === 'address' && place)
      assets.push({ chain: place[1] as string, address: place[2] as string, asset: null, amount: null, value: null })
    else left.push(`${String(memberOf(identifier, 'kind'))}: it is no address of a chain; see the message`)
  }
  return { assets, left }
}

function memberOf(json: Json | undefined, name: string): Json | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  return (json as { readonly [name: string]: Json })[name]
}
