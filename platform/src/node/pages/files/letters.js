/** The letter of a request, in its languages: fetched by the page, so that a refusal is told there and not as a file. */
import { readFile } from './node-calls.js'
import { during, element, text } from './show.js'

/** Languages in which letters are printed. */
const PRINTED = ['en', 'fr', 'es', 'de', 'ar', 'zh']

/** @param {string} id @param {{ original: string, theirs: string[] }} languages */
export function lettersOf(id, { original, theirs }) {
  const wanted = [...new Set([original, ...theirs])].filter((language) => PRINTED.includes(language))
  const names = new Intl.DisplayNames(['en'], { type: 'language' })
  return element(
    'ul',
    { class: 'links' },
    ...(wanted.length === 0 ? ['en'] : wanted).map((language) => {
      const href = `/v1/request/letter.pdf?${new URLSearchParams({ id, language })}`
      const link = element('a', { href }, text('approve.letter', { language: names.of(language) ?? language }))
      link.addEventListener('click', (event) => {
        event.preventDefault()
        void during(link, text('busy.wait'), () => keep(href))
      })
      return element('li', {}, link)
    }),
  )
}

/** @param {string} path */
async function keep(path) {
  const { content, name } = await readFile(path)
  const url = URL.createObjectURL(content)
  element('a', { href: url, download: name }).click()
  // The browser reads it after the click; it goes with the page at the latest.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
