/** The packs of law put together: found by id and by the day for which the law is asked. */
import { ok, type Result, refuse } from '../kernel/index.ts'
import type {
  CodePack,
  ConflictPack,
  CriteriaPack,
  DeadlineRule,
  IndicatorPack,
  InstrumentPack,
  JurisdictionPack,
  LabelPack,
  LegalPack,
  Offence,
  OffencePack,
  RequestType,
} from './pack.ts'

export type LegalPacks = {
  readonly instruments: readonly InstrumentPack[]
  readonly jurisdictions: readonly JurisdictionPack[]
  readonly offences: readonly OffencePack[]
  readonly indicators: readonly IndicatorPack[]
  readonly codes: readonly CodePack[]
  readonly criteria: readonly CriteriaPack[]
  readonly conflicts: readonly ConflictPack[]
  readonly labels: readonly LabelPack[]
}

export function gatherPacks(packs: readonly LegalPack[]): LegalPacks {
  // In the order of their ids, so that nothing depends on the order in which files were found.
  const sorted = [...packs].sort((a, b) => order(a.id, b.id) || order(a.effective.from, b.effective.from))
  const of = <K extends LegalPack['kind']>(kind: K) =>
    sorted.filter((pack): pack is Extract<LegalPack, { kind: K }> => pack.kind === kind)
  return {
    instruments: of('instrument'),
    jurisdictions: of('jurisdiction'),
    offences: of('offences'),
    indicators: of('indicators'),
    codes: of('codes'),
    criteria: of('criteria'),
    conflicts: of('conflicts'),
    labels: of('labels'),
  }
}

/** The instrument as it reads on a day (`YYYY-MM-DD`); without a day, its last version. */
export function findInstrument(packs: LegalPacks, id: string, on?: string): Result<InstrumentPack> {
  const versions = packs.instruments.filter((pack) => pack.id === id)
  const found = on === undefined ? versions.at(-1) : versions.find((pack) => isEffective(pack, on))
  if (found) return ok(found)
  return versions.length === 0
    ? refuse('INSTRUMENT_UNKNOWN', `No pack holds an instrument "${id}".`, {
        fix: `Known instruments: ${[...new Set(packs.instruments.map((pack) => pack.id))].join(', ')}.`,
      })
    : refuse('INSTRUMENT_UNKNOWN', `No pack says how ${id} read on ${on}.`, {
        fix: `Its packs begin on ${versions.map(({ effective }) => effective.from).join(', ')}.`,
      })
}

export function findRequestType(instrument: InstrumentPack, id: string): Result<RequestType> {
  const found = instrument.requestTypes.find((type) => type.id === id)
  return found
    ? ok(found)
    : refuse('REQUEST_TYPE_UNKNOWN', `${instrument.short} has no request "${id}".`, {
        fix: `It has: ${instrument.requestTypes.map((type) => type.id).join(', ') || 'none'}.`,
      })
}

export type FoundDeadline = { readonly rule: DeadlineRule; readonly instrument: InstrumentPack }

export function findDeadline(packs: LegalPacks, id: string, on?: string): Result<FoundDeadline> {
  const among = packs.instruments.filter((pack) => on === undefined || isEffective(pack, on))
  for (const instrument of among.toReversed()) {
    const rule = instrument.deadlines.find((one) => one.id === id)
    if (rule) return ok({ rule, instrument })
  }
  const other = packs.instruments.find(({ deadlines }) => deadlines.some((one) => one.id === id))
  if (other)
    return refuse('DEADLINE_RULE_UNKNOWN', `No pack says how ${id} read on ${on}.`, {
      fix: `The pack of ${other.id} begins on ${other.effective.from}; ask for a day in it with --on.`,
    })
  return refuse('DEADLINE_RULE_UNKNOWN', `No pack holds a deadline "${id}".`, {
    fix: 'See packs/instruments for the ids of the rules, as R1805-9-3a.',
  })
}

export function findJurisdiction(packs: LegalPacks, code: string): Result<JurisdictionPack> {
  const found = packs.jurisdictions.findLast((pack) => pack.code === code.toUpperCase())
  return found
    ? ok(found)
    : refuse('JURISDICTION_UNKNOWN', `No pack describes the country "${code}".`, {
        fix: `Known: ${packs.jurisdictions.map((pack) => pack.code).join(', ')}; or add packs/jurisdictions/${code.toLowerCase()}.yaml.`,
      })
}

export function findOffence(packs: LegalPacks, code: string): Result<Offence> {
  const all = packs.offences.flatMap(({ offences }) => offences)
  const found = all.find((offence) => offence.code === code)
  return found
    ? ok(found)
    : refuse('OFFENCE_UNKNOWN', `No pack describes an offence "${code}".`, {
        fix: `Known: ${all.map((offence) => offence.code).join(', ')}.`,
      })
}

export function isEffective(pack: Pick<LegalPack, 'effective'>, on: string): boolean {
  return pack.effective.from <= on && (pack.effective.to === null || on <= pack.effective.to)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
