/** Red flag indicators by their sources: each is an assessment, and never a fact. */
import { useState } from 'react'
import { Mark } from '../request/route-card.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { TextField } from '../shared/ui/fields.tsx'
import { Empty, Note, Sheet, Shown } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { LawFrame } from './law-frame.tsx'

type Pack = ResultOf<'legalIndicators'>[number]

export function Screen() {
  const say = useSay()
  const read = useRead('legalIndicators', {})
  const [sought, setSought] = useState('')
  return (
    <LawFrame>
      <Note kind="warn">
        <p>{say('law.indicators-text')}</p>
      </Note>
      <TextField label={say('law.indicators-find')} value={sought} onChange={({ target }) => setSought(target.value)} />
      <Shown read={read}>
        {(packs) => {
          const found = packs.map((pack) => ({ pack, indicators: indicatorsIn(pack, sought) }))
          return (
            <>
              {found.every(({ indicators }) => indicators.length === 0) && <Empty title={say('law.indicators-none')} />}
              {found
                .filter(({ indicators }) => indicators.length > 0)
                .map(({ pack, indicators }) => (
                  <OnePack key={pack.id} pack={pack} indicators={indicators} />
                ))}
            </>
          )
        }}
      </Shown>
    </LawFrame>
  )
}

function indicatorsIn({ indicators }: Pack, sought: string): Pack['indicators'] {
  const words = sought.toLowerCase().split(/\s+/)
  return indicators.filter(({ id, text }) => words.every((word) => `${id} ${text}`.toLowerCase().includes(word)))
}

function OnePack({ pack, indicators }: { readonly pack: Pack; readonly indicators: Pack['indicators'] }) {
  const say = useSay()
  const { id, version, verified, source, note, warning, sections } = pack
  return (
    <Sheet title={id} actions={<Mark verified={verified} />}>
      <p>
        <Phrase topic="law" text={warning} />
      </p>
      {note !== null && (
        <p className="small soft">
          <Phrase topic="law" text={note} />
        </p>
      )}
      <ul className="small">
        {source.map(({ address, read, what }) => (
          <li key={address}>
            <MachineValue value={address} copy /> {what !== undefined && <Words>{what}</Words>}{' '}
            <span className="soft">{say('law.read-on', { day: read })}</span>
          </li>
        ))}
      </ul>
      <p className="small soft">{say('law.pack-version', { version })}</p>
      {sections.map((section) => {
        const within = indicators.filter((one) => one.section === section.id)
        if (within.length === 0) return null
        return (
          <section key={section.id}>
            <h3>
              <Phrase topic="law" text={section.title} />
            </h3>
            <ul className="list">
              {within.map((one) => (
                <li key={one.id}>
                  <p>
                    <Phrase topic="law" text={one.text} />
                  </p>
                  <p className="row small soft">
                    <MachineValue value={one.id} />
                    {one.page !== null && <span>{say('law.page', { page: one.page })}</span>}
                    <Mark verified={one.verified} />
                  </p>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </Sheet>
  )
}
