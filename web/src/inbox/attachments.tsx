/** Exhibits that go with a message, sealed for its receiver alone. */
import { useState } from 'react'
import { useExhibits } from '../evidence/exhibits.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
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
  const [form, setForm] = useState({ exhibitId: '', name: '', mime: 'application/octet-stream', class: 'evidence' })
  const items = exhibits.data ?? []
  const choose = (exhibitId: string) => {
    const chosen = items.find(({ id }) => id === exhibitId)
    const isTrace = chosen?.kind === 'trace-record'
    setForm({
      exhibitId,
      name: isTrace ? 'trace.json' : (chosen?.title ?? ''),
      mime: isTrace ? 'application/json' : form.mime,
      class: isTrace ? 'trace-record' : form.class,
    })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        attach.mutate({ id: found.id, seen: found.version, ...form } as never, { onSuccess: onDone })
      }}
    >
      <Trouble error={attach.error} />
      <Select
        label={say('inbox.attach.exhibit')}
        value={form.exhibitId}
        required
        onChange={(event) => choose(event.target.value)}
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
        onChange={(event) => setForm({ ...form, name: event.target.value })}
      />
      <TextField
        label={say('inbox.attach.mime')}
        value={form.mime}
        required
        dir="ltr"
        onChange={(event) => setForm({ ...form, mime: event.target.value })}
      />
      <Select
        label={say('inbox.attach.class')}
        value={form.class}
        onChange={(event) => setForm({ ...form, class: event.target.value })}
      >
        {classes.map((one) => (
          <option key={one} value={one}>
            {words('kind', one)}
          </option>
        ))}
      </Select>
      <div className="row">
        <Button type="submit" isBusy={attach.isPending}>
          {say('inbox.attach.do')}
        </Button>
        <Button kind="second" onPress={onDone}>
          {say('inbox.not-now')}
        </Button>
      </div>
    </form>
  )
}
