/** The files of a message that came: how far each is here, and putting one under custody as an exhibit of the case. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useExhibits } from '../evidence/exhibits.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { mediaTypeOf } from '../shared/media-type.ts'
import { act, ask, type InputOf, type ResultOf, useRead, withProof } from '../shared/node/node.tsx'
import { TextField } from '../shared/ui/fields.tsx'
import { Button, Note, Sheet, Status, Trouble } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import type { Header } from './message-parts.ts'
import { useCodeWords } from './names.tsx'

type File = ResultOf<'messageFiles'>['files'][number]
type In = { readonly caseId: string; readonly id: string; readonly header: Header }

export function Files({ place }: { readonly place: In }) {
  const { say, locale } = useSpeech()
  const words = useCodeWords()
  const read = useRead('messageFiles', { id: place.id })
  const [taking, setTaking] = useState<number | null>(null)
  const exhibits = useExhibits(place.caseId)
  // What has come is sealed, so that until it is opened only its name tells whether it is on record.
  const recorded = (file: File) => (exhibits.data ?? []).filter(({ fileName }) => fileName === file.name)
  const files = read.data?.files ?? []
  if (files.length === 0) return null
  return (
    <Sheet title={say('inbox.files.title')}>
      <ul className="list">
        {files.map((file) => (
          <li key={file.index}>
            <div className="row spread">
              <span>
                <Words>{file.name}</Words>{' '}
                <span className="small soft">
                  {words('kind', file.class)}, {new Intl.NumberFormat(locale).format(file.size)}{' '}
                  {say('inbox.files.bytes')}
                </span>
              </span>
              {file.state !== null && (
                <span className="row">
                  <Status kind={file.state === 'held' ? 'good' : 'open'}>{say(`inbox.files.${file.state}`)}</Status>
                  {file.state === 'held' && (
                    <Button
                      kind={recorded(file).length > 0 ? 'quiet' : 'second'}
                      onPress={() => setTaking(taking === file.index ? null : file.index)}
                    >
                      {say(recorded(file).length > 0 ? 'inbox.files.take-again' : 'inbox.files.take')}
                    </Button>
                  )}
                </span>
              )}
            </div>
            {recorded(file).map(({ id, number }) => (
              <p key={id} className="small">
                <Link to={`/cases/${place.caseId}/evidence/${id}` as never}>
                  {say('inbox.files.on-record', { number })}
                </Link>
              </p>
            ))}
            {taking === file.index && <TakeFile place={place} file={file} onDone={() => setTaking(null)} />}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

function TakeFile({ place, file, onDone }: { readonly place: In; readonly file: File; readonly onDone: () => void }) {
  const { say } = useSpeech()
  const client = useQueryClient()
  const session = useRead('sessionRead', {})
  const [form, setForm] = useState({
    title: file.name,
    competence: '',
    authority: place.header.caseRef.mine,
    where: '',
  })
  const [taken, setTaken] = useState<string | null>(null)
  const opened = useRef<ResultOf<'messageTakeFile'> | null>(null)
  const last = useRef<{ of: typeof form; key: string; input: InputOf<'exhibitAdd'> } | null>(null)
  const taking = useMutation({
    mutationFn: async () => {
      // What broke off goes on: the file is opened once, and the same words under the same key are the same exhibit.
      opened.current ??= await act('messageTakeFile', { caseId: place.caseId, id: place.id, index: file.index })
      if (last.current?.of !== form)
        last.current = { of: form, key: crypto.randomUUID(), input: exhibitOf(opened.current.uploadId) }
      const { input, key } = last.current
      await withProof(() => ask('exhibitAdd', input, key))
      return opened.current.sha256
    },
    onSuccess: setTaken,
    onSettled: () => client.invalidateQueries(),
  })
  function exhibitOf(uploadId: string): InputOf<'exhibitAdd'> {
    const { tlp, onwardUse, needToKnow } = place.header.marking
    return {
      caseId: place.caseId,
      kind: file.class === 'trace-record' ? 'trace-record' : 'file',
      title: form.title,
      fileName: file.name,
      ...mediaTypeOf(file.mime),
      marking: { tlp, onwardUse, needToKnow, audience: [], protectedPerson: false },
      uploadId,
      acquirer: { personId: session.data?.session?.personId ?? '' },
      ...(form.competence === '' ? {} : { competence: form.competence }),
      authority: form.authority,
      place: form.where,
      acquiredAt: new Date().toISOString(),
      method: say('inbox.files.method'),
    }
  }
  if (taken !== null)
    return (
      <Note kind="good">
        <p>{say('inbox.files.taken')}</p>
        <p>
          SHA-256 <MachineValue value={taken} copy />
        </p>
        <Button kind="second" onPress={onDone}>
          {say('inbox.close')}
        </Button>
      </Note>
    )
  const field = (name: keyof typeof form, isNeeded = true) => (
    <TextField
      label={say(name === 'title' ? 'inbox.files.called' : `inbox.files.${name}`)}
      value={form[name]}
      required={isNeeded}
      onChange={(event) => setForm({ ...form, [name]: event.target.value })}
    />
  )
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        taking.mutate()
      }}
    >
      <Trouble error={taking.error} />
      {field('title')}
      {field('authority')}
      {field('where')}
      {field('competence', false)}
      <Button type="submit" isBusy={taking.isPending}>
        {say('inbox.files.do')}
      </Button>
    </form>
  )
}
