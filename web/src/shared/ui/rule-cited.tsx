/** The law behind a deadline as people cite it: the instrument and the article, in the language of the user. */
import { useSpeech } from '../language/speak.tsx'
import { useRead } from '../node/node.tsx'
import { Words } from './values.tsx'

/** `rule`: its id in the packs; where no pack knows it, the article says all that is known. */
export function RuleCited({ rule, article }: { readonly rule: string | null; readonly article: string }) {
  const { say, language } = useSpeech()
  const read = useRead('legalInstruments', rule === null ? null : { language: language.id })
  const pack = read.data?.find(({ deadlines }) => deadlines.some(({ id }) => id === rule))
  if (pack === undefined) return <Words>{article}</Words>
  // Some laws have sections, and some rules stand in no article: what the pack writes then names it itself.
  const isArticle = /^\d+\S*( *[,;-] *\d|$)/.test(article)
  return (
    <span>
      {say(isArticle ? 'why.rule' : 'why.rule-elsewhere', {
        instrument: isolated(pack.short),
        article: isolated(article),
      })}
    </span>
  )
}

/** From left to right inside a sentence of any direction (U+2066, U+2069). */
const isolated = (text: string) => `\u2066${text}\u2069`
