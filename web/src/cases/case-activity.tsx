/** Who did what in a case, and when: newest first. */
import { useSpeech } from '../shared/language/speak.tsx'
import { useAll, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Note, Sheet, Waiting } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { caseDoings, type Doing, newestFirst } from './activity.ts'
import { CaseFrame, type CaseView } from './case-frame.tsx'
import { type CaseRecord, type Kind, kinds } from './record-kinds.ts'
import { titleOf } from './use-case-parts.ts'

export function Screen() {
  return <CaseFrame part="cases.part.activity">{(found) => <Activity found={found} />}</CaseFrame>
}

function Activity({ found: { id: caseId } }: { readonly found: CaseView }) {
  const { say, knows } = useSpeech()
  const history = useRead('caseHistory', { caseId })
  const requests = useAll('requestList', { caseId })
  const traces = useAll('traceList', { caseId })
  const records = useRecords(caseId)
  const reads = [history, requests, traces, ...records.map(({ read }) => read)]
  const doings = newestFirst([
    ...caseDoings(history.data ?? []),
    ...records.flatMap(({ kind, read }) =>
      ((read.data?.items ?? []) as unknown as readonly CaseRecord[]).map((one) => doingOf(kind, one)),
    ),
    ...(requests.data?.items ?? []).map((one): Doing => {
      const { id, version, at, request } = one
      return {
        key: id,
        at,
        by: request.by,
        what: 'request',
        state: request.state,
        name: titleOf(one),
        isNew: version === 1,
      }
    }),
    ...(traces.data?.items ?? []).map(
      ({ id, at, author, rule }): Doing => ({
        key: id,
        at,
        by: author,
        what: 'trace',
        name: rule.toUpperCase(),
        isNew: true,
      }),
    ),
  ])
  const wordOf = (state: string) => {
    const id = `cases.request-state.${state}`
    return knows(id) ? say(id) : state
  }
  const leadWords = (what: string, name: string) => {
    const id = `cases.measure.${name}`
    return what === 'order' && knows(id) ? say(id) : name
  }
  const isCut = reads.some(({ data }) => (data as { isCut?: boolean } | undefined)?.isCut)
  const refused = reads.filter(({ error }) => error).length
  return (
    <Sheet title={say('cases.activity')}>
      <p className="soft small">{say('cases.activity-text')}</p>
      {isCut && <Note kind="warn">{say('cases.activity-cut')}</Note>}
      {refused > 0 && <Note kind="warn">{say('cases.activity-refused', { count: refused })}</Note>}
      {reads.some(({ isPending }) => isPending) && <Waiting />}
      <ol className="timeline">
        {doings.map(({ key, at, by, what, state, name, isNew, isMachine }) => {
          const id = `cases.did.${what}${isNew || what.includes('-') ? '' : '-changed'}`
          return (
            <li key={key}>
              <div>
                <strong>
                  {state !== undefined
                    ? say('cases.did.request', { state: wordOf(state) })
                    : knows(id)
                      ? say(id)
                      : what}
                </strong>{' '}
                {isMachine ? <MachineValue value={name} short /> : <Words>{leadWords(what, name)}</Words>}
              </div>
              <div className="small soft">
                {by !== null && (
                  <>
                    <PersonName id={by} role /> ·{' '}
                  </>
                )}
                <Instant at={at} />
              </div>
            </li>
          )
        })}
      </ol>
    </Sheet>
  )
}

function doingOf(kind: Kind, { id, at, by, version, content }: CaseRecord): Doing {
  return {
    key: id,
    at,
    by,
    what: kind.id,
    name: String(content[kind.lead] ?? '').slice(0, 160),
    isNew: version === 1,
    isMachine: kind.id === 'wallet' || kind.id === 'victim',
  }
}

/** Every kind of record; the kinds are a constant, so that the reads are the same at each call. */
function useRecords(caseId: string) {
  return kinds.map((kind) => ({
    kind,
    // biome-ignore lint/correctness/useHookAtTopLevel: the list of kinds never changes
    read: useAll(kind.list as 'noteList', { caseId }),
  }))
}
