/** What a question of law is about: the instrument and the request under it, the countries, the offence. */
import { useSpeech } from '../shared/language/speak.tsx'
import { useCodes } from '../shared/law.ts'
import { useRead } from '../shared/node/node.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { countryName } from '../shared/ui/values.tsx'

type Field = {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

export function InstrumentSelect({ label, value, onChange }: Field) {
  const { say, language } = useSpeech()
  const instruments = useRead('legalInstruments', { language: language.id })
  return (
    <Select label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{say('field.choose')}</option>
      {instruments.data?.map(({ id, short, title }) => (
        <option key={id} value={id}>
          {short === title ? title : `${short}: ${title}`}
        </option>
      ))}
    </Select>
  )
}

/** Countries of the packs: of others nothing can be said. */
export function PackCountrySelect({ label, hint, value, onChange }: Field) {
  const { say, locale } = useSpeech()
  const countries = useRead('legalJurisdictions', {})
  const named = (countries.data ?? [])
    .map(({ code }) => ({ code, name: countryName(code, locale) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale))
  return (
    <Select label={label} hint={hint} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{say('field.choose')}</option>
      {named.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  )
}

export function OffenceSelect({ label, value, onChange }: Field) {
  const { say, language } = useSpeech()
  const offences = useRead('legalOffences', { language: language.id })
  return (
    <Select label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{say('field.choose')}</option>
      {(offences.data ?? []).flatMap((pack) =>
        pack.offences.map(({ code, title }) => (
          <option key={code} value={code}>
            {title}
          </option>
        )),
      )}
    </Select>
  )
}

export function UrgencySelect({ value, onChange }: Omit<Field, 'label'>) {
  const { say } = useSpeech()
  const codes = useCodes()
  return (
    <Select label={say('request.urgency')} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{say('request.not-urgent')}</option>
      {codes.of('urgency').map(({ code, label }) => (
        <option key={code} value={code}>
          {label}
        </option>
      ))}
    </Select>
  )
}
