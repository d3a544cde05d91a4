/** Asking partners: about which addresses, whom, and what it costs of the budget; what leaves the house is said before it does. */
import { useState } from 'react'
import { useMembers } from '../inbox/names.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type ResultOf, useAct } from '../shared/node/node.tsx'
import { Checkbox, ErrorSummary } from '../shared/ui/fields.tsx'
import { Button, Note, Trouble } from '../shared/ui/parts.tsx'
import { Instant, ownZone } from '../shared/ui/values.tsx'
import { ItemChoice, keyOf, useAddresses } from './items.tsx'

type Budget = ResultOf<'deconflictionPartners'>

export function AskForm({ caseId, budget }: { readonly caseId: string; readonly budget: Budget }) {
  const say = useSay()
  const { byId } = useMembers()
  const asking = useAct('deconflictionAsk')
  const addresses = useAddresses(caseId)
  const [items, setItems] = useState<readonly string[]>([])
  const [peers, setPeers] = useState<readonly string[]>([])
  const { errors, wrongOf, isRight } = useChecked()
  const elements = Math.ceil(items.length / budget.batch) * budget.batch
  const short = budget.partners.filter(({ peer, left }) => peers.includes(peer) && left < elements)
  const send = () => {
    const filled = [
      ['ask-items', say('compare.which'), items.join('')],
      ['ask-peers', say('compare.whom'), peers.join('')],
    ] as const
    if (!isRight(filled)) return
    const chosen = (addresses ?? []).filter((one) => items.includes(keyOf(one)))
    asking.mutate({ caseId, items: chosen, peers }, { onSuccess: () => setItems([]) })
  }
  return (
    <form
      noValidate
      aria-label={say('compare.ask')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary errors={errors} />
      <ItemChoice
        id="ask-items"
        label={say('compare.which')}
        wrong={wrongOf('ask-items')}
        items={addresses}
        chosen={items}
        onChange={setItems}
      />
      <fieldset id="ask-peers" tabIndex={-1}>
        <legend>{say('compare.whom')}</legend>
        <p className="hint">
          {say('compare.budget', { elements: budget.elementsADay, batch: budget.batch })}{' '}
          <Instant at={budget.until} zone={ownZone()} />
        </p>
        {wrongOf('ask-peers') && <p className="wrong">{wrongOf('ask-peers')}</p>}
        {budget.partners.map(({ peer, left }) => (
          <Checkbox
            key={peer}
            label={
              <>
                <bdi>{byId(peer)?.name ?? peer}</bdi>{' '}
                <span className="soft small">{say('compare.left', { left })}</span>
              </>
            }
            checked={peers.includes(peer)}
            onChange={(event) =>
              setPeers(event.target.checked ? [...peers, peer] : peers.filter((other) => other !== peer))
            }
          />
        ))}
      </fieldset>
      {items.length > 0 && (
        <Note kind={short.length > 0 ? 'warn' : 'plain'}>
          <p>{say('compare.costs', { count: items.length, elements })}</p>
          {short.length > 0 && <p>{say('compare.short')}</p>}
        </Note>
      )}
      <Trouble error={asking.error} />
      <Button type="submit" isBusy={asking.isPending}>
        {say('compare.ask-do')}
      </Button>
    </form>
  )
}
