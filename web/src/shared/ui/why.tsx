/**
 * "Why?" beside a field or a deadline: the reason in words, and the law as the packs cite it, with how far it was verified. The law is
 * asked for when somebody wants to know.
 */
import { useState } from 'react'
import { useSay, useSpeech } from '../language/speak.tsx'
import { type ResultOf, useRead } from '../node/node.tsx'
import { Shown, Status, type StatusKind } from './parts.tsx'
import { Words } from './values.tsx'

/** What of the packs is shown; all that is given must hold. */
export type LawSought = {
  /** An instrument by its id, as reg-2018-1805. */
  readonly instrument?: string
  /** A deadline by the id of its rule, as FREEZE-9-2. */
  readonly rule?: string
  /** A type of request by its id. */
  readonly requestType?: string
  /** A topic of the provisions of an instrument. */
  readonly topic?: string
}

export function Why({
  about,
  text,
  cite,
  law,
}: {
  /** What it explains, for those who hear the page. */
  readonly about: string
  readonly text?: string
  /** An article that no pack has, as those of the Law Enforcement Directive. */
  readonly cite?: string
  readonly law?: LawSought
}) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="why" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {say('why.why')} <span className="hidden-text">{about}</span>
      </summary>
      {text !== undefined && <p>{text}</p>}
      {cite !== undefined && (
        <p className="small">
          <Words>{cite}</Words>
        </p>
      )}
      {law !== undefined && isOpen && <Law law={law} />}
    </details>
  )
}

function Law({ law }: { readonly law: LawSought }) {
  const { say, language } = useSpeech()
  const read = useRead('legalInstruments', { language: language.id })
  return (
    <Shown read={read}>
      {(instruments) => {
        const found = citationsOf(instruments, law)
        if (found.length === 0) return <p className="small soft">{say('why.none')}</p>
        return (
          <ul className="list">
            {found.map(({ key, instrument, article, text, verified }) => (
              <li key={key}>
                <strong>
                  <Words>{instrument}</Words>, <Words>{article}</Words>
                </strong>{' '}
                <Status kind={verifiedKind[verified]}>{say(`why.${verified}`)}</Status>
                {text !== null && (
                  <p>
                    <Words>{text}</Words>
                  </p>
                )}
              </li>
            ))}
          </ul>
        )
      }}
    </Shown>
  )
}

type Verified = 'verified' | 'secondary' | 'unverified'
const verifiedKind: Readonly<Record<Verified, StatusKind>> = {
  verified: 'done',
  secondary: 'warn',
  unverified: 'warn',
}

type Citation = {
  readonly key: string
  readonly instrument: string
  readonly article: string
  readonly text: string | null
  readonly verified: Verified
}

function citationsOf(instruments: ResultOf<'legalInstruments'>, law: LawSought): Citation[] {
  return instruments
    .filter(({ id }) => law.instrument === undefined || id === law.instrument)
    .flatMap(({ id, short, title, status, deadlines, requestTypes, provisions }) => {
      const cite = (key: string, article: string, text: string | null, verified: Verified): Citation => ({
        key: `${id} ${key}`,
        instrument: short,
        article,
        text,
        verified,
      })
      if (law.rule !== undefined)
        return deadlines
          .filter((one) => one.id === law.rule)
          .map((one) => cite(one.id, one.article, one.duty, one.verified))
      if (law.requestType !== undefined)
        return requestTypes
          .filter((one) => one.id === law.requestType)
          .map((one) => cite(one.id, one.article, one.title, one.verified))
      if (law.topic !== undefined)
        return provisions
          .filter(({ topic }) => topic === law.topic)
          .map((one, index) => cite(`${one.topic} ${index}`, one.article, one.text, one.verified))
      return law.instrument === undefined ? [] : [cite('status', status.article, title, status.verified)]
    })
}
