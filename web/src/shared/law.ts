/** Words and forms of the packs, in the language of the user: the node names each code with its article. */
import { useMemo } from 'react'
import { useSpeech } from './language/speak.tsx'
import { type ResultOf, useRead } from './node/node.tsx'

export type Code = ResultOf<'legalCodes'>[number]['codes'][number]

export type Codes = {
  /** What a code means; the code itself as long as nothing is known of it. */
  readonly name: (code: string) => string
  /** The codes of a group, as `measure`, `urgency`, `refusal`, in the order of the packs. */
  readonly of: (group: string) => readonly Code[]
}

export function useCodes(): Codes {
  const { language, locale } = useSpeech()
  const { data } = useRead('legalCodes', { language: language.id })
  return useMemo(() => {
    const groups = new Map(
      (data ?? []).map(({ group, codes }) => [
        group,
        codes.map((one) => ({ ...one, label: capital(one.label, locale) })),
      ]),
    )
    const named = new Map([...groups.values()].flatMap((codes) => codes.map(({ code, label }) => [code, label])))
    return { name: (code) => named.get(code) ?? code, of: (group) => groups.get(group) ?? [] }
  }, [data, locale])
}

export type Form = ResultOf<'legalForm'>

/** The form of a request in the language of the user; `null`: not known yet of which. */
export function useForm(of: { readonly instrument: string; readonly requestType: string } | null) {
  const { language, locale } = useSpeech()
  const read = useRead(
    'legalForm',
    of ? { instrument: of.instrument, requestType: of.requestType, language: language.id } : null,
  )
  const data = useMemo(() => (read.data ? capitals(read.data, locale) : undefined), [read.data, locale])
  return { ...read, data }
}

/** The packs name things in the middle of a sentence; a form begins lines with them. */
function capitals(form: Form, locale: string): Form {
  const named = <T extends { readonly label: string }>(one: T): T => ({ ...one, label: capital(one.label, locale) })
  return {
    ...named(form),
    sections: form.sections.map((section) => ({
      ...named(section),
      fields: section.fields.map((field) => ({ ...named(field), codes: field.codes?.map(named) ?? null })),
    })),
  }
}

/** As it stands at the beginning of a line; languages without capitals are left as they are. */
export function capital(text: string, locale: string): string {
  const [first = '', ...rest] = text
  return first.toLocaleUpperCase(locale) + rest.join('')
}
