/** A request of another authority as it is put on record: typed from the paper, or read from the text that its letter has attached. Pure. */
import type { InputOf } from '../shared/node/node.tsx'

export type Receipt = InputOf<'requestReceive'>
export type Letter = NonNullable<Receipt['letter']>
type Content = NonNullable<Receipt['content']>

export type Typed = {
  readonly instrument: string
  readonly requestType: string
  readonly measure: string
  readonly language: string
  readonly facts: string
  readonly assets: Content['assets']
  readonly urgency: string
  readonly ground: string
}

export const nothingTyped: Typed = {
  ...{ instrument: '', requestType: '', measure: '', language: '', facts: '', assets: [], urgency: '', ground: '' },
}

/** `asked`: this agency, which is asked, and by whose clock the answer is due. */
export function contentOfTyped(
  typed: Typed,
  asked: { readonly name: string; readonly country: string; readonly timeZone: string },
): Content {
  const { instrument, requestType, measure, language, facts, assets, urgency, ground } = typed
  return {
    ...{ instrument, requestType, measure: measure as Content['measure'], data: {} },
    languages: { original: language, theirs: [] },
    recipients: [{ authority: asked.name, country: asked.country, role: 'to' }],
    clock: { country: asked.country, zone: asked.timeZone },
    urgency:
      urgency === '' ? null : { code: urgency as NonNullable<Content['urgency']>['code'], ground: ground.trim() },
    ...{ facts: facts.trim(), assets, trace: null, useConditions: [] },
  }
}

/** The file request.json of a letter; null where it is none. What is in it the node reads strictly. */
export function letterIn(text: string): Letter | null {
  try {
    const found: unknown = JSON.parse(text)
    const { format, content } = (found ?? {}) as { readonly format?: unknown; readonly content?: unknown }
    return format === 'comity-request/1' && typeof content === 'object' && content !== null ? (found as Letter) : null
  } catch {
    return null
  }
}

/** Who sent the letter, where its form says so. */
export function senderIn({ content: { data } }: Letter): { readonly authority: string; readonly country: string } {
  const textAt = (...paths: readonly string[]) =>
    paths.map((path) => data[path]).find((one): one is string => typeof one === 'string') ?? ''
  return { authority: textAt('issuer.name', 'authority.name'), country: textAt('issuingState') }
}

/** A local day and time in UTC as the node takes it; null where the field is empty or no time. */
export function instantOf(written: string): string | null {
  const at = Date.parse(`${written}Z`)
  return written === '' || Number.isNaN(at) ? null : `${new Date(at).toISOString().slice(0, 19)}Z`
}
