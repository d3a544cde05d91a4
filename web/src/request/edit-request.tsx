/** The form of a request, saved as it is written, with the letter beside it. */
import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { type Form, useCodes, useForm } from '../shared/law.ts'
import { useNativeAssets } from '../shared/native-assets.ts'
import { ask, useRead } from '../shared/node/node.tsx'
import { ErrorSummary } from '../shared/ui/fields.tsx'
import { Button, ButtonLink, Note, PageHead, Shown, Trouble } from '../shared/ui/parts.tsx'
import { instantText, ownZone, Words } from '../shared/ui/values.tsx'
import { type Content, withItems, withMirrored } from './first-draft.ts'
import { type FormData, fieldId, plainPath } from './form-paths.ts'
import { FormSections } from './form-sections.tsx'
import { LetterPreview } from './letter-preview.tsx'
import { problemText } from './problem-text.ts'
import { RequestPart } from './request-part.tsx'
import { Mark } from './route-card.tsx'
import { type Read, type Saving, useDraft } from './use-draft.ts'
import './request.css'

export function Screen() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { say } = useSpeech()
  const request = useRead('requestRead', { id })
  const of = request.data?.request.content
  const form = useForm(of ?? null)
  const state = request.data?.request.state
  if (state !== undefined && state !== 'draft' && state !== 'submitted')
    return (
      <>
        <PageHead title={say('request.edit')} />
        <Note>
          <p>{say('request.fixed')}</p>
          <ButtonLink to={`/requests/${id}`}>{say('request.to-tracker')}</ButtonLink>
        </Note>
      </>
    )
  return (
    <Shown read={request}>
      {(read) => <Shown read={form}>{(shape) => <Editor key={read.id} read={read} form={shape} />}</Shown>}
    </Shown>
  )
}

function Editor({ read, form }: { readonly read: Read; readonly form: Form }) {
  const { say, language } = useSpeech()
  const codes = useCodes()
  const navigate = useNavigate()
  const assets = useNativeAssets()
  const draft = useDraft(read)
  const { content, change, saving } = draft
  const fields = useMemo(() => form.sections.flatMap((section) => section.fields), [form])
  const [problems, setProblems] = useState<readonly { id: string; path: string; text: string }[]>([])
  const [error, setError] = useState<unknown>(null)
  const [isChecking, setChecking] = useState(false)
  const wrong = useMemo(() => new Map(problems.map(({ path, text }) => [path, text])), [problems])
  const changeRequest = useCallback(
    (how: (before: Content) => Content) =>
      change((before) => withMirrored(fields, withItems(fields, before, how(before), assets), assets)),
    [change, fields, assets],
  )
  const changeData = useCallback(
    (how: (before: FormData) => FormData) => changeRequest((before) => ({ ...before, data: how(before.data) })),
    [changeRequest],
  )
  useEffect(() => {
    // What follows the request is in the form from the beginning, as far as the packs of chains are known.
    const next = withMirrored(fields, content, assets)
    if (JSON.stringify(next.data) !== JSON.stringify(content.data)) change(() => next)
  }, [fields, assets, content, change])
  const isDescribed = useRef(false)
  useEffect(() => {
    // Assets that came with the draft, as those of a trace, nobody has described yet. Once: whoever empties a field keeps it empty.
    if (isDescribed.current || read.request.state !== 'draft' || Object.keys(assets).length === 0) return
    isDescribed.current = true
    const described = (of: Content) => withItems(fields, { ...of, assets: [] }, of, assets)
    if (JSON.stringify(described(content).data) !== JSON.stringify(content.data)) change(described)
  }, [fields, assets, content, change, read.request.state])
  const came = useRef(false)
  useEffect(() => {
    // From the answers back to one of them.
    const id = window.location.hash.slice(1)
    if (came.current || !id.startsWith('f-')) return
    came.current = true
    document.getElementById(id)?.focus()
  }, [])
  const check = async () => {
    setChecking(true)
    setError(null)
    try {
      if (!(await draft.save())) return
      const found = await ask('requestCheck', { id: read.id })
      if (found.problems.length === 0) await navigate({ to: `/requests/${read.id}/check` } as never)
      else
        setProblems(
          found.problems.map((one) => {
            const path = plainPath(one.path)
            return { path, id: fieldId(path), text: problemText(one, fields, say) }
          }),
        )
    } catch (thrown) {
      setError(thrown)
    } finally {
      setChecking(false)
    }
  }
  return (
    <>
      <PageHead
        title={
          problems.length > 0
            ? say('request.error-title', { title: codes.name(content.measure) })
            : codes.name(content.measure)
        }
        kicker={
          <>
            <Words>{form.label}</Words> · <bdi>{form.article}</bdi> · <Mark verified={form.verified} />
          </>
        }
      >
        <SavedWord saving={saving} />
        <Button isBusy={isChecking} onPress={() => void check()}>
          {say('request.check')}
        </Button>
      </PageHead>
      <div className="stack">
        {draft.isRestored && (
          <Note kind="warn">
            <p>{say('request.restored')}</p>
          </Note>
        )}
        {read.request.state === 'submitted' && (
          <Note kind="warn">
            <p>{say('request.submitted-edit')}</p>
          </Note>
        )}
        {saving.is === 'conflict' && (
          <Trouble error={saving.error}>
            <p className="row">
              <Button onPress={() => void draft.takeTheirs()}>{say('request.take-theirs')}</Button>
              <Button kind="danger" onPress={() => void draft.overwrite()}>
                {say('request.overwrite')}
              </Button>
            </p>
          </Trouble>
        )}
        {saving.is === 'refused' && <Trouble error={saving.error} />}
        <Trouble error={error} />
        <ErrorSummary errors={problems} />
        <div className="letter-beside">
          <div className="stack">
            <nav aria-label={say('request.sections')} className="section-ways">
              {form.sections.map(({ id, label }) => (
                <a key={id} href={`#section-${id}`} title={label} onClick={(event) => jump(event, id)}>
                  {id}
                </a>
              ))}
            </nav>
            <RequestPart content={content} wrong={wrong} onChange={changeRequest} />
            <FormSections form={form} data={content.data} wrong={wrong} onChange={changeData} />
            <p className="row">
              <Button isBusy={isChecking} onPress={() => void check()}>
                {say('request.check')}
              </Button>
              <span className="soft">{say('request.check-hint')}</span>
            </p>
          </div>
          <LetterPreview
            id={read.id}
            languages={content.languages}
            version={`${saving.is === 'saved' ? (saving.at ?? 0) : 'before'} ${language.id}`}
          />
        </div>
      </div>
    </>
  )
}

function jump(event: React.MouseEvent, id: string): void {
  event.preventDefault()
  const head = document.getElementById(`section-${id}`)
  head?.scrollIntoView()
  head?.querySelector<HTMLElement>('input, select, textarea, button')?.focus()
}

function SavedWord({ saving }: { readonly saving: Saving }) {
  const { say, locale } = useSpeech()
  return (
    <span className="soft small" role="status">
      {saving.is === 'saved' && saving.at !== null
        ? say('request.saved-at', { time: instantText(new Date(saving.at), ownZone(), locale) })
        : say(`request.saving.${saving.is}`)}
    </span>
  )
}
