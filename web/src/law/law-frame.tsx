/** The frame of the questions that are put to the law of the packs, and how an answer of theirs is shown: with article and mark. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Mark } from '../request/route-card.tsx'
import { Phrase, TranslatedLaw } from '../shared/phrases/use-phrases.tsx'
import '../request/request.css'
import type { MessageId } from '../shared/language/message-ids.ts'
import { useSay } from '../shared/language/speak.tsx'
import { PageHead } from '../shared/ui/parts.tsx'

const parts = [
  ['/law', 'law.part.admissible'],
  ['/law/periods', 'law.part.periods'],
  ['/law/indicators', 'law.part.indicators'],
] as const satisfies readonly (readonly [string, MessageId])[]

export function LawFrame({ children }: { readonly children: ReactNode }) {
  const say = useSay()
  return (
    <>
      <PageHead title={say('law.title')} />
      <p className="soft">{say('law.text')}</p>
      <TranslatedLaw />
      <div className="stack">
        <nav className="tabs no-print" aria-label={say('law.parts')}>
          {parts.map(([path, name]) => (
            <Link key={path} className="tab" to={path as never} activeOptions={{ exact: true, includeSearch: false }}>
              {say(name)}
            </Link>
          ))}
        </nav>
        {children}
      </div>
    </>
  )
}

export type Verified = 'verified' | 'secondary' | 'unverified'

/** What the packs and the rules on them say, with its article and how well it was read. */
export function Cited({
  of: { text, article, verified },
}: {
  readonly of: { readonly text: string; readonly article: string; readonly verified: Verified }
}) {
  return (
    <span>
      <Phrase topic="law" text={text} />{' '}
      <bdi className="soft" dir="ltr">
        ({article})
      </bdi>{' '}
      <Mark verified={verified} />
    </span>
  )
}
