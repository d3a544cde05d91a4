/** Who may ask whom, whether both countries punish the conduct, and whether a request would be admissible. */
import { Type } from '@sinclair/typebox'
import { action, catchRefusal, ok, orStop } from '../../kernel/index.ts'
import { checkAdmissible } from '../admissible-request.ts'
import { dualCriminality } from '../dual-criminality.ts'
import { FormData, formToData } from '../form-data.ts'
import { authorityRoles } from '../pack.ts'
import { findInstrument, findJurisdiction, findOffence, findRequestType } from '../packs.ts'
import { routes } from '../routes.ts'
import {
  asks,
  Cited,
  Country,
  closed,
  InstrumentId,
  Marked,
  Months,
  maybe,
  nullable,
  OffenceCode,
  On,
  oneOf,
  packsOf,
  RequestTypeId,
  Said,
  Urgency,
} from './fields.ts'

const DualCriminalityView = closed({
  answer: oneOf(['not-asked', 'met', 'to-test'], 'to-test: a lawyer must compare the conduct.'),
  mayRefuse: Type.Boolean(),
  conduct: Said,
  elements: Type.Array(Said),
  reasons: Type.Array(Cited),
})
const Role = oneOf(authorityRoles, 'The role of an authority.')

const RouteView = closed({
  instrument: closed({ id: Said, short: Said, version: Said }),
  requestType: Said,
  article: Said,
  verified: Marked,
  yields: Said,
  coercive: Type.Boolean(),
  issuers: Type.Array(Said),
  validators: Type.Array(Said),
  receiver: closed({ role: Said, names: Type.Array(Said) }),
  form: nullable(Said),
  deadlines: Type.Array(closed({ id: Said, article: Said, binding: Type.Boolean(), text: Said })),
  useConditions: Type.Array(Cited),
  dualCriminality: DualCriminalityView,
  reasons: Type.Array(Cited),
  obstacles: Type.Array(closed({ code: Said, ...Cited.properties })),
  open: Type.Array(Said),
})

const routesAction = action({
  name: 'legal.routes',
  summary: 'Who may ask whom under which instrument, the best way first, each with its reasons and articles',
  kind: 'read',
  input: closed({
    from: Country,
    to: Country,
    need: Type.String({
      maxLength: 40,
      pattern: '^[A-Za-z_]+$',
      description: 'What is needed, as freeze; or a measure code, as FREEZE_SPECIFIC.',
    }),
    offence: OffenceCode,
    urgency: maybe(Urgency),
    maxPenaltyMonths: maybe(Months),
    issuer: maybe(Role),
    on: maybe(On),
  }),
  output: closed({
    from: Said,
    to: Said,
    need: Said,
    offence: Said,
    routes: Type.Array(RouteView),
    meanwhile: Type.Array(RouteView),
    closed: Type.Array(RouteView),
  }),
  asks,
  run: async (context, question) => {
    const found = routes(packsOf(context), question)
    return found.ok ? ok({ result: found.value as never, events: [] }) : found
  },
})

const dual = action({
  name: 'legal.dual-criminality',
  summary: 'Whether both countries must punish the conduct for a request, and what shows that they do',
  kind: 'read',
  input: closed({
    instrument: InstrumentId,
    requestType: RequestTypeId,
    from: Country,
    to: Country,
    offence: OffenceCode,
    maxPenaltyMonths: maybe(Months),
    on: maybe(On),
  }),
  output: closed({
    ...DualCriminalityView.properties,
    instrument: closed({ id: Said, short: Said, version: Said }),
    requestType: Said,
    verified: Marked,
  }),
  asks,
  run: async (context, { instrument: id, requestType, from, to, offence, maxPenaltyMonths, on }) =>
    catchRefusal(() => {
      const packs = packsOf(context)
      const instrument = orStop(findInstrument(packs, id, on))
      const type = orStop(findRequestType(instrument, requestType))
      const found = dualCriminality(
        packs,
        type,
        orStop(findOffence(packs, offence)),
        orStop(findJurisdiction(packs, from)),
        orStop(findJurisdiction(packs, to)),
        { maxPenaltyMonths: maxPenaltyMonths ?? null },
      )
      const { short, version } = instrument
      const result = {
        ...found,
        elements: [...found.elements],
        reasons: [...found.reasons],
        instrument: { id: instrument.id, short, version },
        requestType: type.id,
        verified: type.dualCriminality.verified,
      }
      return { result, events: [] }
    }),
})

const Use = closed({
  otherProceedings: Type.Boolean({ description: 'In other proceedings than those stated.' }),
  passOn: Type.Boolean({ description: 'To be passed on to others.' }),
  asEvidence: Type.Boolean({ description: 'As evidence in court.' }),
  consent: Type.Boolean({ description: 'The other State has consented to that use.' }),
})

const check = action({
  name: 'legal.check',
  summary: 'Whether a request would be admissible, before it is sent: what stops it and what a person must decide',
  kind: 'read',
  large: true,
  input: closed({
    instrument: InstrumentId,
    requestType: RequestTypeId,
    from: Country,
    to: Country,
    offence: OffenceCode,
    urgency: maybe(Urgency),
    issuer: Role,
    validator: maybe(Role),
    maxPenaltyMonths: maybe(Months),
    use: Use,
    data: FormData,
    on: maybe(On),
  }),
  output: closed({
    admissible: Type.Boolean({ description: 'Nothing stops it. Whether it is granted is for the other State.' }),
    instrument: closed({ id: Said, short: Said, version: Said, verified: Marked }),
    flaws: Type.Array(
      closed({
        code: Said,
        weight: oneOf(['stops', 'warns'], 'stops: it must not be sent so. warns: a person decides.'),
        path: Said,
        message: Said,
        fix: Said,
        article: Said,
        verified: Marked,
      }),
    ),
  }),
  asks,
  run: async (context, { urgency = null, validator = null, maxPenaltyMonths = null, data: fields, ...draft }) =>
    catchRefusal(() => {
      const packs = packsOf(context)
      const read = formToData(fields)
      if (!read.ok) orStop({ ok: false, refusal: { ...read.refusal, place: `/data${placeIn(read.refusal.place)}` } })
      const data = orStop(read)
      const flaws = orStop(checkAdmissible(packs, { ...draft, urgency, validator, maxPenaltyMonths, data }))
      const { id, short, version, verified } = orStop(findInstrument(packs, draft.instrument, draft.on))
      return {
        result: {
          admissible: flaws.every(({ weight }) => weight !== 'stops'),
          instrument: { id, short, version, verified },
          flaws: flaws.map((flaw) => ({ ...flaw })),
        },
        events: [],
      }
    }),
})

/** The reader of forms names places in a request; here the form stands alone. */
function placeIn(place = ''): string {
  return place.replace(/^\/content\/data/, '')
}

export const routeActions = [routesAction, dual, check] as const
