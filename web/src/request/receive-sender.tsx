/** Who asks, under which number, how it came and when; and the original, where it is an exhibit already. */
import { useExhibits } from '../evidence/exhibits.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { CountrySelect } from '../shared/ui/country-select.tsx'
import { Select, TextField } from '../shared/ui/fields.tsx'
import { ButtonLink, Sheet } from '../shared/ui/parts.tsx'
import type { Receipt } from './received.ts'

export type Sender = {
  readonly authority: string
  readonly country: string
  readonly role: string
  readonly address: string
  readonly reference: string
  readonly arrival: string
  /** Days and times in UTC, as a field has them. */
  readonly came: string
  readonly competent: string
}

const ROLES = [
  ...['prosecutor', 'court', 'judge', 'investigating-judge', 'attorney-general', 'police', 'fiu'],
  ...['asset-recovery-office', 'asset-management-office', 'central-authority', 'issuing-authority'],
  ...['executing-authority', 'contact-24-7', 'network-contact', 'interpol-ncb', 'obliged-entity'],
  ...['service-provider', 'state'],
] as readonly Receipt['sender']['role'][]

/** A signed message comes by the exchange itself, and is taken in from the inbox. */
const ARRIVALS = [
  ...(['post', 'courier', 'by-hand', 'e-mail', 'secure-channel', 'network', 'diplomatic'] as const),
] satisfies readonly Receipt['arrival'][]

export function ReceiveSender({
  caseId,
  exhibit,
  value,
  id,
  wrongOf,
  onChange,
  onExhibit,
}: {
  readonly caseId: string | null
  readonly exhibit: string
  readonly value: Sender
  readonly id: (name: string) => string
  readonly wrongOf: (id: string) => string | undefined
  readonly onChange: (value: Sender) => void
  readonly onExhibit: (id: string) => void
}) {
  const { say } = useSpeech()
  const bind = (name: keyof Sender) => ({
    id: id(name),
    wrong: wrongOf(id(name)),
    value: value[name],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange({ ...value, [name]: event.target.value }),
  })
  return (
    <Sheet title={say('request.receive.who')}>
      <TextField label={say('request.receive.authority')} maxLength={200} {...bind('authority')} />
      <div className="fields-2">
        <CountrySelect
          id={id('country')}
          label={say('request.receive.country')}
          wrong={wrongOf(id('country'))}
          value={value.country}
          onChange={(country) => onChange({ ...value, country })}
        />
        <Select label={say('request.receive.role')} {...bind('role')}>
          <option value="">{say('field.choose')}</option>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {say(`request.sender.${one}`)}
            </option>
          ))}
        </Select>
      </div>
      <TextField
        label={say('cases.optional', { label: say('request.receive.address') })}
        maxLength={500}
        {...bind('address')}
      />
      <div className="fields-2">
        <TextField label={say('request.receive.reference')} maxLength={120} {...bind('reference')} />
        <Select label={say('request.receive.arrival')} {...bind('arrival')}>
          {ARRIVALS.map((one) => (
            <option key={one} value={one}>
              {say(`request.arrival.${one}`)}
            </option>
          ))}
        </Select>
      </div>
      <div className="fields-2">
        <TextField
          label={say('request.receive.came')}
          hint={say('cases.hint.utc')}
          type="datetime-local"
          {...bind('came')}
        />
        <TextField
          label={say('cases.optional', { label: say('request.receive.competent') })}
          hint={say('request.receive.competent-hint')}
          type="datetime-local"
          {...bind('competent')}
        />
      </div>
      {caseId !== null && <Original caseId={caseId} exhibit={exhibit} onExhibit={onExhibit} />}
    </Sheet>
  )
}

function Original({
  caseId,
  exhibit,
  onExhibit,
}: {
  readonly caseId: string
  readonly exhibit: string
  readonly onExhibit: (id: string) => void
}) {
  const { say } = useSpeech()
  const all = useExhibits(caseId).data ?? []
  if (all.length === 0)
    return (
      <p className="row">
        <span className="soft">{say('request.receive.no-exhibit')}</span>
        <ButtonLink kind="quiet" to={`/cases/${caseId}/intake`}>
          {say('evidence.add')}
        </ButtonLink>
      </p>
    )
  return (
    <Select
      label={say('cases.optional', { label: say('request.receive.exhibit') })}
      value={exhibit}
      onChange={({ target }) => onExhibit(target.value)}
    >
      <option value="">{say('field.choose')}</option>
      {all.map(({ id, number, title }) => (
        <option key={id} value={id}>
          {number}: {title}
        </option>
      ))}
    </Select>
  )
}
