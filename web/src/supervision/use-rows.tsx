/** Questions of use, ours and theirs, with consent or refusal; and reports of use. */
import { useState } from 'react'
import { linesOf } from '../joint/joint-parts.ts'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { useDraft } from '../shared/ui/draft.ts'
import { TextArea } from '../shared/ui/fields.tsx'
import { Button, Fact, Facts } from '../shared/ui/parts.tsx'
import { Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { ActForm } from './act-form.tsx'
import type { Matter } from './matter.ts'
import { MatterFrame } from './matter-frame.tsx'
import { MessageLink, Said, SaidList } from './said-parts.tsx'
import { useRole } from './use-matters.ts'

type Of<K extends 'use-consent' | 'use-report'> = { readonly one: Matter<K>; readonly caseId: string | null }

export function ConsentRow({ one, caseId }: Of<'use-consent'>) {
  const say = useSay()
  const { direction, peer, wish, state, answer } = one.says
  const isTheirs = direction === 'in'
  return (
    <MatterFrame
      title={say(isTheirs ? 'supervision.use.asked-by-them' : 'supervision.use.asked-by-us')}
      state={state === 'asked' && isTheirs ? say('supervision.waits') : say(`supervision.use-state.${state}`)}
      stateKind={state === 'granted' ? 'good' : state === 'refused' ? 'bad' : isTheirs ? 'warn' : 'open'}
      peers={[peer]}
      at={one.at}
    >
      <Said>{wish.purpose}</Said>
      <Facts>
        <Fact name={say('supervision.use.item')}>
          <MessageLink caseId={caseId} digest={wish.item} />
        </Fact>
        {wish.newProceeding !== null && (
          <Fact name={say('supervision.use.proceeding')}>
            <Words>{wish.newProceeding}</Words>
          </Fact>
        )}
        {wish.recipients.length > 0 && (
          <Fact name={say('supervision.use.recipients')}>
            <SaidList of={wish.recipients} />
          </Fact>
        )}
        {wish.exculpatory && <Fact name={say('supervision.use.why-so')}>{say('supervision.use.exculpatory')}</Fact>}
        {answer !== null && (
          <Fact name={say(state === 'granted' ? 'supervision.use.extent' : 'supervision.use.refused-because')}>
            <Words>{answer.text}</Words>
            <div className="small soft">
              <Instant at={answer.at} zone={ownZone()} />
            </div>
          </Fact>
        )}
        {answer !== null && answer.conditions.length > 0 && (
          <Fact name={say('supervision.use.conditions')}>
            <SaidList of={answer.conditions} />
          </Fact>
        )}
      </Facts>
      {isTheirs && state === 'asked' && <Decide one={one} />}
    </MatterFrame>
  )
}

function Decide({ one }: { readonly one: Matter<'use-consent'> }) {
  const say = useSay()
  const { decides } = useRole()
  const [open, setOpen] = useState<'grant' | 'refuse' | null>(null)
  // Without a case here nobody may decide: the request is first put into one, from the inbox.
  if (!decides) return <p className="soft">{say('supervision.use.who-decides')}</p>
  const close = () => setOpen(null)
  if (open === 'grant') return <GrantForm one={one} onDone={close} />
  if (open === 'refuse') return <RefuseForm one={one} onDone={close} />
  return (
    <div className="row">
      <Button onPress={() => setOpen('grant')}>{say('supervision.use.grant')}</Button>
      <Button kind="danger" onPress={() => setOpen('refuse')}>
        {say('supervision.use.refuse')}
      </Button>
    </div>
  )
}

type Deciding = { readonly one: Matter<'use-consent'>; readonly onDone: () => void }
const noExtent = { extent: '', conditions: '' }

function GrantForm({ one, onDone }: Deciding) {
  const say = useSay()
  const grant = useAct('useConsentGrant')
  const draft = useDraft(`use-grant.${one.id}`, noExtent)
  const { extent, conditions } = draft.value
  const { errors, wrongOf, isRight } = useChecked()
  const id = `extent-${one.id}`
  const send = () => {
    if (!isRight([[id, say('supervision.use.extent'), extent]])) return
    grant.mutate(
      { id: one.id, seen: one.version, extent: extent.trim(), conditions: linesOf(conditions) },
      {
        onSuccess: () => {
          draft.forget()
          onDone()
        },
      },
    )
  }
  return (
    <ActForm
      title={say('supervision.use.grant')}
      errors={errors}
      effects={[say('supervision.use.effect-granted'), say('supervision.use.effect-final')]}
      act={grant}
      does={say('supervision.use.grant-send')}
      onSend={send}
      onCancel={onDone}
    >
      <TextArea
        id={id}
        label={say('supervision.use.extent')}
        hint={say('supervision.told-to-them')}
        wrong={wrongOf(id)}
        maxLength={4000}
        value={extent}
        onChange={(event) => draft.set({ ...draft.value, extent: event.target.value })}
      />
      <TextArea
        label={say('cases.optional', { label: say('supervision.use.conditions') })}
        hint={say('supervision.one-a-line')}
        rows={2}
        value={conditions}
        onChange={(event) => draft.set({ ...draft.value, conditions: event.target.value })}
      />
    </ActForm>
  )
}

function RefuseForm({ one, onDone }: Deciding) {
  const say = useSay()
  const refuse = useAct('useConsentRefuse')
  const draft = useDraft(`use-refuse.${one.id}`, '')
  const { errors, wrongOf, isRight } = useChecked()
  const id = `refuse-${one.id}`
  const send = () => {
    if (!isRight([[id, say('supervision.use.refused-because'), draft.value]])) return
    refuse.mutate(
      { id: one.id, seen: one.version, reason: draft.value.trim() },
      {
        onSuccess: () => {
          draft.forget()
          onDone()
        },
      },
    )
  }
  return (
    <ActForm
      title={say('supervision.use.refuse')}
      errors={errors}
      effects={[say('supervision.use.effect-refused'), say('supervision.use.effect-final')]}
      act={refuse}
      does={say('supervision.use.refuse-send')}
      onSend={send}
      onCancel={onDone}
    >
      <TextArea
        id={id}
        label={say('supervision.use.refused-because')}
        hint={say('supervision.told-to-them')}
        wrong={wrongOf(id)}
        maxLength={4000}
        value={draft.value}
        onChange={(event) => draft.set(event.target.value)}
      />
    </ActForm>
  )
}

export function ReportRow({ one, caseId }: Of<'use-report'>) {
  const say = useSay()
  const { direction, peer, item, use } = one.says
  return (
    <MatterFrame
      title={say('supervision.kind.use-report')}
      state={say(direction === 'in' ? 'supervision.use.told-by-them' : 'supervision.use.told-by-us')}
      stateKind="plain"
      peers={[peer]}
      at={one.at}
    >
      <Said>{use}</Said>
      <p>
        <MessageLink caseId={caseId} digest={item} />
      </p>
    </MatterFrame>
  )
}
