/** The first content of a request under an instrument, wherever it begins: what the node knows already is in it. */
import { ask } from '../shared/node/node.tsx'
import { type Content, prefilled } from './first-draft.ts'

export type Beginning = {
  readonly caseId: string
  readonly instrument: string
  readonly requestType: string
  readonly measure: Content['measure']
  readonly authority: string
  readonly facts: string
  readonly urgency: Content['urgency']
  /** The country that is asked, with its languages and time zones, the first ones first. */
  readonly to: {
    readonly code: string
    readonly zones: readonly string[]
    readonly languages: readonly { readonly language: string }[]
  }
  /** In which it is written: its tag, and its name as the form is to say it. */
  readonly language: { readonly tag: string; readonly name: string }
}

/** As many languages of theirs as a letter is drawn in from the beginning. */
const THEIRS = 2

export async function firstContent(beginning: Beginning): Promise<Content> {
  const { caseId, instrument, requestType, measure, authority, facts, urgency, to, language } = beginning
  const [node, { session }, form, opened] = await Promise.all([
    ask('nodeRead', {}),
    ask('sessionRead', {}),
    ask('legalForm', { instrument, requestType }),
    ask('caseRead', { caseId }),
  ])
  const theirs = to.languages.map((one) => one.language).filter((tag) => tag !== language.tag)
  const content: Content = {
    ...{ instrument, requestType, measure, data: {} },
    languages: { original: language.tag, theirs: theirs.slice(0, THEIRS) },
    recipients: [{ authority, country: to.code, role: 'to' }],
    clock: { country: to.code, zone: to.zones[0] ?? 'UTC' },
    ...{ urgency, facts, assets: [], trace: null, useConditions: [] },
  }
  const fields = form.sections.flatMap((section) => section.fields)
  const known = {
    ...{ agency: node.agency, person: session?.name ?? '', reference: opened.case.reference },
    ...{ to: to.code, language: language.name },
  }
  return { ...content, data: prefilled(fields, content, known) }
}
