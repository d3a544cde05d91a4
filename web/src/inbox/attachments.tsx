/** Exhibits that go with a message, sealed for its receiver alone. */
import { useState } from 'react'
import { type ReadExhibit, useExhibits } from '../evidence/exhibits.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { useAct, useRead } from '../shared/node/node.tsx'
import { Select, TextField } from '../shared/ui/fields.tsx'
import { Button, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import type { ShownMessage } from './message-in-case.tsx'
import { useCodeWords } from './names.tsx'

const classes = ['evidence', 'order', 'certificate', 'translation', 'trace-record', 'bundle', 'other'] as const

export function Attachments({ found, isDraft }: { readonly found: ShownMessage; readonly isDraft: boolean }) {
  const { say, locale } = useSpeech()
  const words = useCodeWords()
  const [adds, setAdds] = useState(false)
  const { attachments, approvals } = found.message.header
  if (attachments.length === 0 && !isDraft) return null
  return (
    <Sheet title={say('inbox.attach.title')}>
      {attachments.length === 0 ? (
        <p>{say('inbox.attach.none')}</p>
      ) : (
        <ul className="list">
          {attachments.map((one) => (
            <li key={one.name}>
              <Words>{one.name}</Words>{' '}
              <span className="small soft">
                {words('kind', one.class)}, {new Intl.NumberFormat(locale).format(one.size)} {say('inbox.files.bytes')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {isDraft && approvals.length > 0 && <p className="small soft">{say('inbox.attach.approved')}</p>}
      {isDraft &&
        (adds ? (
          <Attach found={found} onDone={() => setAdds(false)} />
        ) : (
          <Button kind="second" onPress={() => setAdds(true)}>
            {say('inbox.attach.add')}
          </Button>
        ))}
    </Sheet>
  )
}

function Attach({ found, onDone }: { readonly found: ShownMessage; readonly onDone: () => void }) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const exhibits = useExhibits(found.caseId)
  const attach = useAct('messageAttach')
  const [exhibitId, setExhibitId] = useState('')
  const [written, setWritten] = useState<Partial<FileFacts>>({})
  const read = useRead('exhibitRead', exhibitId === '' ? null : { exhibitId })
  const form: FileFacts = { ...factsOf(read.data as ReadExhibit | undefined), ...written }
  const set = (change: Partial<FileFacts>) => setWritten({ ...written, ...change })
  const items = exhibits.data ?? []
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        attach.mutate({ id: found.id, seen: found.version, exhibitId, ...form } as never, { onSuccess: onDone })
      }}
    >
      <Trouble error={attach.error ?? read.error} />
      <Select
        label={say('inbox.attach.exhibit')}
        value={exhibitId}
        required
        onChange={(event) => {
          setExhibitId(event.target.value)
          setWritten({})
        }}
      >
        <option value="">{say('inbox.choose')}</option>
        {items.map(({ id, title, number }) => (
          <option key={id} value={id}>
            {number}: {title}
          </option>
        ))}
      </Select>
      <TextField
        label={say('inbox.attach.name')}
        value={form.name}
        required
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextField
        label={say('inbox.attach.mime')}
        value={form.mime}
        required
        dir="ltr"
        onChange={(event) => set({ mime: event.target.value })}
      />
      <Select
        label={say('inbox.attach.class')}
        value={form.class}
        onChange={(event) => set({ class: event.target.value })}
      >
        {classes.map((one) => (
          <option key={one} value={one}>
            {words('kind', one)}
          </option>
        ))}
      </Select>
      <div className="row">
        <Button type="submit" isBusy={attach.isPending} isDisabled={exhibitId !== '' && !read.data}>
          {say('inbox.attach.do')}
        </Button>
        <Button kind="second" onPress={onDone}>
          {say('inbox.not-now')}
        </Button>
      </div>
    </form>
  )
}

type FileFacts = { readonly name: string; readonly mime: string; readonly class: string }

/** What the exhibit says of its file already: how it was called when it came, and of what kind it is. */
function factsOf(exhibit: ReadExhibit | undefined): FileFacts {
  const isTrace = exhibit?.kind === 'trace-record'
  return {
    name: exhibit?.fileName ?? (isTrace ? 'trace.json' : (exhibit?.title ?? '')),
    mime: exhibit?.mediaType ?? (isTrace ? 'application/json' : 'application/octet-stream'),
    class: isTrace ? 'trace-record' : 'evidence',
  }
}
