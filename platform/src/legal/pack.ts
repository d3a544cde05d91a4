/**
 * The form of the packs of law: what a YAML file under packs/ may say.
 *
 * One definition gives the types, the check at the gate (read-pack.ts) and the published schemas (docs/spec/packs). Every
 * rule carries the article it stands on and how well that was read, because a rule that nobody compared with the text
 * may remind, and never binds.
 */
import { type Static, type TProperties, Type } from '@sinclair/typebox'
import {
  authorityRoles,
  countRules,
  deadlineKinds,
  expiryEffects,
  fieldKinds,
  forces,
  groundKinds,
  languages,
  marks,
  needs,
  topics,
  triggers,
  units,
} from './vocabulary.ts'

export * from './vocabulary.ts'

const object = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })
const choice = <const T extends readonly string[]>(of: T) => Type.Unsafe<T[number]>({ type: 'string', enum: [...of] })
const Text = Type.String({ pattern: '\\S' })
const Id = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,60}$' })
const Code = Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,60}$' })
const Country = Type.String({ pattern: '^[A-Z]{2}$' })
const Day = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })
const LabelKey = Type.String({ pattern: '^[a-z]+\\.[A-Za-z0-9._-]{1,80}$' })
const maybe = <T extends Parameters<typeof Type.Optional>[0]>(of: T) => Type.Optional(of)
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(of: T) => Type.Union([of, Type.Null()])
const list = <T extends Parameters<typeof Type.Array>[0]>(of: T) => Type.Array(of)

const Cited = { article: Text, verified: choice(marks) }

const header = <K extends string>(kind: K) => ({
  kind: Type.Literal(kind),
  id: Id,
  version: Type.String({ pattern: '^[0-9]{4}\\.[0-9]{1,2}\\.[0-9]{1,3}$' }),
  effective: object({ from: Day, to: orNull(Day) }),
  source: Type.Array(object({ address: Text, read: Day, what: maybe(Text) }), { minItems: 1 }),
  /** Who compared the pack with the authentic text; null while nobody has. */
  reviewer: orNull(Text),
  verified: choice(marks),
  note: maybe(Text),
})

const Field = object({
  path: Type.String({ pattern: '^[a-z][A-Za-z0-9]*(\\[\\])?(\\.[a-z][A-Za-z0-9]*(\\[\\])?)*$' }),
  label: LabelKey,
  kind: choice(fieldKinds),
  required: Type.Boolean(),
  article: Text,
  /** Group of packs/grounds.yaml whose codes the field takes, or codes of its own. */
  codes: maybe(Type.Union([Id, Type.Array(Code, { minItems: 1 })])),
  /** The list in which it stands may be empty; in an entry that is there, the field is required as it says. */
  entries: maybe(choice(['optional'])),
  /** Required only where another field has one of these values. */
  when: maybe(object({ path: Text, is: Type.Array(Type.Union([Text, Type.Boolean()]), { minItems: 1 }) })),
})

const Form = object({
  id: Id,
  label: LabelKey,
  ...Cited,
  sections: Type.Array(object({ id: Id, label: LabelKey, fields: Type.Array(Field) }), { minItems: 1 }),
})

const RequestType = object({
  id: Type.String({ pattern: '^[A-Z][A-Z_]*(\\.[A-Z][A-Z_]*)+$' }),
  label: LabelKey,
  ...Cited,
  needs: Type.Array(choice(needs), { minItems: 1 }),
  form: orNull(Id),
  coercive: Type.Boolean(),
  /** evidence: may be used in court as it comes; intelligence: it may not, a formal request must follow. */
  yields: choice(['evidence', 'intelligence', 'measure']),
  issuers: object({ roles: list(choice(authorityRoles)), validators: list(choice(authorityRoles)), ...Cited }),
  receiver: object({ role: choice(authorityRoles), ...Cited }),
  /** The offences for which it is open: those mapped to a list, or all (null), with what a person must still check. */
  offences: object({ list: orNull(Id), condition: orNull(Text), ...Cited }),
  dualCriminality: object({
    rule: choice(['required', 'may-be-refused', 'not-asked', 'not-asked-if-listed', 'none-stated']),
    list: maybe(Id),
    minimumMonths: maybe(Type.Integer({ minimum: 1 })),
    text: Text,
    ...Cited,
  }),
  thresholds: list(
    object({ minimumMonths: Type.Integer({ minimum: 1 }), unlessList: orNull(Id), text: Text, ...Cited }),
  ),
  urgency: object({ allowed: list(Code), forbidden: list(object({ code: Code, text: Text, ...Cited })) }),
})

const DeadlineRule = object({
  id: Id,
  ...Cited,
  /** Whether it may give a date that binds; only a verified rule may say so. */
  enforceable: Type.Boolean(),
  requestTypes: list(Text),
  duty: Text,
  dutyHolder: choice(authorityRoles),
  trigger: choice(triggers),
  triggerText: Text,
  amount: orNull(Type.Integer({ minimum: 1 })),
  unit: orNull(choice(units)),
  /** A day that the act itself names. */
  date: maybe(Day),
  kind: choice(deadlineKinds),
  /** The words of the act where they are open ("without delay"). */
  wording: maybe(Text),
  count: choice(countRules),
  /** Urgency codes of which the request must state one; absent where the rule does not depend on urgency. */
  urgency: maybe(Type.Array(Code, { minItems: 1 })),
  /** The rule that takes its place in urgency. */
  urgentRule: maybe(Id),
  follows: maybe(Id),
  extension: maybe(
    object({ amount: orNull(Type.Integer({ minimum: 1 })), unit: orNull(choice(units)), text: Text, ...Cited }),
  ),
  suspension: maybe(object({ text: Text, ...Cited })),
  onExpiry: object({ effect: choice(expiryEffects), text: Text, ...Cited }),
  note: maybe(Text),
})

const Ground = object({
  code: Code,
  kind: choice(groundKinds),
  strength: choice(['mandatory', 'optional', 'excluded']),
  /** Request types to which it belongs; empty for all of the instrument. */
  requestTypes: list(Text),
  text: maybe(Text),
  ...Cited,
})

const Provision = object({
  topic: choice(topics),
  text: Text,
  /** A use-condition code that the provision imposes. */
  code: maybe(Code),
  requestTypes: maybe(list(Text)),
  ...Cited,
})

/** The use that a condition forbids, and whether consent allows it. */
const Restriction = object({ use: choice(['otherProceedings', 'passOn', 'asEvidence']), unlessConsent: Type.Boolean() })

export const InstrumentPack = object({
  ...header('instrument'),
  short: Text,
  label: LabelKey,
  force: choice(forces),
  status: object({ state: choice(['in-force', 'not-in-force', 'unknown']), since: orNull(Day), text: Text, ...Cited }),
  requestTypes: list(RequestType),
  forms: list(Form),
  deadlines: list(DeadlineRule),
  grounds: list(Ground),
  provisions: list(Provision),
})

export const JurisdictionPack = object({
  ...header('jurisdiction'),
  code: Country,
  label: LabelKey,
  zones: Type.Array(Text, { minItems: 1 }),
  /** ISO 8601 days of the week, 1 is Monday. */
  weekend: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1 }),
  holidays: object({
    key: Text,
    overrides: list(object({ date: Day, holiday: Type.Boolean(), name: Text, source: Text })),
  }),
  languages: list(object({ language: Type.String({ pattern: '^[a-z]{2}$' }), text: Text, verified: choice(marks) })),
  authorities: list(object({ role: choice(authorityRoles), name: Text, text: maybe(Text), verified: choice(marks) })),
  parties: list(
    object({
      instrument: Id,
      state: choice(['party', 'signatory', 'not-party', 'unknown']),
      text: maybe(Text),
      verified: choice(marks),
    }),
  ),
  tracing: list(object({ rule: Id, authority: Text, text: Text, verified: choice(marks) })),
  evidence: list(object({ text: Text, authority: Text, verified: choice(marks) })),
  retention: list(object({ what: Text, text: Text, years: orNull(Type.Integer({ minimum: 1 })), ...Cited })),
})

export const OffencePack = object({
  ...header('offences'),
  lists: list(
    object({
      id: Id,
      name: Text,
      /** Whether a party to the instrument must make the conduct of these entries an offence. */
      criminalises: orNull(Id),
      ...Cited,
      entries: Type.Array(object({ id: Id, text: Text, verified: choice(marks) }), { minItems: 1 }),
    }),
  ),
  offences: list(
    object({
      code: Type.String({ pattern: '^[a-z][a-z0-9-]{2,40}$' }),
      label: LabelKey,
      /** What was done, in words of no particular code: dual criminality is a test of conduct, not of names. */
      conduct: Text,
      elements: Type.Array(Text, { minItems: 1 }),
      maps: list(
        object({ list: Id, entries: Type.Array(Id, { minItems: 1 }), text: maybe(Text), verified: choice(marks) }),
      ),
    }),
  ),
})

export const IndicatorPack = object({
  ...header('indicators'),
  warning: Text,
  sections: list(object({ id: Id, title: Text, page: orNull(Type.Integer({ minimum: 1 })), verified: choice(marks) })),
  indicators: list(
    object({
      id: Type.String({ pattern: '^[A-G][0-9]{1,2}$' }),
      section: Id,
      page: orNull(Type.Integer({ minimum: 1 })),
      text: Text,
      verified: choice(marks),
    }),
  ),
})

export const CodePack = object({
  ...header('codes'),
  groups: list(
    object({
      id: Id,
      label: LabelKey,
      codes: Type.Array(
        object({
          code: Code,
          article: Text,
          verified: choice(marks),
          need: maybe(choice(needs)),
          restricts: maybe(Restriction),
        }),
        {
          minItems: 1,
        },
      ),
    }),
  ),
})

export const CriteriaPack = object({
  ...header('criteria'),
  criteria: list(
    object({
      id: Id,
      label: LabelKey,
      /** Countries whose courts it is for; `*` for all. */
      jurisdictions: Type.Array(Type.Union([Country, Type.Literal('*')]), { minItems: 1 }),
      fact: Type.String({ pattern: '^[a-z][A-Za-z0-9]*$' }),
      weight: choice(['required', 'advised']),
      authority: Text,
      fix: Text,
      ...Cited,
    }),
  ),
})

/** Orders that cannot all be carried out, by what they want; the first kind that fits counts. */
export const ConflictPack = object({
  ...header('conflicts'),
  conflicts: list(
    object({
      id: Id,
      text: Text,
      /** Codes of the group "measure" of packs/grounds.yaml. None: no measures show it, and somebody states it. */
      pairs: list(object({ one: Type.Array(Code, { minItems: 1 }), other: Type.Array(Code, { minItems: 1 }) })),
      /** Whether it is one even where both belong to one case and one partner. */
      withinCase: Type.Boolean(),
      /** By what it is decided which goes first, as the provision says it. */
      criteria: list(Text),
      steps: Type.Array(
        object({
          step: choice(['consult', 'decide', 'tell']),
          duty: Text,
          amount: Type.Integer({ minimum: 1 }),
          unit: choice(['h', 'cd']),
          ...Cited,
        }),
        { minItems: 1 },
      ),
      ...Cited,
    }),
  ),
})

export const LabelPack = object({
  ...header('labels'),
  labels: Type.Record(LabelKey, Type.Partial(object(Object.fromEntries(languages.map((one) => [one, Text]))))),
})

export const packSchemas = {
  instrument: InstrumentPack,
  jurisdiction: JurisdictionPack,
  offences: OffencePack,
  indicators: IndicatorPack,
  codes: CodePack,
  criteria: CriteriaPack,
  conflicts: ConflictPack,
  labels: LabelPack,
} as const

export type PackKind = keyof typeof packSchemas
export type InstrumentPack = Static<typeof InstrumentPack>
export type JurisdictionPack = Static<typeof JurisdictionPack>
export type OffencePack = Static<typeof OffencePack>
export type IndicatorPack = Static<typeof IndicatorPack>
export type CodePack = Static<typeof CodePack>
export type CriteriaPack = Static<typeof CriteriaPack>
export type ConflictPack = Static<typeof ConflictPack>
export type LabelPack = Static<typeof LabelPack>
export type LegalPack =
  | InstrumentPack
  | JurisdictionPack
  | OffencePack
  | IndicatorPack
  | CodePack
  | CriteriaPack
  | ConflictPack
  | LabelPack
export type DeadlineRule = InstrumentPack['deadlines'][number]
export type RequestType = InstrumentPack['requestTypes'][number]
export type PackForm = InstrumentPack['forms'][number]
export type PackField = PackForm['sections'][number]['fields'][number]
export type Ground = InstrumentPack['grounds'][number]
export type Provision = InstrumentPack['provisions'][number]
export type Offence = OffencePack['offences'][number]
