/** What a case watches: each watch with its alarms, and a new one. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ChainName } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { type ItemOf, useAll } from '../shared/node/node.tsx'
import { Button, Empty, Note, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { CaseFrame, type CaseView } from './case-frame.tsx'
import { RecordKinds } from './record-kinds-nav.tsx'
import { WatchForm } from './watch-form.tsx'

export type Watch = ItemOf<'watchList'>

export function Screen() {
  return <CaseFrame part="cases.part.records">{(found) => <Watches found={found} />}</CaseFrame>
}

function Watches({ found }: { readonly found: CaseView }) {
  const say = useSay()
  const caseId = found.id
  const [isOpen, setOpen] = useState(false)
  const watches = useAll('watchList', { caseId })
  const alarms = useAll('alarmList', { caseId })
  const { closed } = found.case.access
  return (
    <>
      <RecordKinds caseId={caseId} now="watch" />
      <Sheet
        title={say('cases.watches')}
        actions={
          !closed && !isOpen ? <Button onPress={() => setOpen(true)}>{say('cases.watch-add')}</Button> : undefined
        }
      >
        {isOpen && <WatchForm caseId={caseId} onDone={() => setOpen(false)} />}
        <Shown read={watches}>
          {({ items, isCut }) => (
            <>
              {isCut && <Note kind="warn">{say('cases.cut', { count: items.length })}</Note>}
              {items.length === 0 && !isOpen && (
                <Empty title={say('cases.watch-none')}>
                  <p>{say('cases.watch-none-text')}</p>
                </Empty>
              )}
              <ul className="tasks">
                {items.toReversed().map((one) => (
                  <Row
                    key={one.id}
                    watch={one}
                    alarms={(alarms.data?.items ?? []).filter(({ content }) => content.watch === one.id).length}
                  />
                ))}
              </ul>
            </>
          )}
        </Shown>
      </Sheet>
    </>
  )
}

function Row({ watch, alarms }: { readonly watch: Watch; readonly alarms: number }) {
  const say = useSay()
  const { id, caseId, content } = watch
  return (
    <li>
      <div>
        <Link className="whole" to={`/cases/${caseId}/watches/${id}` as never}>
          <MachineValue value={whatOf(content)} short />
        </Link>
        <p className="hint">
          <ChainName id={content.chain} /> ·{' '}
          {say('cases.watch.counts', { addresses: content.addresses.length, alarms })}
          {content.until !== null && (
            <>
              {' · '}
              {say('cases.watch.until')} <Instant at={content.until} />
            </>
          )}
          {content.note !== undefined && (
            <>
              {' · '}
              <Words>{content.note}</Words>
            </>
          )}
        </p>
      </div>
      <div className="state">
        <WatchState content={content} />
      </div>
    </li>
  )
}

/** By what a watch is called: what is named first in it. */
export function whatOf({ addresses, outputs }: Watch['content']): string {
  return addresses[0] ?? outputs[0] ?? ''
}

export function WatchState({ content: { ended, until } }: { readonly content: Watch['content'] }) {
  const say = useSay()
  const state = ended !== null ? 'ended' : until !== null && Date.parse(until) <= Date.now() ? 'over' : 'running'
  return <Status kind={state === 'running' ? 'good' : 'done'}>{say(`cases.watch.${state}`)}</Status>
}
