/** Taking one's own approval back, as long as nothing was done on it. It needs no key: it only makes less. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { AskDialog, Button, Trouble } from '../shared/ui/parts.tsx'

const methods = { request: 'approvalWithdraw', erasure: 'erasureDisapprove' } as const

export function TakeBack({
  kind,
  shown: { id, version: seen },
}: {
  readonly kind: keyof typeof methods
  readonly shown: { readonly id: string; readonly version: number }
}) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const act = useAct(methods[kind])
  const close = () => {
    act.reset()
    setOpen(false)
  }
  return (
    <>
      <Button kind="second" onPress={() => setOpen(true)}>
        {say('access.take-back')}
      </Button>
      <AskDialog title={say('access.take-back')} isOpen={isOpen} onClose={close}>
        <ul>
          <li>{say(`access.take-back.${kind}`)}</li>
          <li>{say('access.take-back.again')}</li>
          <li>{say('access.take-back.journal')}</li>
        </ul>
        <Trouble error={act.error} />
        <div className="row">
          <Button kind="danger" isBusy={act.isPending} onPress={() => act.mutate({ id, seen }, { onSuccess: close })}>
            {say('access.take-back')}
          </Button>
          <Button kind="second" onPress={close}>
            {say('dialog.cancel')}
          </Button>
        </div>
      </AskDialog>
    </>
  )
}
