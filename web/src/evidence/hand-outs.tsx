/** What of a case goes to colleagues with other tools, seen before it goes; and everything that was handed out. */
import { Link, useParams } from '@tanstack/react-router'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type ItemOf, type ResultOf, useAll, useRead } from '../shared/node/node.tsx'
import { PersonName, usePeople } from '../shared/node/people.tsx'
import { Empty, Fact, Facts, Note, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { FetchAgain } from './fetch-again.tsx'
import { HandOutForm } from './hand-out-form.tsx'
import '../cases/cases.css'

export function Screen() {
  const say = useSay()
  const { caseId } = useParams({ strict: false }) as { caseId: string }
  const found = useRead('caseRead', { caseId })
  return (
    <div className="stack">
      <PageHead
        title={say('handout.title')}
        kicker={
          <>
            <Link to={`/cases/${caseId}` as never}>
              {found.data ? <Words>{found.data.case.title}</Words> : say('evidence.case')}
            </Link>
            {' · '}
            <Link to={`/cases/${caseId}/evidence` as never}>{say('evidence.title')}</Link>
          </>
        }
      />
      <p>{say('handout.lead')}</p>
      <Shown read={found}>{(opened: ResultOf<'caseRead'>) => <HandOutForm found={opened} />}</Shown>
      <HandedOut caseId={caseId} />
    </div>
  )
}

type HandOut = ItemOf<'handOutList'>

function HandedOut({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const read = useAll('handOutList', { caseId })
  return (
    <Sheet title={say('handout.list')}>
      <Shown read={read}>
        {({ items, isCut }) =>
          items.length === 0 ? (
            <Empty title={say('handout.none')}>
              <p>{say('handout.none-text')}</p>
            </Empty>
          ) : (
            <>
              {isCut && <Note kind="warn">{say('cases.cut', { count: items.length })}</Note>}
              <ul className="list">
                {[...items].reverse().map((one) => (
                  <One key={one.id} caseId={caseId} one={one} />
                ))}
              </ul>
            </>
          )
        }
      </Shown>
    </Sheet>
  )
}

function One({ caseId, one }: { readonly caseId: string; readonly one: HandOut }) {
  const { say, locale } = useSpeech()
  const people = usePeople()
  const { audience, formats, files, exhibits, items, order } = one
  const names = audience.members.map((member) => people.of(member)?.name ?? member)
  return (
    <li>
      <h3>
        <Words>{new Intl.ListFormat(locale).format(names)}</Words>
      </h3>
      <p className="small soft">
        <PersonName id={one.by} role /> · <Instant at={one.at} />
      </p>
      <Facts>
        <Fact name={say('handout.purpose')}>{say(`cases.purpose.${audience.purpose}`)}</Fact>
        <Fact name={say('handout.reach')}>{say(`handout.reach.${audience.reach}`)}</Fact>
        <Fact name={say('handout.what-went')}>
          {say('handout.counts', { items: items.length, files: files.length, exhibits: exhibits.length })}
        </Fact>
        <Fact name={say('handout.formats')}>
          {new Intl.ListFormat(locale).format(formats.map((format) => say(`handout.format.${format}`)))}
        </Fact>
        {order !== null && (
          <Fact name={say('handout.order')}>
            <Words>{order}</Words>
          </Fact>
        )}
      </Facts>
      <div className="stack">
        <details>
          <summary>{say('handout.files', { count: files.length + exhibits.length })}</summary>
          <ul className="list">
            {[...files, ...exhibits.map(({ exhibit, ...rest }) => ({ ...rest, path: `exhibits/${exhibit}` }))].map(
              ({ path, size, sha256 }) => (
                <li key={path}>
                  <MachineValue value={path} /> <span className="small soft">{say('handout.bytes', { size })}</span>
                  <br />
                  <span className="small">
                    SHA-256 <MachineValue value={sha256} short copy />
                  </span>
                </li>
              ),
            )}
          </ul>
        </details>
        <FetchAgain caseId={caseId} id={one.id} names={names} />
      </div>
    </li>
  )
}
