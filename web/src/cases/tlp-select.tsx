/** The choice of a marking: who may see what is written. */
import { useSay } from '../shared/language/speak.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { levels, type Tlp } from './marking-of.ts'

export function TlpSelect({
  label,
  hint,
  value,
  onChange,
}: {
  readonly label?: string
  readonly hint?: string
  readonly value: Tlp
  readonly onChange: (tlp: Tlp) => void
}) {
  const say = useSay()
  return (
    <Select
      label={label ?? say('cases.tlp')}
      hint={hint}
      value={value}
      onChange={({ target }) => onChange(target.value as Tlp)}
    >
      {levels.map((one) => (
        <option key={one} value={one}>
          {say(`cases.tlp.${one}`)}
        </option>
      ))}
    </Select>
  )
}
