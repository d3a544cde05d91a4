/** The time zone of a moment: those that the browser knows, by their names in the time zone database. */
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { ownZone } from '../shared/ui/values.tsx'

/** Where this agency is; else where the browser is. */
export function useHomeZone(): string {
  return useRead('nodeRead', {}).data?.agency.timeZone ?? ownZone()
}

export function ZoneSelect({ value, onChange }: { readonly value: string; readonly onChange: (zone: string) => void }) {
  const say = useSay()
  const zones = [...new Set([value, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
  return (
    <Select label={say('joint.zone')} dir="ltr" value={value} onChange={(event) => onChange(event.target.value)}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone}
        </option>
      ))}
    </Select>
  )
}
