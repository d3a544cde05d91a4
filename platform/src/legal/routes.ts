/**
 * Who may ask whom, under which instrument, the best way first.
 *
 * The order is: open before closed; a decision or measure before mere intelligence where something must be done; mutual
 * recognition, conventions, Union law, national law, networks; then what was better read, what knows the urgency, and what
 * has a limit in numbers. Ties are broken by the ids, so that the answer never depends on the order of packs.
 */
import { catchRefusal, orStop, type Result, stop } from '../kernel/index.ts'
import { periodText } from './counting.ts'
import type { DualCriminality, Reason } from './dual-criminality.ts'
import {
  type AuthorityRole,
  forces,
  type InstrumentPack,
  type Mark,
  marks,
  type Need,
  needs,
  type RequestType,
} from './pack.ts'
import { findJurisdiction, findOffence, isEffective, type LegalPacks } from './packs.ts'
import { checkRoute, type Obstacle, type RouteCheck, type RouteFacts } from './route-checks.ts'

export type RouteQuestion = {
  readonly from: string
  readonly to: string
  /** A need (`freeze`) or a measure code of packs/grounds.yaml. */
  readonly need: string
  readonly offence: string
  readonly urgency?: string | null
  readonly maxPenaltyMonths?: number | null
  readonly issuer?: AuthorityRole | null
  /** The day for which the law is asked; without it, the last version of every pack. */
  readonly on?: string
}

export type Route = {
  readonly instrument: { readonly id: string; readonly short: string; readonly version: string }
  readonly requestType: string
  readonly article: string
  readonly verified: Mark
  readonly yields: RequestType['yields']
  readonly coercive: boolean
  readonly issuers: readonly string[]
  readonly validators: readonly string[]
  readonly receiver: { readonly role: AuthorityRole; readonly names: readonly string[] }
  readonly form: string | null
  readonly deadlines: readonly {
    readonly id: string
    readonly article: string
    readonly binding: boolean
    readonly text: string
  }[]
  readonly useConditions: readonly Reason[]
  readonly dualCriminality: DualCriminality
  readonly reasons: readonly Reason[]
  readonly obstacles: readonly Obstacle[]
  readonly open: readonly string[]
}

export type Routes = {
  readonly from: string
  readonly to: string
  readonly need: Need
  readonly offence: string
  readonly routes: readonly Route[]
  /** What can hold the value while a freezing is asked for: suspension of a transaction, courtesy stops. */
  readonly meanwhile: readonly Route[]
  /** Requests that exist and are closed, with why. */
  readonly closed: readonly Route[]
}

export function routes(packs: LegalPacks, question: RouteQuestion): Result<Routes> {
  return catchRefusal(() => {
    const from = orStop(findJurisdiction(packs, question.from))
    const to = orStop(findJurisdiction(packs, question.to))
    const offence = orStop(findOffence(packs, question.offence))
    const need = orStop(readNeed(packs, question.need))
    const urgency = question.urgency ?? null
    if (urgency !== null && !urgencyCodes(packs).includes(urgency))
      return stop('PACK_CODE_UNKNOWN', `"${urgency}" is no ground of urgency.`, {
        place: 'urgency',
        fix: `Use one of: ${urgencyCodes(packs).join(', ')}.`,
      })
    const facts: RouteFacts = {
      from,
      to,
      offence,
      urgency,
      issuer: question.issuer ?? null,
      maxPenaltyMonths: question.maxPenaltyMonths ?? null,
    }
    const instruments = packs.instruments.filter((pack) => question.on === undefined || isEffective(pack, question.on))
    const routesFor = (one: Need) =>
      instruments
        .flatMap((instrument) =>
          instrument.requestTypes
            .filter((type) => type.needs.includes(one))
            .map((type) => rankedRoute(packs, instrument, type, facts)),
        )
        .toSorted((a, b) => compareRanks(a.rank, b.rank))
        .map(({ route }) => route)
    const sorted = routesFor(need)
    const isOpen = ({ obstacles }: Route) => obstacles.length === 0
    return {
      from: from.code,
      to: to.code,
      need,
      offence: offence.code,
      routes: sorted.filter(isOpen),
      // Mutual assistance takes longer than a transaction: what can be held meanwhile is shown beside it.
      meanwhile: need === 'freeze' || need === 'seize' ? routesFor('hold').filter(isOpen) : [],
      closed: sorted.filter((route) => !isOpen(route)),
    }
  })
}

export function readNeed(packs: LegalPacks, text: string): Result<Need> {
  return catchRefusal(() => {
    const need = needs.find((one) => one === text)
    if (need !== undefined) return need
    const measures = packs.codes.flatMap(({ groups }) => groups.flatMap(({ codes }) => codes))
    const measure = measures.find(({ code }) => code === text)?.need
    if (measure !== undefined) return measure
    return stop('NEED_UNKNOWN', `"${text}" is neither a need nor a measure.`, {
      place: 'need',
      fix: `Use one of: ${needs.join(', ')}; or a measure code.`,
    })
  })
}

function urgencyCodes(packs: LegalPacks): readonly string[] {
  return packs.codes.flatMap(({ groups }) =>
    groups.filter(({ id }) => id === 'urgency').flatMap(({ codes }) => codes.map(({ code }) => code)),
  )
}

type Ranked = { readonly route: Route; readonly rank: readonly (number | string)[] }

function rankedRoute(packs: LegalPacks, instrument: InstrumentPack, type: RequestType, facts: RouteFacts): Ranked {
  const check = checkRoute(packs, instrument, type, facts)
  const deadlines = deadlinesOf(instrument, type)
  const route: Route = {
    instrument: { id: instrument.id, short: instrument.short, version: instrument.version },
    requestType: type.id,
    article: type.article,
    verified: type.verified,
    yields: type.yields,
    coercive: type.coercive,
    issuers: type.issuers.roles,
    validators: type.issuers.validators,
    receiver: {
      role: type.receiver.role,
      names: facts.to.authorities.filter(({ role }) => role === type.receiver.role).map(({ name }) => name),
    },
    form: type.form,
    deadlines,
    useConditions: useConditionsOf(instrument, type),
    dualCriminality: check.dualCriminality,
    reasons: check.reasons,
    obstacles: check.obstacles,
    open: check.open,
  }
  return { route, rank: rankOf(instrument, type, facts, check, route) }
}

function rankOf(instrument: InstrumentPack, type: RequestType, facts: RouteFacts, check: RouteCheck, route: Route) {
  const knowsUrgency = facts.urgency === null || type.urgency.allowed.includes(facts.urgency)
  return [
    check.obstacles.length,
    type.yields === 'intelligence' ? 1 : 0,
    forces.indexOf(instrument.force),
    marks.indexOf(type.verified),
    marks.indexOf(check.parties),
    knowsUrgency ? 0 : 1,
    check.dualCriminality.answer === 'to-test' ? 1 : 0,
    route.deadlines.some(({ binding }) => binding) ? 0 : 1,
    check.open.length,
    instrument.id,
    type.id,
  ]
}

function compareRanks(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? 0
    if (one < other) return -1
    if (one > other) return 1
  }
  return 0
}

function deadlinesOf(instrument: InstrumentPack, type: RequestType): Route['deadlines'] {
  return instrument.deadlines
    .filter(({ requestTypes }) => requestTypes.includes(type.id))
    .map(({ id, article, enforceable, amount, unit, wording, duty }) => ({
      id,
      article,
      binding: enforceable,
      text: `${duty}: ${amount !== null && unit !== null ? periodText({ amount, unit }) : (wording ?? 'no limit stated')}`,
    }))
}

function useConditionsOf(instrument: InstrumentPack, type: RequestType): readonly Reason[] {
  return instrument.provisions
    .filter(
      ({ code, requestTypes }) => code !== undefined && (requestTypes === undefined || requestTypes.includes(type.id)),
    )
    .map(({ code, text, article, verified }) => ({ text: `${code}: ${text}`, article, verified }))
}
