/** One alarm: what moved, in which block, which watch raised it, and what became of it when blocks were replaced. */
import { Link, useParams } from '@tanstack/react-router'
import { AssetAmount, ChainName } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { Fact, Facts, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Instant, MachineValue } from '../shared/ui/values.tsx'
import { WayLink } from '../shared/ui/way-link.tsx'
import { CaseFrame } from './case-frame.tsx'
import { AlarmState } from './one-watch.tsx'
import { whatOf } from './watches.tsx'

type Alarm = ResultOf<'alarmRead'>

export function Screen() {
  const { alarmId } = useParams({ strict: false }) as { alarmId: string }
  const read = useRead('alarmRead', { id: alarmId })
  return (
    <CaseFrame part="cases.part.records">
      {() => <Shown read={read}>{(alarm) => <OneAlarm key={alarmId} alarm={alarm} />}</Shown>}
    </CaseFrame>
  )
}

function OneAlarm({ alarm: { id, caseId, content } }: { readonly alarm: Alarm }) {
  const say = useSay()
  const watch = useRead('watchRead', { id: content.watch })
  const history = useRead('alarmHistory', { id })
  return (
    <>
      <Sheet title={say('cases.alarm')} actions={<AlarmState state={content.state} />}>
        <Facts>
          <Fact name={say('cases.alarm.which')}>{say(`cases.alarm.${content.direction}`)}</Fact>
          <Fact name={say('cases.alarm.amount')}>
            {content.amount === null ? (
              say('cases.alarm.amount-unknown')
            ) : (
              <AssetAmount base={content.amount} asset={content.asset} />
            )}
          </Fact>
          {content.address !== null && (
            <Fact name={say('cases.alarm.address')}>
              <WayLink to={`/address?q=${encodeURIComponent(content.address)}`}>
                <MachineValue value={content.address} />
              </WayLink>
            </Fact>
          )}
          <Fact name={say('cases.field.wallet.chain')}>
            <ChainName id={content.chain} />
          </Fact>
          <Fact name={say('cases.alarm.transaction')}>
            <MachineValue value={content.txid} copy />
          </Fact>
          <Fact name={say('cases.alarm.place')}>
            <MachineValue value={content.place} />
          </Fact>
          <BlockFacts content={content} />
          <Fact name={say('cases.alarm.watch')}>
            <Link to={`/cases/${caseId}/watches/${content.watch}` as never}>
              <MachineValue value={watch.data ? whatOf(watch.data.content) : content.watch} short />
            </Link>
          </Fact>
        </Facts>
      </Sheet>
      <Sheet title={say('cases.alarm.history')}>
        <Shown read={history}>
          {(versions) => (
            <ol className="timeline">
              {versions.toReversed().map((one) => (
                <li key={one.version}>
                  <p className="row">
                    <strong>{say('cases.version', { version: one.version })}</strong>
                    <Instant at={one.at} />
                    <AlarmState state={one.content.state} />
                  </p>
                  <Facts>
                    <BlockFacts content={one.content} />
                  </Facts>
                </li>
              ))}
            </ol>
          )}
        </Shown>
      </Sheet>
    </>
  )
}

function BlockFacts({ content: { height, block, time } }: { readonly content: Alarm['content'] }) {
  const say = useSay()
  return (
    <>
      <Fact name={say('cases.alarm.block')}>
        <MachineValue value={String(height)} /> <MachineValue value={block} short copy />
      </Fact>
      {time !== null && (
        <Fact name={say('cases.alarm.time')}>
          <Instant at={time} />
        </Fact>
      )}
    </>
  )
}
