/** One watch: what it watches, what has moved, and every version; changing it, and ending it with the reason. */
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { AssetAmount, ChainName } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAct, useAll, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, Empty, Fact, Facts, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { WayLink } from '../shared/ui/way-link.tsx'
import { ActDialog } from './act-dialog.tsx'
import { CaseFrame, type CaseView } from './case-frame.tsx'
import { WatchForm } from './watch-form.tsx'
import { type Watch, WatchState, whatOf } from './watches.tsx'

export function Screen() {
  const { watchId } = useParams({ strict: false }) as { watchId: string }
  const read = useRead('watchRead', { id: watchId })
  return (
    <CaseFrame part="cases.part.records">
      {(found) => <Shown read={read}>{(watch) => <OneWatch key={watchId} found={found} watch={watch} />}</Shown>}
    </CaseFrame>
  )
}

function OneWatch({ found, watch }: { readonly found: CaseView; readonly watch: Watch }) {
  const say = useSay()
  const [isChanging, setChanging] = useState(false)
  const remove = useAct('watchRemove')
  const { id, caseId, version: seen, content } = watch
  const isWorked = !found.case.access.closed && content.ended === null
  return (
    <>
      <p>
        <Link to={`/cases/${caseId}/watches` as never}>{say('cases.watches')}</Link>
      </p>
      <Sheet
        title={say('cases.watch.one', { what: short(whatOf(content)) })}
        actions={<WatchState content={content} />}
      >
        {isChanging ? (
          <WatchForm caseId={caseId} watch={watch} onDone={() => setChanging(false)} />
        ) : (
          <>
            <WatchFacts content={content} />
            {isWorked && (
              <div className="row">
                <Button kind="second" onPress={() => setChanging(true)}>
                  {say('cases.watch.change')}
                </Button>
                <ActDialog
                  title={say('cases.watch.end')}
                  isDanger
                  effects={[say('cases.watch.end-no-alarm'), say('cases.watch.end-stays')]}
                  reasonLabel={say('cases.reason')}
                  isBusy={remove.isPending}
                  error={remove.error}
                  onAct={(reason, done) => remove.mutate({ id, seen, reason }, { onSuccess: done })}
                />
              </div>
            )}
          </>
        )}
      </Sheet>
      <Alarms caseId={caseId} watchId={id} />
      <Sheet title={say('cases.record-history')}>
        <History id={id} />
      </Sheet>
    </>
  )
}

/** Names in headings stay short; the whole stands below. */
const short = (name: string) => (name.length > 22 ? `${name.slice(0, 10)}…${name.slice(-8)}` : name)

function WatchFacts({ content }: { readonly content: Watch['content'] }) {
  const say = useSay()
  const { chain, addresses, outputs, trace, cluster, until, note, ended } = content
  return (
    <Facts>
      <Fact name={say('cases.field.wallet.chain')}>
        <ChainName id={chain} />
      </Fact>
      {addresses.length > 0 && (
        <Fact name={say('cases.watch.addresses')}>
          <ul className="list">
            {addresses.map((one) => (
              <li key={one}>
                <WayLink to={`/address?q=${encodeURIComponent(one)}`}>
                  <MachineValue value={one} />
                </WayLink>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {outputs.length > 0 && (
        <Fact name={say('cases.watch.outputs')}>
          <ul className="list">
            {outputs.map((one) => (
              <li key={one}>
                <MachineValue value={one} short copy />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {trace !== undefined && (
        <Fact name={say('cases.watch.trace')}>
          <MachineValue value={trace} short copy />
        </Fact>
      )}
      {cluster !== undefined && (
        <Fact name={say('cases.watch.cluster')}>
          <MachineValue value={cluster} copy />
        </Fact>
      )}
      <Fact name={say('cases.watch.until')}>{until === null ? say('cases.watch.no-end') : <Instant at={until} />}</Fact>
      {note !== undefined && (
        <Fact name={say('cases.watch.note')}>
          <Words>{note}</Words>
        </Fact>
      )}
      {ended !== null && (
        <Fact name={say('cases.watch.ended')}>
          <Instant at={ended} />
        </Fact>
      )}
    </Facts>
  )
}

function Alarms({ caseId, watchId }: { readonly caseId: string; readonly watchId: string }) {
  const say = useSay()
  const read = useAll('alarmList', { caseId })
  return (
    <Sheet title={say('cases.alarms')}>
      <Shown read={read}>
        {({ items }) => {
          const own = items.filter(({ content }) => content.watch === watchId).toReversed()
          if (own.length === 0) return <Empty title={say('cases.alarms-none')} />
          return (
            <ul className="tasks">
              {own.map(({ id, content }) => (
                <li key={id}>
                  <div>
                    <Link className="whole" to={`/cases/${caseId}/alarms/${id}` as never}>
                      {say(`cases.alarm.${content.direction}`)}{' '}
                      {content.amount !== null && <AssetAmount base={content.amount} asset={content.asset} />}
                    </Link>
                    <p className="hint">
                      <MachineValue value={content.txid} short />
                      {content.time !== null && (
                        <>
                          {' · '}
                          <Instant at={content.time} />
                        </>
                      )}
                    </p>
                  </div>
                  <div className="state">
                    <AlarmState state={content.state} />
                  </div>
                </li>
              ))}
            </ul>
          )
        }}
      </Shown>
    </Sheet>
  )
}

export function AlarmState({ state }: { readonly state: 'standing' | 'withdrawn' }) {
  const say = useSay()
  return <Status kind={state === 'standing' ? 'warn' : 'done'}>{say(`cases.alarm.${state}`)}</Status>
}

function History({ id }: { readonly id: string }) {
  const say = useSay()
  const read = useRead('watchHistory', { id })
  return (
    <Shown read={read}>
      {(versions) => (
        <ol className="timeline">
          {versions.toReversed().map(({ version, at, by, content }) => (
            <li key={version}>
              <p className="small">
                <strong>{say('cases.version', { version })}</strong> · <PersonName id={by} /> · <Instant at={at} />
              </p>
              <WatchFacts content={content} />
            </li>
          ))}
        </ol>
      )}
    </Shown>
  )
}
