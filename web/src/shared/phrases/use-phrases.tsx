/** Phrases in the language of the user, loaded with the first screen that needs their topic. */
import { useQuery } from '@tanstack/react-query'
import type { LanguageId } from '../language/languages.ts'
import { useSpeech } from '../language/speak.tsx'
import { Words } from '../ui/values.tsx'
import { type Phrasebook, phrasebook } from './phrasebook.ts'

export type Topic = 'refusals' | 'details' | 'exchange' | 'law' | 'tracing' | 'casework' | 'verdict' | 'journal'

/** Until it is loaded, and in English, it knows nothing. */
export function usePhrases(topic: Topic): Phrasebook {
  const { language } = useSpeech()
  const { data } = useQuery({
    queryKey: ['phrases', topic, language.id],
    staleTime: Number.POSITIVE_INFINITY,
    enabled: language.id !== 'en',
    queryFn: () => load(topic, language.id),
  })
  return data ?? nothing
}

const nothing: Phrasebook = () => null

async function load(topic: Topic, language: LanguageId): Promise<Phrasebook> {
  const { default: entries } = await import(`./${topic}/${language}.json`)
  return phrasebook(entries, language)
}

/** A sentence of the core: in the language of the user where it is known there, else English and marked so. */
export function Phrase({ topic, text }: { readonly topic: Topic; readonly text: string }) {
  const here = usePhrases(topic)(text)
  return here === null ? (
    <span lang="en">
      <Words>{text}</Words>
    </span>
  ) : (
    <Words>{here}</Words>
  )
}

/** What was found under a code of the catalogue: what the code means, in the language of the user, before the words on this very case. */
export function FindingText({ code, text }: { readonly code: string; readonly text: string }) {
  const means = usePhrases('refusals')(code)
  const details = usePhrases('details')
  const law = usePhrases('law')
  const here = details(text) ?? law(text)
  return (
    <>
      {means !== null && <>{means} </>}
      {(means === null || here !== means) && (
        <span lang={here === null ? 'en' : undefined} className={means === null ? undefined : 'small soft'}>
          <Words>{here ?? text}</Words>
        </span>
      )}
    </>
  )
}

/** Once where law is shown in another language than that of the packs. */
export function TranslatedLaw() {
  const { say, language } = useSpeech()
  return language.id === 'en' ? null : <p className="small soft">{say('phrases.law')}</p>
}
