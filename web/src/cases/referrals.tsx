/** Cases that were referred to whoever looks, and wait for their answer: of the case itself only the reason is told. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { useAct, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { TextArea } from '../shared/ui/fields.tsx'
import { AskDialog, Button, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { Instant, Words } from '../shared/ui/values.tsx'

type Referral = {
  readonly id: string
  readonly version: number
  readonly caseId: string
  readonly from: string
  readonly reason: string
  readonly forwardedAt: string
}

export function Referrals() {
  const say = useSay()
  const { data } = useRead('caseReferralList', {})
  if (!data || data.length === 0) return null
  return (
    <Sheet title={say('cases.referred')}>
      <ul className="list">
        {data.map((one) => (
          <ReferralItem key={one.id} one={one} />
        ))}
      </ul>
    </Sheet>
  )
}

function ReferralItem({ one }: { readonly one: Referral }) {
  const say = useSay()
  const [isDeclining, setDeclining] = useState(false)
  const [reason, setReason] = useState('')
  const take = useAct('caseReferralTakeOver')
  const decline = useAct('caseReferralDecline')
  const { caseId, version: seen } = one
  return (
    <li>
      <p>
        <Words>{one.reason}</Words>
      </p>
      <p className="small soft">
        <PersonName id={one.from} role /> · <Instant at={one.forwardedAt} />
      </p>
      <div className="row">
        <Button isBusy={take.isPending} onPress={() => take.mutate({ caseId, seen })}>
          {say('cases.take-over')}
        </Button>
        <Button kind="second" onPress={() => setDeclining(true)}>
          {say('cases.decline')}
        </Button>
      </div>
      <Trouble error={take.error} />
      <AskDialog title={say('cases.decline')} isOpen={isDeclining} onClose={() => setDeclining(false)}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            decline.mutate({ caseId, seen, reason }, { onSuccess: () => setDeclining(false) })
          }}
        >
          <TextArea
            label={say('cases.reason')}
            value={reason}
            required
            onChange={(event) => setReason(event.target.value)}
          />
          <Trouble error={decline.error} />
          <div className="row">
            <Button type="submit" kind="danger" isBusy={decline.isPending}>
              {say('cases.decline')}
            </Button>
            <Button kind="quiet" onPress={() => setDeclining(false)}>
              {say('cases.cancel')}
            </Button>
          </div>
        </form>
      </AskDialog>
    </li>
  )
}
