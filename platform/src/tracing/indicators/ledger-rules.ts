/**
 * The red flags that a ledger can show, as rules over what moved at an address. Each says what it saw, with numbers and
 * transactions, or that it did not see it, or what it lacks. Thresholds are data (packs/indicators/fatf-2020-ledger.json).
 *
 * Shares are compared without division: `part × 100 ≥ percent × whole`, in whole numbers.
 */
import type { Tag } from '../tags/index.ts'
import type { Activity, Flow } from './activity.ts'

export type Thresholds = { readonly [name: string]: number }
export type IndicatorFacts = { readonly [name: string]: string | readonly string[] }

export type Sighting =
  | {
      readonly verdict: 'fired'
      readonly says: string
      readonly facts: IndicatorFacts
      readonly txids: readonly string[]
    }
  | { readonly verdict: 'not-fired'; readonly why: string }
  | { readonly verdict: 'not-checked'; readonly why: string }

/** `limit`: the reporting threshold in base units, where the caller names one. */
export type IndicatorRule = (activity: Activity, thresholds: Thresholds, limit: bigint | null) => Sighting

export const ledgerRules: Readonly<Record<string, IndicatorRule>> = {
  structuring,
  'high-value-in-short-time': highValueInShortTime,
  'several-services-at-once': severalServicesAtOnce,
  'tagged-theft-or-fraud': (activity) =>
    tagged(
      activity,
      [...own(activity), ...dealtWith(activity, 'in'), ...dealtWith(activity, 'out')],
      isTheftOrFraud,
      'theft or fraud',
    ),
  'emptied-at-once': emptiedAtOnce,
  'many-payers-in-short-time': manyPayersInShortTime,
  'many-small-into-one': manySmallIntoOne,
  'linked-to-mixing-or-markets': (activity) =>
    mixing(activity, ['in', 'out'], isUnderworld, 'mixing, gambling, darknet markets or ransomware'),
  'paid-by-tagged-crime': (activity) =>
    tagged(activity, dealtWith(activity, 'in'), isCrimeOrSanction, 'crime or sanctions'),
  'paid-by-gambling': (activity) =>
    tagged(activity, dealtWith(activity, 'in'), (tag) => kinds(tag).includes('gambling'), 'gambling'),
  'paid-by-mixer': (activity) => mixing(activity, ['in'], isMixer, 'mixing'),
}

const HOUR = 3600
const NO_TIMES: Sighting = {
  verdict: 'not-checked',
  why: 'not checked: needs the times of the blocks, which no source states',
}
const NO_TAGS: Sighting = {
  verdict: 'not-checked',
  why: 'not checked: needs tags, and none were imported (comity tags import)',
}

function structuring(activity: Activity, thresholds: Thresholds, limit: bigint | null): Sighting {
  if (limit === null) {
    return {
      verdict: 'not-checked',
      why: 'not checked: needs a reporting threshold in base units on the days in question (--reporting-threshold)',
    }
  }
  const { transfers = 0, withinHours = 0, fromPercentOfLimit = 0 } = thresholds
  const below = activity.flows.filter(
    ({ value }) => value < limit && value * 100n >= BigInt(fromPercentOfLimit) * limit,
  )
  return inWindow(below, withinHours, transfers, (window) => ({
    says: `${window.length} transfers of one direction within ${withinHours} hours, each below ${limit} base units and at least ${fromPercentOfLimit} % of it.`,
    facts: {
      transfers: String(window.length),
      limit: String(limit),
      values: window.map(({ value }) => String(value)),
      ...spanOf(window),
    },
  }))
}

function highValueInShortTime({ flows }: Activity, thresholds: Thresholds): Sighting {
  const { transfers = 0, withinHours = 0, eachAtLeastPercentOfTurnover = 0 } = thresholds
  const turnover = turnoverByAsset(flows)
  const high = flows.filter(
    ({ value, asset, direction }) =>
      value * 100n >= BigInt(eachAtLeastPercentOfTurnover) * (turnover.get(`${direction} ${asset}`) ?? 0n),
  )
  return inWindow(high, withinHours, transfers, (window) => ({
    says: `${window.length} transfers of one direction within ${withinHours} hours, each at least ${eachAtLeastPercentOfTurnover} % of all that moved that way.`,
    facts: { transfers: String(window.length), values: window.map(({ value }) => String(value)), ...spanOf(window) },
  }))
}

function severalServicesAtOnce({ flows, tagsByAddress, anyTags }: Activity, thresholds: Thresholds): Sighting {
  if (!anyTags) return NO_TAGS
  const { services = 0, withinHours = 0 } = thresholds
  const nameOf = (address: string) => {
    const tag = (tagsByAddress.get(address) ?? []).find((one) => kinds(one).some((kind) => SERVICES.includes(kind)))
    return tag && (tag.actor ?? tag.label)
  }
  const toServices = flows.filter(
    ({ direction, others }) => direction === 'out' && others.some(({ address }) => nameOf(address)),
  )
  if (toServices.length === 0)
    return { verdict: 'not-fired', why: 'No transfer goes to an address that is tagged as a service.' }
  const namesOf = (window: readonly Flow[]) =>
    [...new Set(window.flatMap(({ others }) => others.flatMap(({ address }) => nameOf(address) ?? [])))].sort()
  return inWindow(
    toServices,
    withinHours,
    1,
    (window) => ({
      says: `Within ${withinHours} hours value went to ${namesOf(window).length} services: ${namesOf(window).join(', ')}.`,
      facts: { services: namesOf(window), ...spanOf(window) },
    }),
    (window) => namesOf(window).length >= services,
  )
}

/** What came in on the first day is nearly all that ever came, and it was gone soon after. */
function emptiedAtOnce({ flows }: Activity, thresholds: Thresholds): Sighting {
  const { receivedPercentFirstDay = 0, spentPercent = 0, withinHours = 0 } = thresholds
  if (flows.length === 0) return { verdict: 'not-fired', why: 'Nothing moved.' }
  if (flows.some(({ time }) => time === null)) return NO_TIMES
  for (const asset of new Set(flows.map((flow) => flow.asset))) {
    const ofAsset = flows.filter((flow) => flow.asset === asset)
    const start = ofAsset.find(({ direction }) => direction === 'in')?.time
    if (start === undefined || start === null) continue
    const total = (direction: Flow['direction'], hours: number) =>
      ofAsset
        .filter((flow) => flow.direction === direction && (flow.time ?? 0) <= start + hours * HOUR)
        .reduce((sum, { value }) => sum + value, 0n)
    const received = total('in', Number.POSITIVE_INFINITY)
    const firstDay = total('in', 24)
    const spent = total('out', withinHours)
    if (firstDay * 100n < BigInt(receivedPercentFirstDay) * received) continue
    if (spent * 100n < BigInt(spentPercent) * received) continue
    const soon = ofAsset.filter(({ time }) => (time ?? 0) <= start + withinHours * HOUR)
    return {
      verdict: 'fired',
      says: `Of ${received} base units that it ever received, ${firstDay} came within a day of the first, and ${spent} had left ${withinHours} hours after it. That it is an account of somebody is not known.`,
      facts: { asset, received: String(received), firstDay: String(firstDay), spent: String(spent), ...spanOf(soon) },
      txids: txidsOf(soon),
    }
  }
  return { verdict: 'not-fired', why: 'What came on the first day is not nearly all, or it had not left soon after.' }
}

function manyPayersInShortTime({ flows }: Activity, thresholds: Thresholds): Sighting {
  const { transfers = 0, payers = 0, withinHours = 0 } = thresholds
  const incoming = flows.filter(({ direction }) => direction === 'in')
  return inWindow(
    incoming,
    withinHours,
    transfers,
    (window) => ({
      says: `${window.length} transfers came within ${withinHours} hours, from ${payersOf(window).length} addresses.`,
      facts: { transfers: String(window.length), payers: String(payersOf(window).length), ...spanOf(window) },
    }),
    (window) => payersOf(window).length >= payers,
  )
}

function manySmallIntoOne({ flows }: Activity, thresholds: Thresholds): Sighting {
  const { payers = 0, eachAtMostPercentOfReceived = 0, toOnePercent = 0 } = thresholds
  const turnover = turnoverByAsset(flows)
  for (const asset of new Set(flows.map((flow) => flow.asset))) {
    const ofAsset = flows.filter((flow) => flow.asset === asset)
    const received = turnover.get(`in ${asset}`) ?? 0n
    const small = ofAsset.filter(
      ({ direction, value }) => direction === 'in' && value * 100n <= BigInt(eachAtMostPercentOfReceived) * received,
    )
    if (payersOf(small).length < payers) continue
    const paid = new Map<string, bigint>()
    let all = 0n
    for (const { direction, others } of ofAsset) {
      if (direction !== 'out') continue
      for (const { address, value } of others) {
        paid.set(address, (paid.get(address) ?? 0n) + value)
        all += value
      }
    }
    const [top] = [...paid].sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1))
    if (!top || top[1] * 100n < BigInt(toOnePercent) * all) continue
    const outgoing = ofAsset.filter(
      ({ direction, others }) => direction === 'out' && others.some(({ address }) => address === top[0]),
    )
    return {
      verdict: 'fired',
      says: `${payersOf(small).length} addresses paid in small amounts, and ${top[1]} of ${all} base units that left went to one address, ${top[0]}.`,
      facts: {
        asset,
        payers: String(payersOf(small).length),
        received: String(received),
        toOne: String(top[1]),
        left: String(all),
        to: top[0],
      },
      txids: txidsOf([...small, ...outgoing]),
    }
  }
  return {
    verdict: 'not-fired',
    why: 'There are too few payers of small amounts, or what left did not go to one address.',
  }
}

function mixing(
  activity: Activity,
  directions: readonly Flow['direction'][],
  test: (tag: Tag) => boolean,
  what: string,
): Sighting {
  const joint = activity.flows.filter(
    ({ direction, coinJoin }) => directions.includes(direction) && coinJoin.length > 0,
  )
  const addresses = [
    ...(directions.length > 1 ? own(activity) : []),
    ...directions.flatMap((one) => dealtWith(activity, one)),
  ]
  const byTag = tagged(activity, addresses, test, what)
  if (joint.length === 0) return byTag
  const rules = [...new Set(joint.flatMap(({ coinJoin }) => coinJoin))].sort()
  const more = byTag.verdict === 'fired' ? byTag : null
  return {
    verdict: 'fired',
    says: `${joint.length} transactions are CoinJoins by ${rules.join(', ')}.${more ? ` ${more.says}` : ''}`,
    facts: {
      coinJoins: String(joint.length),
      rules,
      stonewallShape: String(joint.filter(({ stonewall }) => stonewall).length),
      ...more?.facts,
    },
    txids: [...new Set([...txidsOf(joint), ...(more?.txids ?? [])])],
  }
}

type Place = { readonly address: string; readonly txid: string | null }

function tagged(
  { tagsByAddress, anyTags }: Activity,
  places: readonly Place[],
  test: (tag: Tag) => boolean,
  what: string,
): Sighting {
  if (!anyTags) return NO_TAGS
  const found = places.flatMap((place) =>
    (tagsByAddress.get(place.address) ?? []).filter(test).map((tag) => ({ place, tag })),
  )
  if (found.length === 0)
    return { verdict: 'not-fired', why: `No tag of ${what} is on the address or on whoever dealt with it directly.` }
  const said = [
    ...new Set(
      found.map(({ place, tag }) => `${place.address}: ${tag.label} (${tag.source}; tag ${tag.id.slice(0, 12)})`),
    ),
  ].sort()
  const addresses = [...new Set(found.map(({ place }) => place.address))].sort()
  return {
    verdict: 'fired',
    says: `Tags of ${what} are on ${addresses.length === 1 ? addresses[0] : `${addresses.length} addresses`}. A tag is a statement of its author.`,
    facts: { addresses, tags: said },
    txids: [...new Set(found.flatMap(({ place }) => place.txid ?? []))],
  }
}

function own({ subject }: Activity): readonly Place[] {
  return [...subject].map((address) => ({ address, txid: null }))
}

function dealtWith({ flows }: Activity, direction: Flow['direction']): readonly Place[] {
  return flows
    .filter((flow) => flow.direction === direction)
    .flatMap(({ txid, others }) => others.map(({ address }) => ({ address, txid })))
}

/** Categories at which value comes under a service's keys (packs/tags/service-categories.json). */
const SERVICES: readonly string[] = ['exchange', 'wallet_service', 'payment_processor', 'atm']
const FRAUD: readonly string[] = [
  'service_hack',
  'scam',
  'ponzi_scheme',
  'phishing',
  'extortion',
  'sextortion',
  'ransomware',
  'investment_fraud',
]
const SANCTION: readonly string[] = ['sanction', 'terrorism']

function kinds({ category, concepts, abuse }: Tag): readonly string[] {
  return [category, abuse, ...concepts].filter((kind) => kind !== null)
}

function isTheftOrFraud(tag: Tag): boolean {
  return kinds(tag).some((kind) => FRAUD.includes(kind) || kind === 'perpetrator')
}

function isCrimeOrSanction(tag: Tag): boolean {
  return isTheftOrFraud(tag) || kinds(tag).some((kind) => [...SANCTION, 'black_list', 'market'].includes(kind))
}

function isMixer(tag: Tag): boolean {
  return kinds(tag).some((kind) => kind === 'mixing_service' || kind === 'coinjoin')
}

function isUnderworld(tag: Tag): boolean {
  return isMixer(tag) || kinds(tag).some((kind) => ['gambling', 'market', 'ransomware'].includes(kind))
}

/** The first window of so many hours in which enough flows of one direction and one asset lie. */
function inWindow(
  flows: readonly Flow[],
  hours: number,
  least: number,
  tell: (window: readonly Flow[]) => { readonly says: string; readonly facts: IndicatorFacts },
  also: (window: readonly Flow[]) => boolean = () => true,
): Sighting {
  if (flows.some(({ time }) => time === null)) return NO_TIMES
  let best: readonly Flow[] = []
  for (const group of Map.groupBy(flows, ({ direction, asset }) => `${direction} ${asset}`).values()) {
    const ordered = group.toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0) || (a.txid < b.txid ? -1 : 1))
    let from = 0
    for (let to = 0; to < ordered.length; to++) {
      while ((ordered[to]?.time ?? 0) - (ordered[from]?.time ?? 0) > hours * HOUR) from++
      if (to - from + 1 <= best.length || to - from + 1 < least) continue
      const window = ordered.slice(from, to + 1)
      if (also(window)) best = window
    }
  }
  return best.length === 0
    ? { verdict: 'not-fired', why: `No ${hours} hours hold enough of such transfers (${flows.length} in all).` }
    : { verdict: 'fired', ...tell(best), txids: txidsOf(best) }
}

function turnoverByAsset(flows: readonly Flow[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { direction, asset, value } of flows) {
    const key = `${direction} ${asset}`
    sums.set(key, (sums.get(key) ?? 0n) + value)
  }
  return sums
}

function payersOf(flows: readonly Flow[]): readonly string[] {
  return [...new Set(flows.flatMap(({ others }) => others.map(({ address }) => address)))]
}

function txidsOf(flows: readonly Flow[]): readonly string[] {
  return [...new Set(flows.map(({ txid }) => txid))]
}

function spanOf(flows: readonly Flow[]): IndicatorFacts {
  const times = flows.map(({ time }) => time ?? 0)
  return { firstTime: String(Math.min(...times)), lastTime: String(Math.max(...times)) }
}
