/** The form of a request as its instrument asks for it: sections and fields, named in all languages. */
import { catchRefusal, orStop, type Result, stop } from '../kernel/index.ts'
import { type Labels, labelsOf } from './labels.ts'
import type { FieldKind, Mark, PackField } from './pack.ts'
import { findInstrument, findRequestType, type LegalPacks } from './packs.ts'

export type FormField = {
  /** Where the value stands in the data: `persons[].natural.surname`. */
  readonly path: string
  readonly label: Labels
  readonly kind: FieldKind
  readonly required: boolean
  readonly article: string
  /** The codes that the field takes, with their names; null for a field of another kind. */
  readonly codes: readonly { readonly code: string; readonly label: Labels }[] | null
  readonly when: PackField['when'] | null
  /** Whether the list in which it stands must have an entry. */
  readonly entryNeeded: boolean
}

export type FormSection = { readonly id: string; readonly label: Labels; readonly fields: readonly FormField[] }

export type RequestForm = {
  readonly instrument: string
  readonly version: string
  readonly requestType: string
  readonly form: string
  readonly label: Labels
  readonly article: string
  readonly verified: Mark
  readonly sections: readonly FormSection[]
}

export function requestForm(
  packs: LegalPacks,
  instrumentId: string,
  requestType: string,
  on?: string,
): Result<RequestForm> {
  return catchRefusal(() => {
    const instrument = orStop(findInstrument(packs, instrumentId, on))
    const type = orStop(findRequestType(instrument, requestType))
    const form = instrument.forms.find(({ id }) => id === type.form)
    if (!form)
      return stop('FORM_UNKNOWN', `${instrument.short} prescribes no form for ${requestType} that is in its pack.`, {
        place: type.article,
        fix: 'Write the request as a letter, with what the article asks for.',
      })
    const named = (key: string) => orStop(labelsOf(packs, key))
    return {
      instrument: instrument.id,
      version: instrument.version,
      requestType,
      form: form.id,
      label: named(form.label),
      article: form.article,
      verified: form.verified,
      sections: form.sections.map((section) => ({
        id: section.id,
        label: named(section.label),
        fields: section.fields.map((field) => ({
          path: field.path,
          label: named(field.label),
          kind: field.kind,
          required: field.required,
          article: field.article,
          codes: codesOf(packs, field)?.map((code) => ({ code, label: named(code) })) ?? null,
          when: field.when ?? null,
          entryNeeded: field.entries !== 'optional',
        })),
      })),
    }
  })
}

function codesOf(packs: LegalPacks, { codes }: PackField): readonly string[] | null {
  if (codes === undefined) return null
  if (typeof codes !== 'string') return codes
  return packs.codes.flatMap(({ groups }) =>
    groups.filter(({ id }) => id === codes).flatMap((group) => group.codes.map(({ code }) => code)),
  )
}
