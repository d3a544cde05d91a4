/** The traces that a case keeps, and keeping another: by its file, as the trace wrote it. */
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { CaseParts } from '../cases/case-frame.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAct, useAll, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { Button, Empty, Note, PageHead, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import './trace.css'
import type { ItemOf } from '../shared/node/node.tsx'
import { TraceHere } from './trace-here.tsx'
import { useTraceWords } from './view/words.tsx'

type Kept = ItemOf<'traceList'>

export function Screen() {
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string }
  const say = useSay()
  const words = useTraceWords(null)
  const caseRead = useRead('caseRead', { caseId })
  const traces = useAll('traceList', { caseId })
  const held = useRead('ledgerRead', {}).data
  const isHere = held?.present === true
  const columns: readonly Column<Kept>[] = [
    {
      id: 'rule',
      head: say('trace.rules.rule'),
      by: ({ rule }) => words.rule(rule),
      cell: ({ id, rule }) => <Link to={`/cases/${caseId}/traces/${id}`}>{words.rule(rule)}</Link>,
    },
    { id: 'at', head: say('trace.list.kept'), by: ({ at }) => at, cell: ({ at }) => <Instant at={at} /> },
    {
      id: 'author',
      head: say('trace.list.by'),
      cell: ({ author }) => <PersonName id={author} />,
    },
    { id: 'digest', head: say('trace.list.digest'), cell: ({ digest }) => <MachineValue value={digest} short /> },
    {
      id: 'tags',
      head: say('trace.list.tags'),
      by: ({ retractedTags, rejectedLinks }) => retractedTags.length + rejectedLinks.length,
      cell: ({ retractedTags, rejectedLinks }) =>
        retractedTags.length + rejectedLinks.length === 0 ? (
          say('trace.list.tags-stand')
        ) : (
          <span className="row">
            {retractedTags.length > 0 && (
              <Status kind="bad">{say('trace.retracted-count', { count: retractedTags.length })}</Status>
            )}
            {rejectedLinks.length > 0 && (
              <Status kind="bad">{say('trace.rejected-count', { count: rejectedLinks.length })}</Status>
            )}
          </span>
        ),
    },
  ]
  return (
    <>
      <PageHead
        title={say('trace.list.title')}
        kicker={
          <Link to={`/cases/${caseId}`}>
            <Words>{caseRead.data?.case.title ?? say('trace.of-case')}</Words>
          </Link>
        }
      />
      <CaseParts caseId={caseId} part="cases.part.traces" />
      <div className="stack">
        <Sheet title={say('trace.list.kept-here')}>
          <Shown read={traces}>
            {({ items, isCut }) =>
              items.length === 0 ? (
                <Empty title={say('trace.list.none')}>
                  <p>{say(isHere ? 'trace.list.none-here' : 'trace.list.none-text')}</p>
                </Empty>
              ) : (
                <>
                  <DataTable caption={say('trace.list.title')} columns={columns} rows={items} keyOf={({ id }) => id} />
                  {isCut && <Note kind="warn">{say('trace.list.cut')}</Note>}
                </>
              )
            }
          </Shown>
        </Sheet>
        {isHere && <TraceHere caseId={caseId} held={held} />}
        <KeepSheet caseId={caseId} isFirst={!isHere} />
      </div>
    </>
  )
}

/** `isFirst`: it is the act that stands out. */
function KeepSheet({ caseId, isFirst }: { readonly caseId: string; readonly isFirst: boolean }) {
  const say = useSay()
  const field = useId()
  const navigate = useNavigate()
  const keep = useAct('traceKeep')
  const [files, setFiles] = useState<readonly File[]>([])
  const [wrong, setWrong] = useState<string | null>(null)
  const send = async () => {
    if (files.length === 0) {
      setWrong(say('trace.keep.no-file'))
      return
    }
    setWrong(null)
    let last = ''
    for (const file of files) last = (await keep.mutateAsync({ caseId, record: await file.text() })).id
    if (files.length === 1) await navigate({ to: `/cases/${caseId}/traces/${last}` })
    else setFiles([])
  }
  return (
    <Sheet title={say('trace.keep.title')}>
      <p>{say('trace.keep.text')}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send().catch(() => undefined)
        }}
      >
        <div className="field">
          <label htmlFor={field}>{say('trace.keep.file')}</label>
          <p className="hint" id={`${field}-hint`}>
            {say('trace.keep.hint')}
          </p>
          {wrong !== null && (
            <p className="wrong" id={`${field}-wrong`}>
              {wrong}
            </p>
          )}
          <input
            id={field}
            type="file"
            multiple
            accept="application/json,.json"
            aria-invalid={wrong !== null || undefined}
            aria-describedby={`${field}-hint${wrong === null ? '' : ` ${field}-wrong`}`}
            onChange={({ target }) => setFiles([...(target.files ?? [])])}
          />
        </div>
        <Trouble error={keep.error} />
        <Button type="submit" kind={isFirst ? 'first' : 'second'} isBusy={keep.isPending}>
          {say('trace.keep.do')}
        </Button>
      </form>
    </Sheet>
  )
}
