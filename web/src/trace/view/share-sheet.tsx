/** A view kept and passed on: a link for members of the case, a note of the case, a file; and views that others shared. */
import { useState } from 'react'
import { useSay } from '../../shared/language/speak.tsx'
import { useAct, useAll } from '../../shared/node/node.tsx'
import { PersonName } from '../../shared/node/people.tsx'
import { saveFile } from '../../shared/save-file.ts'
import { AskDialog, Button, Note, Trouble } from '../../shared/ui/parts.tsx'
import { Instant, MachineValue } from '../../shared/ui/values.tsx'
import { VIEW_FORMAT } from '../model/keep-view.ts'
import type { Head } from '../model/model.ts'
import type { View } from '../model/view.ts'
import { fileName } from './export.ts'
import type { Desk } from './use-desk.ts'

export function ShareDialog({
  ask,
  caseId,
  head,
  view,
  selected,
  onTake,
  onClose,
}: {
  readonly ask: Desk
  readonly caseId: string
  readonly head: Head
  readonly view: View
  readonly selected: number | null
  readonly onTake: (view: View) => void
  readonly onClose: () => void
}) {
  const say = useSay()
  const notes = useAll('noteList', { caseId })
  const add = useAct('noteAdd')
  const [said, setSaid] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  const shared = (notes.data?.items ?? []).flatMap(({ id, at, by, content: { text } }) => {
    const start = text.indexOf(`{"format":"${VIEW_FORMAT}"`)
    return start >= 0 && text.includes(head.digest) ? [{ id, at, by, kept: text.slice(start) }] : []
  })
  const take = async (text: string) => {
    const found = await ask('fromText', { text })
    if (typeof found === 'string') {
      setWrong(say(found === 'other-trace' ? 'trace.share.other-trace' : 'trace.share.not-a-view'))
      return
    }
    onTake(found)
    onClose()
  }
  const copyLink = async () => {
    const link = await ask('toLink', { view, selected })
    const address = new URL(window.location.href)
    address.hash = `view=${link}`
    await navigator.clipboard.writeText(address.href)
    setSaid(say('trace.share.copied'))
  }
  const addNote = async () => {
    const text = await ask('toText', { view })
    await add.mutateAsync({
      caseId,
      content: { text: `${say('trace.share.note', { digest: head.digest, rule: head.rule.id })}\n\n${text}` },
      basis: 'assessment',
    })
    setSaid(say('trace.share.noted'))
  }
  return (
    <AskDialog title={say('trace.share.title')} isOpen onClose={onClose}>
      <p>{say('trace.share.who')}</p>
      <div className="row">
        <Button onPress={() => void copyLink()}>{say('trace.share.link')}</Button>
        <Button kind="second" isBusy={add.isPending} onPress={() => void addNote().catch(() => undefined)}>
          {say('trace.share.to-case')}
        </Button>
        <Button
          kind="second"
          onPress={() =>
            void ask('toText', { view }).then((text) =>
              saveFile(fileName(head, '.view.json'), new Blob([text], { type: 'application/json' })),
            )
          }
        >
          {say('trace.share.file')}
        </Button>
      </div>
      <p className="small soft">{say('trace.share.link-holds')}</p>
      <div role="status">{said !== null && <Note kind="good">{said}</Note>}</div>
      <Trouble error={add.error} />
      {wrong !== null && <Note kind="bad">{wrong}</Note>}
      <div className="field">
        <label htmlFor="trace-view-file">{say('trace.share.from-file')}</label>
        <input
          id="trace-view-file"
          type="file"
          accept="application/json,.json"
          onChange={({ target }) => void target.files?.[0]?.text().then(take)}
        />
      </div>
      {shared.length > 0 && (
        <>
          <h3>{say('trace.share.shared')}</h3>
          <ul className="list">
            {shared.map(({ id, at, by, kept }) => (
              <li key={id} className="row spread">
                <span>
                  <PersonName id={by} />, <Instant at={at} />
                </span>
                <Button kind="second" onPress={() => void take(kept)}>
                  {say('trace.share.take')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="small">
        {say('trace.digest')} <MachineValue value={head.digest} short copy />
      </p>
      <Button kind="quiet" onPress={onClose}>
        {say('dialog.close')}
      </Button>
    </AskDialog>
  )
}
