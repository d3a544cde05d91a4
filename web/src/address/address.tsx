/** Who an address is said to be, how surely, and where it was seen: in the cases that its reader may see. */
import './address.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { TextField } from '../shared/ui/fields.tsx'
import { Button, Empty, Note, PageHead, Sheet, Trouble, Waiting } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { type Place, useAddress, usePlaces } from './find-address.ts'
import { SeenInTraces } from './seen-in-traces.tsx'
import { Statements } from './statements.tsx'
import { WatchIt } from './watch-it.tsx'

export function Screen() {
  const say = useSay()
  const search = useSearch({ strict: false }) as { q?: string; chain?: string }
  const asked = (search.q ?? '').trim()
  const places = usePlaces(asked)
  const found = places.data ?? []
  const place = found.find(({ chain }) => chain === search.chain) ?? found[0] ?? null
  return (
    <div className="stack">
      <PageHead title={say('address.title')} />
      <Seek asked={asked} />
      {asked !== '' && places.isSuccess && found.length === 0 && (
        <Note kind="warn">
          <p>{say('address.none-such')}</p>
        </Note>
      )}
      <Trouble error={places.error} />
      {place !== null && (
        <>
          <Places places={found} place={place} asked={asked} />
          <Known place={place} />
        </>
      )}
      {asked === '' && (
        <Empty title={say('address.begin')}>
          <p>{say('address.begin-text')}</p>
        </Empty>
      )}
    </div>
  )
}

function Seek({ asked }: { readonly asked: string }) {
  const say = useSay()
  const navigate = useNavigate()
  const [text, setText] = useState(asked)
  const seek = (event: FormEvent) => {
    event.preventDefault()
    void navigate({ to: '/address', search: { q: text.trim() } } as never)
  }
  return (
    <form className="seek" onSubmit={seek}>
      <TextField
        label={say('address.seek')}
        hint={say('address.seek-hint')}
        value={text}
        dir="ltr"
        spellCheck={false}
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit">{say('address.find')}</Button>
    </form>
  )
}

/** On which chain: an address may be one on several. */
function Places({
  places,
  place,
  asked,
}: {
  readonly places: readonly Place[]
  readonly place: Place
  readonly asked: string
}) {
  const say = useSay()
  return (
    <div className="sheet">
      <p className="found">
        <MachineValue value={place.address} copy />
      </p>
      {places.length === 1 ? (
        <p className="soft">{place.name}</p>
      ) : (
        <nav className="tabs" aria-label={say('address.chains')}>
          {places.map(({ chain, name }) => (
            <Link
              key={chain}
              className="tab"
              to={'/address' as never}
              search={{ q: asked, chain } as never}
              aria-current={chain === place.chain ? 'page' : undefined}
            >
              {name}
            </Link>
          ))}
        </nav>
      )}
    </div>
  )
}

function Known({ place }: { readonly place: Place }) {
  const say = useSay()
  const { isReading, failed, read, all, cases } = useAddress(place)
  if (isReading) return <Waiting what={say('address.reading', { read, all })} />
  return (
    <>
      <Trouble error={failed} />
      {cases.length === 0 && (
        <Empty title={say('address.unknown')}>
          <p>{say('address.unknown-text', { count: all })}</p>
        </Empty>
      )}
      {cases.length > 0 && <Linked cases={cases} />}
      <Statements place={place} cases={cases} />
      <SeenInTraces place={place} cases={cases} />
      <WatchIt place={place} cases={cases} />
    </>
  )
}

function Linked({ cases }: { readonly cases: ReturnType<typeof useAddress>['cases'] }) {
  const say = useSay()
  return (
    <Sheet title={say('address.cases')}>
      <ul className="list">
        {cases.map(({ caseId, title, wallets, seen, statements, watches }) => (
          <li key={caseId}>
            <Link to={`/cases/${caseId}` as never}>
              <Words>{title}</Words>
            </Link>
            <p className="small soft">
              {say('address.in-case', {
                wallets: wallets.length,
                statements: statements.length,
                traces: seen.length,
                watches: watches.length,
              })}
            </p>
            {wallets.map(({ id, content }) => (
              <p key={id} className="small">
                {say(`address.custody.${content.custody}`)}
                {content.holder !== undefined && (
                  <>
                    {' · '}
                    <Words>{content.holder}</Words>
                  </>
                )}
                {content.note !== undefined && (
                  <>
                    {' · '}
                    <Words>{content.note}</Words>
                  </>
                )}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <p className="small soft">{say('address.cases-note')}</p>
    </Sheet>
  )
}
