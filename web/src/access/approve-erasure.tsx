/**
 * Approving the erasure of a case, and ordering it once enough people have. Only who may approve it, and is there with a key of one
 * device, is shown what it would erase.
 */
import './access.css'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { act, queries, type ResultOf, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { mayEver } from '../shared/node/roles-by-right.ts'
import { AskDialog, Button, ButtonLink, Fact, Facts, Note, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { ApproveAct, DigestFact, digestOf, digestWrong } from './approving.tsx'
import { isId } from './by-id.tsx'
import { ExtentFacts } from './extent-facts.tsx'
import { Place } from './place.tsx'
import { beThere, isFresh, type Session } from './session.ts'
import { TakeBack } from './take-back.tsx'
import { Problem, Told, useWork } from './told.tsx'

const noneNamed = new Told('access.approving.none', 'access.approving.none-fix')

export function Screen() {
  const say = useSay()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const session = useRead('sessionRead', {})
  return (
    <>
      <PageHead title={say('access.approve-erasure.title')} />
      {isId(id) ? (
        <Place>
          {() => (
            <Shown read={session}>{({ session: one }) => one && <Approving key={id} id={id} session={one} />}</Shown>
          )}
        </Place>
      ) : (
        <Problem error={noneNamed} />
      )}
    </>
  )
}

function Approving({ id, session }: { readonly id: string; readonly session: Session }) {
  const say = useSay()
  const [isThere, setThere] = useState(session.signedInBy === 'device-bound' && isFresh(session))
  const { isBusy, error, run } = useWork()
  const [isOrdered, setOrdered] = useState(false)
  // Once it is ordered there is nothing left to read.
  const erasure = useRead('erasureRead', isThere && !isOrdered ? { id } : null)
  const node = useRead('nodeRead', {})
  if (!isThere)
    return (
      <div className="stack wide">
        <p>{say('access.approve-erasure.lead')}</p>
        <Sheet>
          <p>{say('access.approve-erasure.prove-first')}</p>
          <Problem error={error} />
          <p>
            <Button
              isBusy={isBusy}
              onPress={() =>
                void run(async () => {
                  await beThere()
                  await queries.invalidateQueries({ queryKey: ['sessionRead'] })
                  setThere(true)
                })
              }
            >
              {say('access.prove.button')}
            </Button>
          </p>
        </Sheet>
      </div>
    )
  if (isOrdered)
    return (
      <div role="status">
        <Note kind="good">
          <p>{say('access.approve-erasure.ordered')}</p>
          <ButtonLink to={`/erasures/${id}`} kind="second">
            {say('access.erased.see')}
          </ButtonLink>
        </Note>
      </div>
    )
  return (
    <Shown read={node}>
      {({ policies }) => (
        <Shown read={erasure}>
          {(shown) => (
            <>
              <Erasure shown={shown} policies={policies} session={session} />
              {shown.state === 'proposed' && shown.counted >= shown.needed && mayEver('eraseCase', session.role) && (
                <OrderIt shown={shown} onDone={() => setOrdered(true)} />
              )}
            </>
          )}
        </Shown>
      )}
    </Shown>
  )
}

function OrderIt({ shown, onDone }: { readonly shown: ResultOf<'erasureRead'>; readonly onDone: () => void }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const { isBusy, error, run } = useWork()
  const { id, version: seen, digest, extent } = shown
  return (
    <Sheet title={say('access.approve-erasure.order')}>
      <p>{say('access.approve-erasure.order-lead')}</p>
      <Button kind="danger" onPress={() => setOpen(true)}>
        {say('access.approve-erasure.order')}
      </Button>
      <AskDialog title={say('access.approve-erasure.order')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <ul>
          <li>{say('access.approve-erasure.order-key')}</li>
          <li>{say('access.approve-erasure.order-stays')}</li>
        </ul>
        <Problem error={error} />
        <p className="row">
          <Button
            kind="danger"
            isBusy={isBusy}
            onPress={() =>
              void run(async () => {
                await beThere()
                await act('caseErase', { caseId: extent.caseId, id, seen, digest })
                onDone()
              })
            }
          >
            {say('access.approve-erasure.order-do')}
          </Button>
          <Button kind="second" onPress={() => setOpen(false)}>
            {say('dialog.cancel')}
          </Button>
        </p>
      </AskDialog>
    </Sheet>
  )
}

function Erasure({
  shown,
  policies,
  session,
}: {
  readonly shown: ResultOf<'erasureRead'>
  readonly policies: string
  readonly session: Session
}) {
  const { say } = useSpeech()
  const [isDone, setDone] = useState(false)
  const { id, basis, extent, state, digest, counted, needed, author, version, approvedByYou } = shown
  const own = digestOf({ format: 'comity-erasure-proposal/1', erasureId: id, basis, extent, policies, needed })
  if (own !== digest) return <Problem error={digestWrong} />
  return (
    <div className="stack wide">
      <p>{say('access.approve-erasure.lead')}</p>
      <div id="content">
        <Sheet title={say('access.approve-erasure.what')}>
          <Facts>
            <Fact name={say('access.case')}>
              <MachineValue value={extent.caseId} />
            </Fact>
            <ExtentFacts extent={extent} />
            <Fact name={say('access.approve-erasure.basis')}>
              <Words>
                {basis.kind === 'order'
                  ? say('access.approve-erasure.basis-order', { order: basis.order })
                  : say('access.approve-erasure.basis-period', { rules: basis.rules.join(', ') })}
              </Words>
            </Fact>
            <Fact name={say('access.approve-erasure.proposal')}>
              <MachineValue value={id} />
            </Fact>
            <Fact name={say('access.approve-erasure.author')}>
              {author === session.personId ? say('access.approving.you') : <PersonName id={author} />}
            </Fact>
            <Fact name={say('access.policies')}>
              <MachineValue value={policies} />
            </Fact>
            <DigestFact digest={digest} />
          </Facts>
          <p>{say('access.approving.counts', { counted, needed })}</p>
        </Sheet>
      </div>
      <div id="outcome" role="status">
        {state !== 'proposed' && (
          <Note>
            <p>{say('access.approve-erasure.not-proposed', { state: say(`access.erasure-state.${state}`) })}</p>
          </Note>
        )}
        {isDone && approvedByYou && (
          <Note kind="good">
            <p>{say('access.approving.done')}</p>
          </Note>
        )}
        {state === 'proposed' && approvedByYou && (
          <Note>
            <p>{say('access.approving.you-approved')}</p>
            <TakeBack kind="erasure" shown={{ id, version }} />
          </Note>
        )}
      </div>
      {state === 'proposed' && !approvedByYou && (
        <ApproveAct kind="erasure" shown={{ id, digest, version }} session={session} onDone={() => setDone(true)} />
      )}
    </div>
  )
}
