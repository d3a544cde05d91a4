/** In which language a hand-out has its index of exhibits to print, or that it has none. */
import { languages } from '../shared/language/languages.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { languageName } from '../shared/ui/values.tsx'

export function IndexSelect({
  value,
  onChange,
}: {
  /** A language; empty for none. */
  readonly value: string
  readonly onChange: (language: string) => void
}) {
  const { say, locale } = useSpeech()
  return (
    <Select label={say('handout.index')} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{say('handout.no-index')}</option>
      {languages.map(({ id }) => (
        <option key={id} value={id}>
          {languageName(id, locale)}
        </option>
      ))}
    </Select>
  )
}

/** As the node is asked for it. */
export function indexAsked(language: string): { readonly index: boolean; readonly language?: string } {
  return language === '' ? { index: false } : { index: true, language }
}
