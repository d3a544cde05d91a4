/**
 * Error rates by country, as far as sets with known truth reach: they name services, and the shipped actors say of some services
 * in which countries they are registered. Where the person is, no set says.
 */
import { DEPOSIT_RULE } from '../clusters/index.ts'
import type { Actor } from '../tags/index.ts'
import type { BridgeRecordFigure } from './measure-bridge-records.ts'
import type { DepositFigure } from './measure-deposits.ts'
import type { FlowCase, FlowFigure } from './measure-flows.ts'
import { type Rate, rate, sumOfRates } from './rate.ts'

export type CountryFigure = {
  readonly heuristic: string
  /** ISO 3166-1 alpha-2; a service of several countries counts in each. */
  readonly country: string
  readonly services: readonly string[]
  readonly right: Rate | null
  readonly finds: Rate
}

export const NO_COUNTRY = 'not stated'
export const NO_ACTOR = 'the service is no shipped actor, or the set names none'

/** The rule whose terminals are counted here; what the others reach stands with their rows. */
const RULE = 'fifo'
/** What the sets call them, and their ids among the shipped actors. */
const BRIDGES: Readonly<Record<string, string>> = { celer: 'celerbridge', polynetwork: 'polynetwork' }

type Sets = {
  readonly cases: readonly FlowCase[]
  readonly flows: readonly FlowFigure[]
  readonly namedDeposits: readonly DepositFigure[]
  readonly bridgeRecords: readonly BridgeRecordFigure[]
}

type Row = { readonly service: string | null; readonly right: Rate | null; readonly finds: Rate }

export function measureCountries(sets: Sets, actors: readonly Actor[]): readonly CountryFigure[] {
  const actorOf = namesOf(actors)
  const rows: readonly (readonly [heuristic: string, rows: readonly Row[]])[] = [
    [DEPOSIT_RULE.rule, deposits(sets)],
    ['bridge links without ids', bridges(sets)],
    [`terminals reached by ${RULE}`, terminals(sets)],
  ]
  return rows.flatMap(([heuristic, its]) => {
    const placed = its.flatMap((row) => {
      const actor = row.service === null ? undefined : actorOf(row.service)
      const stated = actor?.jurisdictions ?? []
      const countries = actor === undefined ? [NO_ACTOR] : stated.length > 0 ? stated : [NO_COUNTRY]
      return countries.map((country) => ({ ...row, country }))
    })
    return [...Map.groupBy(placed, ({ country }) => country)]
      .sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
      .map(([country, here]) => ({
        ...{ heuristic, country },
        services: [...new Set(here.flatMap(({ service }) => service ?? []))].sort(),
        right: here.every(({ right }) => right === null) ? null : sumOfRates(here.flatMap(({ right }) => right ?? [])),
        finds: sumOfRates(here.map(({ finds }) => finds)),
      }))
  })
}

function order(country: string): number {
  return [NO_COUNTRY, NO_ACTOR].indexOf(country)
}

function deposits({ namedDeposits }: Sets): readonly Row[] {
  return namedDeposits
    .filter(({ tags, toOnePercent }) => tags === 'every hot wallet' && toOnePercent === DEPOSIT_RULE.toOnePercent)
    .flatMap(({ byService }) =>
      byService.map(({ service, precision, recall }) => ({ service, right: precision, finds: recall })),
    )
}

function bridges({ bridgeRecords }: Sets): readonly Row[] {
  return bridgeRecords.flatMap(({ bridge, links }) =>
    links
      .filter(({ given, tier }) => given === 'no ids' && tier === 'all')
      .map(({ precision, recall }) => ({ service: BRIDGES[bridge] ?? bridge, right: precision, finds: recall })),
  )
}

function terminals({ cases, flows }: Sets): readonly Row[] {
  return cases.flatMap(({ name, terminals: ends, labels }) => {
    const figure = flows.find(({ set, rule, sameTime }) => set === name && rule === RULE && sameTime === 'ledger')
    const missed = new Set(figure?.missed)
    return ends.map((address) => {
      const service = serviceOfLabel(labels.get(address))
      return { service, right: null, finds: rate(missed.has(address) ? 0 : 1, 1) }
    })
  })
}

/** `Hop Protocol: Ethereum Bridge`, `KuCoin 17` → the name before what tells its addresses apart. */
export function serviceOfLabel(label: string | undefined): string | null {
  const [head = ''] = (label ?? '').split(':')
  return head.replace(/\s+\d+$/, '') || null
}

/** Names are compared by letters and digits alone: `Tornado.Cash` is `tornadocash`. Nothing is guessed beyond that. */
function namesOf(actors: readonly Actor[]): (name: string) => Actor | undefined {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const byName = new Map<string, Actor>()
  // An id counts before a label, a label before an alias, whatever their order in the file.
  for (const one of actors) for (const alias of one.aliases) byName.set(plain(alias), one)
  for (const one of actors) byName.set(plain(one.label), one)
  for (const one of actors) byName.set(plain(one.id), one)
  return (name) => byName.get(plain(name))
}
