/**
 * What the shipped tags know of, by country, chain and year, and how well two of their sources agree. Tags decide where traces
 * end; where tags know little, traces show little: this is the bias of coverage. It is no error rate: whose an address really
 * is, nobody here knows.
 */
import { type Actor, isService, type Tag } from '../tags/index.ts'
import { type Rate, rate, sumOfRates } from './rate.ts'

export type TagSets = {
  readonly tags: readonly (Tag & { readonly file: string })[]
  readonly actors: readonly Actor[]
  /** Of today's list of the authority: currency and address. */
  readonly sanctioned: readonly Tag[]
}

/** A country with fewer actors is not shown alone: nothing can be said of it. */
export const FEWEST = 30

export type TagFigures = {
  readonly tags: number
  readonly serviceTags: number
  /** Of the tags of services: they name an actor whose country is stated. */
  readonly withCountry: Rate
  /** Of the actors of a country: at least one tag names one of its addresses. */
  readonly byCountry: readonly { readonly country: string; readonly countries: number; readonly named: Rate }[]
  /** Of the tags of a chain: they name an actor with a country. */
  readonly byChain: readonly {
    readonly chain: string
    readonly tags: number
    readonly services: number
    readonly withCountry: Rate
  }[]
  /** By the year that the source states. */
  readonly byYear: readonly { readonly year: string; readonly tags: number; readonly services: number }[]
  /** Addresses that two files or more speak of: they say the same kind of thing of them. */
  readonly agreement: { readonly category: Rate; readonly abuse: Rate }
  /** The pack of sanctioned addresses against the list of the authority. */
  readonly sanctions: {
    readonly packOnList: Rate
    readonly listInPack: Rate
    readonly byCurrency: readonly { readonly currency: string; readonly listInPack: Rate }[]
  }
}

export const SANCTIONS_PACK = 'ofac.yaml'

export function measureTags({ tags, actors, sanctioned }: TagSets): TagFigures {
  const countryOf = new Map(actors.map(({ id, jurisdictions }) => [id, jurisdictions]))
  const hasCountry = ({ actor }: Tag) => (countryOf.get(actor ?? '') ?? []).length > 0
  const services = tags.filter((tag) => isService(tag, { minConfidence: 0 }))
  const named = new Set(tags.flatMap(({ actor }) => actor ?? []))
  return {
    tags: tags.length,
    serviceTags: services.length,
    withCountry: rate(services.filter(hasCountry).length, services.length),
    byCountry: byCountry(actors, named),
    byChain: grouped(tags, ({ subject }) => subject.chain ?? 'not stated').map(([chain, its]) => {
      const here = its.filter((tag) => isService(tag, { minConfidence: 0 }))
      return {
        chain,
        tags: its.length,
        services: here.length,
        withCountry: rate(here.filter(hasCountry).length, here.length),
      }
    }),
    byYear: grouped(tags, ({ date }) => date?.slice(0, 4) ?? 'not stated').map(([year, its]) => ({
      year,
      tags: its.length,
      services: its.filter((tag) => isService(tag, { minConfidence: 0 })).length,
    })),
    agreement: { category: agreeing(tags, ({ category }) => category), abuse: agreeing(tags, ({ abuse }) => abuse) },
    sanctions: sanctionsOf(
      tags.filter(({ file }) => file === SANCTIONS_PACK),
      sanctioned,
    ),
  }
}

function byCountry(actors: readonly Actor[], named: ReadonlySet<string>): TagFigures['byCountry'] {
  const pairs = actors.flatMap(({ id, jurisdictions }) =>
    (jurisdictions.length === 0 ? ['not stated'] : jurisdictions).map((country) => ({ id, country })),
  )
  const all = grouped(pairs, ({ country }) => country).map(([country, its]) => ({
    ...{ country, countries: 1 },
    named: rate(its.filter(({ id }) => named.has(id)).length, its.length),
  }))
  const large = all.filter((one) => one.named.of >= FEWEST)
  const small = all.filter((one) => one.named.of < FEWEST)
  return [
    ...large.sort((a, b) => b.named.of - a.named.of || (a.country < b.country ? -1 : 1)),
    { country: 'others', countries: small.length, named: sumOfRates(small.map((one) => one.named)) },
  ]
}

/** Of addresses of which several files say something in this field: they say the same. */
function agreeing(tags: TagSets['tags'], field: (tag: Tag) => string | null): Rate {
  const bySubject = Map.groupBy(
    tags.filter((tag) => field(tag) !== null && tag.subject.check !== 'refused'),
    ({ subject }) => `${subject.chain ?? ''} ${subject.text}`,
  )
  const several = [...bySubject.values()].filter((its) => new Set(its.map(({ file }) => file)).size > 1)
  return rate(several.filter((its) => new Set(its.map(field)).size === 1).length, several.length)
}

function sanctionsOf(pack: readonly Tag[], list: readonly Tag[]): TagFigures['sanctions'] {
  const key = ({ subject }: Tag) => subject.text.toLowerCase()
  const listed = new Set(list.map(key))
  const packed = new Set(pack.map(key))
  const inPack = (its: readonly Tag[]) => {
    const keys = new Set(its.map(key))
    return rate([...keys].filter((one) => packed.has(one)).length, keys.size)
  }
  return {
    packOnList: rate([...packed].filter((one) => listed.has(one)).length, packed.size),
    listInPack: inPack(list),
    byCurrency: grouped(list, ({ subject }) => subject.currency ?? 'not stated').map(([currency, its]) => ({
      currency,
      listInPack: inPack(its),
    })),
  }
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [string, readonly T[]])[] {
  return [...Map.groupBy(items, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1))
}
