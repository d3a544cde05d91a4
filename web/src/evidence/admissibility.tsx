/** What a court will ask of an exhibit: what the record answers, and what a person must. A check-list, no statement of the law. */
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { countryName, Words } from '../shared/ui/values.tsx'

type Item = {
  readonly id: string
  readonly question: string
  readonly source: string
  readonly answer: 'yes' | 'no' | 'person'
  readonly found: string
}

const kinds = { yes: 'good', no: 'bad', person: 'open' } as const

export function Admissibility({ exhibitId }: { readonly exhibitId: string }) {
  const { say, locale } = useSpeech()
  const [forum, setForum] = useState('')
  const places = useRead('legalJurisdictions', {})
  const countries = (places.data ?? []).map(({ code }) => code)
  return (
    <Sheet title={say('admissible.title')}>
      <p className="soft small">{say('admissible.lead')}</p>
      <Select label={say('admissible.forum')} value={forum} onChange={({ target }) => setForum(target.value)}>
        <option value="">{say('admissible.choose')}</option>
        {[...new Set(countries)].sort().map((code) => (
          <option key={code} value={code}>
            {countryName(code, locale)}
          </option>
        ))}
      </Select>
      {forum !== '' && <Answers exhibitId={exhibitId} forum={forum} />}
    </Sheet>
  )
}

function Answers({ exhibitId, forum }: { readonly exhibitId: string; readonly forum: string }) {
  const say = useSay()
  const read = useRead('admissibilityCheck', { exhibitId, forum })
  return (
    <Shown read={{ ...read, data: read.data as { readonly items: readonly Item[] } | undefined }}>
      {({ items }) => (
        <ul className="list">
          {items.map(({ id, question, source, answer, found }) => (
            <li key={id}>
              <p className="row">
                <Status kind={kinds[answer]}>{say(`admissible.${answer}`)}</Status>
                <Phrase topic="law" text={question} />
              </p>
              <p className="small soft">
                <Phrase topic="casework" text={found} /> · <Words>{source}</Words>
              </p>
            </li>
          ))}
        </ul>
      )}
    </Shown>
  )
}
