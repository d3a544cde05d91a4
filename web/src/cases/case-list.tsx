/** The cases of whoever looks: those that are referred to them first, then their own, newest first. */
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useSay } from '../shared/language/speak.tsx'
import { type ItemOf, useAll } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Checkbox, TextField } from '../shared/ui/fields.tsx'
import { ButtonLink, Empty, Note, PageHead, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { ExerciseNote, TrySample, useSession } from './exercise.tsx'
import { Referrals } from './referrals.tsx'
import './cases.css'

type Listed = ItemOf<'caseList'>

export function Screen() {
  const say = useSay()
  const cases = useAll('caseList', {})
  const session = useSession()
  return (
    <>
      <PageHead title={say('cases.title')}>
        <ButtonLink to="/indicators" kind="quiet">
          {say('indicators.title')}
        </ButtonLink>
        <ButtonLink to="/cases/new">{say('cases.open-new')}</ButtonLink>
      </PageHead>
      <div className="stack">
        <ExerciseNote />
        <Referrals />
        <Shown read={cases}>
          {({ items, isCut }) =>
            items.length === 0 ? (
              <Empty title={say('cases.none-yet')}>
                <p>{say('cases.none-yet-text')}</p>
                <p>
                  <ButtonLink to="/cases/new">{say('cases.open-new')}</ButtonLink>
                </p>
                <TrySample />
              </Empty>
            ) : (
              <>
                {isCut && <Note kind="warn">{say('cases.cut', { count: items.length })}</Note>}
                <Cases items={items} />
              </>
            )
          }
        </Shown>
        {session && (
          <p className="soft small">
            {say('cases.purpose-note', { purpose: say(`cases.purpose.${session.purpose}`) })}
          </p>
        )}
        {(cases.data?.items.length ?? 0) > 0 && session?.purpose !== 'exercise' && (
          <Sheet title={say('cases.practise')}>
            <TrySample />
          </Sheet>
        )}
      </div>
    </>
  )
}

function Cases({ items }: { readonly items: readonly Listed[] }) {
  const say = useSay()
  const navigate = useNavigate()
  const { find = '', closed = false } = useSearch({ strict: false }) as { find?: string; closed?: boolean }
  const set = (search: { find: string; closed: boolean }) =>
    void navigate({
      to: '.',
      search: { ...(search.find ? { find: search.find } : {}), ...(search.closed ? { closed: true } : {}) } as never,
      replace: true,
    })
  const wanted = find.trim().toLocaleLowerCase()
  const found = [...items]
    .reverse()
    .filter(({ case: one }) => closed || !one.access.closed)
    .filter(({ case: one }) => `${one.title} ${one.reference ?? ''}`.toLocaleLowerCase().includes(wanted))
  const hidden = items.filter(({ case: one }) => one.access.closed).length
  return (
    <Sheet title={say('cases.yours')}>
      <div className="fields-2">
        <TextField
          label={say('cases.find')}
          type="search"
          value={find}
          onChange={(event) => set({ find: event.target.value, closed })}
        />
        {hidden > 0 && (
          <Checkbox
            label={say('cases.show-closed', { count: hidden })}
            checked={closed}
            onChange={(event) => set({ find, closed: event.target.checked })}
          />
        )}
      </div>
      {found.length === 0 ? (
        <p>{say('cases.found-none')}</p>
      ) : (
        <ul className="tasks">
          {found.map((one) => (
            <CaseRow key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Sheet>
  )
}

function CaseRow({ one: { id, at, case: one } }: { readonly one: Listed }) {
  const say = useSay()
  return (
    <li>
      <div>
        <Link className="whole" to={`/cases/${id}`}>
          <Words>{one.title}</Words>
        </Link>
        <p className="hint">
          {one.reference !== null && (
            <>
              <MachineValue value={one.reference} /> ·{' '}
            </>
          )}
          {say('cases.leads')}{' '}
          {one.access.leads.map((lead) => (
            <span key={lead} className="partner">
              <PersonName id={lead} />
            </span>
          ))}{' '}
          · {say('cases.changed')} <Instant at={at} />
        </p>
      </div>
      <div className="row state">
        {one.access.training && <Status kind="warn">{say('cases.training')}</Status>}
        {one.access.sealed && <Status kind="bad">{say('cases.sealed')}</Status>}
        <Status kind={one.access.closed ? 'done' : 'open'}>
          {say(one.access.closed ? 'cases.closed' : 'cases.open')}
        </Status>
      </div>
    </li>
  )
}
