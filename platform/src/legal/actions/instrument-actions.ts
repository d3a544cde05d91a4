/** What instruments there are, which requests they know, and the forms of these. */
import { Type } from '@sinclair/typebox'
import { action, catchRefusal, ok, orStop } from '../../kernel/index.ts'
import { requestForm } from '../form.ts'
import { label } from '../labels.ts'
import { InstrumentPack } from '../pack.ts'
import { isEffective } from '../packs.ts'
import {
  asks,
  Cited,
  closed,
  InstrumentId,
  Language,
  Marked,
  maybe,
  nullable,
  On,
  PackFacts,
  packFacts,
  packsOf,
  RequestTypeId,
  Said,
} from './fields.ts'

const RequestTypeView = closed({
  id: Said,
  title: Said,
  article: Said,
  verified: Marked,
  needs: Type.Array(Said),
  form: nullable(Said),
  coercive: Type.Boolean(),
  yields: Said,
  issuers: Type.Array(Said),
  receiver: Said,
  urgency: Type.Array(Said),
})

const DeadlineRuleView = closed({
  id: Said,
  requestTypes: Type.Array(Said),
  duty: Said,
  trigger: Said,
  article: Said,
  verified: Marked,
  binding: Type.Boolean({ description: 'Only a verified rule may give a date that binds.' }),
})

const instruments = action({
  name: 'legal.instruments',
  summary: 'List the instruments of the packs, with their requests, their deadlines and how well each was read',
  kind: 'read',
  input: closed({ on: maybe(On), language: maybe(Language) }),
  output: Type.Array(
    closed({
      ...PackFacts,
      short: Said,
      title: Said,
      force: Said,
      status: InstrumentPack.properties.status,
      effective: InstrumentPack.properties.effective,
      requestTypes: Type.Array(RequestTypeView),
      deadlines: Type.Array(DeadlineRuleView),
      provisions: Type.Array(closed({ topic: Said, code: nullable(Said), ...Cited.properties })),
      grounds: Type.Array(
        closed({
          ...{ code: Said, label: Said, kind: Said, article: Said, verified: Marked, text: nullable(Said) },
          strength: Type.String({ description: 'mandatory, optional, or excluded: no ground under it.' }),
          requestTypes: Type.Array(Said, { description: 'None: of every request under it.' }),
        }),
      ),
    }),
  ),
  asks,
  run: async (context, { on, language = 'en' }) =>
    catchRefusal(() => {
      const packs = packsOf(context)
      const named = (key: string) => orStop(label(packs, key, language))
      const result = packs.instruments
        .filter((pack) => on === undefined || isEffective(pack, on))
        .map((pack) => ({
          ...packFacts(pack),
          short: pack.short,
          title: named(pack.label),
          force: pack.force,
          status: pack.status,
          effective: pack.effective,
          requestTypes: pack.requestTypes.map((type) => ({
            id: type.id,
            title: named(type.label),
            article: type.article,
            verified: type.verified,
            needs: [...type.needs],
            form: type.form,
            coercive: type.coercive,
            yields: type.yields,
            issuers: [...type.issuers.roles],
            receiver: type.receiver.role,
            urgency: [...type.urgency.allowed],
          })),
          deadlines: pack.deadlines.map(({ id, requestTypes, duty, trigger, article, verified, enforceable }) => ({
            id,
            requestTypes: [...requestTypes],
            duty,
            trigger,
            article,
            verified,
            binding: enforceable && verified === 'verified',
          })),
          provisions: pack.provisions.map(({ topic, code = null, text, article, verified }) => ({
            topic,
            code,
            text,
            article,
            verified,
          })),
          grounds: pack.grounds.map(({ code, kind, strength, requestTypes, text = null, article, verified }) => ({
            ...{ code, kind, strength, article, verified, text },
            label: named(code),
            requestTypes: [...requestTypes],
          })),
        }))
      return { result, events: [] }
    }),
})

const form = action({
  name: 'legal.form',
  summary: 'Read the form of a request: its sections and fields, with their names in a language and their articles',
  kind: 'read',
  input: closed({
    instrument: InstrumentId,
    requestType: RequestTypeId,
    language: maybe(Language),
    on: maybe(On),
  }),
  output: closed({
    instrument: Said,
    version: Said,
    requestType: Said,
    form: Said,
    label: Said,
    article: Said,
    verified: Marked,
    sections: Type.Array(
      closed({
        id: Said,
        label: Said,
        fields: Type.Array(
          closed({
            path: Said,
            label: Said,
            kind: Said,
            required: Type.Boolean(),
            article: Said,
            codes: nullable(Type.Array(closed({ code: Said, label: Said }))),
            when: nullable(closed({ path: Said, is: Type.Array(Type.Union([Said, Type.Boolean()])) })),
            entryNeeded: Type.Boolean(),
          }),
        ),
      }),
    ),
  }),
  asks,
  run: async (context, { instrument, requestType, language = 'en', on }) => {
    const found = requestForm(packsOf(context), instrument, requestType, on)
    if (!found.ok) return found
    const { label: title, sections, ...facts } = found.value
    const result = {
      ...facts,
      label: title[language],
      sections: sections.map((section) => ({
        id: section.id,
        label: section.label[language],
        fields: section.fields.map(({ label: name, codes, when, ...field }) => ({
          ...field,
          label: name[language],
          codes: codes?.map((one) => ({ code: one.code, label: one.label[language] })) ?? null,
          when: when ? { path: when.path, is: [...when.is] } : null,
        })),
      })),
    }
    return ok({ result, events: [] })
  },
})

const codes = action({
  name: 'legal.codes',
  summary:
    'Name the codes of the packs in a language: measures, urgencies, grounds, conditions of use, each with its article',
  kind: 'read',
  input: closed({ language: maybe(Language) }),
  output: Type.Array(
    closed({
      group: Said,
      label: Said,
      codes: Type.Array(closed({ code: Said, label: Said, article: Said, verified: Marked, need: nullable(Said) })),
    }),
  ),
  asks,
  run: async (context, { language = 'en' }) =>
    catchRefusal(() => {
      const packs = packsOf(context)
      const named = (key: string) => orStop(label(packs, key, language))
      const result = packs.codes.flatMap(({ groups }) =>
        groups.map((group) => ({
          group: group.id,
          label: named(group.label),
          codes: group.codes.map(({ code, article, verified, need }) => ({
            ...{ code, article, verified },
            label: named(code),
            need: need ?? null,
          })),
        })),
      )
      return { result, events: [] }
    }),
})

export const instrumentActions = [instruments, form, codes] as const
