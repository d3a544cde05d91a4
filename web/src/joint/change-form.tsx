/** How a shared object should read: its next version, where it is ours; else a proposal to its owner. */
import { useState } from 'react'
import { MemberName } from '../inbox/names.tsx'
import { useChains } from '../shared/chains/use-chains.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { ErrorSummary, TextArea, TextField } from '../shared/ui/fields.tsx'
import { FormEnd, Note, Waiting } from '../shared/ui/parts.tsx'
import { formOf, type Held, HoldingFields, heldIn, NOTHING_HELD, useHoldingCheck } from './holding-fields.tsx'
import type { ContentOf, Joint, SharedObject } from './joint-parts.ts'
import { useChecked } from './use-checked.ts'

type Props = {
  readonly object: SharedObject
  readonly joint: Joint
  readonly isOurs: boolean
  readonly onDone: () => void
}

/** Amounts need the decimals of their assets, so that the form waits for them. */
export function ChangeForm(props: Props) {
  const chains = useChains()
  if (!chains) return <Waiting />
  const { content } = props.object.said
  const held = content?.kind === 'holding' ? formOf(content, chains) : NOTHING_HELD
  return <FormNow {...props} first={held} />
}

function FormNow({ object, joint, isOurs, onDone, first }: Props & { readonly first: Held }) {
  const say = useSay()
  const chains = useChains()
  const release = useAct('jointRelease')
  const propose = useAct('jointChangePropose')
  const [held, setHeld] = useState(first)
  const document = object.said.content?.kind === 'document' ? object.said.content : null
  const [says, setSays] = useState(document?.says ?? '')
  const [reason, setReason] = useState('')
  const { errors, wrongOf, isRight } = useChecked()
  const wrongHeld = useHoldingCheck()
  const act = isOurs ? release : propose
  const send = () => {
    const filled = isOurs ? [] : [['change-reason', say('joint.change-reason'), reason] as const]
    if (!isRight(filled, document ? [] : wrongHeld(held, chains))) return
    const content = contentOf(document, says, heldIn(held, chains))
    if (content === null) return
    if (!isOurs) propose.mutate({ id: object.id, content, reason }, { onSuccess: onDone })
    else if (content.kind === 'holding')
      release.mutate({ id: joint.id, item: { ...content, object: object.id } }, { onSuccess: onDone })
  }
  return (
    <form
      noValidate
      aria-label={say(isOurs ? 'joint.next-version' : 'joint.propose-change')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary errors={errors} />
      {document ? (
        <TextArea
          label={say('joint.release-says')}
          rows={3}
          value={says}
          onChange={(event) => setSays(event.target.value)}
        />
      ) : (
        <HoldingFields held={held} wrongOf={wrongOf} onChange={setHeld} />
      )}
      {!isOurs && (
        <TextField
          id="change-reason"
          label={say('joint.change-reason')}
          wrong={wrongOf('change-reason')}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      )}
      <Note>
        <p>
          {isOurs ? (
            say('joint.next-effect')
          ) : (
            <>
              <MemberName id={object.owner} /> {say('joint.propose-effect')}
            </>
          )}
        </p>
      </Note>
      <FormEnd act={act} does={say(isOurs ? 'joint.next-version-do' : 'joint.propose-change-do')} onCancel={onDone} />
    </form>
  )
}

function contentOf(document: ContentOf<'document'> | null, says: string, holding: ContentOf<'holding'> | null) {
  if (document === null) return holding
  const { kind, of, title, sha256 } = document
  return { kind, of, title, sha256, says: says.trim() === '' ? null : says.trim() }
}
