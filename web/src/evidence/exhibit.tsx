/** One exhibit: what it is, where it is, everything that ever happened to it, and what can happen next. */
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import './exhibit.css'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { ask } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, Fact, Facts, Note, PageHead, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { Cautions } from '../supervision/cautions.tsx'
import { Admissibility } from './admissibility.tsx'
import { CustodyActs } from './custody-acts.tsx'
import { type CustodyEvent, type ReadExhibit, useCustody, useExhibit } from './exhibits.ts'
import { Holder } from './holder.tsx'
import { KeyActs, WaitingKeyActs } from './key-acts.tsx'
import { Preview } from './preview.tsx'
import { saveExhibit } from './save-answer.ts'

export function Screen() {
  const say = useSay()
  const { caseId, exhibitId } = useParams({ strict: false }) as { caseId: string; exhibitId: string }
  const read = useExhibit(exhibitId)
  return (
    <Shown read={read}>
      {(exhibit) => (
        <div className="stack">
          <PageHead
            title={exhibit.title}
            kicker={
              <>
                <Link to={`/cases/${caseId}/evidence` as never}>{say('evidence.title')}</Link>{' '}
                {say('exhibit.number', { number: exhibit.number })}
              </>
            }
          >
            {exhibit.vaultObject !== null && <Download exhibit={exhibit} />}
          </PageHead>
          <Cautions caseId={caseId} about={{ kind: 'exhibit', id: exhibitId }} />
          <div className="columns">
            <WhatItIs exhibit={exhibit} />
            <Custody exhibit={exhibit} caseId={caseId} />
          </div>
          {exhibit.kind === 'key-control' && <WaitingKeyActs caseId={caseId} exhibitId={exhibitId} />}
          <Chain exhibitId={exhibitId} />
          {exhibit.mediaType === 'application/pdf' && <Preview exhibitId={exhibitId} />}
          <Admissibility exhibitId={exhibitId} />
        </div>
      )}
    </Shown>
  )
}

function Download({ exhibit }: { readonly exhibit: ReadExhibit }) {
  const say = useSay()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const fetchIt = async () => {
    setBusy(true)
    setError(null)
    try {
      const { ticket } = await ask('exhibitDownload', { exhibitId: exhibit.id })
      await saveExhibit(ticket, exhibit.fileName ?? exhibit.id)
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button kind="second" isBusy={isBusy} onPress={() => void fetchIt()}>
        {say('exhibit.download')}
      </Button>
      <Trouble error={error} />
    </>
  )
}

function WhatItIs({ exhibit }: { readonly exhibit: ReadExhibit }) {
  const { say, knows } = useSpeech()
  const kind = `exhibit.kind.${exhibit.kind}`
  return (
    <Sheet title={say('exhibit.what')}>
      <Facts>
        <Fact name={say('evidence.kind')}>{knows(kind) ? say(kind) : exhibit.kind}</Fact>
        {exhibit.description !== null && (
          <Fact name={say('exhibit.description')}>
            <span className="prose">
              <Words>{exhibit.description}</Words>
            </span>
          </Fact>
        )}
        {exhibit.fileName !== null && (
          <Fact name={say('exhibit.file')}>
            <MachineValue value={exhibit.fileName} />
          </Fact>
        )}
        <Fact name={say(`exhibit.hash-of.${exhibit.hashOf}`)}>
          <span className="small">
            <MachineValue value={exhibit.sha256} copy />
          </span>
        </Fact>
        {exhibit.sourceExhibit !== null && (
          <Fact name={say('exhibit.copy-of')}>
            <Link to={`/cases/${exhibit.caseId}/evidence/${exhibit.sourceExhibit}` as never}>
              {say('exhibit.to-source')}
            </Link>
          </Fact>
        )}
        <Fact name={say('exhibit.acquirer')}>
          <Holder holder={exhibit.acquirer} />
        </Fact>
        <Fact name={say('exhibit.competence')}>
          {exhibit.competence === null ? say('exhibit.not-stated') : <Words>{exhibit.competence}</Words>}
        </Fact>
        <Fact name={say('exhibit.authority')}>
          <Words>{exhibit.authority}</Words>
        </Fact>
        <Fact name={say('exhibit.place')}>
          <Words>{exhibit.place}</Words>
        </Fact>
        <Fact name={say('evidence.acquired')}>
          <Instant at={exhibit.acquiredAt} />
        </Fact>
        <Fact name={say('exhibit.recorded')}>
          <Instant at={exhibit.recordedAt} />
        </Fact>
        <Fact name={say('exhibit.tool')}>
          {exhibit.tool === null ? (
            say('exhibit.not-stated')
          ) : (
            <Words>
              {exhibit.tool.name} {exhibit.tool.version}
            </Words>
          )}
        </Fact>
      </Facts>
    </Sheet>
  )
}

function Custody({ exhibit, caseId }: { readonly exhibit: ReadExhibit; readonly caseId: string }) {
  const say = useSay()
  const { custody } = exhibit
  return (
    <Sheet title={say('exhibit.custody')}>
      <Facts>
        <Fact name={say('exhibit.state')}>
          <Status kind={custody.state === 'held' || custody.state === 'sealed' ? 'good' : 'warn'}>
            {say(`custody.state.${custody.state}`)}
          </Status>
        </Fact>
        <Fact name={say('exhibit.holder')}>
          <Holder holder={custody.holder} />
        </Fact>
        {exhibit.kind === 'key-control' && (
          <Fact name={say('exhibit.controlled')}>
            {say(custody.controlled ? 'exhibit.controlled-yes' : 'exhibit.controlled-no')}
          </Fact>
        )}
        {custody.seal !== '' && (
          <Fact name={say('exhibit.seal')}>
            <MachineValue value={custody.seal} />
          </Fact>
        )}
      </Facts>
      <CustodyActs exhibit={exhibit} caseId={caseId} />
      <KeyActs exhibit={exhibit} caseId={caseId} />
    </Sheet>
  )
}

function Chain({ exhibitId }: { readonly exhibitId: string }) {
  const say = useSay()
  const read = useCustody(exhibitId)
  return (
    <Sheet title={say('exhibit.chain')}>
      <Shown read={read}>
        {({ events, flaws }) => (
          <>
            <Note kind={flaws.length === 0 ? 'good' : 'bad'}>
              {flaws.length === 0 ? (
                <p>{say('exhibit.chain-whole', { count: events.length })}</p>
              ) : (
                <>
                  <p>
                    <strong>{say('exhibit.chain-broken')}</strong>
                  </p>
                  <ul>
                    {flaws.map((flaw) => (
                      <li key={flaw}>
                        <Phrase topic="casework" text={flaw} />
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </Note>
            <ol className="chain">
              {events.map((event) => (
                <Step key={event.seq} event={event} />
              ))}
            </ol>
          </>
        )}
      </Shown>
    </Sheet>
  )
}

function Step({ event }: { readonly event: CustodyEvent }) {
  const say = useSay()
  const { act, actor, began, authority, place, witness, holderBefore, holderAfter, details, chainTx } = event
  return (
    <li>
      <div className="row spread">
        <strong>{say(`custody.act.${act}`)}</strong>
        <Instant at={began} />
      </div>
      <p className="small">
        {say('exhibit.by')} <PersonName id={actor} role />
        {witness !== null && (
          <>
            {' · '}
            {say('exhibit.witness')} <PersonName id={witness} />
          </>
        )}
        {holderBefore !== holderAfter && (
          <>
            {' · '}
            {say('exhibit.now-with')} <Holder holder={holderAfter} />
          </>
        )}
      </p>
      <p className="small soft">
        <Words>{authority}</Words> · <Words>{place}</Words>
        {details.method !== undefined && (
          <>
            {' · '}
            <Words>{details.method}</Words>
          </>
        )}
        {details.remarks !== undefined && (
          <>
            {' · '}
            <Words>{details.remarks}</Words>
          </>
        )}
      </p>
      {chainTx !== null && (
        <p className="small">
          <MachineValue value={chainTx.txid} short copy />
        </p>
      )}
    </li>
  )
}
