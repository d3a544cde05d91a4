/** The letter of a request, in its languages: fetched here, so that a refusal is told on the screen and not as a file. */
import { useSpeech } from '../shared/language/speak.tsx'
import { saveLetter } from '../shared/node/letter.ts'
import { Button } from '../shared/ui/parts.tsx'
import { languageName } from '../shared/ui/values.tsx'
import { Problem, useWork } from './told.tsx'

/** Languages in which letters are printed. */
const PRINTED = ['en', 'fr', 'es', 'de', 'ar', 'zh']

export function Letters({
  id,
  languages: { original, theirs },
}: {
  readonly id: string
  readonly languages: { readonly original: string; readonly theirs: readonly string[] }
}) {
  const { say, locale } = useSpeech()
  const { isBusy, error, run } = useWork()
  const wanted = [...new Set([original, ...theirs])].filter((one) => PRINTED.includes(one))
  return (
    <>
      <Problem error={error} />
      <p className="row">
        {(wanted.length === 0 ? ['en'] : wanted).map((language) => (
          <Button key={language} kind="second" isBusy={isBusy} onPress={() => void run(() => saveLetter(id, language))}>
            {say('access.approve.letter', { language: languageName(language, locale) })}
          </Button>
        ))}
      </p>
    </>
  )
}
