import { type ChainPack, shippedChainPacks } from '../../chains/index.ts'
import type { Json } from '../../kernel/index.ts'
import { type LegalPacks, routes } from '../../legal/index.ts'
import type { RecordPosition, ServiceTag, TraceRecord } from '../../tracing/index.ts'
import { type Stay, stayAt } from '../../tracing/watch/index.ts'
import type { CommandDefinition } from '../command.ts'
import type { Desk } from '../desk.ts'
import { extendTraces, type WatchedTrace } from '../extend-traces.ts'
import { coins, count, plain } from '../present.ts'
import { openPacks, packsOption } from './legal-options.ts'
import { readMinConfidence } from './shared-options.ts'

/** The largest positions are shown; a trace may have thousands. */
const POSITIONS = 50
const WAYS = 3
const needs = ['freeze', 'preserve'] as const

export const watchNext: CommandDefinition = {
  path: ['watch', 'next'],
  summary: 'Where the money of watched traces is now, and what can be done there',
  about:
    'Traces whose front has moved are run again first, by the same rule, to the tip of the ledger. For each place where value is: the service by its tags, the countries of the service, what the legal packs offer there for freezing and preserving, with the article and whether it was verified, and how long value usually stays there, measured from the ledger. What is not known is said to be not known. A person decides.',
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
    const only = flags.chain === undefined ? null : desk.chain(String(flags.chain)).caip2
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
    for (const pack of shippedChainPacks.filter(({ caip2 }) => chains.has(caip2) && (only ?? caip2) === caip2))
      for (const trace of await extendTraces(desk, watches, pack))
        answers.push({
          trace,
          pack,
          places: await placesOf(desk, trace.record, pack, readMinConfidence(flags.minConfidence), asking),
        })
    desk.progress.done()
    return {
      exit: 0,
      json: { traces: answers.map(toJson) },
      text: answers.length === 0 ? 'No trace is watched.' : answers.map(toText).join('\n\n'),
    }
  },
}

type Asking = { readonly packs: LegalPacks; readonly from: string; readonly offence: string }

type Way = {
  readonly country: string
  readonly need: string
  readonly instrument: string
  readonly requestType: string
  readonly article: string
  readonly verified: string
  readonly receiver: string
}

type Place = {
  readonly position: RecordPosition
  readonly service: ServiceTag | null
  readonly countries: readonly string[]
  readonly ways: readonly Way[]
  /** Countries about which the packs could not be asked, with why. */
  readonly unanswered: readonly string[]
  readonly stay: Stay | null
}

type Answer = { readonly trace: WatchedTrace; readonly pack: ChainPack; readonly places: readonly Place[] }

async function placesOf(
  desk: Desk,
  record: TraceRecord,
  pack: ChainPack,
  minConfidence: number,
  asking: Asking | null,
): Promise<readonly Place[]> {
  const positions = record.result.positions
    .filter(({ status, traced }) => (status === 'service' || status === 'unspent') && BigInt(traced) > 0n)
    .toSorted((a, b) => (BigInt(a.traced) > BigInt(b.traced) ? -1 : BigInt(a.traced) < BigInt(b.traced) ? 1 : 0))
    .slice(0, POSITIONS)
  const addresses = [...new Set(positions.flatMap(({ address }) => address ?? []))]
  const services = await (await desk.tags(minConfidence)).serviceTags(pack.caip2, addresses, record.asOf.time)
  const tags = await (await desk.tagStore()).tagsOf(pack.caip2, addresses, { asOf: Number.MAX_SAFE_INTEGER })
  const store = await desk.store()
  const places: Place[] = []
  for (const position of positions) {
    const { address } = position
    const service = address === null ? null : (services.get(address) ?? null)
    const actors = service === null ? [] : (tags.get(address ?? '') ?? []).flatMap(({ actor }) => actor ?? [])
    const known = await (await desk.tagStore()).actors([...new Set(actors)])
    const countries = [...new Set(known.flatMap(({ jurisdictions }) => jurisdictions))].sort()
    const { ways, unanswered } = asking === null ? { ways: [], unanswered: [] } : waysTo(asking, countries)
    const stay = address === null ? null : await stayAt(store, pack.caip2, address, record.asOf.height)
    places.push({ position, service, countries, ways, unanswered, stay })
  }
  return places
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
    places: places.map(({ position, service, countries, ways, unanswered, stay }) => ({
      txid: position.txid,
      vout: position.vout,
      address: position.address,
      amount: position.amount,
      traced: position.traced,
      status: position.status,
      height: position.height,
      service: service === null ? null : { ...service },
      countries: [...countries],
      ways: ways.map((way) => ({ ...way })),
      unanswered: [...unanswered],
      stay: stay === null ? null : { ...stay },
    })),
  }
}

function toText({ trace: { watch, record, extended }, pack, places }: Answer): string {
  const head = `${watch.id}  ${record.rule.id} as of block ${record.asOf.height}${extended ? ', run again: its front has moved' : ''}: ${count(places.length, 'place')}`
  return [head, ...places.flatMap((place) => placeText(place, pack))].join('\n')
}

function placeText({ position, service, countries, ways, unanswered, stay }: Place, pack: ChainPack): string[] {
  const where = position.address === null ? `output ${position.txid}:${position.vout}` : plain(position.address)
  const who =
    service === null
      ? 'no tag names a service'
      : `${plain(service.label)} (${plain(service.category)}, confidence ${plain(service.confidence)}, by ${plain(service.source)})`
  const from = countries.length === 0 ? 'country not known' : countries.join(', ')
  return [
    `  ${coins(position.traced, pack)} at ${where}, ${position.status}: ${who}; ${from}; stays ${stayText(stay)}`,
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
