/** A field of the form of an instrument, by its kind, with the article that asks for it. */
import { memo } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { countryName } from '../shared/ui/values.tsx'
import { countryCodes } from './country-codes.ts'
import { fieldId, type PlacedField, type Value } from './form-paths.ts'

type Props = {
  readonly field: PlacedField
  readonly value: Value | undefined
  readonly wrong: string | undefined
  readonly onChange: (path: string, value: Value) => void
}

export const FormField = memo(function FormField({ field, value, wrong, onChange }: Props) {
  const { say, locale } = useSpeech()
  const { at, label, kind, required, article, codes } = field
  const set = (next: Value) => onChange(at, next)
  const frame = {
    id: fieldId(at),
    label: required ? label : say('request.optional', { label }),
    hint: hint(),
    ...(wrong === undefined ? {} : { wrong }),
  }
  const text = typeof value === 'string' ? value : ''
  switch (kind) {
    case 'flag':
      return (
        <Select
          {...frame}
          value={value === undefined ? '' : String(value)}
          onChange={(event) => set(event.target.value === '' ? '' : event.target.value === 'true')}
        >
          <option value="">{say('request.choose')}</option>
          <option value="true">{say('request.yes')}</option>
          <option value="false">{say('request.no')}</option>
        </Select>
      )
    case 'code':
      return (
        <Select {...frame} value={text} onChange={(event) => set(event.target.value)}>
          <option value="">{say('request.choose')}</option>
          {(codes ?? []).map(({ code, label: name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      )
    case 'country':
      return (
        <Select {...frame} value={text} onChange={(event) => set(event.target.value)}>
          <option value="">{say('request.choose')}</option>
          {countryCodes.map((code) => (
            <option key={code} value={code}>
              {countryName(code, locale)}
            </option>
          ))}
        </Select>
      )
    case 'date':
      return <TextField {...frame} type="date" dir="ltr" value={text} onChange={(event) => set(event.target.value)} />
    case 'long-text':
      return <TextArea {...frame} rows={3} value={text} onChange={(event) => set(event.target.value)} />
    default:
      return (
        <TextField
          {...frame}
          {...(MACHINE.includes(kind) ? { dir: 'ltr' } : {})}
          type={kind === 'email' ? 'email' : kind === 'phone' ? 'tel' : 'text'}
          {...(kind === 'amount' ? { inputMode: 'numeric' as const } : {})}
          value={text}
          onChange={(event) => set(event.target.value)}
        />
      )
  }

  function hint(): string {
    const how = `request.hint.${kind}`
    const said = HINTED.includes(kind) ? say(how as never) : ''
    const cited = say('request.asked-by', { article })
    return said === '' ? cited : `${said} · ${cited}`
  }
})

const HINTED = ['money', 'amount', 'phone', 'email', 'time', 'language', 'reference']
const MACHINE = ['money', 'amount', 'phone', 'email', 'time', 'language', 'reference']
