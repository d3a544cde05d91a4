/**
 * Makes a page of its frame, its fragment and the table of texts. What is put in is text and is escaped; a place that has no
 * text is a fault at the start of the node, not a hole on the screen.
 */
import type { PageName } from './page-list.ts'

/** Texts by their key. `{name}` in a text is put in by the script that shows it. */
export type Texts = Readonly<Record<string, string>>

/** What a page may say to anybody who asks. */
export type PublicFacts = {
  readonly node: string
  readonly agency: string
  /** Passkeys work on pages of this URL only. */
  readonly publicUrl: string
  /** Whether people may also sign in through the identity provider of the agency. */
  readonly hasProvider: boolean
}

export function renderPage(
  name: PageName,
  { frame, fragment }: { readonly frame: string; readonly fragment: string },
  texts: Texts,
  { node, agency, publicUrl, hasProvider }: PublicFacts,
): string {
  const facts: Texts = { node, agency, publicUrl, provider: hasProvider ? 'yes' : 'no', page: name }
  const title = texts[`${name}.title`]
  if (title === undefined) throw new Error(`the page ${name} has no title`)
  const fill = (markup: string) =>
    markup.replace(/\{\{([@a-z][A-Za-z0-9.-]*)\}\}/g, (_, key: string) => {
      if (key === 'title') return escapeText(title)
      const text = key.startsWith('@') ? facts[key.slice(1)] : texts[key]
      if (text === undefined) throw new Error(`the page ${name} has no text for ${key}`)
      return escapeText(text)
    })
  // The fragment first, and as a function: what it holds is not looked at for places again.
  const main = fill(fragment)
  return fill(frame).replace('<!-- main -->', () => main)
}

export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
