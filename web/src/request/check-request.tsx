/** The answers once more before anything is fixed: exactly who gets it, what stands in the way, every answer with its way back. */
import { useNavigate, useParams } from '@tanstack/react-router'
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { useAct, useRead } from '../shared/node/node.tsx'
import { Named } from '../shared/phrases/named.tsx'
import { usePhrases } from '../shared/phrases/use-phrases.tsx'
import { Button, ButtonLink, Note, PageHead, Sheet, Shown, Trouble } from '../shared/ui/parts.tsx'
import { countryName } from '../shared/ui/values.tsx'
import { WayLink } from '../shared/ui/way-link.tsx'
import type { Content } from './first-draft.ts'
import { LetterPreview } from './letter-preview.tsx'
import { RecipientsList } from './recipients-list.tsx'
import { ChangeLink, RequestContent } from './request-content.tsx'
import type { Read } from './use-draft.ts'
import './request.css'

export function Screen() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const read = useRead('requestRead', { id })
  return <Shown read={read}>{(request) => <Check read={request} />}</Shown>
}

function Check({ read }: { readonly read: Read }) {
  const { say, locale } = useSpeech()
  const codes = useCodes()
  const navigate = useNavigate()
  const { id, version, request } = read
  const content = request.content as Content
  const check = useRead('requestCheck', { id })
  const submit = useAct('requestSubmit')
  const edit = `/requests/${id}/edit`
  const first = content.recipients.find(({ role }) => role === 'to') ?? content.recipients[0]
  const isClear = check.data?.problems.length === 0
  return (
    <>
      <PageHead title={say('request.check-title')} kicker={codes.name(content.measure)}>
        <ButtonLink to={edit} kind="second">
          {say('request.back-to-form')}
        </ButtonLink>
        <WayLink className="button" kind="quiet" to={`/law?request=${read.id}`}>
          {say('request.law')}
        </WayLink>
      </PageHead>
      <div className="letter-beside">
        <div className="stack">
          <Trouble error={submit.error} />
          <Shown read={check}>
            {({ problems, findings }) => (
              <>
                {problems.length > 0 && (
                  <Note kind="bad">
                    <p>{say('request.incomplete', { count: problems.length })}</p>
                    <ButtonLink to={edit}>{say('request.back-to-form')}</ButtonLink>
                  </Note>
                )}
                {findings.length > 0 && (
                  <Note kind="warn">
                    <h2>{say('request.others')}</h2>
                    <ul className="plain-list">
                      {findings.map(({ code, message }) => (
                        <li key={code + message}>
                          <Finding code={code} text={message} />
                        </li>
                      ))}
                    </ul>
                  </Note>
                )}
              </>
            )}
          </Shown>
          <Sheet
            title={say('request.who-gets')}
            actions={<ChangeLink edit={edit} to="recipients" name={say('request.recipients')} />}
          >
            <RecipientsList recipients={content.recipients} />
          </Sheet>
          <RequestContent content={content} edit={edit} />
          {request.state === 'draft' && (
            <Sheet title={say('request.then')}>
              <ol>
                <li>{say('request.then-fixed')}</li>
                <li>{say('request.then-approved', { needed: read.approval.needed })}</li>
                <li>{say('request.then-sent')}</li>
              </ol>
              <Button
                isBusy={submit.isPending}
                isDisabled={!isClear}
                onPress={() =>
                  submit.mutate(
                    { id, seen: version },
                    { onSuccess: () => void navigate({ to: `/approve/${id}` } as never) },
                  )
                }
              >
                {say('request.submit', { country: countryName(first?.country ?? '', locale) })}
              </Button>
            </Sheet>
          )}
          {request.state !== 'draft' && (
            <Note>
              <p>{say('request.fixed')}</p>
              <ButtonLink to={`/requests/${id}`}>{say('request.to-tracker')}</ButtonLink>
            </Note>
          )}
        </div>
        <LetterPreview id={id} languages={content.languages} version={version} />
      </div>
    </>
  )
}

/** What was found, in the language of the user where its sentence is known there; else what its code means, before the words on this case. */
function Finding({ code, text }: { readonly code: string; readonly text: string }) {
  const here = usePhrases('casework')(text)
  const means = usePhrases('refusals')(code)
  if (here !== null) return <Named text={here} />
  return (
    <>
      {means !== null && <>{means} </>}
      <span lang="en" className={means === null ? undefined : 'small soft'}>
        <Named text={text} />
      </span>
    </>
  )
}
