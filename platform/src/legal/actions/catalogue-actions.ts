/** What the packs hold beside instruments: offences, red flag indicators, countries. */
import { Type } from '@sinclair/typebox'
import { action, catchRefusal, ok, orStop } from '../../kernel/index.ts'
import { label } from '../labels.ts'
import { IndicatorPack, JurisdictionPack, OffencePack } from '../pack.ts'
import {
  asks,
  Cited,
  calendarsOf,
  closed,
  Language,
  maybe,
  nullable,
  PackFacts,
  packFacts,
  packsOf,
  Said,
} from './fields.ts'

const offences = action({
  name: 'legal.offences',
  summary: 'List the offences of the packs by conduct, and where treaties list them',
  kind: 'read',
  input: closed({ language: maybe(Language) }),
  output: Type.Array(
    closed({
      ...PackFacts,
      lists: OffencePack.properties.lists,
      offences: Type.Array(
        closed({
          code: Said,
          title: Said,
          conduct: Said,
          elements: Type.Array(Said),
          maps: OffencePack.properties.offences.items.properties.maps,
        }),
      ),
    }),
  ),
  asks,
  run: async (context, { language = 'en' }) =>
    catchRefusal(() => {
      const packs = packsOf(context)
      const result = packs.offences.map((pack) => ({
        ...packFacts(pack),
        lists: pack.lists,
        offences: pack.offences.map(({ label: key, ...offence }) => ({
          ...offence,
          title: orStop(label(packs, key, language)),
        })),
      }))
      return { result, events: [] }
    }),
})

const indicators = action({
  name: 'legal.indicators',
  summary: 'List the red flag indicators by their ids and pages; each is an assessment and never a fact',
  kind: 'read',
  input: closed({}),
  output: Type.Array(
    closed({
      ...PackFacts,
      warning: Said,
      sections: IndicatorPack.properties.sections,
      indicators: IndicatorPack.properties.indicators,
    }),
  ),
  asks,
  run: async (context) => {
    const result = packsOf(context).indicators.map((pack) => ({
      ...packFacts(pack),
      warning: pack.warning,
      sections: pack.sections,
      indicators: pack.indicators,
    }))
    return ok({ result, events: [] })
  },
})

const jurisdictions = action({
  name: 'legal.jurisdictions',
  summary: 'List the countries of the packs: authorities, treaties, languages, zones, and which calendar counts',
  kind: 'read',
  input: closed({ language: maybe(Language) }),
  output: Type.Array(
    closed({
      ...PackFacts,
      code: Said,
      title: Said,
      zones: Type.Array(Said),
      weekend: Type.Array(Type.Integer()),
      calendar: nullable(closed({ version: Said, verified: Cited.properties.verified })),
      languages: JurisdictionPack.properties.languages,
      authorities: JurisdictionPack.properties.authorities,
      parties: JurisdictionPack.properties.parties,
      tracing: JurisdictionPack.properties.tracing,
      evidence: JurisdictionPack.properties.evidence,
      retention: JurisdictionPack.properties.retention,
    }),
  ),
  asks,
  run: async (context, { language = 'en' }) =>
    catchRefusal(() => {
      const packs = packsOf(context)
      const calendars = calendarsOf(context)
      const result = packs.jurisdictions.map((pack) => {
        const calendar = calendars.of(pack.code)
        const { code, zones, weekend, languages, authorities, parties, tracing, evidence, retention } = pack
        return {
          ...packFacts(pack),
          code,
          title: orStop(label(packs, pack.label, language)),
          zones,
          weekend,
          calendar: calendar ? { version: calendar.version, verified: calendar.verified } : null,
          languages,
          authorities,
          parties,
          tracing,
          evidence,
          retention,
        }
      })
      return { result, events: [] }
    }),
})

export const catalogueActions = [offences, indicators, jurisdictions] as const
