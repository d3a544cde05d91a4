/** Exactly who gets it. */
import { useSpeech } from '../shared/language/speak.tsx'
import { Status } from '../shared/ui/parts.tsx'
import { Country, MachineValue, Words } from '../shared/ui/values.tsx'
import type { Content } from './first-draft.ts'

export function RecipientsList({ recipients }: { readonly recipients: Content['recipients'] }) {
  const { say } = useSpeech()
  return (
    <ul className="list">
      {recipients.map(({ authority, country, role, address }) => (
        <li key={`${authority} ${country} ${role}`}>
          <div className="row">
            <strong>
              <Words>{authority}</Words>
            </strong>
            <span>
              <Country code={country} /> <MachineValue value={country} />
            </span>
            <Status kind={role === 'to' ? 'open' : 'plain'}>{say(`request.recipient.${role}`)}</Status>
          </div>
          {address !== undefined && (
            <div className="soft">
              <Words>{address}</Words>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
