/**
 * Whether a request would be admissible, asked before it is sent: the instrument, the two countries, the issuer, the
 * ground of urgency, the threshold, the intended use, the total of the order, and every field of the form.
 */
import { catchRefusal, orStop, type Result } from '../kernel/index.ts'
import { checkRequest, type RequestFinding } from './check-request.ts'
import { requestForm } from './form.ts'
import type { AuthorityRole, InstrumentPack, Mark, RequestType } from './pack.ts'
import { findInstrument, findJurisdiction, findOffence, findRequestType, type LegalPacks } from './packs.ts'
import { checkRoute } from './route-checks.ts'

export type DraftRequest = {
  readonly instrument: string
  readonly requestType: string
  readonly from: string
  readonly to: string
  readonly offence: string
  readonly urgency: string | null
  readonly issuer: AuthorityRole
  /** Who validated it, where the issuer needs that. */
  readonly validator: AuthorityRole | null
  readonly maxPenaltyMonths: number | null
  /** What the answer is meant for. */
  readonly use: {
    readonly otherProceedings: boolean
    readonly passOn: boolean
    readonly asEvidence: boolean
    readonly consent: boolean
  }
  readonly data: unknown
  readonly on?: string
}

export type RequestFlaw = {
  readonly code: string
  /** stops: it must not be sent so; warns: a person decides. */
  readonly weight: 'stops' | 'warns'
  readonly path: string
  readonly message: string
  readonly fix: string
  readonly article: string
  readonly verified: Mark
}

export function checkAdmissible(packs: LegalPacks, draft: DraftRequest): Result<readonly RequestFlaw[]> {
  return catchRefusal(() => {
    const instrument = orStop(findInstrument(packs, draft.instrument, draft.on))
    const type = orStop(findRequestType(instrument, draft.requestType))
    const check = checkRoute(packs, instrument, type, {
      from: orStop(findJurisdiction(packs, draft.from)),
      to: orStop(findJurisdiction(packs, draft.to)),
      offence: orStop(findOffence(packs, draft.offence)),
      urgency: draft.urgency,
      issuer: draft.issuer,
      maxPenaltyMonths: draft.maxPenaltyMonths,
    })
    const obstacles = check.obstacles.map(({ code, text, article, verified }) => ({
      code,
      weight: 'stops' as const,
      path: pathByCode[code] ?? '',
      message: text,
      fix: 'Choose another route; see comity legal routes.',
      article,
      verified,
    }))
    return [
      ...obstacles,
      ...issuerFlaws(type, draft),
      ...dualFlaws(type, check.dualCriminality),
      ...useFlaws(packs, instrument, type, draft),
      ...totalFlaws(draft.data),
      ...formFlaws(packs, type, draft),
    ]
  })
}

const pathByCode: Readonly<Record<string, string>> = {
  REQUEST_NOT_IN_FORCE: 'instrument',
  REQUEST_URGENCY_FORBIDDEN: 'urgency',
  REQUEST_THRESHOLD: 'offence',
  REQUEST_ISSUER: 'issuer',
}

/** Reg. 2018/1805 art. 2(8)(a): another authority may issue where a judge, court or prosecutor validated. */
function issuerFlaws({ issuers }: RequestType, { issuer, validator }: DraftRequest): RequestFlaw[] {
  const { roles, validators, article, verified } = issuers
  if (roles.includes(issuer) || validators.length === 0) return []
  if (validator !== null && validators.includes(validator)) return []
  return [
    {
      code: 'REQUEST_ISSUER',
      weight: 'stops',
      path: 'validator',
      message:
        validator === null
          ? `A ${issuer} may issue it only with validation.`
          : `A ${issuer} may issue it only with validation; a ${validator} cannot validate.`,
      fix: `Have it validated by ${validators.join(', ')}.`,
      article,
      verified,
    },
  ]
}

function dualFlaws(
  { dualCriminality }: RequestType,
  { answer, mayRefuse, conduct }: { answer: string; mayRefuse: boolean; conduct: string },
): RequestFlaw[] {
  if (answer !== 'to-test' || !mayRefuse) return []
  return [
    {
      code: 'REQUEST_DUAL_CRIMINALITY',
      weight: 'warns',
      path: 'offence',
      message: `It may be refused for want of dual criminality. Conduct: ${conduct}`,
      fix: 'Describe the conduct by its elements and have it tested against the law of the country that is asked.',
      article: dualCriminality.article,
      verified: dualCriminality.verified,
    },
  ]
}

/** Conditions of the instrument against the use that is meant; what each forbids stands in packs/grounds.yaml. */
function useFlaws(
  packs: LegalPacks,
  { provisions }: InstrumentPack,
  type: RequestType,
  { use }: DraftRequest,
): RequestFlaw[] {
  const codes = packs.codes.flatMap(({ groups }) => groups.flatMap((group) => group.codes))
  return provisions.flatMap(({ code, text, article, verified, requestTypes }) => {
    if (requestTypes !== undefined && !requestTypes.includes(type.id)) return []
    const restricts = codes.find((one) => one.code === code)?.restricts
    // Intelligence becomes evidence by a formal request only; the consent of an informal contact does not make it one.
    if (!restricts || !use[restricts.use] || (use.consent && restricts.unlessConsent)) return []
    return [
      {
        code: 'REQUEST_SPECIALITY',
        weight: 'stops' as const,
        path: `use.${restricts.use}`,
        message: text,
        fix: restricts.unlessConsent
          ? 'Ask for consent to the further use first.'
          : 'Send a formal request for what is to be evidence.',
        article,
        verified,
      },
    ]
  })
}

/** Reg. 2018/1805 art. 16(2): no State is asked for more than the order is worth. */
function totalFlaws(data: unknown): RequestFlaw[] {
  return ['order', 'confiscation'].flatMap((part) => {
    const inner = (data as Readonly<Record<string, unknown>> | null | undefined)?.[part] as
      | Readonly<Record<string, unknown>>
      | undefined
    const here = moneyOf(inner?.amountHere)
    const total = moneyOf(inner?.totalAmount)
    if (here === null || total === null || here.currency !== total.currency || here.units <= total.units) return []
    return [
      {
        code: 'REQUEST_OVER_TOTAL',
        weight: 'stops' as const,
        path: `${part}.amountHere`,
        message: 'The amount for this State exceeds the total of the order.',
        fix: 'Lower it; together the States never recover more than the total.',
        article: '16(2)',
        verified: 'verified' as const,
      },
    ]
  })
}

/** Ten-thousandths, as whole numbers: money is never floating point. */
function moneyOf(value: unknown): { readonly units: bigint; readonly currency: string } | null {
  const match = typeof value === 'string' ? /^([0-9]+)(?:\.([0-9]{1,4}))? ([A-Z]{3})$/.exec(value) : null
  if (!match) return null
  const [, whole = '0', fraction = '', currency = ''] = match
  return { units: BigInt(whole + fraction.padEnd(4, '0')), currency }
}

function formFlaws(
  packs: LegalPacks,
  type: RequestType,
  { instrument, requestType, data, on }: DraftRequest,
): RequestFlaw[] {
  if (type.form === null) return []
  const form = orStop(requestForm(packs, instrument, requestType, on))
  return checkRequest(form, data).map(({ code, path, message, fix, article }: RequestFinding) => ({
    code,
    weight: 'stops' as const,
    path: `data.${path}`,
    message,
    fix,
    article,
    verified: form.verified,
  }))
}
