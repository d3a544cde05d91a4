/** Choosing an agency by its name in the directory. */
import { MemberName, useMembers } from '../inbox/names.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { Select } from '../shared/ui/fields.tsx'

export function AgencySelect({
  of,
  value,
  onChange,
  ...frame
}: {
  readonly id?: string
  readonly label: string
  readonly hint?: string | undefined
  readonly wrong?: string | undefined
  readonly of: readonly string[]
  readonly value: string
  readonly onChange: (agency: string) => void
}) {
  const say = useSay()
  const { byId } = useMembers()
  return (
    <Select {...frame} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{say('field.choose')}</option>
      {of.map((id) => (
        <option key={id} value={id}>
          {byId(id)?.name ?? id}
        </option>
      ))}
    </Select>
  )
}

/** Agencies by their names, as a list of the language. */
export function AgencyNames({ of }: { readonly of: readonly string[] }) {
  return (
    <>
      {of.map((id, at) => (
        <span key={id}>
          {at > 0 && ' · '}
          <MemberName id={id} />
        </span>
      ))}
    </>
  )
}

export function useAgencyNames(): (of: readonly string[]) => string {
  const { locale } = useSpeech()
  const { byId } = useMembers()
  return (of) => new Intl.ListFormat(locale).format(of.map((id) => `\u2068${byId(id)?.name ?? id}\u2069`))
}
