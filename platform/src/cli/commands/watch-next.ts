import { type AccountPack, type ChainPack, shippedAccountPacks, shippedChainPacks } from '../../chains/index.ts'
import type { Json } from '../../kernel/index.ts'
import { type LegalPacks, routes } from '../../legal/index.ts'
import { ACCOUNT_RECORD_FORMAT, accountTracesOf, type ServiceTag } from '../../tracing/index.ts'
import { accountStayAt, type Stay, stayAt } from '../../tracing/watch/index.ts'
import type { CommandDefinition } from '../command.ts'
import type { Desk } from '../desk.ts'
import { extendTraces, type WatchedTrace } from '../extend-traces.ts'
import { coins, count, plain } from '../present.ts'
import { openPacks, packsOption } from './legal-options.ts'
import { readMinConfidence } from './shared-options.ts'

/** The largest positions are shown; a trace may have thousands. */
const POSITIONS = 50
const WAYS = 3
/** `hold`: a stop of payment, or the suspension of a transaction, while a freezing is asked for. */
const needs = ['freeze', 'preserve', 'hold'] as const

export const watchNext: CommandDefinition = {
  path: ['watch', 'next'],
  summary: 'Where the money of watched traces is now, and what can be done there',
  about:
    'Traces whose front has moved are run again first, by the same rule, to the tip of the ledger. For each place where value is: the service by its tags, the countries of the service, what the legal packs offer there for freezing, for preserving and for stopping a payment, with the article and whether it was verified, and how long value usually stays there, measured from the ledger. What is not known is said to be not known. A person decides.',
  arguments: [],
  options: [
    { flags: '--chain <caip2>', help: 'only traces on this chain' },
    { flags: '--country <country>', help: 'the country that would ask, as NL; without it no instruments are named' },
    { flags: '--offence <code>', help: 'the offence by its code (default laundering)' },
    { flags: '--min-confidence <n>', help: 'leave out tags below this confidence (0 to 100, or an id; default 0)' },
    packsOption,
  ],
  examples: ['comity watch next', 'comity watch next --country NL --offence ransomware --json'],
  async run(desk, _args, flags) {
    const watches = await desk.watchStore()
    const only = flags.chain === undefined ? null : desk.pack(String(flags.chain)).caip2
    const chains = new Set(watches.watches().flatMap(({ kind, chain }) => (kind === 'trace' ? [chain] : [])))
    const asking =
      flags.country === undefined
        ? null
        : {
            packs: await openPacks(flags),
            from: String(flags.country),
            offence: flags.offence === undefined ? 'laundering' : String(flags.offence),
          }
    const answers: Answer[] = []
    const minConfidence = readMinConfidence(flags.minConfidence)
    const packs = [...shippedChainPacks, ...shippedAccountPacks]
    for (const pack of packs.filter(({ caip2 }) => chains.has(caip2) && (only ?? caip2) === caip2))
      for (const trace of await extendTraces(desk, watches, pack))
        answers.push({ trace, places: await placesNow(desk, trace.record, pack, minConfidence, asking) })
    desk.progress.done()
    return {
      exit: 0,
      json: { traces: answers.map(toJson) },
      text: answers.length === 0 ? 'No trace is watched.' : answers.map(toText).join('\n\n'),
    }
  },
}

export type Asking = { readonly packs: LegalPacks; readonly from: string; readonly offence: string }

type Way = {
  readonly country: string
  readonly need: string
  readonly instrument: string
  readonly requestType: string
  readonly article: string
  readonly verified: string
  readonly receiver: string
}

/** Where value is, on whichever chain. */
type Rest = {
  readonly chain: string
  readonly asset: string
  readonly txid: string | null
  readonly vout: number | null
  readonly address: string | null
  readonly amount: string
  readonly traced: string
  readonly status: string
  readonly height: number | null
}

export type Place = {
  readonly rest: Rest
  readonly service: ServiceTag | null
  readonly countries: readonly string[]
  readonly ways: readonly Way[]
  /** Countries about which the packs could not be asked, with why. */
  readonly unanswered: readonly string[]
  readonly stay: Stay | null
}

type Answer = { readonly trace: WatchedTrace; readonly places: readonly Place[] }

/** What a trace says of another chain, which has its own watch, stands with that watch. */
function restsOf(record: WatchedTrace['record'], { caip2, asset }: ChainPack | AccountPack): readonly Rest[] {
  if (record.format !== ACCOUNT_RECORD_FORMAT && caip2 === record.chain)
    return record.result.positions.map(({ txid, vout, address, amount, traced, status, height }) => ({
      ...{ chain: caip2, asset: asset.caip19, txid, vout, address, amount, traced, status, height },
    }))
  return accountTracesOf(record)
    .flatMap(({ result }) => result.positions)
    .filter(({ chain }) => chain === caip2)
    .map(({ chain, asset: of, txid, address, amount, traced, status, height }) => ({
      ...{ chain, asset: of, txid, vout: null, address, amount, traced, status, height },
    }))
}

/** Where the money of a trace is on one chain, the most first, with what can be done there. */
export async function placesNow(
  desk: Desk,
  record: WatchedTrace['record'],
  pack: ChainPack | AccountPack,
  minConfidence: number,
  asking: Asking | null,
): Promise<readonly Place[]> {
  const { asOf } = accountTracesOf(record).find(({ chain }) => chain === pack.caip2) ?? record
  return placesOf(desk, restsOf(record, pack), asOf, minConfidence, asking)
}

const WHERE_VALUE_IS = ['service', 'unspent', 'data-ends']

async function placesOf(
  desk: Desk,
  rests: readonly Rest[],
  asOf: WatchedTrace['record']['asOf'],
  minConfidence: number,
  asking: Asking | null,
): Promise<readonly Place[]> {
  const largest = rests
    .filter(({ status, traced }) => WHERE_VALUE_IS.includes(status) && BigInt(traced) > 0n)
    .toSorted((a, b) => (BigInt(a.traced) > BigInt(b.traced) ? -1 : BigInt(a.traced) < BigInt(b.traced) ? 1 : 0))
    .slice(0, POSITIONS)
  const chain = largest[0]?.chain ?? ''
  const addresses = [...new Set(largest.flatMap(({ address }) => address ?? []))]
  const services = await (await desk.tags(minConfidence)).serviceTags(chain, addresses, asOf.time)
  const tags = await (await desk.tagStore()).tagsOf(chain, addresses, { asOf: Number.MAX_SAFE_INTEGER })
  const places: Place[] = []
  for (const rest of largest) {
    const { address } = rest
    const service = address === null ? null : (services.get(address) ?? null)
    const actors = service === null ? [] : (tags.get(address ?? '') ?? []).flatMap(({ actor }) => actor ?? [])
    const known = await (await desk.tagStore()).actors([...new Set(actors)])
    const countries = [...new Set(known.flatMap(({ jurisdictions }) => jurisdictions))].sort()
    const { ways, unanswered } = asking === null ? { ways: [], unanswered: [] } : waysTo(asking, countries)
    places.push({ rest, service, countries, ways, unanswered, stay: await stayOf(desk, rest, asOf.height) })
  }
  return places
}

async function stayOf(desk: Desk, { chain, asset, address }: Rest, height: number): Promise<Stay | null> {
  if (address === null) return null
  return desk.pack(chain).family === 'account'
    ? accountStayAt(await desk.accounts(), chain, { address, asset }, height)
    : stayAt(await desk.store(), chain, address, height)
}

function waysTo({ packs, from, offence }: Asking, countries: readonly string[]) {
  const ways: Way[] = []
  const unanswered: string[] = []
  for (const country of countries) {
    for (const need of needs) {
      const found = routes(packs, { from, to: country, need, offence })
      if (!found.ok) {
        unanswered.push(`${country}, ${need}: ${found.refusal.message}`)
        continue
      }
      for (const { instrument, requestType, article, verified, receiver } of found.value.routes.slice(0, WAYS))
        ways.push({
          country,
          need,
          instrument: instrument.id,
          requestType,
          article,
          verified,
          receiver: receiver.names.join(', ') || receiver.role,
        })
    }
  }
  return { ways, unanswered }
}

function toJson({ trace: { watch, record, extended }, places }: Answer): Json {
  return {
    watch: watch.id,
    chain: watch.chain,
    first: watch.subject,
    digest: record.digest,
    rule: record.rule.id,
    asOf: { ...record.asOf },
    extended,
    places: places.map(({ rest, service, countries, ways, unanswered, stay }) => ({
      ...rest,
      service: service === null ? null : { ...service },
      countries: [...countries],
      ways: ways.map((way) => ({ ...way })),
      unanswered: [...unanswered],
      stay: stay === null ? null : { ...stay },
    })),
  }
}

function toText({ trace: { watch, record, extended }, places }: Answer): string {
  const head = `${watch.id}  ${record.rule.id} as of block ${record.asOf.height}${extended ? ', run again: its front has moved' : ''}: ${count(places.length, 'place')}`
  return [head, ...places.flatMap(placeText)].join('\n')
}

export function placeText({ rest, service, countries, ways, unanswered, stay }: Place): string[] {
  const { address, txid, vout, chain, asset, traced, status } = rest
  const where = address === null ? `output ${txid}:${vout}` : plain(address)
  const pack = [...shippedChainPacks, ...shippedAccountPacks].find(({ caip2 }) => caip2 === chain)
  const worth = pack?.asset.caip19 === asset ? coins(traced, pack) : `${traced} of ${asset}`
  const who =
    service === null
      ? 'no tag names a service'
      : `${plain(service.label)} (${plain(service.category)}, confidence ${plain(service.confidence)}, by ${plain(service.source)})`
  const from = countries.length === 0 ? 'country not known' : countries.join(', ')
  return [
    `  ${worth} at ${where}, ${status}: ${who}; ${from}; stays ${stayText(stay)}`,
    ...ways.map(
      ({ country, need, instrument, requestType, article, verified, receiver }) =>
        `    ${country}, ${need}: ${instrument}, ${requestType} [art. ${article}; ${verified}] → ${plain(receiver)}`,
    ),
    ...unanswered.map((text) => `    ? ${plain(text)}`),
  ]
}

function stayText(stay: Stay | null): string {
  if (stay === null || stay.median === null)
    return `not known${stay === null ? '' : ` (${stay.left} left, ${stay.there} there)`}`
  const hours = stay.median / 3600
  const long = hours < 48 ? `${hours.toFixed(1)} hours` : `${(hours / 24).toFixed(1)} days`
  return `${long} (median of ${stay.left + stay.there}, of which ${stay.there} lie there)`
}
