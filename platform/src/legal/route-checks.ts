/** Whether one request of one instrument is open between two countries: what speaks for it, what blocks it, what is open. */
import { type DualCriminality, dualCriminality, type OffenceFacts, type Reason, weakest } from './dual-criminality.ts'
import type { AuthorityRole, InstrumentPack, JurisdictionPack, Mark, Offence, RequestType } from './pack.ts'
import type { LegalPacks } from './packs.ts'

export type RouteFacts = OffenceFacts & {
  readonly from: JurisdictionPack
  readonly to: JurisdictionPack
  readonly offence: Offence
  /** The urgency code that is meant, or null. */
  readonly urgency: string | null
  /** What the authority that would issue is; null while nobody has chosen one. */
  readonly issuer: AuthorityRole | null
}

export type Obstacle = Reason & { readonly code: string }

export type RouteCheck = {
  readonly reasons: readonly Reason[]
  /** Why it is closed. */
  readonly obstacles: readonly Obstacle[]
  /** What a person must still find out. */
  readonly open: readonly string[]
  readonly dualCriminality: DualCriminality
  /** How well both parties' being bound was read. */
  readonly parties: Mark
}

export function checkRoute(
  packs: LegalPacks,
  instrument: InstrumentPack,
  type: RequestType,
  facts: RouteFacts,
): RouteCheck {
  const bound = checkBound(instrument, facts)
  const offence = checkOffence(type, facts)
  const thresholds = checkThresholds(type, facts)
  const urgency = checkUrgency(type, facts.urgency)
  const issuer = checkIssuer(type, facts.issuer)
  const dual = dualCriminality(packs, type, facts.offence, facts.from, facts.to, facts)
  const parts = [bound, offence, thresholds, urgency, issuer]
  const memory =
    type.verified === 'verified'
      ? []
      : [`${instrument.short} art. ${type.article} is ${type.verified}: ask a lawyer before relying on it.`]
  return {
    reasons: parts.flatMap(({ reasons }) => reasons ?? []),
    obstacles: parts.flatMap(({ obstacles }) => obstacles ?? []),
    open: [
      ...parts.flatMap(({ open }) => open ?? []),
      ...memory,
      ...(dual.answer === 'to-test' && dual.mayRefuse ? ['Dual criminality must be tested by the conduct.'] : []),
    ],
    dualCriminality: dual,
    parties: bound.mark,
  }
}

type Part = {
  readonly reasons?: readonly Reason[]
  readonly obstacles?: readonly Obstacle[]
  readonly open?: readonly string[]
}

/** A national statute binds the country that is asked; everything else must bind both. */
function checkBound(instrument: InstrumentPack, { from, to }: RouteFacts): Part & { readonly mark: Mark } {
  const { status, short, id } = instrument
  const cited = { article: status.article, verified: status.verified }
  if (status.state === 'not-in-force')
    return {
      mark: status.verified,
      obstacles: [{ code: 'REQUEST_NOT_IN_FORCE', text: `${short} is not in force: ${status.text}`, ...cited }],
    }
  const countries = instrument.force === 'domestic-law' ? [to] : [from, to]
  const parties = countries.map((country) => ({ country, party: country.parties.find((one) => one.instrument === id) }))
  const mark = weakest(parties.map(({ party }) => party?.verified ?? 'unverified'))
  const outside = parties.filter(
    ({ party }) => party === undefined || party.state === 'not-party' || party.state === 'signatory',
  )
  if (outside.length > 0)
    return {
      mark,
      obstacles: outside.map(({ country, party }) => ({
        code: 'REQUEST_NOT_IN_FORCE',
        text:
          instrument.force === 'domestic-law'
            ? saysNoLaw(country.code, short, party?.text)
            : saysBound(false, country.code, short, party?.text),
        article: 'party status',
        verified: party?.verified ?? 'unverified',
      })),
    }
  return {
    mark,
    reasons: [
      {
        text:
          status.state === 'in-force'
            ? `${short} is in force: ${status.text}`
            : `${short} is of unknown status: ${status.text}`,
        ...cited,
      },
      ...parties
        .filter(({ party }) => party?.state === 'party')
        .map(({ country, party }) => ({
          text: saysBound(true, country.code, short, party?.text),
          article: 'party status',
          verified: party?.verified ?? 'unverified',
        })),
    ],
    open: [
      ...(status.state === 'unknown' ? [`The present status of ${short} is unknown.`] : []),
      ...parties
        .filter(({ party }) => party?.state === 'unknown')
        .map(({ country }) => `Whether ${country.code} is bound by ${short} is unknown.`),
      ...(mark === 'verified'
        ? []
        : countries.length === 1
          ? [`That ${to.code} is bound by ${short} is ${mark}: check with the depositary.`]
          : [`That ${from.code} and ${to.code} are bound by ${short} is ${mark}: check with the depositary.`]),
    ],
  }
}

/** What the pack remarks on it stands after a colon. Each sentence is whole here, so that it can be said in other languages. */
function saysBound(bound: boolean, country: string, short: string, remark: string | undefined): string {
  if (bound)
    return remark === undefined ? `${country} is bound by ${short}.` : `${country} is bound by ${short}: ${remark}.`
  return remark === undefined
    ? `${country} is not bound by ${short}.`
    : `${country} is not bound by ${short}: ${remark}.`
}

function saysNoLaw(country: string, short: string, remark: string | undefined): string {
  return remark === undefined
    ? `${short} is not the law of ${country}.`
    : `${short} is not the law of ${country}: ${remark}.`
}

function checkOffence(type: RequestType, { offence }: RouteFacts): Part {
  const { list, condition, article, verified } = type.offences
  const map = list === null ? undefined : offence.maps.find((one) => one.list === list)
  if (list !== null && !map)
    return {
      obstacles: [
        {
          code: 'REQUEST_THRESHOLD',
          text: `${offence.code} is not mapped to an offence of ${list}, for which the request is open.`,
          article,
          verified,
        },
      ],
    }
  return {
    reasons: map
      ? [
          {
            text: `${offence.code} is an offence of ${list}: ${map.entries.join(', ')}.`,
            article,
            verified: map.verified,
          },
        ]
      : [],
    open: [
      ...(condition === null ? [] : [condition]),
      ...(map?.text === undefined ? [] : [`${offence.code}: ${map.text}.`]),
    ],
  }
}

export function checkThresholds(
  type: RequestType,
  { offence, maxPenaltyMonths }: Pick<RouteFacts, 'offence' | 'maxPenaltyMonths'>,
): Part {
  const parts = type.thresholds.map((threshold): Part => {
    const { minimumMonths, unlessList, text, article, verified } = threshold
    const listed = unlessList === null ? undefined : offence.maps.find(({ list }) => list === unlessList)
    if (listed)
      return {
        reasons: [
          {
            text: `${text} Listed: ${offence.code} (${unlessList} ${listed.entries.join(', ')}).`,
            article,
            verified: listed.verified,
          },
        ],
      }
    if (maxPenaltyMonths === null) return { open: [`${text} The maximum penalty is not stated.`] }
    if (maxPenaltyMonths >= minimumMonths)
      return { reasons: [{ text: `${text} The maximum of ${maxPenaltyMonths} months reaches it.`, article, verified }] }
    return {
      obstacles: [
        {
          code: 'REQUEST_THRESHOLD',
          text: `${text} The maximum of ${maxPenaltyMonths} months does not reach it.`,
          article,
          verified,
        },
      ],
    }
  })
  return {
    reasons: parts.flatMap(({ reasons }) => reasons ?? []),
    obstacles: parts.flatMap(({ obstacles }) => obstacles ?? []),
    open: parts.flatMap(({ open }) => open ?? []),
  }
}

/** An emergency under CETS 224 art. 3(2)(c) is a risk to life or safety; assets about to move are none (art. 9, 10). */
export function checkUrgency(type: RequestType, urgency: string | null): Part {
  if (urgency === null) return {}
  const forbidden = type.urgency.forbidden.find(({ code }) => code === urgency)
  if (forbidden)
    return {
      obstacles: [
        {
          code: 'REQUEST_URGENCY_FORBIDDEN',
          text: forbidden.text,
          article: forbidden.article,
          verified: forbidden.verified,
        },
      ],
    }
  if (type.urgency.allowed.includes(urgency))
    return {
      reasons: [
        {
          text: `The request knows ${urgency} as a ground of urgency.`,
          article: type.article,
          verified: type.verified,
        },
      ],
    }
  return {
    open: [`${urgency} is no ground of urgency that ${type.id} names: it will be dealt with in the ordinary way.`],
  }
}

export function checkIssuer(type: RequestType, issuer: AuthorityRole | null): Part {
  const { roles, validators, article, verified } = type.issuers
  const who = roles.join(', ')
  const issued =
    validators.length === 0
      ? `Issued by ${who}.`
      : `Issued by ${who}, or another authority with validation by ${validators.join(', ')}.`
  if (issuer === null) return { reasons: [{ text: issued, article, verified }] }
  if (roles.includes(issuer)) return { reasons: [{ text: `A ${issuer} may issue it.`, article, verified }] }
  if (validators.length > 0)
    return { open: [`A ${issuer} may issue it only with validation by ${validators.join(', ')} (${article}).`] }
  return {
    obstacles: [{ code: 'REQUEST_ISSUER', text: `A ${issuer} may not issue it; ${who} may.`, article, verified }],
  }
}
