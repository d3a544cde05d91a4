/** What the record says of the one that is selected: exact amounts, why it ends, whose it is, what comes before and after; and what next. */
import { useEffect, useState } from 'react'
import type { TraceReadResult } from '../../shared/api.ts'
import { useSay } from '../../shared/language/speak.tsx'
import { Phrase } from '../../shared/phrases/use-phrases.tsx'
import { Select, TextArea } from '../../shared/ui/fields.tsx'
import { Button, Fact, Facts, Note, Status } from '../../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../../shared/ui/values.tsx'
import type { Beside } from '../model/ask-model.ts'
import type { Facts as NodeFacts } from '../model/desk.ts'
import { certaintyOf } from '../model/model.ts'
import { type Mark, marks, type Remark, type Side } from '../model/view.ts'
import { LinksHere, RetractTag } from './doubt.tsx'
import { Amounts, type TraceWords } from './words.tsx'

export function Panel({
  facts,
  words,
  retracted,
  rejected,
  remark,
  isPinned,
  isShown,
  asset,
  onSelect,
  onExpand,
  onCollapse,
  onPin,
  onHide,
  onShow,
  onWay,
  onRemark,
  onAct,
}: {
  readonly facts: NodeFacts
  readonly words: TraceWords
  readonly retracted: TraceReadResult['retractedTags']
  readonly rejected: TraceReadResult['rejectedLinks']
  readonly remark: Remark | null
  readonly isPinned: boolean
  readonly isShown: boolean
  /** The one asset of an end, for amounts of the record that name none. */
  readonly asset: string
  readonly onSelect: (node: number) => void
  readonly onExpand: (side: Side) => void
  readonly onCollapse: (side: Side) => void
  readonly onPin: () => void
  readonly onHide: () => void
  readonly onShow: () => void
  readonly onWay: () => void
  readonly onRemark: (remark: Remark | null) => void
  readonly onAct: (() => void) | null
}) {
  const say = useSay()
  const { node, before, after, moreBefore, moreAfter } = facts.detail
  const takenBack = node.address === null ? [] : retracted.filter(({ address }) => address === node.address)
  const why = words.why(node.code, node.status)
  const { source } = facts.more
  const tag =
    node.code === 'service-tag' && node.address !== null && node.label !== null && source !== undefined
      ? { chain: node.chain, address: node.address, label: node.label, source }
      : null
  return (
    <section className="sheet trace-panel" aria-labelledby="trace-panel-title">
      <h2 id="trace-panel-title">
        {words.kind(node.kind, node.status)}
        {node.label !== null && (
          <>
            {' '}
            <Words>{node.label}</Words>
          </>
        )}
      </h2>
      <p className="trace-panel-amount">
        <Amounts amounts={node.amounts} words={words} />
      </p>
      {takenBack.map((tag) => (
        <Note kind="warn" key={`${tag.at} ${tag.reason}`}>
          <p>
            <strong>{say('trace.retracted-tag', { label: tag.label })}</strong>
          </p>
          <p>
            <Words>{tag.reason}</Words> (<Words>{tag.source}</Words>, <Instant at={tag.at} />)
          </p>
        </Note>
      ))}
      {node.kind === 'end' && (
        <div className="trace-why">
          <h3>{say('trace.why-here')}</h3>
          {why !== null && <p>{why}</p>}
          <p className="small soft">
            <Phrase topic="tracing" text={node.reason} />
          </p>
        </div>
      )}
      {tag !== null && takenBack.length === 0 && <RetractTag key={`${tag.address} ${tag.label}`} tag={tag} />}
      <LinksHere links={facts.links} rejected={rejected} />
      {onAct && (
        <p>
          <Button onPress={onAct}>{say('trace.act.open')}</Button>
        </p>
      )}
      <div className="row trace-panel-acts no-print">
        {isShown ? (
          <>
            <Button kind="second" onPress={() => onExpand('out')}>
              {say('trace.act.expand-out')}
            </Button>
            <Button kind="second" onPress={() => onExpand('in')}>
              {say('trace.act.expand-in')}
            </Button>
            <Button kind="quiet" onPress={() => onCollapse('out')}>
              {say('trace.act.collapse')}
            </Button>
            <Button kind="quiet" onPress={onPin}>
              {isPinned ? say('trace.act.unpin') : say('trace.act.pin')}
            </Button>
            <Button kind="quiet" onPress={onHide}>
              {say('trace.act.hide')}
            </Button>
          </>
        ) : (
          <Button kind="second" onPress={onShow}>
            {say('trace.act.reveal')}
          </Button>
        )}
        <Button kind="quiet" onPress={onWay}>
          {say('trace.act.way')}
        </Button>
      </div>
      <Facts>
        <Fact name={say('trace.fact.name')}>
          <MachineValue value={node.address ?? node.name} copy />
        </Fact>
        {facts.txid !== null && facts.txid !== node.name && (
          <Fact name={say('trace.fact.transaction')}>
            <MachineValue value={facts.txid} copy />
          </Fact>
        )}
        {node.time !== null && (
          <Fact name={say('trace.fact.time')}>
            <MachineValue value={words.utc(node.time)} />
          </Fact>
        )}
        {node.height !== null && (
          <Fact name={say('trace.fact.block')}>
            <MachineValue value={String(node.height)} />
          </Fact>
        )}
        {node.hops !== null && <Fact name={say('trace.fact.hops')}>{node.hops}</Fact>}
        {facts.output !== null && (
          <Fact name={say('trace.fact.output')}>
            <bdi className="machine amount" dir="ltr">
              {words.amount(asset, facts.output)}
            </bdi>
          </Fact>
        )}
        {Object.entries(facts.more).map(([name, value]) => (
          <Fact key={name} name={say(`trace.fact.${name}` as never)}>
            <Words>{value}</Words>
          </Fact>
        ))}
      </Facts>
      {facts.bySource.length > 0 && (
        <>
          <h3>{say('trace.by-source')}</h3>
          <ul className="trace-beside">
            {facts.bySource.map(({ source, units }) => (
              <li key={source}>
                <MachineValue value={source} short />
                <bdi className="machine amount" dir="ltr">
                  {words.amount(asset, units)}
                </bdi>
              </li>
            ))}
            {facts.sources > facts.bySource.length && (
              <li className="soft">{say('trace.by-source-more', { count: facts.sources - facts.bySource.length })}</li>
            )}
          </ul>
        </>
      )}
      <Neighbours title={say('trace.came-from')} list={before} more={moreBefore} words={words} onSelect={onSelect} />
      <Neighbours title={say('trace.went-to')} list={after} more={moreAfter} words={words} onSelect={onSelect} />
      {facts.findings.length > 0 && (
        <details className="trace-remark">
          <summary>{say('trace.findings', { count: facts.findings.length })}</summary>
          <ul className="list">
            {facts.findings.map(({ rule, kind, confidence, reason, source }) => (
              <li key={`${rule} ${reason}`}>
                <Status kind="plain">{kind}</Status> <Phrase topic="tracing" text={reason} />{' '}
                <span className="small soft">
                  <Words>{`${[rule, ...(confidence === null ? [] : [confidence])].join(', ')}; ${source}`}</Words>
                </span>
              </li>
            ))}
          </ul>
          <p className="small soft">{say('trace.findings-how')}</p>
        </details>
      )}
      <RemarkField key={node.number} remark={remark} onRemark={onRemark} />
    </section>
  )
}

function Neighbours({
  title,
  list,
  more,
  words,
  onSelect,
}: {
  readonly title: string
  readonly list: readonly Beside[]
  readonly more: NodeFacts['detail']['moreAfter']
  readonly words: TraceWords
  readonly onSelect: (node: number) => void
}) {
  const say = useSay()
  if (list.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul className="trace-beside">
        {list.map(({ node, name, kind, status, amounts, by }) => (
          <li key={node}>
            <button type="button" className="trace-row-button" onClick={() => onSelect(node)}>
              {words.kind(kind, status)} <MachineValue value={name} short />
            </button>
            <span>
              <Amounts amounts={amounts} words={words} />
              {certaintyOf(by) !== 'recorded' && <span className="small soft">{say(`trace.by.${by}`)}</span>}
            </span>
          </li>
        ))}
        {more.count > 0 && (
          <li className="soft">
            {say('trace.and-more', { count: more.count })} <Amounts amounts={more.amounts} words={words} />
          </li>
        )}
      </ul>
    </>
  )
}

function RemarkField({
  remark,
  onRemark,
}: {
  readonly remark: Remark | null
  readonly onRemark: (remark: Remark | null) => void
}) {
  const say = useSay()
  const [text, setText] = useState(remark?.text ?? '')
  const [mark, setMark] = useState<Mark>(remark?.mark ?? 'none')
  // Undo changes it from outside.
  useEffect(() => {
    setText(remark?.text ?? '')
    setMark(remark?.mark ?? 'none')
  }, [remark])
  const isSame = text === (remark?.text ?? '') && mark === (remark?.mark ?? 'none')
  return (
    <details className="trace-remark" open={remark !== null || undefined}>
      <summary>{say('trace.remark.title')}</summary>
      <Select label={say('trace.remark.mark')} value={mark} onChange={({ target }) => setMark(target.value as Mark)}>
        {marks.map((id) => (
          <option key={id} value={id}>
            {say(`trace.mark.${id}`)}
          </option>
        ))}
      </Select>
      <TextArea
        label={say('trace.remark.text')}
        value={text}
        maxLength={2000}
        onChange={({ target }) => setText(target.value)}
      />
      <Button
        kind="second"
        isDisabled={isSame}
        onPress={() => onRemark(text === '' && mark === 'none' ? null : { text, mark })}
      >
        {say('trace.remark.keep')}
      </Button>
    </details>
  )
}
