/** Fetching once more what was handed out, for whoever has lost it on the way; not offered to who may not hand out. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { AskDialog, Button, FormEnd, Note } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { IndexSelect, indexAsked } from './index-select.tsx'
import { saveAnswer } from './save-answer.ts'
import { useMayExport } from './who-exports.tsx'

export function FetchAgain({
  caseId,
  id,
  names,
}: {
  readonly caseId: string
  readonly id: string
  /** For whom it was handed out. */
  readonly names: readonly string[]
}) {
  const { say, language, locale } = useSpeech()
  const client = useQueryClient()
  const may = useMayExport()
  const [isOpen, setOpen] = useState(false)
  const [index, setIndex] = useState<string>(language.id)
  const fetching = useMutation({
    mutationFn: () => saveAnswer('/v1/hand-out/bag.zip', { caseId, id, ...indexAsked(index) }, `bag-${id}.zip`),
    onSuccess: () => setOpen(false),
    onSettled: () => client.invalidateQueries(),
  })
  if (may === false) return null
  return (
    <>
      {fetching.data !== undefined && (
        <Note kind="good">
          <p>{say('handout.again-done')}</p>
          <p>
            <MachineValue value={fetching.data.name} />
          </p>
        </Note>
      )}
      <Button kind="second" onPress={() => setOpen(true)}>
        {say('handout.again')}
      </Button>
      <AskDialog title={say('handout.again')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            fetching.mutate()
          }}
        >
          <Note>
            <p>{say('cases.effects')}</p>
            <ul>
              <li>{say('handout.again-same', { names: new Intl.ListFormat(locale).format(names) })}</li>
              <li>{say('handout.again-journal')}</li>
            </ul>
          </Note>
          <IndexSelect value={index} onChange={setIndex} />
          <FormEnd act={fetching} does={say('handout.again')} onCancel={() => setOpen(false)} />
        </form>
      </AskDialog>
    </>
  )
}
