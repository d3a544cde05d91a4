/** One request: how far it has come, its clocks, what was answered, and what can be done with it now. */
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { WhoElse } from '../compare/who-else.tsx'
import { LetterPreview } from '../request/letter-preview.tsx'
import { RecipientsList } from '../request/recipients-list.tsx'
import { AssetRows } from '../request/request-content.tsx'
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { assetAsked } from '../shared/native-assets.ts'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { Button, ButtonLink, Fact, Facts, Note, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { countryName, Instant, MachineValue, ownZone, Words } from '../shared/ui/values.tsx'
import { Cautions } from '../supervision/cautions.tsx'
import { ActForm } from './act-form.tsx'
import { type ActKind, actsIn } from './act-list.ts'
import { Clocks } from './clock-list.tsx'
import { History } from './history.tsx'
import { Messages } from './messages-of.tsx'
import { Progress } from './progress.tsx'
import { State } from './words.tsx'
import '../request/request.css'
import './tracker.css'

export type Request = ResultOf<'requestRead'>

export function Screen() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const read = useRead('requestRead', { id })
  return <Shown read={read}>{(request) => <One read={request} />}</Shown>
}

function One({ read }: { readonly read: Request }) {
  const { say, language, locale } = useSpeech()
  const codes = useCodes()
  const opened = useRead('caseRead', { caseId: read.caseId })
  const instruments = useRead('legalInstruments', { language: language.id })
  const { id, request } = read
  const { content, incoming, secured, reason, state } = request
  const first = content.recipients.find(({ role }) => role === 'to') ?? content.recipients[0]
  const country = incoming?.sender.country ?? first?.country ?? ''
  return (
    <>
      <PageHead
        title={say(incoming ? 'tracker.from' : 'tracker.to', {
          what: codes.name(content.measure),
          country: countryName(country, locale),
        })}
        kicker={
          <Link to={`/cases/${read.caseId}`}>
            <Words>{opened.data?.case.title ?? say('tracker.case')}</Words>
          </Link>
        }
      >
        <State state={state} />
      </PageHead>
      <div className="stack">
        <Cautions caseId={read.caseId} about={{ kind: 'request', id }} />
        {incoming ? (
          <Note>
            <p>{say('tracker.theirs')}</p>
            <ButtonLink to={`/requests/${id}/answer`}>{say('tracker.answer-it')}</ButtonLink>
          </Note>
        ) : (
          <>
            <Progress read={read} />
            <div className="no-print">
              <Next read={read} />
            </div>
          </>
        )}
        <div className="letter-beside">
          <div className="stack">
            <Sheet title={say('tracker.clocks')}>
              <Clocks read={read} />
            </Sheet>
            {reason !== null && (
              <Sheet title={say('tracker.answer')}>
                <Facts>
                  {reason.code !== null && (
                    <Fact name={say('tracker.ground')}>
                      {codes.name(reason.code)} <MachineValue value={reason.code} />
                    </Fact>
                  )}
                  <Fact name={say('tracker.reason')}>
                    <span className="prose">
                      <Words>{reason.text}</Words>
                    </span>
                  </Fact>
                </Facts>
              </Sheet>
            )}
            {secured.length > 0 && (
              <Sheet title={say('tracker.secured')}>
                <AssetRows
                  assets={secured.map((one) => ({ ...one, asset: assetAsked(content.assets, one), value: null }))}
                />
              </Sheet>
            )}
            <Sheet title={say('request.assets')}>
              <AssetRows assets={content.assets} />
            </Sheet>
            <WhoElse kind="request" id={id} />
            <Sheet title={say('tracker.about')}>
              <Facts>
                <Fact name={say('request.reference')}>
                  <MachineValue value={id} copy />
                </Fact>
                <Fact name={say('request.instrument')}>
                  <Words>
                    {instruments.data?.find((one) => one.id === content.instrument)?.title ?? content.instrument}
                  </Words>
                </Fact>
                {request.until !== null && (
                  <Fact name={say('tracker.until')}>
                    <Instant at={request.until} zone={ownZone()} />
                  </Fact>
                )}
              </Facts>
              <RecipientsList recipients={content.recipients} />
            </Sheet>
            <Messages caseId={read.caseId} exchange={request.exchange?.id ?? null} />
            <Sheet title={say('tracker.history')}>
              <History id={id} />
            </Sheet>
          </div>
          {!incoming && <LetterPreview id={id} languages={content.languages} version={read.version} />}
        </div>
      </div>
    </>
  )
}

/** What is to be done next, and everything else that its state allows. */
function Next({ read }: { readonly read: Request }) {
  const { say } = useSpeech()
  const [open, setOpen] = useState<ActKind | null>(null)
  const { id, request, approval } = read
  const { state } = request
  const acts = actsIn(state)
  const theirs = acts.filter(({ by }) => by === 'them')
  const ours = acts.filter(({ by }) => by === 'us')
  const buttons = (of: readonly ActKind[], kind: 'second' | 'quiet') => (
    <p className="row">
      {of.map((one) => (
        <Button key={one.act} kind={kind} onPress={() => setOpen(one)}>
          {say(`tracker.act.${one.act}`)}
        </Button>
      ))}
    </p>
  )
  return (
    <Sheet title={say('tracker.next')}>
      {state === 'draft' && (
        <p className="row">
          <ButtonLink to={`/requests/${id}/edit`}>{say('tracker.go-on')}</ButtonLink>
          <ButtonLink to={`/requests/${id}/check`} kind="second">
            {say('tracker.check')}
          </ButtonLink>
        </p>
      )}
      {state === 'submitted' && (
        <>
          <p>{say('tracker.waits', { counted: approval.counted, needed: approval.needed })}</p>
          <p className="row">
            <ButtonLink to={`/approve/${id}`}>
              {say(approval.enough ? 'tracker.to-release' : 'tracker.to-approve')}
            </ButtonLink>
            <ButtonLink to={`/requests/${id}/send`} kind="second">
              {say('request.by-exchange-link')}
            </ButtonLink>
            <ButtonLink to={`/requests/${id}/edit`} kind="quiet">
              {say('tracker.correct')}
            </ButtonLink>
          </p>
        </>
      )}
      {state === 'released' && <p>{say('request.released-text')}</p>}
      {theirs.length > 0 && (
        <>
          <h3>{say('tracker.they-said')}</h3>
          {buttons(theirs, 'second')}
        </>
      )}
      {ours.length > 0 && (
        <>
          <h3>{say('tracker.we-do')}</h3>
          {buttons(ours, 'quiet')}
        </>
      )}
      {acts.length === 0 && <p className="soft">{say('tracker.nothing-more')}</p>}
      {open !== null && <ActForm kind={open} read={read} onClose={() => setOpen(null)} />}
    </Sheet>
  )
}
