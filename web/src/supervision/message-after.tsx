/** What can follow on a message that was sent or came: taking it back, erasing it, using it otherwise, disputing it; and what has followed. */
import { useState } from 'react'
import type { ShownMessage } from '../inbox/message-in-case.tsx'
import type { MessageId } from '../shared/language/message-ids.ts'
import { useSay } from '../shared/language/speak.tsx'
import { Button, Sheet } from '../shared/ui/parts.tsx'
import { DisputeForm } from './dispute-form.tsx'
import { EraseForm } from './erase-form.tsx'
import { concerns, inOrder, isOpen, type Matter, recalledBefore, waitsForUs } from './matter.ts'
import { MatterRow } from './matter-row.tsx'
import { RecallForm } from './recall-form.tsx'
import { isTold } from './said-parts.tsx'
import { UseAskForm, UseReportForm } from './use-forms.tsx'
import { useMatters, useRole } from './use-matters.ts'

const acts = {
  recall: 'supervision.recall.do',
  erase: 'supervision.erase.do',
  'use-ask': 'supervision.use.ask',
  'use-report': 'supervision.use.report',
  dispute: 'supervision.dispute.do',
} as const satisfies Readonly<Record<string, MessageId>>
type Act = keyof typeof acts

export function MessageAfter({ found }: { readonly found: ShownMessage }) {
  const say = useSay()
  const { writes } = useRole()
  const ofCase = useMatters(found.caseId)
  const ofNode = useMatters(null)
  const [open, setOpen] = useState<Act | null>(null)
  const { id, caseId, message } = found
  if (!writes || message.digest === null) return null
  const names = { id, digest: message.digest, exchange: message.exchange }
  const matters: readonly { readonly one: Matter; readonly home: string | null }[] = [
    ...inOrder((ofCase.data ?? []).filter((one) => concerns(one, names))).map((one) => ({ one, home: caseId })),
    // Requests to erase are kept with the node, because the case may be gone; here their messages have names.
    ...inOrder((ofNode.data ?? []).filter((one) => concerns(one, names))).map((one) => ({
      one,
      home: one.kind === 'erase-request' ? caseId : null,
    })),
  ].filter(({ one }) => one.kind !== 'caution')
  const isRecalled = recalledBefore(ofCase.data ?? []).has(message.digest)
  // Nothing is offered before it is known what has followed, nor to whoever may not see it.
  const possible: readonly Act[] =
    isTold(message.type) || ofCase.data === undefined
      ? []
      : message.direction === 'out'
        ? [...(isRecalled ? [] : (['recall'] as const)), 'erase', 'dispute']
        : ['use-ask', 'use-report', 'dispute']
  if (matters.length === 0 && possible.length === 0) return null
  const close = () => setOpen(null)
  const ended = (one: Matter) => !isOpen(one) && !waitsForUs(one)
  const rows = (of: typeof matters) => of.map(({ one, home }) => <MatterRow key={one.id} one={one} caseId={home} />)
  return (
    <Sheet title={say('supervision.of-message')}>
      {open === null ? (
        <div className="acts no-print">
          {possible.map((one) => (
            <Button key={one} kind="second" onPress={() => setOpen(one)}>
              {say(acts[one])}
            </Button>
          ))}
        </div>
      ) : (
        <Form act={open} found={found} onDone={close} />
      )}
      {rows(matters.filter(({ one }) => !ended(one)))}
      {matters.some(({ one }) => ended(one)) && (
        <details>
          <summary>{say('supervision.ended-count', { count: matters.filter(({ one }) => ended(one)).length })}</summary>
          {rows(matters.filter(({ one }) => ended(one)))}
        </details>
      )}
    </Sheet>
  )
}

function Form({
  act,
  found,
  onDone,
}: {
  readonly act: Act
  readonly found: ShownMessage
  readonly onDone: () => void
}) {
  const say = useSay()
  return (
    <>
      <h3>{say(acts[act])}</h3>
      {act === 'recall' ? (
        <RecallForm caseId={found.caseId} digest={found.message.digest ?? ''} onDone={onDone} />
      ) : act === 'erase' ? (
        <EraseForm found={found} onDone={onDone} />
      ) : act === 'use-ask' ? (
        <UseAskForm found={found} onDone={onDone} />
      ) : act === 'use-report' ? (
        <UseReportForm found={found} onDone={onDone} />
      ) : (
        <DisputeForm found={found} onDone={onDone} />
      )}
    </>
  )
}
