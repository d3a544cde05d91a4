/** Every message of a case, to and from others, and the dossier for whoever checks both sides. */
import { useMutation } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { CaseFrame } from '../cases/case-frame.tsx'
import './inbox.css'
import { useSpeech } from '../shared/language/speak.tsx'
import { act, type ItemOf, useAll } from '../shared/node/node.tsx'
import { saveFile } from '../shared/save-file.ts'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { Button, ButtonLink, Empty, Note, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant } from '../shared/ui/values.tsx'
import { waitsForUs } from '../supervision/matter.ts'
import { useMatters } from '../supervision/use-matters.ts'
import { messageState } from './message-parts.ts'
import { MemberName, useCodeWords } from './names.tsx'

type Item = ItemOf<'messageList'>

export function Screen() {
  const { say } = useSpeech()
  const words = useCodeWords()
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string }
  const all = useAll('messageList', { caseId })
  const after = useMatters(caseId)
  const waiting = after.data?.filter(waitsForUs).length ?? 0
  const dossier = useMutation({ mutationFn: () => saveDossier(caseId) })
  const columns: Column<Item>[] = [
    {
      id: 'what',
      head: say('inbox.list.what'),
      cell: ({ id, message }) => <Link to={`/messages/${id}` as string}>{words('type', message.type)}</Link>,
      by: ({ message }) => message.type,
    },
    {
      id: 'way',
      head: say('inbox.list.way'),
      cell: ({ message }) => say(`inbox.list.${message.direction}`),
      by: ({ message }) => message.direction,
    },
    {
      id: 'who',
      head: say('inbox.list.who'),
      cell: ({ message }) => <MemberName id={message.peer} />,
      by: ({ message }) => message.peer,
    },
    {
      id: 'state',
      head: say('inbox.list.state'),
      cell: ({ message }) => <Status kind={kindOf(message.state)}>{words('state', messageState(message))}</Status>,
      by: ({ message }) => message.state,
    },
    {
      id: 'at',
      head: say('inbox.list.at'),
      cell: ({ message }) => <Instant at={message.at} />,
      by: ({ message }) => message.at,
    },
  ]
  const actions = () => (
    <>
      <ButtonLink to={`/cases/${caseId}/messages/new`}>{say('inbox.list.new')}</ButtonLink>
      {after.isAsked && (
        <ButtonLink kind="second" to={`/cases/${caseId}/messages/after`}>
          {say('supervision.title')}
        </ButtonLink>
      )}
      <Button kind="second" isBusy={dossier.isPending} onPress={() => dossier.mutate()}>
        {say('inbox.list.dossier')}
      </Button>
    </>
  )
  return (
    <CaseFrame part="cases.part.messages" actions={actions}>
      {() => (
        <>
          <Trouble error={dossier.error} />
          {waiting > 0 && (
            <Note kind="warn">
              <Link to={`/cases/${caseId}/messages/after` as string}>
                {say('supervision.waiting-count', { count: waiting })}
              </Link>
            </Note>
          )}
          {dossier.data !== undefined && dossier.data > 0 && (
            <Note kind="warn">{say('inbox.list.left', { count: dossier.data })}</Note>
          )}
          <Shown read={all}>
            {({ items, isCut }) =>
              items.length === 0 ? (
                <Empty title={say('inbox.list.empty')}>
                  <p>{say('inbox.list.empty-text')}</p>
                </Empty>
              ) : (
                <>
                  {isCut && <Note kind="warn">{say('inbox.cut', { count: items.length })}</Note>}
                  <DataTable
                    caption={say('inbox.list.caption')}
                    columns={columns}
                    rows={items}
                    keyOf={({ id }) => id}
                  />
                </>
              )
            }
          </Shown>
        </>
      )}
    </CaseFrame>
  )
}

export function kindOf(state: string): 'good' | 'bad' | 'open' | 'plain' | 'done' {
  if (state === 'accepted') return 'good'
  if (['rejected', 'non-delivered', 'quarantined', 'conflict'].includes(state)) return 'bad'
  if (['new', 'queued', 'draft'].includes(state)) return 'open'
  return state === 'done' ? 'done' : 'plain'
}

/** Every page of the dossier in one file, as comity-verify reads it. Answers how many messages may not leave the house. */
async function saveDossier(caseId: string): Promise<number> {
  const items: unknown[] = []
  let after: string | null = null
  let left = 0
  let agency = ''
  do {
    const page: { agency: string; items: readonly unknown[]; left: number; next: string | null } = await act(
      'messageDossier',
      { caseId, ...(after === null ? {} : { after }) } as never,
    )
    items.push(...page.items)
    left += page.left
    agency = page.agency
    after = page.next
  } while (after !== null)
  const { canonicalJson } = await import('../../../platform/src/kernel/index.ts')
  const file = { v: 1, type: 'comity-dossier', agency, caseId, at: new Date().toISOString(), items }
  const content = new Blob([canonicalJson(file as never)], { type: 'application/json' })
  saveFile(`${agency}-${caseId.slice(-6)}.dossier.json`, content)
  return left
}
