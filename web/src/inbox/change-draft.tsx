/** What a draft says, once more as its form: it was kept at the node, and is not sent yet. */
import { useNavigate, useParams } from '@tanstack/react-router'
import './inbox.css'
import { useSpeech } from '../shared/language/speak.tsx'
import { useAct, useRead } from '../shared/node/node.tsx'
import { Note, PageHead, Sheet, Shown, Trouble } from '../shared/ui/parts.tsx'
import { BodyForm } from './body-form.tsx'
import { useCatalogue } from './catalogue.ts'
import { schemaOf } from './compose.tsx'
import { forget } from './kept.ts'
import type { ShownMessage } from './message-in-case.tsx'
import type { Members } from './message-parts.ts'
import { MemberName, useCodeWords } from './names.tsx'

export function Screen() {
  const { say } = useSpeech()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const words = useCodeWords()
  const read = useRead('messageShow', { id })
  return (
    <Shown read={read}>
      {(found) => (
        <>
          <PageHead
            title={say('inbox.change.title', { what: words('type', found.message.type) })}
            kicker={<MemberName id={found.message.peer} />}
          />
          <Changing found={found} />
        </>
      )}
    </Shown>
  )
}

function Changing({ found: { id, caseId, version, message } }: { readonly found: ShownMessage }) {
  const { say } = useSpeech()
  const navigate = useNavigate()
  const catalogue = useCatalogue()
  const change = useAct('messageChange')
  if (message.state !== 'draft') return <Note>{say('inbox.change.gone')}</Note>
  if (message.request !== null) return <Note>{say('inbox.change.of-request')}</Note>
  const keptAs = `change.${id}.${version}`
  return (
    <Shown read={catalogue}>
      {(known) => {
        const schema = schemaOf(known, message.type)
        return (
          schema && (
            <Sheet title={say('inbox.new.says')}>
              {message.header.approvals.length > 0 && <Note kind="warn">{say('inbox.change.approvals')}</Note>}
              <Trouble error={change.error} />
              <BodyForm
                schema={schema}
                caseId={caseId}
                first={message.body as Members}
                keptAs={keptAs}
                submit={say('inbox.change.keep')}
                isBusy={change.isPending}
                onSubmit={(body) =>
                  change.mutate({ id, seen: version, body } as never, {
                    onSuccess: () => {
                      forget(keptAs)
                      void navigate({ to: `/messages/${id}` as string })
                    },
                  })
                }
              />
            </Sheet>
          )
        )
      }}
    </Shown>
  )
}
