/**
 * The trace workbench: follow the money, decide the next hop, act on where it ended.
 *
 * Past four hundred lines on purpose: the one selection, its keys and its dialogues, which all views share, are held in one place.
 */
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { isTyping, useScreenKeys } from '../app/keys.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAll, useRead } from '../shared/node/node.tsx'
import { Button, ButtonLink, Note, PageHead, Trouble, Waiting } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import { Cautions } from '../supervision/cautions.tsx'
import './trace.css'
import type { Opened } from './model/desk.ts'
import type { Side } from './model/view.ts'
import { ActDialog, type EndToActOn } from './view/act-dialog.tsx'
import { ExpandDialog, GroupDialog } from './view/dialogs.tsx'
import { FlowView } from './view/flow-view.tsx'
import { GraphView } from './view/graph-view.tsx'
import { HistoryPanel } from './view/history-panel.tsx'
import { Legend, Reckonings } from './view/legend.tsx'
import { ActMenu } from './view/menu.tsx'
import { Panel } from './view/panel.tsx'
import { Badges } from './view/partial.tsx'
import { RulesView, useComparison } from './view/rules-view.tsx'
import { ShareDialog } from './view/share-sheet.tsx'
import { TableView } from './view/table-view.tsx'
import { TimeView } from './view/time-view.tsx'
import { type Desk, useAnswer, useDesk } from './view/use-desk.ts'
import { type ExportKind, useExports } from './view/use-exports.ts'
import { useWorkbench } from './view/use-workbench.ts'
import { useTraceWords } from './view/words.tsx'

const views = ['graph', 'flow', 'time', 'table', 'rules'] as const
type ViewName = (typeof views)[number]

export function Screen() {
  const { caseId = '', traceId = '' } = useParams({ strict: false }) as { caseId?: string; traceId?: string }
  const say = useSay()
  const { ask, opened, error, again } = useDesk(traceId)
  if (error)
    return (
      <>
        <PageHead title={say('trace.title')} />
        <Trouble error={error}>
          <Button kind="second" onPress={again}>
            {say('trouble.again')}
          </Button>
        </Trouble>
      </>
    )
  if (!ask || !opened)
    return (
      <>
        <PageHead title={say('trace.title')} />
        <Waiting what={say('trace.reading')} />
      </>
    )
  return <Bench key={traceId} caseId={caseId} traceId={traceId} ask={ask} opened={opened} />
}

type Open =
  | { readonly what: 'expand'; readonly node: number; readonly side: Side }
  | { readonly what: 'group' }
  | { readonly what: 'share' }
  | { readonly what: 'act'; readonly end: EndToActOn }
  | null

const screenKeys = [
  { keys: 'F', does: 'trace.key.fit' },
  { keys: 'N', does: 'trace.key.neighbours' },
  { keys: 'P', does: 'trace.key.path' },
  { keys: 'H', does: 'trace.key.hide' },
  { keys: 'G', does: 'trace.key.legend' },
  { keys: '/', does: 'trace.key.search' },
  { keys: '← → ↑ ↓', does: 'trace.key.walk' },
  { keys: 'Enter', does: 'trace.key.select' },
  { keys: 'Space', does: 'trace.key.mark' },
  { keys: 'Shift + ← → ↑ ↓', does: 'trace.key.pan' },
  { keys: '+ −', does: 'trace.key.zoom' },
  { keys: 'Ctrl + Z / Y', does: 'trace.key.undo' },
] as const

function Bench({
  caseId,
  traceId,
  ask,
  opened,
}: {
  readonly caseId: string
  readonly traceId: string
  readonly ask: Desk
  readonly opened: Opened
}) {
  const say = useSay()
  const { head, kept } = opened
  const words = useTraceWords(head)
  const search = useSearch({ strict: false }) as { view?: string; node?: number }
  const navigate = useNavigate()
  const shown: ViewName = views.find((one) => one === search.view) ?? 'graph'
  const [link] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('view'))
  const [first] = useState(() => (typeof search.node === 'number' && search.node < head.nodes ? search.node : null))
  const bench = useWorkbench(traceId, ask, opened, link, first)
  const { view, scene, selected, marked, select, act } = bench
  const [open, setOpen] = useState<Open>(null)
  const [hasLegend, setLegend] = useState(true)
  const [way, setWay] = useState<readonly number[]>([])
  const caseRead = useRead('caseRead', { caseId })
  // What was taken back since the record was opened is told by the list, which holds no records.
  const doubts = useAll('traceList', { caseId }).data?.items.find(({ id }) => id === traceId) ?? kept
  const comparison = useComparison(shown === 'rules' ? ask : null, caseId, traceId)
  const flow = useAnswer(ask, 'flow', shown === 'flow' ? {} : null)
  const times = useAnswer(ask, 'times', shown === 'time' ? {} : null)
  const holder = useAnswer(ask, 'holder', shown === 'flow' && selected !== null ? { node: selected } : null)
  const facts = useAnswer(ask, 'facts', selected === null ? null : { node: selected })
  const exports = useExports(ask, head, words, shown)
  const goTo = useCallback(
    (name: ViewName) => void navigate({ search: ((old: object) => ({ ...old, view: name })) as never, replace: true }),
    [navigate],
  )
  const chosen = useCallback(
    (node: number | null) => {
      setWay([])
      select(node)
    },
    [select],
  )
  const showWay = useCallback(
    async (node: number) => {
      const found = await ask('way', { node })
      if (!found) return
      await act({ kind: 'reveal', nodes: found.nodes })
      setWay(found.nodes)
    },
    [ask, act],
  )
  const hide = useCallback(
    (nodes: readonly number[]) => {
      if (nodes.length === 0) return
      void act({ kind: 'hide', nodes })
    },
    [act],
  )
  useScreenKeys(screenKeys)
  const onKey = useCallback(
    (key: string, at: number | null = selected): boolean => {
      switch (key.toLowerCase()) {
        case 'n':
          if (at !== null) setOpen({ what: 'expand', node: at, side: 'out' })
          return true
        case 'p':
          if (at !== null) void showWay(at)
          return true
        case 'h':
          hide(marked.length > 0 ? marked : at === null ? [] : [at])
          return true
        case 'g':
          setLegend((on) => !on)
          return true
        default:
          return false
      }
    },
    [selected, marked, showWay, hide],
  )
  const { undo, redo } = bench
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (isTyping(event.target) || document.querySelector('[role="dialog"]')) return
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
        event.preventDefault()
        if (event.shiftKey) redo()
        else undo()
      } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'y') {
        event.preventDefault()
        redo()
      } else if (event.key === '/' && !event.ctrlKey) {
        event.preventDefault()
        goTo('table')
        setTimeout(() => document.getElementById('trace-search')?.focus(), 60)
      }
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [undo, redo, goTo])
  const node = facts?.detail.node
  const canAct =
    head.kind === 'outputs' &&
    head.direction === 'forward' &&
    node?.kind === 'end' &&
    (node.status === 'service' || node.status === 'unspent') &&
    node.address !== null &&
    node.chain === head.chain
  const toAct = () =>
    node?.address &&
    setOpen({
      what: 'act',
      end: {
        status: node.status as 'service',
        address: node.address,
        label: node.label,
        amount: words.amounts(node.amounts),
      },
    })
  const record = useCallback(async () => (await ask('file', { kind: 'record' })).text(), [ask])
  const groupAt = view.groups.findIndex(({ members }) => selected !== null && members.includes(selected))
  return (
    <div className="trace-bench">
      <PageHead
        title={say('trace.title-rule', { rule: words.rule(head.rule.id) })}
        kicker={
          <Link to={`/cases/${caseId}/traces`}>
            <Words>{caseRead.data?.case.title ?? say('trace.of-case')}</Words>
          </Link>
        }
      >
        <ButtonLink kind="second" to={`/cases/${caseId}/traces/${traceId}/story`}>
          {say('trace.story')}
        </ButtonLink>
        <ActMenu<ExportKind> label={say('trace.export')} items={exports.items} onAct={(id) => void exports.give(id)} />
        <Button kind="second" onPress={() => setOpen({ what: 'share' })}>
          {say('trace.share')}
        </Button>
      </PageHead>
      <Cautions caseId={caseId} about={{ kind: 'trace', id: traceId }} />
      <Badges
        head={head}
        words={words}
        retracted={doubts.retractedTags.length}
        rejected={doubts.rejectedLinks.length}
      />
      <div role="status" className="trace-said">
        {exports.said !== null && <Note kind={exports.isWrong ? 'bad' : 'good'}>{exports.said}</Note>}
        {bench.brought !== null && (
          <Note kind={bench.brought === 'kept' || bench.brought === 'link' ? 'plain' : 'warn'}>
            <span className="row spread">
              {say(`trace.brought.${bench.brought}`)}
              {bench.brought === 'kept' && (
                <Button kind="quiet" onPress={bench.forget}>
                  {say('trace.begin-anew')}
                </Button>
              )}
            </span>
          </Note>
        )}
      </div>
      <div className="tabs no-print" role="tablist" aria-label={say('trace.views')}>
        {views.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`trace-tab-${name}`}
            className="tab trace-tab"
            aria-selected={name === shown}
            aria-controls="trace-view"
            data-selected={name === shown || undefined}
            tabIndex={name === shown ? 0 : -1}
            onClick={() => goTo(name)}
            onKeyDown={(event) => {
              const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
              if (step === 0) return
              const turn = document.documentElement.dir === 'rtl' ? -step : step
              const next = views[(views.indexOf(name) + turn + views.length) % views.length] as ViewName
              goTo(next)
              document.getElementById(`trace-tab-${next}`)?.focus()
            }}
          >
            {say(`trace.view.${name}`)}
          </button>
        ))}
      </div>
      <div className="trace-columns" data-wide={shown === 'rules' || undefined}>
        <div id="trace-view" role="tabpanel" aria-labelledby={`trace-tab-${shown}`} className="trace-main">
          {shown === 'graph' && (
            <>
              <div className="row trace-bar-tools no-print">
                <Button kind="quiet" isDisabled={bench.history.now === 0} onPress={undo}>
                  {say('trace.undo')}
                </Button>
                <Button kind="quiet" isDisabled={bench.history.now >= bench.history.entries.length - 1} onPress={redo}>
                  {say('trace.redo')}
                </Button>
                <ActMenu
                  kind="quiet"
                  label={say('trace.more-acts')}
                  items={[
                    { id: 'roll-back', text: say('trace.roll-back'), isOff: view.lastExpansion.length === 0 },
                    {
                      id: 'group',
                      text: say('trace.group-marked', { count: marked.length }),
                      isOff: marked.length < 2,
                    },
                    { id: 'ungroup', text: say('trace.ungroup'), isOff: groupAt < 0 },
                    {
                      id: 'hide',
                      text: say('trace.hide-marked', { count: marked.length }),
                      isOff: marked.length === 0,
                    },
                    {
                      id: 'show',
                      text: say('trace.show-hidden', { count: view.hidden.length }),
                      isOff: view.hidden.length === 0,
                    },
                    { id: 'unmark', text: say('trace.unmark'), isOff: marked.length === 0 },
                  ]}
                  onAct={(id) => {
                    if (id === 'roll-back') void act({ kind: 'roll-back' })
                    if (id === 'group') setOpen({ what: 'group' })
                    if (id === 'ungroup') void act({ kind: 'ungroup', group: groupAt })
                    if (id === 'hide') hide(marked)
                    if (id === 'show') void act({ kind: 'show-hidden' })
                    if (id === 'unmark') bench.clearMarks()
                  }}
                />
                <Button kind="quiet" onPress={() => setLegend((on) => !on)}>
                  {hasLegend ? say('trace.legend.hide') : say('trace.legend.show')}
                </Button>
                {marked.length > 0 && (
                  <span className="small soft">{say('trace.marked', { count: marked.length })}</span>
                )}
              </div>
              {scene ? (
                <GraphView
                  scene={scene}
                  words={words}
                  selected={selected}
                  marked={marked}
                  way={way}
                  onSelect={chosen}
                  onMark={bench.mark}
                  onExpand={(at, side) => setOpen({ what: 'expand', node: at, side })}
                  onKey={onKey}
                />
              ) : (
                <Waiting />
              )}
            </>
          )}
          {shown === 'flow' &&
            (flow ? (
              <FlowView picture={flow} words={words} holder={holder} onSelect={chosen} onKey={onKey} />
            ) : (
              <Waiting />
            ))}
          {shown === 'time' &&
            (times ? (
              <TimeView times={times} words={words} selected={selected} onSelect={chosen} onKey={onKey} />
            ) : (
              <Waiting />
            ))}
          {shown === 'table' && <TableView ask={ask} words={words} selected={selected} onSelect={chosen} />}
          {shown === 'rules' && <RulesView comparison={comparison} words={words} head={head} caseId={caseId} />}
          {hasLegend && (shown === 'graph' || shown === 'flow') && <Legend />}
          {shown === 'graph' && scene && <Reckonings scene={scene} words={words} />}
        </div>
        {shown !== 'rules' && (
          <aside className="trace-aside" aria-label={say('trace.side')}>
            {facts && selected !== null ? (
              <Panel
                facts={facts}
                words={words}
                retracted={doubts.retractedTags}
                rejected={doubts.rejectedLinks}
                remark={view.remarks[selected] ?? null}
                isPinned={view.pinned.includes(selected)}
                isShown={view.shown.includes(selected)}
                asset={facts.detail.node.amounts[0]?.asset ?? head.ledgers[0]?.asset ?? ''}
                onSelect={chosen}
                onExpand={(side) => setOpen({ what: 'expand', node: selected, side })}
                onCollapse={(side) => void act({ kind: 'collapse', node: selected, side })}
                onPin={() => void act({ kind: view.pinned.includes(selected) ? 'unpin' : 'pin', nodes: [selected] })}
                onHide={() => hide([selected])}
                onShow={() => void act({ kind: 'reveal', nodes: [selected] })}
                onWay={() => {
                  goTo('graph')
                  void showWay(selected)
                }}
                onRemark={(remark) => void act({ kind: 'remark', nodes: [selected], remark })}
                onAct={canAct ? toAct : null}
              />
            ) : (
              <div className="sheet">
                <h2>{say('trace.nothing-selected')}</h2>
                <p>{say('trace.nothing-selected-text')}</p>
              </div>
            )}
            <HistoryPanel history={bench.history} onGoTo={bench.goTo} />
          </aside>
        )}
      </div>
      {open?.what === 'expand' && (
        <ExpandDialog
          ask={ask}
          view={view}
          words={words}
          node={open.node}
          side={open.side}
          onClose={() => setOpen(null)}
          onExpand={(side, limit) => {
            void act({ kind: 'expand', node: open.node, side, limit })
            setOpen(null)
          }}
        />
      )}
      {open?.what === 'group' && (
        <GroupDialog
          count={marked.length}
          onClose={() => setOpen(null)}
          onGroup={(name) => {
            void act({ kind: 'group', nodes: marked, name })
            setOpen(null)
          }}
        />
      )}
      {open?.what === 'share' && (
        <ShareDialog
          ask={ask}
          caseId={caseId}
          head={head}
          view={view}
          selected={selected}
          onTake={bench.take}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.what === 'act' && (
        <ActDialog caseId={caseId} end={open.end} record={record} onClose={() => setOpen(null)} />
      )}
    </div>
  )
}
