/** Countries by their names in the language of the user: the codes that the browser has a name for. */
import { useMemo } from 'react'
import { useSay, useSpeech } from '../language/speak.tsx'
import { Select } from './fields.tsx'
import { countryName } from './values.tsx'

export function CountrySelect({
  onChange,
  ...rest
}: {
  readonly id?: string
  readonly label: string
  readonly hint?: string | undefined
  readonly wrong?: string | undefined
  readonly value: string
  readonly onChange: (code: string) => void
}) {
  const say = useSay()
  const { locale } = useSpeech()
  const countries = useMemo(() => countriesIn(locale), [locale])
  return (
    <Select {...rest} onChange={(event) => onChange(event.target.value)}>
      <option value="">{say('field.choose')}</option>
      {countries.map(([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  )
}

/** Codes of the browser's names that are no country of ISO 3166-1: unions, exceptional reservations, those of the past and of private use. */
const NO_COUNTRY =
  /^(EU|EZ|UN|UK|QO|ZZ|X[A-Z]|AC|AN|BU|CP|CQ|CS|CT|DD|DG|DY|EA|FQ|FX|HV|IC|JT|MI|NH|NQ|NT|PC|PU|PZ|RH|SU|TA|TP|VD|WK|YD|YU|ZR)$/

function countriesIn(locale: string): readonly (readonly [string, string])[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters
    .flatMap((one) => letters.map((other) => one + other))
    .filter((code) => !NO_COUNTRY.test(code))
    .map((code) => [code, countryName(code, locale)] as const)
    .filter(([code, name]) => name !== code)
    .sort(([, a], [, b]) => a.localeCompare(b, locale))
}
