/** The letter as it would be sent, beside the form: pages that the node has typeset, in each of its languages. */
import { useEffect, useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { fetchLetter, saveLetter } from '../shared/node/letter.ts'
import { Button, Trouble } from '../shared/ui/parts.tsx'
import { languageName } from '../shared/ui/values.tsx'

/** Languages in which letters are printed. */
const PRINTED = ['en', 'fr', 'es', 'de', 'ar', 'zh']

type Shown = { readonly url: string; readonly pages: number }

export function lettersOf({ original, theirs }: { readonly original: string; readonly theirs: readonly string[] }) {
  const wanted = [...new Set([original, ...theirs].map((tag) => tag.split('-')[0] ?? tag))]
  const printed = wanted.filter((one) => PRINTED.includes(one))
  return printed.length === 0 ? ['en'] : printed
}

/** `version`: what it is typeset of; it is typeset anew when that changes. */
export function LetterPreview({
  id,
  languages,
  version,
}: {
  readonly id: string
  readonly languages: { readonly original: string; readonly theirs: readonly string[] }
  readonly version: number | string
}) {
  const { say, locale } = useSpeech()
  const all = lettersOf(languages)
  const [chosen, setChosen] = useState<string | null>(null)
  const language = chosen !== null && all.includes(chosen) ? chosen : (all[0] ?? 'en')
  const [shown, setShown] = useState<Shown | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    let isGone = false
    void version
    fetchLetter('svg', id, language)
      .then(async (content) => {
        if (isGone) return
        const url = URL.createObjectURL(content)
        const pages = pagesIn(await content.text())
        setShown((before) => {
          if (before) URL.revokeObjectURL(before.url)
          return { url, pages }
        })
        setError(null)
      })
      .catch((thrown: unknown) => !isGone && setError(thrown))
    return () => {
      isGone = true
    }
  }, [id, language, version])
  const name = languageName(language, locale)
  return (
    <section className="letter" aria-label={say('request.letter')}>
      <div className="row spread">
        <fieldset className="row letter-languages">
          <legend className="hidden-text">{say('request.letter-languages')}</legend>
          {all.map((one) => (
            <button
              key={one}
              type="button"
              className="letter-language"
              aria-pressed={one === language}
              onClick={() => setChosen(one)}
            >
              {languageName(one, locale)}
            </button>
          ))}
        </fieldset>
        <Button kind="quiet" onPress={() => void saveLetter(id, language).catch(setError)}>
          {say('request.letter-download')}
        </Button>
      </div>
      <Trouble error={error} />
      {shown && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="letter-pages" tabIndex={0} aria-label={say('request.letter-pages', { language: name })}>
          <img src={shown.url} alt={say('request.letter-alt', { language: name, pages: shown.pages })} />
        </section>
      )}
    </section>
  )
}

/** Pages of A4 under each other: their number follows from the height of the picture. */
function pagesIn(svg: string): number {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg.slice(0, 400)) ?? []
  return Math.max(1, Math.round(Number(height) / (Number(width) * Math.SQRT2)))
}
