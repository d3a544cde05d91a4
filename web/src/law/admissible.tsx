/**
 * Whether a request would be admissible, before it is sent: what stops it, what a person decides, and whether both countries must punish
 * the conduct. Of a request that is drafted already, what it says is taken from it.
 */
import { Link } from '@tanstack/react-router'
import { useFilters } from '../shared/filters.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { type InputOf, type ResultOf, useRead } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { Checkbox, Select, TextField } from '../shared/ui/fields.tsx'
import { Empty, Fact, Facts, Note, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import { InstrumentSelect, OffenceSelect, PackCountrySelect, UrgencySelect } from './law-fields.tsx'
import { Cited, LawFrame } from './law-frame.tsx'

type Check = InputOf<'legalCheck'>
type Role = Check['issuer']

const ROLES = [
  ...['prosecutor', 'judge', 'court', 'investigating-judge', 'police', 'issuing-authority', 'executing-authority'],
  ...['central-authority', 'attorney-general', 'contact-24-7', 'fiu', 'asset-recovery-office'],
  ...['asset-management-office', 'interpol-ncb', 'network-contact', 'service-provider', 'obliged-entity', 'state'],
] as readonly Role[]

const USES = ['otherProceedings', 'passOn', 'asEvidence', 'consent'] as const

export function Screen() {
  const [{ request = '' }] = useFilters()
  const drafted = useRead('requestRead', request === '' ? null : { id: request })
  return (
    <LawFrame>
      {request === '' ? (
        <Question drafted={null} />
      ) : (
        <Shown read={drafted}>{(one) => <Question key={one.id} drafted={one} />}</Shown>
      )}
    </LawFrame>
  )
}

function Question({ drafted }: { readonly drafted: ResultOf<'requestRead'> | null }) {
  const { say, language } = useSpeech()
  const [given, set] = useFilters()
  const own = useRead('nodeRead', {}).data?.agency.country
  const content = drafted?.request.content
  const {
    instrument = content?.instrument ?? '',
    type = content?.requestType ?? '',
    to = content?.recipients.find(({ role }) => role === 'to')?.country ?? '',
    urgency = content?.urgency?.code ?? '',
    offence = '',
    issuer = '',
    validator = '',
    months = '',
  } = given
  const instruments = useRead('legalInstruments', { language: language.id })
  const types = instruments.data?.find(({ id }) => id === instrument)?.requestTypes ?? []
  const chosen = types.find(({ id }) => id === type)
  const isMonths = /^\d{1,4}$/.test(months)
  const isAsked = own !== undefined && chosen !== undefined && to !== '' && offence !== ''
  const penalty = isMonths ? { maxPenaltyMonths: Number(months) } : {}
  const about = isAsked ? { instrument, requestType: type, from: own, to, offence, ...penalty } : null
  const dual = useRead('legalDualCriminality', about)
  const use = Object.fromEntries(USES.map((one) => [one, given[one] === 'true'])) as Check['use']
  const check = useRead(
    'legalCheck',
    about && issuer !== ''
      ? {
          ...about,
          ...(urgency === '' ? {} : { urgency }),
          ...(validator === '' ? {} : { validator: validator as Role }),
          ...{ issuer: issuer as Role, use, data: (content?.data ?? {}) as Check['data'] },
        }
      : null,
  )
  return (
    <>
      {drafted && (
        <Note>
          <p>
            {say('law.of-request')}{' '}
            <Link to={`/requests/${drafted.id}` as never}>
              <MachineValue value={drafted.id} short />
            </Link>
          </p>
        </Note>
      )}
      <Sheet title={say('law.question')}>
        <div className="columns">
          <div>
            <InstrumentSelect
              label={say('request.instrument')}
              value={instrument}
              onChange={(value) => set({ instrument: value, type: '' })}
            />
            <Select
              label={say('law.request-type')}
              value={type}
              onChange={({ target }) => set({ instrument, type: target.value })}
            >
              <option value="">{say('field.choose')}</option>
              {types.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </Select>
            <PackCountrySelect label={say('request.country')} value={to} onChange={(value) => set({ to: value })} />
            <OffenceSelect
              label={say('request.offence')}
              value={offence}
              onChange={(value) => set({ offence: value })}
            />
            <UrgencySelect value={urgency} onChange={(value) => set({ urgency: value })} />
          </div>
          <div>
            <RoleSelect label={say('law.issuer')} value={issuer} onChange={(value) => set({ issuer: value })} />
            <RoleSelect
              label={say('cases.optional', { label: say('law.validator') })}
              value={validator}
              onChange={(value) => set({ validator: value })}
            />
            <TextField
              label={say('cases.optional', { label: say('law.months') })}
              hint={say('law.months-hint')}
              wrong={months === '' || isMonths ? undefined : say('law.months-wrong')}
              inputMode="numeric"
              dir="ltr"
              value={months}
              onChange={({ target }) => set({ months: target.value.trim() })}
            />
            <fieldset>
              <legend>{say('law.use')}</legend>
              {USES.map((one) => (
                <Checkbox
                  key={one}
                  label={say(`law.use.${one}`)}
                  checked={use[one]}
                  onChange={({ target }) => set({ [one]: target.checked ? 'true' : '' })}
                />
              ))}
            </fieldset>
          </div>
        </div>
      </Sheet>
      {about === null ? (
        <Empty title={say('law.open')}>
          <p>{say('law.open-text')}</p>
        </Empty>
      ) : (
        <>
          <Sheet title={say('law.admissible')}>
            {issuer === '' ? (
              <p className="soft">{say('law.issuer-first')}</p>
            ) : (
              <Shown read={check}>
                {(found) => (
                  <>
                    {drafted === null && <p className="soft">{say('law.without-form')}</p>}
                    <Found found={found} isDrafted={drafted !== null} />
                  </>
                )}
              </Shown>
            )}
          </Sheet>
          <Sheet title={say('request.dual')}>
            <Shown read={dual}>{(found) => <Dual found={found} />}</Shown>
          </Sheet>
        </>
      )}
    </>
  )
}

function RoleSelect({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const { say } = useSpeech()
  return (
    <Select label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{say('field.choose')}</option>
      {ROLES.map((one) => (
        <option key={one} value={one}>
          {say(`law.role.${one}`)}
        </option>
      ))}
    </Select>
  )
}

type Flaw = ResultOf<'legalCheck'>['flaws'][number]

/** Fields of the form that say nothing are many, and are told apart from what the law is against. */
function Found({
  found: { flaws },
  isDrafted,
}: {
  readonly found: ResultOf<'legalCheck'>
  readonly isDrafted: boolean
}) {
  const { say } = useSpeech()
  const isField = ({ path }: Flaw) => path.startsWith('/data/') || path.startsWith('data.')
  const ofLaw = flaws.filter((one) => !isField(one))
  const ofForm = flaws.filter(isField)
  // Before a request is drafted its form is empty, which says nothing of the law.
  const admissible = (isDrafted ? flaws : ofLaw).every(({ weight }) => weight !== 'stops')
  return (
    <>
      <Note kind={admissible ? 'good' : 'bad'}>
        <p>
          <strong>{say(admissible ? 'law.nothing-stops' : 'law.stopped')}</strong>
        </p>
        {admissible && <p>{say('law.for-them')}</p>}
      </Note>
      <ul className="list">
        {ofLaw.map((one) => (
          <FlawItem key={`${one.code} ${one.path} ${one.message}`} flaw={one} />
        ))}
      </ul>
      {ofForm.length > 0 && (
        <details className="more">
          <summary>{say('law.of-form', { count: ofForm.length })}</summary>
          <ul className="list">
            {ofForm.map((one) => (
              <FlawItem key={`${one.code} ${one.path} ${one.message}`} flaw={one} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function FlawItem({ flaw: { code, weight, path, message, fix, article, verified } }: { readonly flaw: Flaw }) {
  const { say } = useSpeech()
  return (
    <li>
      <p className="row">
        <Status kind={weight === 'stops' ? 'bad' : 'warn'}>{say(`law.weight.${weight}`)}</Status>
        <span className="small soft">
          <MachineValue value={code} /> <MachineValue value={path} />
        </span>
      </p>
      <p>
        <Cited of={{ text: message, article, verified }} />
      </p>
      <p className="small">
        <Phrase topic="law" text={fix} />
      </p>
    </li>
  )
}

function Dual({ found }: { readonly found: ResultOf<'legalDualCriminality'> }) {
  const { say } = useSpeech()
  const { answer, mayRefuse, conduct, elements, reasons } = found
  return (
    <>
      <p className="row">
        <Status kind={answer === 'to-test' ? 'warn' : 'good'}>{say(`law.dual.${answer}`)}</Status>
        {mayRefuse && answer === 'to-test' && <span className="soft">{say('law.dual.may-refuse')}</span>}
      </p>
      <Facts>
        <Fact name={say('law.conduct')}>
          <Phrase topic="law" text={conduct} />
        </Fact>
        {elements.length > 0 && (
          <Fact name={say('law.elements')}>
            <ul className="plain-list">
              {elements.map((one) => (
                <li key={one}>
                  <Phrase topic="law" text={one} />
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </Facts>
      <ul className="list">
        {reasons.map((one) => (
          <li key={`${one.text} ${one.article}`}>
            <Cited of={one} />
          </li>
        ))}
      </ul>
    </>
  )
}
